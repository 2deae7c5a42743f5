//===-- Constants.cpp - Constant, Shape, Range, OneHot, ... ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Elementwise.h"
#include "lib/Frontend/ONNX/NodeImporter.h"
#include "tenon/Reference/Tensor.h"

using namespace mlir;
using namespace tenon;
using namespace tenon::onnx;

template <class T>
static LogicalResult yieldList(NodeImporter &n, ArrayRef<T> values,
                               mlir::Type element, bool scalar) {
  SmallVector<int64_t> shape;
  if (!scalar)
    shape.push_back(values.size());
  auto type = RankedTensorType::get(shape, element);
  ElementsAttr attribute = DenseElementsAttr::get(type, values);
  return n.yield(ConstantOp::create(n.b, n.loc, attribute));
}

static LogicalResult importConstant(NodeImporter &n) {
  if (const NodeAttribute *value = n.attribute("value")) {
    if (!value->t)
      return n.invalid("attribute value must be a tensor");
    if (!value->t->problem.empty())
      return n.unsupported("its value " + value->t->problem);
    ElementsAttr attribute = attributeOf(*value->t, n.b.getContext());
    if (!attribute)
      return n.invalid("its value has more elements than memory can hold");
    if (n.node.outputs.empty())
      return n.invalid("has no output");
    // Named as an initializer is: by the tensor, not by the node.
    Location named = NameLoc::get(
        StringAttr::get(n.b.getContext(), n.node.outputs.front()), n.loc);
    return n.yield(ConstantOp::create(n.b, named, attribute));
  }
  if (n.has("value_int"))
    return yieldList<int64_t>(n, n.integer("value_int", 0), n.b.getI64Type(),
                              true);
  if (n.has("value_float"))
    return yieldList<float>(n, static_cast<float>(n.number("value_float", 0)),
                            n.b.getF32Type(), true);
  if (auto values = n.integers("value_ints"))
    return yieldList<int64_t>(n, *values, n.b.getI64Type(), false);
  if (const NodeAttribute *values = n.attribute("value_floats"))
    return yieldList<float>(n, values->floats, n.b.getF32Type(), false);
  return n.unsupported(
      "only tensors, integers and floats are supported as its value");
}

static LogicalResult importConstantOfShape(NodeImporter &n) {
  FailureOr<SmallVector<int64_t>> shape = n.constantInts(0, "the shape");
  if (failed(shape))
    return failure();
  mlir::Type element = n.b.getF32Type();
  ElementsAttr one =
      DenseElementsAttr::get(RankedTensorType::get({1}, element), 0.0f);
  if (const NodeAttribute *value = n.attribute("value")) {
    if (!value->t)
      return n.invalid("attribute value must be a tensor");
    one = attributeOf(*value->t, n.b.getContext());
    if (!one || one.getNumElements() != 1)
      return n.invalid(
          "attribute value must have one element of a supported type");
    element = one.getElementType();
  }
  std::string problem = problemOf(*shape, element);
  if (!problem.empty())
    return n.invalid("its result " + problem);
  // A splat whatever the size: the elements are never written out here.
  ElementsAttr filled = cast<DenseElementsAttr>(one).resizeSplat(
      RankedTensorType::get(*shape, element));
  return n.yield(ConstantOp::create(n.b, n.loc, filled));
}

static LogicalResult importShape(NodeImporter &n) {
  int64_t rank = n.rank(n.input(0));
  auto bound = [&](llvm::StringRef name, int64_t otherwise) {
    int64_t v = n.integer(name, otherwise);
    return std::clamp<int64_t>(v < 0 ? v + rank : v, 0, rank);
  };
  int64_t start = bound("start", 0), end = std::max(start, bound("end", rank));
  return n.yield(n.constant(n.shape(n.input(0)).slice(start, end - start)));
}

static LogicalResult importSize(NodeImporter &n) {
  return n.yield(
      n.reshape(n.constant(n.type(n.input(0)).getNumElements()), {}));
}

/// The elements are start + i * delta, as a formula over an iota, so that a
/// long range is no long constant.
static LogicalResult importRange(NodeImporter &n) {
  mlir::Type element = n.elementType(n.input(0));
  int64_t count;
  if (isa<FloatType>(element)) {
    double bounds[3];
    for (unsigned i = 0; i < 3; ++i) {
      FailureOr<double> v = n.constantScalar(i, "a bound");
      if (failed(v))
        return failure();
      bounds[i] = *v;
    }
    double steps = std::ceil((bounds[1] - bounds[0]) / bounds[2]);
    if (!(bounds[2] != 0) || !(std::abs(steps) < 1e15))
      return n.invalid("its bounds and delta describe no finite range");
    count = std::max(0.0, steps);
  } else {
    int64_t bounds[3];
    for (unsigned i = 0; i < 3; ++i) {
      FailureOr<SmallVector<int64_t>> v = n.constantInts(i, "a bound");
      if (failed(v))
        return failure();
      if (v->size() != 1)
        return n.invalid("its inputs must be scalars");
      bounds[i] = v->front();
    }
    auto [start, limit, delta] = bounds;
    if (delta == 0)
      return n.invalid("its delta is 0");
    bool runs = delta > 0 ? start < limit : start > limit;
    // Unsigned, where neither the distance nor -INT64_MIN overflows.
    uint64_t distance = delta > 0 ? uint64_t(limit) - uint64_t(start)
                                  : uint64_t(start) - uint64_t(limit);
    uint64_t step = delta > 0 ? uint64_t(delta) : -uint64_t(delta);
    count = runs ? static_cast<int64_t>((distance - 1) / step + 1) : 0;
  }
  std::string problem = problemOf(count, element);
  if (!problem.empty())
    return n.invalid("its result " + problem);
  auto type = RankedTensorType::get(count, element);
  Value start = n.broadcast(n.reshape(n.input(0), {}), count);
  Value delta = n.broadcast(n.reshape(n.input(2), {}), count);
  Value index = IotaOp::create(n.b, n.loc, type, 0);
  return n.yield(n.make<AddOp>(start, n.make<MulOp>(index, delta)));
}

static LogicalResult importEyeLike(NodeImporter &n) {
  Value x = n.input(0);
  if (n.rank(x) != 2)
    return n.invalid("its input must be a matrix");
  mlir::Type element = n.elementType(x);
  if (n.has("dtype"))
    element = typeOf(n.integer("dtype", 0), n.b.getContext());
  if (!element)
    return n.unsupported("element type " + nameOf(n.integer("dtype", 0)) +
                         " is not supported");
  auto index = RankedTensorType::get(n.shape(x), n.b.getI64Type());
  Expr row(n.b, n.loc, IotaOp::create(n.b, n.loc, index, 0));
  Expr column(n.b, n.loc, IotaOp::create(n.b, n.loc, index, 1));
  double k = n.integer("k", 0);
  Value diagonal = n.make<CompareOp>(Predicate::EQ, column, Value(row + k));
  return n.yield(n.cast(diagonal, element));
}

/// x where the column is on the wanted side of diagonal k, else 0.
static LogicalResult importTrilu(NodeImporter &n) {
  Value x = n.input(0);
  int64_t rank = n.rank(x);
  if (rank < 2)
    return n.invalid("its input must have at least two dimensions");
  int64_t k = 0;
  if (n.input(1)) {
    FailureOr<SmallVector<int64_t>> given = n.constantInts(1, "k");
    if (failed(given))
      return failure();
    if (given->size() != 1)
      return n.invalid("k must be a scalar");
    // Beyond the extents all is in or all is out; keeps the sum below in range.
    int64_t far = n.shape(x)[rank - 1] + n.shape(x)[rank - 2];
    k = std::clamp<int64_t>(given->front(), -far, far);
  }
  auto index = RankedTensorType::get(n.shape(x), n.b.getI64Type());
  Expr row(n.b, n.loc, IotaOp::create(n.b, n.loc, index, rank - 2));
  Expr column(n.b, n.loc, IotaOp::create(n.b, n.loc, index, rank - 1));
  bool upper = n.integer("upper", 1);
  Value kept = n.make<CompareOp>(upper ? Predicate::GE : Predicate::LE, column,
                                 Value(row + static_cast<double>(k)));
  return n.yield(n.make<SelectOp>(kept, x, n.splat(n.type(x), 0)));
}

static LogicalResult importOneHot(NodeImporter &n) {
  Value indices = n.input(0), values = n.input(2);
  FailureOr<double> depth = n.constantScalar(1, "the depth");
  if (failed(depth))
    return failure();
  if (!(*depth >= 0 && *depth < 1e12) || n.rank(values) != 1 ||
      n.shape(values)[0] != 2)
    return n.invalid(
        "the depth must be positive, and there must be two values");
  int64_t rank = n.rank(indices), count = *depth;
  FailureOr<int64_t> axis = n.axis(n.integer("axis", -1), rank + 1);
  if (failed(axis))
    return failure();
  SmallVector<int64_t> shape(n.shape(indices)), dims;
  shape.insert(shape.begin() + *axis, count);
  for (int64_t d = 0; d <= rank; ++d)
    if (d != *axis)
      dims.push_back(d);
  mlir::Type element = n.elementType(indices);
  std::string problem = problemOf(shape, element);
  if (!problem.empty())
    return n.invalid("its result " + problem);
  // An index below zero counts from the end; one outside matches nothing.
  Expr index = n.expr(indices);
  Value counted = indices;
  if (!element.isUnsignedInteger())
    counted = select(index < 0.0, index + static_cast<double>(count), index);
  Value position =
      IotaOp::create(n.b, n.loc, RankedTensorType::get(shape, element), *axis);
  Value hit = n.make<CompareOp>(Predicate::EQ, position,
                                n.broadcastAlong(counted, shape, dims));
  Value off = n.broadcast(n.reshape(n.slice(values, 0, 0, 1), {}), shape);
  Value on = n.broadcast(n.reshape(n.slice(values, 0, 1, 1), {}), shape);
  return n.yield(n.make<SelectOp>(hit, on, off));
}

static const Row rows[] = {
    {"Constant", 1, 0, 0, importConstant},
    {"ConstantOfShape", 9, 1, 1, importConstantOfShape},
    {"Shape", 1, 1, 1, importShape},
    {"Size", 1, 1, 1, importSize},
    {"Range", 11, 3, 3, importRange, Elements::Number},
    {"EyeLike", 9, 1, 1, importEyeLike},
    {"Trilu", 14, 1, 2, importTrilu},
    {"OneHot", 9, 3, 3, importOneHot},
};

ArrayRef<Row> tenon::onnx::constantRows() { return rows; }
