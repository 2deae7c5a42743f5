//===-- ScalarMath.h - transcendental functions over Scalar.h ---*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Each function is one template, so that interpreter and generated code agree
// to the bit. f32 (and f16, bf16 through f32) use the polynomials below; f64 is
// libm, for checks. Errors were measured against libm in double over all f32
// inputs by test/Unit/Scalar; ulp bounds stand at each function.
//===----------------------------------------------------------------------===//

#pragma once

namespace tenon {

template <class V>
V operator<(V a, V b) {
  return compare(Predicate::LT, a, b);
}
template <class V>
V operator>(V a, V b) {
  return compare(Predicate::GT, a, b);
}
template <class V>
V operator<=(V a, V b) {
  return compare(Predicate::LE, a, b);
}
template <class V>
V operator>=(V a, V b) {
  return compare(Predicate::GE, a, b);
}
template <class V>
V equal(V a, V b) {
  return compare(Predicate::EQ, a, b);
}
template <class V>
V isNan(V a) {
  return compare(Predicate::NE, a, a);
}
template <class V>
V logicalNot(V a) {
  return a ^ lit(a, 1.0);
}
/// All ones but for integers of any width; Bool's only other value.
template <class V>
V bitNot(V a) {
  return a ^ lit(a, -1.0);
}

/// Runs an f32 template on kinds narrower than f32, and libm on f64.
template <class V, class F>
V throughF32(V x, const char *name, F &&onF32) {
  if (x.kind == Kind::F64)
    return libm(name, x);
  if (x.kind != Kind::F32)
    return convert(onF32(convert(x, Kind::F32)), x.kind);
  return onF32(x);
}

/// c[0] + c[1] x + ... by Horner's rule.
template <class V, size_t N>
V horner(V x, const double (&c)[N]) {
  V r = lit(x, c[N - 1]);
  for (size_t i = N - 1; i-- > 0;)
    r = fma(r, x, lit(x, c[i]));
  return r;
}

/// x held in [lo, hi]; NaN stays NaN. One instruction a side, unlike min/max.
template <class V>
V clamp(V x, double lo, double hi) {
  V l = lit(x, lo), h = lit(x, hi);
  x = select(x < l, l, x);
  return select(x > h, h, x);
}

/// 2^n for integral n in [-126, 127], n given as f32.
template <class V>
V pow2(V n) {
  V i = truncToInt(n);
  return bitcast(shl(i + lit(i, 127), lit(i, 23)), Kind::F32);
}

/// e^x, <= 1.02 ulp in the normal range. Cody-Waite reduction by ln 2 in two
/// parts; the scale is applied in two halves so that subnormal results round
/// once and large arguments overflow to infinity on their own.
template <class V>
V exp(V x) {
  return throughF32(x, "exp", [](V x) {
    V clamped = clamp(x, -104.0, 89.0);
    V n = rint(clamped * lit(x, 1.44269504088896341));
    V r = fma(n, lit(x, -0.693359375), clamped);
    r = fma(n, lit(x, 2.12194440e-4), r);
    // (e^r - 1 - r) / r^2: adding r and 1 last keeps the low bits of r.
    const double tail[] = {0.5,
                           1.6666665459e-1,
                           4.1665795894e-2,
                           8.3334519073e-3,
                           1.3981999507e-3,
                           1.9875691500e-4};
    V p = fma(horner(r, tail), r * r, r) + lit(x, 1.0);
    V half = floor(n * lit(x, 0.5));
    V y = (p * pow2(half)) * pow2(n - half);
    return select(isNan(x), x, y);
  });
}

/// e^x - 1, through f64.
template <class V>
V expm1(V x) {
  return libm("expm1", x);
}

/// ln x, <= 0.83 ulp. Subnormals are scaled up first; ln 0 = -inf, ln(<0) =
/// NaN.
template <class V>
V log(V x) {
  return throughF32(x, "log", [](V x) {
    V tiny = x < lit(x, 1.17549435e-38);
    V scaled = select(tiny, x * lit(x, 8388608.0), x);
    V bits = bitcast(scaled, Kind::I32);
    // Split so that the mantissa lies in [sqrt(1/2), sqrt 2).
    V shifted = bits - lit(bits, 0x3f3504f3);
    V exponent = shr(shifted, lit(bits, 23));
    V mantissa = bitcast(bits - shl(exponent, lit(bits, 23)), Kind::F32);
    V e =
        convert(exponent, Kind::F32) - select(tiny, lit(x, 23.0), lit(x, 0.0));
    V f = mantissa - lit(x, 1.0);
    V z = f * f;
    const double c[] = {3.3333331174e-1,  -2.4999993993e-1, 2.0000714765e-1,
                        -1.6668057665e-1, 1.4249322787e-1,  -1.2420140846e-1,
                        1.1676998740e-1,  -1.1514610310e-1, 7.0376836292e-2};
    V y = horner(f, c) * (f * z);
    y = fma(e, lit(x, -2.12194440e-4), y);
    y = fma(z, lit(x, -0.5), y);
    V r = fma(e, lit(x, 0.693359375), f + y);
    V inf = lit(x, __builtin_inf());
    r = select(equal(x, inf), inf, r);
    r = select(equal(x, lit(x, 0.0)), -inf, r);
    return select(x < lit(x, 0.0), lit(x, __builtin_nan("")),
                  select(isNan(x), x, r));
  });
}

/// tanh x, <= 1.34 ulp: an odd polynomial up to 5/8, beyond it 1 - 2 / (e^2x +
/// 1).
template <class V>
V tanh(V x) {
  return throughF32(x, "tanh", [](V x) {
    V t = abs(x), z = t * t, one = lit(x, 1.0);
    const double c[] = {-3.33333313e-1, 1.33332208e-1,  -5.39481789e-2,
                        2.17068940e-2,  -8.19001347e-3, 2.15268391e-3};
    V small = fma(t * z, horner(z, c), t);
    V large = one - lit(x, 2.0) / (exp(t + t) + one);
    // NaN takes the second branch, which keeps it.
    return copysign(select(t < lit(x, 0.625), small, large), x);
  });
}

/// 1 / (1 + e^-x), <= 2.41 ulp where the result is normal.
template <class V>
V sigmoid(V x) {
  V one = lit(x, 1.0);
  // e^-|x| never overflows; for x < 0 the result is t / (1 + t).
  V t = exp(-abs(x));
  return select(x < lit(x, 0.0), t, one) / (one + t);
}

/// ln(1 + t) for t in [0, 1].
template <class V>
V log1pOfUnit(V t) {
  return throughF32(t, "log1p", [](V t) {
    const double c[] = {-4.99999881e-1, 3.33327144e-1,  -2.49888644e-1,
                        1.98996231e-1,  -1.61351711e-1, 1.24795295e-1,
                        -8.32389519e-2, 4.21148241e-2,  -1.36916712e-2,
                        2.08454439e-3};
    return fma(t * t, horner(t, c), t);
  });
}

/// ln(1 + e^x) without overflow, <= 1.87 ulp where the result is normal.
template <class V>
V softplus(V x) {
  return max(x, lit(x, 0.0)) + log1pOfUnit(exp(-abs(x)));
}

/// erf x, <= 1.04 ulp: an odd polynomial up to 0.9, beyond it 1 - e^-xQ(x).
template <class V>
V erf(V x) {
  return throughF32(x, "erf", [](V x) {
    V t = abs(x), z = t * t;
    const double c[] = {1.28379166e-1,  -3.76126289e-1, 1.12836249e-1,
                        -2.68556438e-2, 5.19206887e-3,  -8.04458745e-4,
                        7.96896202e-5};
    V small = fma(t, horner(z, c), t);
    // From 4 on the result is 1.
    V u = select(t > lit(x, 4.0), lit(x, 4.0), t);
    const double q[] = {1.28522351e-1,  6.35691166e-1, 1.05297782e-1,
                        -2.29131151e-2, 3.22220963e-3, -2.14869215e-4};
    V large = lit(x, 1.0) - exp(-fma(u, horner(u, q), u));
    return copysign(select(t < lit(x, 0.9), small, large), x);
  });
}

/// max(x, 0); NaN stays NaN.
template <class V>
V relu(V x) {
  return select(x < lit(x, 0.0), lit(x, 0.0), x);
}

/// -1, 0 or 1; NaN stays NaN.
template <class V>
V sign(V x) {
  V zero = lit(x, 0.0), one = lit(x, 1.0);
  return select(x > zero, one, select(x < zero, zero - one, x));
}

/// a - b floor(a / b): the sign of the divisor.
template <class V>
V mod(V a, V b) {
  V r = rem(a, b), zero = lit(a, 0.0);
  return select((compare(Predicate::NE, r, zero)) & ((r < zero) ^ (b < zero)),
                r + b, r);
}

/// a^b: libm for floats; integers by squaring, a^negative = 0 but for a = +-1.
template <class V>
V pow(V a, V b) {
  if (isFloat(a.kind))
    return libm("pow", a, b);
  V one = lit(a, 1.0), zero = lit(a, 0.0), r = one, base = a;
  for (unsigned bit = 0, bits = 8 * bytesOf(b.kind); bit < bits; ++bit) {
    V taken = equal(shr(b, lit(b, bit)) & lit(b, 1.0), lit(b, 1.0));
    r = select(taken, r * base, r);
    base = base * base;
  }
  V negative = b < lit(b, 0.0);
  V odd = equal(b & lit(b, 1.0), lit(b, 1.0));
  V unit = select(equal(a, one), one,
                  select(equal(a, zero - one), select(odd, a, one), zero));
  return isUnsigned(b.kind) ? r : select(negative, unit, r);
}

/// The identities of max and min: infinities, or the integer extremes, which
/// doubles cannot spell at 64 bits; shifts can.
template <class V>
V allBitsButSign(V like) {
  return lit(like, -1.0) ^
         shl(lit(like, 1.0), lit(like, 8.0 * bytesOf(like.kind) - 1));
}
template <class V>
V lowest(V like) {
  if (isFloat(like.kind))
    return lit(like, -__builtin_inf());
  return isUnsigned(like.kind) ? lit(like, 0.0) : bitNot(allBitsButSign(like));
}
template <class V>
V highest(V like) {
  if (isFloat(like.kind))
    return lit(like, __builtin_inf());
  return isUnsigned(like.kind) ? bitNot(lit(like, 0.0)) : allBitsButSign(like);
}

/// Philox4x32-10 (Salmon, Moraes, Dror and Shaw, 2011). Words are u64 below
/// 2^32; the counter's are replaced by the output's.
template <class V>
void philox4x32(V (&c)[4], V k0, V k1) {
  const double m0 = 0xD2511F53, m1 = 0xCD9E8D57, w0 = 0x9E3779B9,
               w1 = 0xBB67AE85;
  V low = lit(k0, 4294967295.0), half = lit(k0, 32.0);
  for (int round = 0; round < 10; ++round) {
    V p0 = c[0] * lit(k0, m0), p1 = c[2] * lit(k0, m1);
    V next[4] = {shr(p1, half) ^ c[1] ^ k0, p1 & low, shr(p0, half) ^ c[3] ^ k1,
                 p0 & low};
    for (int i = 0; i < 4; ++i)
      c[i] = next[i];
    k0 = (k0 + lit(k0, w0)) & low;
    k1 = (k1 + lit(k1, w1)) & low;
  }
}

/// The first two output words for the counter (low, high, 0, 0) and the key
/// (low, high).
template <class V>
V philox(V counter, V key) {
  V low = lit(key, 4294967295.0), half = lit(key, 32.0), zero = lit(key, 0.0);
  V c[4] = {counter & low, shr(counter, half), zero, zero};
  philox4x32(c, key & low, shr(key, half));
  return c[0] | shl(c[1], half);
}

/// Wraps libm by name: sin, cos, tan, ...
#define TENON_LIBM(name)                                                       \
  template <class V>                                                           \
  V name(V x) {                                                                \
    return libm(#name, x);                                                     \
  }
// clang-format off: it wants another shape each time.
TENON_LIBM(sin)
TENON_LIBM(cos)
TENON_LIBM(tan)
TENON_LIBM(asin)
TENON_LIBM(acos)
TENON_LIBM(atan)
TENON_LIBM(sinh)
TENON_LIBM(cosh)
TENON_LIBM(asinh)
TENON_LIBM(acosh)
TENON_LIBM(atanh)
// clang-format on
#undef TENON_LIBM

} // namespace tenon
