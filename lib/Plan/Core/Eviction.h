//===-- Eviction.h - recomputation by evicting when full --------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_LIB_PLAN_CORE_EVICTION_H
#define TENON_LIB_PLAN_CORE_EVICTION_H

#include "lib/Plan/Core/Schedule.h"

#include <optional>
#include <vector>

namespace tenon::plan {

/// How eviction chooses.
struct EvictionRule {
  /// Weigh by the distance to the next use, which a static schedule knows.
  bool nextUse = true;
  /// Drop values that nothing in `Model::order` reads any more at once, though
  /// others might be recomputed from them.
  bool eager = false;
};

/// Follows `Model::order` within `limit` bytes. When the next execution does
/// not fit, evicts what costs least to recompute for each byte and for the time
/// that it stays away; what is needed and not there is recomputed on demand.
/// The idea of Dynamic Tensor Rematerialization (Kirisame et al., ICLR 2021),
/// with the future known. Returns nothing if that does not end well, or takes
/// more than `maxRuns` executions or more than `workLimit` of work.
std::optional<Schedule> evictWhenFull(const Model &model, uint64_t limit,
                                      const EvictionRule &rule, size_t maxRuns,
                                      uint64_t workLimit, uint64_t &work);

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_EVICTION_H
