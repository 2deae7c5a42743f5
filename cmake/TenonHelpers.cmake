# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#   tenon_add_rooms(DIR...)            add_subdirectory() for those that exist
#   tenon_tablegen(TARGET FILE.td OUT1 "-gen-x -opt" OUT2 "-gen-y" ...)
#   tenon_library(NAME SOURCES ... [DEPENDS ...] [LINK ...])
#   tenon_tool(NAME SOURCES ... [DEPENDS ...] [LINK ...])
#   tenon_plain_library(NAME SOURCES ... [LINK ...])   no LLVM, no MLIR
#   tenon_unittest(NAME SOURCES ... [LINK ...])        gtest, run by ctest
#
# In LINK any name that starts with MLIR or LLVM means the two shared libraries.
# `tenon_abi` is the include path of the runtime's public headers.

add_library(tenon_abi INTERFACE)
target_include_directories(tenon_abi INTERFACE
                           ${CMAKE_SOURCE_DIR}/runtime/include)

macro(tenon_add_rooms)
  foreach(room ${ARGN})
    # Globbed, so that ninja notices a room that appears later.
    file(GLOB present CONFIGURE_DEPENDS
         ${CMAKE_CURRENT_SOURCE_DIR}/${room}/CMakeLists.txt)
    if(present)
      add_subdirectory(${room})
    endif()
  endforeach()
endmacro()

# Outputs land in the build directory that mirrors the .td file's, so that
# "dialects/Tenon/TenonOps.h.inc" is found from the build root.
function(tenon_tablegen target td)
  set(LLVM_TARGET_DEFINITIONS ${td})
  set(TABLEGEN_OUTPUT)
  set(rest ${ARGN})
  while(rest)
    list(POP_FRONT rest output flags)
    separate_arguments(flags NATIVE_COMMAND ${flags})
    mlir_tablegen(${output} ${flags})
  endwhile()
  # Not add_public_tablegen_target(): it writes to our parent scope only.
  add_custom_target(${target} DEPENDS ${TABLEGEN_OUTPUT})
  add_dependencies(tenon-headers ${target})
endfunction()

function(tenon_link_to target visibility)
  foreach(library ${ARGN})
    if(library MATCHES "^(MLIR|LLVM)")
      target_link_libraries(${target} ${visibility} MLIR LLVM)
    else()
      target_link_libraries(${target} ${visibility} ${library})
    endif()
  endforeach()
endfunction()

function(tenon_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_compile_definitions(${name} PRIVATE ${TENON_LLVM_DEFINITIONS})
  add_dependencies(${name} tenon-headers ${ARG_DEPENDS})
  tenon_link_to(${name} PUBLIC ${ARG_LINK})
  set_property(GLOBAL APPEND PROPERTY TENON_LIBRARIES ${name})
endfunction()

function(tenon_plain_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC ${ARG_LINK})
  set_property(GLOBAL APPEND PROPERTY TENON_LIBRARIES ${name})
endfunction()

function(tenon_tool name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  if(TENON_COMPILER)
    target_compile_definitions(${name} PRIVATE ${TENON_LLVM_DEFINITIONS})
    add_dependencies(${name} tenon-headers)
  endif()
  if(ARG_DEPENDS)
    add_dependencies(${name} ${ARG_DEPENDS})
  endif()
  tenon_link_to(${name} PRIVATE tenon_abi ${ARG_LINK})
endfunction()

function(tenon_unittest name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  find_package(GTest QUIET)
  if(NOT GTest_FOUND)
    message(STATUS "${name}: not built, libgtest-dev is missing")
    return()
  endif()
  add_executable(${name} ${ARG_SOURCES})
  if(TENON_COMPILER)
    target_compile_definitions(${name} PRIVATE ${TENON_LLVM_DEFINITIONS})
    add_dependencies(${name} tenon-headers)
  endif()
  tenon_link_to(${name} PRIVATE ${ARG_LINK} GTest::gtest GTest::gtest_main)
  set_target_properties(${name} PROPERTIES
                        RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/unit)
  # At test time: a build must not depend on running what it builds.
  include(GoogleTest)
  gtest_discover_tests(${name} TEST_PREFIX ${name}. DISCOVERY_MODE PRE_TEST)
endfunction()

# All our libraries in one shared object that may leave nothing undefined: a
# call into a library that is not linked fails here, not in a user's program.
function(tenon_link_check name)
  get_property(libraries GLOBAL PROPERTY TENON_LIBRARIES)
  if(NOT libraries)
    return()
  endif()
  file(WRITE ${CMAKE_BINARY_DIR}/link_check.cpp "")
  add_library(${name} SHARED EXCLUDE_FROM_ALL
              ${CMAKE_BINARY_DIR}/link_check.cpp)
  set(archives ${libraries})
  list(TRANSFORM archives REPLACE "(.+)" "$<TARGET_FILE:\\1>")
  target_link_options(${name} PRIVATE -Wl,-z,defs -Wl,--no-gc-sections)
  target_link_libraries(${name} PRIVATE -Wl,--whole-archive ${archives}
                        -Wl,--no-whole-archive ${libraries})
  add_dependencies(${name} ${libraries})
endfunction()
