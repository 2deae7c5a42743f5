//===-- SweepsTest.cpp - gradients that are needed all at once ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/Sweeps.h"
#include "tenon/Plan/Budget.h"
#include "tenon/Plan/TextFormat.h"
#include "tenon/Plan/Verifier.h"
#include "test/Unit/Plan/TrainingGraphs.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <string>

using namespace tenon::plan;
using namespace tenon::plan::test;

namespace {

constexpr uint64_t kLarge = 64 << 10;

/// First layers with large activations and few parameters, then as many with
/// small activations and parameters of two large activations together; a guard
/// sees all gradients before the first update.
Graph funnel(unsigned layers, bool guarded) {
  Graph graph;
  graph.name = "funnel";
  std::vector<TensorId> values{graph.addTensor("x", 64, Place::ExternalInput)};
  auto name = [](const char *what, unsigned l) {
    return what + std::to_string(l);
  };
  for (unsigned l = 0; l < 2 * layers; ++l) {
    values.push_back(graph.addTensor(name("y", l), l < layers ? kLarge : 64));
    graph.addNode(name("f", l), {values[l]}, {values[l + 1]});
  }
  TensorId g = graph.addTensor("dy", 64);
  graph.addNode("loss", {values.back()}, {g});
  std::vector<TensorId> gradients;
  for (unsigned l = 2 * layers; l-- > 0;) {
    TensorId dw =
        graph.addTensor(name("dw", l), l < layers ? 64 : 2 * kLarge / layers);
    graph.addNode(name("w", l), {values[l], g}, {dw});
    gradients.push_back(dw);
    if (l > 0) {
      TensorId dx =
          graph.addTensor(name("dx", l), graph.tensors[values[l]].bytes);
      graph.addNode(name("b", l), {values[l], g}, {dx});
      g = dx;
    }
  }
  for (Node &node : graph.nodes)
    node.cost = 1000;
  NodeId guard = kNone;
  if (guarded) {
    guard = graph.addNode("guard", gradients, {});
    graph.nodes[guard].stateful = true;
    for (NodeId n = 0; n < guard; ++n)
      graph.nodes[guard].after.push_back(n);
  }
  for (TensorId dw : gradients) {
    NodeId n = graph.addNode("u" + graph.tensors[dw].name, {dw}, {});
    graph.nodes[n].stateful = true;
    if (guarded)
      graph.nodes[n].after.push_back(guard);
  }
  return graph;
}

Model modelOf(const Graph &graph) {
  std::vector<NodeId> order(graph.nodes.size());
  for (NodeId n = 0; n < order.size(); ++n)
    order[n] = n;
  return buildModel(graph, {}, order);
}

// Reversing the large layers takes three of their values, and the gradients of
// the small ones two more: together it is five. However they are found: plans
// do with three.
TEST(Sweeps, PlansKeepGradientsApartFromLargeActivations) {
  Graph graph = funnel(8, true);
  BudgetOptions options;
  options.arenaBytes = 1;
  BudgetFailure failure;
  EXPECT_FALSE(planWithBudget(graph, options, failure));
  EXPECT_GE(failure.boundBytes, 3 * kLarge);
  EXPECT_LE(failure.smallestBytes, 3 * kLarge + kLarge / 4);
  options.arenaBytes = failure.smallestBytes;
  auto plan = planWithBudget(graph, options, failure);
  ASSERT_TRUE(plan) << failure.message;
  EXPECT_EQ(verify(graph, *plan, options), std::nullopt);
}

TEST(Sweeps, AreOfUseBeforeAGate) {
  Model open = modelOf(funnel(8, false));
  EXPECT_FALSE(Sweeps(open).areOfUse());
  Model gated = modelOf(funnel(8, true));
  Sweeps sweeps(gated);
  ASSERT_TRUE(sweeps.areOfUse());
  // All but the guard and the updates behind it.
  EXPECT_EQ(sweeps.loose().ops.size(), gated.ops.size() - 1 - 16);
  for (const Model::Value &value : sweeps.loose().values)
    EXPECT_FALSE(value.liveOut);
  EXPECT_EQ(sweeps.bytes(), 2 * kLarge + 8 * 64);
}

// Steps by a part of so few bytes are no steps.
TEST(Sweeps, EndOnTinyGraphs) {
  std::string error;
  auto graph = parseGraph("graph tiny\ntensor x 64 input\ntensor g 128\n"
                          "tensor y 64\ntensor o 64 output\n"
                          "node w cost=10\n reads x\n writes g\n"
                          "node guard cost=1 stateful=1\n reads g\n after w\n"
                          "node u cost=1 stateful=1\n reads g\n writes y\n"
                          " inplace g y\n after guard\n"
                          "node v cost=1 stateful=1\n reads y\n writes o\n",
                          error);
  ASSERT_TRUE(graph) << error;
  BudgetOptions options;
  options.arenaBytes = 64;
  BudgetFailure failure;
  EXPECT_FALSE(planWithBudget(*graph, options, failure));
  EXPECT_EQ(failure.smallestBytes, 128u);
}

// Whatever the base and the limit: what comes out runs everything, reads what
// is there, and runs nothing again behind the gate.
TEST(Sweeps, AreSchedulesOfTheWhole) {
  for (const Graph &graph : {funnel(5, true), resnet50(1, 32, true),
                             denseNet(1, 32, {3, 4}, true)}) {
    Model model = modelOf(graph);
    Sweeps sweeps(model);
    ASSERT_TRUE(sweeps.areOfUse()) << graph.name;
    Evaluator evaluator(model);
    uint64_t most = evaluator.evaluate(model.order).peak;
    const Schedule &base = sweeps.loose().order;
    unsigned found = 0;
    for (uint64_t percent = 30; percent <= 100; percent += 5)
      for (uint64_t part : {1, 4}) {
        uint64_t work = 0;
        auto schedule = sweeps.within(most / 100 * percent, base,
                                      sweeps.bytes() / part, 20'000'000, work);
        if (!schedule)
          continue;
        ++found;
        EXPECT_TRUE(evaluator.isValid(*schedule)) << graph.name << percent;
        EXPECT_LE(evaluator.prune(*schedule).peak, most) << graph.name;
      }
    EXPECT_GE(found, 4u) << graph.name;
  }
}

} // namespace
