//===-- Repeat.h - what is computed again and what is kept ------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "lib/Transforms/Grouping.h"

namespace tenon {

/// Pointwise ops that each group should rather compute for itself than read,
/// from values that are in memory: the cheapest choice for all groups at once.
/// What is kept is written once and read by each; what is repeated costs its
/// arithmetic in each. `grouping` says who is in a kernel with whom while
/// nothing is repeated; none of them gets more than `maxOps` ops by it.
OpSet opsToRepeat(mlir::func::FuncOp function, const Grouping &grouping,
                  size_t maxOps);

} // namespace tenon
