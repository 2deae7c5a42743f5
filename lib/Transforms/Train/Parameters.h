//===-- Parameters.h - which constants are trained --------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "dialects/Tenon/Shape.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "tenon/Transforms/Train.h"

namespace tenon {

/// The tensor's name in the model file; empty where it has none.
llvm::StringRef tensorName(ConstantOp constant);

} // namespace tenon
