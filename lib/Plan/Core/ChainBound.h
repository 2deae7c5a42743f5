//===-- ChainBound.h - repetitions that a chain cannot avoid ----*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_LIB_PLAN_CORE_CHAINBOUND_H
#define TENON_LIB_PLAN_CORE_CHAINBOUND_H

#include "lib/Plan/Core/Schedule.h"

namespace tenon::plan {

/// Cost of the repetitions that every schedule within `bytes` bytes contains
/// if the model holds a chain x1 -> x2 -> ... whose values are read again in
/// reverse order: 0 if it holds none. See `costBound`.
uint64_t chainBound(const Model &model, uint64_t bytes);

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_CHAINBOUND_H
