//===-- Kernels.h - element loops, compiled per instruction set -*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "dialects/Interfaces/Scalar.h"
#include "llvm/ADT/StringRef.h"

namespace tenon::reference {

/// Result element i from element i of each operand, for i < n.
using PointwiseKernel = void (*)(const void *const *operands, void *result,
                                 int64_t n);

/// result[i][j] = fma(lhs[i][k-1], rhs[k-1][j], ... fma(lhs[i][0], rhs[0][j],
/// 0)), all dense row-major of one kind but for halves, which are given and
/// returned as f32 that hold halves. Leading dimensions in elements.
using GemmKernel = void (*)(int64_t m, int64_t n, int64_t k, const void *lhs,
                            int64_t ldl, const void *rhs, int64_t ldr,
                            void *result, int64_t ldo);

/// The loops of one instruction set.
struct KernelSet {
  void (*visitPointwise)(void (*add)(const char *op, Kind kind,
                                     PointwiseKernel kernel, void *context),
                         void *context);
  GemmKernel (*gemm)(Kind kind);
};

extern const KernelSet baselineKernels;
#if defined(__x86_64__)
extern const KernelSet fmaKernels; // AVX2 and FMA
#endif

/// The loops for this CPU.
const KernelSet &kernels();

/// The loop of the pointwise op of that name on operands and result of `kind`;
/// null if there is none, and the op's evalScalar is the way.
PointwiseKernel findPointwise(llvm::StringRef op, Kind kind);

} // namespace tenon::reference
