//===-- Loss.cpp - what training minimises --------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Loss.h"
#include "dialects/Tenon/Fold.h"
#include "dialects/Tenon/NN.h"

#include <limits>
#include <numeric>

using namespace mlir;
using namespace tenon;

#define GET_OP_CLASSES
#include "dialects/Tenon/Loss.cpp.inc"

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

static LogicalResult verifyClasses(std::optional<Location> loc,
                                   RankedTensorType logits) {
  if (logits.getRank() < 2)
    return emitOptionalError(loc, "logits are N x C or N x C x ..., not ",
                             logits);
  if (logits.getDimSize(1) < 1 ||
      logits.getDimSize(1) > std::numeric_limits<int32_t>::max())
    return emitOptionalError(loc, "cannot choose among ", logits.getDimSize(1),
                             " classes");
  return success();
}

static RankedTensorType scalarOf(RankedTensorType type) {
  return RankedTensorType::get({}, type.getElementType());
}

LogicalResult CrossEntropyOp::inferReturnTypes(MLIRContext *context,
                                               std::optional<Location> loc,
                                               Adaptor a,
                                               SmallVectorImpl<Type> &types) {
  auto logits = cast<RankedTensorType>(a.getLogits().getType());
  auto labels = cast<RankedTensorType>(a.getLabels().getType());
  if (failed(verifyClasses(loc, logits)))
    return failure();
  SmallVector<int64_t> expected(logits.getShape());
  expected.erase(expected.begin() + 1);
  if (labels.getShape() != ArrayRef(expected))
    return emitOptionalError(loc, "needs one label per row of logits: ",
                             labels.clone(expected), ", not ", labels);
  types.append({scalarOf(logits), scalarOf(logits),
                RankedTensorType::get({}, IntegerType::get(context, 64))});
  return success();
}

LogicalResult
SoftCrossEntropyOp::inferReturnTypes(MLIRContext *, std::optional<Location> loc,
                                     Adaptor a, SmallVectorImpl<Type> &types) {
  auto logits = cast<RankedTensorType>(a.getLogits().getType());
  types.push_back(scalarOf(logits));
  return verifyClasses(loc, logits);
}
LogicalResult MSEOp::inferReturnTypes(MLIRContext *, std::optional<Location>,
                                      Adaptor a, SmallVectorImpl<Type> &types) {
  types.push_back(scalarOf(cast<RankedTensorType>(a.getX().getType())));
  return success();
}
LogicalResult
BinaryCrossEntropyOp::inferReturnTypes(MLIRContext *, std::optional<Location>,
                                       Adaptor a,
                                       SmallVectorImpl<Type> &types) {
  types.push_back(scalarOf(cast<RankedTensorType>(a.getLogits().getType())));
  return success();
}

//===----------------------------------------------------------------------===//
// Parts
//===----------------------------------------------------------------------===//

static SmallVector<int64_t> allDims(RankedTensorType type) {
  SmallVector<int64_t> dims(type.getRank());
  std::iota(dims.begin(), dims.end(), 0);
  return dims;
}

/// The sum over all elements: over each row of dimension 0, whose sums are
/// independent work, then over those.
static Expr sumOfAll(Expr x) {
  RankedTensorType type = x.type();
  if (type.getRank() <= 1)
    return fold<ReduceSumOp>(x, allDims(type));
  int64_t rows = type.getDimSize(0);
  int64_t columns = rows ? type.getNumElements() / rows : 0;
  Expr matrix = x.make<ReshapeOp>(type.clone({rows, columns}), Value(x));
  return fold<ReduceSumOp>(fold<ReduceSumOp>(matrix, 1), 0);
}

static Expr meanOfAll(Expr x) {
  return sumOfAll(x) / static_cast<double>(x.type().getNumElements());
}

namespace {
/// What cross entropy asks of the labels, each in the labels' shape, and of
/// the classes.
struct Labels {
  Expr takesPart, bad; ///< i1
  Expr hit;            ///< i1, the logits' shape: the label's own class
  Expr valid, divisor; ///< scalars: how many take part, and that or 1

  Labels(CrossEntropyOp op, OpBuilder &b);
};
} // namespace

Labels::Labels(CrossEntropyOp op, OpBuilder &b)
    : takesPart(b, op.getLoc(), {}), bad(takesPart), hit(takesPart),
      valid(takesPart), divisor(takesPart) {
  Location loc = op.getLoc();
  RankedTensorType logits = op.getLogits().getType(),
                   type = op.getLabels().getType();
  Type i32 = b.getI32Type(), i64 = b.getI64Type();
  Expr narrow(b, loc, op.getLabels());
  Expr label = narrow.make<CastOp>(type.clone(i64), Value(narrow));
  auto isAt = [](Predicate p, Expr l, Expr r) {
    return l.make<CompareOp>(p, l, r);
  };
  auto both = [](Expr l, Expr r) { return l.make<AndOp>(l, r); };
  double classes = static_cast<double>(logits.getDimSize(1));
  Expr inside = both(label >= 0.0, label < classes);
  // Not by splat: a double does not hold every i64.
  Attribute index = b.getI64IntegerAttr(op.getIgnoreIndex());
  Expr ignored = label.make<ConstantOp>(
      cast<ElementsAttr>(DenseElementsAttr::get(label.type(), index)));
  Expr kept = isAt(Predicate::NE, label, ignored);
  takesPart = both(inside, kept);
  bad = both(kept, inside.make<NotOp>(Value(inside)));

  // Narrower numbers than i64 for the many comparisons; -1 is no class.
  Expr at = select(inside, label, -1.0);
  at = at.make<CastOp>(type.clone(i32), Value(at));
  Expr which = at.make<IotaOp>(logits.clone(i32), 1);
  hit = isAt(Predicate::EQ, which, spread(at, logits, 1));

  Expr ones = takesPart.make<CastOp>(type.clone(i64), Value(takesPart));
  Expr count = fold<ReduceSumOp>(ones, allDims(type));
  valid = count.make<CastOp>(scalarOf(logits), Value(count));
  divisor = max(valid, 1.0);
}

//===----------------------------------------------------------------------===//
// Cross entropy
//===----------------------------------------------------------------------===//

SmallVector<Value> CrossEntropyOp::decompose(OpBuilder &b) {
  Location loc = getLoc();
  Labels labels(*this, b);
  Expr x(b, loc, getLogits());
  Expr logs = x.make<LogSoftmaxOp>(x.type(), Value(x), 1);
  Expr own = fold<ReduceSumOp>(select(labels.hit, logs, 0.0), 1);
  Expr taken = select(labels.takesPart, own, 0.0);
  Expr loss = (0.0 - sumOfAll(taken)) / labels.divisor;

  // The first bad one: the least index, or the number of labels for none.
  auto flat = RankedTensorType::get({getLabels().getType().getNumElements()},
                                    b.getI64Type());
  Expr bad =
      labels.bad.make<ReshapeOp>(flat.clone(b.getI1Type()), Value(labels.bad));
  Expr position = bad.make<IotaOp>(flat, 0);
  double none = static_cast<double>(flat.getNumElements());
  Expr first = fold<ReduceMinOp>(select(bad, position, none), 0);
  return {loss, labels.valid, select(first < none, first, -1.0)};
}

SmallVector<Value> CrossEntropyOp::buildVJP(OpBuilder &b,
                                            ValueRange cotangents) {
  // The number of labels does not depend on the logits.
  if (!cotangents[0])
    return {Value(), Value()};
  Labels labels(*this, b);
  Expr x(b, getLoc(), getLogits()), dy(b, getLoc(), cotangents[0]);
  RankedTensorType type = x.type();
  Expr p = x.make<SoftmaxOp>(type, Value(x), 1);
  Expr onehot = x.make<CastOp>(type, Value(labels.hit));
  Expr scale = spread(dy / labels.divisor, type, allDims(type));
  return {select(spread(labels.takesPart, type, 1), (p - onehot) * scale, 0.0),
          Value()};
}

SmallVector<Value> SoftCrossEntropyOp::decompose(OpBuilder &b) {
  Expr x(b, getLoc(), getLogits()), t(b, getLoc(), getTargets());
  Expr logs = x.make<LogSoftmaxOp>(x.type(), Value(x), 1);
  Expr perRow = fold<ReduceSumOp>(t * logs, 1);
  return {(0.0 - sumOfAll(perRow)) /
          static_cast<double>(perRow.type().getNumElements())};
}

//===----------------------------------------------------------------------===//
// Element by element
//===----------------------------------------------------------------------===//

SmallVector<Value> MSEOp::decompose(OpBuilder &b) {
  Expr d = Expr(b, getLoc(), getX()) - Expr(b, getLoc(), getTarget());
  return {meanOfAll(d * d)};
}

SmallVector<Value> BinaryCrossEntropyOp::decompose(OpBuilder &b) {
  Expr x(b, getLoc(), getLogits()), t(b, getLoc(), getTargets());
  return {meanOfAll(softplus(x) - x * t)};
}
