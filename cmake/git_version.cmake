# generated/build_info.h: version, git revision, build type and compiler for core/provenance.cc alone.
# Included, it adds the target vivicor_build_info, which runs this same file as a script at every build; the header is
# touched only when its content changes, so a new HEAD recompiles one file.
if(CMAKE_SCRIPT_MODE_FILE)
  set(git "unknown")
  find_package(Git QUIET)
  if(GIT_FOUND)
    execute_process(COMMAND ${GIT_EXECUTABLE} -c safe.directory=${SOURCE} describe --always --dirty --abbrev=12 --exclude=*
      WORKING_DIRECTORY ${SOURCE} OUTPUT_VARIABLE described OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
    if(NOT failed)
      set(git "${described}")
    endif()
  endif()
  file(CONFIGURE OUTPUT ${HEADER} @ONLY CONTENT [[
// Written by cmake/git_version.cmake.
#pragma once
namespace vivicor::build_info
{
  inline constexpr const char *version = "@VERSION@";
  inline constexpr const char *git = "@git@";
  inline constexpr const char *build_type = "@BUILD_TYPE@";
  inline constexpr const char *compiler = "@COMPILER@";
}
]])
else()
  add_custom_target(vivicor_build_info
    COMMAND ${CMAKE_COMMAND} -DSOURCE=${CMAKE_SOURCE_DIR} -DHEADER=${CMAKE_BINARY_DIR}/generated/build_info.h
            -DVERSION=${PROJECT_VERSION} "-DBUILD_TYPE=${CMAKE_BUILD_TYPE}"
            "-DCOMPILER=${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}" -P ${CMAKE_CURRENT_LIST_FILE}
    BYPRODUCTS ${CMAKE_BINARY_DIR}/generated/build_info.h
    COMMENT "Asking git for the revision" VERBATIM)
  add_dependencies(vivicor_core vivicor_build_info)
  target_include_directories(vivicor_core PRIVATE ${CMAKE_BINARY_DIR})
endif()
