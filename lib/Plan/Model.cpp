//===-- Model.cpp - a function as the planning core sees it ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "lib/Plan/Model.h"

#include "dialects/Tenon/Control.h"
#include "dialects/Tenon/Shape.h"
#include "dialects/Tenon/State.h"
#include "tenon/Analysis/InPlace.h"
#include "tenon/Analysis/Weights.h"
#include "tenon/Kernels/Cost.h"

using namespace mlir;
using namespace tenon;

namespace {

/// Whether the single result may take the bytes of operand i.
bool isReadInPlace(GroupOp group, unsigned i) {
  if (group.getNumResults() != 1 ||
      group.getBody().getArgument(i).getType() != group.getResult(0).getType())
    return false;
  StringRef nest = group.getKernel() ? group.getKernel()->getNest() : "";
  return (nest == "contract" || nest == "conv" || nest == "filter_grad" ||
          nest == "map") &&
         isReadAtPoint(group, i);
}

class ModelBuilder {
public:
  ModelBuilder(func::FuncOp function, PlanModel &model)
      : function(function), body(function.getBody().front()), model(model) {}

  LogicalResult run() {
    if (failed(findOutputs()))
      return failure();
    for (BlockArgument a : body.getArguments())
      external(a, "input " + std::to_string(a.getArgNumber()));
    for (Operation &op : body.without_terminator()) {
      if (isa<RecipeOp>(op))
        external(op.getResult(0), "a weight");
      else if (auto reshape = dyn_cast<ReshapeOp>(op))
        view(reshape, reshape.getX());
      else if (auto group = dyn_cast<GroupOp>(op))
        add(group);
      else if (auto guard = dyn_cast<GuardOp>(op))
        add(guard);
      else
        return op.emitError("is outside every group when memory is planned");
    }
    return orderWrites();
  }

private:
  LogicalResult findOutputs() {
    for (auto [i, v] : llvm::enumerate(body.getTerminator()->getOperands())) {
      Value root = rootOf(v);
      if (!root.getDefiningOp<GroupOp>() ||
          !model.outputs.try_emplace(root, i).second)
        return body.getTerminator()->emitError("output ")
               << i
               << " is not a group's result of its own; fuse gives it a copy";
    }
    return success();
  }

  plan::TensorId define(Value v, plan::TensorId tensor) {
    model.tensors[v] = tensor;
    model.values.push_back(v);
    return tensor;
  }
  void external(Value v, std::string name) {
    define(v, model.graph.addTensor(std::move(name), byteSize(v),
                                    plan::Place::ExternalInput));
  }
  void view(Value v, Value of) {
    define(v, model.graph.addView("a view", model.tensors.lookup(of), 0,
                                  byteSize(v)));
  }

  void add(GroupOp group) {
    SmallVector<plan::TensorId> operands, results;
    for (Value v : group.getInputs())
      operands.push_back(model.tensors.lookup(v));
    std::string name = "group " + std::to_string(model.nodes.size());
    for (auto [i, v] : llvm::enumerate(group.getResults())) {
      plan::Place place = model.outputs.count(v) ? plan::Place::ExternalOutput
                                                 : plan::Place::Arena;
      results.push_back(
          define(v, model.graph.addTensor(name + " result " + std::to_string(i),
                                          byteSize(v), place)));
    }
    plan::NodeId node =
        model.graph.addNode(name, {operands.begin(), operands.end()},
                            {results.begin(), results.end()});
    model.nodes.push_back(group);
    plan::Node &n = model.graph.nodes[node];
    n.cost = costOf(group);
    // What is written for others is written once.
    n.stateful = llvm::any_of(group.getResults(), [&](Value v) {
      return model.outputs.count(v) != 0;
    });
    if (group.getKernel())
      n.workspaceBytes = group.getKernel()->getWorkspace();
    for (unsigned i = 0; i < group.getNumOperands(); ++i) {
      Value root = rootOf(group.getInputs()[i]);
      auto argument = dyn_cast<BlockArgument>(root);
      if (argument)
        readers[argument.getArgNumber()].push_back(node);
      // The graph orders by bytes; a value without any still needs its op.
      if (auto producer = root.getDefiningOp<GroupOp>();
          producer && byteSize(root) == 0)
        n.after.push_back(
            model.graph.tensors[model.tensors.lookup(root)].producer);
      // Only values of the step itself may be overwritten, once per operand.
      if (root.getDefiningOp<GroupOp>() && !model.outputs.count(root) &&
          llvm::count(operands, operands[i]) == 1 && isReadInPlace(group, i))
        n.inPlace.push_back({operands[i], results[0]});
    }
    // Behind the guard: what reads a value that passed it, or one made there.
    if (guard != plan::kNone && llvm::any_of(group.getInputs(), [&](Value v) {
          return isGuarded(v);
        })) {
      n.after.push_back(guard);
      guarded.insert(group);
    }
  }

  /// All that may fail comes before the guard.
  void add(GuardOp op) {
    SmallVector<plan::TensorId> operands;
    // What it guards is not read, but kept until here.
    for (Value v : op->getOperands())
      operands.push_back(model.tensors.lookup(v));
    guard =
        model.graph.addNode("guard", {operands.begin(), operands.end()}, {});
    model.nodes.push_back(op);
    model.graph.nodes[guard].stateful = true;
    for (plan::NodeId before = 0; before < guard; ++before)
      model.graph.nodes[guard].after.push_back(before);
    for (auto [v, result] : llvm::zip(op.getValues(), op.getGuarded()))
      view(result, v);
  }

  bool isGuarded(Value v) {
    while (Operation *op = v.getDefiningOp()) {
      if (isa<GuardOp>(op) || guarded.contains(op))
        return true;
      auto reshape = dyn_cast<ReshapeOp>(op);
      if (!reshape)
        return false;
      v = reshape.getX();
    }
    return false;
  }

  /// A variable is written when all groups have read its old value, and behind
  /// the guard if there is one.
  LogicalResult orderWrites() {
    llvm::DenseMap<Attribute, unsigned> arguments;
    for (unsigned i = 0; i < function.getNumArguments(); ++i)
      if (FlatSymbolRefAttr variable = variableOfArgument(function, i))
        arguments[variable] = i;
    for (auto [v, i] : model.outputs) {
      FlatSymbolRefAttr variable = variableOfResult(function, i);
      if (!variable)
        continue;
      Operation *writer = v.getDefiningOp();
      if (guard != plan::kNone && !guarded.contains(writer))
        return writer->emitError("writes variable ")
               << variable << " and does not stand behind the guard";
      plan::NodeId node = model.graph.tensors[model.tensors.lookup(v)].producer;
      auto argument = arguments.find(variable);
      if (argument == arguments.end())
        continue;
      for (plan::NodeId reader : readers[argument->second])
        if (reader != node)
          model.graph.nodes[node].after.push_back(reader);
    }
    return success();
  }

  func::FuncOp function;
  Block &body;
  PlanModel &model;
  plan::NodeId guard = plan::kNone;
  llvm::DenseSet<Operation *> guarded;
  llvm::DenseMap<unsigned, SmallVector<plan::NodeId>> readers; // by argument
};

} // namespace

LogicalResult tenon::buildPlanModel(func::FuncOp function, PlanModel &model) {
  return ModelBuilder(function, model).run();
}
