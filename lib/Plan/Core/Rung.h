//===-- Rung.h - a schedule that answers budgets ----------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_LIB_PLAN_CORE_RUNG_H
#define TENON_LIB_PLAN_CORE_RUNG_H

#include "lib/Plan/Core/Schedule.h"

#include <functional>
#include <optional>
#include <vector>

namespace tenon::plan {

/// Executions for each node, on average, in the schedule with the least peak:
/// below that lie schedules for which nobody would wait.
constexpr size_t kMostRuns = 48;

struct Rung {
  /// Of bytes alive at once; of an answer, the smallest budget that it answers.
  uint64_t limit = 0;
  Schedule schedule;
  Evaluation evaluation;
  /// Where results lie, see `Replayed::addresses`; empty if nothing is known.
  std::vector<uint64_t> addresses;
  /// Bytes that it lies in, 0 if that is not known, and how many were said to
  /// be enough for that.
  uint64_t arena = 0, enough = 0;
};

/// Bytes of the arena for the schedule of a rung. If `enough` is not 0, so many
/// will do, and are worth some work.
using ArenaOf = std::function<uint64_t(const Rung &, uint64_t enough)>;

/// What a schedule must cost at least, and have alive at most.
struct Range {
  uint64_t leastCost = 0;
  uint64_t mostBytes = 0;
};

/// Makes the schedule, if there is one, that of `best` where it is valid, lies
/// in the range, and is cheaper or has fewer bytes for the same cost.
void offer(const Model &model, Evaluator &evaluator,
           std::optional<Schedule> schedule, const Range &range, Rung &best);

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_RUNG_H
