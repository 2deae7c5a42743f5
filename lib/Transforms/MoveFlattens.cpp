//===-- MoveFlattens.cpp - flattens in another order ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An image that is flattened before a matmul stands channels last, the weights
// expect it channels first. The order moves into the weights, which are
// constant, or small beside a batch of images and read once a step anyway.
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Linear.h"
#include "dialects/Tenon/Shape.h"
#include "lib/Transforms/Patterns.h"
#include "lib/Transforms/Permutation.h"
#include "tenon/Analysis/Weights.h"

using namespace mlir;

namespace tenon {
namespace {

/// The leading dimensions of a tensor that hold the rows of a matrix of its
/// elements, if a permutation leaves them where they are and moves others.
std::optional<int64_t> leadOf(ArrayRef<int64_t> shape, ArrayRef<int64_t> p,
                              int64_t rows) {
  int64_t lead = 0, product = 1;
  while (lead < static_cast<int64_t>(p.size()) && product < rows)
    product *= shape[lead++];
  if (lead == 0 && p[0] == 0 && shape[0] == 1)
    lead = 1;
  if (product != rows || lead == static_cast<int64_t>(p.size()))
    return std::nullopt;
  for (int64_t i = 0; i < lead; ++i)
    if (p[i] != i)
      return std::nullopt;
  return lead;
}

/// A matrix reshape(transpose(x)): what follows the rows' dimensions in x, and
/// the order in which it stands in the matrix's columns.
struct Flatten {
  TransposeOp transpose;
  SmallVector<int64_t> extents;
  Permutation order;

  static std::optional<Flatten> of(Value v) {
    auto flatten = v.getDefiningOp<ReshapeOp>();
    auto t =
        flatten ? flatten.getX().getDefiningOp<TransposeOp>() : TransposeOp();
    if (!t || flatten.getType().getRank() != 2 || isConstantDerived(t))
      return std::nullopt;
    std::optional<int64_t> lead =
        leadOf(t.getType().getShape(), t.getPermutation(),
               flatten.getType().getDimSize(0));
    if (!lead)
      return std::nullopt;
    Flatten f{t, {}, {}};
    for (int64_t d : t.getPermutation().drop_front(*lead))
      f.order.push_back(d - *lead);
    llvm::append_range(f.extents,
                       tensorType(t.getX()).getShape().drop_front(*lead));
    return f;
  }
};

/// The rows (dim 0) or columns (dim 1) of a matrix, which are elements of
/// `extents`, in another order of these dimensions.
Value reorder(PatternRewriter &rewriter, Location loc, Value matrix,
              int64_t dim, ArrayRef<int64_t> extents, ArrayRef<int64_t> order) {
  auto type = tensorType(matrix);
  SmallVector<int64_t> split(extents), p(order);
  if (dim == 0) {
    split.push_back(type.getDimSize(1));
    p.push_back(order.size());
  } else {
    split.insert(split.begin(), type.getDimSize(0));
    for (int64_t &d : p)
      ++d;
    p.insert(p.begin(), 0);
  }
  Value v = ReshapeOp::create(rewriter, loc, type.clone(split), matrix);
  v = TransposeOp::create(rewriter, loc, v, p);
  return ReshapeOp::create(rewriter, loc, type, v);
}

/// Whether another order of `weights` costs nothing, or little beside one of
/// `moved`.
bool movesCheaply(Value weights, Value moved) {
  return isConstantDerived(weights) ||
         tensorType(weights).getNumElements() <=
             4 * tensorType(moved).getNumElements();
}

/// matmul(reshape(transpose(x)), w): the rows of w move.
struct MoveFlattenIntoWeights : OpRewritePattern<MatmulOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(MatmulOp op,
                                PatternRewriter &rewriter) const override {
    std::optional<Flatten> f = Flatten::of(op.getLhs());
    if (!f || !movesCheaply(op.getRhs(), op.getLhs()))
      return failure();
    Location loc = op.getLoc();
    Value rhs = reorder(rewriter, loc, op.getRhs(), 0,
                        permuted(f->extents, f->order), inverse(f->order));
    Value lhs = rewriter.createOrFold<ReshapeOp>(loc, op.getLhs().getType(),
                                                 f->transpose.getX());
    rewriter.replaceOpWithNewOp<MatmulOp>(op, lhs, rhs);
    return success();
  }
};

/// matmul(transpose(reshape(transpose(x))), dy), the gradient of such weights:
/// the rows of the result move.
struct MoveFlattenIntoGradient : OpRewritePattern<MatmulOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(MatmulOp op,
                                PatternRewriter &rewriter) const override {
    auto outer = op.getLhs().getDefiningOp<TransposeOp>();
    if (!outer || op.getType().getRank() != 2)
      return failure();
    std::optional<Flatten> f = Flatten::of(outer.getX());
    if (!f || !movesCheaply(op.getY(), outer))
      return failure();
    Location loc = op.getLoc();
    Value x = rewriter.createOrFold<ReshapeOp>(loc, outer.getX().getType(),
                                               f->transpose.getX());
    x = TransposeOp::create(rewriter, loc, x, outer.getPermutation());
    Value product = MatmulOp::create(rewriter, loc, x, op.getRhs());
    rewriter.replaceOp(
        op, reorder(rewriter, loc, product, 0, f->extents, f->order));
    return success();
  }
};

/// transpose(reshape(matmul(a, w))), what comes back through a flatten: the
/// columns of w move.
struct MoveUnflattenIntoWeights : OpRewritePattern<TransposeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(TransposeOp op,
                                PatternRewriter &rewriter) const override {
    auto reshape = op.getX().getDefiningOp<ReshapeOp>();
    auto matmul =
        reshape ? reshape.getX().getDefiningOp<MatmulOp>() : MatmulOp();
    if (!matmul || matmul.getType().getRank() != 2 || !reshape->hasOneUse() ||
        !matmul->hasOneUse() || !movesCheaply(matmul.getRhs(), op.getX()))
      return failure();
    ArrayRef<int64_t> shape = reshape.getType().getShape();
    std::optional<int64_t> lead =
        leadOf(shape, op.getPermutation(), matmul.getType().getDimSize(0));
    if (!lead)
      return failure();
    Permutation order;
    for (int64_t d : op.getPermutation().drop_front(*lead))
      order.push_back(d - *lead);
    Location loc = matmul.getLoc();
    Value rhs = reorder(rewriter, loc, matmul.getRhs(), 1,
                        shape.drop_front(*lead), order);
    Value product = MatmulOp::create(rewriter, loc, matmul.getLhs(), rhs);
    rewriter.replaceOpWithNewOp<ReshapeOp>(op, op.getType(), product);
    return success();
  }
};

} // namespace

void populateMoveFlattenPatterns(RewritePatternSet &patterns) {
  patterns.add<MoveFlattenIntoWeights, MoveFlattenIntoGradient,
               MoveUnflattenIntoWeights>(patterns.getContext());
}

} // namespace tenon
