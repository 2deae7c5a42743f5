//===-- Layout.cpp - channels last, by explicit transposes ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Linear.h"
#include "dialects/Tenon/NN.h"
#include "lib/Transforms/Patterns.h"
#include "lib/Transforms/Permutation.h"
#include "tenon/Kernels/FilterGrad.h"
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
  Permutation toLast = channelsToLast(type.getRank()), filter;
  for (int64_t d = 2; d < type.getRank(); ++d)
    filter.push_back(d);
  filter.append({1, 0});
  SmallVector<Value> operands;
  for (Value v : op->getOperands())
    operands.push_back(transposed(
        rewriter, v, isa<ConvOp>(op) && !operands.empty() ? filter : toLast));
  Permutation result = isa<ConvFilterGradOp>(op) ? filter : toLast;
  OperationState state(op->getLoc(), op->getName(), operands,
                       {type.clone(permuted(type.getShape(), result))},
                       op->getAttrs());
  state.attributes.set("layout",
                       LayoutAttr::get(op->getContext(), Layout::ChannelsLast));
  Operation *last = rewriter.create(state);
  rewriter.replaceOpWithNewOp<TransposeOp>(op, last->getResult(0),
                                           inverse(result));
}

bool areAll(ArrayRef<int64_t> values, int64_t expected) {
  return llvm::all_of(values, [&](int64_t v) { return v == expected; });
}

/// A tensor seen as a matrix of its last dimension by all before it.
Value asMatrix(PatternRewriter &rewriter, Location loc, Value v) {
  auto type = tensorType(v);
  int64_t rows = 1;
  for (int64_t extent : type.getShape().drop_back())
    rows *= extent;
  return rewriter.createOrFold<ReshapeOp>(
      loc, type.clone({rows, type.getShape().back()}), v);
}

/// A 1x1 convolution that skips nothing is a matmul over all positions; its k
/// runs over the input channels in the same order.
struct PointConvToMatmul : OpRewritePattern<ConvOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ConvOp op,
                                PatternRewriter &rewriter) const override {
    auto w = tensorType(op.getFilter());
    if (op.getLayout() != Layout::ChannelsLast || op.getGroups() != 1 ||
        !areAll(w.getShape().drop_back(2), 1) || !areAll(op.getStrides(), 1) ||
        !areAll(op.getLow(), 0) || !areAll(op.getHigh(), 0))
      return failure();
    Location loc = op.getLoc();
    Value product =
        MatmulOp::create(rewriter, loc, asMatrix(rewriter, loc, op.getX()),
                         asMatrix(rewriter, loc, op.getFilter()));
    rewriter.replaceOpWithNewOp<ReshapeOp>(op, op.getType(), product);
    return success();
  }
};

/// The same for the gradient of its filter, x^T dy over all positions.
struct PointFilterGradToMatmul : OpRewritePattern<ConvFilterGradOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ConvFilterGradOp op,
                                PatternRewriter &rewriter) const override {
    if (op.getLayout() != Layout::ChannelsLast || op.getGroups() != 1 ||
        !areAll(op.getWindow(), 1) || !areAll(op.getStrides(), 1) ||
        !areAll(op.getLow(), 0) || !areAll(op.getHigh(), 0))
      return failure();
    Location loc = op.getLoc();
    Value x =
        TransposeOp::create(rewriter, loc, asMatrix(rewriter, loc, op.getX()),
                            ArrayRef<int64_t>{1, 0});
    Value product =
        MatmulOp::create(rewriter, loc, x, asMatrix(rewriter, loc, op.getDy()));
    rewriter.replaceOpWithNewOp<ReshapeOp>(op, op.getType(), product);
    return success();
  }
};

/// Padding of conv_filter_grad's operand becomes a tensor: the fast loop has no
/// border. The copy is small beside a dense gradient, and beside a depthwise
/// one a third of the time that the slow loop takes longer.
struct PadFilterGradOperand : OpRewritePattern<ConvFilterGradOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ConvFilterGradOp op,
                                PatternRewriter &rewriter) const override {
    if (op.getLayout() != Layout::ChannelsLast ||
        (op.getGroups() != 1 && !isDepthwise(op)) ||
        (areAll(op.getLow(), 0) && areAll(op.getHigh(), 0)))
      return failure();
    Location loc = op.getLoc();
    Value x = op.getX();
    auto type = tensorType(x);
    SmallVector<int64_t> low = {0}, high = {0}, none(op.getLow().size(), 0);
    llvm::append_range(low, op.getLow());
    llvm::append_range(high, op.getHigh());
    // With one channel the last spatial dimension is the contiguous one.
    bool single = type.getShape().back() == 1;
    if (single) {
      x = rewriter.createOrFold<ReshapeOp>(
          loc, type.clone(type.getShape().drop_back()), x);
    } else {
      low.push_back(0);
      high.push_back(0);
    }
    x = PadOp::create(rewriter, loc, x, PadMode::Constant, llvm::APFloat(0.0),
                      low, high, DenseI64ArrayAttr());
    if (single) {
      SmallVector<int64_t> shape(tensorType(x).getShape());
      shape.push_back(1);
      x = ReshapeOp::create(rewriter, loc, type.clone(shape), x);
    }
    rewriter.modifyOpInPlace(op, [&] {
      op.getXMutable().assign(x);
      op.setLow(none);
      op.setHigh(none);
    });
    return success();
  }
};

struct ChannelsLast : impl::LayoutPassBase<ChannelsLast> {
  LogicalResult initialize(MLIRContext *context) override {
    RewritePatternSet sink(context), matmul(context);
    populateShapePatterns(sink);
    populateSinkTransposePatterns(sink);
    populateMoveFlattenPatterns(sink);
    sinkPatterns = std::move(sink);
    populateShapePatterns(matmul);
    matmul
        .add<PointConvToMatmul, PointFilterGradToMatmul, PadFilterGradOperand>(
            context);
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
