//===-- CostTables.h - what segments cost, by capacity ----------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_LIB_PLAN_CORE_COSTTABLES_H
#define TENON_LIB_PLAN_CORE_COSTTABLES_H

#include <algorithm>
#include <cstdint>
#include <vector>

namespace tenon::plan {

/// The cost of what no schedule does; sums of a few of it do not overflow.
constexpr uint64_t kNoWay = UINT64_MAX / 4;

/// Tables by capacity, from 0 to all slots, in which no cost grows with the
/// capacity. In most places where two of them could be joined there is no room
/// or nothing to gain, which is told without looking into them.
class CostTables {
public:
  using Cost = uint64_t;

  /// How the parts of a segment come together, in slots.
  struct Join {
    Cost run = 0;      ///< Beside both parts.
    int64_t from = 0;  ///< Room for that.
    int64_t kept = 0;  ///< That is not there for the right part.
    int64_t grown = 0; ///< That is not there for the left part.
    /// By capacity, if not empty: what is to be paid beside `run`.
    const std::vector<Cost> *more = nullptr;
  };

  /// Costs nothing at any capacity.
  static constexpr uint32_t kFree = 0;

  /// Of `count` tables, from 1 on, without a way.
  CostTables(uint64_t slots, size_t count)
      : slots(slots), costs((count + 1) * (slots + 1), kNoWay),
        ranges(count + 1) {
    std::fill_n(costs.begin(), slots + 1, 0);
    finish(kFree);
  }

  uint64_t slotCount() const { return slots; }
  Cost *operator[](uint32_t table) { return &costs[table * (slots + 1)]; }
  const Cost *operator[](uint32_t table) const {
    return &costs[table * (slots + 1)];
  }

  /// With more than all slots like with all, with less than none no way.
  Cost at(uint32_t table, int64_t capacity) const {
    if (capacity < 0)
      return kNoWay;
    return (*this)[table][std::min<uint64_t>(uint64_t(capacity), slots)];
  }

  /// To be called when a table is complete, before it is joined.
  void finish(uint32_t table);

  /// Lets the table `to` be no dearer than these two joined, which are
  /// complete. The number of capacities that were looked at.
  size_t offer(uint32_t to, const Join &join, uint32_t right, uint32_t left);

private:
  struct Range {
    Cost least = kNoWay; ///< With all slots.
    int64_t first = 0;   ///< The smallest capacity with a way, or one too many.
  };

  uint64_t slots;
  std::vector<Cost> costs; ///< Tables, one after the other.
  std::vector<Range> ranges;
};

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_COSTTABLES_H
