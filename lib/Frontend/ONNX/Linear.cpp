//===-- Linear.cpp - Gemm, MatMul, Conv, ConvTranspose, integer forms -----===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Linear.h"
#include "lib/Frontend/ONNX/Windows.h"

using namespace mlir;
using namespace tenon;
using namespace tenon::onnx;

using Ints = SmallVector<int64_t>;

//===----------------------------------------------------------------------===//
// Matrices
//===----------------------------------------------------------------------===//

static LogicalResult importGemm(NodeImporter &n) {
  Value a = n.input(0), w = n.input(1), c = n.input(2);
  if (n.rank(a) != 2 || n.rank(w) != 2)
    return n.invalid("its first two inputs must be matrices");
  double alpha = n.number("alpha", 1), beta = n.number("beta", 1);
  if ((alpha != 1 || beta != 1) && !isa<FloatType>(n.elementType(a)))
    return n.unsupported(
        "alpha and beta other than 1 need floating-point inputs");
  if (n.integer("transA", 0))
    a = n.transpose(a, {1, 0});
  if (n.integer("transB", 0))
    w = n.transpose(w, {1, 0});
  Value y = n.make<MatmulOp>(a, w);
  if (!y)
    return failure();
  if (alpha != 1)
    y = n.expr(y) * alpha;
  if (c) {
    if (n.elementType(c) != n.elementType(y))
      return n.invalid("its inputs have different element types");
    if (beta != 1)
      c = n.expr(c) * beta;
    y = n.make<AddOp>(y, n.broadcast(c, n.shape(y)));
  }
  return n.yield(y);
}

/// NumPy's product: vectors become matrices for the time being, batches
/// broadcast.
static Value matmul(NodeImporter &n, Value a, Value c) {
  if (!a || !c)
    return {};
  if (n.rank(a) == 0 || n.rank(c) == 0 ||
      n.elementType(a) != n.elementType(c)) {
    (void)n.invalid(
        "its inputs must have one element type and at least one dimension");
    return {};
  }
  bool row = n.rank(a) == 1, column = n.rank(c) == 1;
  if (row)
    a = n.reshape(a, {1, n.shape(a)[0]});
  if (column)
    c = n.reshape(c, {n.shape(c)[0], 1});
  int64_t m = n.shape(a).drop_back().back(), k = n.shape(a).back();
  int64_t depth = n.shape(c).drop_back().back(), columns = n.shape(c).back();
  if (k != depth) {
    (void)n.invalid("its inner dimensions differ: " + Twine(k) + " and " +
                    Twine(depth));
    return {};
  }
  Ints batchA(n.shape(a).drop_back(2)), batchC(n.shape(c).drop_back(2)), batch;
  Value y;
  if (productOf(batchC) == 1 && batchC.size() <= batchA.size()) {
    // One matrix for all: the batch is more rows.
    batch = batchA;
    y = n.make<MatmulOp>(n.reshape(a, {productOf(batchA) * m, k}),
                         n.reshape(c, {k, columns}));
  } else {
    size_t rank = std::max(batchA.size(), batchC.size());
    batch.assign(rank, 1);
    auto at = [&](ArrayRef<int64_t> s, size_t i) {
      return i + s.size() < rank ? int64_t(1) : s[i + s.size() - rank];
    };
    for (size_t i = 0; i < rank; ++i) {
      int64_t l = at(batchA, i), r = at(batchC, i);
      if (l != r && l != 1 && r != 1) {
        (void)n.invalid("its batch dimensions do not broadcast");
        return {};
      }
      batch[i] = l == 1 ? r : l;
    }
    auto stack = [&](Value v) {
      Ints full(batch);
      llvm::append_range(full, n.shape(v).take_back(2));
      Value wide = n.broadcast(v, full);
      return wide ? n.reshape(wide,
                              {productOf(batch), full[rank], full[rank + 1]})
                  : Value();
    };
    y = n.make<MatmulOp>(stack(a), stack(c));
  }
  Ints shape(batch);
  if (!row)
    shape.push_back(m);
  if (!column)
    shape.push_back(columns);
  return n.reshape(y, shape);
}

static LogicalResult importMatMul(NodeImporter &n) {
  return n.yield(matmul(n, n.input(0), n.input(1)));
}

/// An 8-bit operand as int32, less its zero point: a scalar, or one value for
/// each extent of dimension `axis`.
static Value centred(NodeImporter &n, Value v, Value zero, int64_t axis) {
  mlir::Type wide = n.b.getI32Type();
  Value x = n.cast(v, wide);
  if (!zero)
    return x;
  zero = n.cast(zero, wide);
  if (n.type(zero).getNumElements() == 1)
    return n.make<SubOp>(x, n.broadcast(n.reshape(zero, {}), n.shape(x)));
  if (n.rank(zero) != 1 || axis < 0 || n.shape(zero)[0] != n.shape(x)[axis]) {
    (void)n.unsupported(
        "a zero point must be a scalar or have one value a row or column");
    return {};
  }
  return n.make<SubOp>(x, n.broadcastAlong(zero, n.shape(x), axis));
}

static LogicalResult importMatMulInteger(NodeImporter &n) {
  Value a = n.input(0), c = n.input(1);
  return n.yield(matmul(n, centred(n, a, n.input(2), n.rank(a) - 2),
                        centred(n, c, n.input(3), n.rank(c) - 1)));
}

//===----------------------------------------------------------------------===//
// Convolutions
//===----------------------------------------------------------------------===//

static Value convolve(NodeImporter &n, Value x, Value w) {
  if (!x || !w)
    return {};
  if (n.rank(x) < 3 || n.rank(x) != n.rank(w)) {
    (void)n.invalid("its input and filter must have one rank of at least 3");
    return {};
  }
  FailureOr<Windows> windows = readWindows(n, spatial(n, x), spatial(n, w));
  if (failed(windows))
    return {};
  return n.make<ConvOp>(x, w, Layout::ChannelsFirst, windows->strides,
                        windows->low, windows->high, windows->dilations,
                        n.integer("group", 1));
}

static Value addPerChannel(NodeImporter &n, Value y, Value bias) {
  if (!y || !bias)
    return y;
  if (n.rank(bias) != 1 || n.shape(bias)[0] != n.shape(y)[1] ||
      n.elementType(bias) != n.elementType(y)) {
    (void)n.invalid(
        "its bias must be " +
        describe(mlir::RankedTensorType::get(n.shape(y)[1], n.elementType(y))));
    return {};
  }
  return n.make<AddOp>(y, n.broadcastAlong(bias, n.shape(y), 1));
}

static LogicalResult importConv(NodeImporter &n) {
  return n.yield(
      addPerChannel(n, convolve(n, n.input(0), n.input(1)), n.input(2)));
}

static LogicalResult importConvInteger(NodeImporter &n) {
  return n.yield(convolve(n, centred(n, n.input(0), n.input(2), -1),
                          centred(n, n.input(1), n.input(3), 0)));
}

static LogicalResult importConvTranspose(NodeImporter &n) {
  Value x = n.input(0), w = n.input(1);
  int64_t rank = n.rank(x), groups = n.integer("group", 1);
  if (rank < 3 || n.rank(w) != rank || n.shape(w)[0] != n.shape(x)[1])
    return n.invalid("its input and filter must have one rank of at least 3 "
                     "and agree in channels");
  if (n.elementType(x) != n.elementType(w))
    return n.invalid("its input and filter have different element types");
  if (groups < 1 || n.shape(w)[0] % groups)
    return n.invalid("its channels do not divide into " + Twine(groups) +
                     " groups");
  FailureOr<Windows> windows = readWindows(n, spatial(n, x), spatial(n, w));
  if (failed(windows))
    return failure();
  size_t count = rank - 2;
  Ints extra = n.integers("output_padding").value_or(Ints(count, 0));
  std::optional<Ints> wanted = n.integers("output_shape");
  if (extra.size() != count || (wanted && wanted->size() != count))
    return n.invalid(
        "output_padding or output_shape do not fit its spatial dimensions");
  constexpr int64_t limit = int64_t(1) << 30;
  for (int64_t extent : wanted.value_or(Ints()))
    if (extent < 1 || extent > limit)
      return n.invalid("output_shape must be positive");
  for (int64_t extent : extra)
    if (extent < 0 || extent > limit)
      return n.invalid("output_padding must not be negative");
  llvm::StringRef automatic = n.string("auto_pad", "NOTSET");
  bool same = automatic == "SAME_UPPER" || automatic == "SAME_LOWER";

  Ints low, shape = {n.shape(x)[0], n.shape(w)[1] * groups};
  for (size_t d = 0; d < count; ++d) {
    int64_t extent = spatial(n, x)[d], stride = windows->strides[d];
    if (extent < 1)
      return n.unsupported("empty inputs are not supported");
    int64_t full = (extent - 1) * stride + extra[d] + 1 +
                   windows->dilations[d] * (spatial(n, w)[d] - 1);
    int64_t cut = windows->low[d],
            target = full - cut - windows->declaredHigh[d];
    if (wanted || same) {
      // The missing elements, where the output is larger, come at the end.
      target = wanted ? (*wanted)[d] : extent * stride;
      int64_t total = std::max<int64_t>(full - target, 0);
      cut = automatic == "SAME_UPPER" ? total / 2 : total - total / 2;
    }
    if (target < 1)
      return n.invalid("its pads leave nothing of the output");
    if (target > limit)
      return n.invalid("its output is too large");
    low.push_back(cut);
    shape.push_back(target);
  }
  if (!problemOf(shape, n.elementType(x)).empty())
    return n.invalid("its output is too large");
  Value y = n.make<ConvTransposeOp>(n.type(x).clone(shape), x, w,
                                    Layout::ChannelsFirst, windows->strides,
                                    low, windows->dilations, groups);
  return n.yield(addPerChannel(n, y, n.input(2)));
}

static const Row rows[] = {
    {"Gemm", 1, 2, 3, importGemm, Elements::Number},
    {"MatMul", 1, 2, 2, importMatMul, Elements::Number},
    {"MatMulInteger", 10, 2, 4, importMatMulInteger, Elements::Number},
    {"Conv", 1, 2, 3, importConv, Elements::Number},
    {"ConvInteger", 10, 2, 4, importConvInteger, Elements::Number},
    {"ConvTranspose", 1, 2, 3, importConvTranspose, Elements::Number},
};

ArrayRef<Row> tenon::onnx::linearRows() { return rows; }
