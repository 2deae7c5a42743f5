//===-- BudgetTest.cpp - plans within a budget ----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tenon/Plan/Budget.h"
#include "lib/Plan/Core/Profile.h"
#include "tenon/Plan/TextFormat.h"
#include "tenon/Plan/Verifier.h"
#include "test/Unit/Plan/Simulator.h"
#include "test/Unit/Plan/TrainingGraphs.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <algorithm>
#include <cmath>

using namespace tenon::plan;
using namespace tenon::plan::test;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

/// Plans, and has both judges look at the result.
std::optional<BudgetedPlan> planned(const Graph &graph,
                                    const BudgetOptions &options,
                                    BudgetFailure &failure) {
  auto plan = planWithBudget(graph, options, failure);
  if (!plan) {
    EXPECT_FALSE(failure.message.empty());
    return plan;
  }
  EXPECT_EQ(verify(graph, *plan, options), std::nullopt);
  return plan;
}

TEST(Budget, NoBudgetRunsEveryNodeOnce) {
  Graph graph = uniformChain(8);
  BudgetFailure failure;
  auto plan = planned(graph, {}, failure);
  ASSERT_TRUE(plan) << failure.message;
  EXPECT_EQ(plan->certificate.clones, 0u);
  EXPECT_EQ(plan->certificate.recomputeCost(), 0u);
  EXPECT_EQ(plan->certificate.gap(), 0.0);
  EXPECT_EQ(simulate(graph, *plan), std::nullopt);
}

TEST(Budget, TooSmallSaysWhatWouldDo) {
  Graph graph = uniformChain(16);
  BudgetOptions options;
  options.arenaBytes = 1;
  BudgetFailure failure;
  EXPECT_FALSE(planWithBudget(graph, options, failure));
  EXPECT_THAT(failure.message, HasSubstr("the smallest budget with a plan is"));
  EXPECT_LE(failure.boundBytes, failure.smallestBytes);
  options.arenaBytes = failure.smallestBytes;
  auto plan = planned(graph, options, failure);
  ASSERT_TRUE(plan);
  EXPECT_GT(plan->certificate.clones, 0u);
  EXPECT_EQ(simulate(graph, *plan), std::nullopt);
  // What it is to be compared with comes along: a graph without workspace.
  ASSERT_EQ(plan->storeAllLive.size(), plan->program.nodes.size());
  EXPECT_EQ(
      *std::max_element(plan->storeAllLive.begin(), plan->storeAllLive.end()),
      plan->certificate.storeAllBytes);
}

TEST(Budget, ValuesAreLaidAlongASchedule) {
  std::vector<uint64_t> values = {10, 40, 20, 30};
  auto along = [&](std::vector<NodeId> order, std::vector<Origin> runs) {
    return alongSchedule(order, values, runs);
  };
  // A clone shows what is there before it.
  EXPECT_THAT(along({0, 1, 2, 3}, {{0, 0}, {1, 0}, {0, 1}, {2, 0}, {3, 0}}),
              ElementsAre(10, 40, 40, 20, 30));
  // Node 1 is late in one of the two: its value is where its neighbours are.
  EXPECT_THAT(along({0, 1, 2, 3}, {{0, 0}, {2, 0}, {3, 0}, {1, 0}}),
              ElementsAre(40, 20, 30, 30));
  // Node 0 is the first, and the last.
  EXPECT_THAT(along({1, 2, 3, 0}, {{0, 0}, {1, 0}, {2, 0}, {3, 0}}),
              ElementsAre(0, 10, 40, 30));
  // Two that meet: the larger counts, whichever comes first.
  values[0] = 50;
  EXPECT_THAT(along({0, 1, 2, 3}, {{1, 0}, {0, 0}, {2, 0}, {3, 0}}),
              ElementsAre(50, 50, 20, 30));
}

TEST(Budget, StatefulNodesRunOnce) {
  Graph graph = uniformChain(16);
  for (Node &node : graph.nodes)
    node.stateful = true;
  BudgetOptions options;
  BudgetFailure failure;
  options.arenaBytes = planned(graph, {}, failure)->certificate.arenaBytes - 1;
  EXPECT_FALSE(planned(graph, options, failure));
  EXPECT_EQ(failure.smallestBytes, *options.arenaBytes + 1);
}

/// Costs fall as budgets grow, from the smallest to store-all. A budget in
/// equal ratios for every number of `at`.
void expectMonotone(const Graph &graph, const std::vector<double> &at) {
  BudgetOptions options;
  options.searchWorkLimit = 10'000'000;
  BudgetFailure failure;
  auto storeAll = planned(graph, options, failure);
  ASSERT_TRUE(storeAll) << failure.message;
  uint64_t high = storeAll->certificate.arenaBytes;
  options.arenaBytes = 0;
  ASSERT_FALSE(planWithBudget(graph, options, failure));
  uint64_t low = failure.smallestBytes;
  uint64_t before = UINT64_MAX;
  for (double share : at) {
    options.arenaBytes =
        uint64_t(double(low) * std::pow(double(high) / double(low), share));
    auto plan = planned(graph, options, failure);
    ASSERT_TRUE(plan) << failure.message;
    EXPECT_LE(plan->certificate.totalCost, before);
    before = plan->certificate.totalCost;
  }
  if (at.back() == 1)
    EXPECT_EQ(before, storeAll->certificate.baseCost);
}

void expectMonotone(const Graph &graph) {
  std::vector<double> at;
  for (int i = 0; i < 16; ++i)
    at.push_back(i / 15.0);
  expectMonotone(graph, at);
}

Graph parsed(const std::string &text) {
  std::string error;
  auto graph = parseGraph(text, error);
  EXPECT_TRUE(graph) << error;
  return graph.value_or(Graph());
}

/// A chain x1 ... x12 whose readers, but the first, wait for one value `d` and
/// not for each other: they may run forwards, while the chain is made again.
Graph independentReaders() {
  std::string text = "graph readers\ntensor x0 64 input\n";
  for (int i = 1; i <= 12; ++i)
    text += "tensor x" + std::to_string(i) + " 64\n";
  text += "tensor y 64\ntensor d 64\n";
  for (int i = 1; i <= 11; ++i)
    text += "tensor z" + std::to_string(i) + " 64 output\n";
  for (int i = 1; i <= 12; ++i)
    text += "node f" + std::to_string(i) + " cost=100\n reads x" +
            std::to_string(i - 1) + "\n writes x" + std::to_string(i) + "\n";
  text += "node b12 cost=1\n reads x12 x11\n writes y\n"
          "node dd cost=1\n reads y\n writes d\n";
  for (int i = 11; i >= 1; --i) {
    std::string n = std::to_string(i);
    text += "node b" + n + " cost=1\n reads d x" + n + "\n writes z" + n + "\n";
  }
  return parsed(text);
}

// By hand: f1 ... f12, b12, dd, then f1 b1 f2 b2 ... f11 b11, which keeps d and
// two values of the chain: 12 + 11 steps of 100, 13 of 1.
TEST(Budget, BoundOnCostHoldsForReadersThatDoNotWaitForEachOther) {
  BudgetOptions options;
  options.plan.reorder = false;
  options.arenaBytes = 192;
  BudgetFailure failure;
  auto plan = planned(independentReaders(), options, failure);
  ASSERT_TRUE(plan) << failure.message;
  EXPECT_LE(plan->certificate.boundCost, 2313u);
}

// What the first reader writes is small beside what the others do.
TEST(Budget, BoundOnCostCountsWhatTheFirstReaderWrites) {
  BudgetOptions options;
  options.plan.reorder = false;
  options.arenaBytes = 1344;
  BudgetFailure failure;
  auto plan = planned(
      parsed("graph late\ntensor x0 64 input\ntensor x1 640\ntensor x2 640\n"
             "tensor x3 640\ntensor x4 64\ntensor y 64\ntensor d 640\n"
             "tensor z 64 output\n"
             "node f1 cost=100\n reads x0\n writes x1\n"
             "node f2 cost=100\n reads x1\n writes x2\n"
             "node f3 cost=100\n reads x2\n writes x3\n"
             "node f4 cost=100\n reads x3\n writes x4\n"
             "node b3 cost=1\n reads x3 x2\n writes y\n"
             "node b2 cost=1\n reads y x2\n writes d\n"
             "node b1 cost=1\n reads d x1\n writes z\n"),
      options, failure);
  ASSERT_TRUE(plan) << failure.message;
  EXPECT_LE(plan->certificate.boundCost, plan->certificate.totalCost);
}

// A node that reads one piece of a root waits for that piece's writer alone.
TEST(Budget, BoundOnBytesKnowsPiecesOfARoot) {
  BudgetFailure failure;
  auto plan = planned(
      parsed("graph pieces\ntensor r 128\nview t1 r 0 64\nview t2 r 64 64\n"
             "tensor s 64\ntensor big 6400\ntensor q 3200\n"
             "tensor y 64 output\n"
             "node w1 cost=1\n writes t1\n"
             "node n cost=1\n reads t1\n writes s big\n"
             "node w2 cost=1\n writes t2 q\n"
             "node d cost=1\n reads r q s\n writes y\n"),
      {}, failure);
  ASSERT_TRUE(plan) << failure.message;
  EXPECT_LE(plan->certificate.boundBytes, 6592u); // by hand
}

TEST(Budget, CostIsMonotoneOnNetworks) {
  expectMonotone(uniformChain(40));
  expectMonotone(randomChain(3, 40));
  expectMonotone(vgg16(1, 64));
  expectMonotone(uNet(1, 64, 8, 3));
  expectMonotone(transformer(3, 64, 64));
  expectMonotone(denseNet(1, 64, {2, 3}));
}

// Near each other: most of these have limits tried for them that no other has.
TEST(Budget, CostIsMonotoneBetweenRungs) {
  std::vector<double> at;
  for (int i = 0; i < 12; ++i)
    at.push_back(0.4 + i / 120.0);
  expectMonotone(smallUNet(2, 5), at);
  expectMonotone(transformer(3, 64, 64), at);
  // With little work rungs often cost what those below cost.
  BudgetOptions options;
  options.searchWorkLimit = 50'000;
  options.plan.allocatorWorkLimit = options.plan.orderWorkLimit = 20'000;
  for (uint64_t seed = 0; seed < 160; seed += 8) {
    Graph graph = randomChain(seed, 10 + unsigned(seed % 21));
    BudgetFailure failure;
    options.arenaBytes = std::nullopt;
    auto storeAll = planned(graph, options, failure);
    ASSERT_TRUE(storeAll) << failure.message;
    uint64_t before = UINT64_MAX;
    for (uint64_t bytes = 0; bytes <= storeAll->certificate.arenaBytes;
         bytes += std::max<uint64_t>(
             storeAll->certificate.arenaBytes / 60 / 64 * 64, 64)) {
      options.arenaBytes = bytes;
      auto plan = planWithBudget(graph, options, failure);
      SCOPED_TRACE(testing::Message() << "seed " << seed << ", " << bytes);
      if (!plan) {
        EXPECT_EQ(before, UINT64_MAX) << "less was enough";
        continue;
      }
      EXPECT_LE(plan->certificate.totalCost, before);
      before = plan->certificate.totalCost;
    }
    EXPECT_NE(before, UINT64_MAX);
  }
}

// Rungs are far from each other there; the bound is nearly reached all the
// same.
TEST(Budget, LongChainsAreNearlyOptimalEverywhere) {
  Graph graph = uniformChain(400);
  BudgetOptions options;
  BudgetFailure failure;
  auto storeAll = planned(graph, options, failure);
  ASSERT_TRUE(storeAll) << failure.message;
  for (uint64_t percent : {23, 37, 61}) {
    options.arenaBytes = storeAll->certificate.arenaBytes * percent / 100;
    auto plan = planned(graph, options, failure);
    ASSERT_TRUE(plan) << failure.message;
    EXPECT_LE(plan->certificate.gap(), 0.005) << percent;
  }
}

// What is placed at once must not be placed by a search. The work says how long
// that takes, and is the same everywhere.
TEST(Budget, ALongChainInAHundredSlotsTakesLittleWork) {
  BudgetOptions options;
  options.arenaBytes = uint64_t(100) << 20;
  BudgetFailure failure;
  auto plan = planned(uniformChain(1000, 1 << 20), options, failure);
  ASSERT_TRUE(plan) << failure.message;
  EXPECT_EQ(plan->certificate.gap(), 0);
  EXPECT_LT(plan->certificate.work, 250'000'000u);
}

// Twice the smallest budget, on the chain of the single nodes of all layers.
TEST(Budget, DeepTransformersAreNearlyOptimalNearTheirFloor) {
  BudgetOptions options;
  options.arenaBytes = uint64_t(112) << 20;
  BudgetFailure failure;
  auto plan = planned(transformer(96, 1024, 1024), options, failure);
  ASSERT_TRUE(plan) << failure.message;
  EXPECT_LE(plan->certificate.gap(), 0.10);
}

TEST(Budget, IsDeterministic) {
  Graph graph = uNet(1, 64, 8, 3);
  BudgetOptions options;
  options.searchWorkLimit = 20'000'000;
  BudgetFailure failure;
  options.arenaBytes =
      planned(graph, {}, failure)->certificate.arenaBytes * 2 / 3;
  auto first = planned(graph, options, failure);
  auto second = planned(graph, options, failure);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(printPlan(first->program, first->plan),
            printPlan(second->program, second->plan));
  EXPECT_EQ(printCertificate(first->certificate),
            printCertificate(second->certificate));
}

} // namespace
