//===-- RandomTest.cpp - plans of random graphs ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tenon/Plan/Planner.h"
#include "tenon/Plan/TextFormat.h"
#include "tenon/Plan/Verifier.h"
#include "test/Unit/Plan/RandomGraphs.h"
#include "test/Unit/Plan/Simulator.h"

#include "gtest/gtest.h"

#include <algorithm>

using namespace tenon::plan;
using namespace tenon::plan::test;

namespace {

PlanOptions randomOptions(Random &random) {
  PlanOptions options;
  options.alignment = uint64_t(1) << random.below(8);
  options.maxThreads = uint32_t(1 + random.below(4));
  options.gridBoundsWorkers = random.chance(50);
  options.reorder = random.chance(70);
  options.inPlace = random.chance(80);
  options.orderWorkLimit = 20'000;
  options.allocatorWorkLimit = 20'000;
  return options;
}

TEST(RandomGraphs, PlansHoldOnBytes) {
  uint64_t inPlaceWrites = 0;
  uint64_t reordered = 0;
  for (uint64_t seed = 0; seed < 3000; ++seed) {
    Random random(seed);
    Graph graph = randomGraph(random, unsigned(1 + random.below(40)));
    PlanOptions options = randomOptions(random);
    std::string error;
    auto plan = makePlan(graph, options, error);
    ASSERT_TRUE(plan) << "seed " << seed << ": " << error;
    auto wrong = verify(graph, *plan, options);
    ASSERT_FALSE(wrong) << "seed " << seed << ": " << *wrong;
    auto differs = simulate(graph, *plan);
    ASSERT_FALSE(differs) << "seed " << seed << ": " << *differs;
    bool shrinks = false;
    for (const auto &list : plan->inPlace)
      for (const InPlace &pair : list) {
        ++inPlaceWrites;
        uint64_t from =
            graph.tensors[footprint(graph, pair.operand).root].bytes;
        shrinks |= graph.tensors[pair.result].bytes < from;
      }
    // Another way to count what is alive.
    std::vector<uint64_t> live = liveBytes(graph, *plan);
    uint64_t most = *std::max_element(live.begin(), live.end());
    ASSERT_LE(most, plan->maxLive) << "seed " << seed;
    if (!shrinks) {
      ASSERT_EQ(most, plan->maxLive) << "seed " << seed;
    }
    for (NodeId n = 0; n < plan->order.size(); ++n)
      reordered += plan->order[n] != n;
  }
  // The graphs must reach what they are to test.
  EXPECT_GT(inPlaceWrites, 1000u);
  EXPECT_GT(reordered, 1000u);
}

/// Whatever is done to a plan, the verifier may accept it only if it computes
/// the same bytes, and must accept what it did not break.
TEST(RandomGraphs, BrokenPlansAreRejected) {
  unsigned rejected = 0;
  unsigned harmful = 0;
  for (uint64_t seed = 0; seed < 6000; ++seed) {
    Random random(seed + 1000000);
    Graph graph = randomGraph(random, unsigned(2 + random.below(20)));
    PlanOptions options = randomOptions(random);
    std::string error;
    auto plan = makePlan(graph, options, error);
    ASSERT_TRUE(plan) << error;
    Plan broken = *plan;
    if (random.chance(30)) {
      std::swap(broken.order[random.below(broken.order.size())],
                broken.order[random.below(broken.order.size())]);
    } else {
      // Move one root, its views with it, to where another tensor is.
      TensorId victim = TensorId(random.below(graph.tensors.size()));
      TensorId where = TensorId(random.below(graph.tensors.size()));
      TensorId root = footprint(graph, victim).root;
      if (broken.offsets[root] == kNotInArena ||
          broken.offsets[where] == kNotInArena)
        continue;
      uint64_t to =
          broken.offsets[where] / options.alignment * options.alignment;
      if (to + graph.tensors[root].bytes > broken.arenaBytes)
        continue;
      for (TensorId t = 0; t < graph.tensors.size(); ++t)
        if (footprint(graph, t).root == root)
          broken.offsets[t] = to + footprint(graph, t).offset;
    }
    bool accepted = !verify(graph, broken, options);
    bool same = true;
    // An order with a repeated node is not a program to run.
    if (!simulate(graph, broken))
      same = true;
    else
      same = false;
    ASSERT_FALSE(accepted && !same)
        << "seed " << seed << ": accepted, but the bytes differ";
    rejected += !accepted;
    harmful += !same;
  }
  EXPECT_GT(harmful, 500u);
  EXPECT_GE(rejected, harmful);
}

TEST(RandomGraphs, SurviveText) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    Random random(seed);
    Graph graph = randomGraph(random, 20);
    std::string text = printGraph(graph);
    std::string error;
    auto again = parseGraph(text, error);
    ASSERT_TRUE(again) << "seed " << seed << ": " << error << "\n" << text;
    EXPECT_EQ(printGraph(*again), text);
    auto plan = makePlan(graph, {}, error);
    auto planAgain = makePlan(*again, {}, error);
    ASSERT_TRUE(plan && planAgain);
    EXPECT_EQ(printPlan(graph, *plan), printPlan(*again, *planAgain));
  }
}

TEST(RandomGraphs, MutatedTextIsSafe) {
  unsigned good = 0;
  for (uint64_t seed = 0; seed < 3000; ++seed) {
    Random random(seed);
    std::string text = printGraph(randomGraph(random, 8));
    for (uint64_t edits = random.below(4); edits > 0 && !text.empty();
         --edits) {
      size_t at = random.below(text.size());
      switch (random.below(4)) {
      case 0:
        text[at] = char(random.below(256));
        break;
      case 1:
        text.erase(at, 1 + random.below(5));
        break;
      case 2:
        text.insert(
            at, text.substr(random.below(text.size()), 1 + random.below(12)));
        break;
      default:
        text.insert(at, random.chance(50) ? "18446744073709551615" : "9");
      }
    }
    std::string error;
    auto graph = parseGraph(text, error);
    if (!graph) {
      EXPECT_FALSE(error.empty());
      continue;
    }
    ++good;
    PlanOptions options;
    options.allocatorWorkLimit = 1000;
    auto plan = makePlan(*graph, options, error);
    if (!plan)
      continue; // Workspace beyond what can be counted.
    auto wrong = verify(*graph, *plan, options);
    EXPECT_FALSE(wrong) << *wrong << "\n" << text;
  }
  EXPECT_GT(good, 500u);
}

} // namespace
