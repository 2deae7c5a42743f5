//===-- Random.cpp - numbers from keys ------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Random.h"
#include "dialects/Tenon/Draw.h"
#include "mlir/IR/TypeUtilities.h"

#include <cmath>

using namespace mlir;
using namespace tenon;

#define GET_OP_CLASSES
#include "dialects/Tenon/Random.cpp.inc"

/// 64 bits for each element of `shape`, drawn with counters
/// `scale * index + offset`.
static Expr drawBits(OpBuilder &b, Location loc, Value key,
                     ArrayRef<int64_t> shape, int64_t scale, int64_t offset,
                     bool replay) {
  auto type =
      RankedTensorType::get(shape, b.getIntegerType(64, /*isSigned=*/false));
  Expr keys(b, loc,
            BroadcastOp::create(b, loc, type, key, ArrayRef<int64_t>{}));
  auto index = LinearIndexOp::create(b, loc, type);
  index.setStrides(llvm::map_to_vector(
      index.getStrides(), [&](int64_t stride) { return stride * scale; }));
  Expr counter(b, loc, index);
  if (offset)
    counter = counter + static_cast<double>(offset);
  return keys.make<PhiloxOp>(type, Value(counter), Value(keys), replay);
}

/// The `count` high bits as an integer of type `element`, which holds them.
static Expr highBits(Expr bits, unsigned count, Type element) {
  Expr high = bits.make<ShrOp>(bits, bits.splat(64.0 - count));
  return high.make<CastOp>(high.type().clone(element), Value(high));
}

/// Uniform in [0, 1) from 64 bits each.
static Expr uniform(OpBuilder &b, Expr bits, FloatType element) {
  unsigned count = element.getFPMantissaWidth();
  // Signed integers, which every processor converts fast.
  Expr high = highBits(bits, count, b.getIntegerType(count < 32 ? 32 : 64));
  Expr real = high.make<CastOp>(high.type().clone(element), Value(high));
  return real * std::ldexp(1.0, -static_cast<int>(count));
}

SmallVector<Value> FoldInOp::decompose(OpBuilder &b) {
  return {PhiloxOp::create(b, getLoc(), getType(), getData(), getKey(), false)};
}

SmallVector<Value> RandomUniformOp::decompose(OpBuilder &b) {
  Expr bits =
      drawBits(b, getLoc(), getKey(), getType().getShape(), 1, 0, false);
  return {uniform(b, bits, cast<FloatType>(getType().getElementType()))};
}

SmallVector<Value> RandomNormalOp::decompose(OpBuilder &b) {
  auto element = cast<FloatType>(getType().getElementType());
  FloatType wide = element.getWidth() < 32 ? b.getF32Type() : element;
  auto draw = [&](int64_t offset) {
    return uniform(
        b,
        drawBits(b, getLoc(), getKey(), getType().getShape(), 2, offset, false),
        wide);
  };
  // 1 - u is exact and never 0.
  Expr radius = sqrt(log(1.0 - draw(0)) * -2.0);
  Expr y = radius * cos(draw(1) * 6.2831853071795865);
  return {castLike(y, Expr(b, getLoc(), getY()))};
}

LogicalResult RandomBernoulliOp::verify() {
  double p = getProbability().convertToDouble();
  if (!(p >= 0 && p <= 1))
    return emitOpError("probability must lie in [0, 1]");
  return success();
}

Expr tenon::drawBernoulli(OpBuilder &b, Location loc, Value key,
                          ArrayRef<int64_t> shape, double probability,
                          bool replay) {
  Expr bits = drawBits(b, loc, key, shape, 1, 0, replay);
  // k / 2^24 < p is k < p 2^24, and k is an integer.
  constexpr unsigned count = 24;
  return highBits(bits, count, b.getI32Type()) <
         std::ceil(std::ldexp(probability, count));
}

SmallVector<Value> RandomBernoulliOp::decompose(OpBuilder &b) {
  return {drawBernoulli(b, getLoc(), getKey(), getType().getShape(),
                        getProbability().convertToDouble(), false)};
}
