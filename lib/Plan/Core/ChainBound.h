//===-- ChainBound.h - repetitions that a chain cannot avoid ----*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_LIB_PLAN_CORE_CHAINBOUND_H
#define TENON_LIB_PLAN_CORE_CHAINBOUND_H

#include "lib/Plan/Core/Schedule.h"

#include <vector>

namespace tenon::plan {

/// Cost of the repetitions that every schedule contains because it runs along a
/// backbone (Backbone.h) and back.
class ChainBound {
public:
  /// For limits of up to `most` bytes.
  ChainBound(const Model &model, uint64_t most, uint64_t workLimit);

  uint64_t most() const { return mostBytes; }

  /// For schedules within `bytes` bytes, no more than `most()`: 0 without a
  /// backbone.
  uint64_t at(uint64_t bytes) const;

  uint64_t work = 0;

private:
  struct Table {
    uint64_t lateBytes = 0; ///< That the slots do not count.
    uint64_t slot = 1;      ///< In bytes.
    std::vector<uint64_t> costs;
  };

  uint64_t mostBytes;
  std::vector<Table> tables;
};

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_CHAINBOUND_H
