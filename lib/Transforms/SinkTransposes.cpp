//===-- SinkTransposes.cpp - transposes move towards the results ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Each pattern turns op(transpose(x)) into transpose(op'(x)). A transpose only
// ever moves down, so the patterns end; two that meet cancel.
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/TenonAll.h"
#include "lib/Transforms/Patterns.h"
#include "lib/Transforms/Permutation.h"
#include "tenon/Analysis/Weights.h"

using namespace mlir;

namespace tenon {
namespace {

/// Whether `v` stands in the order of a channels_last op it is made from. Looks
/// a bounded number of ops back; beyond that the answer is no.
bool standsChannelsLast(Value v) {
  SmallVector<Value> work = {v};
  for (size_t i = 0; i < work.size() && i < 64; ++i) {
    Operation *op = work[i].getDefiningOp();
    if (!op)
      continue;
    if (op->hasAttrOfType<LayoutAttr>("layout"))
      return true;
    if (isa<PointwiseOpInterface, ConcatOp, PadOp, SliceOp>(op))
      llvm::append_range(work, op->getOperands());
  }
  return false;
}

/// The permutation to sink below an op of several operands of one shape. All
/// others follow it freely; or it comes from a convolution, and then others pay
/// for a transpose, as long as none stands in a convolution's order itself: two
/// operands would each send the other's transpose back.
std::optional<Permutation> commonPermutation(Operation *op) {
  for (Value v : op->getOperands()) {
    auto transpose = v.getDefiningOp<TransposeOp>();
    if (!transpose || isConstantDerived(v))
      continue;
    Permutation p(transpose.getPermutation());
    Permutation back = inverse(p);
    if (llvm::all_of(op->getOperands(), [&](Value other) {
          return transposesFreely(other, back);
        }))
      return p;
    if (p.size() > 2 && back == channelsToLast(p.size()) &&
        standsChannelsLast(transpose.getX()) &&
        llvm::none_of(op->getOperands(), standsChannelsLast))
      return p;
  }
  return std::nullopt;
}

/// Replaces `op`, all of whose operands and results have one shape, by itself
/// on transposed operands, with a transpose of each result behind it.
void sinkThroughSameShape(Operation *op, ArrayRef<int64_t> p,
                          PatternRewriter &rewriter) {
  Permutation back = inverse(p);
  SmallVector<Value> operands;
  for (Value v : op->getOperands())
    operands.push_back(transposed(rewriter, v, back));
  auto type = tensorType(op->getResult(0));
  OperationState state(op->getLoc(), op->getName(), operands,
                       {type.clone(permuted(type.getShape(), back))},
                       op->getAttrs());
  Operation *sunk = rewriter.create(state);
  rewriter.replaceOpWithNewOp<TransposeOp>(op, sunk->getResult(0), p);
}

struct SinkThroughPointwise : OpInterfaceRewritePattern<PointwiseOpInterface> {
  using OpInterfaceRewritePattern::OpInterfaceRewritePattern;

  LogicalResult matchAndRewrite(PointwiseOpInterface op,
                                PatternRewriter &rewriter) const override {
    std::optional<Permutation> p = commonPermutation(op);
    if (!p || isConstantDerived(op->getResult(0)))
      return failure();
    sinkThroughSameShape(op, *p, rewriter);
    return success();
  }
};

struct SinkThroughConcat : OpRewritePattern<ConcatOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ConcatOp op,
                                PatternRewriter &rewriter) const override {
    std::optional<Permutation> p = commonPermutation(op);
    if (!p)
      return failure();
    Permutation back = inverse(*p);
    SmallVector<Value> inputs;
    for (Value v : op.getInputs())
      inputs.push_back(transposed(rewriter, v, back));
    auto sunk =
        ConcatOp::create(rewriter, op.getLoc(), inputs, (*p)[op.getAxis()]);
    rewriter.replaceOpWithNewOp<TransposeOp>(op, sunk, *p);
    return success();
  }
};

/// Entry i of `values` belongs to result dimension i of a transpose by p; in
/// the result each stands where the operand's dimension does.
SmallVector<int64_t> toOperandOrder(ArrayRef<int64_t> values,
                                    ArrayRef<int64_t> p) {
  SmallVector<int64_t> result(values.size());
  for (auto [i, d] : llvm::enumerate(p))
    result[d] = values[i];
  return result;
}

struct SinkThroughPad : OpRewritePattern<PadOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(PadOp op,
                                PatternRewriter &rewriter) const override {
    auto t = op.getX().getDefiningOp<TransposeOp>();
    if (!t)
      return failure();
    ArrayRef<int64_t> p = t.getPermutation();
    DenseI64ArrayAttr interior;
    if (op.getInterior())
      interior =
          rewriter.getDenseI64ArrayAttr(toOperandOrder(*op.getInterior(), p));
    auto sunk = PadOp::create(rewriter, op.getLoc(), t.getX(), op.getMode(),
                              op.getValue(), toOperandOrder(op.getLow(), p),
                              toOperandOrder(op.getHigh(), p), interior);
    rewriter.replaceOpWithNewOp<TransposeOp>(op, sunk, p);
    return success();
  }
};

struct SinkThroughSlice : OpRewritePattern<SliceOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(SliceOp op,
                                PatternRewriter &rewriter) const override {
    auto t = op.getX().getDefiningOp<TransposeOp>();
    if (!t)
      return failure();
    ArrayRef<int64_t> p = t.getPermutation();
    auto sunk = SliceOp::create(
        rewriter, op.getLoc(), t.getX(), toOperandOrder(op.getStarts(), p),
        toOperandOrder(op.getSizes(), p), toOperandOrder(op.getStrides(), p));
    rewriter.replaceOpWithNewOp<TransposeOp>(op, sunk, p);
    return success();
  }
};

/// The order of what an op that drops `dims` leaves of a transpose by p.
Permutation keptPermutation(ArrayRef<int64_t> p, ArrayRef<int64_t> dims) {
  Permutation kept;
  for (auto [i, d] : llvm::enumerate(p))
    if (!llvm::is_contained(dims, static_cast<int64_t>(i)))
      kept.push_back(d);
  Permutation sorted = kept;
  llvm::sort(sorted);
  for (int64_t &d : kept)
    d = llvm::find(sorted, d) - sorted.begin();
  return kept;
}

struct SinkThroughReduction : OpInterfaceRewritePattern<ReductionOpInterface> {
  using OpInterfaceRewritePattern::OpInterfaceRewritePattern;

  LogicalResult matchAndRewrite(ReductionOpInterface op,
                                PatternRewriter &rewriter) const override {
    auto t = op->getOperand(0).getDefiningOp<TransposeOp>();
    if (!t)
      return failure();
    ArrayRef<int64_t> p = t.getPermutation();
    // In the order listed, which is the order of the fold.
    SmallVector<int64_t> dims;
    for (int64_t d : op.getReducedDims())
      dims.push_back(p[d]);
    Permutation rest = keptPermutation(p, op.getReducedDims());
    auto type = tensorType(op->getResult(0));
    OperationState state(op->getLoc(), op->getName(), {t.getX()},
                         {type.clone(permuted(type.getShape(), inverse(rest)))},
                         op->getAttrs());
    state.attributes.set("dims", rewriter.getDenseI64ArrayAttr(dims));
    Operation *sunk = rewriter.create(state);
    rewriter.replaceOp(op, transposed(rewriter, sunk->getResult(0), rest));
    return success();
  }
};

template <class Op>
struct SinkThroughArg : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    auto t = op.getX().template getDefiningOp<TransposeOp>();
    if (!t)
      return failure();
    ArrayRef<int64_t> p = t.getPermutation();
    int64_t axis = op.getAxis();
    auto sunk =
        Op::create(rewriter, op.getLoc(), t.getX(), p[axis], op.getLast());
    rewriter.replaceOp(op,
                       transposed(rewriter, sunk, keptPermutation(p, {axis})));
    return success();
  }
};

struct SinkThroughBroadcast : OpRewritePattern<BroadcastOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(BroadcastOp op,
                                PatternRewriter &rewriter) const override {
    auto t = op.getX().getDefiningOp<TransposeOp>();
    // Above a broadcast that repeats often it is cheaper where it is.
    if (!t || isConstantDerived(t) || repeatsOften(op))
      return failure();
    ArrayRef<int64_t> p = t.getPermutation(), dims = op.getDims();
    // The same result positions, filled in the operand's order.
    Permutation q;
    for (int64_t d = 0; d < op.getType().getRank(); ++d)
      q.push_back(d);
    for (auto [j, d] : llvm::enumerate(dims))
      q[d] = dims[p[j]];
    auto type = op.getType();
    auto sunk = BroadcastOp::create(
        rewriter, op.getLoc(),
        type.clone(permuted(type.getShape(), inverse(q))), t.getX(), dims);
    rewriter.replaceOpWithNewOp<TransposeOp>(op, sunk, q);
    return success();
  }
};

/// reshape(transpose(x)): where each group of dimensions that the reshape
/// splits or merges stands together and in order in x. Extents of 1 stand
/// anywhere.
struct SinkThroughReshape : OpRewritePattern<ReshapeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ReshapeOp op,
                                PatternRewriter &rewriter) const override {
    auto t = op.getX().getDefiningOp<TransposeOp>();
    if (!t || isConstantDerived(t))
      return failure();
    ArrayRef<int64_t> p = t.getPermutation();
    ArrayRef<int64_t> from = t.getType().getShape();
    SmallVector<ReshapeGroup> groups =
        reshapeGroups(from, op.getType().getShape());
    if (groups.empty())
      return failure();
    // The rank of each wide dimension of x among the wide ones.
    SmallVector<int64_t> rank(p.size(), 0);
    Permutation back = inverse(p);
    for (size_t d = 1; d < p.size(); ++d)
      rank[d] = rank[d - 1] + (from[back[d - 1]] != 1);
    SmallVector<std::pair<int64_t, ReshapeGroup>> ordered;
    for (const ReshapeGroup &g : groups) {
      int64_t first = -1, next = -1;
      for (int64_t i = g.fromBegin; i < g.fromEnd; ++i) {
        if (from[i] == 1)
          continue;
        if (first < 0)
          first = next = rank[p[i]];
        if (rank[p[i]] != next++)
          return failure();
      }
      ordered.push_back({first, g});
    }
    llvm::stable_sort(ordered, llvm::less_first());
    SmallVector<int64_t> shape, source; // source: which result dimension
    for (auto &[first, g] : ordered)
      for (int64_t j = g.toBegin; j < g.toEnd; ++j) {
        shape.push_back(op.getType().getDimSize(j));
        source.push_back(j);
      }
    Value sunk = rewriter.createOrFold<ReshapeOp>(
        op.getLoc(), op.getType().clone(shape), t.getX());
    rewriter.replaceOp(op, transposed(rewriter, sunk, inverse(source)));
    return success();
  }
};

/// Transposes that move only extents of 1, those of generated values, and those
/// of broadcasts that are broadcasts of something small in another order.
struct CheapenTranspose : OpRewritePattern<TransposeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(TransposeOp op,
                                PatternRewriter &rewriter) const override {
    ArrayRef<int64_t> p = op.getPermutation();
    bool cheap = op.getX().getDefiningOp<BroadcastOp>()
                     ? transposesFreely(op.getX(), p)
                     : isGenerated(op.getX()) ||
                           movesOnlyOnes(tensorType(op.getX()).getShape(), p);
    if (!cheap)
      return failure();
    rewriter.replaceOp(op, transposed(rewriter, op.getX(), p));
    return success();
  }
};

} // namespace

void populateSinkTransposePatterns(RewritePatternSet &patterns) {
  patterns.add<SinkThroughPointwise, SinkThroughConcat, SinkThroughPad,
               SinkThroughSlice, SinkThroughReduction, SinkThroughBroadcast,
               SinkThroughArg<ArgMaxOp>, SinkThroughArg<ArgMinOp>,
               SinkThroughReshape, CheapenTranspose>(patterns.getContext());
}

} // namespace tenon
