//===-- Tnrt.h - the schedule, the last IR before LLVM ----------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"

#include "dialects/Tnrt/TnrtDialect.h.inc"
#include "dialects/Tnrt/TnrtEnums.h.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/Tnrt/TnrtAttrs.h.inc"

#define GET_OP_CLASSES
#include "dialects/Tnrt/Tnrt.h.inc"
