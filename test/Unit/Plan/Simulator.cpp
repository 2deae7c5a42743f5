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
  /// `plan` null means that every root has memory of its own. `origins`, if
  /// given, says which items of `original` those of the graph are.
  Machine(const Graph &graph, const Plan *plan, const Graph &original,
          const BudgetedPlan *origins = nullptr)
      : graph(graph), plan(plan), origins(origins),
        followers(original.nodes.size()), ran(original.nodes.size(), false) {
    for (NodeId n = 0; n < original.nodes.size(); ++n)
      for (NodeId before : original.nodes[n].after)
        followers[before].push_back(n);
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
          own[t][i] = uint8_t(mix(tensorId(t), i));
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

  NodeId nodeId(NodeId n) const { return origins ? origins->nodes[n].id : n; }
  TensorId tensorId(TensorId t) const {
    return origins ? origins->tensors[t].id : t;
  }

private:
  uint64_t checksum(TensorId t) {
    uint64_t sum = tensorId(t);
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
    uint64_t sum = nodeId(n);
    for (NodeId follower : followers[nodeId(n)])
      sum = mix(sum, ran[follower]);
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
          byte(r, i) = uint8_t(mix(value, tensorId(r)));
    }
    uint64_t late = nodeId(n);
    for (TensorId t : whole)
      late = mix(late, checksum(t));
    trace[n] = mix(seen, late);
    ran[nodeId(n)] = true;
  }

  const Graph &graph;
  const Plan *plan;
  const BudgetedPlan *origins;
  std::vector<std::vector<NodeId>> followers; ///< In the original graph.
  std::vector<bool> ran;                      ///< In the original graph.
  std::vector<std::unique_ptr<uint8_t[]>> own;
  std::unique_ptr<uint8_t[]> arena;
};

Machine runInProgramOrder(const Graph &graph) {
  Machine machine(graph, nullptr, graph);
  std::vector<NodeId> order(graph.nodes.size());
  std::iota(order.begin(), order.end(), 0);
  machine.run(order);
  return machine;
}

bool isResult(const Tensor &tensor) {
  return tensor.viewOf == kNone && (tensor.place == Place::ExternalOutput ||
                                    tensor.place == Place::ArenaLiveOut);
}

/// Compares what every node read and every result.
std::optional<std::string> compare(const Graph &graph, Machine &reference,
                                   const Graph &program, Machine &planned) {
  for (NodeId n = 0; n < program.nodes.size(); ++n)
    if (reference.trace[planned.nodeId(n)] != planned.trace[n])
      return "node '" + program.nodes[n].name + "' reads other bytes";
  std::vector<bool> seen(graph.tensors.size(), false);
  for (TensorId t = 0; t < program.tensors.size(); ++t) {
    if (!isResult(program.tensors[t]))
      continue;
    TensorId original = planned.tensorId(t);
    seen[original] = true;
    for (uint64_t i = 0; i < program.tensors[t].bytes; ++i)
      if (reference.byte(original, i) != planned.byte(t, i))
        return "byte " + std::to_string(i) + " of '" + program.tensors[t].name +
               "' differs";
  }
  for (TensorId t = 0; t < graph.tensors.size(); ++t)
    if (isResult(graph.tensors[t]) && !seen[t])
      return "the result '" + graph.tensors[t].name + "' is missing";
  return std::nullopt;
}

} // namespace

std::optional<std::string> simulate(const Graph &graph, const Plan &plan) {
  Machine reference = runInProgramOrder(graph);
  Machine planned(graph, &plan, graph);
  planned.run(plan.order);
  return compare(graph, reference, graph, planned);
}

std::optional<std::string> simulate(const Graph &graph,
                                    const BudgetedPlan &plan) {
  Machine reference = runInProgramOrder(graph);
  Machine planned(plan.program, &plan.plan, graph, &plan);
  planned.run(plan.plan.order);
  return compare(graph, reference, plan.program, planned);
}

} // namespace tenon::plan::test
