//===-- Patterns.h - rewrite patterns shared by passes ----------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/PatternMatch.h"

namespace tenon {

/// Composites become what they are defined by.
void populateDecomposePatterns(mlir::RewritePatternSet &patterns);

/// No-ops and chains of shape ops and casts; all exact.
void populateShapePatterns(mlir::RewritePatternSet &patterns);

/// Per-channel factors and shifts move into constant weights.
void populateFoldAffinePatterns(mlir::RewritePatternSet &patterns);

/// Transposes move towards the results, where pairs cancel.
void populateSinkTransposePatterns(mlir::RewritePatternSet &patterns);

/// Transposes around a flatten before a matmul move into its weights.
void populateMoveFlattenPatterns(mlir::RewritePatternSet &patterns);

/// Moves views behind the pointwise ops and reductions that read them, so that
/// these have the shape of what computes their operand.
void sinkReshapes(mlir::func::FuncOp function);

} // namespace tenon
