//===-- AddressSpace.cpp - where values lie while a schedule grows --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/AddressSpace.h"

#include <algorithm>

namespace tenon::plan {

void AddressSpace::place(ValueId v, uint64_t at) {
  address[v] = at;
  auto byAddress = [&](ValueId a, ValueId b) {
    return address[a] < address[b];
  };
  list.insert(std::upper_bound(list.begin(), list.end(), v, byAddress), v);
}

void AddressSpace::release(ValueId v) {
  list.erase(std::find(list.begin(), list.end(), v));
  address[v] = kNowhere;
}

uint64_t AddressSpace::tightestGap(uint64_t bytes, bool high) const {
  uint64_t best = kNowhere;
  uint64_t least = UINT64_MAX;
  uint64_t top = 0;
  auto offer = [&](uint64_t end) {
    if (end < top + bytes)
      return;
    uint64_t gap = end - top;
    if (gap < least || (high && gap == least)) {
      least = gap;
      best = high ? end - bytes : top;
    }
  };
  for (ValueId v : list) {
    offer(address[v]);
    top = endOf(v);
  }
  offer(limit);
  return best;
}

uint64_t AddressSpace::cheapestRoom(uint64_t bytes,
                                    const std::vector<double> &prices,
                                    bool high,
                                    std::vector<ValueId> &victims) const {
  uint64_t best = kNowhere;
  double bestPrice = 0;
  size_t from = 0, to = 0; // Of the victims.
  auto offer = [&](uint64_t at) {
    if (at + bytes > limit)
      return;
    // Nothing overlaps: what is sorted by its start is so by its end.
    size_t first =
        std::partition_point(list.begin(), list.end(),
                             [&](ValueId v) { return endOf(v) <= at; }) -
        list.begin();
    double price = 0;
    size_t last = first;
    for (; last < list.size() && address[list[last]] < at + bytes; ++last) {
      if (prices[last] < 0)
        return;
      price += prices[last];
      if (best != kNowhere && price > bestPrice)
        return;
    }
    if (best == kNowhere || price < bestPrice ||
        (price == bestPrice && (high ? at > best : at < best))) {
      best = at;
      bestPrice = price;
      from = first;
      to = last;
    }
  };
  // Right behind a value or right before one: else it could move.
  offer(0);
  if (limit >= bytes)
    offer(limit - bytes);
  for (ValueId v : list) {
    offer(endOf(v));
    if (address[v] >= bytes)
      offer(address[v] - bytes);
  }
  victims.assign(list.begin() + from, list.begin() + to);
  return best;
}

} // namespace tenon::plan
