//===-- Simulator.cpp - executes plans on bytes ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/Unit/Plan/Simulator.h"

#include <algorithm>
#include <memory>
#include <numeric>

namespace tenon::plan::test {

namespace {

uint64_t mix(uint64_t a, uint64_t b) {
  uint64_t x = (a ^ (b + 0x9e3779b97f4a7c15u)) * 0xff51afd7ed558ccdu;
  return x ^ (x >> 29);
}

/// Reaches each byte of a tensor, wherever it is.
class Machine {
public:
  /// `plan` null means that every root has memory of its own.
  Machine(const Graph &graph, const Plan *plan) : graph(graph), plan(plan) {
    own.resize(graph.tensors.size());
    trace.resize(graph.nodes.size());
    for (TensorId t = 0; t < graph.tensors.size(); ++t) {
      const Tensor &tensor = graph.tensors[t];
      if (tensor.viewOf != kNone)
        continue;
      bool bound = tensor.place == Place::ExternalInput ||
                   tensor.place == Place::ExternalOutput;
      if (!plan || bound)
        own[t].reset(new uint8_t[tensor.bytes]());
      if (tensor.place == Place::ExternalInput)
        for (uint64_t i = 0; i < tensor.bytes; ++i)
          own[t][i] = uint8_t(mix(t, i));
    }
    if (plan)
      arena.reset(new uint8_t[plan->arenaBytes]());
  }

  uint8_t &byte(TensorId t, uint64_t i) {
    // From the tensor to its root, one view at a time.
    while (graph.tensors[t].viewOf != kNone) {
      const Tensor &view = graph.tensors[t];
      uint64_t width = view.bytes / view.blocks;
      i = view.viewOffset + i / width * view.blockStride + i % width;
      t = view.viewOf;
    }
    return own[t] ? own[t][i] : arena[plan->offsets[t] + i];
  }

  void run(const std::vector<NodeId> &order) {
    for (NodeId n : order)
      runNode(n);
  }

  /// A digest of all that each node read.
  std::vector<uint64_t> trace;

private:
  uint64_t checksum(TensorId t) {
    uint64_t sum = t;
    for (uint64_t i = 0; i < graph.tensors[t].bytes; ++i)
      sum = mix(sum, byte(t, i));
    return sum;
  }

  void runNode(NodeId n) {
    const Node &node = graph.nodes[n];
    if (plan && node.workspaceBytes != 0)
      for (uint32_t w = 0; w < plan->scratchWorkers; ++w) {
        uint8_t *scratch =
            &arena[plan->scratchOffset + w * plan->scratchStride];
        std::fill(scratch, scratch + node.workspaceBytes, uint8_t(n + w));
      }
    // Operands that may be written over are read element by element, just
    // before the write; all others as a whole, before and after every write,
    // for another worker may be that late.
    std::vector<TensorId> streamed;
    std::vector<TensorId> whole;
    for (TensorId t : node.operands)
      (std::any_of(node.inPlace.begin(), node.inPlace.end(),
                   [&](const InPlace &p) { return p.operand == t; })
           ? streamed
           : whole)
          .push_back(t);
    uint64_t sum = n;
    for (TensorId t : whole)
      sum = mix(sum, checksum(t));
    uint64_t seen = sum;
    uint64_t longest = 0;
    for (TensorId r : node.results)
      longest = std::max(longest, graph.tensors[r].bytes);
    for (uint64_t i = 0; i < longest; ++i) {
      uint64_t value = mix(sum, i);
      for (TensorId t : streamed)
        if (i < graph.tensors[t].bytes)
          value = mix(value, byte(t, i));
      seen = mix(seen, value);
      for (TensorId r : node.results)
        if (i < graph.tensors[r].bytes)
          byte(r, i) = uint8_t(mix(value, r));
    }
    uint64_t late = n;
    for (TensorId t : whole)
      late = mix(late, checksum(t));
    trace[n] = mix(seen, late);
  }

  const Graph &graph;
  const Plan *plan;
  std::vector<std::unique_ptr<uint8_t[]>> own;
  std::unique_ptr<uint8_t[]> arena;
};

} // namespace

std::optional<std::string> simulate(const Graph &graph, const Plan &plan) {
  Machine reference(graph, nullptr);
  std::vector<NodeId> programOrder(graph.nodes.size());
  std::iota(programOrder.begin(), programOrder.end(), 0);
  reference.run(programOrder);
  Machine planned(graph, &plan);
  planned.run(plan.order);
  for (NodeId n = 0; n < graph.nodes.size(); ++n)
    if (reference.trace[n] != planned.trace[n])
      return "node '" + graph.nodes[n].name + "' reads other bytes";
  for (TensorId t = 0; t < graph.tensors.size(); ++t) {
    const Tensor &tensor = graph.tensors[t];
    if (tensor.viewOf != kNone || (tensor.place != Place::ExternalOutput &&
                                   tensor.place != Place::ArenaLiveOut))
      continue;
    for (uint64_t i = 0; i < tensor.bytes; ++i)
      if (reference.byte(t, i) != planned.byte(t, i))
        return "byte " + std::to_string(i) + " of '" + tensor.name +
               "' differs";
  }
  return std::nullopt;
}

} // namespace tenon::plan::test
