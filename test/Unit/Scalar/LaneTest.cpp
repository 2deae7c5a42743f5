//===-- LaneTest.cpp - the two host vocabularies agree to the bit ---------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "lib/Reference/Lane.h"
#include "gtest/gtest.h"

#include <cmath>
#include <limits>
#include <random>
#include <vector>

using namespace tenon;

namespace {

const Kind allKinds[] = {Kind::F32, Kind::F64, Kind::F16, Kind::BF16, Kind::I8,
                         Kind::U8,  Kind::I16, Kind::U16, Kind::I32,  Kind::U32,
                         Kind::I64, Kind::U64, Kind::Bool};

std::string nameOf(Kind k) { return "kind " + std::to_string(int(k)); }

uint64_t bitsOfHost(HostScalar s) {
  uint64_t bits = 0;
  s.store(&bits);
  return bits;
}
uint64_t bitsOfLane(Lane a) {
  uint64_t bits = 0;
  tenon::store(a, &bits);
  return bits;
}
bool isNaN(HostScalar s) { return isFloat(s.kind) && std::isnan(s.toDouble()); }

/// Equal bits; of NaNs only that they are.
void expectSame(HostScalar host, Lane lane, const std::string &what) {
  ASSERT_EQ(int(host.kind), int(lane.kind)) << what;
  HostScalar again = HostScalar::load(
      lane.kind, std::vector<uint64_t>{bitsOfLane(lane)}.data());
  if (isNaN(host) || isNaN(again))
    EXPECT_EQ(isNaN(host), isNaN(again)) << what;
  else
    EXPECT_EQ(bitsOfHost(host), bitsOfLane(lane)) << what;
}

/// Bit patterns: all of them for 8 and 16 bits' worth of corners, else
/// corners and random ones.
std::vector<uint64_t> patterns(Kind k) {
  std::vector<uint64_t> p;
  if (k == Kind::Bool)
    return {0, 1};
  unsigned bits = 8 * bytesOf(k);
  for (unsigned b = 0; b < bits; ++b)
    for (int64_t delta : {-1, 0, 1}) {
      p.push_back((uint64_t(1) << b) + delta);
      p.push_back(~(uint64_t(1) << b) + delta);
    }
  for (double d :
       {0.0,           -0.0,         0.5,     1.0,          -1.0,
        1.5,           -2.5,         3.0,     100.25,       255.5,
        -256.0,        65504.0,      65519.0, 65520.0,      1e-7,
        -3e-8,         6e-5,         1e10,    2147483647.0, 2147483648.0,
        -2147483649.0, 4294967295.5, 9.2e18,  1.8e19,       1e20,
        -1e20,         1e-40,        1e300,   HUGE_VAL,     -HUGE_VAL,
        std::nan("")})
    if (isFloat(k))
      p.push_back(bitsOfHost(HostScalar::ofDouble(k, d)));
  std::mt19937_64 random(1);
  for (int i = 0; i < 400; ++i)
    p.push_back(random());
  return p;
}

std::vector<HostScalar> valuesOf(Kind k) {
  std::vector<HostScalar> values;
  for (uint64_t bits : patterns(k))
    values.push_back(HostScalar::load(k, &bits));
  return values;
}
Lane laneOf(HostScalar s) {
  uint64_t bits = bitsOfHost(s);
  return tenon::load(s.kind, &bits);
}

class LanePerKind : public testing::TestWithParam<Kind> {};

TEST_P(LanePerKind, UnaryFunctionsAgree) {
  Kind k = GetParam();
  for (HostScalar h : valuesOf(k)) {
    Lane l = laneOf(h);
    std::string at = nameOf(k) + " at bits " + std::to_string(bitsOfHost(h));
    expectSame(h, l, "load " + at);
    for (Kind to : allKinds)
      expectSame(convert(h, to), convert(l, to),
                 "convert to " + nameOf(to) + " from " + at);
    if (k == Kind::Bool)
      continue;
    expectSame(-h, -l, "neg " + at);
    expectSame(abs(h), abs(l), "abs " + at);
    if (!isFloat(k))
      continue;
    expectSame(sqrt(h), sqrt(l), "sqrt " + at);
    expectSame(floor(h), floor(l), "floor " + at);
    expectSame(ceil(h), ceil(l), "ceil " + at);
    expectSame(trunc(h), trunc(l), "trunc " + at);
    expectSame(rint(h), rint(l), "rint " + at);
  }
}

TEST_P(LanePerKind, BinaryFunctionsAgree) {
  Kind k = GetParam();
  std::vector<HostScalar> values = valuesOf(k);
  size_t stride = values.size() > 4 ? 7 : 1;
  for (size_t i = 0; i < values.size(); ++i)
    for (size_t j = i % stride; j < values.size(); j += stride) {
      HostScalar a = values[i], b = values[j],
                 c = values[(i + j) % values.size()];
      Lane x = laneOf(a), y = laneOf(b), z = laneOf(c);
      std::string at = nameOf(k) + " at bits " + std::to_string(bitsOfHost(a)) +
                       ", " + std::to_string(bitsOfHost(b));
      for (Predicate p : {Predicate::EQ, Predicate::NE, Predicate::LT,
                          Predicate::LE, Predicate::GT, Predicate::GE})
        expectSame(compare(p, a, b), compare(p, x, y), "compare " + at);
      expectSame(select(HostScalar::ofBool(i & 1), a, b),
                 select(laneOfBool(i & 1), x, y), "select " + at);
      if (!isFloat(k)) {
        expectSame(a & b, x & y, "and " + at);
        expectSame(a | b, x | y, "or " + at);
        expectSame(a ^ b, x ^ y, "xor " + at);
      }
      if (k == Kind::Bool)
        continue;
      expectSame(a + b, x + y, "add " + at);
      expectSame(a - b, x - y, "sub " + at);
      expectSame(a * b, x * y, "mul " + at);
      expectSame(a / b, x / y, "div " + at);
      expectSame(rem(a, b), rem(x, y), "rem " + at);
      expectSame(max(a, b), max(x, y), "max " + at);
      expectSame(min(a, b), min(x, y), "min " + at);
      expectSame(fma(a, b, c), fma(x, y, z), "fma " + at);
      if (isFloat(k)) {
        expectSame(copysign(a, b), copysign(x, y), "copysign " + at);
      } else {
        HostScalar by = HostScalar::ofInt(k, int64_t(j % 70));
        expectSame(shl(a, by), shl(x, laneOf(by)), "shl " + at);
        expectSame(shr(a, by), shr(x, laneOf(by)), "shr " + at);
        expectSame(shl(a, b), shl(x, y), "shl " + at);
        expectSame(shr(a, b), shr(x, y), "shr " + at);
      }
    }
}

TEST_P(LanePerKind, LiteralsAgree) {
  Kind k = GetParam();
  for (double d : {0.0, -1.0, 1.0, 127.0, 255.0, 3.7, -2.2, 1e10, -1e10, 1e20,
                   -1e20, 65519.9})
    expectSame(lit(HostScalar::ofInt(k, 0), d), lit(Lane{k, 0, 0, 0}, d),
               "lit " + std::to_string(d) + " of " + nameOf(k));
}

INSTANTIATE_TEST_SUITE_P(Kinds, LanePerKind, testing::ValuesIn(allKinds),
                         [](const auto &info) {
                           return "Kind" + std::to_string(int(info.param));
                         });

/// Every f16 and bfloat16 there is widens and narrows to itself.
TEST(Lane, HalvesSurviveTheRoundTrip) {
  for (Kind k : {Kind::F16, Kind::BF16})
    for (uint32_t bits = 0; bits < 65536; ++bits) {
      HostScalar h = HostScalar::load(k, &bits);
      expectSame(h, laneOf(h), "half " + std::to_string(bits));
      Lane back = convert(convert(laneOf(h), Kind::F32), k);
      expectSame(h, back, "half through f32 " + std::to_string(bits));
    }
}

TEST(Lane, F64RoundsToHalvesOnce) {
  std::mt19937_64 random(2);
  for (int i = 0; i < 200000; ++i) {
    // Near the ties of f16: a half, plus a half of its ulp, plus a hair.
    uint64_t bits = random() & 0x7bff;
    double v = HostScalar::load(Kind::F16, &bits).toDouble();
    uint64_t next = bits + 1;
    double w = HostScalar::load(Kind::F16, &next).toDouble();
    double d = (v + w) / 2 * (1 + (int64_t(random() % 3) - 1) * 0x1p-45);
    for (Kind k : {Kind::F16, Kind::BF16})
      expectSame(convert(HostScalar::ofDouble(Kind::F64, d), k),
                 convert(laneOfF64(d), k), "f64 " + std::to_string(d));
  }
}

} // namespace
