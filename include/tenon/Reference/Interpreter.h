//===-- Interpreter.h - what tenon IR means, computed -----------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The reference for every code generator: it obeys docs/numerics.md to the bit
// and decides nothing. Import folds with it, weight recipes are evaluated with
// it, tests compare against it.
//
// Every function fails with a diagnostic at the op it could not compute: an op
// without a meaning here (`tenon.grad`), a result that memory cannot hold, a
// resource without bytes. Distinct ops may be evaluated on distinct threads.
//===----------------------------------------------------------------------===//

#pragma once

#include "mlir/IR/Operation.h"
#include "mlir/IR/Region.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "tenon/Reference/Tensor.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace mlir {
class ModuleOp;
} // namespace mlir

namespace tenon {

class RecipeOp;

/// Called with each value as it is computed, at any depth: composites are
/// observed as one op, groups and calls inside as well.
using Observer = llvm::function_ref<void(mlir::Value, const Tensor &)>;

/// The results of one op. `operands` have the op's operand types.
mlir::FailureOr<llvm::SmallVector<Tensor>>
evaluate(mlir::Operation *op, llvm::ArrayRef<Tensor> operands,
         Observer observer = nullptr);

/// Runs a region of one block that takes nothing from outside; answers with
/// the terminator's operands. Each value is freed after its last use. Moving
/// the arguments in allows that for them as well.
mlir::FailureOr<llvm::SmallVector<Tensor>>
run(mlir::Region &body, llvm::SmallVector<Tensor> arguments,
    Observer observer = nullptr);

/// Runs a function; arguments of another type or number are a diagnostic.
mlir::FailureOr<llvm::SmallVector<Tensor>>
run(mlir::FunctionOpInterface function, llvm::SmallVector<Tensor> arguments,
    Observer observer = nullptr);

/// Runs the function of that name, or the only one with a body when `entry` is
/// empty.
mlir::FailureOr<llvm::SmallVector<Tensor>>
run(mlir::ModuleOp module, llvm::StringRef entry,
    llvm::SmallVector<Tensor> arguments, Observer observer = nullptr);

/// The weight that a recipe describes.
mlir::FailureOr<Tensor> evaluateRecipe(RecipeOp recipe);

/// `evaluate` on attributes; splats in give splats out where the op allows.
/// What is worth folding is the caller's decision.
mlir::FailureOr<llvm::SmallVector<mlir::ElementsAttr>>
fold(mlir::Operation *op, llvm::ArrayRef<mlir::ElementsAttr> operands);

} // namespace tenon
