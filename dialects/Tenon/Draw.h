//===-- Draw.h - random numbers in expressions ------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "dialects/Tenon/Expr.h"
#include "dialects/Tenon/Random.h"

namespace tenon {

/// What tenon.random_bernoulli of this shape is made of. With `replay` it is
/// not merged with an equal draw made without.
Expr drawBernoulli(mlir::OpBuilder &b, mlir::Location loc, mlir::Value key,
                   llvm::ArrayRef<int64_t> shape, double probability,
                   bool replay);

} // namespace tenon
