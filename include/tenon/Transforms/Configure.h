//===-- Configure.h - the loop nest of every group --------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace tenon {

class TargetModel;

/// Packs weights as `target` wants them and gives each group its kernel.
void configureGroups(mlir::func::FuncOp function, const TargetModel &target);

/// After `configure`: every group has a kernel.
mlir::LogicalResult checkConfigured(mlir::func::FuncOp function);

} // namespace tenon
