//===-- PlaceableChain.h - chains solved with room between ------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A schedule that leaves no byte unused at its peak is often one that nobody
// can place. Where no layout has room for it, what was kept about that time
// counts a slot more, and the chain is solved again: a schedule a little
// dearer, and different just there.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_PLAN_CORE_PLACEABLECHAIN_H
#define TENON_LIB_PLAN_CORE_PLACEABLECHAIN_H

#include "lib/Plan/Core/Chain.h"
#include "lib/Plan/Core/Rung.h"

#include <optional>

namespace tenon::plan {

struct PlaceableLimits {
  uint64_t bytes = 0;
  uint64_t slot = 0;
  uint64_t work = 0; ///< Of one solution.
};

/// A rung with addresses within `limits.bytes`, as a beam search finds them,
/// which shares no bytes in place: with that schedule of the chain, or with
/// another, mostly a dearer one. Adds what it spent to `work`.
std::optional<Rung> findPlaceable(const Model &model, const Chain &chain,
                                  Evaluator &evaluator, Schedule schedule,
                                  const PlaceableLimits &limits,
                                  uint64_t &work);

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_PLACEABLECHAIN_H
