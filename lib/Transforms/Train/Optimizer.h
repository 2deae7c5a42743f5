//===-- Optimizer.h - how a parameter changes in a step ---------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "dialects/Tenon/Expr.h"
#include "tenon/Transforms/Train.h"

namespace tenon {

/// Builds the update rules. Scalars that depend on the step are computed in f64
/// and rounded once to the parameter's type.
class Optimizer {
public:
  /// `step` is the number of the step, an i64 scalar counted from 1.
  Optimizer(mlir::OpBuilder &b, mlir::Location loc, const TrainOptions &options,
            mlir::Value step);

  /// What it keeps for each parameter, by name; all start at 0.
  static llvm::ArrayRef<llvm::StringLiteral> slots(const TrainOptions &options);

  /// The new parameter, then the new slots.
  llvm::SmallVector<mlir::Value> update(mlir::Value parameter,
                                        mlir::Value gradient,
                                        llvm::ArrayRef<mlir::Value> slots);

private:
  Expr learningRate() const;
  /// A scalar of f64 repeated to the shape and type of `like`.
  Expr repeat(Expr scalar, Expr like) const;

  mlir::OpBuilder &b;
  mlir::Location loc;
  const TrainOptions &options;
  Expr step; ///< f64
  Expr rate;
  /// Adam's 1 - beta^step.
  Expr correction1, correction2;
};

} // namespace tenon
