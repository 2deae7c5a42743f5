//===-- Contracts.h - what holds at the end of each phase -------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Each function emits one diagnostic per broken rule, at the offending op, and
// fails if there was any. They read; they never repair.
//===----------------------------------------------------------------------===//

#pragma once

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace tenon {

/// After `gradient`: no tenon.grad is left.
mlir::LogicalResult checkGradient(mlir::func::FuncOp function);

/// After `simplify`: only tenon ops and the return, and no composite, is left.
mlir::LogicalResult checkSimplified(mlir::func::FuncOp function);

/// After `layout`: every convolution and pool is channels_last.
mlir::LogicalResult checkLayout(mlir::func::FuncOp function);

/// After `fuse` (and after `outline-recipes`, whose result is a special case):
/// outside groups there are only weights, splat constants, recipes, reshapes
/// and the return; a group has at most one contraction or window, which holds
/// no weight arithmetic beside unpack; nothing that a function returns is an
/// argument, a weight or returned twice.
mlir::LogicalResult checkFused(mlir::func::FuncOp function);

/// After `outline-recipes`: outside groups there are only recipes, reshapes of
/// values that are no weights, and the return.
mlir::LogicalResult checkOutlined(mlir::func::FuncOp function);

} // namespace tenon
