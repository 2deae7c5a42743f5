//===-- ChainSolver.h - where to keep, where to run again -------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Dynamic programming over the segments of a chain, for every capacity at once.
// After Griewank & Walther's revolve and its heterogeneous successors (Beaumont
// et al., Optimal re-materialization strategies for heterogeneous chains), with
// two additions: what crosses the end of a segment may still be there when the
// segment is taken up again, so that its last block has less to run again; and
// segments that look alike are solved once.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_PLAN_CORE_CHAINSOLVER_H
#define TENON_LIB_PLAN_CORE_CHAINSOLVER_H

#include "lib/Plan/Core/Chain.h"
#include "lib/Plan/Core/SegmentClasses.h"

#include <optional>
#include <vector>

namespace tenon::plan {

class ChainSolver {
public:
  /// Solves for capacities up to `capacity` bytes in steps of `slot` bytes.
  /// Gives up, see `solved`, where that takes more than `workLimit`.
  ChainSolver(const Model &model, const Chain &chain, uint64_t capacity,
              uint64_t slot, uint64_t workLimit);

  bool solved() const { return !classes.empty(); }
  uint64_t capacity() const { return slots * slot; }
  uint64_t slotBytes() const { return slot; }
  size_t blocks() const { return chain.blocks.size(); }

  /// The cheapest schedule within so many bytes, as the blocks measure them.
  std::optional<Schedule> schedule(uint64_t bytes);

  uint64_t work = 0;

private:
  using Cost = uint64_t;
  static constexpr Cost kNoWay = UINT64_MAX / 4;

  /// Of segments of blocks that look alike.
  struct Class {
    /// By capacity. The second if what crosses the end is there at first.
    std::vector<Cost> alone, withEnd;
  };
  enum class Kind { Impossible, Tape, Rest, Split };
  struct Decision {
    Kind kind = Kind::Impossible;
    uint32_t split = 0;
    Cost cost = kNoWay;
  };

  bool findClasses(uint64_t workLimit);
  void solve(const SegmentClasses::Segment &segment, Class &c);
  const Class &classAt(uint32_t begin, uint32_t end) const {
    return classes[segments->of(begin, end)];
  }
  /// Whether a choice to keep what crosses a cut is looked at: in long segments
  /// at narrow cuts alone, so these are no longer sure to be optimal.
  bool maySplit(uint32_t begin, uint32_t end, uint32_t at) const;
  int64_t growth(uint32_t from, uint32_t to) const;
  /// Slots that so many bytes take; negative bytes give slots.
  int64_t toSlots(int64_t bytes) const;
  Cost costOf(uint32_t begin, uint32_t end, bool hasEnd, int64_t m) const;
  Decision decide(uint32_t begin, uint32_t end, bool hasEnd, int64_t m) const;
  void emit(uint32_t begin, uint32_t end, bool hasEnd, int64_t m,
            Schedule &out);
  void runForward(uint32_t begin, uint32_t end, Schedule &out);

  const Model &model;
  const Chain &chain;
  uint64_t slot;
  uint64_t slots;
  std::vector<Cost> costBefore; ///< Of the blocks before each.
  std::optional<SegmentClasses> segments;
  std::vector<Class> classes;
  std::vector<bool> hasRun; ///< By block, when emitting.
};

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_CHAINSOLVER_H
