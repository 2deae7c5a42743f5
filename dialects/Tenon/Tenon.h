//===-- Tenon.h - the tenon dialect and its attributes ----------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Ops are split by category: include what you use (Elementwise.h, Shape.h,
// ...).
//===----------------------------------------------------------------------===//

#pragma once

#include "dialects/Interfaces/Interfaces.h"
#include "dialects/Interfaces/Scalar.h"
#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "dialects/Tenon/TenonDialect.h.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/Tenon/TenonAttrs.h.inc"
