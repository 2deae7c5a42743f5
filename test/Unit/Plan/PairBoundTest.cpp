//===-- PairBoundTest.cpp - bytes that a few values together need ---------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/PairBound.h"
#include "lib/Plan/Core/LargeValues.h"
#include "lib/Plan/Core/LowerBound.h"
#include "lib/Plan/Core/PebbleBound.h"
#include "test/Unit/Plan/Oracle.h"
#include "test/Unit/Plan/RandomGraphs.h"
#include "test/Unit/Plan/TrainingGraphs.h"

#include "gtest/gtest.h"

using namespace tenon::plan;
using namespace tenon::plan::test;

namespace {

constexpr uint64_t kMuch = 100'000'000;

Model modelOf(const Graph &graph) {
  std::vector<NodeId> order;
  for (NodeId n = 0; n < graph.nodes.size(); ++n)
    order.push_back(n);
  PlanOptions options;
  options.alignment = 1;
  return buildModel(graph, options, order);
}

uint64_t boundOf(const Model &model) {
  uint64_t work = 0;
  return pairBound(model, 0, kMuch, work);
}

/// Values of 10 bytes, each made of one of so many, and read together.
Graph gathered(const std::vector<uint64_t> &sources) {
  Graph graph;
  std::vector<TensorId> all;
  for (uint64_t bytes : sources) {
    std::string name = std::to_string(bytes);
    TensorId source = graph.addTensor("source" + name, bytes);
    graph.addNode("makeSource" + name, {}, {source});
    all.push_back(graph.addTensor("value" + name, 10));
    graph.addNode("make" + name, {source}, {all.back()});
  }
  TensorId out = graph.addTensor("out", 1, Place::ExternalOutput);
  graph.addNode("gather", all, {out});
  return graph;
}

// One of the values is there while the other is made, so the one of the smaller
// source is made last.
TEST(PairBound, OneOfTwoIsMadeLast) {
  Graph graph = gathered({30, 25});
  Model model = modelOf(graph);
  EXPECT_EQ(peakBound(model), 40u);
  EXPECT_EQ(boundOf(model), 45u);
  EXPECT_EQ(fewestBytes(graph, 1), 45u);
}

// Two are there while the last is made.
TEST(PairBound, OneOfThreeIsMadeLast) {
  Graph graph = gathered({40, 25, 30});
  Model model = modelOf(graph);
  EXPECT_EQ(peakBound(model), 50u);
  EXPECT_EQ(boundOf(model), 55u);
  EXPECT_EQ(fewestBytes(graph, 1), 55u);
}

TEST(PairBound, WhatIsWrittenInPlaceTakesNoMore) {
  Graph graph = gathered({30, 25});
  for (Node &node : graph.nodes)
    if (node.operands.size() == 1)
      node.inPlace.push_back({node.operands[0], node.results[0]});
  EXPECT_EQ(boundOf(modelOf(graph)), 35u);
}

// a, and b made of it; then c of both: what reads a is no further step for it.
TEST(PairBound, OfAChainIsItsFullestStep) {
  Graph graph;
  TensorId a = graph.addTensor("a", 8);
  TensorId b = graph.addTensor("b", 16);
  TensorId c = graph.addTensor("c", 4);
  TensorId d = graph.addTensor("d", 2);
  graph.addNode("makeA", {}, {a});
  graph.addNode("makeB", {a}, {b});
  graph.addNode("makeC", {a, b}, {c});
  graph.addNode("makeD", {c}, {d});
  EXPECT_EQ(boundOf(modelOf(graph)), 28u);
}

TEST(PairBound, IsNoLessThanWhatIsKnown) {
  uint64_t work = 0;
  EXPECT_EQ(pairBound(modelOf(gathered({30, 25})), 1000, kMuch, work), 1000u);
}

// With little work the largest values alone count: the two sources and nothing
// else.
TEST(PairBound, OfLittleWorkIsOfLargeValues) {
  Model model = modelOf(gathered({30, 25}));
  uint64_t work = 0;
  EXPECT_EQ(pairBound(model, 0, 2 * 4 * 2 * 2, work), 30u);
}

TEST(LargeValues, OfEqualSizeStayTogether) {
  Model model = modelOf(gathered({30, 25})); // And two of 10 bytes.
  EXPECT_EQ(largestValues(model, 100).values.size(), 4u);
  EXPECT_EQ(largestValues(model, 4).values.size(), 4u);
  EXPECT_EQ(largestValues(model, 3).values.size(), 2u);
  Model large = largestValues(model, 2);
  ASSERT_EQ(large.values.size(), 2u);
  EXPECT_EQ(large.values[0].bytes, 30u);
  EXPECT_EQ(large.values[1].bytes, 25u);
  EXPECT_EQ(large.ops[3].reads, std::vector<ValueId>{1});
  EXPECT_TRUE(large.ops[3].writes.empty());
  EXPECT_TRUE(large.ops[4].reads.empty());
  EXPECT_TRUE(largestValues(model, 0).values.empty());
}

// No bound is above what one of all schedules does, whatever work it is given.
TEST(PairBound, NoScheduleNeedsLess) {
  unsigned tried = 0;
  unsigned reached = 0;
  for (uint64_t seed = 0; seed < 1200; ++seed) {
    Random random(seed);
    Graph graph = seed % 3 == 0 ? randomGraph(random, unsigned(2 + seed % 8))
                  : seed % 3 == 1
                      ? randomTrainingStep(random, unsigned(1 + seed % 4))
                      : randomLayered(seed, unsigned(4 + seed % 7), 20);
    auto fewest = fewestBytes(graph, 1);
    if (!fewest)
      continue;
    ++tried;
    Model model = modelOf(graph);
    uint64_t best = 0;
    for (uint64_t limit : {300, 3'000, 100'000}) {
      uint64_t work = 0;
      uint64_t pairs = pairBound(model, 0, limit, work);
      EXPECT_LE(pairs, *fewest) << seed;
      uint64_t games = pebbleBound(model, pairs, limit, work);
      EXPECT_LE(games, *fewest) << seed;
      best = std::max(best, games);
    }
    reached += best == *fewest;
  }
  EXPECT_GE(tried, 600u);
  EXPECT_GE(reached, tried / 2);
}

} // namespace
