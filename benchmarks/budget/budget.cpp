//===-- budget.cpp - our plans beside published policies ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// usage: budget-benchmark [NAME...]
//
// Prints Markdown tables. All policies get the same graphs, costs, orders and
// budgets: from the smallest that anyone keeps to store-all, in equal ratios.
// A schedule keeps a budget if an arena of so many bytes holds it, laid out as
// ours are: a policy that works to a limit gets five tries with less.
//
//===----------------------------------------------------------------------===//

#include "tenon/Plan/Budget.h"
#include "benchmarks/budget/Policies.h"
#include "lib/Plan/Core/Clones.h"
#include "tenon/Plan/Verifier.h"
#include "test/Unit/Plan/TrainingGraphs.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <map>

using namespace tenon::plan;
using namespace tenon::plan::bench;

namespace {

constexpr int kBudgets = 8;

double cpuSeconds() { return double(std::clock()) / CLOCKS_PER_SEC; }

struct Point {
  Evaluation evaluation;
  Schedule schedule;
  uint64_t arena = 0; ///< 0: not known yet.
};

/// One policy on one graph.
class Runner {
public:
  Runner(const Policy &policy, const Graph &graph, const PlanOptions &options,
         const Model &model, const Chain &chain)
      : policy(policy), graph(graph), options(options), model(model),
        chain(chain), evaluator(model),
        usesLimit(policy.name == "xla-greedy" || policy.name == "dtr") {
    this->options.reorder = false;
    if (!usesLimit)
      points = evaluateAll(0);
  }

  /// Least cost within the limit; nothing if that cannot be.
  std::optional<uint64_t> cost(uint64_t limit) {
    if (!usesLimit)
      return least(points, limit);
    uint64_t aim = limit;
    for (int tries = 0; tries < 5; ++tries) {
      std::vector<Point> some = evaluateAll(aim);
      if (auto cost = least(some, limit))
        return cost;
      uint64_t over = 0;
      for (Point &p : some)
        if (p.evaluation.peak <= limit)
          over = std::max(over, arenaOf(p) - limit);
      if (over == 0 || over >= aim)
        break;
      aim -= over;
    }
    return std::nullopt;
  }

  uint64_t smallest(uint64_t low, uint64_t high) {
    uint64_t best = high;
    if (!usesLimit) {
      for (Point &p : points)
        if (p.evaluation.peak < best)
          best = std::min(best, arenaOf(p));
      return best;
    }
    while (high - low > high / 64) {
      uint64_t middle = low + (high - low) / 2;
      if (cost(middle))
        best = high = middle;
      else
        low = middle;
    }
    return best;
  }

private:
  std::vector<Point> evaluateAll(uint64_t limit) {
    std::vector<Point> result;
    for (Schedule &schedule : policy.propose(model, chain, limit)) {
      if (!evaluator.isValid(schedule))
        continue;
      Evaluation e = evaluator.prune(schedule);
      result.push_back({e, std::move(schedule)});
    }
    std::sort(result.begin(), result.end(), [](const Point &a, const Point &b) {
      return a.evaluation.peak < b.evaluation.peak;
    });
    return result;
  }

  std::optional<uint64_t> least(std::vector<Point> &some, uint64_t limit) {
    std::optional<uint64_t> best;
    for (Point &p : some)
      if (p.evaluation.peak <= limit && (!best || p.evaluation.cost < *best) &&
          arenaOf(p) <= limit)
        best = p.evaluation.cost;
    return best;
  }

  uint64_t arenaOf(Point &p) {
    if (p.arena == 0) {
      std::string error;
      auto plan = makePlan(writeOut(graph, p.schedule).program, options, error);
      p.arena = plan ? std::max<uint64_t>(plan->arenaBytes, 1) : UINT64_MAX;
    }
    return p.arena;
  }

  const Policy &policy;
  const Graph &graph;
  PlanOptions options;
  const Model &model;
  const Chain &chain;
  Evaluator evaluator;
  bool usesLimit;
  std::vector<Point> points;
};

void printOverhead(std::optional<uint64_t> cost, uint64_t base) {
  if (cost)
    std::printf(" %.2f |", 100.0 * (double(*cost) / double(base) - 1));
  else
    std::printf(" - |");
}

/// False if a plan does not hold.
bool report(const std::string &name, const Graph &graph) {
  BudgetOptions options;
  options.plan.allocatorWorkLimit = 20'000'000;
  BudgetFailure failure;
  auto storeAll = planWithBudget(graph, options, failure);
  if (!storeAll) {
    std::printf("%s: %s\n", name.c_str(), failure.message.c_str());
    return false;
  }
  std::vector<NodeId> order;
  for (const Origin &origin : storeAll->nodes)
    order.push_back(origin.id);
  Model model = buildModel(graph, options.plan, order);
  Chain chain = findChain(model, 1024);
  uint64_t base = storeAll->certificate.baseCost;
  uint64_t high = storeAll->certificate.arenaBytes;

  options.arenaBytes = 0;
  double start = cpuSeconds();
  planWithBudget(graph, options, failure);
  double floorSeconds = cpuSeconds() - start;
  uint64_t ours = std::min(failure.smallestBytes, high);

  std::vector<Policy> all = policies();
  std::vector<Runner> runners;
  runners.reserve(all.size());
  for (const Policy &policy : all)
    runners.emplace_back(policy, graph, options.plan, model, chain);
  std::printf("\n### %s\n\n%zu nodes; store-all %.1f MB; bound on the peak "
              "%.1f %% of that.\n\n| smallest, %% of store-all |",
              name.c_str(), graph.nodes.size(), double(high) / 1e6,
              100.0 * double(failure.boundBytes) / double(high));
  for (const Policy &policy : all)
    std::printf(" %s |", policy.name.c_str());
  std::printf(" **tenon** | bound on cost | gap %% | CPU s |\n|");
  for (size_t i = 0; i < all.size() + 5; ++i)
    std::printf(" --- |");
  std::printf("\n| |");
  uint64_t low = ours;
  for (Runner &runner : runners) {
    uint64_t smallest = runner.smallest(failure.boundBytes, high);
    low = std::min(low, smallest);
    std::printf(" %.1f |", 100.0 * double(smallest) / double(high));
  }
  std::printf(" **%.1f** | | | %.1f |\n", 100.0 * double(ours) / double(high),
              floorSeconds);
  for (int i = low == high ? kBudgets - 1 : 0; i < kBudgets; ++i) {
    double share =
        std::pow(double(high) / double(low), double(i) / (kBudgets - 1));
    uint64_t budget =
        i + 1 == kBudgets ? high : uint64_t(std::ceil(double(low) * share));
    std::printf("| at %.1f %%: overhead %% |",
                100.0 * double(budget) / double(high));
    for (Runner &runner : runners)
      printOverhead(runner.cost(budget), base);
    options.arenaBytes = budget;
    start = cpuSeconds();
    auto plan = planWithBudget(graph, options, failure);
    double seconds = cpuSeconds() - start;
    if (!plan) {
      std::printf(" **-** | | | %.1f |\n", seconds);
      continue;
    }
    if (auto wrong = verify(graph, *plan, options)) {
      std::printf("\nWRONG: %s\n", wrong->c_str());
      return false;
    }
    const Certificate &c = plan->certificate;
    std::printf(" **%.2f** | %.2f | %.2f | %.1f |\n",
                100.0 * double(c.recomputeCost()) / double(base),
                100.0 * (double(c.boundCost) / double(base) - 1),
                100.0 * c.gap(), seconds);
    std::fflush(stdout);
  }
  return true;
}

} // namespace

int main(int argc, char **argv) {
  std::printf("Overhead: cost of recomputation, in %% of the cost of running "
              "every node once. \"-\": the policy has no schedule within the "
              "budget. Gap: by how much our total cost exceeds the proven "
              "bound.\n");
  for (auto &[name, graph] : test::benchmarkGraphs()) {
    if (argc == 1 || std::find(argv + 1, argv + argc, name) != argv + argc)
      if (!report(name, graph))
        return 1;
  }
}
