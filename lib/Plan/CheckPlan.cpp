//===-- CheckPlan.cpp - the contract of plan ------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Plan/Passes.h"

#include "dialects/Tenon/Control.h"
#include "dialects/Tenon/Shape.h"
#include "dialects/Tenon/State.h"
#include "lib/Plan/Model.h"
#include "tenon/Analysis/InPlace.h"
#include "tenon/Analysis/Weights.h"
#include "tenon/Plan/Planner.h"
#include "tenon/Plan/Verifier.h"

namespace tenon {
#define GEN_PASS_DEF_CHECKPLANPASS
#include "tenon/Plan/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace tenon;

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
  PlanModel model;
  if (failed(buildPlanModel(function, model)))
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
