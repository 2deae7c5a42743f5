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

inline size_t CostTables::offer(uint32_t to, const Join &join, uint32_t right,
                                uint32_t left) {
  int64_t last = int64_t(slots);
  int64_t begin = std::max({join.from, join.kept + ranges[right].first,
                            join.grown + ranges[left].first, int64_t(0)});
  Cost *best = (*this)[to];
  if (begin > last ||
      best[begin] <= join.run + ranges[right].least + ranges[left].least)
    return 0;
  const Cost *rights = (*this)[right];
  const Cost *lefts = (*this)[left];
  // From there on there is all for the left part.
  int64_t full = last + std::min(join.grown, int64_t(0));
  // Who costs no more than what can be had at most has nothing to gain.
  Cost least = join.run + rights[last - join.kept] + lefts[full - join.grown];
  int64_t end = std::partition_point(best + begin, best + last + 1,
                                     [&](Cost cost) { return cost > least; }) -
                best;
  int64_t m = begin;
  if (join.more)
    for (; m < std::min(int64_t(join.more->size()), end); ++m)
      best[m] = std::min(best[m], join.run + (*join.more)[size_t(m)] +
                                      rights[m - join.kept] +
                                      lefts[std::min(m, full) - join.grown]);
  for (; m < std::min(full, end); ++m)
    best[m] = std::min(best[m], join.run + rights[m - join.kept] +
                                    lefts[m - join.grown]);
  for (; m < end; ++m)
    best[m] = std::min(best[m], join.run + rights[m - join.kept] +
                                    lefts[full - join.grown]);
  return size_t(end - begin);
}

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_COSTTABLES_H
