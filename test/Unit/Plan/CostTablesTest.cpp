//===-- CostTablesTest.cpp - joined tables beside a plain loop ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/CostTables.h"
#include "test/Unit/Plan/RandomGraphs.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <vector>

using namespace tenon::plan;
using namespace tenon::plan::test;

namespace {

constexpr uint64_t kSlots = 20;
constexpr uint32_t kTables = 6;

/// No way up to some capacity, then costs that fall.
void fill(Random &random, uint64_t *costs) {
  uint64_t cost = 40 + random.below(40);
  for (uint64_t m = random.below(kSlots + 4); m <= kSlots; ++m) {
    costs[m] = cost;
    cost -= std::min(cost, random.below(6));
  }
}

TEST(CostTables, JoinsAsAPlainLoopDoes) {
  unsigned looked = 0;
  unsigned passed = 0;
  for (uint64_t seed = 0; seed < 20000; ++seed) {
    Random random(seed);
    CostTables tables(kSlots, kTables);
    for (uint32_t t = 1; t < kTables; ++t) {
      fill(random, tables[t]);
      tables.finish(t);
    }
    std::vector<uint64_t> expected(tables[1], tables[1] + kSlots + 1);
    for (unsigned joins = 0; joins < 4; ++joins) {
      uint32_t right = uint32_t(random.below(kTables));
      uint32_t left = uint32_t(random.below(kTables));
      if (right == 1 || left == 1) // That is being made.
        continue;
      CostTables::Join join;
      join.run = random.below(20);
      join.from = int64_t(random.below(8));
      join.kept = int64_t(random.below(8));
      join.grown = int64_t(random.below(11)) - 5;
      std::vector<uint64_t> more(random.below(kSlots + 1));
      for (size_t m = 0; m < more.size(); ++m)
        more[m] = more.size() - m;
      if (random.chance(50))
        join.more = &more;
      for (int64_t m = join.from; m <= int64_t(kSlots); ++m) {
        uint64_t cost = join.run + tables.at(right, m - join.kept) +
                        tables.at(left, m - join.grown);
        if (join.more && size_t(m) < more.size())
          cost += more[size_t(m)];
        expected[size_t(m)] = std::min(expected[size_t(m)], cost);
      }
      ++(tables.offer(1, join, right, left) > 0 ? looked : passed);
    }
    for (uint64_t m = 0; m <= kSlots; ++m)
      ASSERT_EQ(tables[1][m], expected[m]) << "seed " << seed << ", " << m;
  }
  EXPECT_GT(looked, 1000u);
  EXPECT_GT(passed, 1000u);
}

} // namespace
