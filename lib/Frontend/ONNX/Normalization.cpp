//===-- Normalization.cpp - softmax, batch, layer, group norm, ... --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Linear.h"
#include "dialects/Tenon/NN.h"
#include "dialects/Tenon/Reduce.h"
#include "lib/Frontend/ONNX/NodeImporter.h"

#include <numeric>

using namespace mlir;
using namespace tenon;
using namespace tenon::onnx;

using Ints = SmallVector<int64_t>;

//===----------------------------------------------------------------------===//
// Softmax and its kind
//===----------------------------------------------------------------------===//

/// Applies `body(x, axis)`. Opset 12 and older see a matrix: the dimensions
/// before the axis, and the rest.
static LogicalResult alongAxis(NodeImporter &n,
                               function_ref<Value(Value, int64_t)> body) {
  Value x = n.input(0);
  int64_t rank = n.rank(x);
  if (rank == 0)
    return n.unsupported("scalar inputs are not supported");
  if (n.opset >= 13) {
    FailureOr<int64_t> axis = n.axis(n.integer("axis", -1), rank);
    return failed(axis) ? failure() : n.yield(body(x, *axis));
  }
  int64_t axis = n.integer("axis", 1);
  if (axis < -rank || axis > rank)
    return n.invalid("axis " + Twine(axis) + " is outside the rank " +
                     Twine(rank));
  if (axis < 0)
    axis += rank;
  Ints shape(n.shape(x));
  ArrayRef<int64_t> s = shape;
  Value matrix = n.reshape(
      x, {productOf(s.take_front(axis)), productOf(s.drop_front(axis))});
  return n.yield(n.reshape(body(matrix, 1), shape));
}

static LogicalResult importSoftmax(NodeImporter &n) {
  return alongAxis(
      n, [&](Value x, int64_t axis) { return n.make<SoftmaxOp>(x, axis); });
}

static LogicalResult importLogSoftmax(NodeImporter &n) {
  return alongAxis(
      n, [&](Value x, int64_t axis) { return n.make<LogSoftmaxOp>(x, axis); });
}

/// 1 at the first maximum along the axis, else 0.
static LogicalResult importHardmax(NodeImporter &n) {
  return alongAxis(n, [&](Value x, int64_t axis) -> Value {
    Ints kept;
    for (int64_t d = 0; d < n.rank(x); ++d)
      if (d != axis)
        kept.push_back(d);
    Value best = n.make<ArgMaxOp>(x, axis, false);
    auto index = mlir::RankedTensorType::get(n.shape(x), n.b.getI64Type());
    Value position = IotaOp::create(n.b, n.loc, index, axis);
    return n.cast(n.make<CompareOp>(Predicate::EQ, position,
                                    n.broadcastAlong(best, n.shape(x), kept)),
                  n.elementType(x));
  });
}

//===----------------------------------------------------------------------===//
// Normalization by the input's own statistics
//===----------------------------------------------------------------------===//

/// A mean over dimensions, and the same repeated to the input's shape.
struct Mean {
  Value folded, spread;
};
static Mean meanOver(NodeImporter &n, Value x, ArrayRef<int64_t> dims) {
  if (!x)
    return {};
  Ints kept;
  double count = 1;
  for (int64_t d = 0; d < n.rank(x); ++d) {
    if (llvm::is_contained(dims, d))
      count *= n.shape(x)[d];
    else
      kept.push_back(d);
  }
  Value sum = n.make<ReduceSumOp>(x, dims);
  if (!sum)
    return {};
  Value mean = n.expr(sum) / count;
  return {mean, n.broadcastAlong(mean, n.shape(x), kept)};
}

/// (x - mean) and 1 / sqrt(variance + epsilon), both over `dims`.
struct Standardized {
  Value centred, mean, inverse, spreadInverse;
};
static Standardized standardize(NodeImporter &n, Value x,
                                ArrayRef<int64_t> dims, double epsilon) {
  Mean mean = meanOver(n, x, dims);
  Value centred = n.make<SubOp>(x, mean.spread);
  Mean variance = meanOver(n, n.make<MulOp>(centred, centred), dims);
  if (!variance.spread)
    return {};
  auto inverse = [&](Value v) {
    return n.make<RsqrtOp>(Value(n.expr(v) + epsilon));
  };
  return {centred, mean.folded, inverse(variance.folded),
          inverse(variance.spread)};
}

static Ints dimsFrom(int64_t first, int64_t rank) {
  Ints dims(std::max<int64_t>(rank - first, 0));
  std::iota(dims.begin(), dims.end(), first);
  return dims;
}

/// Half floats are normalized in float32, as stash_type = 1 asks for.
static Value widened(NodeImporter &n, Value x) {
  return n.elementType(x).isF64() ? x : n.cast(x, n.b.getF32Type());
}

static LogicalResult importLayerNorm(NodeImporter &n) {
  Value x = n.input(0);
  FailureOr<int64_t> axis = n.axis(n.integer("axis", -1), n.rank(x));
  if (failed(axis))
    return failure();
  mlir::Type element = n.elementType(x);
  Value wide = widened(n, x);
  Standardized s = standardize(n, wide, dimsFrom(*axis, n.rank(x)),
                               n.number("epsilon", 1e-5));
  Value y = n.cast(n.make<MulOp>(s.centred, s.spreadInverse), element);
  if (!y)
    return failure();
  if (n.elementType(n.input(1)) != element ||
      (n.input(2) && n.elementType(n.input(2)) != element))
    return n.unsupported("scale and bias must have the input's element type");
  y = n.make<MulOp>(y, n.broadcast(n.input(1), n.shape(x)));
  if (n.input(2))
    y = n.make<AddOp>(y, n.broadcast(n.input(2), n.shape(x)));
  Ints folded(n.shape(x));
  std::fill(folded.begin() + *axis, folded.end(), 1);
  return n.yield({y, n.reshape(s.mean, folded), n.reshape(s.inverse, folded)});
}

static LogicalResult importRMSNorm(NodeImporter &n) {
  Value x = n.input(0);
  FailureOr<int64_t> axis = n.axis(n.integer("axis", -1), n.rank(x));
  if (failed(axis))
    return failure();
  mlir::Type element = n.elementType(x);
  Value wide = widened(n, x);
  Mean square =
      meanOver(n, n.make<MulOp>(wide, wide), dimsFrom(*axis, n.rank(x)));
  if (!square.spread)
    return failure();
  Value root =
      n.make<RsqrtOp>(Value(n.expr(square.spread) + n.number("epsilon", 1e-5)));
  Value y = n.cast(n.make<MulOp>(wide, root), element);
  if (n.elementType(n.input(1)) != element)
    return n.unsupported("the scale must have the input's element type");
  return n.yield(n.make<MulOp>(y, n.broadcast(n.input(1), n.shape(x))));
}

/// y = x * scale + bias, one value of each per channel.
static Value perChannel(NodeImporter &n, Value x, Value scale, Value bias) {
  if (!x)
    return {};
  auto expected = mlir::RankedTensorType::get(n.shape(x)[1], n.elementType(x));
  if (scale.getType() != expected || bias.getType() != expected) {
    (void)n.invalid("scale and bias must be " + describe(expected));
    return {};
  }
  return n.make<AddOp>(n.make<MulOp>(x, n.broadcastAlong(scale, n.shape(x), 1)),
                       n.broadcastAlong(bias, n.shape(x), 1));
}

static LogicalResult importInstanceNorm(NodeImporter &n) {
  Value x = n.input(0);
  if (n.rank(x) < 3)
    return n.invalid("its input must have at least one spatial dimension");
  Standardized s =
      standardize(n, x, dimsFrom(2, n.rank(x)), n.number("epsilon", 1e-5));
  Value y = n.make<MulOp>(s.centred, s.spreadInverse);
  return n.yield(perChannel(n, y, n.input(1), n.input(2)));
}

/// Opset 18 scales groups, opset 21 channels.
static LogicalResult importGroupNorm(NodeImporter &n) {
  Value x = n.input(0), scale = n.input(1), bias = n.input(2);
  int64_t groups = n.integer("num_groups", 0);
  if (n.rank(x) < 2 || groups < 1 || n.shape(x)[1] % groups)
    return n.invalid("its channels must divide into num_groups groups");
  mlir::Type element = n.elementType(x);
  int64_t channels = n.shape(x)[1], each = channels / groups;
  Ints shape(n.shape(x));
  Value grouped =
      n.reshape(x, {shape[0], groups,
                    each * productOf(ArrayRef<int64_t>(shape).drop_front(2))});
  Standardized s = standardize(n, n.opset < 21 ? grouped : widened(n, grouped),
                               {2}, n.number("epsilon", 1e-5));
  Value y = n.cast(n.make<MulOp>(s.centred, s.spreadInverse), element);
  if (n.opset < 21 && each != 1) {
    auto repeat = [&](Value v) {
      return n.rank(v) == 1 && n.shape(v)[0] == groups
                 ? n.reshape(n.broadcastAlong(v, {groups, each}, 0), channels)
                 : v;
    };
    scale = repeat(scale);
    bias = repeat(bias);
  }
  return n.yield(perChannel(n, n.reshape(y, shape), scale, bias));
}

static LogicalResult importMeanVariance(NodeImporter &n) {
  Value x = n.input(0);
  FailureOr<Ints> axes =
      n.axes(n.integers("axes").value_or(Ints{0, 2, 3}), n.rank(x));
  if (failed(axes))
    return failure();
  llvm::sort(*axes);
  Value centred = n.make<SubOp>(x, meanOver(n, x, *axes).spread);
  Value variance = meanOver(n, n.make<MulOp>(centred, centred), *axes).spread;
  Value deviation = n.make<SqrtOp>(variance);
  if (!deviation)
    return failure();
  return n.yield(n.expr(centred) / (n.expr(deviation) + 1e-9));
}

static LogicalResult importLpNorm(NodeImporter &n) {
  Value x = n.input(0);
  FailureOr<int64_t> axis = n.axis(n.integer("axis", -1), n.rank(x));
  int64_t p = n.integer("p", 2);
  if (failed(axis))
    return failure();
  if (p != 1 && p != 2)
    return n.invalid("p must be 1 or 2");
  Value sum = n.make<ReduceSumOp>(
      p == 1 ? n.make<AbsOp>(x) : n.make<MulOp>(x, x), *axis);
  Value norm = p == 1 ? sum : n.make<SqrtOp>(sum);
  Ints kept;
  for (int64_t d = 0; d < n.rank(x); ++d)
    if (d != *axis)
      kept.push_back(d);
  Value spread = n.broadcastAlong(norm, n.shape(x), kept);
  if (!spread)
    return failure();
  // A slice of zeros stays zeros.
  Expr s = n.expr(spread), quotient = n.expr(x) / s;
  return n.yield(select(s > 0.0, quotient, 0.0));
}

//===----------------------------------------------------------------------===//
// Normalization by stored statistics, and across channels
//===----------------------------------------------------------------------===//

static LogicalResult importBatchNorm(NodeImporter &n) {
  Value x = n.input(0);
  if (n.opset < 7 ? !n.integer("is_test", 0)
                  : n.opset >= 14 && n.integer("training_mode", 0))
    return n.unsupported("training mode is not supported",
                         "export the model for inference");
  if (n.opset < 9 && !n.integer("spatial", 1))
    return n.unsupported("spatial = 0 is not supported");
  // From opset 15 the statistics may be wider than the input.
  mlir::Type element = n.elementType(x), compute = element;
  for (unsigned i = 1; i < 5; ++i)
    if (n.elementType(n.input(i)).getIntOrFloatBitWidth() >
        compute.getIntOrFloatBitWidth())
      compute = n.elementType(n.input(i));
  Value s[5];
  for (unsigned i = 0; i < 5; ++i)
    s[i] = n.cast(n.input(i), compute);
  llvm::APFloat epsilon(n.number("epsilon", 1e-5));
  return n.yield(n.cast(
      n.make<BatchNormOp>(s[0], s[1], s[2], s[3], s[4], epsilon), element));
}

/// x / (bias + alpha / size * sum of squares over neighbouring channels)^beta;
/// the sum is a convolution along the channels with ones.
static LogicalResult importLRN(NodeImporter &n) {
  Value x = n.input(0);
  int64_t size = n.integer("size", 0);
  if (n.rank(x) < 2 || size < 1 || size > (int64_t(1) << 20))
    return n.invalid("its input needs channels and its size must be positive");
  Ints shape(n.shape(x));
  int64_t inner = productOf(ArrayRef<int64_t>(shape).drop_front(2));
  Value squares =
      n.reshape(n.make<MulOp>(x, x), {shape[0], 1, shape[1], inner});
  Value ones = n.splat(n.type(x).clone(Ints{1, 1, size, 1}), 1);
  Value sum =
      n.make<ConvOp>(squares, ones, Layout::ChannelsFirst, Ints{1, 1},
                     Ints{(size - 1) / 2, 0}, Ints{size / 2, 0}, Ints{1, 1}, 1);
  sum = n.reshape(sum, shape);
  if (!sum)
    return failure();
  Expr base =
      n.expr(sum) * (n.number("alpha", 1e-4) / size) + n.number("bias", 1);
  return n.yield(n.expr(x) / pow(base, n.number("beta", 0.75)));
}

static const Row rows[] = {
    {"Softmax", 1, 1, 1, importSoftmax, Elements::Float},
    {"LogSoftmax", 1, 1, 1, importLogSoftmax, Elements::Float},
    {"Hardmax", 1, 1, 1, importHardmax, Elements::Float},
    {"LayerNormalization", 17, 2, 3, importLayerNorm, Elements::Float},
    {"RMSNormalization", 23, 2, 2, importRMSNorm, Elements::Float},
    {"InstanceNormalization", 6, 3, 3, importInstanceNorm, Elements::Float},
    {"GroupNormalization", 18, 3, 3, importGroupNorm, Elements::Float},
    {"MeanVarianceNormalization", 9, 1, 1, importMeanVariance, Elements::Float},
    {"LpNormalization", 1, 1, 1, importLpNorm, Elements::Float},
    {"BatchNormalization", 1, 5, 5, importBatchNorm, Elements::Float},
    {"LRN", 1, 1, 1, importLRN, Elements::Float},
};

ArrayRef<Row> tenon::onnx::normalizationRows() { return rows; }
