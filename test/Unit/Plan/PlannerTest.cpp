//===-- PlannerTest.cpp - plans worked out by hand ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tenon/Plan/Planner.h"
#include "lib/Plan/Core/Order.h"
#include "tenon/Plan/TextFormat.h"
#include "tenon/Plan/Verifier.h"
#include "test/Unit/Plan/Simulator.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace tenon::plan;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

Graph parse(const char *text) {
  std::string error;
  auto graph = parseGraph(text, error);
  EXPECT_TRUE(graph) << error;
  return graph ? *graph : Graph();
}

/// A plan that both independent judges accept.
Plan planned(const Graph &graph, const PlanOptions &options = {}) {
  std::string error;
  auto plan = makePlan(graph, options, error);
  EXPECT_TRUE(plan) << error;
  if (!plan)
    return {};
  EXPECT_EQ(verify(graph, *plan, options), std::nullopt);
  EXPECT_EQ(test::simulate(graph, *plan), std::nullopt);
  return *plan;
}

const char kChain[] = R"(
tensor x 1024 input
tensor a 1024
tensor b 2048
tensor c 1024
tensor y 1024 output
node n0
  reads x
  writes a
node n1
  reads a
  writes b
node n2
  reads b
  writes c
node n3
  reads c
  writes y
)";

TEST(Planner, ChainNeedsItsTwoLargestNeighbours) {
  Plan plan = planned(parse(kChain));
  EXPECT_EQ(plan.maxLive, 3072u);
  EXPECT_EQ(plan.arenaBytes, 3072u);
  EXPECT_THAT(liveBytes(parse(kChain), plan),
              ElementsAre(1024, 3072, 3072, 1024));
  EXPECT_THAT(plan.order, ElementsAre(0, 1, 2, 3));
  EXPECT_EQ(plan.offsets[0], kNotInArena);
  EXPECT_EQ(plan.offsets[4], kNotInArena);
}

// A residual block: the sum may overwrite either of its operands.
const char kResidual[] = R"(
tensor x 1024 input
tensor a 1024
tensor b 1024
tensor s 1024
tensor y 64 output
node conv1
  reads x
  writes a
node conv2
  reads a
  writes b
node add
  reads a b
  writes s
  inplace a s
  inplace b s
node pool
  reads s
  writes y
)";

TEST(Planner, WritesInPlaceWhereTheOperandDies) {
  Graph graph = parse(kResidual);
  Plan plan = planned(graph);
  EXPECT_EQ(plan.arenaBytes, 2048u);
  EXPECT_EQ(plan.offsets[3], plan.offsets[1]);
  ASSERT_EQ(plan.inPlace[2].size(), 1u);
  EXPECT_EQ(plan.inPlace[2][0].operand, 1u);

  PlanOptions off;
  off.inPlace = false;
  EXPECT_EQ(planned(graph, off).arenaBytes, 3072u);
}

TEST(Planner, KeepsOperandsThatAreReadLater) {
  Graph graph = parse(kResidual);
  graph.nodes[3].operands.push_back(1); // pool also reads a.
  Plan plan = planned(graph);
  EXPECT_EQ(plan.arenaBytes, 2048u);
  ASSERT_EQ(plan.inPlace[2].size(), 1u);
  EXPECT_EQ(plan.inPlace[2][0].operand, 2u);
}

TEST(Planner, NeverOverwritesWhatTheNodeReadsInAnotherWay) {
  Graph graph = parse(R"(
tensor x 64 input
tensor a 128
view half a 64 64
tensor s 128
tensor y 64 output
node n0
  reads x
  writes a
node n1
  reads a half
  writes s
  inplace a s
node n2
  reads s
  writes y
)");
  Plan plan = planned(graph);
  EXPECT_TRUE(plan.inPlace[1].empty());
  EXPECT_EQ(plan.arenaBytes, 256u);
}

TEST(Planner, SmallerResultsGoInPlaceOnlyForALowerPeak) {
  // Writing s over a would keep all of a alive while the big one is.
  Graph graph = parse(R"(
tensor x 64 input
tensor a 1024
tensor s 64
tensor big 1024
tensor y 64 output
node n0
  reads x
  writes a
node n1
  reads a
  writes s
  inplace a s
node n2
  reads x
  writes big
node n3
  reads s big
  writes y
)");
  Plan plan = planned(graph);
  EXPECT_TRUE(plan.inPlace[1].empty());
  EXPECT_EQ(plan.arenaBytes, 1088u);
  // Without the big one it costs nothing and saves the 64 bytes.
  graph.tensors[3].bytes = 0;
  plan = planned(graph);
  EXPECT_EQ(plan.inPlace[1].size(), 1u);
  EXPECT_EQ(plan.arenaBytes, 1024u);
}

TEST(Planner, ConcatenationIsWrittenBySlices) {
  // The pieces of 'cat' are never copied: 3 x 512 bytes live at the worst.
  Plan plan = planned(parse(R"(
tensor x 64 input
tensor squeeze 512
tensor cat 1024
view e1 cat 0 512 blocks=8 stride=128
view e3 cat 64 512 blocks=8 stride=128
view flat cat 0 1024
tensor y 64 output
node squeeze
  reads x
  writes squeeze
node expand1
  reads squeeze
  writes e1
node expand3
  reads squeeze
  writes e3
node head
  reads flat
  writes y
)"));
  EXPECT_EQ(plan.arenaBytes, 1536u);
  EXPECT_EQ(plan.offsets[3], plan.offsets[2]);
  EXPECT_EQ(plan.offsets[4], plan.offsets[2] + 64);
}

// Both wide tensors first is the program's order; one branch at a time needs
// half as much.
const char kTwoBranches[] = R"(
tensor x 64 input
tensor wide1 4096
tensor wide2 4096
tensor thin1 64
tensor thin2 64
tensor y 64 output
node up1
  reads x
  writes wide1
node up2
  reads x
  writes wide2
node down1
  reads wide1
  writes thin1
node down2
  reads wide2
  writes thin2
node join
  reads thin1 thin2
  writes y
)";

TEST(Planner, FinishesOneBranchBeforeTheNext) {
  Graph graph = parse(kTwoBranches);
  PlanOptions program;
  program.reorder = false;
  EXPECT_EQ(planned(graph, program).arenaBytes, 8256u);
  Plan plan = planned(graph);
  EXPECT_EQ(plan.arenaBytes, 4224u);
  EXPECT_THAT(plan.order, ElementsAre(0, 2, 1, 3, 4));
}

TEST(Planner, RespectsOrderingEdges) {
  Graph graph = parse(kTwoBranches);
  graph.nodes[2].after = {1};
  graph.nodes[3].after = {0};
  Plan plan = planned(graph);
  EXPECT_EQ(plan.arenaBytes, 8256u);
  // 0 waits until its reader is next; both edges hold.
  EXPECT_THAT(plan.order, ElementsAre(1, 0, 2, 3, 4));
}

TEST(Order, DelaysWhatKeepsNothingAlive) {
  Graph graph;
  TensorId weights = graph.addTensor("w", 64, Place::ExternalInput);
  TensorId a = graph.addTensor("a", 64), b = graph.addTensor("b", 64),
           c = graph.addTensor("c", 64), d = graph.addTensor("d", 64),
           e = graph.addTensor("e", 64);
  graph.addNode("pack a", {weights}, {a});
  graph.addNode("pack b", {weights}, {b});
  graph.addNode("read a", {a}, {c});
  graph.addNode("last reader of c", {c}, {d});
  graph.addNode("read b", {b}, {e});
  graph.addNode("join", {d, e}, {});
  std::vector<std::vector<NodeId>> before = predecessors(graph);
  // b is packed before its reader. c is read where it was: d, kept until the
  // end, is no larger, but c would live longer.
  EXPECT_THAT(delayed(graph, rootAccesses(graph), before, {0, 1, 2, 3, 4, 5}),
              ElementsAre(0, 2, 3, 1, 4, 5));
}

TEST(Planner, LiveOutTensorsSurvive) {
  Graph graph = parse(kChain);
  graph.tensors[1].place = Place::ArenaLiveOut;
  EXPECT_EQ(planned(graph).arenaBytes, 4096u);
}

TEST(Planner, ScratchFollowsTheTensors) {
  Graph graph = parse(kChain);
  graph.nodes[1].workspaceBytes = 100;
  graph.nodes[1].maxGrid = 2;
  graph.nodes[2].workspaceBytes = 65;
  graph.nodes[2].maxGrid = 3;
  PlanOptions options;
  options.maxThreads = 4;
  Plan plan = planned(graph, options);
  EXPECT_EQ(plan.scratchOffset, 3072u);
  EXPECT_EQ(plan.scratchStride, 128u);
  EXPECT_EQ(plan.scratchWorkers, 4u);
  EXPECT_EQ(plan.arenaBytes, 3072u + 4 * 128);
  options.gridBoundsWorkers = true;
  plan = planned(graph, options);
  EXPECT_EQ(plan.scratchWorkers, 3u);
  EXPECT_EQ(plan.arenaBytes, 3072u + 3 * 128);
}

TEST(Planner, EmptyGraph) {
  Plan plan = planned(Graph());
  EXPECT_EQ(plan.arenaBytes, 0u);
}

TEST(Planner, SaysWhyItCannot) {
  std::string error;
  Graph graph = parse(kChain);
  PlanOptions options;
  options.alignment = 48;
  EXPECT_FALSE(makePlan(graph, options, error));
  EXPECT_THAT(error, HasSubstr("power of two"));
  options = {};
  options.maxThreads = 0;
  EXPECT_FALSE(makePlan(graph, options, error));
  EXPECT_THAT(error, HasSubstr("at least one thread"));
  graph.nodes[2].workspaceBytes = kMaxBytes;
  EXPECT_FALSE(makePlan(graph, {}, error));
  EXPECT_THAT(error, HasSubstr("workspace of node 'n2'"));
}

} // namespace
