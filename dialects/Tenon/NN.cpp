//===-- NN.cpp - pools, softmax, normalisation, activations ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/NN.h"
#include "dialects/Tenon/Expr.h"
#include "dialects/Tenon/Reduce.h"
#include "dialects/Tenon/Window.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace tenon;

#define GET_OP_CLASSES
#include "dialects/Tenon/NN.cpp.inc"

//===----------------------------------------------------------------------===//
// Pools
//===----------------------------------------------------------------------===//

template <class Adaptor>
static LogicalResult inferPool(std::optional<Location> loc, Adaptor a,
                               SmallVectorImpl<Type> &types) {
  auto x = cast<RankedTensorType>(a.getX().getType());
  int64_t spatial = x.getRank() - 2;
  if (spatial < 1 || spatial > 3)
    return emitOptionalError(loc, "operand must have rank 3 to 5, not ",
                             x.getRank());
  int64_t first = a.getLayout() == Layout::ChannelsLast ? 1 : 2;
  FailureOr<SmallVector<int64_t>> out =
      windowExtents(loc, x.getShape().slice(first, spatial),
                    {a.getWindow(), a.getStrides(), a.getLow(), a.getHigh(),
                     a.getDilations()});
  if (failed(out))
    return failure();
  SmallVector<int64_t> shape(x.getShape());
  llvm::copy(*out, shape.begin() + first);
  types.push_back(x.clone(shape));
  return success();
}

LogicalResult MaxPoolOp::inferReturnTypes(MLIRContext *,
                                          std::optional<Location> loc,
                                          Adaptor a,
                                          SmallVectorImpl<Type> &types) {
  return inferPool(loc, a, types);
}
LogicalResult AvgPoolOp::inferReturnTypes(MLIRContext *,
                                          std::optional<Location> loc,
                                          Adaptor a,
                                          SmallVectorImpl<Type> &types) {
  if (a.getCountedHigh() && a.getCountedHigh()->size() != a.getHigh().size())
    return emitOptionalError(
        loc, "counted_high needs one entry per spatial dimension");
  return inferPool(loc, a, types);
}

//===----------------------------------------------------------------------===//
// Softmax
//===----------------------------------------------------------------------===//

template <class Op>
static LogicalResult verifyAxis(Op op) {
  if (op.getAxis() >= static_cast<uint64_t>(op.getType().getRank()))
    return op.emitOpError("axis is outside the rank");
  return success();
}
LogicalResult SoftmaxOp::verify() { return verifyAxis(*this); }
LogicalResult LogSoftmaxOp::verify() { return verifyAxis(*this); }

/// A reduction over `axis`, repeated along it again.
template <class Reduce>
static Expr foldAlong(Expr x, OpBuilder &b, Location loc, int64_t axis) {
  Value folded = Reduce::create(b, loc, x, ArrayRef<int64_t>{axis});
  SmallVector<int64_t> kept;
  for (int64_t d = 0; d < x.type().getRank(); ++d)
    if (d != axis)
      kept.push_back(d);
  return x.make<BroadcastOp>(x.type(), folded, kept);
}

SmallVector<Value> SoftmaxOp::decompose(OpBuilder &b) {
  Expr x(b, getLoc(), getX());
  int64_t axis = getAxis();
  Expr e = exp(x - foldAlong<ReduceMaxOp>(x, b, getLoc(), axis));
  return {e / foldAlong<ReduceSumOp>(e, b, getLoc(), axis)};
}

SmallVector<Value> LogSoftmaxOp::decompose(OpBuilder &b) {
  Expr x(b, getLoc(), getX());
  int64_t axis = getAxis();
  Expr shifted = x - foldAlong<ReduceMaxOp>(x, b, getLoc(), axis);
  return {shifted -
          log(foldAlong<ReduceSumOp>(exp(shifted), b, getLoc(), axis))};
}

//===----------------------------------------------------------------------===//
// Batch norm
//===----------------------------------------------------------------------===//

LogicalResult BatchNormOp::verify() {
  auto x = getX().getType();
  if (x.getRank() < 2)
    return emitOpError("operand needs a channel dimension (dimension 1)");
  auto expected = RankedTensorType::get({x.getDimSize(1)}, x.getElementType());
  for (Value v : getOperands().drop_front())
    if (v.getType() != expected)
      return emitOpError("scale, bias, mean and variance must be ") << expected;
  return success();
}

SmallVector<Value> BatchNormOp::decompose(OpBuilder &b) {
  Location loc = getLoc();
  Expr x(b, loc, getX()), scale(b, loc, getScale()), bias(b, loc, getBias());
  Expr mean(b, loc, getMean()), variance(b, loc, getVariance());
  Expr s = scale / sqrt(variance + getEpsilon().convertToDouble());
  Expr shift = bias - mean * s;
  auto perChannel = [&](Expr v) {
    return x.make<BroadcastOp>(x.type(), Value(v), ArrayRef<int64_t>{1});
  };
  return {x * perChannel(s) + perChannel(shift)};
}
