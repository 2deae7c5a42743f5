//===-- EagerOrder.cpp - what frees bytes runs early ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/EagerOrder.h"

#include <algorithm>

namespace tenon::plan {

Schedule eagerOrder(const Model &model) {
  std::vector<size_t> missing(model.ops.size(), 0); // Nodes, before each.
  std::vector<std::vector<NodeId>> followers(model.ops.size());
  std::vector<std::vector<NodeId>> readers(model.values.size());
  for (NodeId n = 0; n < model.ops.size(); ++n) {
    missing[n] = model.ops[n].needs.size();
    for (NodeId earlier : model.ops[n].needs)
      followers[earlier].push_back(n);
    for (ValueId v : model.ops[n].reads)
      readers[v].push_back(n);
  }
  std::vector<size_t> readsLeft;
  for (const std::vector<NodeId> &some : readers)
    readsLeft.push_back(some.size());
  std::vector<uint8_t> ran(model.ops.size(), false);
  auto frees = [&](const Model::Op &op) {
    uint64_t taken = 0, left = 0;
    for (ValueId v : op.writes) {
      const Model::Value &value = model.values[v];
      if (value.producer == kNone)
        return false;
      taken += readsLeft[v] > 0 || value.liveOut ? value.bytes : 0;
    }
    for (ValueId v : op.reads)
      if (readsLeft[v] == 1 && !model.values[v].liveOut)
        left += model.values[v].bytes;
    return taken <= left;
  };
  Schedule order;
  std::vector<NodeId> candidates; // The last is looked at first.
  auto run = [&](NodeId n) {
    ran[n] = true;
    order.push_back(n);
    size_t first = candidates.size();
    for (NodeId later : followers[n])
      if (--missing[later] == 0)
        candidates.push_back(later);
    // For the last reader of something everything may be different now.
    for (ValueId v : model.ops[n].reads)
      if (--readsLeft[v] == 1)
        for (NodeId reader : readers[v])
          if (!ran[reader])
            candidates.push_back(reader);
    std::reverse(candidates.begin() + ptrdiff_t(first), candidates.end());
  };
  for (NodeId next : model.order) {
    if (!ran[next])
      run(next);
    while (!candidates.empty()) {
      NodeId n = candidates.back();
      candidates.pop_back();
      if (!ran[n] && missing[n] == 0 && frees(model.ops[n]))
        run(n);
    }
  }
  return order;
}

} // namespace tenon::plan
