//===-- Ladder.h - schedules for growing limits -----------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The limits are fixed by the graph, and each rung starts from the schedule of
// the rung below: so costs never grow on the way up, and a budget is answered
// by a rung that does not depend on it.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_PLAN_CORE_LADDER_H
#define TENON_LIB_PLAN_CORE_LADDER_H

#include "lib/Plan/Core/ChainBound.h"
#include "lib/Plan/Core/Schedule.h"

#include <functional>
#include <memory>
#include <vector>

namespace tenon::plan {

struct Rung {
  uint64_t limit = 0; ///< Of bytes alive at once.
  Schedule schedule;
  Evaluation evaluation;
  /// Where results lie, see `Replayed::addresses`; empty if nothing is known.
  std::vector<uint64_t> addresses;
  uint64_t arena = 0; ///< Of the first rung: its arena.
};

class Ladder {
public:
  /// Bytes of the arena for the schedule of a rung.
  using ArenaOf = std::function<uint64_t(const Rung &)>;

  /// No schedule has a peak below `leastPeak`.
  Ladder(const Model &model, uint64_t leastPeak, uint64_t workLimit,
         const ArenaOf &arenaOf);
  ~Ladder();

  /// Makes the rungs up to `limit`; those below are made already. The first
  /// has the smallest arena that was found.
  const std::vector<Rung> &upTo(uint64_t limit);

  /// The bound that the ladder stopped its search by, for small limits.
  const ChainBound &chainBound() const;

  uint64_t work() const;

private:
  class Builder;
  std::unique_ptr<Builder> builder;
};

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_LADDER_H
