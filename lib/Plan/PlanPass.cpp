//===-- PlanPass.cpp - order and memory of a function's groups ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Plan/Passes.h"

#include "dialects/Tenon/Control.h"
#include "dialects/Tenon/Linear.h"
#include "dialects/Tenon/Shape.h"
#include "dialects/Tenon/State.h"
#include "tenon/Analysis/InPlace.h"
#include "tenon/Analysis/Weights.h"
#include "tenon/Plan/Planner.h"
#include "tenon/Plan/Verifier.h"

namespace tenon {
#define GEN_PASS_DEF_CHECKPLANPASS
#define GEN_PASS_DEF_PLANPASS
#include "tenon/Plan/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace tenon;

namespace {

/// The graph that the planning core sees, and the way back.
struct Model {
  plan::Graph graph;
  llvm::DenseMap<Value, plan::TensorId> tensors;
  SmallVector<Operation *> nodes; ///< groups and the guard, by node
  /// Number of the function's result that each group result is.
  llvm::DenseMap<Value, int64_t> outputs;
};

/// Whether the single result may take the bytes of operand i.
bool isReadInPlace(GroupOp group, unsigned i) {
  if (group.getNumResults() != 1 ||
      group.getBody().getArgument(i).getType() != group.getResult(0).getType())
    return false;
  StringRef nest = group.getKernel() ? group.getKernel()->getNest() : "";
  return (nest == "contract" || nest == "conv" || nest == "map") &&
         isReadAtPoint(group, i);
}

class ModelBuilder {
public:
  ModelBuilder(func::FuncOp function, Model &model)
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

  void external(Value v, std::string name) {
    model.tensors[v] = model.graph.addTensor(std::move(name), byteSize(v),
                                             plan::Place::ExternalInput);
  }
  void view(Value v, Value of) {
    model.tensors[v] = model.graph.addView("a view", model.tensors.lookup(of),
                                           0, byteSize(v));
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
          model.tensors[v] = model.graph.addTensor(
              name + " result " + std::to_string(i), byteSize(v), place));
    }
    plan::NodeId node = model.graph.addNode(
        name, {operands.begin(), operands.end()},
        {results.begin(), results.end()});
    model.nodes.push_back(group);
    plan::Node &n = model.graph.nodes[node];
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
    if (guard != plan::kNone &&
        llvm::any_of(group.getInputs(), [&](Value v) { return isGuarded(v); })) {
      n.after.push_back(guard);
      guarded.insert(group);
    }
  }

  /// All that may fail comes before the guard.
  void add(GuardOp op) {
    SmallVector<plan::TensorId> operands;
    for (Value v : {op.getLoss(), op.getNorm(), op.getBad()})
      operands.push_back(model.tensors.lookup(v));
    guard = model.graph.addNode("guard", {operands.begin(), operands.end()}, {});
    model.nodes.push_back(op);
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
      plan::NodeId node =
          model.graph.tensors[model.tensors.lookup(v)].producer;
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
  Model &model;
  plan::NodeId guard = plan::kNone;
  llvm::DenseSet<Operation *> guarded;
  llvm::DenseMap<unsigned, SmallVector<plan::NodeId>> readers; // by argument
};

struct PlanMemory : tenon::impl::PlanPassBase<PlanMemory> {
  using PlanPassBase::PlanPassBase;

  void runOnOperation() override {
    func::FuncOp function = getOperation();
    if (function.isExternal())
      return;
    Model model;
    if (failed(ModelBuilder(function, model).run()))
      return signalPassFailure();

    plan::PlanOptions options;
    options.maxThreads = maxThreads;
    std::string error;
    std::optional<plan::Plan> plan =
        plan::makePlan(model.graph, options, error);
    if (!plan) {
      function.emitError("no memory plan: ") << error;
      return signalPassFailure();
    }
    if (std::optional<std::string> broken =
            plan::verify(model.graph, *plan, options)) {
      function.emitError("the memory plan is wrong (an internal error): ")
          << *broken;
      return signalPassFailure();
    }
    apply(function, model, *plan);
  }

  void apply(func::FuncOp function, Model &model, const plan::Plan &plan) {
    Block &body = function.getBody().front();
    OpBuilder b(function.getContext());
    // Recipes lead, each group follows in planned order, each reshape stands
    // right behind its operand.
    Operation *end = body.getTerminator();
    int64_t weights = 0;
    for (RecipeOp recipe : llvm::to_vector(body.getOps<RecipeOp>())) {
      recipe->moveBefore(end);
      recipe.setOffset(weights);
      weights = llvm::alignTo(weights + byteSize(recipe.getY()), 64);
    }
    for (plan::NodeId node : plan.order) {
      model.nodes[node]->moveBefore(end);
      auto group = dyn_cast<GroupOp>(model.nodes[node]);
      if (!group)
        continue;
      SmallVector<int64_t> offsets;
      for (Value v : group.getResults()) {
        auto output = model.outputs.find(v);
        offsets.push_back(
            output != model.outputs.end()
                ? -(output->second + 1)
                : static_cast<int64_t>(plan.offsets[model.tensors.lookup(v)]));
      }
      group.setOffsets(offsets);
    }
    for (ReshapeOp reshape : llvm::to_vector(body.getOps<ReshapeOp>())) {
      if (Operation *source = reshape.getX().getDefiningOp())
        reshape->moveAfter(source);
      else
        reshape->moveBefore(&body, body.begin());
    }
    function->setAttr(
        "tenon.plan",
        b.getDictionaryAttr(
            {b.getNamedAttr("arena", b.getI64IntegerAttr(plan.arenaBytes)),
             b.getNamedAttr("max_live", b.getI64IntegerAttr(plan.maxLive)),
             b.getNamedAttr("max_threads", b.getI64IntegerAttr(maxThreads)),
             b.getNamedAttr("scratch", b.getI64IntegerAttr(plan.scratchOffset)),
             b.getNamedAttr("stride", b.getI64IntegerAttr(plan.scratchStride)),
             b.getNamedAttr("tensors", b.getI64IntegerAttr(plan.tensorBytes)),
             b.getNamedAttr("weights", b.getI64IntegerAttr(weights))}));
  }
};

} // namespace

//===----------------------------------------------------------------------===//
// The contract
//===----------------------------------------------------------------------===//

/// Weights lie side by side, aligned, within their section.
static LogicalResult checkWeights(func::FuncOp function, int64_t section) {
  int64_t end = 0;
  for (RecipeOp recipe : function.getOps<RecipeOp>()) {
    int64_t offset = *recipe.getOffset();
    if (offset < end || offset % 64)
      return recipe.emitOpError("is placed at byte ")
             << offset
             << " of the weights, which is taken or not aligned to 64";
    end = offset + byteSize(recipe.getY());
    if (end > section)
      return recipe.emitOpError("ends at byte ")
             << end << " of " << section << " of the weights";
  }
  return success();
}

LogicalResult tenon::checkPlanned(func::FuncOp function) {
  auto sizes = function->getAttrOfType<DictionaryAttr>("tenon.plan");
  if (!sizes)
    return function.emitError("plan left the function without tenon.plan");
  for (StringRef name : {"arena", "max_live", "max_threads", "scratch",
                         "stride", "tensors", "weights"}) {
    auto size = sizes.getAs<IntegerAttr>(name);
    if (!size || !size.getType().isInteger(64) || size.getInt() < 0)
      return function.emitError("tenon.plan has no size '") << name << "'";
  }
  auto size = [&](StringRef name) {
    return sizes.getAs<IntegerAttr>(name).getInt();
  };
  for (Operation &op : function.getBody().front()) {
    auto group = dyn_cast<GroupOp>(op);
    auto recipe = dyn_cast<RecipeOp>(op);
    if ((group && (!group.getOffsets() ||
                   group.getOffsets()->size() != group.getNumResults())) ||
        (recipe && !recipe.getOffset()))
      return op.emitOpError("has no place in memory for each of its results");
  }

  // The plan is read back from the IR, so that what is verified is what will be
  // executed.
  Model model;
  if (failed(ModelBuilder(function, model).run()))
    return failure();
  plan::PlanOptions options;
  options.maxThreads = size("max_threads");
  plan::Plan plan;
  plan.arenaBytes = size("arena");
  plan.tensorBytes = size("tensors");
  plan.maxLive = size("max_live");
  plan.scratchOffset = size("scratch");
  plan.scratchStride = size("stride");
  plan.scratchWorkers = plan.scratchStride ? options.maxThreads : 0;
  plan.offsets.assign(model.graph.tensors.size(), plan::kNotInArena);
  for (auto [node, op] : llvm::enumerate(model.nodes)) {
    plan.order.push_back(node);
    auto group = dyn_cast<GroupOp>(op);
    if (!group)
      continue;
    for (auto [v, offset] :
         llvm::zip(group.getResults(), *group.getOffsets())) {
      auto output = model.outputs.find(v);
      int64_t expected =
          output == model.outputs.end() ? 0 : -(output->second + 1);
      if (expected ? offset != expected : offset < 0)
        return group.emitOpError("places a result at ")
               << offset
               << (expected ? ", but it is an output"
                            : ", but it is no output");
      if (!expected)
        plan.offsets[model.tensors.lookup(v)] = offset;
    }
  }
  for (auto [v, tensor] : model.tensors)
    if (isa_and_nonnull<ReshapeOp, GuardOp>(v.getDefiningOp()))
      plan.offsets[tensor] = plan.offsets[model.tensors.lookup(rootOf(v))];
  for (const plan::Node &node : model.graph.nodes) {
    auto &used = plan.inPlace.emplace_back();
    for (const plan::InPlace &permission : node.inPlace)
      if (plan.offsets[permission.operand] != plan::kNotInArena &&
          plan.offsets[permission.operand] == plan.offsets[permission.result])
        used.push_back(permission);
  }
  if (std::optional<std::string> broken =
          plan::verify(model.graph, plan, options))
    return function.emitError("the memory plan is wrong: ") << *broken;
  return checkWeights(function, size("weights"));
}

namespace {
struct CheckPlan : tenon::impl::CheckPlanPassBase<CheckPlan> {
  void runOnOperation() override {
    if (!getOperation().isExternal() && failed(checkPlanned(getOperation())))
      signalPassFailure();
  }
};
} // namespace
