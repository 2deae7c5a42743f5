//===-- LowerBound.cpp - what no plan can beat ----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/LowerBound.h"

#include <algorithm>

namespace tenon::plan {

uint64_t peakBound(const Model &model) {
  uint64_t most = 0;
  for (const Model::Op &op : model.ops) {
    uint64_t bytes = 0;
    for (ValueId v : op.reads)
      bytes += model.values[v].bytes;
    for (ValueId v : op.writes)
      if (!std::binary_search(op.reads.begin(), op.reads.end(), v))
        bytes += model.values[v].bytes;
    // Every permission is granted, each result once.
    std::vector<ValueId> placed;
    for (auto [from, into] : op.mayShare)
      if (std::find(placed.begin(), placed.end(), into) == placed.end()) {
        bytes -= model.values[into].bytes;
        placed.push_back(into);
      }
    most = std::max(most, bytes);
  }
  return most;
}

uint64_t costBound(const Model &model, uint64_t, uint64_t &) {
  return model.baseCost();
}

} // namespace tenon::plan
