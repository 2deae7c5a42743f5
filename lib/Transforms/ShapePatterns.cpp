//===-- ShapePatterns.cpp - no-ops and chains of shape ops ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/TenonAll.h"
#include "lib/Transforms/Patterns.h"
#include "tenon/Analysis/Weights.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;

namespace tenon {
namespace {

bool allZero(ArrayRef<int64_t> values) {
  return llvm::all_of(values, [](int64_t v) { return v == 0; });
}

/// broadcast(broadcast(x)) is one broadcast.
struct MergeBroadcasts : OpRewritePattern<BroadcastOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(BroadcastOp op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getX().getDefiningOp<BroadcastOp>();
    if (!inner)
      return failure();
    SmallVector<int64_t> dims;
    for (int64_t d : inner.getDims())
      dims.push_back(op.getDims()[d]);
    rewriter.replaceOpWithNewOp<BroadcastOp>(op, op.getType(), inner.getX(),
                                             dims);
    return success();
  }
};

/// A broadcast that only inserts dimensions of extent 1 is a reshape.
struct BroadcastToReshape : OpRewritePattern<BroadcastOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(BroadcastOp op,
                                PatternRewriter &rewriter) const override {
    if (op.getX().getType().getNumElements() != op.getType().getNumElements() ||
        op.getType().getNumElements() == 0)
      return failure();
    rewriter.replaceOpWithNewOp<ReshapeOp>(op, op.getType(), op.getX());
    return success();
  }
};

/// A repeated scalar is one in any shape.
struct DropReshapeOfScalar : OpRewritePattern<ReshapeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ReshapeOp op,
                                PatternRewriter &rewriter) const override {
    auto broadcast = op.getX().getDefiningOp<BroadcastOp>();
    if (!broadcast || broadcast.getX().getType().getRank() != 0)
      return failure();
    rewriter.replaceOpWithNewOp<BroadcastOp>(op, op.getType(), broadcast.getX(),
                                             ArrayRef<int64_t>{});
    return success();
  }
};

/// Whether every value of `from` survives a cast to `to`, and a cast of the
/// result to a third kind equals a direct one. Integers wrap but floats
/// saturate when cast to integers, so the two never stand in for each other.
bool embeds(Kind from, Kind to) {
  if (from == to || from == Kind::Bool)
    return true;
  if (isFloat(from) != isFloat(to) || to == Kind::Bool)
    return false;
  if (isFloat(from))
    return bytesOf(from) < bytesOf(to);
  return bytesOf(from) < bytesOf(to) && (isUnsigned(from) || !isUnsigned(to));
}

/// cast(cast(x)) is cast(x) where the inner one loses nothing.
struct MergeCasts : OpRewritePattern<CastOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(CastOp op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getX().getDefiningOp<CastOp>();
    if (!inner || !embeds(kindOf(getElementTypeOrSelf(inner.getX())),
                          kindOf(getElementTypeOrSelf(inner.getY()))))
      return failure();
    rewriter.replaceOpWithNewOp<CastOp>(op, op.getType(), inner.getX());
    return success();
  }
};

struct DropIdentitySlice : OpRewritePattern<SliceOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(SliceOp op,
                                PatternRewriter &rewriter) const override {
    if (op.getX().getType() != op.getType() || !allZero(op.getStarts()))
      return failure();
    // With equal extents and start 0 a stride other than 1 means extent 1.
    rewriter.replaceOp(op, op.getX());
    return success();
  }
};

struct DropIdentityPad : OpRewritePattern<PadOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(PadOp op,
                                PatternRewriter &rewriter) const override {
    if (op.getX().getType() != op.getType() || !allZero(op.getLow()) ||
        !allZero(op.getHigh()))
      return failure();
    rewriter.replaceOp(op, op.getX());
    return success();
  }
};

struct DropSingleConcat : OpRewritePattern<ConcatOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ConcatOp op,
                                PatternRewriter &rewriter) const override {
    if (op.getInputs().size() != 1)
      return failure();
    rewriter.replaceOp(op, op.getInputs().front());
    return success();
  }
};

struct DropRepeatedRelu : OpRewritePattern<ReluOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ReluOp op,
                                PatternRewriter &rewriter) const override {
    if (!op.getX().getDefiningOp<ReluOp>())
      return failure();
    rewriter.replaceOp(op, op.getX());
    return success();
  }
};

/// A reduction over no dimension changes nothing: one element stands alone in
/// lane 0 and the identity leaves it as it is. Not for floats: -0 + 0 is +0.
template <class Op>
struct DropEmptyReduction : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    if (!op.getDims().empty() || isa<FloatType>(op.getType().getElementType()))
      return failure();
    rewriter.replaceOp(op, op.getX());
    return success();
  }
};

/// What `v` is the transpose of, as a matrix or a batch of them.
Value matrixTransposeOf(Value v) {
  auto op = v.getDefiningOp<TransposeOp>();
  int64_t rank = cast<RankedTensorType>(v.getType()).getRank();
  if (!op || rank < 2)
    return {};
  ArrayRef<int64_t> p = op.getPermutation();
  for (int64_t d = 0; d < rank - 2; ++d)
    if (p[d] != d)
      return {};
  return p[rank - 1] == rank - 2 ? op.getX() : Value();
}

/// transpose(matmul(transpose(x), dy)), the gradient of transposed weights, is
/// matmul(transpose(dy), x): the order of the sums is the same. Constants stay
/// on the side where they can be packed ahead of time.
struct TurnMatmul : OpRewritePattern<TransposeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(TransposeOp op,
                                PatternRewriter &rewriter) const override {
    Value product = matrixTransposeOf(op);
    auto matmul = product ? product.getDefiningOp<MatmulOp>() : MatmulOp();
    if (!matmul || !matmul->hasOneUse() ||
        llvm::any_of(matmul->getOperands(), isConstantDerived))
      return failure();
    Value x = matrixTransposeOf(matmul.getLhs()),
          y = matrixTransposeOf(matmul.getRhs());
    if (!x && !y)
      return failure();
    auto turned = [&](Value operand, Value original) {
      return original ? original
                      : TransposeOp::create(rewriter, op.getLoc(), operand,
                                            op.getPermutation());
    };
    Value lhs = turned(matmul.getRhs(), y);
    Value rhs = turned(matmul.getLhs(), x);
    rewriter.replaceOpWithNewOp<MatmulOp>(op, lhs, rhs);
    return success();
  }
};

/// Zeros round a convolution's operand, in spatial dimensions only, are the
/// convolution's own padding.
struct FoldPadIntoConv : OpRewritePattern<ConvOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ConvOp op,
                                PatternRewriter &rewriter) const override {
    auto pad = op.getX().getDefiningOp<PadOp>();
    // Outside taps contribute +0, so -0 must stay.
    if (!pad || pad.getMode() != PadMode::Constant ||
        !pad.getValue().isPosZero() ||
        (pad.getInterior() && !allZero(*pad.getInterior())))
      return failure();
    int64_t rank = op.getType().getRank();
    int64_t first = op.getLayout() == Layout::ChannelsLast ? 1 : 2;
    SmallVector<int64_t> low(op.getLow()), high(op.getHigh());
    for (int64_t d = 0; d < rank; ++d) {
      bool spatial = d >= first && d < first + rank - 2;
      if (!spatial && (pad.getLow()[d] || pad.getHigh()[d]))
        return failure();
      if (spatial) {
        low[d - first] += pad.getLow()[d];
        high[d - first] += pad.getHigh()[d];
      }
    }
    rewriter.modifyOpInPlace(op, [&] {
      op.getXMutable().assign(pad.getX());
      op.setLow(low);
      op.setHigh(high);
    });
    return success();
  }
};

} // namespace

void populateShapePatterns(RewritePatternSet &patterns) {
  patterns
      .add<MergeBroadcasts, BroadcastToReshape, DropReshapeOfScalar, MergeCasts,
           DropIdentitySlice, DropIdentityPad, DropSingleConcat,
           DropRepeatedRelu, DropEmptyReduction<ReduceSumOp>,
           DropEmptyReduction<ReduceProdOp>, DropEmptyReduction<ReduceMaxOp>,
           DropEmptyReduction<ReduceMinOp>, TurnMatmul, FoldPadIntoConv>(
          patterns.getContext());
}

} // namespace tenon
