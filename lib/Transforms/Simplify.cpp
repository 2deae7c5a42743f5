//===-- Simplify.cpp - one form for what exporters write in many ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Tenon.h"
#include "lib/Transforms/Patterns.h"
#include "tenon/Transforms/Contracts.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/IR/Dominance.h"
#include "mlir/Transforms/CSE.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;

namespace tenon {

#define GEN_PASS_DEF_SIMPLIFYPASS
#include "tenon/Transforms/Passes.h.inc"

namespace {

struct Decompose : OpInterfaceRewritePattern<CompositeOpInterface> {
  using OpInterfaceRewritePattern::OpInterfaceRewritePattern;

  LogicalResult matchAndRewrite(CompositeOpInterface op,
                                PatternRewriter &rewriter) const override {
    rewriter.replaceOp(op, op.decompose(rewriter));
    return success();
  }
};

struct Simplify : impl::SimplifyPassBase<Simplify> {
  LogicalResult initialize(MLIRContext *context) override {
    RewritePatternSet set(context);
    populateDecomposePatterns(set);
    populateShapePatterns(set);
    populateFoldAffinePatterns(set);
    patterns = std::move(set);
    return success();
  }

  void runOnOperation() override {
    func::FuncOp function = getOperation();
    if (function.isExternal())
      return;
    // Merging first lets the folds see that a value has one use.
    IRRewriter rewriter(&getContext());
    DominanceInfo dominance(function);
    eliminateCommonSubExpressions(rewriter, dominance, function);
    if (failed(applyPatternsGreedily(function, patterns)))
      return signalPassFailure();
    eliminateCommonSubExpressions(rewriter, dominance, function);
    if (failed(checkSimplified(function)))
      signalPassFailure();
  }

  FrozenRewritePatternSet patterns;
};

} // namespace

void populateDecomposePatterns(RewritePatternSet &patterns) {
  patterns.add<Decompose>(patterns.getContext());
}

} // namespace tenon
