//===-- Elementwise.cpp - pointwise primitives ----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Elementwise.h"
#include "dialects/Tenon/Expr.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace tenon;

#define GET_OP_CLASSES
#include "dialects/Tenon/Elementwise.cpp.inc"

static RankedTensorType boolLike(Value x) {
  auto t = cast<RankedTensorType>(x.getType());
  return RankedTensorType::get(t.getShape(),
                               IntegerType::get(t.getContext(), 1));
}

LogicalResult IsNanOp::inferReturnTypes(MLIRContext *, std::optional<Location>,
                                        Adaptor a,
                                        SmallVectorImpl<Type> &types) {
  types.push_back(boolLike(a.getX()));
  return success();
}

LogicalResult CompareOp::inferReturnTypes(MLIRContext *,
                                          std::optional<Location>, Adaptor a,
                                          SmallVectorImpl<Type> &types) {
  types.push_back(boolLike(a.getLhs()));
  return success();
}

/// Whether `a` is a splat of `value`, in the sense of IEEE equality.
static bool isSplat(Attribute a, double value) {
  auto d = dyn_cast_or_null<DenseElementsAttr>(a);
  if (!d || !d.isSplat())
    return false;
  if (isa<FloatType>(d.getElementType())) {
    APFloat f = d.getSplatValue<APFloat>();
    bool lost;
    f.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven, &lost);
    return f.convertToDouble() == value;
  }
  return d.getSplatValue<APInt>().getSExtValue() == static_cast<int64_t>(value);
}

// x + 0.0 is not folded for floats: it turns -0 into +0.
OpFoldResult AddOp::fold(FoldAdaptor a) {
  if (!isa<FloatType>(getType().getElementType()) && isSplat(a.getRhs(), 0.0))
    return getLhs();
  return {};
}

OpFoldResult MulOp::fold(FoldAdaptor a) {
  return isSplat(a.getRhs(), 1.0) ? getLhs() : Value();
}

OpFoldResult CastOp::fold(FoldAdaptor) {
  return getX().getType() == getType() ? getX() : Value();
}
