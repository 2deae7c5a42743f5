//===-- ChainSolver.h - where to keep, where to run again -------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Dynamic programming over the segments of a chain, for every capacity at once.
// After Griewank & Walther's revolve and its heterogeneous successors (Beaumont
// et al., Optimal re-materialization strategies for heterogeneous chains), with
// three additions: what crosses the end of a segment may still be there when
// the segment is taken up again, so that its last block has less to run again;
// segments that look alike are solved once; and a cut may stand in for a wider
// one behind it, see `standInTable`.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_PLAN_CORE_CHAINSOLVER_H
#define TENON_LIB_PLAN_CORE_CHAINSOLVER_H

#include "lib/Plan/Core/Chain.h"
#include "lib/Plan/Core/CostTables.h"
#include "lib/Plan/Core/SegmentClasses.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace tenon::plan {

class ChainSolver {
public:
  /// Solves for capacities up to `capacity` bytes in steps of `slot` bytes.
  /// Gives up, see `solved`, where that takes more than `workLimit`. What is
  /// kept at a cut takes so many slots of `margins` more, by cut, if there are
  /// any: but not what is kept by a first run through the chain, which comes
  /// to lie at the edge.
  ChainSolver(const Model &model, const Chain &chain, uint64_t capacity,
              uint64_t slot, uint64_t workLimit,
              std::vector<uint32_t> margins = {});

  bool solved() const { return tables.has_value(); }
  uint64_t capacity() const { return slots * slot; }
  uint64_t slotBytes() const { return slot; }
  size_t blocks() const { return chain.blocks.size(); }

  /// The cheapest schedule within so many bytes, as the blocks measure them.
  std::optional<Schedule> schedule(uint64_t bytes);

  uint64_t work = 0;

private:
  using Cost = CostTables::Cost;
  using Join = CostTables::Join;

  enum class Kind { Impossible, Tape, Rest, Split, StandIn };
  struct Decision {
    Kind kind = Kind::Impossible;
    uint32_t split = 0;
    uint32_t standIn = 0; ///< The cut that is kept for `split`.
    Cost cost = kNoWay;
  };

  bool findClasses(uint64_t workLimit);
  void findStandIns();
  void solve(uint32_t begin, uint32_t end);
  void solveStandIn(uint32_t begin, uint32_t k, uint32_t end);
  void offer(uint32_t to, const Join &join, uint32_t right, uint32_t left);
  /// Whether a choice to keep what crosses a cut is looked at: in long segments
  /// at narrow cuts alone, so these are no longer sure to be optimal.
  bool maySplit(uint32_t begin, uint32_t end, uint32_t at) const;
  /// How many of the cuts that this one may stand in for are in front of `end`.
  size_t countWider(uint32_t cut, uint32_t end) const {
    const std::vector<uint32_t> &all = wider[cut];
    return size_t(std::lower_bound(all.begin(), all.end(), end) - all.begin());
  }
  int64_t growth(uint32_t from, uint32_t to) const;
  /// Slots that so many bytes take; negative bytes give slots.
  int64_t toSlots(int64_t bytes) const;
  /// Of what stays at cut k, [i, k) having run.
  int64_t keptAt(uint32_t i, uint32_t k) const {
    return toSlots(int64_t(chain.crossing[k][i])) + marginAt(i, k);
  }
  /// Of the tape of block i while [i + 1, j) is reversed.
  int64_t tapeOf(uint32_t i, uint32_t j) const {
    return toSlots(int64_t(chain.blocks[i].tape)) +
           (j > i + 1 ? marginAt(i, i + 1) : 0);
  }
  int64_t marginAt(uint32_t i, uint32_t k) const {
    return i == 0 || margins.empty() ? 0 : int64_t(margins[k]);
  }
  /// Whether what crosses the end is there at first. All segments that look
  /// alike have one table.
  uint32_t table(uint32_t begin, uint32_t end, bool hasEnd) const {
    return tablesOf[segments->of(begin, end)] + hasEnd;
  }
  /// What crosses the beginning may be given up, and stands in for what crosses
  /// a wider cut k: the blocks behind that cut are reversed. Before the events
  /// of the first of them, which leave room for no cut in front, the blocks
  /// [begin, k) run once more.
  uint32_t standInTable(uint32_t begin, uint32_t k, uint32_t end,
                        bool hasEnd) const {
    return table(begin, end, hasEnd) + 2 + 2 * uint32_t(countWider(begin, k));
  }
  Cost costOf(uint32_t begin, uint32_t end, bool hasEnd, int64_t m) const {
    return tables->at(table(begin, end, hasEnd), m);
  }
  Decision decide(uint32_t begin, uint32_t end, bool hasEnd, int64_t m) const;
  Decision decideStandIn(uint32_t begin, uint32_t k, uint32_t end, bool hasEnd,
                         int64_t m) const;
  void emit(uint32_t begin, uint32_t end, bool hasEnd, int64_t m,
            Schedule &out);
  void emitStandIn(uint32_t begin, uint32_t k, uint32_t end, bool hasEnd,
                   int64_t m, Schedule &out);
  void runForward(uint32_t begin, uint32_t end, Schedule &out);

  const Model &model;
  const Chain &chain;
  uint64_t slot;
  uint64_t slots;
  std::vector<uint32_t> margins;
  std::vector<Cost> costBefore; ///< Of the blocks before each.
  std::optional<SegmentClasses> segments;
  std::optional<CostTables> tables;
  std::vector<uint32_t> tablesOf; ///< By class, the first.
  /// By cut: those that it may stand in for, ascending.
  std::vector<std::vector<uint32_t>> wider;
  std::vector<bool> hasRun; ///< By block, when emitting.
};

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_CHAINSOLVER_H
