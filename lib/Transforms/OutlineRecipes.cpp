//===-- OutlineRecipes.cpp - weights become recipes -----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Control.h"
#include "dialects/Tenon/Shape.h"
#include "tenon/Analysis/Weights.h"
#include "tenon/Transforms/Contracts.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Analysis/SliceAnalysis.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/OperationSupport.h"

using namespace mlir;

namespace tenon {

#define GEN_PASS_DEF_OUTLINERECIPESPASS
#include "tenon/Transforms/Passes.h.inc"

namespace {

struct OutlineRecipes : impl::OutlineRecipesPassBase<OutlineRecipes> {
  void runOnOperation() override {
    func::FuncOp function = getOperation();
    if (function.isExternal())
      return;
    Block &block = function.getBody().front();
    SmallVector<Operation *> old;
    for (Operation &op : block)
      old.push_back(&op);
    Weights weights(block);
    DenseMap<Value, Value> outlined;
    SmallVector<RecipeOp> recipes;
    for (Operation *op : old) {
      if (op->getNumResults() == 1 &&
          weights.isConstantDerived(op->getResult(0)))
        continue;
      for (OpOperand &use : op->getOpOperands()) {
        Value v = use.get();
        if (v.getDefiningOp<RecipeOp>() || !weights.isConstantDerived(v))
          continue;
        Value &recipe = outlined[v];
        if (!recipe)
          recipe = outline(v, op, recipes);
        use.set(recipe);
      }
    }
    for (Operation *op : llvm::reverse(old))
      if (isOpTriviallyDead(op))
        op->erase();
    if (failed(checkOutlined(function)))
      signalPassFailure();
  }

  /// A recipe of `v` before its first user, or an equal one made before.
  Value outline(Value v, Operation *user, SmallVector<RecipeOp> &recipes) {
    SetVector<Operation *> slice;
    BackwardSliceOptions options;
    options.inclusive = true;
    if (failed(getBackwardSlice(v, &slice, options)))
      return v;
    OpBuilder b(user);
    SmallVector<Location> locations;
    auto recipe = RecipeOp::create(b, v.getLoc(), v.getType(), IntegerAttr());
    Block &body = recipe.getBody().emplaceBlock();
    OpBuilder inner = OpBuilder::atBlockEnd(&body);
    IRMapping map;
    for (Operation *op : slice) {
      inner.clone(*op, map);
      locations.push_back(op->getLoc());
    }
    Location loc = FusedLoc::get(b.getContext(), locations);
    recipe->setLoc(loc);
    YieldOp::create(inner, loc, map.lookup(v));
    for (RecipeOp other : recipes)
      if (OperationEquivalence::isEquivalentTo(
              recipe, other, OperationEquivalence::IgnoreLocations)) {
        recipe.erase();
        return other;
      }
    recipes.push_back(recipe);
    return recipe;
  }
};

} // namespace
} // namespace tenon
