//===-- Permutation.h - arithmetic on dimension orders ----------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A permutation p is that of tenon.transpose: result dimension i is operand
// dimension p[i].
//===----------------------------------------------------------------------===//

#pragma once

#include "dialects/Tenon/Shape.h"

namespace tenon {

using Permutation = llvm::SmallVector<int64_t>;

inline mlir::RankedTensorType tensorType(mlir::Value v) {
  return mlir::cast<mlir::RankedTensorType>(v.getType());
}

inline Permutation inverse(llvm::ArrayRef<int64_t> p) {
  Permutation result(p.size());
  for (auto [i, d] : llvm::enumerate(p))
    result[d] = i;
  return result;
}

inline bool isIdentity(llvm::ArrayRef<int64_t> p) {
  for (auto [i, d] : llvm::enumerate(p))
    if (d != static_cast<int64_t>(i))
      return false;
  return true;
}

/// From channels_first to channels_last, for tensors of any rank >= 2.
inline Permutation channelsToLast(int64_t rank) {
  Permutation p = {0};
  for (int64_t d = 2; d < rank; ++d)
    p.push_back(d);
  p.push_back(1);
  return p;
}

/// The extents of the result of a transpose by p.
inline llvm::SmallVector<int64_t> permuted(llvm::ArrayRef<int64_t> shape,
                                           llvm::ArrayRef<int64_t> p) {
  llvm::SmallVector<int64_t> result;
  for (int64_t d : p)
    result.push_back(shape[d]);
  return result;
}

/// `v` transposed by `p`: what a transpose that undoes it stood on, a splat or
/// a broadcast in the new order where that is free, a reshape where only
/// extents of 1 move, otherwise a transpose.
mlir::Value transposed(mlir::OpBuilder &b, mlir::Value v,
                       llvm::ArrayRef<int64_t> p);

/// Whether `transposed` costs nothing at run time.
bool transposesFreely(mlir::Value v, llvm::ArrayRef<int64_t> p);

/// Whether `v` is made of positions and scalars alone, by few pointwise ops: it
/// can be computed in another shape or order of dimensions at no cost.
bool isGenerated(mlir::Value v);

/// Whether a broadcast is so much larger than its operand that a transpose of
/// the operand costs nothing beside it.
bool repeatsOften(BroadcastOp op);

/// Whether a transpose of a tensor of this shape keeps the row-major order of
/// its elements.
bool movesOnlyOnes(llvm::ArrayRef<int64_t> shape, llvm::ArrayRef<int64_t> p);

/// Contiguous dimensions of two shapes that hold the same elements.
struct ReshapeGroup {
  int64_t fromBegin, fromEnd, toBegin, toEnd;
};

/// The finest such groups, in order; every dimension is in one. Empty when an
/// extent is 0.
llvm::SmallVector<ReshapeGroup> reshapeGroups(llvm::ArrayRef<int64_t> from,
                                              llvm::ArrayRef<int64_t> to);

} // namespace tenon
