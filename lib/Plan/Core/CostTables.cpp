//===-- CostTables.cpp - what segments cost, by capacity ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/CostTables.h"

namespace tenon::plan {

void CostTables::finish(uint32_t table) {
  const Cost *begin = (*this)[table];
  const Cost *end = begin + slots + 1;
  ranges[table].least = end[-1];
  ranges[table].first =
      std::partition_point(begin, end,
                           [](Cost cost) { return cost >= kNoWay; }) -
      begin;
}

size_t CostTables::offer(uint32_t to, const Join &join, uint32_t right,
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
