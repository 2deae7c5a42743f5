//===-- FoldAffine.cpp - per-channel factors and shifts into weights ------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// (contraction(x, w) + b) * s + t  ->  contraction(x, w * s) + (b * s + t)
// for constant-derived w, b, s, t that vary along the output channels only.
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Elementwise.h"
#include "dialects/Tenon/Linear.h"
#include "dialects/Tenon/Shape.h"
#include "lib/Transforms/Patterns.h"
#include "tenon/Analysis/Weights.h"

using namespace mlir;

namespace tenon {
namespace {

RankedTensorType tensorType(Value v) {
  return cast<RankedTensorType>(v.getType());
}

/// A contraction with constant weights whose only use is about to be folded.
struct Contraction {
  Operation *op = nullptr;
  unsigned weightOperand = 0;
  int64_t weightDim = 0;  ///< output channels in the weight
  int64_t channelDim = 0; ///< output channels in the result

  static Contraction match(Value v) {
    Operation *op = v.getDefiningOp();
    if (!op || !op->hasOneUse() || !isa<ConvOp, MatmulOp>(op) ||
        !isa<FloatType>(tensorType(v).getElementType()) ||
        !isConstantDerived(op->getOperand(1)))
      return {};
    int64_t last = tensorType(v).getRank() - 1;
    auto conv = dyn_cast<ConvOp>(op);
    if (conv && conv.getLayout() == Layout::ChannelsFirst)
      return {op, 1, 0, 1};
    return {op, 1, last, last};
  }
  explicit operator bool() const { return op; }
};

/// Whether `v` is constant-derived and varies along dimension `dim` only.
bool isPerChannel(Value v, int64_t dim) {
  if (!isConstantDerived(v))
    return false;
  int64_t channels = tensorType(v).getDimSize(dim);
  if (isSplatConstant(v) || tensorType(v).getNumElements() == channels)
    return true;
  auto broadcast = v.getDefiningOp<BroadcastOp>();
  if (!broadcast)
    return false;
  for (auto [i, d] : llvm::enumerate(broadcast.getDims()))
    if (d != dim && tensorType(broadcast.getX()).getDimSize(i) != 1)
      return false;
  return true;
}

/// `v`, for which isPerChannel holds, as a vector over dimension `dim`.
Value channelVector(OpBuilder &b, Value v, int64_t dim) {
  RankedTensorType type = tensorType(v);
  int64_t channels = type.getDimSize(dim);
  auto vectorType = RankedTensorType::get({channels}, type.getElementType());
  auto broadcast = v.getDefiningOp<BroadcastOp>();
  Value source = broadcast ? Value(broadcast.getX()) : v;
  if (isSplatConstant(v)) {
    auto value = v.getDefiningOp<ConstantOp>().getValue();
    auto dense = cast<DenseElementsAttr>(value).resizeSplat(vectorType);
    return ConstantOp::create(b, v.getLoc(), vectorType, dense);
  }
  if (tensorType(source).getNumElements() == channels)
    return b.createOrFold<ReshapeOp>(v.getLoc(), vectorType, source);
  Value scalar = b.createOrFold<ReshapeOp>(
      v.getLoc(), RankedTensorType::get({}, type.getElementType()), source);
  return b.createOrFold<BroadcastOp>(v.getLoc(), vectorType, scalar,
                                     ArrayRef<int64_t>{});
}

Value repeat(OpBuilder &b, Location loc, Value vector, RankedTensorType type,
             int64_t dim) {
  return BroadcastOp::create(b, loc, type, vector, ArrayRef<int64_t>{dim});
}

/// contraction(x, w) * s -> contraction(x, w * s), and the same for a quotient.
template <class Op>
struct ScaleWeights : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    for (unsigned i = 0; i < (std::is_same_v<Op, MulOp> ? 2 : 1); ++i) {
      Contraction c = Contraction::match(op->getOperand(i));
      if (!c || !isPerChannel(op->getOperand(1 - i), c.channelDim))
        continue;
      Value factor =
          channelVector(rewriter, op->getOperand(1 - i), c.channelDim);
      Value weight = c.op->getOperand(c.weightOperand);
      Value scaled = Op::create(rewriter, op.getLoc(), weight,
                                repeat(rewriter, op.getLoc(), factor,
                                       tensorType(weight), c.weightDim));
      // The factor may be defined after the contraction, so that moves down.
      Operation *moved = rewriter.clone(*c.op);
      moved->setOperand(c.weightOperand, scaled);
      moved->setLoc(rewriter.getFusedLoc({c.op->getLoc(), op.getLoc()}));
      rewriter.replaceOp(op, moved->getResults());
      return success();
    }
    return failure();
  }
};

/// contraction + shift, the shift per channel and constant.
struct Shifted {
  Contraction contraction;
  Value value, shift; ///< the operands of the sum

  static Shifted match(Value v) {
    auto add = v.getDefiningOp<AddOp>();
    if (!add || !add->hasOneUse())
      return {};
    for (unsigned i = 0; i < 2; ++i)
      if (Contraction c = Contraction::match(add->getOperand(i)))
        if (isPerChannel(add->getOperand(1 - i), c.channelDim))
          return {c, add->getOperand(i), add->getOperand(1 - i)};
    return {};
  }
};

/// (contraction + b) * s -> contraction * s + b * s.
struct ScaleShift : OpRewritePattern<MulOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(MulOp op,
                                PatternRewriter &rewriter) const override {
    for (unsigned i = 0; i < 2; ++i) {
      Shifted s = Shifted::match(op->getOperand(i));
      int64_t dim = s.contraction.channelDim;
      Value factor = op->getOperand(1 - i);
      if (!s.value || !isPerChannel(factor, dim))
        continue;
      Location loc = op.getLoc();
      Value scaled = MulOp::create(rewriter, loc, s.value, factor);
      Value shift =
          MulOp::create(rewriter, loc, channelVector(rewriter, s.shift, dim),
                        channelVector(rewriter, factor, dim));
      rewriter.replaceOpWithNewOp<AddOp>(
          op, scaled, repeat(rewriter, loc, shift, op.getType(), dim));
      return success();
    }
    return failure();
  }
};

/// (contraction + b) + t -> contraction + (b + t).
struct MergeShifts : OpRewritePattern<AddOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(AddOp op,
                                PatternRewriter &rewriter) const override {
    for (unsigned i = 0; i < 2; ++i) {
      Shifted s = Shifted::match(op->getOperand(i));
      int64_t dim = s.contraction.channelDim;
      if (!s.value || !isPerChannel(op->getOperand(1 - i), dim))
        continue;
      Value shift = AddOp::create(
          rewriter, op.getLoc(), channelVector(rewriter, s.shift, dim),
          channelVector(rewriter, op->getOperand(1 - i), dim));
      rewriter.replaceOpWithNewOp<AddOp>(
          op, s.value, repeat(rewriter, op.getLoc(), shift, op.getType(), dim));
      return success();
    }
    return failure();
  }
};

/// x - c is x + (-c), exactly: one form for the patterns above.
struct SubtractConstant : OpRewritePattern<SubOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(SubOp op,
                                PatternRewriter &rewriter) const override {
    if (!isConstantDerived(op.getRhs()) || isConstantDerived(op.getLhs()))
      return failure();
    Value negated;
    auto broadcast = op.getRhs().getDefiningOp<BroadcastOp>();
    if (broadcast) {
      negated = NegOp::create(rewriter, op.getLoc(), broadcast.getX());
      negated = BroadcastOp::create(rewriter, op.getLoc(), op.getType(),
                                    negated, broadcast.getDims());
    } else {
      negated = NegOp::create(rewriter, op.getLoc(), op.getRhs());
    }
    rewriter.replaceOpWithNewOp<AddOp>(op, op.getLhs(), negated);
    return success();
  }
};

} // namespace

void populateFoldAffinePatterns(RewritePatternSet &patterns) {
  patterns.add<ScaleWeights<MulOp>, ScaleWeights<DivOp>, ScaleShift,
               MergeShifts, SubtractConstant>(patterns.getContext());
}

} // namespace tenon
