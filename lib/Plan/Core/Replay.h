//===-- Replay.h - a schedule again, within fewer bytes ---------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Follows a schedule within a limit that it need not keep. What does not fit is
// evicted, and what is missing is brought back by planning backwards: from the
// operands that are wanted, step by step to what they are made of, until all of
// it is there. A state on the way is a set of values that must be alive
// together, so that a way is known to fit before its first node runs; where the
// cheapest does not fit, a best-first search looks for another, which may
// forget values that are there, and compute them twice.
//
// With `ReplayLimits::bytesFromNothing`, what is hard to make again is not
// given up. Where something easy is missing and there is no room to make it, it
// is kept from where there was; where that does not fit either, what is in the
// way runs later.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_PLAN_CORE_REPLAY_H
#define TENON_LIB_PLAN_CORE_REPLAY_H

#include "lib/Plan/Core/Schedule.h"

#include <optional>

namespace tenon::plan {

struct ReplayLimits {
  uint64_t bytes = 0;     ///< Alive at once.
  size_t maxRuns = 0;     ///< Executions.
  uint64_t workLimit = 0; ///< Of counted work.
  /// If not 0: every result gets an address as well, below this and free from
  /// then on for as long as it may be read. Where values are in the way though
  /// their bytes would fit, they are evicted, the cheapest neighbours first
  /// (the idea of Coop, Zhang et al., NeurIPS 2023).
  uint64_t arena = 0;
  /// What is read again within so many positions of the base, or not at all,
  /// has its address from above.
  uint32_t shortLife = 0;
  /// If set, and no addresses are asked for: by value, see the function of that
  /// name. What takes more than `bytes` is hard to make again.
  const std::vector<uint64_t> *bytesFromNothing = nullptr;
  uint64_t seed = 0; ///< Of what is tried where that fails.
};

struct Replayed {
  Schedule schedule;
  /// For every execution and everything that it writes, in the order of
  /// `Model::Op::writes`; empty unless asked for.
  std::vector<uint64_t> addresses;
};

/// A schedule within the limits that runs nodes first in the order in which
/// `base` does, and keeps what `base` keeps as far as that fits. Nothing if it
/// finds none.
std::optional<Replayed> replay(const Model &model, const Schedule &base,
                               const ReplayLimits &limits, uint64_t &work);

/// By value: the bytes that it takes to make it from nothing, one node after
/// another in the order of the model. What takes more than `most`, or cannot be
/// made again, has any number above that.
std::vector<uint64_t> bytesFromNothing(const Model &model, uint64_t most,
                                       uint64_t &work);

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_REPLAY_H
