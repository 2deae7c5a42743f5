//===-- Linear.cpp - contractions and their storage layouts ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Linear.h"
#include "dialects/Tenon/Shape.h"
#include "dialects/Tenon/Window.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace tenon;

#define GET_OP_CLASSES
#include "dialects/Tenon/Linear.cpp.inc"

static RankedTensorType tensorType(Value v) {
  return cast<RankedTensorType>(v.getType());
}

//===----------------------------------------------------------------------===//
// matmul
//===----------------------------------------------------------------------===//

LogicalResult MatmulOp::inferReturnTypes(MLIRContext *,
                                         std::optional<Location> loc, Adaptor a,
                                         SmallVectorImpl<Type> &types) {
  auto l = tensorType(a.getLhs()), r = tensorType(a.getRhs());
  int64_t rank = l.getRank();
  if (rank != r.getRank() || rank < 2 || rank > 3)
    return emitOptionalError(loc,
                             "operands must both have rank 2, or both rank 3");
  if (l.getElementType() != r.getElementType())
    return emitOptionalError(loc, "operands must share the element type");
  if (rank == 3 && l.getDimSize(0) != r.getDimSize(0))
    return emitOptionalError(loc, "batches differ: ", l.getDimSize(0), " and ",
                             r.getDimSize(0));
  if (l.getDimSize(rank - 1) != r.getDimSize(rank - 2))
    return emitOptionalError(
        loc, "inner dimensions differ: ", l.getDimSize(rank - 1), " and ",
        r.getDimSize(rank - 2));
  SmallVector<int64_t> shape(l.getShape());
  shape.back() = r.getShape().back();
  types.push_back(l.clone(shape));
  return success();
}

SmallVector<Value> MatmulOp::buildVJP(OpBuilder &b, ValueRange cotangents) {
  Value dy = cotangents[0];
  if (!dy)
    return {Value(), Value()};
  SmallVector<int64_t> swap = {1, 0};
  if (getType().getRank() == 3)
    swap = {0, 2, 1};
  Value lt = TransposeOp::create(b, getLoc(), getLhs(), swap);
  Value rt = TransposeOp::create(b, getLoc(), getRhs(), swap);
  return {MatmulOp::create(b, getLoc(), dy, rt),
          MatmulOp::create(b, getLoc(), lt, dy)};
}

//===----------------------------------------------------------------------===//
// conv
//===----------------------------------------------------------------------===//

LogicalResult ConvOp::inferReturnTypes(MLIRContext *,
                                       std::optional<Location> loc, Adaptor a,
                                       SmallVectorImpl<Type> &types) {
  auto x = tensorType(a.getX()), w = tensorType(a.getFilter());
  int64_t rank = x.getRank(), spatial = rank - 2;
  if (spatial < 1 || spatial > 3 || w.getRank() != rank)
    return emitOptionalError(
        loc, "operand and filter must have one rank of 3 to 5, not ", rank,
        " and ", w.getRank());
  if (x.getElementType() != w.getElementType())
    return emitOptionalError(loc,
                             "operand and filter must share the element type");
  bool last = a.getLayout() == Layout::ChannelsLast;
  int64_t groups = a.getGroups(), channels = x.getDimSize(last ? rank - 1 : 1);
  int64_t perGroup = w.getDimSize(last ? rank - 2 : 1),
          filters = w.getDimSize(last ? rank - 1 : 0);
  if (groups < 1 || channels % groups || channels / groups != perGroup)
    return emitOptionalError(loc, "operand has ", channels, " channels in ",
                             groups, " groups, the filter expects ", perGroup,
                             " a group");
  if (filters % groups)
    return emitOptionalError(loc, filters, " filters do not divide into ",
                             groups, " groups");
  SmallVector<int64_t> window(w.getShape().slice(last ? 0 : 2, spatial));
  SmallVector<int64_t> extents(x.getShape().slice(last ? 1 : 2, spatial));
  FailureOr<SmallVector<int64_t>> out = windowExtents(
      loc, extents,
      {window, a.getStrides(), a.getLow(), a.getHigh(), a.getDilations()});
  if (failed(out))
    return failure();
  SmallVector<int64_t> shape = {x.getDimSize(0)};
  if (!last)
    shape.push_back(filters);
  llvm::append_range(shape, *out);
  if (last)
    shape.push_back(filters);
  types.push_back(x.clone(shape));
  return success();
}

//===----------------------------------------------------------------------===//
// pack, unpack
//===----------------------------------------------------------------------===//

/// The operand of pack seen as a matrix: K, N.
static std::pair<int64_t, int64_t> asMatrix(RankedTensorType t) {
  int64_t n = t.getShape().back();
  return {n ? t.getNumElements() / n : 0, n};
}

LogicalResult PackOp::inferReturnTypes(MLIRContext *,
                                       std::optional<Location> loc, Adaptor a,
                                       SmallVectorImpl<Type> &types) {
  auto x = tensorType(a.getX());
  int64_t panel = a.getPanel();
  if (x.getRank() < 2 || panel < 1)
    return emitOptionalError(loc,
                             "needs at least rank 2 and a panel of at least 1");
  auto [k, n] = asMatrix(x);
  int64_t panels = llvm::divideCeil(n, panel);
  types.push_back(x.clone({panels, k, panel}));
  return success();
}

LogicalResult UnpackOp::verify() {
  auto x = tensorType(getX()), y = getType();
  if (x.getRank() != 3 || y.getRank() < 2 ||
      x.getElementType() != y.getElementType())
    return emitOpError("operand is not the packed form of the result");
  auto [k, n] = asMatrix(y);
  if (x.getDimSize(1) != k || x.getDimSize(2) < 1 ||
      x.getDimSize(0) !=
          static_cast<int64_t>(llvm::divideCeil(n, x.getDimSize(2))))
    return emitOpError("operand is not the packed form of the result");
  return success();
}
