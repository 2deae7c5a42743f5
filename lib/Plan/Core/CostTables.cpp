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

} // namespace tenon::plan
