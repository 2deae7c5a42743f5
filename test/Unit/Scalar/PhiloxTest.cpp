//===-- PhiloxTest.cpp - random numbers against published ones ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The known answers that come with Random123, for all four words; philox() is
// the same core with two words of counter and two of output.
//===----------------------------------------------------------------------===//

#include "dialects/Interfaces/Scalar.h"
#include "lib/Reference/Kernels.h"
#include "gtest/gtest.h"

#include <array>
#include <cstdint>
#include <vector>

using namespace tenon;

namespace {

using Words = std::array<uint64_t, 4>;

HostScalar u64(uint64_t v) {
  return HostScalar::ofInt(Kind::U64, static_cast<int64_t>(v));
}

Words philoxWords(Words counter, uint64_t k0, uint64_t k1) {
  HostScalar c[4] = {u64(counter[0]), u64(counter[1]), u64(counter[2]),
                     u64(counter[3])};
  philox4x32(c, u64(k0), u64(k1));
  Words r;
  for (int i = 0; i < 4; ++i)
    r[i] = static_cast<uint64_t>(c[i].i);
  return r;
}

TEST(Philox, KnownAnswers) {
  EXPECT_EQ(philoxWords({0, 0, 0, 0}, 0, 0),
            (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philoxWords({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
                        0xffffffff, 0xffffffff),
            (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philoxWords({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
                        0xa4093822, 0x299f31d0),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Philox, TakesLowWordsFirst) {
  uint64_t counter = 0x85a308d3243f6a88, key = 0x299f31d0a4093822;
  Words words =
      philoxWords({0x243f6a88, 0x85a308d3, 0, 0}, 0xa4093822, 0x299f31d0);
  uint64_t expected = words[0] | words[1] << 32;
  EXPECT_EQ(static_cast<uint64_t>(philox(u64(counter), u64(key)).i), expected);

  // The interpreter's loop is the same function.
  reference::PointwiseKernel loop =
      reference::findPointwise("tenon.philox", Kind::U64);
  ASSERT_TRUE(loop);
  std::vector<uint64_t> counters = {0, counter}, keys = {0, key}, out(2);
  const void *operands[] = {counters.data(), keys.data()};
  loop(operands, out.data(), 2);
  EXPECT_EQ(out[0], 0xe169c58d6627e8d5u);
  EXPECT_EQ(out[1], expected);
}

} // namespace
