//===-- Lane.h - Scalar.h's vocabulary, inlined -----------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// HostScalar once more, function by function, but visible to the optimiser: in
// a loop whose kind is a constant all that remains is typed arithmetic. A test
// compares the two on every function and kind.
//
// Everything has internal linkage, because files that include this are built
// for different instruction sets and must not share a single function.
//===----------------------------------------------------------------------===//

#pragma once

#include "dialects/Interfaces/Scalar.h"

#include <cstring>

#define TENON_INLINE [[gnu::always_inline]] inline

namespace tenon {
namespace {

/// One value of any kind, as HostScalar; but separate fields, of which those
/// not in use are 0: the optimiser splits a struct, not a union.
struct Lane {
  Kind kind;
  float f;
  double d;
  int64_t i;
};

template <class To, class From>
TENON_INLINE To bitsOf(From from) {
  static_assert(sizeof(To) == sizeof(From));
  To to;
  __builtin_memcpy(&to, &from, sizeof to);
  return to;
}

/// Rounds to the nearest bfloat16 (even on ties), as f32.
TENON_INLINE float roundToBF16(float x) {
  uint32_t u = bitsOf<uint32_t>(x);
  uint32_t rounded = (u + 0x7fff + ((u >> 16) & 1)) & 0xffff0000;
  uint32_t quiet = (u | 0x00400000) & 0xffff0000;
  return bitsOf<float>(x == x ? rounded : quiet);
}

/// Rounds to the nearest f16 (even on ties), as f32.
TENON_INLINE float roundToF16(float x) {
  uint32_t u = bitsOf<uint32_t>(x);
  float magnitude = __builtin_fabsf(x);
  // Below 2^-14 halves are multiples of 2^-24, the ulp of f32 at 1/2.
  float tiny = __builtin_copysignf((magnitude + 0.5f) - 0.5f, x);
  uint32_t kept = (u + 0xfff + ((u >> 13) & 1)) & 0xffffe000;
  float normal = magnitude >= 65520.0f
                     ? __builtin_copysignf(__builtin_inff(), x)
                     : bitsOf<float>(kept);
  float r = magnitude < 0x1p-14f ? tiny : normal;
  return x == x ? r : bitsOf<float>((u | 0x00400000) & 0xffffe000);
}

/// The f32 of an f16's bits.
TENON_INLINE float widenF16(uint16_t h) {
  uint32_t sign = uint32_t(h & 0x8000) << 16, rest = h & 0x7fff;
  float tiny = float(rest) * 0x1p-24f;
  uint32_t normal = (rest << 13) + 0x38000000;
  uint32_t special = (rest << 13) | 0x7f800000;
  uint32_t r = rest < 0x400    ? bitsOf<uint32_t>(tiny)
               : rest < 0x7c00 ? normal
                               : special;
  return bitsOf<float>(sign | r);
}

/// The bits of an f16 that is held, exactly, in f32.
TENON_INLINE uint16_t narrowF16(float x) {
  uint32_t u = bitsOf<uint32_t>(x), sign = (u >> 16) & 0x8000,
           rest = u & 0x7fffffff;
  uint32_t tiny =
      uint32_t(bitsOf<float>(rest < 0x38800000 ? rest : 0) * 0x1p24f);
  uint32_t normal = (rest - 0x38000000) >> 13;
  uint32_t special = (rest >> 13) & 0x7fff;
  uint32_t r = rest < 0x38800000   ? tiny
               : rest < 0x7f800000 ? normal
                                   : special & 0x7fff;
  r = rest >= 0x7f800000 ? 0x7c00 | ((rest >> 13) & 0x3ff) : r;
  return uint16_t(sign | r);
}

TENON_INLINE int64_t wrapTo(Kind kind, int64_t v) {
  switch (kind) {
  case Kind::I8:
    return int8_t(v);
  case Kind::U8:
    return uint8_t(v);
  case Kind::I16:
    return int16_t(v);
  case Kind::U16:
    return uint16_t(v);
  case Kind::I32:
    return int32_t(v);
  case Kind::U32:
    return uint32_t(v);
  case Kind::Bool:
    return v & 1;
  default:
    return v;
  }
}

// The inlined twins of Scalar.h's queries, which are functions elsewhere.
TENON_INLINE constexpr bool floats(Kind k) { return k <= Kind::BF16; }
TENON_INLINE constexpr bool zeroExtends(Kind k) {
  return k == Kind::U8 || k == Kind::U16 || k == Kind::U32 || k == Kind::U64 ||
         k == Kind::Bool;
}
TENON_INLINE constexpr int64_t widthOf(Kind k) {
  switch (k) {
  case Kind::F64:
  case Kind::I64:
  case Kind::U64:
    return 64;
  case Kind::F32:
  case Kind::I32:
  case Kind::U32:
    return 32;
  case Kind::F16:
  case Kind::BF16:
  case Kind::I16:
  case Kind::U16:
    return 16;
  default:
    return 8;
  }
}

TENON_INLINE Lane laneOfF32(Kind kind, float v) {
  if (kind == Kind::F16)
    v = roundToF16(v);
  if (kind == Kind::BF16)
    v = roundToBF16(v);
  return {kind, v, 0, 0};
}
TENON_INLINE Lane laneOfF64(double v) { return {Kind::F64, 0, v, 0}; }
TENON_INLINE Lane laneOfInt(Kind kind, int64_t v) {
  return {kind, 0, 0, wrapTo(kind, v)};
}
TENON_INLINE Lane laneOfBool(bool v) { return {Kind::Bool, 0, 0, v}; }

/// `saturate` of HostScalar.cpp.
TENON_INLINE int64_t saturateTo(Kind to, double v) {
  if (to == Kind::Bool)
    return v != 0;
  v = v == v ? __builtin_trunc(v) : 0.0;
  if (to == Kind::U64) {
    bool large = v >= 0x1p63;
    double low = large ? v - 0x1p63 : v;
    uint64_t u = uint64_t(int64_t(v >= 0x1p64 || v <= 0 ? 0.0 : low)) |
                 (large ? 1ull << 63 : 0);
    return int64_t(v <= 0 ? 0 : v >= 0x1p64 ? ~0ull : u);
  }
  if (to == Kind::I64)
    return v >= 0x1p63 ? INT64_MAX : v < -0x1p63 ? INT64_MIN : int64_t(v);
  double lo = zeroExtends(to) ? 0.0 : -double(1ull << (widthOf(to) - 1));
  double hi =
      double(1ull << (zeroExtends(to) ? widthOf(to) : widthOf(to) - 1)) - 1;
  return int64_t(v < lo ? lo : v > hi ? hi : v);
}

TENON_INLINE double asDouble(Lane a) {
  return a.kind == Kind::F64   ? a.d
         : floats(a.kind)      ? double(a.f)
         : a.kind == Kind::U64 ? double(uint64_t(a.i))
                               : double(a.i);
}

TENON_INLINE Lane load(Kind kind, const void *p) {
  auto as = [p](auto v) {
    __builtin_memcpy(&v, p, sizeof v);
    return v;
  };
  switch (kind) {
  case Kind::F32:
    return {kind, as(float()), 0, 0};
  case Kind::F64:
    return laneOfF64(as(double()));
  case Kind::F16:
    return {kind, widenF16(as(uint16_t())), 0, 0};
  case Kind::BF16:
    return {kind, bitsOf<float>(uint32_t(as(uint16_t())) << 16), 0, 0};
  case Kind::I8:
    return {kind, 0, 0, as(int8_t())};
  case Kind::U8:
    return {kind, 0, 0, as(uint8_t())};
  case Kind::I16:
    return {kind, 0, 0, as(int16_t())};
  case Kind::U16:
    return {kind, 0, 0, as(uint16_t())};
  case Kind::I32:
    return {kind, 0, 0, as(int32_t())};
  case Kind::U32:
    return {kind, 0, 0, as(uint32_t())};
  case Kind::I64:
  case Kind::U64:
    return {kind, 0, 0, as(int64_t())};
  case Kind::Bool:
    return {kind, 0, 0, as(uint8_t()) != 0};
  }
  __builtin_unreachable();
}

TENON_INLINE void store(Lane a, void *p) {
  auto put = [p](auto v) { __builtin_memcpy(p, &v, sizeof v); };
  switch (a.kind) {
  case Kind::F32:
    return put(a.f);
  case Kind::F64:
    return put(a.d);
  case Kind::F16:
    return put(narrowF16(a.f));
  case Kind::BF16:
    return put(uint16_t(bitsOf<uint32_t>(a.f) >> 16));
  case Kind::I8:
  case Kind::U8:
  case Kind::Bool:
    return put(uint8_t(a.i));
  case Kind::I16:
  case Kind::U16:
    return put(uint16_t(a.i));
  case Kind::I32:
  case Kind::U32:
    return put(uint32_t(a.i));
  case Kind::I64:
  case Kind::U64:
    return put(a.i);
  }
}

// The vocabulary. See Scalar.h for what each function promises.

TENON_INLINE Lane lit(Lane like, double v) {
  if (like.kind == Kind::F64)
    return laneOfF64(v);
  if (floats(like.kind))
    return laneOfF32(like.kind, float(v));
  bool wraps = like.kind == Kind::Bool || zeroExtends(like.kind);
  return laneOfInt(like.kind, saturateTo(wraps ? Kind::I64 : like.kind, v));
}

#define TENON_LANE_BINARY(name, onFloat, onInt)                                \
  TENON_INLINE Lane name(Lane a, Lane b) {                                     \
    if (a.kind == Kind::F64) {                                                 \
      double x = a.d, y = b.d;                                                 \
      return laneOfF64(onFloat);                                               \
    }                                                                          \
    if (floats(a.kind)) {                                                      \
      float x = a.f, y = b.f;                                                  \
      return laneOfF32(a.kind, onFloat);                                       \
    }                                                                          \
    uint64_t x = a.i, y = b.i;                                                 \
    return laneOfInt(a.kind, int64_t(onInt));                                  \
  }

TENON_INLINE uint64_t quotient(Kind kind, uint64_t x, uint64_t y) {
  if (y == 0)
    return 0;
  if (kind == Kind::U64)
    return x / y;
  return y == ~0ull ? -x : uint64_t(int64_t(x) / int64_t(y));
}
TENON_INLINE uint64_t remainder(Kind kind, uint64_t x, uint64_t y) {
  if (y == 0)
    return 0;
  if (kind == Kind::U64)
    return x % y;
  return y == ~0ull ? 0 : uint64_t(int64_t(x) % int64_t(y));
}
TENON_INLINE float modulo(float x, float y) { return __builtin_fmodf(x, y); }
TENON_INLINE double modulo(double x, double y) { return __builtin_fmod(x, y); }
TENON_INLINE bool negative(float x) { return __builtin_signbit(x); }
TENON_INLINE bool negative(double x) { return __builtin_signbit(x); }

template <class T>
TENON_INLINE T larger(T a, T b) {
  T r = a > b ? a : b;
  r = a == b ? (negative(a) ? b : a) : r;
  return a != a || b != b ? a + b : r;
}
template <class T>
TENON_INLINE T smaller(T a, T b) {
  T r = a < b ? a : b;
  r = a == b ? (negative(a) ? a : b) : r;
  return a != a || b != b ? a + b : r;
}
TENON_INLINE bool less(Kind kind, uint64_t x, uint64_t y) {
  return kind == Kind::U64 ? x < y : int64_t(x) < int64_t(y);
}

TENON_LANE_BINARY(operator+, x + y, x + y)
TENON_LANE_BINARY(operator-, x - y, x - y)
TENON_LANE_BINARY(operator*, x *y, x *y)
TENON_LANE_BINARY(operator/, x / y, quotient(a.kind, x, y))
TENON_LANE_BINARY(rem, modulo(x, y), remainder(a.kind, x, y))
TENON_LANE_BINARY(max, larger(x, y), less(a.kind, y, x) ? x : y)
TENON_LANE_BINARY(min, smaller(x, y), less(a.kind, x, y) ? x : y)
TENON_LANE_BINARY(copysign, decltype(x)(__builtin_copysign(x, y)), x + y)
#undef TENON_LANE_BINARY

#define TENON_LANE_UNARY(name, onF64, onF32, onInt)                            \
  TENON_INLINE Lane name(Lane a) {                                             \
    if (a.kind == Kind::F64)                                                   \
      return laneOfF64(onF64(a.d));                                            \
    if (floats(a.kind))                                                        \
      return laneOfF32(a.kind, onF32(a.f));                                    \
    return laneOfInt(a.kind, onInt);                                           \
  }
TENON_LANE_UNARY(operator-, -, -, int64_t(-uint64_t(a.i)))
TENON_LANE_UNARY(abs, __builtin_fabs, __builtin_fabsf,
                 zeroExtends(a.kind) || a.i >= 0 ? a.i
                                                 : int64_t(-uint64_t(a.i)))
TENON_LANE_UNARY(sqrt, __builtin_sqrt, __builtin_sqrtf, a.i)
TENON_LANE_UNARY(floor, __builtin_floor, __builtin_floorf, a.i)
TENON_LANE_UNARY(ceil, __builtin_ceil, __builtin_ceilf, a.i)
TENON_LANE_UNARY(trunc, __builtin_trunc, __builtin_truncf, a.i)
TENON_LANE_UNARY(rint, __builtin_nearbyint, __builtin_nearbyintf, a.i)
#undef TENON_LANE_UNARY

TENON_INLINE Lane fma(Lane a, Lane b, Lane c) {
  if (a.kind == Kind::F64)
    return laneOfF64(__builtin_fma(a.d, b.d, c.d));
  if (floats(a.kind))
    return laneOfF32(a.kind, __builtin_fmaf(a.f, b.f, c.f));
  return a * b + c;
}

template <class T>
TENON_INLINE bool holds(Predicate p, T x, T y) {
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
  __builtin_unreachable();
}
TENON_INLINE Lane compare(Predicate p, Lane a, Lane b) {
  if (a.kind == Kind::F64)
    return laneOfBool(holds(p, a.d, b.d));
  if (floats(a.kind))
    return laneOfBool(holds(p, a.f, b.f));
  if (a.kind == Kind::U64)
    return laneOfBool(holds(p, uint64_t(a.i), uint64_t(b.i)));
  return laneOfBool(holds(p, a.i, b.i));
}

TENON_INLINE Lane select(Lane c, Lane a, Lane b) {
  return {a.kind, c.i ? a.f : b.f, c.i ? a.d : b.d, c.i ? a.i : b.i};
}
TENON_INLINE Lane operator&(Lane a, Lane b) {
  return laneOfInt(a.kind, a.i & b.i);
}
TENON_INLINE Lane operator|(Lane a, Lane b) {
  return laneOfInt(a.kind, a.i | b.i);
}
TENON_INLINE Lane operator^(Lane a, Lane b) {
  return laneOfInt(a.kind, a.i ^ b.i);
}
TENON_INLINE Lane shl(Lane a, Lane b) {
  uint64_t by = b.i, width = widthOf(a.kind);
  return laneOfInt(a.kind,
                   by >= width ? 0 : int64_t(uint64_t(a.i) << (by & 63)));
}
TENON_INLINE Lane shr(Lane a, Lane b) {
  uint64_t by = b.i, width = widthOf(a.kind);
  int64_t shifted = zeroExtends(a.kind) ? int64_t(uint64_t(a.i) >> (by & 63))
                                        : a.i >> (by & 63);
  return laneOfInt(a.kind, by >= width ? 0 : shifted);
}

TENON_INLINE Lane convert(Lane a, Kind to) {
  if (a.kind == to)
    return a;
  if (to == Kind::F64)
    return laneOfF64(asDouble(a));
  if (floats(a.kind)) {
    if (!floats(to))
      return laneOfInt(to, saturateTo(to, asDouble(a)));
    if (a.kind != Kind::F64)
      return laneOfF32(to, a.f);
    float f = float(a.d);
    if (to == Kind::F32)
      return laneOfF32(to, f);
    // One rounding, not two: make f32 odd where it is inexact, and the second
    // rounding sees on which side of a tie the value lies.
    uint32_t u = bitsOf<uint32_t>(f);
    bool exact = double(f) == a.d || f != f,
         away = __builtin_fabs(double(f)) > __builtin_fabs(a.d);
    u = exact ? u : (u - away) | 1;
    return laneOfF32(to, bitsOf<float>(u));
  }
  if (floats(to))
    return laneOfF32(to,
                     a.kind == Kind::U64 ? float(uint64_t(a.i)) : float(a.i));
  return laneOfInt(to, to == Kind::Bool ? a.i != 0 : a.i);
}

TENON_INLINE Lane truncToInt(Lane a) {
  float f = a.f;
  bool fits = f >= -0x1p31f && f < 0x1p31f;
  return laneOfInt(Kind::I32, int32_t(fits ? f : 0.0f));
}

TENON_INLINE Lane bitcast(Lane a, Kind to) {
  if (a.kind == Kind::F32)
    return laneOfInt(to, bitsOf<int32_t>(a.f));
  if (a.kind == Kind::F64)
    return laneOfInt(to, bitsOf<int64_t>(a.d));
  return to == Kind::F32 ? laneOfF32(to, bitsOf<float>(int32_t(a.i)))
                         : laneOfF64(bitsOf<double>(a.i));
}

/// The f64 functions are calls in any case.
inline Lane libm(const char *name, Lane a) {
  return convert(
      laneOfF64(libm(name, HostScalar::ofDouble(Kind::F64, asDouble(a))).d),
      a.kind);
}
inline Lane libm(const char *name, Lane a, Lane b) {
  HostScalar x = HostScalar::ofDouble(Kind::F64, asDouble(a));
  HostScalar y = HostScalar::ofDouble(Kind::F64, asDouble(b));
  return convert(laneOfF64(libm(name, x, y).d), a.kind);
}

/// Calls `f` with the kind as a constant.
template <class F>
TENON_INLINE auto withKind(Kind kind, F &&f) {
  switch (kind) {
#define TENON_CASE(K)                                                          \
  case Kind::K:                                                                \
    return f(std::integral_constant<Kind, Kind::K>());
    // clang-format off: it wants another shape each time.
    TENON_CASE(F32)
    TENON_CASE(F64)
    TENON_CASE(F16)
    TENON_CASE(BF16)
    TENON_CASE(I8)
    TENON_CASE(U8)
    TENON_CASE(I16)
    TENON_CASE(U16)
    TENON_CASE(I32)
    TENON_CASE(U32)
    TENON_CASE(I64)
    TENON_CASE(U64)
    TENON_CASE(Bool)
    // clang-format on
#undef TENON_CASE
  }
  __builtin_unreachable();
}

} // namespace
} // namespace tenon
