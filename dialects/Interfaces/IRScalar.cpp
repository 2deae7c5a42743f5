//===-- IRScalar.cpp - Scalar.h's vocabulary as arith and math ops --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Interfaces/Scalar.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace tenon;

Kind tenon::kindOf(Type t) {
  if (t.isF32())
    return Kind::F32;
  if (t.isF64())
    return Kind::F64;
  if (t.isF16())
    return Kind::F16;
  if (t.isBF16())
    return Kind::BF16;
  auto i = cast<IntegerType>(t);
  bool u = i.isUnsigned();
  switch (i.getWidth()) {
  case 1:
    return Kind::Bool;
  case 8:
    return u ? Kind::U8 : Kind::I8;
  case 16:
    return u ? Kind::U16 : Kind::I16;
  case 32:
    return u ? Kind::U32 : Kind::I32;
  default:
    return u ? Kind::U64 : Kind::I64;
  }
}

bool tenon::isFloat(Kind k) { return k <= Kind::BF16; }
bool tenon::isUnsigned(Kind k) {
  return k == Kind::U8 || k == Kind::U16 || k == Kind::U32 || k == Kind::U64 ||
         k == Kind::Bool;
}

unsigned tenon::bytesOf(Kind k) {
  switch (k) {
  case Kind::F64:
  case Kind::I64:
  case Kind::U64:
    return 8;
  case Kind::F32:
  case Kind::I32:
  case Kind::U32:
    return 4;
  case Kind::F16:
  case Kind::BF16:
  case Kind::I16:
  case Kind::U16:
    return 2;
  default:
    return 1;
  }
}

Type tenon::typeOf(Kind k, MLIRContext *c) {
  switch (k) {
  case Kind::F32:
    return Float32Type::get(c);
  case Kind::F64:
    return Float64Type::get(c);
  case Kind::F16:
    return Float16Type::get(c);
  case Kind::BF16:
    return BFloat16Type::get(c);
  case Kind::Bool:
    return IntegerType::get(c, 1);
  default:
    return IntegerType::get(c, 8 * bytesOf(k),
                            isUnsigned(k) ? IntegerType::Unsigned
                                          : IntegerType::Signless);
  }
}

Type tenon::storageTypeOf(Kind k, MLIRContext *c) {
  return isFloat(k) && k != Kind::BF16 ? typeOf(k, c)
                                       : IntegerType::get(c, 8 * bytesOf(k));
}

namespace {

/// The register type of `kind` in the shape (scalar or vector) of `like`.
Type shaped(const IRScalar &like, Kind kind) {
  MLIRContext *c = like.builder->getContext();
  Type element =
      kind == Kind::Bool ? IntegerType::get(c, 1) : storageTypeOf(kind, c);
  if (auto v = dyn_cast<VectorType>(like.value.getType()))
    return VectorType::get(v.getShape(), element);
  return element;
}

IRScalar with(const IRScalar &like, Value value, Kind kind) {
  return {value, kind, like.builder, like.loc};
}

bool isHalf(Kind k) { return k == Kind::F16 || k == Kind::BF16; }

/// f32 to bf16, whose registers are i16: LLVM does arithmetic on bfloat by
/// calling compiler-rt, and AVX512_BF16's instruction flushes subnormals.
IRScalar toBF16(IRScalar a) {
  IRScalar bits = bitcast(a, Kind::U32), sixteen = lit(bits, 16);
  IRScalar high = shr(bits, sixteen);
  // Ties go to the even neighbour; the carry may reach infinity.
  IRScalar even = lit(bits, 0x7fff) + (high & lit(bits, 1));
  IRScalar rounded = shr(bits + even, sixteen);
  rounded = select(isNan(a), high | lit(bits, 0x40), rounded);
  return with(a, convert(rounded, Kind::U16).value, Kind::BF16);
}

/// f64 to f32, where the last bit is set if anything was lost: a rounding to
/// a half afterwards is then as good as one straight from f64.
IRScalar toOddF32(IRScalar a) {
  OpBuilder &b = *a.builder;
  IRScalar near =
      with(a, arith::TruncFOp::create(b, a.loc, shaped(a, Kind::F32), a.value),
           Kind::F32);
  IRScalar back =
      with(a, arith::ExtFOp::create(b, a.loc, shaped(a, Kind::F64), near.value),
           Kind::F64);
  IRScalar lost = compare(Predicate::NE, back, a), away = abs(back) > abs(a);
  IRScalar bits = bitcast(near, Kind::U32) - convert(away, Kind::U32);
  return bitcast(bits | convert(lost, Kind::U32), Kind::F32);
}

IRScalar resize(IRScalar a, Kind to) {
  OpBuilder &b = *a.builder;
  Type t = shaped(a, to);
  if (a.kind == Kind::BF16) {
    IRScalar bits = convert(with(a, a.value, Kind::U16), Kind::U32);
    IRScalar wide = bitcast(shl(bits, lit(bits, 16)), Kind::F32);
    return to == Kind::F32 ? wide : resize(wide, to);
  }
  if (bytesOf(to) > bytesOf(a.kind))
    return with(a, arith::ExtFOp::create(b, a.loc, t, a.value), to);
  if (a.kind == Kind::F64 && isHalf(to))
    a = toOddF32(a);
  if (to == Kind::BF16)
    return toBF16(a);
  return with(a, arith::TruncFOp::create(b, a.loc, t, a.value), to);
}

/// Halves are computed in f32 and rounded after every function.
IRScalar widen(IRScalar a) { return isHalf(a.kind) ? resize(a, Kind::F32) : a; }
IRScalar narrow(IRScalar a, Kind to) {
  return a.kind == to ? a : resize(a, to);
}

template <class FloatOp, class IntOp>
IRScalar binary(IRScalar a, IRScalar b) {
  if (isFloat(a.kind)) {
    IRScalar x = widen(a), y = widen(b);
    return narrow(
        with(x, FloatOp::create(*x.builder, x.loc, x.value, y.value), x.kind),
        a.kind);
  }
  return with(a, IntOp::create(*a.builder, a.loc, a.value, b.value), a.kind);
}

template <class Op>
IRScalar unary(IRScalar a) {
  IRScalar x = widen(a);
  return narrow(with(x, Op::create(*x.builder, x.loc, x.value), x.kind),
                a.kind);
}

IRScalar divide(IRScalar a, IRScalar b, bool remainder) {
  OpBuilder &builder = *a.builder;
  IRScalar zero = lit(a, 0.0), one = lit(a, 1.0);
  IRScalar byZero = equal(b, zero);
  IRScalar divisor = select(byZero, one, b);
  Value q;
  if (isUnsigned(a.kind)) {
    q = remainder ? Value(arith::RemUIOp::create(builder, a.loc, a.value,
                                                 divisor.value))
                  : Value(arith::DivUIOp::create(builder, a.loc, a.value,
                                                 divisor.value));
    return select(byZero, zero, with(a, q, a.kind));
  }
  // MIN / -1 overflows in hardware; by -1 the quotient is the negation.
  IRScalar byMinusOne = equal(b, lit(a, -1.0));
  divisor = select(byMinusOne, one, divisor);
  q = remainder ? Value(arith::RemSIOp::create(builder, a.loc, a.value,
                                               divisor.value))
                : Value(arith::DivSIOp::create(builder, a.loc, a.value,
                                               divisor.value));
  IRScalar r =
      select(byMinusOne, remainder ? zero : zero - a, with(a, q, a.kind));
  return select(byZero, zero, r);
}

} // namespace

namespace tenon {

IRScalar lit(IRScalar like, double value) {
  OpBuilder &b = *like.builder;
  Type t = shaped(like, like.kind);
  Type element = getElementTypeOrSelf(t);
  TypedAttr a;
  if (auto f = dyn_cast<FloatType>(element)) {
    a = b.getFloatAttr(f, value);
  } else if (like.kind == Kind::BF16) {
    uint16_t bits;
    HostScalar::ofDouble(Kind::BF16, value).store(&bits);
    a = b.getIntegerAttr(element, APInt(16, bits));
  } else {
    HostScalar h = HostScalar::ofDouble(like.kind, value);
    a = b.getIntegerAttr(
        element, APInt(element.getIntOrFloatBitWidth(), h.i, false, true));
  }
  if (auto v = dyn_cast<VectorType>(t))
    a = DenseElementsAttr::get(v, a);
  return with(like, arith::ConstantOp::create(b, like.loc, a), like.kind);
}

IRScalar operator+(IRScalar a, IRScalar b) {
  return binary<arith::AddFOp, arith::AddIOp>(a, b);
}
IRScalar operator-(IRScalar a, IRScalar b) {
  return binary<arith::SubFOp, arith::SubIOp>(a, b);
}
IRScalar operator*(IRScalar a, IRScalar b) {
  return binary<arith::MulFOp, arith::MulIOp>(a, b);
}
IRScalar operator/(IRScalar a, IRScalar b) {
  return isFloat(a.kind) ? binary<arith::DivFOp, arith::DivSIOp>(a, b)
                         : divide(a, b, false);
}
IRScalar operator-(IRScalar a) {
  return isFloat(a.kind) ? unary<arith::NegFOp>(a) : lit(a, 0.0) - a;
}

IRScalar fma(IRScalar a, IRScalar b, IRScalar c) {
  if (!isFloat(a.kind))
    return a * b + c;
  IRScalar x = widen(a), y = widen(b), z = widen(c);
  return narrow(
      with(x, math::FmaOp::create(*x.builder, x.loc, x.value, y.value, z.value),
           x.kind),
      a.kind);
}

IRScalar rem(IRScalar a, IRScalar b) {
  if (!isFloat(a.kind))
    return divide(a, b, true);
  return binary<arith::RemFOp, arith::RemSIOp>(a, b);
}

IRScalar max(IRScalar a, IRScalar b) {
  if (isFloat(a.kind))
    return binary<arith::MaximumFOp, arith::MaxSIOp>(a, b);
  return isUnsigned(a.kind) ? binary<arith::MaximumFOp, arith::MaxUIOp>(a, b)
                            : binary<arith::MaximumFOp, arith::MaxSIOp>(a, b);
}
IRScalar min(IRScalar a, IRScalar b) {
  if (isFloat(a.kind))
    return binary<arith::MinimumFOp, arith::MinSIOp>(a, b);
  return isUnsigned(a.kind) ? binary<arith::MinimumFOp, arith::MinUIOp>(a, b)
                            : binary<arith::MinimumFOp, arith::MinSIOp>(a, b);
}
IRScalar abs(IRScalar a) {
  if (isFloat(a.kind))
    return unary<math::AbsFOp>(a);
  return isUnsigned(a.kind) ? a : select(a < lit(a, 0.0), -a, a);
}
IRScalar sqrt(IRScalar a) { return unary<math::SqrtOp>(a); }
IRScalar floor(IRScalar a) { return unary<math::FloorOp>(a); }
IRScalar ceil(IRScalar a) { return unary<math::CeilOp>(a); }
IRScalar trunc(IRScalar a) { return unary<math::TruncOp>(a); }
IRScalar rint(IRScalar a) { return unary<math::RoundEvenOp>(a); }
IRScalar copysign(IRScalar a, IRScalar b) {
  return binary<math::CopySignOp, arith::AddIOp>(a, b);
}

IRScalar compare(Predicate p, IRScalar a, IRScalar b) {
  OpBuilder &builder = *a.builder;
  unsigned i = static_cast<unsigned>(p);
  if (isFloat(a.kind)) {
    using P = arith::CmpFPredicate;
    const P table[] = {P::OEQ, P::UNE, P::OLT, P::OLE, P::OGT, P::OGE};
    IRScalar x = widen(a), y = widen(b);
    return with(
        a, arith::CmpFOp::create(builder, a.loc, table[i], x.value, y.value),
        Kind::Bool);
  }
  using P = arith::CmpIPredicate;
  const P sign[] = {P::eq, P::ne, P::slt, P::sle, P::sgt, P::sge};
  const P zero[] = {P::eq, P::ne, P::ult, P::ule, P::ugt, P::uge};
  P predicate = isUnsigned(a.kind) ? zero[i] : sign[i];
  return with(
      a, arith::CmpIOp::create(builder, a.loc, predicate, a.value, b.value),
      Kind::Bool);
}

IRScalar select(IRScalar c, IRScalar a, IRScalar b) {
  return with(
      a, arith::SelectOp::create(*a.builder, a.loc, c.value, a.value, b.value),
      a.kind);
}
IRScalar operator&(IRScalar a, IRScalar b) {
  return with(a, arith::AndIOp::create(*a.builder, a.loc, a.value, b.value),
              a.kind);
}
IRScalar operator|(IRScalar a, IRScalar b) {
  return with(a, arith::OrIOp::create(*a.builder, a.loc, a.value, b.value),
              a.kind);
}
IRScalar operator^(IRScalar a, IRScalar b) {
  return with(a, arith::XOrIOp::create(*a.builder, a.loc, a.value, b.value),
              a.kind);
}

/// Shifts by the width or more are poison in arith: mask, then select 0.
template <class Op>
static IRScalar shift(IRScalar a, IRScalar b) {
  unsigned width = 8 * bytesOf(a.kind);
  IRScalar u = b;
  if (a.kind == Kind::I32)
    u.kind = Kind::U32;
  if (a.kind == Kind::I64)
    u.kind = Kind::U64;
  if (a.kind == Kind::I16)
    u.kind = Kind::U16;
  if (a.kind == Kind::I8)
    u.kind = Kind::U8;
  IRScalar by = b & lit(b, width - 1.0);
  IRScalar r =
      with(a, Op::create(*a.builder, a.loc, a.value, by.value), a.kind);
  return select(u < lit(u, width), r, lit(a, 0.0));
}
IRScalar shl(IRScalar a, IRScalar b) { return shift<arith::ShLIOp>(a, b); }
IRScalar shr(IRScalar a, IRScalar b) {
  return isUnsigned(a.kind) ? shift<arith::ShRUIOp>(a, b)
                            : shift<arith::ShRSIOp>(a, b);
}

/// llvm.fptosi.sat or llvm.fptoui.sat, which the LLVM dialect has no op for.
static Value saturatingConvert(IRScalar x, Kind to) {
  Type t = shaped(x, to);
  std::string name = isUnsigned(to) ? "llvm.fptoui.sat" : "llvm.fptosi.sat";
  for (Type part : {t, x.value.getType()}) {
    name += '.';
    if (auto v = dyn_cast<VectorType>(part))
      name += 'v' + std::to_string(v.getNumElements());
    Type element = getElementTypeOrSelf(part);
    name += isa<FloatType>(element) ? 'f' : 'i';
    name += std::to_string(element.getIntOrFloatBitWidth());
  }
  OpBuilder &b = *x.builder;
  return LLVM::CallIntrinsicOp::create(b, x.loc, t, b.getStringAttr(name),
                                       ValueRange(x.value))
      .getResult(0);
}

IRScalar truncToInt(IRScalar a) {
  return with(
      a,
      arith::FPToSIOp::create(*a.builder, a.loc, shaped(a, Kind::I32), a.value),
      Kind::I32);
}

IRScalar convert(IRScalar a, Kind to) {
  OpBuilder &b = *a.builder;
  if (a.kind == to)
    return a;
  Type t = shaped(a, to);
  if (isFloat(a.kind) && isFloat(to)) {
    if (isHalf(a.kind) && isHalf(to))
      return resize(resize(a, Kind::F32), to);
    return resize(a, to);
  }
  if (isFloat(a.kind)) {
    if (to == Kind::Bool)
      return compare(Predicate::NE, a, lit(a, 0.0));
    IRScalar x = widen(a);
    return with(a, saturatingConvert(x, to), to);
  }
  if (isFloat(to)) {
    Kind via = isHalf(to) ? Kind::F32 : to;
    Type u = shaped(a, via);
    Value v = isUnsigned(a.kind)
                  ? Value(arith::UIToFPOp::create(b, a.loc, u, a.value))
                  : Value(arith::SIToFPOp::create(b, a.loc, u, a.value));
    return narrow(with(a, v, via), to);
  }
  if (to == Kind::Bool)
    return compare(Predicate::NE, a, lit(a, 0.0));
  unsigned from = a.kind == Kind::Bool ? 0 : bytesOf(a.kind),
           width = bytesOf(to);
  Value v = a.value;
  if (width > from)
    v = isUnsigned(a.kind) ? Value(arith::ExtUIOp::create(b, a.loc, t, v))
                           : Value(arith::ExtSIOp::create(b, a.loc, t, v));
  else if (width < from)
    v = arith::TruncIOp::create(b, a.loc, t, v);
  return with(a, v, to);
}

IRScalar bitcast(IRScalar a, Kind to) {
  return with(
      a, arith::BitcastOp::create(*a.builder, a.loc, shaped(a, to), a.value),
      to);
}

template <class Op>
static Value build(IRScalar a) {
  return Op::create(*a.builder, a.loc, a.value);
}

IRScalar libm(const char *name, IRScalar a) {
  IRScalar x = convert(a, Kind::F64);
  using Function = Value (*)(IRScalar);
  Function f = llvm::StringSwitch<Function>(name)
                   .Case("exp", build<math::ExpOp>)
                   .Case("expm1", build<math::ExpM1Op>)
                   .Case("log", build<math::LogOp>)
                   .Case("log1p", build<math::Log1pOp>)
                   .Case("tanh", build<math::TanhOp>)
                   .Case("erf", build<math::ErfOp>)
                   .Case("sin", build<math::SinOp>)
                   .Case("cos", build<math::CosOp>)
                   .Case("tan", build<math::TanOp>)
                   .Case("asin", build<math::AsinOp>)
                   .Case("acos", build<math::AcosOp>)
                   .Case("atan", build<math::AtanOp>)
                   .Case("sinh", build<math::SinhOp>)
                   .Case("cosh", build<math::CoshOp>)
                   .Case("asinh", build<math::AsinhOp>)
                   .Case("acosh", build<math::AcoshOp>)
                   .Case("atanh", build<math::AtanhOp>)
                   .Default(nullptr);
  if (!f)
    llvm_unreachable("libm function without an op");
  return convert(with(x, f(x), Kind::F64), a.kind);
}

IRScalar libm(const char *name, IRScalar a, IRScalar b) {
  if (llvm::StringRef(name) != "pow")
    llvm_unreachable("libm function without an op");
  IRScalar x = convert(a, Kind::F64), y = convert(b, Kind::F64);
  return convert(with(x,
                      math::PowFOp::create(*x.builder, x.loc, x.value, y.value),
                      Kind::F64),
                 a.kind);
}

} // namespace tenon
