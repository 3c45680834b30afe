# The stand-in, the back end against it, and the program beside it.
function(build source folder)
  file(MAKE_DIRECTORY ${folder})
  execute_process(COMMAND ${CMAKE_COMMAND} -S ${source} -B ${folder} -G ${GENERATOR} -DCMAKE_CXX_COMPILER=${COMPILER}
    -DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER} -Dnlohmann_json_DIR=${JSON} ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND ${CMAKE_COMMAND} --build ${folder} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

build(${SOURCE} ${FOLDER}/catalyst)
build(${SOURCE}/back_end ${FOLDER} -Dcatalyst_DIR=${FOLDER}/catalyst)
file(COPY ${PROGRAM} DESTINATION ${FOLDER})
