//===-- Loss.h - what a model's output is trained for -----------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "tenon/Transforms/Train.h"

namespace tenon {

/// The output that a loss is taken of.
struct TrainedOutput {
  unsigned index = 0; ///< among the function's results
  /// The value before a final softmax, log-softmax or sigmoid that the loss
  /// contains already; otherwise the output itself.
  mlir::Value scores;
  mlir::RankedTensorType labels; ///< what the step takes beside the inputs
  llvm::StringRef labelsName;    ///< "labels" of classes, "targets" else
};

/// Chooses it, or says at the function why there is none.
mlir::FailureOr<TrainedOutput> findTrainedOutput(mlir::func::FuncOp main,
                                                 const TrainOptions &options);

/// Scalars that a loss is reported by. `loss` has the scores' element type.
struct LossValues {
  mlir::Value loss;
  mlir::Value count;    ///< of labels that took part, in the loss's type
  mlir::Value bad;      ///< i64: index of the first label out of range, or -1
  mlir::Value accuracy; ///< null unless asked for
};

LossValues buildLoss(mlir::OpBuilder &b, mlir::Location loc, mlir::Value scores,
                     mlir::Value labels, const TrainOptions &options);

} // namespace tenon
