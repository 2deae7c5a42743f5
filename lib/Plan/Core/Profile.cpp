//===-- Profile.cpp - bytes alive along a plan ----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/Lifetimes.h"
#include "tenon/Plan/Planner.h"

#include <algorithm>

namespace tenon::plan {

std::vector<uint64_t> liveBytes(const Graph &graph, const Plan &plan) {
  std::vector<size_t> position(graph.nodes.size());
  for (size_t p = 0; p < plan.order.size(); ++p)
    position[plan.order[p]] = p;
  // Grows and shrinks by position; the last one is behind the end.
  std::vector<uint64_t> grows(plan.order.size() + 1);
  std::vector<uint64_t> shrinks(plan.order.size() + 1);
  std::vector<RootAccess> accesses = rootAccesses(graph);
  for (TensorId root = 0; root < graph.tensors.size(); ++root) {
    const Tensor &tensor = graph.tensors[root];
    const std::vector<NodeId> &nodes = accesses[root].nodes;
    if (!inArena(graph, root) || tensor.bytes == 0 || nodes.empty())
      continue;
    size_t first = plan.order.size();
    size_t last = 0;
    for (NodeId n : nodes) {
      first = std::min(first, position[n]);
      last = std::max(last, position[n]);
    }
    if (tensor.place == Place::ArenaLiveOut)
      last = plan.order.size() - 1;
    grows[first] += alignTo(tensor.bytes, plan.alignment);
    shrinks[last + 1] += alignTo(tensor.bytes, plan.alignment);
  }
  std::vector<uint64_t> live(plan.order.size());
  uint64_t now = 0;
  for (size_t p = 0; p < live.size(); ++p) {
    now = now + grows[p] - shrinks[p];
    live[p] = now;
    // Operand and result share bytes where the one is written over the other.
    for (const InPlace &pair : plan.inPlace[plan.order[p]]) {
      TensorId operand = footprint(graph, pair.operand).root;
      uint64_t shared = std::min(graph.tensors[operand].bytes,
                                 graph.tensors[pair.result].bytes);
      live[p] -= alignTo(shared, plan.alignment);
    }
  }
  return live;
}

} // namespace tenon::plan
