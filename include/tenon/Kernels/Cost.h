//===-- Cost.h - what running a group costs ---------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "dialects/Tenon/Control.h"

namespace tenon {

/// Estimated nanoseconds on one core of a nominal machine. No target and no
/// budget in it: what is recomputed under a budget does not depend on where the
/// artifact runs.
uint64_t costOf(GroupOp group);

// What a pointwise value costs a program, whether it is kept in memory for a
// reader or computed again by it: in sixteenths of the time it takes to move a
// byte between a core and memory.

/// Writing a tensor; the cache reads it before.
uint64_t costOfWriting(mlir::Value v);
/// Reading a tensor.
uint64_t costOfReading(mlir::Value v);
/// Having a tensor in memory from the forward pass to the backward: no time,
/// but what is small should rather be read twice than kept.
uint64_t costOfKeeping(mlir::Value v);
/// Computing a pointwise op in a kernel that has its operands in registers.
uint64_t costOfRepeating(mlir::Operation *op);

} // namespace tenon
