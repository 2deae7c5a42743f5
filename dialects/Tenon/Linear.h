//===-- Linear.h - linear ops --------------------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "dialects/Tenon/Tenon.h"

#define GET_OP_CLASSES
#include "dialects/Tenon/Linear.h.inc"

namespace tenon {

/// The cotangent of a convolution's operand, of type `type`, from that of its
/// result: a stride-1 convolution of dy for each residue modulo the strides.
/// `low` may be negative, and `type` may extend beyond what any window covers.
mlir::Value convInputGrad(mlir::OpBuilder &b, mlir::Location loc,
                          mlir::Value dy, mlir::Value filter, Layout layout,
                          llvm::ArrayRef<int64_t> strides,
                          llvm::ArrayRef<int64_t> low,
                          llvm::ArrayRef<int64_t> dilations, int64_t groups,
                          mlir::RankedTensorType type);

} // namespace tenon
