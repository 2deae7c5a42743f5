//===-- AllocatorTest.cpp - offsets for buffers ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tenon/Plan/Allocator.h"
#include "lib/Plan/Core/ExactAllocator.h"
#include "lib/Plan/Core/GreedyAllocator.h"
#include "lib/Plan/Core/SweepAllocator.h"
#include "tenon/Plan/TextFormat.h"
#include "test/Unit/Plan/RandomGraphs.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

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
  EXPECT_EQ(allocation.height,
            (height + alignment - 1) / alignment * alignment);
  EXPECT_GE(allocation.height, allocation.maxLive);
}

/// True if some placement is lower than `height`: tries every sequence of
/// bottom-most placements. Dropping the buffers of a placement in order of
/// their offsets gives a sequence that is as good.
bool existsBelow(const std::vector<Buffer> &buffers, uint64_t height,
                 std::vector<size_t> &placed, std::vector<uint64_t> &offsets) {
  if (placed.size() == buffers.size())
    return true;
  for (size_t b = 0; b < buffers.size(); ++b) {
    if (std::find(placed.begin(), placed.end(), b) != placed.end())
      continue;
    uint64_t at = 0;
    for (size_t o : placed)
      if (buffers[b].lower < buffers[o].upper &&
          buffers[o].lower < buffers[b].upper)
        at = std::max(at, offsets[o] + buffers[o].size);
    if (at + buffers[b].size >= height)
      continue;
    offsets[b] = at;
    placed.push_back(b);
    if (existsBelow(buffers, height, placed, offsets))
      return true;
    placed.pop_back();
  }
  return false;
}

/// A cut rectangle in which pieces of one size that follow each other in time
/// become one: still no byte is ever idle, but a placement may not exist.
std::vector<Buffer> joinedBuffers(Random &random, uint64_t height) {
  std::vector<Buffer> pieces = guillotineBuffers(random, 20, 10, height);
  auto joinTwo = [&] {
    for (Buffer &a : pieces)
      for (size_t b = 0; b < pieces.size(); ++b)
        if (a.upper == pieces[b].lower && a.size == pieces[b].size) {
          a.upper = pieces[b].upper;
          pieces.erase(pieces.begin() + b);
          return true;
        }
    return false;
  };
  while (pieces.size() > 10 && joinTwo()) {
  }
  return pieces;
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

/// The exact search alone, without a greedy placement to hide behind: it finds
/// a placement within a capacity if and only if there is one. Where max-live is
/// out of reach it has to leave gaps.
TEST(Allocator, ExactSearchAgreesWithBruteForce) {
  unsigned withGaps = 0;
  for (uint64_t seed = 0; seed < 30000; ++seed) {
    Random random(seed);
    auto buffers = joinedBuffers(random, 6);
    if (buffers.size() > 10)
      continue;
    ExactAllocator exact(buffers);
    for (uint64_t capacity = 6;; ++capacity) {
      uint64_t work = 0;
      std::vector<uint64_t> offsets;
      Outcome outcome = exact.fit(capacity, 10'000'000, work, offsets);
      if (outcome == Outcome::Found) {
        check(buffers, {offsets, capacity, 6, work}, 1);
        withGaps += capacity > 6;
        break;
      }
      ASSERT_EQ(outcome, Outcome::Impossible);
      std::vector<size_t> placed;
      offsets.resize(buffers.size());
      ASSERT_FALSE(existsBelow(buffers, capacity + 1, placed, offsets))
          << "seed " << seed << " capacity " << capacity;
    }
  }
  EXPECT_GT(withGaps, 10u);
}

/// Along time, a placement is found only where there is one, and mostly then.
TEST(Allocator, SweepFindsWhatTheExactSearchFinds) {
  unsigned exact = 0;
  unsigned along = 0;
  for (uint64_t seed = 0; seed < 3000; ++seed) {
    Random random(seed);
    auto buffers = joinedBuffers(random, 6);
    for (uint64_t capacity = 5; capacity <= 7; ++capacity) {
      uint64_t work = 0;
      std::vector<uint64_t> offsets;
      bool exists = ExactAllocator(buffers).fit(capacity, 10'000'000, work,
                                                offsets) == Outcome::Found;
      bool found = allocateAlongTime(buffers, capacity, 64, 10'000'000, work,
                                     offsets) == Sweep::Found;
      exact += exists;
      along += found;
      if (found) {
        ASSERT_TRUE(exists) << "seed " << seed;
        uint64_t height = heightOf(buffers, offsets);
        check(buffers, {offsets, height, 6, work}, 1);
        EXPECT_LE(height, capacity);
      }
    }
  }
  EXPECT_GT(exact, 5000u);
  EXPECT_GT(along, exact * 9 / 10);
}

TEST(Allocator, SweepStaysWithinItsWork) {
  Random random(3);
  auto buffers = randomBuffers(random, 2000, 4000, 100);
  for (uint64_t limit : {100'000, 1'000'000, 5'000'000}) {
    uint64_t work = 0;
    std::vector<uint64_t> offsets;
    allocateAlongTime(buffers, 100'000, 64, limit, work, offsets);
    EXPECT_LE(work, limit);
  }
}

// Searches that are cut off somewhere leave nothing behind.
TEST(Allocator, ExactSearchIsTheSameAgain) {
  unsigned cutOff = 0;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    Random random(seed);
    auto buffers = randomBuffers(random, 30, 30, 10);
    buffers.erase(std::remove_if(buffers.begin(), buffers.end(),
                                 [](const Buffer &b) {
                                   return b.size == 0 || b.lower == b.upper;
                                 }),
                  buffers.end());
    ExactAllocator used(buffers);
    for (uint64_t more : {0, 2, 1}) {
      std::vector<uint64_t> offsets, again;
      uint64_t capacity = maxLiveBytes(buffers) + more;
      for (uint64_t limit : {40, 300, 2000, 20000}) {
        uint64_t work = 0, workAgain = 0;
        Outcome outcome = used.fit(capacity, limit, work, offsets);
        EXPECT_EQ(
            ExactAllocator(buffers).fit(capacity, limit, workAgain, again),
            outcome);
        EXPECT_EQ(work, workAgain);
        EXPECT_EQ(offsets, again);
        cutOff += outcome == Outcome::OutOfWork;
      }
    }
  }
  EXPECT_GT(cutOff, 100u);
}

TEST(Allocator, PlacesBuffersWithoutStructure) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    Random random(seed);
    auto buffers = randomBuffers(random, 40, 30, 100);
    AllocatorOptions options;
    options.alignment = uint64_t(1) << random.below(5);
    check(buffers, allocate(buffers, options), options.alignment);
  }
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

// A rectangle cut into large pieces, and ten times as many small buffers beside
// it, as the compiled step of a network has.
TEST(Allocator, SmallBuffersAreNotInTheWay) {
  for (uint64_t seed = 0; seed < 10; ++seed) {
    Random random(seed);
    auto buffers = guillotineBuffers(random, 60, 400, 1'000'000);
    for (unsigned i = 0; i < 600; ++i) {
      uint64_t lower = random.below(395);
      buffers.push_back({lower, lower + 1 + random.below(5), // Short, mostly.
                         1 + random.below(100)});
    }
    AllocatorOptions options;
    options.alignment = 1;
    options.workLimit = 1'000'000;
    Allocation allocation = allocate(buffers, options);
    check(buffers, allocation, 1);
    EXPECT_LE(double(allocation.height), 1.002 * double(allocation.maxLive))
        << "seed " << seed;
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

std::optional<std::vector<Buffer>> readBuffers(const std::string &path) {
  std::ifstream stream(path);
  if (!stream)
    return std::nullopt;
  std::string text((std::istreambuf_iterator<char>(stream)),
                   std::istreambuf_iterator<char>());
  std::string error;
  auto buffers = parseBuffers(text, error);
  EXPECT_TRUE(buffers) << path << ": " << error;
  return buffers;
}

void expectFits(const std::string &path, const std::vector<Buffer> &buffers) {
  AllocatorOptions options;
  options.alignment = 1;
  options.capacity = 1048576;
  Allocation allocation = allocate(buffers, options);
  check(buffers, allocation, 1);
  EXPECT_LE(allocation.height, options.capacity) << path;
  // Greedy placement alone does not do it.
  options.workLimit = 0;
  EXPECT_GT(allocate(buffers, options).height, options.capacity) << path;
}

/// Instances of our own, by make-challenges; those that are open are in
/// benchmarks/allocator alone.
TEST(Allocator, OwnChallengesFit) {
  for (const char *name :
       {"2", "14", "17", "18", "44", "47", "48", "50", "57", "58", "59"}) {
    std::string path =
        std::string(TENON_PLAN_INPUTS "challenges/") + name + ".csv";
    auto buffers = readBuffers(path);
    ASSERT_TRUE(buffers) << path;
    expectFits(path, *buffers);
  }
}

/// The public "challenging" instances of MiniMalloc.
TEST(Allocator, PublicChallengesFit) {
  const char *root = std::getenv("TENON_TEST_DATA");
  std::string folder =
      std::string(root ? root : "../shared/data") + "/minimalloc/";
  unsigned seen = 0;
  for (char name = 'A'; name <= 'K'; ++name) {
    std::string path = folder + name + ".1048576.csv";
    auto buffers = readBuffers(path);
    if (!buffers)
      continue;
    ++seen;
    expectFits(path, *buffers);
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
