//===-- Shape.h - shape ops ----------------------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "dialects/Tenon/Tenon.h"

#define GET_OP_CLASSES
#include "dialects/Tenon/Shape.h.inc"

namespace tenon {

/// `x` backwards along `dims`: a slice of stride -1.
mlir::Value reversed(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x,
                     llvm::ArrayRef<int64_t> dims);

/// `x` with zeros around and between its elements, as pad adds them; negative
/// entries of `low` and `high` cut the result instead. Extents stay above 0.
mlir::Value padOrCut(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x,
                     llvm::ArrayRef<int64_t> low, llvm::ArrayRef<int64_t> high,
                     llvm::ArrayRef<int64_t> interior);

/// The operand's index that stands at index `i` of a dimension padded in
/// `mode`, 0 being the operand's first; -1 outside in mode constant.
int64_t padSource(PadMode mode, int64_t i, int64_t extent);

} // namespace tenon
