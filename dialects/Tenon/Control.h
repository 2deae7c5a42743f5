//===-- Control.h - gradient, groups, recipes -------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "dialects/Tenon/Tenon.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"

#define GET_OP_CLASSES
#include "dialects/Tenon/Control.h.inc"

namespace tenon {

/// On a group, and its launch, that runs again to compute what was not kept.
inline constexpr llvm::StringLiteral kRecomputedAttr = "tenon.recomputed";

} // namespace tenon
