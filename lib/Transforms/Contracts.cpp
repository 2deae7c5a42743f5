//===-- Contracts.cpp - what holds at the end of each phase ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Transforms/Contracts.h"

#include "dialects/Tenon/TenonAll.h"
#include "tenon/Analysis/InPlace.h"
#include "tenon/Analysis/Weights.h"
#include "tenon/Transforms/Configure.h"
#include "tenon/Transforms/Passes.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;

namespace tenon {

#define GEN_PASS_DEF_CHECKCONTRACTPASS
#include "tenon/Transforms/Passes.h.inc"

LogicalResult checkGradient(func::FuncOp function) {
  LogicalResult result = success();
  function.walk([&](GradOp op) {
    result = op.emitOpError("is left after the gradient phase");
  });
  return result;
}

LogicalResult checkSimplified(func::FuncOp function) {
  LogicalResult result = success();
  for (Operation &op : function.getBody().getOps()) {
    if (isa<CompositeOpInterface>(op))
      result = op.emitOpError("is a composite, left after the simplify phase");
    else if (!isa<TenonDialect>(op.getDialect()) && !isa<func::ReturnOp>(op))
      result = op.emitOpError("is no tenon op: a compiled function holds tenon "
                              "ops only, so inline calls and convert other "
                              "dialects before");
  }
  return result;
}

LogicalResult checkLayout(func::FuncOp function) {
  LogicalResult result = success();
  function.walk([&](Operation *op) {
    auto layout = op->getAttrOfType<LayoutAttr>("layout");
    if (layout && layout.getValue() != Layout::ChannelsLast)
      result = op->emitOpError("is not channels_last after the layout phase");
  });
  return result;
}

//===----------------------------------------------------------------------===//
// Fused
//===----------------------------------------------------------------------===//

static LogicalResult checkGroup(GroupOp group) {
  LogicalResult result = success();
  unsigned anchors = 0;
  for (Operation &op : group.getBody().front()) {
    auto fusion = dyn_cast<FusionOpInterface>(op);
    if (!fusion) {
      result = op.emitOpError("is no tenon op and stands in a group");
      continue;
    }
    FusionKind kind = fusion.getFusionKind();
    anchors += kind == FusionKind::Contraction || kind == FusionKind::Window;
    if (kind == FusionKind::View)
      result = op.emitOpError("is a view and stands in a group");
    if (isa<ConstantOp>(op) && !isSplatConstant(op.getResult(0)))
      result = op.emitOpError("is a weight and stands in a group");
    if (isa<GroupOp, RecipeOp, GradOp>(op))
      result = op.emitOpError("must not stand in a group");
  }
  if (anchors > 1)
    result = group.emitOpError("has ")
             << anchors << " contractions and windows; one is the most";
  return result;
}

static LogicalResult checkReturn(func::ReturnOp op) {
  LogicalResult result = success();
  llvm::SmallDenseSet<Value> seen;
  for (auto [i, v] : llvm::enumerate(op.getOperands())) {
    v = rootOf(v); // Views share the bytes of what they view.
    if (!v.getDefiningOp<GroupOp>())
      result = op.emitOpError("result ") << i << " is computed by no group";
    else if (!seen.insert(v).second)
      result = op.emitOpError("result ")
               << i << " shares its bytes with another result";
  }
  return result;
}

LogicalResult checkFused(func::FuncOp function) {
  if (function.isExternal())
    return success();
  LogicalResult result = success();
  Weights weights(function.getBody().front());
  for (Operation &op : function.getBody().getOps()) {
    if (auto group = dyn_cast<GroupOp>(op))
      result = failure(failed(checkGroup(group)) || failed(result));
    else if (auto ret = dyn_cast<func::ReturnOp>(op))
      result = failure(failed(checkReturn(ret)) || failed(result));
    else if (!isa<ReshapeOp, RecipeOp, ConstantOp, GuardOp>(op) &&
             !(op.getNumResults() == 1 &&
               weights.isConstantDerived(op.getResult(0))))
      result = op.emitOpError("computes outside a group");
  }
  return result;
}

LogicalResult checkOutlined(func::FuncOp function) {
  if (function.isExternal())
    return success();
  LogicalResult result = checkFused(function);
  Weights weights(function.getBody().front());
  for (Operation &op : function.getBody().getOps())
    if (!isa<GroupOp, RecipeOp, GuardOp, func::ReturnOp>(op) &&
        (!isa<ReshapeOp>(op) || weights.isConstantDerived(op.getResult(0))))
      result = op.emitOpError("is a weight outside a recipe");
  return result;
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

namespace {
struct CheckContract : impl::CheckContractPassBase<CheckContract> {
  using CheckContractPassBase::CheckContractPassBase;

  void runOnOperation() override {
    using Check = LogicalResult (*)(func::FuncOp);
    Check check = llvm::StringSwitch<Check>(phase)
                      .Case("gradient", checkGradient)
                      .Case("simplify", checkSimplified)
                      .Case("layout", checkLayout)
                      .Case("fuse", checkFused)
                      .Case("configure", checkConfigured)
                      .Case("outline-recipes", checkOutlined)
                      .Default(nullptr);
    if (!check) {
      emitError(getOperation().getLoc())
          << "no phase '" << phase
          << "' has a contract here; choose gradient, simplify, layout, fuse, "
             "configure or outline-recipes";
      return signalPassFailure();
    }
    if (failed(check(getOperation())))
      signalPassFailure();
  }
};
} // namespace

} // namespace tenon
