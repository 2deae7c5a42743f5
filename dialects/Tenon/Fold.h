//===-- Fold.h - reductions in expressions ----------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "dialects/Tenon/Expr.h"
#include "dialects/Tenon/Reduce.h"

namespace tenon {

template <class Reduce>
Expr fold(Expr x, llvm::ArrayRef<int64_t> dims) {
  return x.make<Reduce>(x, dims);
}

/// What was folded over `dims` of a tensor of type `like` (its element type
/// aside), repeated along them again.
inline Expr spread(Expr folded, mlir::RankedTensorType like,
                   llvm::ArrayRef<int64_t> dims) {
  llvm::SmallVector<int64_t> kept;
  for (int64_t d = 0; d < like.getRank(); ++d)
    if (!llvm::is_contained(dims, d))
      kept.push_back(d);
  auto type = like.clone(folded.type().getElementType());
  return folded.make<BroadcastOp>(type, mlir::Value(folded), kept);
}

/// A reduction over one dimension, repeated along it again.
template <class Reduce>
Expr foldAlong(Expr x, int64_t axis) {
  return spread(fold<Reduce>(x, axis), x.type(), axis);
}

} // namespace tenon
