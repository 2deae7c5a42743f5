//===-- KernelsFMA.cpp - element loops for x86-64 with AVX2 and FMA -------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#define TENON_KERNEL_SET fmaKernels
#include "lib/Reference/Kernels.inc"
