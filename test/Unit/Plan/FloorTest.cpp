//===-- FloorTest.cpp - how few bytes will do -----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/LowerBound.h"
#include "lib/Plan/Core/ManyBoxes.h"
#include "lib/Plan/Core/PebbleBound.h"
#include "lib/Plan/Core/Replay.h"
#include "tenon/Plan/Budget.h"
#include "tenon/Plan/TextFormat.h"
#include "tenon/Plan/Verifier.h"
#include "test/Unit/Plan/RandomGraphs.h"
#include "test/Unit/Plan/StoreAll.h"
#include "test/Unit/Plan/TrainingGraphs.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <set>

using namespace tenon::plan;
using namespace tenon::plan::test;

namespace {

/// What is said to be the smallest budget must work.
BudgetedPlan plannedAtItsSmallest(const Graph &graph) {
  BudgetOptions options;
  options.plan.allocatorWorkLimit = 20'000'000;
  options.searchWorkLimit = 200'000'000;
  options.arenaBytes = 1;
  BudgetFailure failure;
  EXPECT_FALSE(planWithBudget(graph, options, failure));
  options.arenaBytes = failure.smallestBytes;
  auto plan = planWithBudget(graph, options, failure);
  EXPECT_TRUE(plan) << failure.message;
  if (!plan)
    return {};
  EXPECT_EQ(verify(graph, *plan, options), std::nullopt);
  return std::move(*plan);
}

TEST(Floor, IsNearTheBoundOnNetworks) {
  const std::set<std::string> names{
      "random-chain-200", "vgg16", "resnet50",      "resnet50-guard",
      "densenet121",      "unet",  "transformer-12"};
  unsigned seen = 0;
  for (auto &[name, graph] : benchmarkGraphs()) {
    if (!names.count(name))
      continue;
    ++seen;
    Certificate c = plannedAtItsSmallest(graph).certificate;
    EXPECT_LE(double(c.arenaBytes), 1.25 * double(c.boundBytes)) << name;
  }
  EXPECT_EQ(seen, names.size());
}

// A gradient reads a gradient and two values of the chain, and writes a
// gradient: four units, and no more are needed.
TEST(Floor, OfAChainIsFourValues) {
  Certificate c = plannedAtItsSmallest(uniformChain(64, 1 << 20)).certificate;
  EXPECT_EQ(c.boundBytes, uint64_t(4) << 20);
  EXPECT_EQ(c.arenaBytes, uint64_t(4) << 20);
}

Graph parsed(const std::string &text) {
  std::string error;
  auto graph = parseGraph(text, error);
  EXPECT_TRUE(graph) << error;
  return graph.value_or(Graph());
}

// No node needs more than 256 bytes, but whichever of a and b is made last, the
// other is there already.
TEST(Floor, BoundKnowsWhatIsHeldMeanwhile) {
  Graph graph = parsed("graph held\ntensor x 64 input\ntensor p 192\n"
                       "tensor a 64\ntensor q 192\ntensor b 64\n"
                       "tensor y 64 output\n"
                       "node np cost=1\n reads x\n writes p\n"
                       "node na cost=1\n reads p\n writes a\n"
                       "node nq cost=1\n reads x\n writes q\n"
                       "node nb cost=1\n reads q\n writes b\n"
                       "node ny cost=1\n reads a b\n writes y\n");
  BudgetOptions options;
  options.arenaBytes = 319;
  BudgetFailure failure;
  EXPECT_FALSE(planWithBudget(graph, options, failure));
  EXPECT_EQ(failure.boundBytes, 320u);
  EXPECT_EQ(failure.smallestBytes, 320u);
}

// By the binomial formula: with room for 6 states, 6 steps run once, 21 twice,
// 37 three times, besides one that is the reader's own.
TEST(Floor, BoundOnCostOfAChainCountsRepetitions) {
  Graph graph = uniformChain(64, 1 << 20);
  BudgetOptions options;
  options.arenaBytes = uint64_t(7) << 20;
  BudgetFailure failure;
  auto plan = planWithBudget(graph, options, failure);
  ASSERT_TRUE(plan) << failure.message;
  const Certificate &c = plan->certificate;
  EXPECT_GE(c.boundCost, c.baseCost + (21 + 2 * 37) * 1000);
  EXPECT_LE(c.boundCost, c.totalCost);
}

TEST(Floor, ReplayKeepsItsLimits) {
  Model model = storeAllModel(stableDiffusion(1, 64));
  Evaluator evaluator(model);
  uint64_t peak = evaluator.evaluate(model.order).peak;
  unsigned found = 0;
  for (unsigned percent = 90; percent >= 5; percent -= 5) {
    ReplayLimits limits;
    limits.bytes = peak / 100 * percent;
    limits.maxRuns = model.order.size() * 3;
    limits.workLimit = 20'000'000;
    uint64_t work = 0;
    auto replayed = replay(model, model.order, limits, work);
    if (!replayed)
      continue;
    const Schedule &schedule = replayed->schedule;
    ++found;
    ASSERT_TRUE(evaluator.isValid(schedule));
    EXPECT_LE(evaluator.evaluate(schedule).peak, limits.bytes);
    EXPECT_LE(schedule.size(), limits.maxRuns);
  }
  EXPECT_GE(found, 12u);
}

// Where nothing lasts, each node can be made from nothing: then no schedule
// needs more than the walk that bounds them all.
TEST(Floor, WalksOfTheGameReachItsBound) {
  for (uint64_t seed = 1; seed <= 6; ++seed) {
    Model model = storeAllModel(randomLayered(seed, 24, 56));
    uint64_t work = 0;
    uint64_t bound = pebbleBound(model, peakBound(model), 100'000'000, work);
    EXPECT_LT(work, 100'000'000u) << seed;
    auto schedule = pebbleSchedule(model, bound, model.order.size() * 48,
                                   100'000'000, work);
    ASSERT_TRUE(schedule) << seed;
    Evaluator evaluator(model);
    EXPECT_TRUE(evaluator.isValid(*schedule));
    EXPECT_EQ(evaluator.prune(*schedule).peak, bound);
    EXPECT_FALSE(pebbleSchedule(model, bound - 64, model.order.size() * 48,
                                100'000'000, work));
  }
}

/// Sizes without a common measure, in an arena with little to spare.
TEST(Floor, ReplayedValuesLieApart) {
  Model model = storeAllModel(randomChain(1, 60));
  ReplayLimits limits;
  limits.arena = limits.bytes = Evaluator(model).evaluate(model.order).peak / 5;
  limits.maxRuns = model.order.size() * 48;
  limits.workLimit = 100'000'000;
  limits.seed = 1;
  uint64_t work = 0;
  auto replayed = replay(model, model.order, limits, work);
  ASSERT_TRUE(replayed);
  EXPECT_TRUE(Evaluator(model).isValid(replayed->schedule));
  EXPECT_GT(replayed->schedule.size(), model.order.size());
  struct Life {
    ValueId value;
    size_t from, to; ///< Positions, inclusive.
    uint64_t address;
  };
  std::vector<Life> lives;
  std::vector<size_t> current(model.values.size(), SIZE_MAX);
  size_t next = 0;
  for (size_t p = 0; p < replayed->schedule.size(); ++p) {
    const Model::Op &op = model.ops[replayed->schedule[p]];
    for (ValueId v : op.reads)
      lives[current[v]].to = p;
    for (ValueId v : op.writes) {
      ASSERT_LT(next, replayed->addresses.size());
      current[v] = lives.size();
      lives.push_back({v, p, p, replayed->addresses[next++]});
      EXPECT_LE(lives.back().address + model.values[v].bytes, limits.arena);
    }
  }
  EXPECT_EQ(next, replayed->addresses.size());
  for (const Life &a : lives)
    for (const Life &b : lives) {
      if (&a == &b || a.to < b.from || b.to < a.from)
        continue;
      // In place: one is read for the last time where the other is written.
      if (a.address == b.address && (a.to == b.from || b.to == a.from))
        continue;
      ASSERT_TRUE(a.address + model.values[a.value].bytes <= b.address ||
                  b.address + model.values[b.value].bytes <= a.address);
    }
}

// The second run of `a` makes x again; what `b` reads is written by the first.
TEST(Floor, FirstWritersOfOutputsThatAreReadStay) {
  Graph graph = parsed("graph outputs\ntensor in 64 input\ntensor y 64 output\n"
                       "tensor x 64\ntensor z 64 output\ntensor w 64 output\n"
                       "node a cost=1\n reads in\n writes y x\n"
                       "node b cost=1\n reads y\n writes z\n"
                       "node c cost=1\n reads x\n writes w\n");
  Model model = buildModel(graph, {}, {0, 1, 2});
  Evaluator evaluator(model);
  Schedule schedule{0, 1, 0, 2};
  ASSERT_TRUE(evaluator.isValid(schedule));
  evaluator.prune(schedule);
  EXPECT_EQ(schedule, (Schedule{0, 1, 0, 2}));
  EXPECT_FALSE(evaluator.isValid({1, 0, 2}));
}

TEST(Floor, ManyBoxesDoNotOverlap) {
  for (uint64_t seed = 1; seed <= 4; ++seed) {
    Random random(seed);
    std::vector<Buffer> boxes;
    for (unsigned i = 0; i < 2000; ++i) {
      uint64_t lower = random.below(5000);
      uint64_t life = random.chance(95) ? 1 + random.below(20)
                                        : 1 + random.below(5000 - lower);
      boxes.push_back({lower, lower + life, 64 * (1 + random.below(8))});
    }
    uint64_t maxLive = 0;
    for (const Buffer &b : boxes) {
      uint64_t live = 0;
      for (const Buffer &other : boxes)
        if (other.lower <= b.lower && b.lower < other.upper)
          live += other.size;
      maxLive = std::max(maxLive, live);
    }
    Allocation placed = placeMany(boxes, maxLive);
    EXPECT_GE(placed.height, maxLive);
    EXPECT_LE(double(placed.height), 1.3 * double(maxLive));
    for (size_t a = 0; a < boxes.size(); ++a) {
      EXPECT_LE(placed.offsets[a] + boxes[a].size, placed.height);
      for (size_t b = 0; b < a; ++b)
        ASSERT_TRUE(boxes[a].upper <= boxes[b].lower ||
                    boxes[b].upper <= boxes[a].lower ||
                    placed.offsets[a] + boxes[a].size <= placed.offsets[b] ||
                    placed.offsets[b] + boxes[b].size <= placed.offsets[a]);
    }
  }
}

} // namespace
