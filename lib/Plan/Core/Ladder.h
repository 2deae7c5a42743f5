//===-- Ladder.h - schedules for growing limits -----------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The limits of the rungs are fixed by the graph, and each rung starts from the
// schedule of the rung below: so costs never grow on the way up. Between two
// rungs that a budget lies between, limits are halved towards it. What is found
// for a middle costs no more than what is below and no less than what is above:
// so costs never grow between rungs either, although no two budgets need have
// the same limits tried for them.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_PLAN_CORE_LADDER_H
#define TENON_LIB_PLAN_CORE_LADDER_H

#include "lib/Plan/Core/ChainBound.h"
#include "lib/Plan/Core/Rung.h"

#include <memory>

namespace tenon::plan {

class Ladder {
public:
  /// No schedule has a peak below `leastPeak`.
  Ladder(const Model &model, uint64_t leastPeak, uint64_t workLimit,
         const ArenaOf &arenaOf);
  ~Ladder();

  /// The cheapest that is known to lie in an arena of so many bytes; null if
  /// nothing is. To be asked once.
  const Rung *within(uint64_t bytes);

  /// Bytes of the smallest arena that was found.
  uint64_t smallest() const;

  /// The bound that the ladder stopped its search by, for small limits.
  const ChainBound &chainBound() const;

  uint64_t work() const;

private:
  class Builder;
  std::unique_ptr<Builder> builder;
};

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_LADDER_H
