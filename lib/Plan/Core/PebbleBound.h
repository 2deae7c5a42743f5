//===-- PebbleBound.h - bytes that recomputation cannot avoid ---*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_LIB_PLAN_CORE_PEBBLEBOUND_H
#define TENON_LIB_PLAN_CORE_PEBBLEBOUND_H

#include "lib/Plan/Core/Schedule.h"

#include <optional>

namespace tenon::plan {

/// Bytes that are alive at some time in every schedule, at least `known`, which
/// is such a bound.
uint64_t pebbleBound(const Model &model, uint64_t known, uint64_t workLimit,
                     uint64_t &work);

/// A schedule within `bytes` and `maxRuns` that makes everything from nothing,
/// one node after another: it takes walks of the game forwards. Nothing if it
/// finds none, and where values must last or nodes may not repeat.
std::optional<Schedule> pebbleSchedule(const Model &model, uint64_t bytes,
                                       size_t maxRuns, uint64_t workLimit,
                                       uint64_t &work);

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_PEBBLEBOUND_H
