# Every library from outside, each behind one interface target vivicor_external_NAME.
set(MPI_CXX_SKIP_MPICXX ON) # the C++ bindings were removed from MPI; their headers only warn
find_package(MPI REQUIRED COMPONENTS CXX)
find_package(Threads REQUIRED)

add_library(vivicor_external_json INTERFACE)
find_package(nlohmann_json 3.11 REQUIRED)
target_link_libraries(vivicor_external_json INTERFACE nlohmann_json::nlohmann_json)

add_library(vivicor_external_log INTERFACE)
find_package(spdlog REQUIRED)
target_link_libraries(vivicor_external_log INTERFACE spdlog::spdlog)

add_library(vivicor_external_cli INTERFACE)
find_package(CLI11 REQUIRED)
target_link_libraries(vivicor_external_cli INTERFACE CLI11::CLI11)

add_library(vivicor_external_zlib INTERFACE)
find_package(ZLIB REQUIRED)
target_link_libraries(vivicor_external_zlib INTERFACE ZLIB::ZLIB)

# Found by hand: their CMake packages pull in targets that clash with deal.II's.
function(vivicor_find_library name header)
  add_library(vivicor_external_${name} INTERFACE)
  find_path(VIVICOR_${name}_INCLUDE ${header} REQUIRED)
  target_include_directories(vivicor_external_${name} SYSTEM INTERFACE ${VIVICOR_${name}_INCLUDE})
  foreach(library ${ARGN})
    find_library(VIVICOR_${library}_LIBRARY ${library} REQUIRED)
    target_link_libraries(vivicor_external_${name} INTERFACE ${VIVICOR_${library}_LIBRARY})
  endforeach()
endfunction()
vivicor_find_library(sundials sundials/sundials_types.h sundials_cvode sundials_arkode sundials_nvecserial sundials_sunmatrixdense
                     sundials_sunlinsoldense sundials_sunmatrixband sundials_sunlinsolband)
vivicor_find_library(metis metis.h metis)
vivicor_find_library(gmsh gmsh.h gmsh)
vivicor_find_library(sleef sleef.h sleef)
vivicor_find_library(xml pugixml.hpp pugixml)
vivicor_find_library(crypto openssl/evp.h crypto)

# deal.II with Trilinos, for mechanics only. Its headers call into the libraries below it; the linker keeps those in use.
find_package(deal.II 9.4 REQUIRED HINTS $ENV{DEAL_II_DIR})
add_library(vivicor_external_dealii INTERFACE)
target_link_libraries(vivicor_external_dealii INTERFACE ${DEAL_II_LIBRARIES_RELEASE} MPI::MPI_CXX)
target_link_options(vivicor_external_dealii INTERFACE -Wl,--as-needed)
target_include_directories(vivicor_external_dealii SYSTEM INTERFACE ${DEAL_II_INCLUDE_DIRS})
