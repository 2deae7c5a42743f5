//===-- InPlace.h - which operands a group may write over -------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "dialects/Tenon/Control.h"

namespace tenon {

/// Whether the value of argument `i` reaches the group's results through
/// pointwise ops only, each of the results' one type: then element e of the
/// argument is needed for element e of the results alone, and a kernel that
/// reads all operands of an element before it writes its results may write them
/// over the argument.
bool isReadAtPoint(GroupOp group, unsigned i);

/// The value whose bytes `v` has: through reshapes and guards.
mlir::Value rootOf(mlir::Value v);

} // namespace tenon
