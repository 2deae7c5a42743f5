# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Compiler and linker flags for all of our own code.

set(CMAKE_CXX_STANDARD 17)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)

set(TENON_LLVM_PREFIX /usr/lib/llvm-22 CACHE PATH "Where LLVM 22 lives")
list(APPEND CMAKE_PREFIX_PATH ${TENON_LLVM_PREFIX})

find_program(TENON_CCACHE ccache)
if(TENON_CCACHE)
  foreach(language C CXX)
    if(NOT CMAKE_${language}_COMPILER_LAUNCHER)
      set(CMAKE_${language}_COMPILER_LAUNCHER ${TENON_CCACHE})
    endif()
  endforeach()
endif()

# A fresh machine has no unversioned ld.lld on PATH, another one may have that
# of an older LLVM there: name the directory.
if(EXISTS ${TENON_LLVM_PREFIX}/bin/ld.lld)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_link_options(-fuse-ld=lld -B${TENON_LLVM_PREFIX}/bin)
  else()
    add_link_options(--ld-path=${TENON_LLVM_PREFIX}/bin/ld.lld)
  endif()
endif()

# Contraction is an explicit fma in Tenon, in the reference interpreter as well:
# the host compiler must not form one by itself.
add_compile_options(-Wall -Wextra -Wno-unused-parameter -ffp-contract=off
                    -ffunction-sections -fdata-sections
                    $<$<COMPILE_LANGUAGE:CXX>:-fvisibility-inlines-hidden>)
add_link_options(-Wl,--gc-sections)
if(TENON_ASSERTIONS)
  add_compile_options(-UNDEBUG)
endif()
if(TENON_SANITIZERS)
  add_compile_options(-fsanitize=${TENON_SANITIZERS} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all -g)
  add_link_options(-fsanitize=${TENON_SANITIZERS})
endif()
if(TENON_FUZZERS)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
