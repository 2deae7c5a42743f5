//===-- ChainTest.cpp - chains beside what is known of them ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/Chain.h"
#include "lib/Plan/Core/Backbone.h"
#include "lib/Plan/Core/ChainBound.h"
#include "lib/Plan/Core/ChainSolver.h"
#include "tenon/Plan/Budget.h"
#include "tenon/Plan/Verifier.h"
#include "test/Unit/Plan/StoreAll.h"
#include "test/Unit/Plan/TrainingGraphs.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <string>

using namespace tenon::plan;
using namespace tenon::plan::test;

namespace {

/// The dynamic program for chains of equal layers whose backward reads input
/// and output, written for this test: layers that run again when there is room
/// for so many values. A segment's input is not counted, and its output may be
/// there at first.
class Textbook {
public:
  Textbook(unsigned layers, unsigned room)
      : inner(2, std::vector<std::vector<uint64_t>>(
                     layers + 1, std::vector<uint64_t>(room + 1, kNever))),
        outer(inner[0]) {
    for (unsigned l = 1; l <= layers; ++l)
      for (unsigned m = 0; m <= room; ++m) {
        for (unsigned end : {0, 1})
          inner[end][l][m] = least(inner[end], l, m, end, 3 + end, 2 + end);
        inner[1][l][m] = std::min(inner[1][l][m], inner[0][l][m]);
        outer[l][m] = least(outer, l, m, 0, 2, 2);
      }
    again = outer[layers][room] - layers;
  }

  static constexpr uint64_t kNever = UINT64_MAX / 4;
  uint64_t again = 0;

private:
  uint64_t least(const std::vector<std::vector<uint64_t>> &right, unsigned l,
                 unsigned m, unsigned end, unsigned need, unsigned needOfOne) {
    if (l == 1) // The output and both gradients.
      return m < 3 ? kNever : 1 - end;
    uint64_t best = kNever;
    for (unsigned j = 1; j < l; ++j)
      if (m >= (j > 1 ? need : needOfOne))
        best = std::min(best, j + right[l - j][m - 1] + inner[1][j][m]);
    return best;
  }

  std::vector<std::vector<std::vector<uint64_t>>> inner;
  std::vector<std::vector<uint64_t>> outer; ///< With the turning point.
};

TEST(Chain, EqualLayersRunAsOftenAsTheTextbookSays) {
  for (unsigned layers : {8, 16, 64, 200})
    for (unsigned room : {4, 5, 6, 8, 11, 20, 40}) {
      if (room > layers || room * 12 < layers)
        continue;
      uint64_t again = Textbook(layers, room).again;
      BudgetOptions options;
      options.arenaBytes = room * 64;
      BudgetFailure failure;
      auto plan = planWithBudget(uniformChain(layers), options, failure);
      SCOPED_TRACE(testing::Message()
                   << layers << " layers, room for " << room);
      ASSERT_TRUE(plan) << failure.message;
      EXPECT_EQ(verify(uniformChain(layers), *plan, options), std::nullopt);
      EXPECT_EQ(plan->certificate.recomputeCost(), again * 1000);
      // And it is proven that no schedule does better.
      EXPECT_EQ(plan->certificate.boundCost, plan->certificate.totalCost);
    }
}

// 100 layers in stretches of four, 96 steps in stretches of as many cuts: only
// the ends differ from the rest.
TEST(Chain, FewBlocksOfWhatRepeatsItselfAreAlike) {
  for (const Graph &graph : {uniformChain(100), lstm(96, 2, 8)}) {
    Chain chain = findChain(storeAllModel(graph), 30);
    ASSERT_GT(chain.blocks.size(), 15u);
    ASSERT_LE(chain.blocks.size(), 31u);
    std::map<uint32_t, size_t> alike;
    for (const Chain::Block &block : chain.blocks)
      ++alike[block.kind];
    size_t most = 0;
    for (auto [kind, count] : alike)
      most = std::max(most, count);
    EXPECT_GE(most + 6, chain.blocks.size());
  }
}

/// Of a plan that the verifier accepts.
Certificate certificateWithin(const Graph &graph, uint64_t bytes) {
  BudgetOptions options;
  options.arenaBytes = bytes;
  BudgetFailure failure;
  auto plan = planWithBudget(graph, options, failure);
  EXPECT_TRUE(plan) << failure.message;
  if (!plan)
    return {};
  EXPECT_EQ(verify(graph, *plan, options), std::nullopt);
  return plan->certificate;
}

/// Where few values of different sizes fit, what is alive at once is seldom the
/// problem, but where it lies.
TEST(Chain, UnequalLayersCostLittleMoreThanTheBound) {
  Certificate certificate = certificateWithin(randomChain(1, 200), 43 * 64);
  EXPECT_GT(certificate.totalCost, 0u);
  EXPECT_LE(certificate.totalCost, certificate.boundCost * 11 / 10);
}

/// At the smallest budget of all, of schedules that leave no byte unused some
/// can be placed.
TEST(Chain, UnequalLayersCostLittleMoreThanTheBoundAtTheFloor) {
  Certificate certificate = certificateWithin(randomChain(1, 200), 32 * 64);
  EXPECT_GT(certificate.totalCost, 0u);
  EXPECT_LE(certificate.totalCost, certificate.boundCost * 11 / 10);
}

/// The backward step of a layer reads the layer's input, output and gradient
/// and writes that of the input. Where this leaves no room for another value,
/// all layers up to that whose output the next step reads run again behind it.
TEST(Chain, EventsNeedRoomForTheGateBefore) {
  constexpr unsigned kLayers = 200;
  constexpr uint64_t kBudget = 32 * 64;
  Graph graph = randomChain(1, kLayers);
  auto bytes = [&](unsigned layer) {
    return graph.tensors[graph.nodes[layer].results[0]].bytes;
  };
  uint64_t again = 0;
  uint64_t before = 0; // Cost of the layers in front of the step's input.
  for (unsigned layer = 2; layer < kLayers; ++layer) {
    before += graph.nodes[layer - 2].cost;
    if (2 * (bytes(layer - 1) + bytes(layer)) + 64 > kBudget)
      again += before;
  }
  ASSERT_GT(again, 0u);
  Certificate certificate = certificateWithin(graph, kBudget);
  EXPECT_GE(certificate.boundCost, certificate.baseCost + again);
  EXPECT_LE(certificate.boundCost, certificate.totalCost);
}

/// In the same chain: to keep what the steps that fill all memory read means to
/// keep one of the widest values while all layers behind are reversed. A narrow
/// one in front of it does as well, if it makes way before these steps. With
/// checkpoints that stay until they are used up the overhead is 437 %, as found
/// by the program before it knew that.
TEST(Chain, ANarrowGateStandsInForAWideOne) {
  constexpr uint64_t kBudget = 32 * 64;
  Model model = storeAllModel(randomChain(1, 200));
  Chain chain = findChain(model, 2048);
  ChainSolver solver(model, chain, kBudget, 64, uint64_t(1) << 32);
  ASSERT_TRUE(solver.solved());
  std::optional<Schedule> schedule = solver.schedule(kBudget);
  ASSERT_TRUE(schedule);
  Evaluator evaluator(model);
  Evaluation evaluation = evaluator.evaluate(*schedule);
  EXPECT_LE(evaluation.peak, kBudget);
  EXPECT_LE(evaluation.cost, model.baseCost() * 35 / 10);
}

/// What prove-optima printed, see OptimaTest.cpp.
TEST(Chain, TextbookAgreesWithIntegerProgram) {
  std::ifstream stream(TENON_PLAN_INPUTS "optima.txt");
  unsigned compared = 0;
  std::string line;
  while (std::getline(stream, line)) {
    unsigned layers = 0;
    unsigned budget = 0;
    unsigned cost = 0;
    if (std::sscanf(line.c_str(), "uniform-0-%u %u %u", &layers, &budget,
                    &cost) != 3)
      continue;
    // The first layer has no gradient to compute, and the loss costs 1.
    unsigned once = (2 * layers - 1) * 1000 + 1;
    EXPECT_EQ(Textbook(layers, budget / 64).again * 1000, cost - once) << line;
    ++compared;
  }
  EXPECT_GE(compared, 20u);
}

TEST(Chain, BackboneOfEqualLayers) {
  Model model = storeAllModel(uniformChain(10));
  Backbone backbone = findBackbone(model, 64);
  // The first layer has no gradient to compute: it joins the second, and the
  // loss joins the last.
  ASSERT_EQ(backbone.links.size(), 9u);
  EXPECT_EQ(backbone.lateBytes, 64u);
  EXPECT_EQ(backbone.links[0].parts.size(), 2u);
  EXPECT_EQ(backbone.links[8].parts.size(), 2u);
  EXPECT_FALSE(backbone.links[0].eventReadsGate);
  for (size_t l = 1; l < 8; ++l) {
    const Backbone::Link &link = backbone.links[l];
    ASSERT_EQ(link.parts.size(), 1u);
    EXPECT_EQ(link.cost, 1000u);
    EXPECT_EQ(link.width, 64u);
    EXPECT_EQ(link.passBytes, 128u);
    EXPECT_TRUE(link.eventReadsGate);
    EXPECT_EQ(link.firstStepBytes, 192u);
    EXPECT_EQ(link.firstEventBytes, 192u);
    EXPECT_EQ(link.stepBytes, 256u); // With the gate before.
    EXPECT_EQ(link.eventBytes, 256u);
  }
}

TEST(Chain, NoBackboneWithoutWayBack) {
  Model model = storeAllModel(randomLayered(1, 100, 236));
  for (uint64_t smallest : {64, 1024, 4096})
    EXPECT_TRUE(findBackbone(model, smallest).links.empty());
}

} // namespace
