//===-- NN.cpp - pools, softmax, normalisation, activations ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/NN.h"
#include "dialects/Tenon/Draw.h"
#include "dialects/Tenon/Fold.h"
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
  return inferPool(loc, a, types);
}
LogicalResult AvgPoolOp::verify() {
  if (getCountedHigh() && getCountedHigh()->size() != getHigh().size())
    return emitOpError("counted_high needs one entry per spatial dimension");
  return success();
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

SmallVector<Value> SoftmaxOp::decompose(OpBuilder &b) {
  Expr x(b, getLoc(), getX());
  Expr e = exp(x - foldAlong<ReduceMaxOp>(x, getAxis()));
  return {e / foldAlong<ReduceSumOp>(e, getAxis())};
}

SmallVector<Value> SoftmaxOp::buildVJP(OpBuilder &b, ValueRange cotangents) {
  if (!cotangents[0])
    return {Value()};
  Expr y(b, getLoc(), getY()), dy(b, getLoc(), cotangents[0]);
  return {y * (dy - foldAlong<ReduceSumOp>(dy * y, getAxis()))};
}

SmallVector<Value> LogSoftmaxOp::decompose(OpBuilder &b) {
  Expr x(b, getLoc(), getX());
  Expr shifted = x - foldAlong<ReduceMaxOp>(x, getAxis());
  return {shifted - log(foldAlong<ReduceSumOp>(exp(shifted), getAxis()))};
}

SmallVector<Value> LogSoftmaxOp::buildVJP(OpBuilder &b, ValueRange cotangents) {
  if (!cotangents[0])
    return {Value()};
  Expr y(b, getLoc(), getY()), dy(b, getLoc(), cotangents[0]);
  Expr sum = foldAlong<ReduceSumOp>(dy, getAxis());
  return {dy - exp(y) * sum};
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

//===----------------------------------------------------------------------===//
// Batch norm by the batch's statistics
//===----------------------------------------------------------------------===//

LogicalResult BatchNormTrainOp::inferReturnTypes(MLIRContext *,
                                                 std::optional<Location> loc,
                                                 Adaptor a,
                                                 SmallVectorImpl<Type> &types) {
  auto x = cast<RankedTensorType>(a.getX().getType());
  if (x.getRank() < 2)
    return emitOptionalError(loc,
                             "operand needs a channel dimension (dimension 1)");
  auto channels = RankedTensorType::get({x.getDimSize(1)}, x.getElementType());
  for (Value v : {a.getScale(), a.getBias()})
    if (v.getType() != channels)
      return emitOptionalError(loc, "scale and bias must be ", channels);
  types.append({x, channels, channels});
  return success();
}

/// The sum over all dimensions but 1. Sums over space first are many
/// independent ones, each over elements that lie together.
static Expr sumPerChannel(Expr x) {
  RankedTensorType type = x.type();
  SmallVector<int64_t> space;
  for (int64_t d = 2; d < type.getRank(); ++d)
    space.push_back(d);
  if (ShapedType::getNumElements(type.getShape().drop_front(2)) >= 16)
    return fold<ReduceSumOp>(fold<ReduceSumOp>(x, space), 0);
  space.insert(space.begin(), 0);
  return fold<ReduceSumOp>(x, space);
}

/// A value per channel, for every element of a tensor like x.
static Expr perChannel(Expr v, Expr x) {
  return v.make<BroadcastOp>(x.type(), Value(v), ArrayRef<int64_t>{1});
}

/// How many elements a channel has.
static double perChannelCount(RankedTensorType type) {
  return static_cast<double>(type.getNumElements()) /
         static_cast<double>(type.getDimSize(1));
}

SmallVector<Value> BatchNormTrainOp::decompose(OpBuilder &b) {
  Location loc = getLoc();
  Expr x(b, loc, getX()), scale(b, loc, getScale()), bias(b, loc, getBias());
  double count = perChannelCount(x.type());
  Expr mean = sumPerChannel(x) / count;
  Expr centred = x - perChannel(mean, x);
  Expr variance = sumPerChannel(centred * centred) / count;
  Expr inverse =
      scale.make<RsqrtOp>(Value(variance + getEpsilon().convertToDouble()));
  Expr s = scale * inverse;
  Expr y = x * perChannel(s, x) + perChannel(bias - mean * s, x);
  return {y, mean, variance};
}

// With n elements a channel, r = 1 / sqrt(variance + epsilon) and X = (x -
// mean) r:
//   dbias = sum dy,  dscale = sum dy X,
//   dx = scale r (dy - dbias / n - X dscale / n).
// Sums take -X, and dx is (dy + (x p + q)) a: an x - mean of its own would be
// the forward one, and that kept for this.
SmallVector<Value> BatchNormTrainOp::buildVJP(OpBuilder &b,
                                              ValueRange cotangents) {
  if (cotangents[1] || cotangents[2]) {
    emitOpError("has a gradient of its first result only; the loss depends on "
                "its mean or variance");
    return {};
  }
  if (!cotangents[0])
    return {Value(), Value(), Value()};
  Location loc = getLoc();
  Expr x(b, loc, getX()), scale(b, loc, getScale()), dy(b, loc, cotangents[0]);
  Expr mean(b, loc, getMean()), variance(b, loc, getVariance());
  double count = perChannelCount(x.type());
  Expr inverse =
      scale.make<RsqrtOp>(Value(variance + getEpsilon().convertToDouble()));
  Expr dbias = sumPerChannel(dy);
  Expr dscale = -(sumPerChannel(dy * (perChannel(mean, x) - x)) * inverse);
  Expr p = -(inverse * dscale / count);
  Expr q = -(dbias / count + mean * p);
  Expr dx = (dy + (x * perChannel(p, x) + perChannel(q, x))) *
            perChannel(scale * inverse, x);
  return {dx, dscale, dbias};
}

//===----------------------------------------------------------------------===//
// Dropout
//===----------------------------------------------------------------------===//

template <class Op>
static LogicalResult verifyRatio(Op op) {
  double ratio = op.getRatio().convertToDouble();
  if (!(ratio >= 0 && ratio <= 1))
    return op.emitOpError("ratio must lie in [0, 1]");
  return success();
}
LogicalResult DropoutOp::verify() { return verifyRatio(*this); }
LogicalResult DropoutTrainOp::verify() { return verifyRatio(*this); }

SmallVector<Value> DropoutOp::decompose(OpBuilder &) { return {getX()}; }

static Expr dropped(DropoutTrainOp op, OpBuilder &b, Value from, bool replay) {
  double ratio = op.getRatio().convertToDouble();
  Expr x(b, op.getLoc(), from);
  Expr drop = drawBernoulli(b, op.getLoc(), op.getKey(), x.type().getShape(),
                            ratio, replay);
  // Of nothing that is kept the scale does not matter.
  double scale = ratio < 1 ? 1 / (1 - ratio) : 0;
  return select(drop, 0.0, x * scale);
}

SmallVector<Value> DropoutTrainOp::decompose(OpBuilder &b) {
  return {dropped(*this, b, getX(), false)};
}

SmallVector<Value> DropoutTrainOp::buildVJP(OpBuilder &b,
                                            ValueRange cotangents) {
  if (!cotangents[0])
    return {Value(), Value()};
  return {dropped(*this, b, cotangents[0], true), Value()};
}
