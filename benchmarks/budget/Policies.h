//===-- Policies.h - how others recompute -----------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Published policies on our graphs and costs. Each proposes schedules for a
// limit on the bytes alive at once; the caller sees what they really need.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_BENCHMARKS_BUDGET_POLICIES_H
#define TENON_BENCHMARKS_BUDGET_POLICIES_H

#include "lib/Plan/Core/Chain.h"
#include "lib/Plan/Core/Schedule.h"

#include <functional>
#include <string>
#include <vector>

namespace tenon::plan::bench {

struct Policy {
  std::string name;
  /// Schedules to choose from. Those without a knob for the limit give all that
  /// they can do.
  std::function<std::vector<Schedule>(const Model &, const Chain &,
                                      uint64_t limit)>
      propose;
};

/// - store-all: every node once.
/// - chen-sqrt: segments of equal length, as many as the root of the blocks
///   (Chen et al. 2016).
/// - chen-greedy: segments of equal bytes, for every number of bytes (the
///   same, algorithm 3).
/// - revolve: binomial checkpointing over the blocks as if they were equal
///   (Griewank & Walther 2000), for every number of checkpoints.
/// - xla-greedy: at the first position over the limit, give up what frees most
///   bytes, whatever it costs (HloRematerialization).
/// - torch-knapsack: keep the values that save most recomputation for a share
///   of the bytes, each weighed alone (activation_memory_budget, for 21
///   shares).
/// - min-cut: the fewest bytes across the turning point from which the cheap
///   nodes bring back all others (AOTAutograd's default partitioner).
/// - dtr: evict by cost, bytes and staleness when full, without the future
///   (Kirisame et al. 2021).
std::vector<Policy> policies();

} // namespace tenon::plan::bench

#endif // TENON_BENCHMARKS_BUDGET_POLICIES_H
