# cmake -DNM=nm -DOBJECTS=a.o;b.o -P check_multiversion.cmake
# Objects built for one instruction set level may show the linker nothing but their kernel tables: any other shared symbol
# (an inline function, a template instance) could replace the baseline's and stop a processor without those instructions.
foreach(object ${OBJECTS})
  execute_process(COMMAND ${NM} -g --defined-only ${object} OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
  string(REPLACE "\n" ";" symbols "${symbols}")
  foreach(symbol ${symbols})
    if(NOT symbol MATCHES "^[0-9a-f]+ [DR] _ZN7vivicor7kernels|__odr_asan")
      message(SEND_ERROR "${object} exports '${symbol}': give it internal linkage, or guard it by VIVICOR_ISA == 2")
    endif()
  endforeach()
endforeach()
