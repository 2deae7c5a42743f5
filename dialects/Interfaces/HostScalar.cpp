//===-- HostScalar.cpp - Scalar.h's vocabulary on host values -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Interfaces/Scalar.h"

#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/ErrorHandling.h"

#include <cmath>
#include <cstring>
#include <limits>

using namespace tenon;
using llvm::APFloat;

namespace {

/// Rounds to f16 or bf16 and widens back.
float roundTo(const llvm::fltSemantics &semantics, float value) {
  APFloat v(value);
  bool lost;
  v.convert(semantics, APFloat::rmNearestTiesToEven, &lost);
  v.convert(APFloat::IEEEsingle(), APFloat::rmNearestTiesToEven, &lost);
  return v.convertToFloat();
}

int64_t wrap(Kind kind, int64_t v) {
  switch (kind) {
  case Kind::I8:
    return static_cast<int8_t>(v);
  case Kind::U8:
    return static_cast<uint8_t>(v);
  case Kind::I16:
    return static_cast<int16_t>(v);
  case Kind::U16:
    return static_cast<uint16_t>(v);
  case Kind::I32:
    return static_cast<int32_t>(v);
  case Kind::U32:
    return static_cast<uint32_t>(v);
  case Kind::Bool:
    return v & 1;
  default:
    return v;
  }
}

HostScalar ofFloat(Kind kind, float value) {
  HostScalar r;
  r.kind = kind;
  r.f = kind == Kind::F16    ? roundTo(APFloat::IEEEhalf(), value)
        : kind == Kind::BF16 ? roundTo(APFloat::BFloat(), value)
                             : value;
  return r;
}

HostScalar ofF64(double value) {
  HostScalar r;
  r.kind = Kind::F64;
  r.d = value;
  return r;
}

/// Applies one generic lambda to two operands of one kind.
template <class F, class I>
HostScalar binary(HostScalar a, HostScalar b, F &&onFloat, I &&onInt) {
  if (a.kind == Kind::F64)
    return ofF64(onFloat(a.d, b.d));
  if (isFloat(a.kind))
    return ofFloat(a.kind, onFloat(a.f, b.f));
  return HostScalar::ofInt(a.kind, onInt(a.i, b.i));
}

template <class F>
HostScalar onFloats(HostScalar a, F &&f) {
  if (a.kind == Kind::F64)
    return ofF64(f(a.d));
  return ofFloat(a.kind, f(a.f));
}

int64_t wrapMul(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) *
                              static_cast<uint64_t>(b));
}
int64_t wrapAdd(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) +
                              static_cast<uint64_t>(b));
}

int64_t divide(Kind kind, int64_t a, int64_t b, bool remainder) {
  if (b == 0)
    return 0;
  if (kind == Kind::U64) {
    uint64_t x = a, y = b;
    return remainder ? x % y : x / y;
  }
  if (b == -1)
    return remainder ? 0 : wrapMul(a, -1);
  return remainder ? a % b : a / b;
}

/// NaN wins; -0 < +0, as llvm.maximum says.
template <class T>
T maximum(T a, T b) {
  if (std::isnan(a) || std::isnan(b))
    return a + b;
  if (a == b)
    return std::signbit(a) ? b : a;
  return a > b ? a : b;
}
template <class T>
T minimum(T a, T b) {
  if (std::isnan(a) || std::isnan(b))
    return a + b;
  if (a == b)
    return std::signbit(a) ? a : b;
  return a < b ? a : b;
}

int64_t saturate(double v, Kind to) {
  if (to == Kind::Bool)
    return v != 0;
  if (std::isnan(v))
    return 0;
  v = std::trunc(v);
  if (to == Kind::U64) {
    if (v <= 0)
      return 0;
    return v >= 18446744073709551616.0
               ? -1
               : static_cast<int64_t>(static_cast<uint64_t>(v));
  }
  if (to == Kind::I64)
    return v >= 9223372036854775808.0    ? std::numeric_limits<int64_t>::max()
           : v <= -9223372036854775808.0 ? std::numeric_limits<int64_t>::min()
                                         : static_cast<int64_t>(v);
  unsigned bits = 8 * bytesOf(to);
  double lo = isUnsigned(to) ? 0.0 : -std::ldexp(1.0, bits - 1);
  double hi = std::ldexp(1.0, isUnsigned(to) ? bits : bits - 1) - 1;
  return static_cast<int64_t>(v < lo ? lo : v > hi ? hi : v);
}

} // namespace

HostScalar HostScalar::ofDouble(Kind kind, double value) {
  if (kind == Kind::F64)
    return ofF64(value);
  if (isFloat(kind))
    return ofFloat(kind, static_cast<float>(value));
  return ofInt(kind, saturate(value, kind == Kind::Bool || isUnsigned(kind)
                                         ? Kind::I64
                                         : kind));
}

HostScalar HostScalar::ofInt(Kind kind, int64_t value) {
  HostScalar r;
  r.kind = kind;
  r.i = wrap(kind, value);
  return r;
}

double HostScalar::toDouble() const {
  if (kind == Kind::F64)
    return d;
  if (isFloat(kind))
    return f;
  return kind == Kind::U64 ? static_cast<double>(static_cast<uint64_t>(i))
                           : static_cast<double>(i);
}

template <class T>
static T readAs(const void *address) {
  T v;
  std::memcpy(&v, address, sizeof v);
  return v;
}

HostScalar HostScalar::load(Kind kind, const void *address) {
  switch (kind) {
  case Kind::F32:
    return ofFloat(kind, readAs<float>(address));
  case Kind::F64:
    return ofF64(readAs<double>(address));
  case Kind::F16:
  case Kind::BF16: {
    const auto &semantics =
        kind == Kind::F16 ? APFloat::IEEEhalf() : APFloat::BFloat();
    APFloat v(semantics, llvm::APInt(16, readAs<uint16_t>(address)));
    bool lost;
    v.convert(APFloat::IEEEsingle(), APFloat::rmNearestTiesToEven, &lost);
    HostScalar r;
    r.kind = kind;
    r.f = v.convertToFloat();
    return r;
  }
  case Kind::I8:
    return ofInt(kind, readAs<int8_t>(address));
  case Kind::U8:
    return ofInt(kind, readAs<uint8_t>(address));
  case Kind::I16:
    return ofInt(kind, readAs<int16_t>(address));
  case Kind::U16:
    return ofInt(kind, readAs<uint16_t>(address));
  case Kind::I32:
    return ofInt(kind, readAs<int32_t>(address));
  case Kind::U32:
    return ofInt(kind, readAs<uint32_t>(address));
  case Kind::I64:
  case Kind::U64:
    return ofInt(kind, readAs<int64_t>(address));
  case Kind::Bool:
    return ofInt(kind, readAs<uint8_t>(address) != 0);
  }
  llvm_unreachable("unknown kind");
}

void HostScalar::store(void *address) const {
  switch (kind) {
  case Kind::F32:
    std::memcpy(address, &f, 4);
    return;
  case Kind::F64:
    std::memcpy(address, &d, 8);
    return;
  case Kind::F16:
  case Kind::BF16: {
    APFloat v(f);
    bool lost;
    v.convert(kind == Kind::F16 ? APFloat::IEEEhalf() : APFloat::BFloat(),
              APFloat::rmNearestTiesToEven, &lost);
    uint16_t bits = v.bitcastToAPInt().getZExtValue();
    std::memcpy(address, &bits, 2);
    return;
  }
  default:
    std::memcpy(address, &i, bytesOf(kind));
    return; // little endian
  }
}

namespace tenon {

HostScalar lit(HostScalar like, double value) {
  return HostScalar::ofDouble(like.kind, value);
}
HostScalar operator+(HostScalar a, HostScalar b) {
  return binary(a, b, [](auto x, auto y) { return x + y; }, wrapAdd);
}
HostScalar operator-(HostScalar a, HostScalar b) {
  return binary(
      a, b, [](auto x, auto y) { return x - y; },
      [](int64_t x, int64_t y) { return wrapAdd(x, wrapMul(y, -1)); });
}
HostScalar operator*(HostScalar a, HostScalar b) {
  return binary(a, b, [](auto x, auto y) { return x * y; }, wrapMul);
}
HostScalar operator/(HostScalar a, HostScalar b) {
  return binary(
      a, b, [](auto x, auto y) { return x / y; },
      [&](int64_t x, int64_t y) { return divide(a.kind, x, y, false); });
}
HostScalar operator-(HostScalar a) {
  return isFloat(a.kind) ? onFloats(a, [](auto x) { return -x; })
                         : HostScalar::ofInt(a.kind, wrapMul(a.i, -1));
}
HostScalar fma(HostScalar a, HostScalar b, HostScalar c) {
  if (a.kind == Kind::F64)
    return ofF64(std::fma(a.d, b.d, c.d));
  if (isFloat(a.kind))
    return ofFloat(a.kind, std::fma(a.f, b.f, c.f));
  return a * b + c;
}
HostScalar rem(HostScalar a, HostScalar b) {
  return binary(
      a, b, [](auto x, auto y) { return std::fmod(x, y); },
      [&](int64_t x, int64_t y) { return divide(a.kind, x, y, true); });
}
HostScalar max(HostScalar a, HostScalar b) {
  return isFloat(a.kind)
             ? binary(
                   a, b, [](auto x, auto y) { return maximum(x, y); }, wrapAdd)
             : select(compare(Predicate::GT, a, b), a, b);
}
HostScalar min(HostScalar a, HostScalar b) {
  return isFloat(a.kind)
             ? binary(
                   a, b, [](auto x, auto y) { return minimum(x, y); }, wrapAdd)
             : select(compare(Predicate::LT, a, b), a, b);
}
HostScalar abs(HostScalar a) {
  if (isFloat(a.kind))
    return onFloats(a, [](auto x) { return std::fabs(x); });
  return isUnsigned(a.kind) || a.i >= 0 ? a : -a;
}
HostScalar sqrt(HostScalar a) {
  return onFloats(a, [](auto x) { return std::sqrt(x); });
}
HostScalar floor(HostScalar a) {
  return onFloats(a, [](auto x) { return std::floor(x); });
}
HostScalar ceil(HostScalar a) {
  return onFloats(a, [](auto x) { return std::ceil(x); });
}
HostScalar trunc(HostScalar a) {
  return onFloats(a, [](auto x) { return std::trunc(x); });
}
HostScalar rint(HostScalar a) {
  return onFloats(a, [](auto x) { return std::nearbyint(x); });
}
HostScalar copysign(HostScalar a, HostScalar b) {
  return binary(
      a, b, [](auto x, auto y) { return std::copysign(x, y); }, wrapAdd);
}

HostScalar compare(Predicate p, HostScalar a, HostScalar b) {
  auto test = [p](auto x, auto y) {
    switch (p) {
    case Predicate::EQ:
      return x == y;
    case Predicate::NE:
      return x != y;
    case Predicate::LT:
      return x < y;
    case Predicate::LE:
      return x <= y;
    case Predicate::GT:
      return x > y;
    case Predicate::GE:
      return x >= y;
    }
    llvm_unreachable("unknown predicate");
  };
  if (a.kind == Kind::F64)
    return HostScalar::ofBool(test(a.d, b.d));
  if (isFloat(a.kind))
    return HostScalar::ofBool(test(a.f, b.f));
  if (a.kind == Kind::U64)
    return HostScalar::ofBool(test(uint64_t(a.i), uint64_t(b.i)));
  return HostScalar::ofBool(test(a.i, b.i));
}

HostScalar select(HostScalar condition, HostScalar a, HostScalar b) {
  return condition.i ? a : b;
}
HostScalar operator&(HostScalar a, HostScalar b) {
  return HostScalar::ofInt(a.kind, a.i & b.i);
}
HostScalar operator|(HostScalar a, HostScalar b) {
  return HostScalar::ofInt(a.kind, a.i | b.i);
}
HostScalar operator^(HostScalar a, HostScalar b) {
  return HostScalar::ofInt(a.kind, a.i ^ b.i);
}
HostScalar shl(HostScalar a, HostScalar b) {
  uint64_t by = b.i;
  return HostScalar::ofInt(a.kind,
                           by >= 8 * bytesOf(a.kind) ? 0 : uint64_t(a.i) << by);
}
HostScalar shr(HostScalar a, HostScalar b) {
  uint64_t by = b.i;
  if (by >= 8 * bytesOf(a.kind))
    return HostScalar::ofInt(a.kind, 0);
  return HostScalar::ofInt(
      a.kind, isUnsigned(a.kind) ? int64_t(uint64_t(a.i) >> by) : a.i >> by);
}

HostScalar convert(HostScalar a, Kind to) {
  if (a.kind == to)
    return a;
  if (isFloat(a.kind)) {
    double v = a.toDouble();
    if (to == Kind::F64)
      return ofF64(v);
    if (!isFloat(to))
      return HostScalar::ofInt(to, saturate(v, to));
    if (a.kind == Kind::F64 && to != Kind::F32) {
      // One rounding: f64 -> f16 must not pass through f32.
      APFloat h(v);
      bool lost;
      h.convert(to == Kind::F16 ? APFloat::IEEEhalf() : APFloat::BFloat(),
                APFloat::rmNearestTiesToEven, &lost);
      h.convert(APFloat::IEEEsingle(), APFloat::rmNearestTiesToEven, &lost);
      return ofFloat(to, h.convertToFloat());
    }
    return ofFloat(to, static_cast<float>(v));
  }
  if (to == Kind::F64)
    return ofF64(a.toDouble());
  if (isFloat(to))
    return ofFloat(to, a.kind == Kind::U64 ? static_cast<float>(uint64_t(a.i))
                                           : static_cast<float>(a.i));
  return HostScalar::ofInt(to, to == Kind::Bool ? a.i != 0 : a.i);
}

HostScalar truncToInt(HostScalar a) { return convert(a, Kind::I32); }

HostScalar bitcast(HostScalar a, Kind to) {
  char bytes[8] = {};
  a.store(bytes);
  return HostScalar::load(to, bytes);
}

HostScalar libm(const char *name, HostScalar a) {
  double x = a.toDouble();
  using Function = double (*)(double);
  Function f = llvm::StringSwitch<Function>(name)
                   .Case("exp", std::exp)
                   .Case("expm1", std::expm1)
                   .Case("log", std::log)
                   .Case("log1p", std::log1p)
                   .Case("tanh", std::tanh)
                   .Case("erf", std::erf)
                   .Case("sin", std::sin)
                   .Case("cos", std::cos)
                   .Case("tan", std::tan)
                   .Case("asin", std::asin)
                   .Case("acos", std::acos)
                   .Case("atan", std::atan)
                   .Case("sinh", std::sinh)
                   .Case("cosh", std::cosh)
                   .Case("asinh", std::asinh)
                   .Case("acosh", std::acosh)
                   .Case("atanh", std::atanh)
                   .Default(nullptr);
  if (!f)
    llvm_unreachable("libm function without a host meaning");
  return convert(ofF64(f(x)), a.kind);
}

HostScalar libm(const char *name, HostScalar a, HostScalar b) {
  if (llvm::StringRef(name) != "pow")
    llvm_unreachable("libm function without a host meaning");
  return convert(ofF64(std::pow(a.toDouble(), b.toDouble())), a.kind);
}

} // namespace tenon
