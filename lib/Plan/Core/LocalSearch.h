//===-- LocalSearch.h - better schedules, step by step ----------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// For what no chain describes: skips, shared encoders, graphs without any
// structure. Searches over which values are kept over which gaps between their
// reads, as retention intervals (Bartan et al., MOCCASIN, ICML 2023): a value
// given up over a gap is computed again in front of the read that ends it, with
// whatever that needs. Ruin and recreate: forget some recomputation, repair the
// peaks with the cheapest steps, drop what turned out to be needless.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_PLAN_CORE_LOCALSEARCH_H
#define TENON_LIB_PLAN_CORE_LOCALSEARCH_H

#include "lib/Plan/Core/Schedule.h"

#include <optional>
#include <vector>

namespace tenon::plan {

class LocalSearch {
public:
  LocalSearch(const Model &model, Evaluator &evaluator);

  /// Inserts recomputation until no position has more than `limit` bytes.
  /// Gives up when no step helps, or the cost reaches `costBelow`, or counted
  /// work exceeds `workLimit`.
  bool repair(Schedule &schedule, uint64_t limit, uint64_t costBelow,
              uint64_t workLimit);

  /// Removes repetitions, the dearest first, that the limit leaves room for.
  void shrink(Schedule &schedule, uint64_t limit, uint64_t workLimit);

  /// Lowers the cost of a schedule that keeps the limit, until the work is
  /// spent or the cost is as low as `costBound`.
  void improve(Schedule &schedule, uint64_t limit, uint64_t costBound,
               uint64_t workLimit);

private:
  struct Step {
    ValueId value = kNone;     ///< What is given up.
    uint32_t before = 0;       ///< Position to insert at.
    std::vector<NodeId> nodes; ///< In order.
    uint64_t cost = 0;
    double score = 0;
  };

  uint64_t random(uint64_t bound);
  void index(const Schedule &schedule);
  void findSteps(uint32_t at, uint64_t limit);
  bool plan(ValueId v, uint32_t from, uint32_t to, uint64_t limit, Step &step);
  bool tryRemoval(Schedule &schedule, uint32_t p, uint64_t limit);
  std::vector<uint32_t> repetitions(const Schedule &schedule);
  bool require(ValueId v, uint32_t to, uint64_t limit, unsigned depth,
               Step &step);
  uint64_t overflow(uint64_t limit) const;
  uint64_t mostIn(uint32_t from, uint32_t to) const;

  const Model &model;
  Evaluator &evaluator;
  uint64_t state = 1;

  // What `index` knows of a schedule: where each value is written and read.
  std::vector<uint32_t> firstAccess; ///< By value, into `accesses`; one more.
  std::vector<uint32_t> accesses;    ///< 2 * position, + 1 if a write.
  std::vector<uint32_t> firstRun;    ///< By node.
  std::vector<uint64_t> profile;
  static constexpr uint32_t kBlock = 64;
  std::vector<uint64_t> blockMost; ///< Of so many positions of the profile.
  std::vector<uint32_t> full;      ///< Positions above the limit.

  std::vector<Step> steps;
  std::vector<uint32_t> stamp; ///< By node: in the step under construction.
  uint32_t now = 0;
  ValueId given = kNone;  ///< The value that the step gives up,
  uint32_t givenFrom = 0; ///< from this position on.
};

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_LOCALSEARCH_H
