//===-- AllocatorTest.cpp - offsets for buffers ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tenon/Plan/Allocator.h"
#include "tenon/Plan/TextFormat.h"
#include "test/Unit/Plan/RandomGraphs.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <numeric>

using namespace tenon::plan;
using namespace tenon::plan::test;

namespace {

bool isEmpty(const Buffer &b) { return b.size == 0 || b.lower == b.upper; }

/// Overlaps, misalignment and height, straight from the definition.
void check(const std::vector<Buffer> &buffers, const Allocation &allocation,
           uint64_t alignment) {
  ASSERT_EQ(allocation.offsets.size(), buffers.size());
  uint64_t height = 0;
  for (size_t a = 0; a < buffers.size(); ++a) {
    if (isEmpty(buffers[a]))
      continue;
    EXPECT_EQ(allocation.offsets[a] % alignment, 0u);
    height = std::max(height, allocation.offsets[a] + buffers[a].size);
    for (size_t b = 0; b < a; ++b) {
      bool together = !isEmpty(buffers[b]) &&
                      buffers[a].lower < buffers[b].upper &&
                      buffers[b].lower < buffers[a].upper;
      bool overlap =
          allocation.offsets[a] < allocation.offsets[b] + buffers[b].size &&
          allocation.offsets[b] < allocation.offsets[a] + buffers[a].size;
      ASSERT_FALSE(together && overlap) << a << " and " << b;
    }
  }
  EXPECT_GE(allocation.height, height);
  EXPECT_LT(allocation.height, height + alignment);
  EXPECT_GE(allocation.height, allocation.maxLive);
}

/// The smallest height, by trying every sequence of bottom-most placements:
/// for a best placement, dropping buffers in order of their offsets gives one
/// at least as good.
uint64_t bruteForce(const std::vector<Buffer> &buffers) {
  std::vector<size_t> order(buffers.size());
  std::iota(order.begin(), order.end(), 0);
  uint64_t best = UINT64_MAX;
  do {
    std::vector<uint64_t> offsets(buffers.size());
    uint64_t height = 0;
    for (size_t i = 0; i < order.size(); ++i) {
      const Buffer &b = buffers[order[i]];
      uint64_t at = 0;
      for (size_t j = 0; j < i; ++j) {
        const Buffer &o = buffers[order[j]];
        if (b.lower < o.upper && o.lower < b.upper)
          at = std::max(at, offsets[order[j]] + o.size);
      }
      offsets[order[i]] = at;
      if (b.lower < b.upper && b.size)
        height = std::max(height, at + b.size);
    }
    best = std::min(best, height);
  } while (std::next_permutation(order.begin(), order.end()));
  return best;
}

TEST(Allocator, Nothing) {
  Allocation allocation = allocate({});
  EXPECT_EQ(allocation.height, 0u);
}

TEST(Allocator, EmptyBuffersTakeNoSpace) {
  std::vector<Buffer> buffers{{0, 5, 0}, {3, 3, 100}, {0, 4, 10}};
  AllocatorOptions options;
  options.alignment = 1;
  EXPECT_EQ(allocate(buffers, options).height, 10u);
}

TEST(Allocator, RoundsUpToTheAlignment) {
  std::vector<Buffer> buffers{{0, 2, 1}, {1, 3, 65}};
  Allocation allocation = allocate(buffers);
  check(buffers, allocation, 64);
  EXPECT_EQ(allocation.maxLive, 192u);
  EXPECT_EQ(allocation.height, 192u);
}

TEST(Allocator, FindsTheSmallestHeightOfSmallInstances) {
  unsigned aboveMaxLive = 0;
  for (uint64_t seed = 0; seed < 400; ++seed) {
    Random random(seed);
    auto buffers = randomBuffers(random, 7, 9, 8);
    AllocatorOptions options;
    options.alignment = 1;
    Allocation allocation = allocate(buffers, options);
    check(buffers, allocation, 1);
    uint64_t best = bruteForce(buffers);
    EXPECT_EQ(allocation.height, best) << "seed " << seed;
    aboveMaxLive += best > allocation.maxLive;
  }
  EXPECT_GT(aboveMaxLive, 0u);
}

TEST(Allocator, ReassemblesACutRectangle) {
  for (uint64_t seed = 0; seed < 40; ++seed) {
    Random random(seed);
    auto buffers = guillotineBuffers(random, 60, 40, 1000);
    AllocatorOptions options;
    options.alignment = 1;
    Allocation allocation = allocate(buffers, options);
    check(buffers, allocation, 1);
    EXPECT_EQ(allocation.maxLive, 1000u);
    EXPECT_EQ(allocation.height, 1000u) << "seed " << seed;
  }
}

TEST(Allocator, StopsAtTheCapacityAndAtTheWorkLimit) {
  Random random(7);
  auto buffers = guillotineBuffers(random, 80, 50, 1000);
  AllocatorOptions options;
  options.alignment = 1;
  options.workLimit = 0;
  Allocation greedy = allocate(buffers, options);
  check(buffers, greedy, 1);
  EXPECT_EQ(greedy.work, 0u);
  ASSERT_GT(greedy.height, 1000u);
  options.workLimit = 100'000'000;
  options.capacity = greedy.height;
  EXPECT_EQ(allocate(buffers, options).work, 0u);
}

TEST(Allocator, IsDeterministic) {
  Random random(11);
  auto buffers = randomBuffers(random, 60, 40, 1000);
  AllocatorOptions options;
  options.workLimit = 300'000;
  Allocation first = allocate(buffers, options);
  Allocation second = allocate(buffers, options);
  EXPECT_EQ(first.offsets, second.offsets);
  EXPECT_EQ(first.work, second.work);
}

/// The public "challenging" instances of MiniMalloc.
TEST(Allocator, PublicChallengesFit) {
  const char *root = std::getenv("TENON_TEST_DATA");
  std::string folder =
      std::string(root ? root : "../shared/data") + "/minimalloc/";
  unsigned seen = 0;
  for (char name = 'A'; name <= 'K'; ++name) {
    std::ifstream stream(folder + name + ".1048576.csv");
    if (!stream)
      continue;
    ++seen;
    std::string text((std::istreambuf_iterator<char>(stream)),
                     std::istreambuf_iterator<char>());
    std::string error;
    auto buffers = parseBuffers(text, error);
    ASSERT_TRUE(buffers) << name << ": " << error;
    AllocatorOptions options;
    options.alignment = 1;
    options.capacity = 1048576;
    Allocation allocation = allocate(*buffers, options);
    check(*buffers, allocation, 1);
    EXPECT_LE(allocation.height, 1048576u) << name;
  }
  if (seen == 0) {
    ASSERT_EQ(std::getenv("TENON_REQUIRE_DATA"), nullptr)
        << "no instances in " << folder;
    GTEST_SKIP() << "no instances in " << folder
                 << "; TENON_TEST_DATA names the folder above";
  }
  EXPECT_EQ(seen, 11u);
}

} // namespace
