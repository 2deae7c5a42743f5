//===-- WeighedLink.h - what to keep of a link of a backbone ----*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_LIB_PLAN_CORE_WEIGHEDLINK_H
#define TENON_LIB_PLAN_CORE_WEIGHEDLINK_H

#include "lib/Plan/Core/Backbone.h"
#include "lib/Plan/Core/CostTables.h"

#include <cstdint>
#include <vector>

namespace tenon::plan {

/// How a bound counts bytes.
struct Slots {
  uint64_t size = 1;      ///< In bytes.
  uint64_t count = 0;     ///< Room, beside the late bytes.
  uint64_t lateBytes = 0; ///< Which are alive at any time.

  /// Rounded down.
  uint64_t forStep(uint64_t bytes) const {
    return (bytes - (bytes < lateBytes ? bytes : lateBytes)) / size;
  }
};

/// All subsets of a link's values, and what they cost who keeps them.
class WeighedLink {
public:
  /// What of a link is alive while the links behind it are reversed, at the
  /// time when that is least.
  struct Option {
    uint64_t slots = 0;      ///< Rounded down.
    uint64_t eventSlots = 0; ///< Of these, what is still there at the event.
    uint64_t cost = 0;       ///< Of what runs again.
    /// Nothing of the links before is needed for that, or no longer.
    bool standsAlone = false;
    /// It was needed: at any time of the reversal there was something of the
    /// links before as well, or of this one as much as stands alone.
    bool usesGate = false;
    /// By capacity, if not empty: what runs again beyond `cost`, because the
    /// steps of the link do not find room for all that they need.
    std::vector<uint64_t> more;
  };

  WeighedLink(const Backbone::Link &link, const Slots &slots, uint64_t &work);

  std::vector<Option> options;
  uint64_t aloneSlots = 0;  ///< Least that stands alone.
  uint64_t rebuildCost = 0; ///< With nothing kept.

private:
  struct Rebuild {
    uint64_t cost = 0;
    bool usesGate = false;
  };
  /// What may be alive while a step runs, and what runs again behind it then.
  struct Choice {
    uint64_t slots = 0; ///< With the step.
    uint64_t costAfter = 0;
    uint32_t before = 0; ///< Bits of what has to have run.
  };
  /// Of one step.
  using Choices = std::vector<Choice>;

  void chooseParts();
  uint32_t maskOf(const std::vector<uint32_t> &parts) const;
  uint64_t bytesOf(uint32_t kept) const;
  Rebuild rebuild(uint32_t wanted, uint32_t kept) const;
  Choices choicesOf(const Backbone::Step &step, uint64_t &work) const;
  std::vector<uint64_t> moreFor(uint32_t kept, uint64_t cost,
                                const std::vector<Choices> &steps,
                                uint64_t &work) const;
  Option withoutEvent(Option option, uint32_t kept) const;
  void dropWorse();

  const Backbone::Link &link;
  const Slots &slots;
  std::vector<uint32_t> bits;  ///< By bit: the part. Ascending.
  std::vector<uint32_t> reads; ///< By bit: those that it reads.
  /// Bits of parts of which some may be there though not all that is wanted is.
  uint32_t inPieces = 0;
};

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_WEIGHEDLINK_H
