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
  if (llvm::any_of(getStrides(), [](int64_t s) { return s != 1; })) {
    emitOpError("has no gradient for strides other than 1");
    return {};
  }
  SmallVector<int64_t> high;
  for (int64_t d = 0; d < from.getRank(); ++d)
    high.push_back(from.getDimSize(d) - getStarts()[d] - getSizes()[d]);
  return {PadOp::create(b, getLoc(), cotangents[0], PadMode::Constant,
                        llvm::APFloat(0.0), getStarts(), high)};
}

//===----------------------------------------------------------------------===//
// pad
//===----------------------------------------------------------------------===//

LogicalResult PadOp::inferReturnTypes(MLIRContext *,
                                      std::optional<Location> loc, Adaptor a,
                                      SmallVectorImpl<Type> &types) {
  auto from = tensorType(a.getX());
  size_t rank = from.getRank();
  if (a.getLow().size() != rank || a.getHigh().size() != rank)
    return emitOptionalError(loc, "needs low and high for every dimension");
  SmallVector<int64_t> shape(from.getShape());
  for (size_t d = 0; d < rank; ++d) {
    int64_t low = a.getLow()[d], high = a.getHigh()[d];
    if (low < 0 || high < 0)
      return emitOptionalError(loc, "padding must not be negative");
    // Reflection repeats all but the edge, so it reaches one element less far.
    int64_t reach = a.getMode() == PadMode::Reflect ? shape[d] - 1 : shape[d];
    bool bounded =
        a.getMode() == PadMode::Reflect || a.getMode() == PadMode::Wrap;
    if ((bounded && std::max(low, high) > reach) ||
        (a.getMode() == PadMode::Edge && shape[d] == 0 && low + high > 0))
      return emitOptionalError(loc, "padding of dimension ", d,
                               " exceeds what its extent ", shape[d],
                               " can repeat");
    if (llvm::AddOverflow(shape[d], low, shape[d]) ||
        llvm::AddOverflow(shape[d], high, shape[d]))
      return emitOptionalError(loc, "padded extent overflows");
  }
  types.push_back(from.clone(shape));
  return success();
}

SmallVector<Value> PadOp::buildVJP(OpBuilder &b, ValueRange cotangents) {
  if (!cotangents[0])
    return {Value()};
  if (getMode() != PadMode::Constant) {
    emitOpError("has a gradient in mode constant only");
    return {};
  }
  SmallVector<int64_t> ones(getLow().size(), 1);
  return {SliceOp::create(b, getLoc(), cotangents[0], getLow(),
                          tensorType(getX()).getShape(), ones)};
}

//===----------------------------------------------------------------------===//
// concat, gather, iota
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

LogicalResult IotaOp::verify() {
  if (getAxis() >= static_cast<uint64_t>(getType().getRank()))
    return emitOpError("axis is outside the rank");
  return success();
}
