//===-- Elementwise.cpp - Cast, Where, Clip, Pow, Min, Max, ... -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Elementwise.h"
#include "dialects/Tenon/NN.h"
#include "lib/Frontend/ONNX/NodeImporter.h"

using namespace mlir;
using namespace tenon;
using namespace tenon::onnx;

static LogicalResult importCast(NodeImporter &n) {
  int64_t to = n.integer("to", Undefined);
  mlir::Type element = typeOf(to, n.b.getContext());
  if (!element)
    return n.unsupported("casts to " + nameOf(to) + " are not supported");
  return n.yield(n.cast(n.input(0), element));
}

static LogicalResult importCastLike(NodeImporter &n) {
  return n.yield(n.cast(n.input(0), n.elementType(n.input(1))));
}

static LogicalResult importWhere(NodeImporter &n) {
  if (!n.elementType(n.input(0)).isInteger(1))
    return n.invalid("the condition must be bool");
  if (n.elementType(n.input(1)) != n.elementType(n.input(2)))
    return n.invalid("its inputs have different element types");
  Value all[] = {n.input(0), n.input(1), n.input(2)};
  if (!n.broadcastAll(all))
    return failure();
  return n.yield(n.make<SelectOp>(all[0], all[1], all[2]));
}

/// Opset 11 turned the bounds into inputs.
static LogicalResult importClip(NodeImporter &n) {
  Value x = n.input(0), low, high;
  mlir::RankedTensorType type = n.type(x);
  if (n.opset < 11) {
    if (n.has("min"))
      low = n.splat(type, n.number("min", 0));
    if (n.has("max"))
      high = n.splat(type, n.number("max", 0));
  } else {
    for (unsigned i : {1, 2}) {
      Value bound = n.input(i);
      if (!bound)
        continue;
      if (n.type(bound).getNumElements() != 1 ||
          n.elementType(bound) != type.getElementType())
        return n.invalid(
            "its bounds must be scalars of the input's element type");
      (i == 1 ? low : high) =
          n.broadcast(n.reshape(bound, {}), type.getShape());
    }
  }
  if (low)
    x = n.make<MaxOp>(x, low);
  if (high)
    x = n.make<MinOp>(x, high);
  return n.yield(x);
}

/// Folds any number of inputs from the left.
template <class Op>
static Value foldInputs(NodeImporter &n) {
  SmallVector<Value> all;
  for (size_t i = 0; i < n.numInputs(); ++i) {
    if (!n.input(i) || n.elementType(n.input(i)) != n.elementType(n.input(0))) {
      (void)n.invalid("its inputs must all be there, of one element type");
      return {};
    }
    all.push_back(n.input(i));
  }
  if (!n.broadcastAll(all))
    return {};
  Value result = all[0];
  for (Value v : llvm::drop_begin(all))
    result = n.make<Op>(result, v);
  return result;
}

template <class Op>
static LogicalResult variadicFold(NodeImporter &n) {
  return n.yield(foldInputs<Op>(n));
}

static LogicalResult importMean(NodeImporter &n) {
  Value sum = foldInputs<AddOp>(n);
  if (!sum)
    return failure();
  return n.yield(n.expr(sum) / static_cast<double>(n.numInputs()));
}

/// The exponent may have another element type than the base, whose it is the
/// result's.
static LogicalResult importPow(NodeImporter &n) {
  Value both[] = {n.input(0), n.input(1)};
  mlir::Type base = n.elementType(both[0]), exponent = n.elementType(both[1]);
  if (!n.broadcastAll(both))
    return failure();
  if (base == exponent)
    return n.yield(n.make<PowOp>(both[0], both[1]));
  // An integer to a fractional power is computed in floating point.
  bool widen = !isa<FloatType>(base) && isa<FloatType>(exponent);
  mlir::Type common = widen ? exponent : base;
  Value y = n.make<PowOp>(n.cast(both[0], common), n.cast(both[1], common));
  return n.yield(n.cast(y, base));
}

static LogicalResult importMod(NodeImporter &n) {
  Value both[] = {n.input(0), n.input(1)};
  bool fmod = n.integer("fmod", 0);
  if (n.elementType(both[0]) != n.elementType(both[1]))
    return n.invalid("its inputs have different element types");
  if (!fmod && isa<FloatType>(n.elementType(both[0])))
    return n.invalid("floating-point inputs need fmod = 1");
  if (!n.broadcastAll(both))
    return failure();
  return n.yield(fmod ? n.make<RemOp>(both[0], both[1])
                      : n.make<ModOp>(both[0], both[1]));
}

static LogicalResult importBitShift(NodeImporter &n) {
  Value both[] = {n.input(0), n.input(1)};
  llvm::StringRef direction = n.string("direction", "");
  if (n.elementType(both[0]) != n.elementType(both[1]))
    return n.invalid("its inputs have different element types");
  if (!n.broadcastAll(both))
    return failure();
  if (direction == "LEFT")
    return n.yield(n.make<ShlOp>(both[0], both[1]));
  if (direction == "RIGHT")
    return n.yield(n.make<ShrOp>(both[0], both[1]));
  return n.invalid("attribute direction must be 'LEFT' or 'RIGHT'");
}

/// The slope broadcasts to the input, one way only.
static LogicalResult importPRelu(NodeImporter &n) {
  Value x = n.input(0), slope = n.input(1);
  if (n.elementType(x) != n.elementType(slope))
    return n.invalid("its inputs have different element types");
  // Opset 6 and older: one slope a channel.
  if (n.opset < 7 && n.rank(slope) == 1 && n.shape(slope)[0] != 1 &&
      n.rank(x) > 1) {
    SmallVector<int64_t> shape(n.rank(x) - 1, 1);
    shape[0] = n.shape(slope)[0];
    slope = n.reshape(slope, shape);
  }
  slope = n.broadcast(slope, n.shape(x));
  if (!slope)
    return failure();
  Expr e = n.expr(x);
  return n.yield(select(e < 0.0, e * n.expr(slope), e));
}

static LogicalResult importIsInf(NodeImporter &n) {
  Value x = n.input(0);
  if (!isa<FloatType>(n.elementType(x)))
    return n.invalid("its input must be floating-point");
  double inf = __builtin_inf();
  bool positive = n.integer("detect_positive", 1),
       negative = n.integer("detect_negative", 1);
  auto equals = [&](double value) {
    return n.make<CompareOp>(Predicate::EQ, x, n.splat(n.type(x), value));
  };
  if (positive && negative)
    return n.yield(n.make<OrOp>(equals(inf), equals(-inf)));
  if (positive || negative)
    return n.yield(equals(positive ? inf : -inf));
  return n.yield(n.splat(n.type(x).clone(n.b.getI1Type()), 0));
}

/// Inference: the identity, marked as a dropout for those that train the model.
/// The mask, where it is asked for, is all true.
static LogicalResult importDropout(NodeImporter &n) {
  bool training = false;
  if (n.opset >= 12 && n.input(2)) {
    FailureOr<double> mode = n.constantScalar(2, "training_mode");
    if (failed(mode))
      return failure();
    training = *mode != 0;
    // A ratio of zero drops nothing, in training either.
    if (training && n.input(1)) {
      FailureOr<double> ratio = n.constantScalar(1, "the ratio");
      training = failed(ratio) || *ratio != 0;
    }
  } else if (n.opset < 7) {
    training = !n.integer("is_test", 0);
  }
  if (training)
    return n.unsupported("training mode is not supported",
                         "export the model for inference");
  Value x = n.input(0);
  if (!isa<FloatType>(n.elementType(x)))
    return n.invalid("its input must be floating-point");
  // A ratio that only the caller knows is no constant of a training program.
  bool known = n.opset < 12 || !n.input(1) || n.isConstant(n.input(1));
  if (known && !n.node.outputs.empty()) {
    FailureOr<double> ratio = n.number("ratio", 0.5);
    if (n.opset >= 12 && n.input(1))
      ratio = n.constantScalar(1, "the ratio");
    if (failed(ratio))
      return failure();
    if (!(*ratio >= 0 && *ratio <= 1))
      return n.invalid("its ratio must lie in [0, 1]");
    // Node names are optional, value names are not.
    x = n.make<DropoutOp>(x, n.b.getF64FloatAttr(*ratio),
                          n.b.getStringAttr(n.node.outputs[0]));
  }
  if (n.node.outputs.size() < 2)
    return n.yield(x);
  // Before opset 10 the mask had the data's type.
  mlir::Type mask =
      n.opset < 10 ? n.elementType(x) : mlir::Type(n.b.getI1Type());
  return n.yield({x, n.splat(n.type(x).clone(mask), 1)});
}

/// round(x / scale) + zero point, saturated; one scale a tensor or a slice.
static Value perAxis(NodeImporter &n, Value v, Value like) {
  if (n.type(v).getNumElements() == 1)
    return n.broadcast(n.reshape(v, {}), n.shape(like));
  FailureOr<int64_t> axis = n.axis(n.integer("axis", 1), n.rank(like));
  if (failed(axis))
    return {};
  if (n.rank(v) != 1 || n.shape(v)[0] != n.shape(like)[*axis]) {
    (void)n.unsupported("blocked quantization is not supported");
    return {};
  }
  return n.broadcastAlong(v, n.shape(like), *axis);
}

static LogicalResult importDequantize(NodeImporter &n) {
  Value x = n.input(0), scale = n.input(1);
  mlir::Type compute = n.elementType(scale);
  if (!isa<FloatType>(compute))
    return n.invalid("the scale must be floating-point");
  Value y = n.cast(x, compute);
  if (Value zero = n.input(2)) {
    // The difference is exact in int32 and may not be in a narrow float.
    mlir::Type wide = n.b.getI32Type();
    Value shift = perAxis(n, n.cast(zero, wide), x);
    y = n.cast(n.make<SubOp>(n.cast(x, wide), shift), compute);
  }
  return n.yield(n.make<MulOp>(y, perAxis(n, scale, x)));
}

static LogicalResult importQuantize(NodeImporter &n) {
  Value x = n.input(0), zero = n.input(2);
  mlir::Type to =
      zero ? n.elementType(zero)
           : typeOf(n.integer("output_dtype", 0) ? n.integer("output_dtype", 0)
                                                 : UInt8,
                    n.b.getContext());
  auto integer = dyn_cast_or_null<IntegerType>(to);
  if (!integer || integer.getWidth() == 1 || integer.getWidth() > 16)
    return n.unsupported(
        "only int8, uint8, int16 and uint16 results are supported");
  if (!isa<FloatType>(n.elementType(x)) ||
      n.elementType(x) != n.elementType(n.input(1)))
    return n.unsupported("the scale must have the input's element type");
  Value scaled = n.make<RoundOp>(n.make<DivOp>(x, perAxis(n, n.input(1), x)));
  if (!scaled)
    return failure();
  mlir::Type compute = n.b.getF32Type();
  scaled = n.cast(scaled, compute);
  if (zero)
    scaled = n.make<AddOp>(scaled, perAxis(n, n.cast(zero, compute), x));
  // The cast saturates.
  return n.yield(n.cast(scaled, to));
}

static const Row rows[] = {
    {"Cast", 6, 1, 1, importCast},
    {"CastLike", 15, 2, 2, importCastLike},
    {"Where", 9, 3, 3, importWhere},
    {"Clip", 1, 1, 3, importClip, Elements::Number},
    {"Max", 1, 1, variadic, variadicFold<MaxOp>, Elements::Number},
    {"Min", 1, 1, variadic, variadicFold<MinOp>, Elements::Number},
    {"Sum", 1, 1, variadic, variadicFold<AddOp>, Elements::Number},
    {"Mean", 1, 1, variadic, importMean, Elements::Float},
    {"Pow", 7, 2, 2, importPow, Elements::Number},
    {"Mod", 10, 2, 2, importMod, Elements::Number},
    {"BitShift", 11, 2, 2, importBitShift, Elements::Integer},
    {"PRelu", 1, 2, 2, importPRelu, Elements::Number},
    {"IsInf", 10, 1, 1, importIsInf, Elements::Float},
    {"Dropout", 1, 1, 3, importDropout},
    {"DequantizeLinear", 10, 2, 3, importDequantize},
    {"QuantizeLinear", 10, 2, 3, importQuantize},
};

ArrayRef<Row> tenon::onnx::elementwiseRows() { return rows; }
