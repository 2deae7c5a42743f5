//===-- ChainOracleTest.cpp - the chain's bound beside all schedules ------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/ChainBound.h"
#include "test/Unit/Plan/Oracle.h"
#include "test/Unit/Plan/RandomGraphs.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <string>

using namespace tenon::plan;
using namespace tenon::plan::test;

namespace {

PlanOptions unaligned() {
  PlanOptions options;
  options.alignment = 1;
  return options;
}

Model modelOf(const Graph &graph) {
  std::vector<NodeId> order;
  for (NodeId n = 0; n < graph.nodes.size(); ++n)
    order.push_back(n);
  return buildModel(graph, unaligned(), order);
}

/// Links of one to three nodes, and of one to three steps back that read some
/// of what is before, in the link, and behind.
class Maker {
public:
  explicit Maker(Random &random) : random(random) {}

  Graph run() {
    unsigned links = unsigned(3 + random.below(3));
    std::vector<std::vector<TensorId>> valuesOf(1);
    TensorId gate = kNone;
    for (unsigned l = 0; l < links; ++l) {
      std::vector<TensorId> values;
      for (uint64_t inner = random.below(5); inner < 2; ++inner) {
        std::vector<TensorId> reads = some(values, 50);
        if (gate != kNone && (reads.empty() || random.chance(40)))
          reads.push_back(gate);
        add(std::move(reads), values);
      }
      std::vector<TensorId> reads = values;
      if (gate != kNone && (reads.empty() || random.chance(40)))
        reads.push_back(gate);
      gate = add(std::move(reads), values);
      valuesOf.push_back(std::move(values));
    }
    TensorId gradient = kNone;
    std::vector<TensorId> before; // Of the last two steps.
    for (size_t l = links; l >= 1; --l)
      for (uint64_t steps = 1 + random.below(3); steps > 0; --steps) {
        std::vector<TensorId> reads = some(valuesOf[l], 50);
        if (l > 1 && random.chance(50))
          reads.push_back(valuesOf[l - 1].back());
        if (gradient != kNone)
          reads.push_back(gradient);
        else if (reads.empty())
          reads.push_back(gate);
        if (random.chance(30))
          for (TensorId t : some(before, 40))
            if (std::find(reads.begin(), reads.end(), t) == reads.end())
              reads.push_back(t);
        std::vector<TensorId> written;
        gradient = add(std::move(reads), written);
        before = some(before, 50);
        before.insert(before.end(), written.begin(), written.end());
      }
    return std::move(graph);
  }

private:
  std::vector<TensorId> some(const std::vector<TensorId> &from,
                             unsigned percent) {
    std::vector<TensorId> picked;
    for (TensorId t : from)
      if (random.chance(percent))
        picked.push_back(t);
    return picked;
  }

  /// Adds a node with one or two results, and returns the last.
  TensorId add(std::vector<TensorId> reads, std::vector<TensorId> &values) {
    std::vector<TensorId> writes;
    for (uint64_t count = random.chance(15) ? 2 : 1; count > 0; --count)
      writes.push_back(graph.addTensor(
          "t" + std::to_string(graph.tensors.size()), 1 + random.below(3)));
    NodeId n = graph.addNode("n" + std::to_string(graph.nodes.size()),
                             std::move(reads), writes);
    graph.nodes[n].cost = 1 + random.below(2);
    values.insert(values.end(), writes.begin(), writes.end());
    return writes.back();
  }

  Random &random;
  Graph graph;
};

TEST(ChainOracle, NoScheduleIsBelowTheBound) {
  unsigned bounds = 0;
  unsigned reached = 0;
  for (uint64_t seed = 0; seed < 3000; ++seed) {
    Random random(seed);
    Graph graph = Maker(random).run();
    ASSERT_EQ(validate(graph), std::nullopt);
    if (!fitsBelow(graph, 1))
      continue;
    uint64_t all = 0;
    for (const Tensor &tensor : graph.tensors)
      all += tensor.bytes;
    ChainBound bound(modelOf(graph), all, uint64_t(1) << 32);
    for (uint64_t bytes = 3; bytes < all; ++bytes) {
      uint64_t least = bound.at(bytes);
      if (least == 0)
        continue;
      ++bounds;
      // Of some, whether it is the optimum as well, which takes longer.
      bool looks = seed % 4 == 0;
      auto found = repetitionsBelow(graph, 1, bytes, least + looks);
      EXPECT_GE(found.value_or(least), least)
          << "seed " << seed << ", " << bytes << " bytes";
      reached += found == least;
    }
  }
  EXPECT_GT(bounds, 2000u);
  EXPECT_GT(reached, 200u);
}

/// The last step of a link needs the gate before, the first does not, and may
/// run before the gate does.
TEST(ChainOracle, StepsRunBeforeTheGateIsThere) {
  Graph graph;
  auto node = [&](std::vector<TensorId> reads) {
    std::string name = std::to_string(graph.nodes.size());
    TensorId result = graph.addTensor("t" + name, 1);
    graph.nodes[graph.addNode("n" + name, std::move(reads), {result})].cost = 1;
    return result;
  };
  TensorId a = node({});
  TensorId b = node({a});
  TensorId c = node({b});
  TensorId d = node({c});
  TensorId e = node({d});
  TensorId behind = node({d, e});
  TensorId side = node({});
  TensorId first = node({d, side, behind});
  TensorId event = node({c, d, first});
  TensorId beforeIt = node({c, event});
  node({b, beforeIt});
  // Side waits, c gives way to the first step, runs again for the event.
  EXPECT_EQ(repetitionsBelow(graph, 1, 5, 3), 1u);
  EXPECT_LE(ChainBound(modelOf(graph), 11, uint64_t(1) << 32).at(5), 1u);
}

/// What the event of link 3 reads gives way to the links before, and runs
/// again.
TEST(ChainOracle, WhatTheEventReadsGivesWay) {
  Graph graph;
  auto node = [&](std::vector<TensorId> reads, uint64_t bytes, uint64_t cost) {
    std::string name = std::to_string(graph.nodes.size());
    TensorId result = graph.addTensor("t" + name, bytes);
    NodeId n = graph.addNode("n" + name, std::move(reads), {result});
    graph.nodes[n].cost = cost;
    return result;
  };
  TensorId gate1 = node({}, 1, 1);
  TensorId inner = node({gate1}, 5, 1);
  TensorId gate2 = node({inner}, 1, 1);
  TensorId dear = node({gate2}, 3, 1000);
  TensorId x = node({dear}, 1, 10);
  TensorId w = node({dear}, 2, 10);
  TensorId gate3 = node({x, w}, 1, 1);
  TensorId gate4 = node({gate3}, 5, 1);
  TensorId event4 = node({gate3, gate4}, 1, 1);
  TensorId full = node({x, gate3, event4}, 5, 1);
  TensorId step = node({x, gate3, full}, 1, 1);
  TensorId event3 = node({gate2, x, w, gate3, step}, 1, 1);
  TensorId event2 = node({gate2, event3}, 1, 1);
  node({gate1, event2}, 1, 1);
  EXPECT_EQ(repetitionsBelow(graph, 1, 8, 2000), 1015u);
  EXPECT_LE(ChainBound(modelOf(graph), 40, uint64_t(1) << 32).at(8), 1015u);
}

} // namespace
