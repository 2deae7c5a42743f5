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

LogicalResult MaxPoolIndexOp::inferReturnTypes(MLIRContext *context,
                                               std::optional<Location> loc,
                                               Adaptor a,
                                               SmallVectorImpl<Type> &types) {
  if (failed(inferPool(loc, a, types)))
    return failure();
  int64_t taps = 1;
  for (int64_t extent : a.getWindow())
    if (llvm::MulOverflow(taps, extent, taps) || taps > INT32_MAX)
      return emitOptionalError(loc, "window has more than 2^31 - 1 taps");
  types.back() =
      cast<RankedTensorType>(types.back()).clone(IntegerType::get(context, 32));
  return success();
}

LogicalResult UnpoolOp::verify() {
  auto y = getType(), dy = cast<RankedTensorType>(getDy().getType());
  int64_t rank = y.getRank(), spatial = rank - 2,
          first = getLayout() == Layout::ChannelsLast ? 1 : 2;
  if (spatial < 1 || spatial > 3)
    return emitOpError("result must have rank 3 to 5, not ") << rank;
  FailureOr<SmallVector<int64_t>> out = windowExtents(
      getLoc(), y.getShape().slice(first, spatial),
      {getWindow(), getStrides(), getLow(), getHigh(), getDilations()});
  if (failed(out))
    return failure();
  SmallVector<int64_t> shape(y.getShape());
  llvm::copy(*out, shape.begin() + first);
  if (dy.getShape() != ArrayRef<int64_t>(shape))
    return emitOpError("dy must have the type of the pool's result, ")
           << y.clone(shape);
  if (getIndex() &&
      cast<RankedTensorType>(getIndex().getType()).getShape() != dy.getShape())
    return emitOpError("index must have the shape of dy");
  return success();
}

SmallVector<Value> MaxPoolOp::buildVJP(OpBuilder &b, ValueRange cotangents) {
  if (!cotangents[0])
    return {Value()};
  Value index =
      MaxPoolIndexOp::create(b, getLoc(), getX(), getLayout(), getWindow(),
                             getStrides(), getLow(), getHigh(), getDilations());
  return {UnpoolOp::create(b, getLoc(), getX().getType(), cotangents[0], index,
                           getLayout(), getWindow(), getStrides(), getLow(),
                           getHigh(), getDilations())};
}

/// How many taps avg_pool divides by, at each position along dimension d.
static SmallVector<int64_t> tapCounts(AvgPoolOp op, int64_t d, int64_t extent,
                                      int64_t out) {
  int64_t below = 0, end = extent;
  if (op.getCountPad()) {
    below = -op.getLow()[d];
    end += op.getCountedHigh() ? (*op.getCountedHigh())[d] : op.getHigh()[d];
  }
  SmallVector<int64_t> counts(out, 0);
  for (int64_t o = 0; o < out; ++o)
    for (int64_t t = 0; t < op.getWindow()[d]; ++t) {
      int64_t i =
          o * op.getStrides()[d] - op.getLow()[d] + t * op.getDilations()[d];
      counts[o] += i >= below && i < end;
    }
  return counts;
}

SmallVector<Value> AvgPoolOp::buildVJP(OpBuilder &b, ValueRange cotangents) {
  if (!cotangents[0])
    return {Value()};
  auto x = cast<RankedTensorType>(getX().getType());
  auto type = cast<RankedTensorType>(getType());
  int64_t first = getLayout() == Layout::ChannelsLast ? 1 : 2;
  // Row-major over the spatial dimensions.
  SmallVector<int64_t> products = {1}, dims, shape;
  for (int64_t d = 0; d < x.getRank() - 2; ++d) {
    SmallVector<int64_t> outer = std::move(products);
    products.clear();
    SmallVector<int64_t> counts = tapCounts(*this, d, x.getDimSize(first + d),
                                            type.getDimSize(first + d));
    for (int64_t a : outer)
      for (int64_t c : counts)
        products.push_back(a * c);
    dims.push_back(first + d);
    shape.push_back(type.getDimSize(first + d));
  }
  Expr dy(b, getLoc(), cotangents[0]);
  Value scaled;
  if (llvm::all_equal(products)) {
    scaled = dy / double(products.front());
  } else {
    auto element = cast<FloatType>(type.getElementType());
    auto values = llvm::map_to_vector(products, [&](int64_t n) -> Attribute {
      return b.getFloatAttr(element, double(n));
    });
    auto perPosition = type.clone(shape);
    Value counts = ConstantOp::create(
        b, getLoc(), perPosition,
        cast<ElementsAttr>(DenseElementsAttr::get(perPosition, values)));
    scaled = dy / dy.make<BroadcastOp>(type, counts, dims);
  }
  return {UnpoolOp::create(b, getLoc(), x, scaled, Value(), getLayout(),
                           getWindow(), getStrides(), getLow(), getHigh(),
                           getDilations())};
}

/// Tap by tap: what each reads, where the index says that it was read.
SmallVector<Value> UnpoolOp::buildVJP(OpBuilder &b, ValueRange cotangents) {
  SmallVector<Value> result((*this)->getNumOperands());
  if (!cotangents[0])
    return result;
  Location loc = getLoc();
  auto x = getType();
  auto pooled = cast<RankedTensorType>(getDy().getType());
  int64_t rank = x.getRank(), spatial = rank - 2,
          first = getLayout() == Layout::ChannelsLast ? 1 : 2, taps = 1;
  SmallVector<int64_t> low(rank, 0), high(rank, 0), none(rank, 0),
      strides(rank, 1);
  for (int64_t d = 0; d < spatial; ++d) {
    int64_t reach = (pooled.getDimSize(first + d) - 1) * getStrides()[d] +
                    (getWindow()[d] - 1) * getDilations()[d] + 1;
    low[first + d] = getLow()[d];
    high[first + d] =
        std::max<int64_t>(reach - getLow()[d] - x.getDimSize(first + d), 0);
    strides[first + d] = getStrides()[d];
    taps *= getWindow()[d];
  }
  Value whole = padOrCut(b, loc, cotangents[0], low, high, none), sum;
  for (int64_t t = 0; t < taps; ++t) {
    SmallVector<int64_t> starts(rank, 0);
    for (int64_t d = spatial, rest = t; d-- > 0; rest /= getWindow()[d])
      starts[first + d] = rest % getWindow()[d] * getDilations()[d];
    Expr read(
        b, loc,
        SliceOp::create(b, loc, whole, starts, pooled.getShape(), strides));
    if (getIndex()) {
      Value tap = ConstantOp::splat(
          b, loc, cast<RankedTensorType>(getIndex().getType()), double(t));
      Value here = CompareOp::create(b, loc, Predicate::EQ, getIndex(), tap);
      read = select(Expr(b, loc, here), read, 0.0);
    }
    sum = sum ? Value(Expr(b, loc, sum) + read) : Value(read);
  }
  result[0] = sum;
  return result;
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
