//===-- KernelsBaseline.cpp - element loops for any CPU -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#define TENON_KERNEL_SET baselineKernels
#include "lib/Reference/Kernels.inc"
