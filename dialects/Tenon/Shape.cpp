//===-- Shape.cpp - constants and ops that move elements ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Shape.h"
#include "dialects/Tenon/Reduce.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace tenon;

#define GET_OP_CLASSES
#include "dialects/Tenon/Shape.cpp.inc"

static RankedTensorType tensorType(Value v) {
  return cast<RankedTensorType>(v.getType());
}

//===----------------------------------------------------------------------===//
// constant
//===----------------------------------------------------------------------===//

Value ConstantOp::splat(OpBuilder &b, Location loc, RankedTensorType type,
                        double value) {
  Kind kind = kindOf(type.getElementType());
  HostScalar h = HostScalar::ofDouble(kind, value);
  Attribute element;
  if (auto f = dyn_cast<FloatType>(type.getElementType())) {
    element = b.getFloatAttr(f, kind == Kind::F64 ? h.d : h.f);
  } else {
    auto i = cast<IntegerType>(type.getElementType());
    element = IntegerAttr::get(i, APInt(i.getWidth(), h.i, false, true));
  }
  return ConstantOp::create(
      b, loc, type, cast<ElementsAttr>(DenseElementsAttr::get(type, element)));
}

OpFoldResult ConstantOp::fold(FoldAdaptor) { return getValue(); }

//===----------------------------------------------------------------------===//
// broadcast
//===----------------------------------------------------------------------===//

LogicalResult BroadcastOp::verify() {
  auto from = tensorType(getX()), to = getType();
  ArrayRef<int64_t> dims = getDims();
  if (from.getElementType() != to.getElementType())
    return emitOpError("changes the element type");
  if (static_cast<int64_t>(dims.size()) != from.getRank())
    return emitOpError("needs one entry of dims per operand dimension");
  for (auto [i, d] : llvm::enumerate(dims)) {
    if (d < 0 || d >= to.getRank() || (i && d <= dims[i - 1]))
      return emitOpError("dims must ascend within the result's rank");
    if (from.getDimSize(i) != to.getDimSize(d))
      return emitOpError("operand dimension ")
             << i << " has extent " << from.getDimSize(i)
             << ", result dimension " << d << " has " << to.getDimSize(d);
  }
  return success();
}

OpFoldResult BroadcastOp::fold(FoldAdaptor a) {
  if (getX().getType() == getType())
    return getX();
  if (auto d = dyn_cast_or_null<DenseElementsAttr>(a.getX()); d && d.isSplat())
    return d.resizeSplat(getType());
  return {};
}

SmallVector<Value> BroadcastOp::buildVJP(OpBuilder &b, ValueRange cotangents) {
  if (!cotangents[0])
    return {Value()};
  SmallVector<int64_t> summed;
  for (int64_t d = 0; d < getType().getRank(); ++d)
    if (!llvm::is_contained(getDims(), d))
      summed.push_back(d);
  return {ReduceSumOp::create(b, getLoc(), cotangents[0], summed)};
}

//===----------------------------------------------------------------------===//
// reshape
//===----------------------------------------------------------------------===//

LogicalResult ReshapeOp::verify() {
  auto from = tensorType(getX()), to = getType();
  if (from.getElementType() != to.getElementType() ||
      from.getNumElements() != to.getNumElements())
    return emitOpError("must keep the element type and the number of elements");
  return success();
}

OpFoldResult ReshapeOp::fold(FoldAdaptor a) {
  if (getX().getType() == getType())
    return getX();
  if (auto inner = getX().getDefiningOp<ReshapeOp>()) {
    setOperand(inner.getX());
    return getResult();
  }
  if (auto d = dyn_cast_or_null<DenseElementsAttr>(a.getX()))
    return d.reshape(getType());
  return {};
}

SmallVector<Value> ReshapeOp::buildVJP(OpBuilder &b, ValueRange cotangents) {
  if (!cotangents[0])
    return {Value()};
  return {ReshapeOp::create(b, getLoc(), getX().getType(), cotangents[0])};
}

//===----------------------------------------------------------------------===//
// transpose
//===----------------------------------------------------------------------===//

LogicalResult TransposeOp::inferReturnTypes(MLIRContext *,
                                            std::optional<Location> loc,
                                            Adaptor a,
                                            SmallVectorImpl<Type> &types) {
  auto from = tensorType(a.getX());
  ArrayRef<int64_t> p = a.getPermutation();
  if (static_cast<int64_t>(p.size()) != from.getRank() ||
      !isPermutationVector(p))
    return emitOptionalError(loc, "permutation must list every dimension once");
  SmallVector<int64_t> shape;
  for (int64_t d : p)
    shape.push_back(from.getDimSize(d));
  types.push_back(from.clone(shape));
  return success();
}

OpFoldResult TransposeOp::fold(FoldAdaptor a) {
  ArrayRef<int64_t> p = getPermutation();
  if (llvm::all_of(llvm::enumerate(p),
                   [](auto e) { return int64_t(e.index()) == e.value(); }))
    return getX();
  if (auto inner = getX().getDefiningOp<TransposeOp>()) {
    SmallVector<int64_t> both;
    for (int64_t d : p)
      both.push_back(inner.getPermutation()[d]);
    setPermutation(both);
    setOperand(inner.getX());
    return getResult();
  }
  if (auto d = dyn_cast_or_null<DenseElementsAttr>(a.getX()); d && d.isSplat())
    return d.resizeSplat(getType());
  return {};
}

SmallVector<Value> TransposeOp::buildVJP(OpBuilder &b, ValueRange cotangents) {
  if (!cotangents[0])
    return {Value()};
  return {TransposeOp::create(b, getLoc(), cotangents[0],
                              invertPermutationVector(getPermutation()))};
}

//===----------------------------------------------------------------------===//
// slice
//===----------------------------------------------------------------------===//

LogicalResult SliceOp::inferReturnTypes(MLIRContext *,
                                        std::optional<Location> loc, Adaptor a,
                                        SmallVectorImpl<Type> &types) {
  auto from = tensorType(a.getX());
  size_t rank = from.getRank();
  if (a.getStarts().size() != rank || a.getSizes().size() != rank ||
      a.getStrides().size() != rank)
    return emitOptionalError(loc,
                             "needs one start, size and stride per dimension");
  for (size_t d = 0; d < rank; ++d) {
    int64_t first = a.getStarts()[d], size = a.getSizes()[d],
            extent = from.getDimSize(d);
    if (size < 0 || size > extent)
      return emitOptionalError(loc, "size ", size, " of dimension ", d,
                               " does not fit its extent ", extent);
    int64_t last;
    if (llvm::MulOverflow(std::max<int64_t>(size - 1, 0), a.getStrides()[d],
                          last) ||
        llvm::AddOverflow(last, first, last) ||
        (size > 0 &&
         (first < 0 || first >= extent || last < 0 || last >= extent)))
      return emitOptionalError(loc, "window of dimension ", d,
                               " leaves its extent ", extent);
  }
  types.push_back(from.clone(a.getSizes()));
  return success();
}

SmallVector<Value> SliceOp::buildVJP(OpBuilder &b, ValueRange cotangents) {
  if (!cotangents[0])
    return {Value()};
  auto from = tensorType(getX());
  SmallVector<int64_t> backwards, low, high, interior;
  for (int64_t d = 0; d < from.getRank(); ++d) {
    int64_t start = getStarts()[d], size = getSizes()[d],
            stride = getStrides()[d], extent = from.getDimSize(d);
    if (size <= 1)
      stride = 1;
    if (size == 0)
      start = 0;
    if (stride < 0) {
      backwards.push_back(d);
      start += (size - 1) * stride;
      stride = -stride;
    }
    // Of several that read one element only the last would be seen.
    if (stride == 0) {
      emitOpError("has no gradient for a stride of 0");
      return {};
    }
    low.push_back(start);
    interior.push_back(stride - 1);
    high.push_back(size == 0 ? extent
                             : extent - start - (size - 1) * stride - 1);
  }
  return {padOrCut(b, getLoc(), reversed(b, getLoc(), cotangents[0], backwards),
                   low, high, interior)};
}

//===----------------------------------------------------------------------===//
// pad
//===----------------------------------------------------------------------===//

LogicalResult PadOp::inferReturnTypes(MLIRContext *,
                                      std::optional<Location> loc, Adaptor a,
                                      SmallVectorImpl<Type> &types) {
  auto from = tensorType(a.getX());
  size_t rank = from.getRank();
  if (a.getLow().size() != rank || a.getHigh().size() != rank ||
      (a.getInterior() && a.getInterior()->size() != rank))
    return emitOptionalError(
        loc, "needs low, high and interior for every dimension");
  SmallVector<int64_t> shape(from.getShape());
  for (size_t d = 0; d < rank; ++d) {
    int64_t low = a.getLow()[d], high = a.getHigh()[d];
    int64_t interior = a.getInterior() ? (*a.getInterior())[d] : 0;
    if (low < 0 || high < 0 || interior < 0)
      return emitOptionalError(loc, "padding must not be negative");
    if (interior && a.getMode() != PadMode::Constant)
      return emitOptionalError(loc, "interior needs mode constant");
    // Reflection repeats all but the edge, so it reaches one element less far.
    int64_t reach = a.getMode() == PadMode::Reflect ? shape[d] - 1 : shape[d];
    bool bounded =
        a.getMode() == PadMode::Reflect || a.getMode() == PadMode::Wrap;
    if ((bounded && std::max(low, high) > reach) ||
        (a.getMode() == PadMode::Edge && shape[d] == 0 && low + high > 0))
      return emitOptionalError(loc, "padding of dimension ", d,
                               " exceeds what its extent ", shape[d],
                               " can repeat");
    int64_t between;
    if (llvm::MulOverflow(std::max<int64_t>(shape[d] - 1, 0), interior,
                          between) ||
        llvm::AddOverflow(shape[d], between, shape[d]) ||
        llvm::AddOverflow(shape[d], low, shape[d]) ||
        llvm::AddOverflow(shape[d], high, shape[d]))
      return emitOptionalError(loc, "padded extent overflows");
  }
  types.push_back(from.clone(shape));
  return success();
}

SmallVector<Value> PadOp::buildVJP(OpBuilder &b, ValueRange cotangents) {
  Value dy = cotangents[0];
  if (!dy)
    return {Value()};
  auto from = tensorType(getX());
  if (getMode() == PadMode::Constant) {
    SmallVector<int64_t> strides;
    for (int64_t d = 0; d < from.getRank(); ++d)
      strides.push_back(getInteriorOf(d) + 1);
    return {
        SliceOp::create(b, getLoc(), dy, getLow(), from.getShape(), strides)};
  }
  // Dimension by dimension, each element goes back to where it came from.
  SmallVector<int64_t> shape(getType().getShape());
  for (int64_t d = 0; d < from.getRank(); ++d) {
    if (!getLow()[d] && !getHigh()[d])
      continue;
    SmallVector<int64_t> sources;
    for (int64_t i = 0; i < shape[d]; ++i)
      sources.push_back(
          padSource(getMode(), i - getLow()[d], from.getDimSize(d)));
    auto type = RankedTensorType::get({shape[d]}, b.getI64Type());
    Value indices =
        ConstantOp::create(b, getLoc(), type,
                           cast<ElementsAttr>(DenseElementsAttr::get(
                               type, ArrayRef<int64_t>(sources))));
    shape[d] = from.getDimSize(d);
    dy = ScatterAddOp::create(b, getLoc(), from.clone(shape), dy, indices, d);
  }
  return {dy};
}

int64_t tenon::padSource(PadMode mode, int64_t i, int64_t extent) {
  if (i >= 0 && i < extent)
    return i;
  switch (mode) {
  case PadMode::Constant:
    return -1;
  case PadMode::Reflect:
    return i < 0 ? -i : 2 * (extent - 1) - i;
  case PadMode::Edge:
    return i < 0 ? 0 : extent - 1;
  case PadMode::Wrap:
    return i < 0 ? i + extent : i - extent;
  }
  llvm_unreachable("unknown mode");
}

Value tenon::reversed(OpBuilder &b, Location loc, Value x,
                      ArrayRef<int64_t> dims) {
  auto type = tensorType(x);
  SmallVector<int64_t> starts(type.getRank(), 0), strides(type.getRank(), 1);
  bool moves = false;
  for (int64_t d : dims) {
    if (type.getDimSize(d) <= 1)
      continue;
    starts[d] = type.getDimSize(d) - 1;
    strides[d] = -1;
    moves = true;
  }
  if (!moves)
    return x;
  return SliceOp::create(b, loc, x, starts, type.getShape(), strides);
}

Value tenon::padOrCut(OpBuilder &b, Location loc, Value x,
                      ArrayRef<int64_t> low, ArrayRef<int64_t> high,
                      ArrayRef<int64_t> interior) {
  int64_t rank = tensorType(x).getRank();
  auto positive = [](ArrayRef<int64_t> values) {
    return llvm::map_to_vector(
        values, [](int64_t v) { return std::max<int64_t>(v, 0); });
  };
  auto any = [](ArrayRef<int64_t> values, auto test) {
    return llvm::any_of(values, test);
  };
  auto adds = [](int64_t v) { return v > 0; };
  auto cuts = [](int64_t v) { return v < 0; };
  if (any(low, adds) || any(high, adds) || any(interior, adds))
    x = PadOp::create(b, loc, x, PadMode::Constant, llvm::APFloat(0.0),
                      positive(low), positive(high),
                      any(interior, adds) ? b.getDenseI64ArrayAttr(interior)
                                          : DenseI64ArrayAttr());
  if (!any(low, cuts) && !any(high, cuts))
    return x;
  SmallVector<int64_t> starts, sizes, ones(rank, 1);
  for (int64_t d = 0; d < rank; ++d) {
    int64_t before = std::max<int64_t>(-low[d], 0),
            after = std::max<int64_t>(-high[d], 0);
    starts.push_back(before);
    sizes.push_back(tensorType(x).getDimSize(d) - before - after);
  }
  return SliceOp::create(b, loc, x, starts, sizes, ones);
}

//===----------------------------------------------------------------------===//
// concat, gather, scatter_add, iota
//===----------------------------------------------------------------------===//

LogicalResult ConcatOp::inferReturnTypes(MLIRContext *,
                                         std::optional<Location> loc, Adaptor a,
                                         SmallVectorImpl<Type> &types) {
  if (a.getInputs().empty())
    return emitOptionalError(loc, "needs at least one operand");
  auto first = tensorType(a.getInputs().front());
  int64_t axis = a.getAxis();
  if (axis < 0 || axis >= first.getRank())
    return emitOptionalError(loc, "axis ", axis, " is outside the rank ",
                             first.getRank());
  SmallVector<int64_t> shape(first.getShape());
  for (Value v : a.getInputs().drop_front()) {
    auto t = tensorType(v);
    if (t.getRank() != first.getRank() ||
        t.getElementType() != first.getElementType())
      return emitOptionalError(loc,
                               "operands must share rank and element type");
    for (int64_t d = 0; d < t.getRank(); ++d)
      if (d != axis && t.getDimSize(d) != shape[d])
        return emitOptionalError(loc, "operands differ in dimension ", d, ": ",
                                 shape[d], " and ", t.getDimSize(d));
    shape[axis] += t.getDimSize(axis);
  }
  types.push_back(first.clone(shape));
  return success();
}

SmallVector<Value> ConcatOp::buildVJP(OpBuilder &b, ValueRange cotangents) {
  SmallVector<Value> result;
  SmallVector<int64_t> starts(getType().getRank(), 0),
      ones(getType().getRank(), 1);
  for (Value v : getInputs()) {
    auto t = tensorType(v);
    result.push_back(cotangents[0]
                         ? Value(SliceOp::create(b, getLoc(), cotangents[0],
                                                 starts, t.getShape(), ones))
                         : Value());
    starts[getAxis()] += t.getDimSize(getAxis());
  }
  return result;
}

LogicalResult GatherOp::inferReturnTypes(MLIRContext *,
                                         std::optional<Location> loc, Adaptor a,
                                         SmallVectorImpl<Type> &types) {
  auto from = tensorType(a.getX()), indices = tensorType(a.getIndices());
  int64_t axis = a.getAxis();
  if (axis < 0 || axis >= from.getRank())
    return emitOptionalError(loc, "axis ", axis, " is outside the rank ",
                             from.getRank());
  if (from.getDimSize(axis) == 0 && indices.getNumElements() != 0)
    return emitOptionalError(loc, "gathers from an empty dimension");
  SmallVector<int64_t> shape(from.getShape().take_front(axis));
  llvm::append_range(shape, indices.getShape());
  llvm::append_range(shape, from.getShape().drop_front(axis + 1));
  types.push_back(from.clone(shape));
  return success();
}

SmallVector<Value> GatherOp::buildVJP(OpBuilder &b, ValueRange cotangents) {
  if (!cotangents[0])
    return {Value(), Value()};
  return {ScatterAddOp::create(b, getLoc(), getX().getType(), cotangents[0],
                               getIndices(), getAxis()),
          Value()};
}

LogicalResult ScatterAddOp::verify() {
  auto to = getType(), indices = tensorType(getIndices());
  int64_t axis = getAxis();
  if (axis < 0 || axis >= to.getRank())
    return emitOpError("axis ")
           << axis << " is outside the rank " << to.getRank();
  if (to.getDimSize(axis) == 0 && indices.getNumElements() != 0)
    return emitOpError("scatters into an empty dimension");
  SmallVector<int64_t> shape(to.getShape().take_front(axis));
  llvm::append_range(shape, indices.getShape());
  llvm::append_range(shape, to.getShape().drop_front(axis + 1));
  if (tensorType(getX()).getShape() != ArrayRef<int64_t>(shape))
    return emitOpError("operand must have the shape of a gather, ")
           << to.clone(shape);
  return success();
}

SmallVector<Value> ScatterAddOp::buildVJP(OpBuilder &b, ValueRange cotangents) {
  if (!cotangents[0])
    return {Value(), Value()};
  return {GatherOp::create(b, getLoc(), cotangents[0], getIndices(), getAxis()),
          Value()};
}

LogicalResult IotaOp::verify() {
  if (getAxis() >= static_cast<uint64_t>(getType().getRank()))
    return emitOpError("axis is outside the rank");
  return success();
}

LogicalResult LinearIndexOp::verify() {
  if (getStrides().size() != static_cast<size_t>(getType().getRank()))
    return emitOpError("needs one stride per dimension");
  return success();
}
