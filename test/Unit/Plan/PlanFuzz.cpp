//===-- PlanFuzz.cpp - random graphs and budgets, and their judges --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/Unit/Plan/PlanFuzz.h"

#include "tenon/Plan/Budget.h"
#include "tenon/Plan/TextFormat.h"
#include "tenon/Plan/Verifier.h"
#include "test/Unit/Plan/Oracle.h"
#include "test/Unit/Plan/RandomGraphs.h"
#include "test/Unit/Plan/Simulator.h"
#include "test/Unit/Plan/TrainingGraphs.h"

#include <algorithm>
#include <vector>

namespace tenon::plan::test {

namespace {

class Case {
public:
  Case(uint64_t seed, FuzzCounts &counts) : random(seed), counts(counts) {
    drawGraph(seed);
    options.plan.alignment = uint64_t(1) << random.below(8);
    options.plan.maxThreads = uint32_t(1 + random.below(4));
    options.plan.gridBoundsWorkers = random.chance(50);
    options.plan.reorder = random.chance(70);
    options.plan.inPlace = random.chance(80);
    options.plan.orderWorkLimit = 20'000;
    options.plan.allocatorWorkLimit = 20'000;
    options.searchWorkLimit = 50'000;
    ++counts.graphs;
    counts.nodes += graph.nodes.size();
  }

  std::optional<std::string> run() {
    judge();
    if (wrong.empty())
      return std::nullopt;
    std::string said = wrong + "\nalignment " +
                       std::to_string(options.plan.alignment) + ", threads " +
                       std::to_string(options.plan.maxThreads);
    if (options.arenaBytes)
      said += ", budget " + std::to_string(*options.arenaBytes);
    if (!options.plan.reorder)
      said += ", program order";
    if (!options.plan.inPlace)
      said += ", nothing in place";
    return said + "\n" + printGraph(graph);
  }

private:
  void drawGraph(uint64_t seed) {
    switch (seed % 8) {
    case 0:
    case 1:
    case 2:
      graph = randomGraph(random, unsigned(1 + random.below(40)));
      return;
    case 3: // For the oracle.
      graph = randomGraph(random, unsigned(1 + random.below(8)));
      return;
    case 4: // For the oracle.
      ++counts.trainingSteps;
      graph = randomTrainingStep(random, unsigned(1 + random.below(4)));
      return;
    case 5: {
      unsigned nodes = unsigned(8 + random.below(32));
      unsigned edges = nodes * unsigned(1 + random.below(3));
      graph = randomLayered(random.next(), nodes, edges);
      for (Tensor &t : graph.tensors)
        t.bytes = (t.bytes + 127) / 128; // To be simulated byte by byte.
      return;
    }
    default:
      ++counts.trainingSteps;
      graph = randomTrainingStep(random, unsigned(2 + random.below(11)));
    }
  }

  bool expect(bool holds, const std::string &otherwise) {
    if (!holds && wrong.empty())
      wrong = otherwise;
    return holds;
  }

  void judge() {
    if (auto reason = validate(graph)) {
      expect(false, "the graph is none: " + *reason);
      return;
    }
    BudgetFailure failure;
    auto storeAll = planWithBudget(graph, options, failure);
    if (!expect(storeAll.has_value(), "no plan at all: " + failure.message))
      return;
    check(*storeAll);
    expect(storeAll->certificate.clones == 0, "clones without a budget");
    uint64_t high = storeAll->plan.arenaBytes;
    scratch = high - storeAll->plan.tensorBytes;
    uint64_t budget = high - random.below(high * 3 / 4 + 1);
    options.arenaBytes = budget;
    auto plan = planWithBudget(graph, options, failure);
    if (!plan) {
      ++counts.infeasible;
      expect(failure.boundBytes <= failure.smallestBytes,
             "the smallest budget is below the bound");
      expect(failure.smallestBytes > budget,
             "a budget is refused, but a smaller one is not");
      options.arenaBytes = failure.smallestBytes;
      plan = planWithBudget(graph, options, failure);
      if (!expect(plan.has_value(),
                  "the budget that was named has no plan: " + failure.message))
        return;
    }
    check(*plan);
    tryAll(*plan, failure);
    // More room costs no more.
    uint64_t cost = plan->certificate.totalCost;
    uint64_t low = *options.arenaBytes;
    options.arenaBytes = low + random.below(high - std::min(high, low) + 2);
    auto larger = planWithBudget(graph, options, failure);
    if (!expect(larger.has_value(), "no plan within more than before"))
      return;
    check(*larger);
    expect(larger->certificate.totalCost <= cost,
           "a budget of " + std::to_string(low) + " costs less");
  }

  /// One plan, by three judges.
  void check(const BudgetedPlan &plan) {
    ++counts.plans;
    counts.clones += plan.certificate.clones;
    counts.withClones += plan.certificate.clones != 0;
    if (auto refused = verify(graph, plan, options))
      expect(false, "the verifier: " + *refused);
    if (auto differs = simulate(graph, plan))
      expect(false, "the simulator: " + *differs);
    std::vector<uint64_t> runs(graph.nodes.size(), 0);
    uint64_t cost = 0;
    uint64_t base = 0;
    for (const Node &node : graph.nodes)
      base += node.cost;
    for (NodeId n : plan.plan.order) {
      NodeId origin = plan.nodes.at(n).id;
      cost += graph.nodes.at(origin).cost;
      ++runs[origin];
    }
    for (NodeId n = 0; n < runs.size(); ++n)
      expect(runs[n] == 1 || (runs[n] > 1 && !graph.nodes[n].stateful),
             "'" + graph.nodes[n].name + "' runs " + std::to_string(runs[n]) +
                 " times");
    const Certificate &c = plan.certificate;
    expect(c.baseCost == base && c.totalCost == cost,
           "the certificate miscounts the cost");
    expect(c.boundCost <= cost, "cheaper than the bound on the cost");
    expect(c.boundBytes <= plan.plan.arenaBytes, "below the bound on bytes");
    expect(!options.arenaBytes || plan.plan.arenaBytes <= *options.arenaBytes,
           "the budget is exceeded");
  }

  /// Bounds must hold for what all schedules can do.
  void tryAll(const BudgetedPlan &plan, BudgetFailure failure) {
    uint64_t alignment = options.plan.alignment;
    auto fewest = fewestBytes(graph, alignment);
    if (!fewest)
      return;
    ++counts.exhausted;
    const Certificate &c = plan.certificate;
    expect(c.boundBytes <= *fewest + scratch,
           "the bound is " + std::to_string(c.boundBytes) + " bytes, but " +
               std::to_string(*fewest + scratch) + " are enough");
    auto least = leastCost(graph, alignment, *options.arenaBytes - scratch);
    expect(!least || c.boundCost <= *least,
           "the bound on the cost is " + std::to_string(c.boundCost) +
               ", but there is a schedule for " +
               std::to_string(least.value_or(0)));
    BudgetOptions none = options;
    none.arenaBytes = 0;
    uint64_t smallest = 0;
    if (!planWithBudget(graph, none, failure)) {
      smallest = failure.smallestBytes;
      expect(failure.boundBytes <= *fewest + scratch,
             "the bound of a refusal is " + std::to_string(failure.boundBytes) +
                 " bytes, but " + std::to_string(*fewest + scratch) +
                 " are enough");
    }
    counts.smallestFound += smallest <= *fewest + scratch;
  }

  Random random;
  FuzzCounts &counts;
  Graph graph;
  BudgetOptions options;
  uint64_t scratch = 0;
  std::string wrong;
};

} // namespace

std::optional<std::string> fuzzPlans(uint64_t seed, FuzzCounts &counts) {
  return Case(seed, counts).run();
}

} // namespace tenon::plan::test
