//===-- BudgetVerifier.cpp - checks that clones are clones ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Like Verifier.cpp, calls nothing of the planner.
//
//===----------------------------------------------------------------------===//

#include "tenon/Plan/Verifier.h"

#include <algorithm>

namespace tenon::plan {

namespace {

using Failure = std::optional<std::string>;

class Check {
public:
  Check(const Graph &graph, const BudgetedPlan &plan,
        const BudgetOptions &options)
      : graph(graph), plan(plan), program(plan.program), options(options) {}

  Failure run() {
    for (auto check : {&Check::shape, &Check::tensors, &Check::nodes,
                       &Check::order, &Check::totals})
      if (Failure f = (this->*check)())
        return f;
    return verify(program, plan.plan, options.plan);
  }

private:
  Failure shape() {
    if (plan.nodes.size() != program.nodes.size() ||
        plan.tensors.size() != program.tensors.size())
      return "the program has items without an origin";
    for (const Origin &o : plan.nodes)
      if (o.id >= graph.nodes.size())
        return "a node of the program comes from nowhere";
    for (const Origin &o : plan.tensors)
      if (o.id >= graph.tensors.size())
        return "a tensor of the program comes from nowhere";
    for (const Node &node : program.nodes)
      for (const std::vector<TensorId> *list : {&node.operands, &node.results})
        for (TensorId t : *list)
          if (t >= program.tensors.size())
            return "node '" + node.name + "' names a tensor that is not there";
    return std::nullopt;
  }

  Failure tensors() {
    std::vector<uint32_t> bound(graph.tensors.size(), 0);
    for (TensorId t = 0; t < program.tensors.size(); ++t) {
      const Tensor &copy = program.tensors[t];
      const Tensor &original = graph.tensors[plan.tensors[t].id];
      std::string who = "tensor '" + copy.name + "'";
      if (copy.bytes != original.bytes || copy.blocks != original.blocks ||
          copy.viewOffset != original.viewOffset ||
          copy.blockStride != original.blockStride ||
          (copy.viewOf == kNone) != (original.viewOf == kNone))
        return who + " is not shaped like the one that it copies";
      if (copy.viewOf != kNone &&
          (copy.viewOf >= t || plan.tensors[copy.viewOf].id != original.viewOf))
        return who + " is a view of something else than the one it copies";
      if (copy.place == original.place) {
        ++bound[plan.tensors[t].id];
        continue;
      }
      if (copy.place != Place::Arena || original.place == Place::ExternalInput)
        return who + " is in another place than the one that it copies";
    }
    for (TensorId t = 0; t < graph.tensors.size(); ++t) {
      const Tensor &tensor = graph.tensors[t];
      if (tensor.viewOf == kNone && tensor.place != Place::Arena &&
          bound[t] != 1)
        return "tensor '" + tensor.name + "' is " + std::to_string(bound[t]) +
               " times among the inputs and results of the program";
    }
    return std::nullopt;
  }

  /// The copies must be of exactly these tensors, one by one.
  bool sameList(const std::vector<TensorId> &copies,
                const std::vector<TensorId> &originals) const {
    return std::equal(copies.begin(), copies.end(), originals.begin(),
                      originals.end(), [&](TensorId copy, TensorId original) {
                        return plan.tensors[copy].id == original;
                      });
  }

  Failure nodes() {
    for (NodeId n = 0; n < program.nodes.size(); ++n) {
      const Node &copy = program.nodes[n];
      const Node &original = graph.nodes[plan.nodes[n].id];
      std::string who = "node '" + copy.name + "'";
      if (copy.cost != original.cost || copy.maxGrid != original.maxGrid ||
          copy.workspaceBytes != original.workspaceBytes ||
          copy.stateful != original.stateful)
        return who + " has other properties than the one that it copies";
      if (!sameList(copy.operands, original.operands) ||
          !sameList(copy.results, original.results))
        return who + " reads or writes other tensors than the one it copies";
      for (const InPlace &pair : copy.inPlace) {
        if (pair.operand >= plan.tensors.size() ||
            pair.result >= plan.tensors.size() ||
            std::none_of(original.inPlace.begin(), original.inPlace.end(),
                         [&](const InPlace &p) {
                           return p.operand == plan.tensors[pair.operand].id &&
                                  p.result == plan.tensors[pair.result].id;
                         }))
          return who + " may write in place what the one it copies may not";
      }
    }
    return std::nullopt;
  }

  Failure order() {
    std::vector<uint32_t> runs(graph.nodes.size(), 0);
    // By node: the first execution of something that must follow it.
    std::vector<NodeId> followed(graph.nodes.size(), kNone);
    for (NodeId p : plan.plan.order) {
      if (p >= program.nodes.size())
        return "the order names a node that is not there";
      NodeId n = plan.nodes[p].id;
      const std::string &name = program.nodes[p].name;
      if (plan.nodes[p].clone != runs[n])
        return "node '" + name + "' is not numbered in order";
      if (runs[n]++ > 0 && graph.nodes[n].stateful)
        return "node '" + name + "' is stateful and runs twice";
      if (followed[n] != kNone)
        return "node '" + name + "' runs after '" +
               program.nodes[followed[n]].name + "', which must follow it";
      for (NodeId before : graph.nodes[n].after) {
        if (before >= graph.nodes.size() || runs[before] == 0)
          return "node '" + name + "' runs before what it must follow";
        followed[before] = p;
      }
    }
    for (NodeId n = 0; n < graph.nodes.size(); ++n)
      if (runs[n] == 0)
        return "node '" + graph.nodes[n].name + "' never runs";
    return std::nullopt;
  }

  Failure totals() {
    const Certificate &c = plan.certificate;
    uint64_t base = 0;
    uint64_t total = 0;
    for (const Node &node : graph.nodes)
      base += node.cost;
    for (const Node &node : program.nodes)
      total += node.cost;
    if (c.baseCost != base || c.totalCost != total ||
        c.clones != program.nodes.size() - graph.nodes.size())
      return "the certificate does not count what the program costs";
    if (c.boundCost > total || c.boundCost < base)
      return "the certificate's bound on the cost cannot be";
    if (c.arenaBytes != plan.plan.arenaBytes ||
        c.maxLiveBytes != plan.plan.maxLive || c.boundBytes > c.arenaBytes ||
        (c.smallestBytes && c.smallestBytes > c.budgetBytes) ||
        (c.smallestBytes && c.boundBytes > *c.smallestBytes))
      return "the certificate contradicts the plan's bytes";
    if (options.arenaBytes && plan.plan.arenaBytes > *options.arenaBytes)
      return "the arena has " + std::to_string(plan.plan.arenaBytes) +
             " bytes and the budget was " + std::to_string(*options.arenaBytes);
    if (c.budgetBytes != options.arenaBytes)
      return "the certificate is for another budget";
    return std::nullopt;
  }

  const Graph &graph;
  const BudgetedPlan &plan;
  const Graph &program;
  const BudgetOptions &options;
};

} // namespace

std::optional<std::string> verify(const Graph &graph, const BudgetedPlan &plan,
                                  const BudgetOptions &options) {
  return Check(graph, plan, options).run();
}

} // namespace tenon::plan
