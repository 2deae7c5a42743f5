//===-- Passes.h - memory planning over tenon -------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_PLAN_PASSES_H
#define TENON_PLAN_PASSES_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/Pass.h"

namespace tenon {

#define GEN_PASS_DECL
#include "tenon/Plan/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "tenon/Plan/Passes.h.inc"

/// After `plan`: the function, every group and every recipe say where things
/// are, and the independent verifier accepts what they say.
mlir::LogicalResult checkPlanned(mlir::func::FuncOp function);

} // namespace tenon

#endif // TENON_PLAN_PASSES_H
