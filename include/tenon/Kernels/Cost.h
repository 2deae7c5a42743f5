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

} // namespace tenon
