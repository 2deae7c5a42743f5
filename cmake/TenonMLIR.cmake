# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# MLIR and LLVM, always as libMLIR.so + libLLVM.so: a second, static copy of
# either would duplicate every TypeID and command-line option.

# The version file of Debian's package refuses a bare "22".
find_package(MLIR 22.1 REQUIRED CONFIG)
message(STATUS "MLIR ${LLVM_PACKAGE_VERSION} at ${MLIR_DIR}")
list(APPEND CMAKE_MODULE_PATH ${MLIR_CMAKE_DIR} ${LLVM_CMAKE_DIR})
include(TableGen)
include(AddLLVM)
include(AddMLIR)

# SYSTEM, so that our warning level does not apply to LLVM's headers.
include_directories(SYSTEM ${LLVM_INCLUDE_DIRS} ${MLIR_INCLUDE_DIRS})
separate_arguments(TENON_LLVM_DEFINITIONS NATIVE_COMMAND ${LLVM_DEFINITIONS})

# Every generated header. Each library waits for all of them: one rule instead
# of a dependency per include, and no race.
add_custom_target(tenon-headers)
