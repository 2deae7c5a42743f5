//===-- Passes.h - from groups to a schedule --------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_CONVERSION_PASSES_H
#define TENON_CONVERSION_PASSES_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace tenon {

#define GEN_PASS_DECL
#include "tenon/Conversion/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "tenon/Conversion/Passes.h.inc"

/// After `lower`: no group is left; @main keeps its signature and weights;
/// every launch runs all tiles of a kernel and gives it, for each argument and
/// result, a buffer that exists and has its size.
mlir::LogicalResult checkLowered(mlir::ModuleOp module);

} // namespace tenon

#endif // TENON_CONVERSION_PASSES_H
