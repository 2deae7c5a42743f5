//===-- Layout.cpp - channels last, by explicit transposes ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Linear.h"
#include "dialects/Tenon/NN.h"
#include "lib/Transforms/Patterns.h"
#include "lib/Transforms/Permutation.h"
#include "tenon/Transforms/Contracts.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/IR/Dominance.h"
#include "mlir/Transforms/CSE.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;

namespace tenon {

#define GEN_PASS_DEF_LAYOUTPASS
#include "tenon/Transforms/Passes.h.inc"

namespace {

/// Replaces a channels_first op by itself on transposed operands.
void toChannelsLast(Operation *op, IRRewriter &rewriter) {
  rewriter.setInsertionPoint(op);
  auto type = tensorType(op->getResult(0));
  Permutation toLast = channelsToLast(type.getRank());
  SmallVector<Value> operands(op->getOperands());
  operands[0] = transposed(rewriter, operands[0], toLast);
  if (isa<ConvOp>(op)) {
    Permutation filter;
    for (int64_t d = 2; d < type.getRank(); ++d)
      filter.push_back(d);
    filter.append({1, 0});
    operands[1] = transposed(rewriter, operands[1], filter);
  }
  OperationState state(op->getLoc(), op->getName(), operands,
                       {type.clone(permuted(type.getShape(), toLast))},
                       op->getAttrs());
  state.attributes.set("layout",
                       LayoutAttr::get(op->getContext(), Layout::ChannelsLast));
  Operation *last = rewriter.create(state);
  rewriter.replaceOpWithNewOp<TransposeOp>(op, last->getResult(0),
                                           inverse(toLast));
}

/// A 1x1 convolution that skips nothing is a matmul over all positions; its k
/// runs over the input channels in the same order.
struct PointConvToMatmul : OpRewritePattern<ConvOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ConvOp op,
                                PatternRewriter &rewriter) const override {
    auto all = [](ArrayRef<int64_t> values, int64_t expected) {
      return llvm::all_of(values, [&](int64_t v) { return v == expected; });
    };
    auto x = tensorType(op.getX()), w = tensorType(op.getFilter());
    if (op.getLayout() != Layout::ChannelsLast || op.getGroups() != 1 ||
        !all(w.getShape().drop_back(2), 1) || !all(op.getStrides(), 1) ||
        !all(op.getLow(), 0) || !all(op.getHigh(), 0))
      return failure();
    int64_t channels = x.getShape().back(), filters = w.getShape().back();
    int64_t positions = 1;
    for (int64_t extent : x.getShape().drop_back())
      positions *= extent;
    Location loc = op.getLoc();
    Value lhs = rewriter.createOrFold<ReshapeOp>(
        loc, x.clone({positions, channels}), op.getX());
    Value rhs = rewriter.createOrFold<ReshapeOp>(
        loc, w.clone({channels, filters}), op.getFilter());
    Value product = MatmulOp::create(rewriter, loc, lhs, rhs);
    rewriter.replaceOpWithNewOp<ReshapeOp>(op, op.getType(), product);
    return success();
  }
};

struct ChannelsLast : impl::LayoutPassBase<ChannelsLast> {
  LogicalResult initialize(MLIRContext *context) override {
    RewritePatternSet sink(context), matmul(context);
    populateShapePatterns(sink);
    populateSinkTransposePatterns(sink);
    sinkPatterns = std::move(sink);
    populateShapePatterns(matmul);
    matmul.add<PointConvToMatmul>(context);
    matmulPatterns = std::move(matmul);
    return success();
  }

  void runOnOperation() override {
    func::FuncOp function = getOperation();
    if (function.isExternal())
      return;
    IRRewriter rewriter(&getContext());
    SmallVector<Operation *> windows;
    function.walk([&](Operation *op) {
      auto layout = op->getAttrOfType<LayoutAttr>("layout");
      if (layout && layout.getValue() == Layout::ChannelsFirst)
        windows.push_back(op);
    });
    for (Operation *op : windows)
      toChannelsLast(op, rewriter);

    DominanceInfo dominance(function);
    GreedyRewriteConfig config;
    // From the arguments down: a join sees the transposes of all its operands.
    config.setUseTopDownTraversal(true);
    eliminateCommonSubExpressions(rewriter, dominance, function);
    if (failed(applyPatternsGreedily(function, sinkPatterns, config)) ||
        failed(applyPatternsGreedily(function, matmulPatterns, config)))
      return signalPassFailure();
    eliminateCommonSubExpressions(rewriter, dominance, function);
    if (failed(checkLayout(function)))
      signalPassFailure();
  }

  FrozenRewritePatternSet sinkPatterns, matmulPatterns;
};

} // namespace
} // namespace tenon
