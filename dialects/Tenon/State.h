//===-- State.h - variables and the guard -----------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "dialects/Tenon/Tenon.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

#define GET_OP_CLASSES
#include "dialects/Tenon/State.h.inc"

namespace tenon {

/// On an argument or result of a function: the variable that it reads or
/// writes, as a FlatSymbolRefAttr.
inline constexpr llvm::StringLiteral kVariableAttr = "tenon.variable";

/// On a constant: its `#tenon.parameter`.
inline constexpr llvm::StringLiteral kParameterAttr = "tenon.parameter";

/// On a constant whose value is to be initialised: the seed, an i64.
inline constexpr llvm::StringLiteral kFreshAttr = "tenon.fresh";

/// Whether it is a stored mean or variance, which no gradient trains.
inline bool isStatistic(ParameterRole role) {
  return role == ParameterRole::Mean || role == ParameterRole::Variance;
}

/// The variable that argument `i` of a function reads; null for an input.
mlir::FlatSymbolRefAttr variableOfArgument(mlir::FunctionOpInterface function,
                                           unsigned i);
/// The variable that result `i` of a function writes; null for an output.
mlir::FlatSymbolRefAttr variableOfResult(mlir::FunctionOpInterface function,
                                         unsigned i);

} // namespace tenon
