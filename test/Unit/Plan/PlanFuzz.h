//===-- PlanFuzz.h - random graphs and budgets, and their judges *- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_TEST_UNIT_PLAN_PLANFUZZ_H
#define TENON_TEST_UNIT_PLAN_PLANFUZZ_H

#include <cstdint>
#include <optional>
#include <string>

namespace tenon::plan::test {

/// What the graphs reached; a test of nothing must not pass for a good one.
struct FuzzCounts {
  uint64_t graphs = 0;
  uint64_t trainingSteps = 0; ///< The others have no such shape.
  uint64_t nodes = 0;
  uint64_t plans = 0;
  uint64_t clones = 0;
  uint64_t withClones = 0; ///< Graphs of which a plan runs something again.
  uint64_t infeasible = 0; ///< Budgets refused.
  uint64_t exhausted = 0;  ///< Graphs small enough to try all schedules.
  /// Of these: the smallest budget of the planner was not above what the
  /// oracle needs.
  uint64_t smallestFound = 0;
};

/// The judgement of one seed: draws a graph, options and budgets, and has every
/// plan checked by the verifier, by the simulator and by what is counted here,
/// the bounds of the smallest by trying all schedules. The arena of the plan
/// must keep the budget, a larger budget must cost no more, and a refusal must
/// name a budget that works. Returns what is wrong, with the graph as text.
std::optional<std::string> fuzzPlans(uint64_t seed, FuzzCounts &counts);

} // namespace tenon::plan::test

#endif // TENON_TEST_UNIT_PLAN_PLANFUZZ_H
