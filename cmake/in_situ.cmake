# Back ends of in situ (core/output/in_situ.h): modules beside the program, built where their libraries are found.
option(VIVICOR_IN_SITU "Build the in-situ back ends whose libraries are found" ON)
set(VIVICOR_PARAVIEW_VERSION 5.11 CACHE STRING "Version of ParaView in the names of its headers' folder and its libraries")
set(VIVICOR_IN_SITU_MODULES)

# vivicor_in_situ_module(NAME SOURCES s... [INCLUDE folder] LIBRARIES l...). The tests include this file from a project of
# their own, hence not CMAKE_SOURCE_DIR.
set(VIVICOR_IN_SITU_ROOT ${CMAKE_CURRENT_LIST_DIR}/..)
function(vivicor_in_situ_module name)
  cmake_parse_arguments(MODULE "" "INCLUDE" "SOURCES;LIBRARIES" ${ARGN})
  set(target vivicor_in_situ_${name})
  list(TRANSFORM MODULE_SOURCES PREPEND ${VIVICOR_IN_SITU_ROOT}/core/output/in_situ/)
  add_library(${target} MODULE ${MODULE_SOURCES})
  set_target_properties(${target} PROPERTIES PREFIX "" CXX_VISIBILITY_PRESET default LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
  target_include_directories(${target} PRIVATE ${VIVICOR_IN_SITU_ROOT})
  target_include_directories(${target} SYSTEM PRIVATE ${MODULE_INCLUDE})
  target_link_options(${target} PRIVATE -Wl,--no-as-needed)
  target_link_libraries(${target} PRIVATE MPI::MPI_CXX ${MODULE_LIBRARIES} ${CMAKE_DL_LIBS})
  set(VIVICOR_IN_SITU_MODULES ${VIVICOR_IN_SITU_MODULES} ${target} PARENT_SCOPE)
endfunction()

if(VIVICOR_IN_SITU)
  # Found by hand: ParaView's CMake package asks for the development files of everything that ParaView itself was built with.
  set(version ${VIVICOR_PARAVIEW_VERSION})
  find_path(VIVICOR_PARAVIEW_INCLUDE vtkCPProcessor.h PATH_SUFFIXES paraview-${version})
  set(paraview_libraries)
  foreach(library PVPythonCatalyst PVCatalyst PythonInterpreter ParallelMPI ParallelCore CommonDataModel CommonCore)
    find_library(VIVICOR_PARAVIEW_${library} vtk${library}-pv${version})
    list(APPEND paraview_libraries ${VIVICOR_PARAVIEW_${library}})
  endforeach()
  # Which Python it embeds: Debian's libraries leave the interpreter's symbols open.
  set(VIVICOR_PARAVIEW_PYTHON 3.11 CACHE STRING "Version of the Python that ParaView was built with")
  find_library(VIVICOR_PARAVIEW_PYTHON_LIBRARY NAMES libpython${VIVICOR_PARAVIEW_PYTHON}.so.1.0 python${VIVICOR_PARAVIEW_PYTHON})
  list(APPEND paraview_libraries ${VIVICOR_PARAVIEW_PYTHON_LIBRARY})
  if(VIVICOR_PARAVIEW_INCLUDE AND NOT "${paraview_libraries}" MATCHES "NOTFOUND")
    message(STATUS "In situ: ParaView ${version}")
    vivicor_in_situ_module(paraview-${version} SOURCES paraview.cc vtk_views.cc python_glue.cc display.cc
      INCLUDE ${VIVICOR_PARAVIEW_INCLUDE} LIBRARIES ${paraview_libraries})
  else()
    message(STATUS "In situ: no ParaView ${version} (Debian: paraview-dev); runs with in_situ.scripts will say so")
  endif()

  # Catalyst 2, which brings Conduit; the ParaView that it loads is no matter of the build.
  find_package(catalyst 2 CONFIG QUIET)
  if(catalyst_FOUND)
    message(STATUS "In situ: Catalyst ${catalyst_VERSION}")
    vivicor_in_situ_module(catalyst2 SOURCES catalyst2.cc blueprint.cc exceptions.cc LIBRARIES catalyst::catalyst)
    target_link_options(vivicor_in_situ_catalyst2 PRIVATE -Wl,-z,defs) # nothing of the program's, which keeps its symbols to itself
  endif()
endif()
