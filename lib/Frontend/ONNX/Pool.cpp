//===-- Pool.cpp - MaxPool, AveragePool, LpPool, global pools -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Linear.h"
#include "dialects/Tenon/NN.h"
#include "dialects/Tenon/Reduce.h"
#include "lib/Frontend/ONNX/Windows.h"

using namespace mlir;
using namespace tenon;
using namespace tenon::onnx;

static LogicalResult importMaxPool(NodeImporter &n) {
  Value x = n.input(0);
  FailureOr<Windows> w = readWindows(n, spatial(n, x), std::nullopt);
  if (failed(w))
    return failure();
  return n.yield(n.make<MaxPoolOp>(x, Layout::ChannelsFirst, w->kernel,
                                   w->strides, w->low, w->high, w->dilations));
}

static LogicalResult importAveragePool(NodeImporter &n) {
  Value x = n.input(0);
  FailureOr<Windows> w = readWindows(n, spatial(n, x), std::nullopt);
  if (failed(w))
    return failure();
  // What ceil_mode adds at the end is no padding that counts.
  bool counted = n.integer("count_include_pad", 0);
  DenseI64ArrayAttr high;
  if (counted && w->high != w->declaredHigh)
    high = n.b.getDenseI64ArrayAttr(w->declaredHigh);
  return n.yield(n.make<AvgPoolOp>(x, Layout::ChannelsFirst, w->kernel,
                                   w->strides, w->low, w->high, w->dilations,
                                   counted, high));
}

static SmallVector<int64_t> pooledShape(NodeImporter &n, Value x) {
  SmallVector<int64_t> shape(n.shape(x).take_front(2));
  shape.resize(n.rank(x), 1);
  return shape;
}

/// All dimensions after the channels.
static FailureOr<SmallVector<int64_t>> spatialDims(NodeImporter &n) {
  if (n.rank(n.input(0)) < 3)
    return n.invalid("its input must have at least one spatial dimension");
  SmallVector<int64_t> dims;
  for (int64_t d = 2; d < n.rank(n.input(0)); ++d)
    dims.push_back(d);
  return dims;
}

static LogicalResult importGlobalAveragePool(NodeImporter &n) {
  Value x = n.input(0);
  FailureOr<SmallVector<int64_t>> dims = spatialDims(n);
  if (failed(dims))
    return failure();
  double count = 1;
  for (int64_t extent : spatial(n, x))
    count *= extent;
  Value sum = n.make<ReduceSumOp>(x, *dims);
  if (!sum)
    return failure();
  return n.yield(n.reshape(n.expr(sum) / count, pooledShape(n, x)));
}

static LogicalResult importGlobalMaxPool(NodeImporter &n) {
  Value x = n.input(0);
  FailureOr<SmallVector<int64_t>> dims = spatialDims(n);
  if (failed(dims))
    return failure();
  return n.yield(n.reshape(n.make<ReduceMaxOp>(x, *dims), pooledShape(n, x)));
}

/// |x|^p; the two usual exponents need no power function.
static Value powered(NodeImporter &n, Value x, double p) {
  if (p == 2)
    return n.make<MulOp>(x, x);
  Value a = n.make<AbsOp>(x);
  return p == 1 ? a : Value(pow(n.expr(a), p));
}
static Value rooted(NodeImporter &n, Value y, double p) {
  if (!y || p == 1)
    return y;
  return p == 2 ? n.make<SqrtOp>(y) : Value(pow(n.expr(y), 1 / p));
}

static LogicalResult importGlobalLpPool(NodeImporter &n) {
  Value x = n.input(0);
  double p = n.opset < 2 ? n.number("p", 2) : n.integer("p", 2);
  FailureOr<SmallVector<int64_t>> dims = spatialDims(n);
  if (failed(dims))
    return failure();
  Value sum = n.make<ReduceSumOp>(powered(n, x, p), *dims);
  return n.yield(n.reshape(rooted(n, sum, p), pooledShape(n, x)));
}

/// The sum over a window is a convolution of each channel with ones.
static LogicalResult importLpPool(NodeImporter &n) {
  Value x = n.input(0);
  double p = n.opset < 2 ? n.number("p", 2) : n.integer("p", 2);
  FailureOr<Windows> w = readWindows(n, spatial(n, x), std::nullopt);
  if (failed(w))
    return failure();
  int64_t channels = n.shape(x)[1];
  SmallVector<int64_t> filter = {channels, 1};
  llvm::append_range(filter, w->kernel);
  if (channels < 1 || !problemOf(filter, n.elementType(x)).empty())
    return n.invalid("its window is too large");
  Value ones = n.splat(n.type(x).clone(filter), 1);
  Value sum =
      n.make<ConvOp>(powered(n, x, p), ones, Layout::ChannelsFirst, w->strides,
                     w->low, w->high, w->dilations, channels);
  return n.yield(rooted(n, sum, p));
}

static const Row rows[] = {
    {"MaxPool", 1, 1, 1, importMaxPool, Elements::Number},
    {"AveragePool", 1, 1, 1, importAveragePool, Elements::Float},
    {"LpPool", 1, 1, 1, importLpPool, Elements::Float},
    {"GlobalAveragePool", 1, 1, 1, importGlobalAveragePool, Elements::Float},
    {"GlobalMaxPool", 1, 1, 1, importGlobalMaxPool, Elements::Number},
    {"GlobalLpPool", 1, 1, 1, importGlobalLpPool, Elements::Float},
};

ArrayRef<Row> tenon::onnx::poolRows() { return rows; }
