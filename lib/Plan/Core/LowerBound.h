//===-- LowerBound.h - what no plan can beat --------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Bounds on schedules of a model, in any order, whatever they recompute.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_PLAN_CORE_LOWERBOUND_H
#define TENON_LIB_PLAN_CORE_LOWERBOUND_H

#include "lib/Plan/Core/Schedule.h"

namespace tenon::plan {

/// Bytes that are alive at some time in every schedule.
uint64_t peakBound(const Model &model);

/// Cost of every schedule within `bytes` bytes. When a node runs first, nothing
/// that depends on it has run. What its dependents read of the rest is either
/// alive by then, and must fit, or computed again later, from what is alive or
/// computed again. The cheapest choice, with the room priced instead of
/// limited, is a minimum cut; every price gives a bound, and the best price is
/// searched for.
uint64_t costBound(const Model &model, uint64_t bytes, uint64_t workLimit,
                   uint64_t &work);

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_LOWERBOUND_H
