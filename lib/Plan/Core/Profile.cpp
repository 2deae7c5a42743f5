//===-- Profile.cpp - bytes alive along a plan ----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/Profile.h"

#include "lib/Plan/Core/Lifetimes.h"

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

/// Indices of a longest increasing subsequence.
static std::vector<size_t> longestIncrease(const std::vector<size_t> &values) {
  std::vector<size_t> ends; // By length - 1: where the lowest such run ends.
  std::vector<size_t> before(values.size());
  for (size_t i = 0; i < values.size(); ++i) {
    auto at = std::lower_bound(
        ends.begin(), ends.end(), values[i],
        [&](size_t end, size_t value) { return values[end] < value; });
    before[i] = at == ends.begin() ? i : *(at - 1);
    if (at == ends.end())
      ends.push_back(i);
    else
      *at = i;
  }
  std::vector<size_t> result(ends.size());
  size_t i = ends.empty() ? 0 : ends.back();
  for (size_t length = ends.size(); length-- > 0; i = before[i])
    result[length] = i;
  return result;
}

std::vector<uint64_t> alongSchedule(const std::vector<NodeId> &order,
                                    const std::vector<uint64_t> &values,
                                    const std::vector<Origin> &executions) {
  std::vector<size_t> firstRun(order.size());
  for (size_t p = 0; p < executions.size(); ++p)
    if (executions[p].clone == 0)
      firstRun[executions[p].id] = p;
  std::vector<size_t> place(order.size());
  for (size_t k = 0; k < order.size(); ++k)
    place[k] = firstRun[order[k]];
  std::vector<size_t> fixed = longestIncrease(place);
  std::vector<uint64_t> result(executions.size());
  std::vector<bool> filled(executions.size());
  size_t next = 0; // The first fixed one that is not before k.
  for (size_t k = 0; k < order.size(); ++k) {
    while (next < fixed.size() && fixed[next] < k)
      ++next;
    size_t p = place[k];
    if (next == fixed.size()) {
      p = executions.size() - 1;
    } else if (fixed[next] != k) {
      size_t to = place[fixed[next]];
      size_t from = next ? place[fixed[next - 1]] : 0;
      size_t start = next ? fixed[next - 1] : 0;
      p = from + (to - from) * (k - start) / (fixed[next] - start);
    }
    result[p] = std::max(result[p], values[k]);
    filled[p] = true;
  }
  for (size_t p = 1; p < result.size(); ++p)
    if (!filled[p])
      result[p] = result[p - 1];
  return result;
}

} // namespace tenon::plan
