//===-- Reduce.cpp - ops that fold dimensions away ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Reduce.h"
#include "dialects/Tenon/Expr.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace tenon;

#define GET_OP_CLASSES
#include "dialects/Tenon/Reduce.cpp.inc"

static LogicalResult inferReduce(std::optional<Location> loc, Value x,
                                 ArrayRef<int64_t> dims,
                                 SmallVectorImpl<Type> &types) {
  auto from = cast<RankedTensorType>(x.getType());
  SmallVector<bool> reduced(from.getRank());
  for (int64_t d : dims) {
    if (d < 0 || d >= from.getRank() || reduced[d])
      return emitOptionalError(
          loc, "dims must be distinct dimensions of the operand");
    reduced[d] = true;
  }
  SmallVector<int64_t> shape;
  for (int64_t d = 0; d < from.getRank(); ++d)
    if (!reduced[d])
      shape.push_back(from.getDimSize(d));
  types.push_back(from.clone(shape));
  return success();
}

#define TENON_INFER_REDUCE(Op)                                                 \
  LogicalResult Op::inferReturnTypes(MLIRContext *,                            \
                                     std::optional<Location> loc, Adaptor a,   \
                                     SmallVectorImpl<Type> &types) {           \
    return inferReduce(loc, a.getX(), a.getDims(), types);                     \
  }
TENON_INFER_REDUCE(ReduceSumOp)
TENON_INFER_REDUCE(ReduceProdOp)
TENON_INFER_REDUCE(ReduceMaxOp)
TENON_INFER_REDUCE(ReduceMinOp)
#undef TENON_INFER_REDUCE

/// Repeats a reduction's result (or cotangent) over the reduced dimensions.
static Value spread(OpBuilder &b, Location loc, Value y, RankedTensorType to,
                    ArrayRef<int64_t> reduced) {
  SmallVector<int64_t> kept;
  for (int64_t d = 0; d < to.getRank(); ++d)
    if (!llvm::is_contained(reduced, d))
      kept.push_back(d);
  return BroadcastOp::create(b, loc, to, y, kept);
}

SmallVector<Value> ReduceSumOp::buildVJP(OpBuilder &b, ValueRange cotangents) {
  if (!cotangents[0])
    return {Value()};
  return {spread(b, getLoc(), cotangents[0], getX().getType(), getDims())};
}

/// Each element equal to the extremum gets an equal share.
template <class Op>
static SmallVector<Value> extremumVJP(Op op, OpBuilder &b, Value dy) {
  if (!dy)
    return {Value()};
  Location loc = op.getLoc();
  RankedTensorType type = op.getX().getType();
  Value y = spread(b, loc, op.getY(), type, op.getDims());
  Value hit = CompareOp::create(b, loc, Predicate::EQ, op.getX(), y);
  Value ones = CastOp::create(b, loc, type, hit);
  Value count = ReduceSumOp::create(b, loc, ones, op.getDims());
  Value share = DivOp::create(b, loc, dy, count);
  return {
      MulOp::create(b, loc, ones, spread(b, loc, share, type, op.getDims()))};
}
SmallVector<Value> ReduceMaxOp::buildVJP(OpBuilder &b, ValueRange cotangents) {
  return extremumVJP(*this, b, cotangents[0]);
}
SmallVector<Value> ReduceMinOp::buildVJP(OpBuilder &b, ValueRange cotangents) {
  return extremumVJP(*this, b, cotangents[0]);
}

/// The product of the other elements: that of all others that are not 0 over
/// this one, or 0 where another one is.
SmallVector<Value> ReduceProdOp::buildVJP(OpBuilder &b, ValueRange cotangents) {
  if (!cotangents[0])
    return {Value()};
  Location loc = getLoc();
  RankedTensorType type = getX().getType();
  auto across = [&](Value v) {
    return Expr(b, loc, spread(b, loc, v, type, getDims()));
  };
  Expr x(b, loc, getX());
  Expr isZero = x.make<CompareOp>(Predicate::EQ, x, x.splat(0.0));
  Expr nonZero = select(isZero, 1.0, x);
  Expr zeros = across(ReduceSumOp::create(
      b, loc, CastOp::create(b, loc, type, isZero), getDims()));
  Expr product = across(ReduceProdOp::create(b, loc, nonZero, getDims()));
  Expr only =
      select(zeros.make<CompareOp>(Predicate::EQ, zeros, zeros.splat(1.0)),
             product, 0.0);
  Expr rest =
      select(zeros.make<CompareOp>(Predicate::EQ, zeros, zeros.splat(0.0)),
             product / nonZero, 0.0);
  return {across(cotangents[0]) * select(isZero, only, rest)};
}

static LogicalResult inferArg(std::optional<Location> loc, Value x,
                              int64_t axis, SmallVectorImpl<Type> &types) {
  auto from = cast<RankedTensorType>(x.getType());
  if (axis < 0 || axis >= from.getRank())
    return emitOptionalError(loc, "axis ", axis, " is outside the rank ",
                             from.getRank());
  if (from.getDimSize(axis) == 0)
    return emitOptionalError(loc, "has no element to choose along dimension ",
                             axis);
  SmallVector<int64_t> shape(from.getShape());
  shape.erase(shape.begin() + axis);
  types.push_back(
      RankedTensorType::get(shape, IntegerType::get(from.getContext(), 64)));
  return success();
}
LogicalResult ArgMaxOp::inferReturnTypes(MLIRContext *,
                                         std::optional<Location> loc, Adaptor a,
                                         SmallVectorImpl<Type> &types) {
  return inferArg(loc, a.getX(), a.getAxis(), types);
}
LogicalResult ArgMinOp::inferReturnTypes(MLIRContext *,
                                         std::optional<Location> loc, Adaptor a,
                                         SmallVectorImpl<Type> &types) {
  return inferArg(loc, a.getX(), a.getAxis(), types);
}
