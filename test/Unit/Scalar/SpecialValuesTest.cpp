//===-- SpecialValuesTest.cpp - zeros, infinities, NaN, subnormals --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What IEEE 754 and C's Annex F say of these functions at special values; the
// expectations come from libm.
//===----------------------------------------------------------------------===//

#include "dialects/Interfaces/Scalar.h"
#include "lib/Reference/Kernels.h"
#include "gtest/gtest.h"

#include <cmath>
#include <limits>

using namespace tenon;

namespace {

constexpr float inf = std::numeric_limits<float>::infinity();
constexpr float tiny = std::numeric_limits<float>::denorm_min();
constexpr float smallest = std::numeric_limits<float>::min();
constexpr float largest = std::numeric_limits<float>::max();
const float nan = std::nanf("");

HostScalar f32(float v) { return HostScalar::ofDouble(Kind::F32, v); }

/// By the loop and by HostScalar, which must not differ.
float apply(const char *op, HostScalar (*function)(HostScalar), float x) {
  float y = 0;
  const void *operand = &x;
  reference::PointwiseKernel kernel = reference::findPointwise(op, Kind::F32);
  EXPECT_TRUE(kernel) << op;
  if (kernel)
    kernel(&operand, &y, 1);
  float host = function(f32(x)).f;
  EXPECT_TRUE(host == y ? std::signbit(host) == std::signbit(y)
                        : std::isnan(host) && std::isnan(y))
      << op << "(" << x << "): " << host << " by element, " << y << " by loop";
  return host;
}

void expectExactly(float got, float expected, const char *op, float x) {
  if (std::isnan(expected))
    EXPECT_TRUE(std::isnan(got)) << op << "(" << x << ") = " << got;
  else
    EXPECT_TRUE(got == expected && std::signbit(got) == std::signbit(expected))
        << op << "(" << x << ") = " << got << ", expected " << expected;
}

struct Case {
  const char *op;
  HostScalar (*function)(HostScalar);
  double (*exact)(double);
};

double relu(double x) { return x < 0 ? 0 : x; }
double sign(double x) { return x > 0 ? 1 : x < 0 ? -1 : x; }
double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

/// Where the exact result is a special value too, the f32 one is the same.
TEST(SpecialValues, FollowLibm) {
  const Case cases[] = {{"tenon.exp", tenon::exp, std::exp},
                        {"tenon.log", tenon::log, std::log},
                        {"tenon.tanh", tenon::tanh, std::tanh},
                        {"tenon.erf", tenon::erf, std::erf},
                        {"tenon.sigmoid", tenon::sigmoid, sigmoid},
                        {"tenon.sqrt", tenon::sqrt, std::sqrt},
                        {"tenon.floor", tenon::floor, std::floor},
                        {"tenon.ceil", tenon::ceil, std::ceil},
                        {"tenon.round", tenon::rint, std::nearbyint},
                        {"tenon.abs", tenon::abs, std::fabs},
                        {"tenon.relu", tenon::relu, relu},
                        {"tenon.sign", tenon::sign, sign},
                        {"tenon.sin", tenon::sin, std::sin},
                        {"tenon.atan", tenon::atan, std::atan},
                        {"tenon.asin", tenon::asin, std::asin}};
  for (const Case &c : cases)
    for (float x : {0.0f, -0.0f, inf, -inf, nan, 1.0f, -1.0f, largest, -largest,
                    200.0f, -200.0f, 0.5f, 2.5f, -3.5f}) {
      float exact = static_cast<float>(c.exact(x));
      float got = apply(c.op, c.function, x);
      if (exact == std::rint(exact) || std::isnan(exact))
        expectExactly(got, exact, c.op, x);
      else
        EXPECT_NEAR(got, exact, std::fabs(exact) * 0x1p-22f)
            << c.op << "(" << x << ")";
    }
}

TEST(SpecialValues, OddFunctionsKeepSubnormals) {
  for (float x : {tiny, -tiny, smallest, -smallest, 3 * tiny}) {
    expectExactly(apply("tenon.tanh", tenon::tanh, x), x, "tanh", x);
    expectExactly(apply("tenon.exp", tenon::exp, x), 1.0f, "exp", x);
  }
  EXPECT_NEAR(apply("tenon.log", tenon::log, tiny), std::log(double(tiny)),
              1e-5);
  expectExactly(apply("tenon.exp", tenon::exp, -103.9f), tiny, "exp", -103.9f);
  expectExactly(apply("tenon.exp", tenon::exp, -104.0f), 0.0f, "exp", -104.0f);
  EXPECT_TRUE(std::isfinite(apply("tenon.exp", tenon::exp, 88.72f)));
  EXPECT_EQ(apply("tenon.exp", tenon::exp, 88.73f), inf);
}

TEST(SpecialValues, MaximumAndMinimum) {
  auto maximum = [](float a, float b) { return max(f32(a), f32(b)).f; };
  auto minimum = [](float a, float b) { return min(f32(a), f32(b)).f; };
  for (float x : {0.0f, inf, -inf, 1.0f, nan}) {
    EXPECT_TRUE(std::isnan(maximum(x, nan)) && std::isnan(maximum(nan, x)));
    EXPECT_TRUE(std::isnan(minimum(x, nan)) && std::isnan(minimum(nan, x)));
  }
  expectExactly(maximum(-0.0f, 0.0f), 0.0f, "max", -0.0f);
  expectExactly(maximum(0.0f, -0.0f), 0.0f, "max", 0.0f);
  expectExactly(minimum(-0.0f, 0.0f), -0.0f, "min", -0.0f);
  expectExactly(minimum(0.0f, -0.0f), -0.0f, "min", 0.0f);
  EXPECT_EQ(maximum(inf, largest), inf);
}

TEST(SpecialValues, ComparisonsWithNaN) {
  for (Predicate p : {Predicate::EQ, Predicate::LT, Predicate::LE,
                      Predicate::GT, Predicate::GE})
    EXPECT_EQ(compare(p, f32(nan), f32(nan)).i, 0);
  EXPECT_EQ(compare(Predicate::NE, f32(nan), f32(nan)).i, 1);
  EXPECT_EQ(compare(Predicate::EQ, f32(-0.0f), f32(0.0f)).i, 1);
}

TEST(SpecialValues, RemaindersOfFloats) {
  struct {
    float a, b, rem, mod;
  } cases[] = {{5.5f, 2, 1.5f, 1.5f},   {-5.5f, 2, -1.5f, 0.5f},
               {5.5f, -2, 1.5f, -0.5f}, {-4, 2, -0.0f, -0.0f},
               {1, inf, 1, 1},          {1, 0, nan, nan},
               {inf, 2, nan, nan}};
  for (auto c : cases) {
    expectExactly(rem(f32(c.a), f32(c.b)).f, c.rem, "rem", c.a);
    expectExactly(mod(f32(c.a), f32(c.b)).f, c.mod, "mod", c.a);
  }
}

/// f16 and bfloat16: one rounding per function, ties to even.
TEST(SpecialValues, HalvesRoundToEven) {
  auto f16 = [](double v) {
    return HostScalar::ofDouble(Kind::F16, v).toDouble();
  };
  EXPECT_EQ(f16(2049), 2048);
  EXPECT_EQ(f16(2051), 2052);
  EXPECT_EQ(f16(65519), 65504);
  EXPECT_EQ(f16(65520), HUGE_VAL);
  EXPECT_EQ(f16(std::ldexp(1, -25)), 0);
  EXPECT_EQ(f16(std::ldexp(3, -26)), std::ldexp(1, -24));
  auto bf16 = [](double v) {
    return HostScalar::ofDouble(Kind::BF16, v).toDouble();
  };
  EXPECT_EQ(bf16(257), 256);
  EXPECT_EQ(bf16(259), 260);
  HostScalar one = HostScalar::ofDouble(Kind::F16, 1),
             small = HostScalar::ofDouble(Kind::F16, 0x1p-11);
  EXPECT_EQ((one + small).toDouble(), 1);
  EXPECT_EQ(fma(one, small, one).toDouble(), 1);
}

} // namespace
