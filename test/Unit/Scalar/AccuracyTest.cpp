//===-- AccuracyTest.cpp - ulp bounds of the f32 functions ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Every function of one f32 argument against libm in double, whose own error
// is below 2^-28 of an f32 ulp. The bounds are those that ScalarMath.h states.
// A stride through all bit patterns by default; all 2^32 of them with
// TENON_TEST_EXHAUSTIVE=1 in the environment (minutes per function).
//===----------------------------------------------------------------------===//

#include "lib/Reference/Kernels.h"
#include "gtest/gtest.h"

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <vector>

using namespace tenon;

namespace {

float fromBits(uint32_t u) {
  float f;
  std::memcpy(&f, &u, sizeof f);
  return f;
}

/// The distance from `got` to the real number `exact` in units of the last
/// place of f32 at `exact`.
double ulps(float got, double exact) {
  if (std::isnan(exact))
    return std::isnan(got) ? 0 : INFINITY;
  double largest = std::ldexp(2 - std::ldexp(1, -23), 127);
  // What rounds to infinity is infinity; half an ulp beyond the largest.
  if (std::fabs(exact) >= largest + std::ldexp(1, 103))
    return std::isinf(got) && std::signbit(got) == std::signbit(exact)
               ? 0
               : INFINITY;
  if (!std::isfinite(got)) {
    if (std::isnan(got))
      return INFINITY;
    got = std::copysign(static_cast<float>(largest), got);
  }
  int exponent = std::max(exact == 0 ? -149 : std::ilogb(exact), -126);
  return std::fabs(got - exact) / std::ldexp(1, exponent - 23);
}

struct Function {
  const char *op;
  double (*exact)(double);
  double bound;          // in ulp, where |result| is normal
  double subnormalBound; // in ulp, elsewhere
};

void PrintTo(const Function &f, std::ostream *os) { *os << f.op; }

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }
double softplus(double x) {
  return std::fmax(x, 0) + std::log1p(std::exp(-std::fabs(x)));
}
double rsqrt(double x) { return 1 / std::sqrt(x); }
double reciprocal(double x) { return 1 / x; }
double square(double x) { return std::sqrt(x); }

class Accuracy : public testing::TestWithParam<Function> {};

TEST_P(Accuracy, StaysWithinItsBound) {
  Function f = GetParam();
  reference::PointwiseKernel kernel = reference::findPointwise(f.op, Kind::F32);
  ASSERT_TRUE(kernel) << f.op;
  bool exhaustive = std::getenv("TENON_TEST_EXHAUSTIVE") != nullptr;
  uint64_t step = exhaustive ? 1 : 4099;
  constexpr size_t block = 4096;
  std::vector<float> x(block), y(block);
  double worst = 0, worstSubnormal = 0;
  float at = 0, atSubnormal = 0;
  for (uint64_t first = 0; first < uint64_t(1) << 32; first += step * block) {
    size_t n = 0;
    for (uint64_t u = first; n < block && u < uint64_t(1) << 32; u += step)
      x[n++] = fromBits(uint32_t(u));
    const void *operand = x.data();
    kernel(&operand, y.data(), n);
    for (size_t i = 0; i < n; ++i) {
      double exact = f.exact(x[i]), error = ulps(y[i], exact);
      bool normal = !(std::fabs(exact) < 0x1p-126);
      double &w = normal ? worst : worstSubnormal;
      if (error > w) {
        w = error;
        (normal ? at : atSubnormal) = x[i];
      }
    }
  }
  RecordProperty("worst", std::to_string(worst));
  if (std::getenv("TENON_TEST_VERBOSE"))
    std::printf("%s: %.4f ulp at %a; subnormal results %.4f at %a\n", f.op,
                worst, at, worstSubnormal, atSubnormal);
  EXPECT_LE(worst, f.bound) << f.op << " at " << at;
  EXPECT_LE(worstSubnormal, f.subnormalBound) << f.op << " at " << atSubnormal;
}

INSTANTIATE_TEST_SUITE_P(
    F32, Accuracy,
    testing::Values(Function{"tenon.exp", std::exp, 1.02, 0.76},
                    Function{"tenon.log", std::log, 0.83, 0},
                    Function{"tenon.tanh", std::tanh, 1.34, 0},
                    Function{"tenon.sigmoid", sigmoid, 2.41, 0.76},
                    Function{"tenon.softplus", softplus, 1.87, 0.76},
                    Function{"tenon.erf", std::erf, 1.04, 0.51},
                    Function{"tenon.sqrt", square, 0.5, 0},
                    Function{"tenon.rsqrt", rsqrt, 1.5, 0},
                    Function{"tenon.reciprocal", reciprocal, 0.5, 0.5},
                    Function{"tenon.sin", std::sin, 0.501, 0.501}),
    [](const testing::TestParamInfo<Function> &info) {
      return std::string(info.param.op).substr(6);
    });

} // namespace
