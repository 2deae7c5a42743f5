//===-- GraphTest.cpp - what a graph must satisfy -------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tenon/Plan/Graph.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace tenon::plan;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Optional;

namespace {

TEST(Graph, FootprintFollowsViews) {
  Graph g;
  TensorId root = g.addTensor("root", 1000);
  TensorId part = g.addView("part", root, 100, 400);
  TensorId rows = g.addStridedView("rows", part, 20, 30, 3, 50);
  TensorId same = g.addView("same", rows, 0, 30);
  Footprint f = footprint(g, same);
  EXPECT_EQ(f.root, root);
  EXPECT_EQ(f.offset, 120u);
  EXPECT_EQ(f.blocks, 3u);
  EXPECT_EQ(f.blockBytes, 10u);
  EXPECT_EQ(f.stride, 50u);
  EXPECT_EQ(f.end(), 230u);
}

TEST(Graph, ReadersFollowOnlyTheWritersOfTheirBytes) {
  Graph g;
  TensorId x = g.addTensor("x", 8, Place::ExternalInput);
  TensorId cat = g.addTensor("cat", 64);
  TensorId left = g.addStridedView("left", cat, 0, 32, 4, 16);
  TensorId right = g.addStridedView("right", cat, 8, 32, 4, 16);
  TensorId y = g.addTensor("y", 8, Place::ExternalOutput);
  TensorId z = g.addTensor("z", 8, Place::ExternalOutput);
  NodeId a = g.addNode("a", {x}, {left});
  NodeId b = g.addNode("b", {x}, {right});
  NodeId c = g.addNode("c", {right}, {y});
  NodeId d = g.addNode("d", {cat}, {z});
  g.nodes[d].after = {c};
  EXPECT_EQ(validate(g), std::nullopt);
  auto before = predecessors(g);
  EXPECT_THAT(before[a], ElementsAre());
  EXPECT_THAT(before[c], ElementsAre(b));
  EXPECT_THAT(before[d], ElementsAre(a, b, c));
}

TEST(Graph, RefusesBytesWithTwoWriters) {
  Graph g;
  TensorId cat = g.addTensor("cat", 64);
  g.addNode("a", {}, {g.addView("left", cat, 0, 40)});
  g.addNode("b", {}, {g.addView("right", cat, 32, 32)});
  EXPECT_THAT(validate(g),
              Optional(HasSubstr("bytes [32, 40) of 'cat' are written by node "
                                 "'a' and by node 'b'")));
}

TEST(Graph, RefusesBytesThatNobodyWrites) {
  Graph g;
  TensorId cat = g.addTensor("cat", 64);
  g.addNode("a", {}, {g.addView("left", cat, 0, 32)});
  g.addNode("b", {cat}, {});
  EXPECT_THAT(validate(g), Optional(HasSubstr("nothing writes byte 32")));
}

TEST(Graph, RefusesAReadBeforeTheWrite) {
  Graph g;
  TensorId t = g.addTensor("t", 64);
  g.addNode("a", {t}, {});
  g.addNode("b", {}, {t});
  EXPECT_THAT(validate(g),
              Optional(HasSubstr("node 'a' reads 't' before node 'b'")));
}

TEST(Graph, RefusesAnUnwrittenResult) {
  Graph g;
  g.addTensor("y", 64, Place::ExternalOutput);
  EXPECT_THAT(validate(g), Optional(HasSubstr("of the result 'y'")));
}

TEST(Graph, RefusesAWriteToAnInput) {
  Graph g;
  TensorId x = g.addTensor("x", 64, Place::ExternalInput);
  g.addNode("a", {}, {g.addView("part", x, 0, 8)});
  EXPECT_THAT(validate(g),
              Optional(HasSubstr("node 'a' writes into the input 'x'")));
}

TEST(Graph, RefusesViewsOutsideTheirBase) {
  Graph g;
  TensorId t = g.addTensor("t", 64);
  g.addStridedView("v", t, 8, 32, 4, 20);
  EXPECT_THAT(validate(g), Optional(HasSubstr("'v' does not lie inside 't'")));
  g.tensors[1].blockStride = 16;
  EXPECT_EQ(validate(g), std::nullopt);
  g.tensors[1].viewOffset = UINT64_MAX - 4;
  EXPECT_THAT(validate(g), Optional(HasSubstr("'v' does not lie inside 't'")));
}

TEST(Graph, RefusesViewsOfThemselves) {
  Graph g;
  g.addView("v", 0, 0, 8);
  EXPECT_THAT(validate(g), Optional(HasSubstr("'v' is a view of a tensor")));
}

TEST(Graph, RefusesSizesThatCannotBeCounted) {
  Graph g;
  g.addTensor("t", kMaxBytes + 1);
  EXPECT_THAT(validate(g), Optional(HasSubstr("'t' has more bytes")));
}

TEST(Graph, RefusesForeignInPlacePairs) {
  Graph g;
  TensorId x = g.addTensor("x", 8, Place::ExternalInput);
  TensorId y = g.addTensor("y", 8);
  NodeId a = g.addNode("a", {}, {y});
  g.nodes[a].inPlace = {{x, y}};
  EXPECT_THAT(validate(g), Optional(HasSubstr("node 'a' may write in place")));
}

} // namespace
