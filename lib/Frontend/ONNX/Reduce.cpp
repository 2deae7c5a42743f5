//===-- Reduce.cpp - ReduceX, ArgMax, ArgMin ------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Reduce.h"
#include "dialects/Tenon/Elementwise.h"
#include "lib/Frontend/ONNX/NodeImporter.h"

#include <numeric>

using namespace mlir;
using namespace tenon;
using namespace tenon::onnx;

/// The dimensions to reduce, ascending. None where the node is an identity:
/// noop_with_empty_axes and no axes.
static FailureOr<std::optional<SmallVector<int64_t>>>
reducedDims(NodeImporter &n, int64_t sinceInput) {
  int64_t rank = n.rank(n.input(0));
  SmallVector<int64_t> given;
  if (n.opset >= sinceInput) {
    if (n.input(1)) {
      FailureOr<SmallVector<int64_t>> values = n.constantInts(1, "axes");
      if (failed(values))
        return failure();
      given = *values;
    }
  } else {
    given = n.integers("axes").value_or(SmallVector<int64_t>());
  }
  if (given.empty()) {
    if (n.opset >= sinceInput && n.integer("noop_with_empty_axes", 0))
      return std::optional<SmallVector<int64_t>>();
    given.resize(rank);
    std::iota(given.begin(), given.end(), 0);
  }
  FailureOr<SmallVector<int64_t>> dims = n.axes(given, rank);
  if (failed(dims))
    return failure();
  llvm::sort(*dims);
  return std::optional<SmallVector<int64_t>>(*dims);
}

static SmallVector<int64_t> keptShape(NodeImporter &n, Value x,
                                      ArrayRef<int64_t> dims) {
  SmallVector<int64_t> shape(n.shape(x));
  for (int64_t d : dims)
    shape[d] = 1;
  return shape;
}

enum class Before { Nothing, Abs, Square };
enum class After { Nothing, Log, Sqrt, Mean };

/// Something of each element, a fold, something of the result.
template <class Fold, Before before, After after, int64_t sinceInput>
static LogicalResult reduce(NodeImporter &n) {
  Value x = n.input(0);
  mlir::Type element = n.elementType(x);
  FailureOr<std::optional<SmallVector<int64_t>>> dims =
      reducedDims(n, sinceInput);
  if (failed(dims))
    return failure();
  // Booleans reduce as integers; opset 20 allows them for max and min.
  bool isBool = element.isInteger(1);
  if (isBool)
    x = n.cast(x, mlir::IntegerType::get(n.b.getContext(), 8,
                                         mlir::IntegerType::Unsigned));
  mlir::RankedTensorType whole = n.type(x);
  if (before == Before::Abs)
    x = n.make<AbsOp>(x);
  if (before == Before::Square)
    x = n.make<MulOp>(x, x);
  Value y = x;
  if (*dims)
    y = n.make<Fold>(x, **dims);
  if (!y)
    return failure();
  if (after == After::Log)
    y = n.make<LogOp>(y);
  if (after == After::Sqrt)
    y = n.make<SqrtOp>(y);
  if (after == After::Mean && *dims) {
    int64_t count = 1;
    for (int64_t d : **dims)
      count *= whole.getDimSize(d);
    y = n.expr(y) / static_cast<double>(count);
  }
  if (isBool)
    y = n.cast(y, element);
  if (*dims && n.integer("keepdims", 1))
    y = n.reshape(y, keptShape(n, x, **dims));
  return n.yield(y);
}

/// ln sum e^(x - max) + max; an infinite maximum is not subtracted.
static LogicalResult importReduceLogSumExp(NodeImporter &n) {
  Value x = n.input(0);
  FailureOr<std::optional<SmallVector<int64_t>>> dims = reducedDims(n, 18);
  if (failed(dims))
    return failure();
  if (!*dims)
    return n.yield(x);
  SmallVector<int64_t> kept;
  for (int64_t d = 0; d < n.rank(x); ++d)
    if (!llvm::is_contained(**dims, d))
      kept.push_back(d);
  Value highest = n.make<ReduceMaxOp>(x, **dims);
  if (!highest)
    return failure();
  Expr m = n.expr(highest);
  Value finite = select(abs(m) < __builtin_inf(), m, 0.0);
  Value shifted = n.make<SubOp>(x, n.broadcastAlong(finite, n.shape(x), kept));
  Value sum = n.make<ReduceSumOp>(n.make<ExpOp>(shifted), **dims);
  Value y = n.make<AddOp>(n.make<LogOp>(sum), finite);
  if (n.integer("keepdims", 1))
    y = n.reshape(y, keptShape(n, x, **dims));
  return n.yield(y);
}

template <class Op>
static LogicalResult argument(NodeImporter &n) {
  Value x = n.input(0);
  FailureOr<int64_t> axis = n.axis(n.integer("axis", 0), n.rank(x));
  if (failed(axis))
    return failure();
  bool last = n.integer("select_last_index", 0);
  Value y = n.make<Op>(x, *axis, last);
  if (n.integer("keepdims", 1))
    y = n.reshape(y, keptShape(n, x, *axis));
  return n.yield(y);
}

static const Row rows[] = {
    {"ReduceSum", 1, 1, 2,
     reduce<ReduceSumOp, Before::Nothing, After::Nothing, 13>,
     Elements::Number},
    {"ReduceMean", 1, 1, 2,
     reduce<ReduceSumOp, Before::Nothing, After::Mean, 18>, Elements::Number},
    {"ReduceProd", 1, 1, 2,
     reduce<ReduceProdOp, Before::Nothing, After::Nothing, 18>,
     Elements::Number},
    {"ReduceMax", 1, 1, 2,
     reduce<ReduceMaxOp, Before::Nothing, After::Nothing, 18>},
    {"ReduceMin", 1, 1, 2,
     reduce<ReduceMinOp, Before::Nothing, After::Nothing, 18>},
    {"ReduceL1", 1, 1, 2, reduce<ReduceSumOp, Before::Abs, After::Nothing, 18>,
     Elements::Number},
    {"ReduceL2", 1, 1, 2, reduce<ReduceSumOp, Before::Square, After::Sqrt, 18>,
     Elements::Float},
    {"ReduceLogSum", 1, 1, 2,
     reduce<ReduceSumOp, Before::Nothing, After::Log, 18>, Elements::Float},
    {"ReduceSumSquare", 1, 1, 2,
     reduce<ReduceSumOp, Before::Square, After::Nothing, 18>, Elements::Number},
    {"ReduceLogSumExp", 1, 1, 2, importReduceLogSumExp, Elements::Float},
    {"ArgMax", 1, 1, 1, argument<ArgMaxOp>, Elements::Number},
    {"ArgMin", 1, 1, 1, argument<ArgMinOp>, Elements::Number},
};

ArrayRef<Row> tenon::onnx::reduceRows() { return rows; }
