//===-- Model.h - a function as the planning core sees it -------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "tenon/Plan/Graph.h"
#include "llvm/ADT/DenseMap.h"

namespace tenon {

/// The graph of a function's groups, and the way back.
struct PlanModel {
  plan::Graph graph;
  llvm::DenseMap<mlir::Value, plan::TensorId> tensors;
  llvm::SmallVector<mlir::Value> values;      ///< by tensor
  llvm::SmallVector<mlir::Operation *> nodes; ///< groups and the guard, by node
  /// Number of the function's result that each group result is.
  llvm::DenseMap<mlir::Value, int64_t> outputs;
};

/// Builds it, or says at the op what has no place in a planned function.
mlir::LogicalResult buildPlanModel(mlir::func::FuncOp function,
                                   PlanModel &model);

} // namespace tenon
