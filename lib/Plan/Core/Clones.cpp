//===-- Clones.cpp - a schedule as a graph of its own ---------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/Clones.h"

#include <algorithm>

namespace tenon::plan {

namespace {

class Writer {
public:
  Writer(const Graph &graph, const Schedule &schedule)
      : graph(graph), schedule(schedule), current(graph.tensors.size(), kNone),
        copies(graph.tensors.size(), 0), writerOf(graph.tensors.size(), kNone),
        runs(graph.nodes.size(), 0), total(graph.nodes.size(), 0),
        executions(graph.nodes.size()) {
    out.program.name = graph.name;
    for (NodeId n : schedule)
      ++total[n];
    for (TensorId t = 0; t < graph.tensors.size(); ++t)
      if (NodeId n = graph.tensors[t].producer; n != kNone) {
        NodeId &writer = writerOf[footprint(graph, t).root];
        writer = writer == kNone || writer == n ? n : kMany;
      }
  }

  BudgetedPlan run() {
    for (NodeId n : schedule)
      execute(n);
    // Tensors that nobody touches still exist.
    for (TensorId t = 0; t < graph.tensors.size(); ++t)
      if (current[t] == kNone)
        copyOf(t);
    return std::move(out);
  }

private:
  static constexpr NodeId kMany = kNone - 1;

  TensorId append(TensorId t) {
    Tensor tensor = graph.tensors[t];
    tensor.producer = kNone;
    if (copies[t] > 0)
      tensor.name += "~" + std::to_string(copies[t]);
    current[t] = TensorId(out.program.tensors.size());
    out.program.tensors.push_back(std::move(tensor));
    out.tensors.push_back({t, copies[t]++});
    return current[t];
  }

  /// The copy of `t` that a read sees now.
  TensorId copyOf(TensorId t) {
    const Tensor &tensor = graph.tensors[t];
    if (tensor.viewOf == kNone)
      return current[t] == kNone ? append(t) : current[t];
    TensorId base = copyOf(tensor.viewOf);
    if (current[t] == kNone || out.program.tensors[current[t]].viewOf != base) {
      append(t);
      out.program.tensors[current[t]].viewOf = base;
    }
    return current[t];
  }

  /// Begins a new copy of a root that only `n` writes.
  void renew(TensorId root, NodeId n) {
    if (writerOf[root] == n && runs[n] > 0)
      append(root);
    else
      copyOf(root);
  }

  void execute(NodeId n) {
    const Node &node = graph.nodes[n];
    std::vector<TensorId> operands;
    for (TensorId t : node.operands)
      operands.push_back(copyOf(t));
    std::vector<TensorId> roots;
    for (TensorId t : node.results)
      roots.push_back(footprint(graph, t).root);
    std::sort(roots.begin(), roots.end());
    roots.erase(std::unique(roots.begin(), roots.end()), roots.end());
    // Outputs go on to be read from their first copy.
    std::vector<std::pair<TensorId, TensorId>> outputs;
    for (TensorId root : roots) {
      TensorId first = current[root];
      renew(root, n);
      Tensor &tensor = out.program.tensors[current[root]];
      if (runs[n] > 0 && tensor.place == Place::ExternalOutput) {
        tensor.place = Place::Arena;
        outputs.push_back({root, first});
      }
      if (tensor.place == Place::ArenaLiveOut && writerOf[root] != kMany &&
          runs[n] + 1 < total[n])
        tensor.place = Place::Arena;
    }
    std::vector<TensorId> results;
    for (TensorId t : node.results)
      results.push_back(copyOf(t));

    std::string name = node.name;
    if (runs[n] > 0)
      name += "~" + std::to_string(runs[n]);
    NodeId copy = out.program.addNode(std::move(name), operands, results);
    Node &written = out.program.nodes[copy];
    written.cost = node.cost;
    written.workspaceBytes = node.workspaceBytes;
    written.maxGrid = node.maxGrid;
    written.stateful = node.stateful;
    for (const InPlace &pair : node.inPlace) {
      auto o =
          std::find(node.operands.begin(), node.operands.end(), pair.operand) -
          node.operands.begin();
      auto r =
          std::find(node.results.begin(), node.results.end(), pair.result) -
          node.results.begin();
      written.inPlace.push_back({operands[o], results[r]});
    }
    for (NodeId earlier : node.after)
      written.after.insert(written.after.end(), executions[earlier].begin(),
                           executions[earlier].end());
    out.nodes.push_back({n, runs[n]++});
    executions[n].push_back(copy);
    for (auto [root, first] : outputs)
      current[root] = first;
  }

  const Graph &graph;
  const Schedule &schedule;
  std::vector<TensorId> current; ///< In the program, for every tensor.
  std::vector<uint32_t> copies;
  std::vector<NodeId> writerOf; ///< Of roots; kMany if several write pieces.
  std::vector<uint32_t> runs;   ///< So far, for every node.
  std::vector<uint32_t> total;
  std::vector<std::vector<NodeId>> executions; ///< In the program.
  BudgetedPlan out;
};

} // namespace

BudgetedPlan writeOut(const Graph &graph, const Schedule &schedule) {
  return Writer(graph, schedule).run();
}

} // namespace tenon::plan
