//===-- IntegerTest.cpp - integers are defined for every input ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Interfaces/Scalar.h"
#include "gtest/gtest.h"

#include <cmath>
#include <limits>

using namespace tenon;

namespace {

template <class T>
struct KindOf;
template <>
struct KindOf<int8_t> {
  static constexpr Kind value = Kind::I8;
};
template <>
struct KindOf<uint8_t> {
  static constexpr Kind value = Kind::U8;
};
template <>
struct KindOf<int16_t> {
  static constexpr Kind value = Kind::I16;
};
template <>
struct KindOf<uint16_t> {
  static constexpr Kind value = Kind::U16;
};
template <>
struct KindOf<int32_t> {
  static constexpr Kind value = Kind::I32;
};
template <>
struct KindOf<uint32_t> {
  static constexpr Kind value = Kind::U32;
};
template <>
struct KindOf<int64_t> {
  static constexpr Kind value = Kind::I64;
};
template <>
struct KindOf<uint64_t> {
  static constexpr Kind value = Kind::U64;
};

template <class T>
class Integers : public testing::Test {
public:
  static constexpr T lowest = std::numeric_limits<T>::min();
  static constexpr T highest = std::numeric_limits<T>::max();
  static constexpr bool isSigned = std::is_signed_v<T>;
  static constexpr int bits = 8 * sizeof(T);

  static HostScalar of(T v) {
    return HostScalar::ofInt(KindOf<T>::value, int64_t(v));
  }
  static T get(HostScalar s) {
    EXPECT_EQ(int(s.kind), int(KindOf<T>::value));
    T v;
    s.store(&v);
    return v;
  }
};

using Types = testing::Types<int8_t, uint8_t, int16_t, uint16_t, int32_t,
                             uint32_t, int64_t, uint64_t>;
TYPED_TEST_SUITE(Integers, Types);

#define OF(x) this->of(TypeParam(x))
#define GET(x) this->get(x)

TYPED_TEST(Integers, Wrap) {
  using T = TypeParam;
  EXPECT_EQ(GET(OF(this->highest) + OF(1)), this->lowest);
  EXPECT_EQ(GET(OF(this->lowest) - OF(1)), this->highest);
  EXPECT_EQ(GET(OF(this->highest) * OF(2)), T(-2));
  EXPECT_EQ(GET(-OF(this->lowest)), this->lowest);
  EXPECT_EQ(GET(fma(OF(this->highest), OF(3), OF(4))),
            T(uint64_t(this->highest) * 3 + 4));
}

TYPED_TEST(Integers, DivideTowardsZero) {
  using T = TypeParam;
  EXPECT_EQ(GET(OF(7) / OF(2)), T(3));
  EXPECT_EQ(GET(rem(OF(7), OF(2))), T(1));
  EXPECT_EQ(GET(OF(7) / OF(0)), T(0));
  EXPECT_EQ(GET(rem(OF(7), OF(0))), T(0));
  EXPECT_EQ(GET(mod(OF(7), OF(0))), T(0));
  EXPECT_EQ(GET(OF(this->highest) / OF(3)), T(this->highest / 3));
  EXPECT_EQ(GET(rem(OF(this->highest), OF(10))), T(this->highest % 10));
  if (!this->isSigned)
    return;
  EXPECT_EQ(GET(OF(-7) / OF(2)), T(-3));
  EXPECT_EQ(GET(rem(OF(-7), OF(2))), T(-1));
  EXPECT_EQ(GET(mod(OF(-7), OF(3))), T(2));
  EXPECT_EQ(GET(mod(OF(7), OF(-3))), T(-2));
  EXPECT_EQ(GET(mod(OF(-6), OF(3))), T(0));
  EXPECT_EQ(GET(OF(this->lowest) / OF(-1)), this->lowest);
  EXPECT_EQ(GET(rem(OF(this->lowest), OF(-1))), T(0));
  EXPECT_EQ(GET(mod(OF(this->lowest), OF(-1))), T(0));
}

TYPED_TEST(Integers, ShiftsByTheWidthGiveZero) {
  using T = TypeParam;
  EXPECT_EQ(GET(shl(OF(1), OF(this->bits - 1))),
            T(uint64_t(1) << (this->bits - 1)));
  EXPECT_EQ(GET(shl(OF(3), OF(this->bits))), T(0));
  EXPECT_EQ(GET(shr(OF(3), OF(this->bits))), T(0));
  EXPECT_EQ(GET(shl(OF(3), OF(this->highest))), T(0));
  EXPECT_EQ(GET(shr(OF(this->highest), OF(1))), T(this->highest >> 1));
  if (!this->isSigned)
    return;
  EXPECT_EQ(GET(shr(OF(-8), OF(1))), T(-4)); // arithmetic
  EXPECT_EQ(GET(shl(OF(1), OF(-1))), T(0));
  EXPECT_EQ(GET(shr(OF(-1), OF(-1))), T(0));
}

TYPED_TEST(Integers, CompareWithTheirSign) {
  EXPECT_EQ((OF(this->lowest) < OF(this->highest)).i, 1);
  EXPECT_EQ((OF(this->highest) < OF(this->lowest)).i, 0);
  EXPECT_EQ(GET(max(OF(this->lowest), OF(this->highest))), this->highest);
  EXPECT_EQ(GET(min(OF(this->lowest), OF(this->highest))), this->lowest);
  EXPECT_EQ(GET(lowest(OF(0))), this->lowest);
  EXPECT_EQ(GET(highest(OF(0))), this->highest);
}

TYPED_TEST(Integers, Power) {
  using T = TypeParam;
  EXPECT_EQ(GET(pow(OF(3), OF(4))), T(81));
  EXPECT_EQ(GET(pow(OF(5), OF(0))), T(1));
  EXPECT_EQ(GET(pow(OF(0), OF(0))), T(1));
  EXPECT_EQ(GET(pow(OF(2), OF(this->bits))), T(0));
  if (!this->isSigned)
    return;
  EXPECT_EQ(GET(pow(OF(2), OF(-1))), T(0));
  EXPECT_EQ(GET(pow(OF(-1), OF(-3))), T(-1));
  EXPECT_EQ(GET(pow(OF(-1), OF(-2))), T(1));
  EXPECT_EQ(GET(pow(OF(1), OF(-5))), T(1));
  EXPECT_EQ(GET(abs(OF(this->lowest))), this->lowest);
}

TYPED_TEST(Integers, FloatsSaturate) {
  using T = TypeParam;
  auto from = [&](double v) {
    return GET(convert(HostScalar::ofDouble(Kind::F64, v), KindOf<T>::value));
  };
  EXPECT_EQ(from(3.99), T(3));
  EXPECT_EQ(from(std::nan("")), T(0));
  EXPECT_EQ(from(HUGE_VAL), this->highest);
  EXPECT_EQ(from(-HUGE_VAL), this->lowest);
  EXPECT_EQ(from(1e30), this->highest);
  EXPECT_EQ(from(std::ldexp(1.0, this->bits)), this->highest);
  EXPECT_EQ(from(-3.99), this->isSigned ? T(-3) : T(0));
  EXPECT_EQ(
      GET(convert(HostScalar::ofDouble(Kind::F32, -1e30), KindOf<T>::value)),
      this->lowest);
}

TYPED_TEST(Integers, ConversionsBetweenIntegersWrap) {
  using T = TypeParam;
  HostScalar large = HostScalar::ofInt(Kind::I64, 0x123456789abcdef0);
  EXPECT_EQ(GET(convert(large, KindOf<T>::value)), T(0x123456789abcdef0));
  EXPECT_EQ(convert(OF(2), Kind::Bool).i, 1);
  EXPECT_EQ(convert(OF(0), Kind::Bool).i, 0);
  EXPECT_EQ(GET(convert(HostScalar::ofBool(true), KindOf<T>::value)), T(1));
}

TEST(Bool, IsLogical) {
  HostScalar t = HostScalar::ofBool(true), f = HostScalar::ofBool(false);
  EXPECT_EQ((t & f).i, 0);
  EXPECT_EQ((t | f).i, 1);
  EXPECT_EQ((t ^ t).i, 0);
  EXPECT_EQ(bitNot(f).i, 1);
  EXPECT_EQ(bitNot(t).i, 0);
  EXPECT_EQ(
      convert(HostScalar::ofDouble(Kind::F32, std::nan("")), Kind::Bool).i, 1);
  EXPECT_EQ(convert(HostScalar::ofDouble(Kind::F32, -0.0), Kind::Bool).i, 0);
}

} // namespace
