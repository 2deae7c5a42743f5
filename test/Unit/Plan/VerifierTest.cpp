//===-- VerifierTest.cpp - planted bad plans are rejected -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tenon/Plan/Verifier.h"
#include "tenon/Plan/TextFormat.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace tenon::plan;
using testing::HasSubstr;
using testing::Optional;

namespace {

/// A program with a plan written by hand, for each test to spoil.
class Verifier : public testing::Test {
protected:
  void SetUp() override {
    std::string error;
    auto parsed = parseGraph(R"(
tensor x 64 input
tensor a 128
tensor b 128
tensor s 128
view tail s 64 64
tensor y 64 output
node first workspace=100
  reads x
  writes a
node second
  reads a
  writes b
node sum
  reads a b
  writes s
  inplace a s
node last
  reads tail
  writes y
)",
                             error);
    ASSERT_TRUE(parsed) << error;
    graph = *parsed;
    options.maxThreads = 2;
    plan.order = {0, 1, 2, 3};
    plan.offsets = {kNotInArena, 0, 128, 0, 64, kNotInArena};
    plan.inPlace = {{}, {}, {{1, 3}}, {}};
    plan.alignment = 64;
    plan.tensorBytes = 256;
    plan.maxLive = 256;
    plan.scratchOffset = 256;
    plan.scratchStride = 128;
    plan.scratchWorkers = 2;
    plan.arenaBytes = 512;
  }

  void expectRejected(const std::string &why) {
    EXPECT_THAT(verify(graph, plan, options), Optional(HasSubstr(why)));
  }

  Graph graph;
  Plan plan;
  PlanOptions options;
};

TEST_F(Verifier, AcceptsTheGoodPlan) {
  EXPECT_EQ(verify(graph, plan, options), std::nullopt);
}

TEST_F(Verifier, OverwrittenBeforeItsLastRead) {
  // b over a, although a is read once more.
  graph.nodes[1].operands.clear();
  plan.offsets[2] = 0;
  expectRejected("node 'sum' reads 'a', but arena byte 0 holds 'b' by then");
}

TEST_F(Verifier, PartlyOverwritten) {
  graph.nodes[1].operands.clear();
  plan.offsets[2] = 64;
  expectRejected("node 'sum' reads 'a', but arena byte 64 holds 'b' by then");
}

TEST_F(Verifier, ResultOverOperandWithoutPermission) {
  plan.offsets[2] = 0;
  expectRejected("node 'second' writes 'b' over its own operand 'a' without "
                 "permission");
}

TEST_F(Verifier, PermissionThatThePlanDoesNotClaim) {
  plan.inPlace[2].clear();
  expectRejected("node 'sum' writes 's' over its own operand 'a' without "
                 "permission");
}

TEST_F(Verifier, ClaimThatTheNodeDoesNotPermit) {
  plan.inPlace[2] = {{2, 3}};
  expectRejected("node 'sum' writes in place without permission");
}

TEST_F(Verifier, InPlaceAtAnotherByte) {
  plan.offsets[3] = 64;
  plan.offsets[4] = 128;
  expectRejected("node 'sum' writes 's' over its own operand");
}

TEST_F(Verifier, ReadBeforeWritten) {
  plan.order = {1, 0, 2, 3};
  expectRejected("node 'second' reads 'a', but arena byte 0 was never written");
}

TEST_F(Verifier, NodeThatRunsTwice) {
  plan.order = {0, 1, 2, 2};
  expectRejected("node 'sum' runs twice");
}

TEST_F(Verifier, NodeThatDoesNotExist) {
  plan.order[3] = 4;
  expectRejected("node number 4");
}

TEST_F(Verifier, MissingNode) {
  plan.order.pop_back();
  expectRejected("the order has 3 entries for 4 nodes");
}

TEST_F(Verifier, OrderingEdge) {
  graph.nodes[3].after = {1};
  EXPECT_EQ(verify(graph, plan, options), std::nullopt);
  graph.nodes[0].after = {1};
  expectRejected("node 'first' runs before node 'second'");
}

TEST_F(Verifier, Misaligned) {
  plan.offsets[2] = 96 + 32 + 8;
  expectRejected("tensor 'b' is at 136, not aligned to 64 bytes");
}

TEST_F(Verifier, BeyondTheArena) {
  plan.offsets[2] = 448;
  expectRejected("tensor 'b' ends at 576, beyond the arena of 512 bytes");
}

TEST_F(Verifier, WorkspaceTooSmall) {
  graph.nodes[3].workspaceBytes = 129;
  expectRejected("node 'last' declares 129 bytes of workspace per worker and "
                 "gets 128");
}

TEST_F(Verifier, TooFewScratchSlots) {
  options.maxThreads = 3;
  expectRejected("node 'first' may run on 3 workers and only 2 have scratch");
}

TEST_F(Verifier, TensorInTheScratch) {
  plan.scratchOffset = 192;
  expectRejected("overlaps the scratch");
}

TEST_F(Verifier, ScratchBeyondTheArena) {
  plan.scratchOffset = 320;
  expectRejected("the scratch ends at 576, beyond the arena");
}

TEST_F(Verifier, ArenaLargerThanItsContents) {
  plan.arenaBytes = 576;
  expectRejected("the arena has 576 bytes and what it holds ends at 512");
}

TEST_F(Verifier, MaxLiveThatCannotBe) {
  plan.maxLive = 320;
  expectRejected("the totals of the plan contradict");
}

TEST_F(Verifier, ViewApartFromItsBase) {
  plan.offsets[4] = 0;
  expectRejected("the view 'tail' is not where its base 's' says it is");
}

TEST_F(Verifier, BoundTensorInTheArena) {
  plan.offsets[0] = 0;
  expectRejected("'x' is bound by pointer");
}

TEST_F(Verifier, LiveOutOverwritten) {
  graph.tensors[2].place = Place::ArenaLiveOut;
  EXPECT_EQ(verify(graph, plan, options), std::nullopt);
  graph.tensors[1].place = Place::ArenaLiveOut;
  expectRejected("the program's result is 'a', but arena byte 0 holds 's'");
}

TEST_F(Verifier, TwoResultsInOnePlace) {
  TensorId extra = graph.addTensor("extra", 64);
  graph.tensors[extra].producer = 2;
  graph.nodes[2].results.push_back(extra);
  plan.offsets.push_back(64);
  expectRejected("node 'sum' writes 'extra'");
}

TEST_F(Verifier, ListsOfTheWrongLength) {
  plan.offsets.pop_back();
  expectRejected("5 offsets for 6 tensors");
}

} // namespace
