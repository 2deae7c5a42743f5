//===-- TextFormatTest.cpp - graphs and plans as text ---------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tenon/Plan/TextFormat.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace tenon::plan;
using testing::HasSubstr;

namespace {

std::string errorOf(const char *text) {
  std::string error;
  EXPECT_FALSE(parseGraph(text, error));
  return error;
}

TEST(TextFormat, ReadsEveryField) {
  std::string error;
  auto g = parseGraph("graph two%20words # comment\r\n"
                      "tensor x 10 input\n"
                      "tensor t 100\n"
                      "view v t 4 12 blocks=3 stride=8\n"
                      "\n"
                      "node n cost=7 workspace=8 grid=9\n"
                      "  reads x x\n"
                      "  writes t\n"
                      "node m\n"
                      "  reads v t\n"
                      "  after n\n",
                      error);
  ASSERT_TRUE(g) << error;
  EXPECT_EQ(g->name, "two words");
  EXPECT_EQ(g->tensors[0].place, Place::ExternalInput);
  EXPECT_EQ(g->tensors[1].producer, 0u);
  EXPECT_EQ(g->tensors[2].viewOf, 1u);
  EXPECT_EQ(g->tensors[2].viewOffset, 4u);
  EXPECT_EQ(g->tensors[2].bytes, 12u);
  EXPECT_EQ(g->tensors[2].blocks, 3u);
  EXPECT_EQ(g->tensors[2].blockStride, 8u);
  EXPECT_EQ(g->nodes[0].cost, 7u);
  EXPECT_EQ(g->nodes[0].workspaceBytes, 8u);
  EXPECT_EQ(g->nodes[0].maxGrid, 9u);
  EXPECT_EQ(g->nodes[0].operands, (std::vector<TensorId>{0, 0}));
  EXPECT_EQ(g->nodes[1].after, (std::vector<NodeId>{0}));
}

TEST(TextFormat, NamesWithBlanksSurvive) {
  Graph g;
  TensorId a = g.addTensor("a b#%,", 4);
  g.addNode("no de", {}, {a});
  g.addNode("no de", {a}, {});
  std::string error;
  auto again = parseGraph(printGraph(g), error);
  ASSERT_TRUE(again) << error;
  EXPECT_EQ(again->tensors[0].name, "a b#%,");
  EXPECT_EQ(again->nodes[0].name, "no de");
  EXPECT_EQ(again->nodes[1].name, "no de.1");
}

TEST(TextFormat, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(errorOf("\nvolume x 1\n"),
            "line 2: 'volume' is none of graph, tensor, view, node, reads, "
            "writes, inplace, after");
  EXPECT_EQ(errorOf("tensor x ten"), "line 1: 'ten' is not a number of bytes");
  EXPECT_EQ(errorOf("tensor x 99999999999999999999"),
            "line 1: '99999999999999999999' is not a number of bytes");
  EXPECT_EQ(errorOf("tensor x 1 weights"),
            "line 1: 'weights' is none of input, output, live-out");
  EXPECT_EQ(errorOf("tensor x 1\ntensor x 1"),
            "line 2: there are two tensors 'x'");
  EXPECT_EQ(errorOf("node n\nnode n"), "line 2: there are two nodes 'n'");
  EXPECT_EQ(errorOf("node n\n reads x"),
            "line 2: there is no tensor 'x' above");
  EXPECT_EQ(errorOf("node n\n after m"), "line 2: there is no node 'm' above");
  EXPECT_EQ(errorOf("reads x"), "line 1: 'reads' stands before the first node");
  EXPECT_EQ(errorOf("node n costs=3"),
            "line 1: 'costs=3' is not understood here");
  EXPECT_EQ(errorOf("node n cost=x"),
            "line 1: 'cost=x' does not give a number");
  EXPECT_EQ(errorOf("tensor x 8\nnode n\n writes x\nnode m\n writes x"),
            "line 5: 'x' is written twice");
  EXPECT_THAT(errorOf("tensor x 8\nnode n\n reads x"),
              HasSubstr("nothing writes byte 0"));
}

TEST(TextFormat, ReadsBuffersByColumnName) {
  std::string error;
  auto b = parseBuffers("size,id,upper,lower\r\n8,a,5,2\n\n9,b,7,0\n", error);
  ASSERT_TRUE(b) << error;
  ASSERT_EQ(b->size(), 2u);
  EXPECT_EQ((*b)[0].lower, 2u);
  EXPECT_EQ((*b)[0].upper, 5u);
  EXPECT_EQ((*b)[0].size, 8u);
  EXPECT_FALSE(parseBuffers("id,lower,upper\n", error));
  EXPECT_THAT(error, HasSubstr("no column 'size'"));
  EXPECT_FALSE(parseBuffers("lower,upper,size\n1,2\n", error));
  EXPECT_EQ(error, "line 2: column 'size' does not hold a number");
  EXPECT_FALSE(parseBuffers("lower,upper,size\n3,2,1\n", error));
  EXPECT_EQ(error, "line 2: the buffer ends before it begins");
}

} // namespace
