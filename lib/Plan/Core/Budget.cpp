//===-- Budget.cpp - memory plans within a number of bytes ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tenon/Plan/Budget.h"

#include "lib/Plan/Core/ChainBound.h"
#include "lib/Plan/Core/Clones.h"
#include "lib/Plan/Core/Ladder.h"
#include "lib/Plan/Core/LowerBound.h"
#include "lib/Plan/Core/PairBound.h"
#include "lib/Plan/Core/PebbleBound.h"
#include "lib/Plan/Core/PlanAt.h"
#include "lib/Plan/Core/Profile.h"

#include <algorithm>
#include <map>

namespace tenon::plan {

namespace {

class Solver {
public:
  Solver(const Graph &graph, const BudgetOptions &options)
      : graph(graph), options(options) {}

  std::optional<BudgetedPlan> run(BudgetFailure &failure) {
    std::optional<Plan> storeAll =
        makePlan(graph, options.plan, failure.message);
    if (!storeAll)
      return std::nullopt;
    model = buildModel(graph, options.plan, storeAll->order);
    uint64_t scratch = storeAll->arenaBytes - storeAll->tensorBytes;
    certificate.budgetBytes = options.arenaBytes;
    certificate.storeAllBytes = storeAll->arenaBytes;
    certificate.baseCost = model.baseCost();
    certificate.boundBytes = peakBound(model) + scratch;
    if (!options.arenaBytes || *options.arenaBytes >= storeAll->arenaBytes) {
      // Nothing is cheaper than running every node once.
      BudgetedPlan result = writeOut(graph, storeAll->order);
      result.plan = renumber(graph, *storeAll, result);
      return finish(std::move(result), *storeAll, certificate.baseCost);
    }
    uint64_t budget = *options.arenaBytes;
    uint64_t pairs = pairBound(model, peakBound(model),
                               options.searchWorkLimit / 5, certificate.work);
    uint64_t leastPeak = pebbleBound(
        model, pairs, options.searchWorkLimit / 100, certificate.work);
    Ladder ladder(model, leastPeak, options.searchWorkLimit,
                  [&](const Rung &rung, uint64_t enough) {
                    return arenaOf(rung, enough) - scratch;
                  });
    uint64_t limit = budget > scratch ? budget - scratch : 0;
    const Rung *rung = budget < scratch ? nullptr : ladder.within(limit);
    uint64_t smallest = ladder.smallest() + scratch;
    certificate.boundBytes = leastPeak + scratch;
    if (rung) {
      BudgetedPlan result = place(*rung, rung->enough);
      certificate.smallestBytes = smallest;
      certificate.work += ladder.work();
      uint64_t bound = lowestCost(ladder.chainBound(), limit,
                                  rung->evaluation.cost, certificate.work);
      // This schedule is the answer: it deserves the best placement, wherever
      // the replay that found it laid its results.
      if (result.plan.tensorBytes > result.plan.maxLive) {
        Rung anywhere = *rung;
        anywhere.addresses.clear();
        if (BudgetedPlan better = place(anywhere, result.plan.maxLive,
                                        options.plan.allocatorWorkLimit);
            better.plan.arenaBytes < result.plan.arenaBytes)
          result = std::move(better);
      }
      return finish(std::move(result), *storeAll, bound);
    }
    // What is refused deserves the better bound, if much may be missing. Where
    // a little work has raised nothing, much does seldom.
    if (uint64_t floor = ladder.smallest(); floor > leastPeak) {
      bool isFar = floor - leastPeak > leastPeak / 8;
      uint64_t part = leastPeak == peakBound(model) ? 40 : isFar ? 2 : 8;
      // From the lower of the bounds: games that are cut off below what is
      // known would all look alike.
      leastPeak = std::max(
          leastPeak, pebbleBound(model, pairs, options.searchWorkLimit / part,
                                 certificate.work));
    }
    failure.smallestBytes = std::min(smallest, storeAll->arenaBytes);
    failure.boundBytes = leastPeak + scratch;
    failure.message =
        "no plan within " + std::to_string(budget) +
        " bytes; the smallest budget with a plan is " +
        std::to_string(failure.smallestBytes) + " bytes, and below " +
        std::to_string(failure.boundBytes) + " bytes there is none";
    return std::nullopt;
  }

private:
  /// Cost of every schedule within `limit` bytes, as far as can be proven. No
  /// more is tried once `cost` is, that of a schedule.
  uint64_t lowestCost(const ChainBound &low, uint64_t limit, uint64_t cost,
                      uint64_t &work) const {
    uint64_t base = model.baseCost();
    uint64_t bound = base;
    if (limit <= low.most())
      bound += low.at(limit);
    if (bound < cost)
      bound = std::max(
          bound, costBound(model, limit, options.searchWorkLimit / 4, work));
    // For a gap of two in a thousand it is not worth its time.
    if (bound + bound / 500 < cost) {
      ChainBound high(model, limit, options.searchWorkLimit / 4);
      work += high.work;
      bound = std::max(bound, base + high.at(limit));
    }
    return bound;
  }

  /// Bounds on the allocator's work while many schedules are tried: where
  /// whatever comes out will do, where some bytes are enough, and where no
  /// bytes are too few.
  static constexpr uint64_t kQuickPlacement = 4'000'000;
  static constexpr uint64_t kPlacementWithin = 6'000'000;
  static constexpr uint64_t kSmallestPlacement = 16'000'000;

  /// Bytes of the arena. Ways to search that come to the same schedule ask
  /// again.
  uint64_t arenaOf(const Rung &rung, uint64_t enough) {
    for (const Placed &known : placed)
      if (known.enough == enough && known.schedule == rung.schedule &&
          known.addresses == rung.addresses)
        return known.arenaBytes;
    placed.push_back({rung.schedule, rung.addresses, enough,
                      place(rung, enough).plan.arenaBytes});
    return placed.back().arenaBytes;
  }

  BudgetedPlan place(const Rung &rung, uint64_t enough) {
    return place(rung, enough,
                 enough == 0                      ? kQuickPlacement
                 : enough <= rung.evaluation.peak ? kSmallestPlacement
                                                  : kPlacementWithin);
  }

  BudgetedPlan place(const Rung &rung, uint64_t enough,
                     uint64_t allocatorWorkLimit) {
    BudgetedPlan result = writeOut(graph, rung.schedule);
    PlanOptions inOrder = options.plan;
    inOrder.reorder = false;
    inOrder.allocatorWorkLimit =
        std::min(inOrder.allocatorWorkLimit, allocatorWorkLimit);
    inOrder.allocatorCapacity = enough;
    std::optional<Plan> plan;
    if (!rung.addresses.empty())
      plan = planAt(result.program, inOrder, addressesOf(rung, result));
    std::string error;
    if (!plan)
      plan = makePlan(result.program, inOrder, error);
    if (plan)
      result.plan = std::move(*plan);
    else
      result.plan.arenaBytes = UINT64_MAX;
    return result;
  }

  /// Addresses of the rung, by the roots of what is written out of it.
  std::vector<uint64_t> addressesOf(const Rung &rung,
                                    const BudgetedPlan &written) const {
    std::vector<uint64_t> result(written.tensors.size(), kNotInArena);
    auto next = rung.addresses.begin();
    for (NodeId p = 0; p < rung.schedule.size(); ++p) {
      const std::vector<ValueId> &writes = model.ops[rung.schedule[p]].writes;
      for (TensorId t : written.program.nodes[p].results) {
        TensorId root = footprint(written.program, t).root;
        for (size_t i = 0; i < writes.size(); ++i)
          if (model.values[writes[i]].root == written.tensors[root].id)
            result[root] = next[ptrdiff_t(i)];
      }
      next += ptrdiff_t(writes.size());
    }
    return result;
  }

  BudgetedPlan finish(BudgetedPlan result, const Plan &storeAll,
                      uint64_t bound) {
    if (options.arenaBytes)
      result.storeAllLive = alongSchedule(
          storeAll.order, liveBytes(graph, storeAll), result.nodes);
    uint64_t cost = 0;
    for (const Node &node : result.program.nodes)
      cost += node.cost;
    certificate.arenaBytes = result.plan.arenaBytes;
    certificate.maxLiveBytes = result.plan.maxLive;
    certificate.totalCost = cost;
    certificate.boundCost = std::max(bound, certificate.baseCost);
    certificate.clones = result.program.nodes.size() - graph.nodes.size();
    result.certificate = certificate;
    return result;
  }

  /// The plan of the graph, as a plan of the program that is the graph in the
  /// plan's order.
  static Plan renumber(const Graph &graph, const Plan &plan,
                       const BudgetedPlan &written) {
    Plan result = plan;
    std::vector<TensorId> copyOf(graph.tensors.size(), kNone);
    for (TensorId t = 0; t < written.tensors.size(); ++t) {
      copyOf[written.tensors[t].id] = t;
      if (t >= result.offsets.size())
        result.offsets.resize(t + 1);
      result.offsets[t] = plan.offsets[written.tensors[t].id];
    }
    for (NodeId n = 0; n < written.nodes.size(); ++n) {
      result.order[n] = n;
      result.inPlace[n].clear();
      for (const InPlace &pair : plan.inPlace[written.nodes[n].id])
        result.inPlace[n].push_back(
            {copyOf[pair.operand], copyOf[pair.result]});
    }
    return result;
  }

  const Graph &graph;
  const BudgetOptions &options;
  Model model;
  Certificate certificate;
  struct Placed {
    Schedule schedule;
    std::vector<uint64_t> addresses;
    uint64_t enough = 0;
    uint64_t arenaBytes = 0;
  };
  std::vector<Placed> placed;
};

} // namespace

std::optional<BudgetedPlan> planWithBudget(const Graph &graph,
                                           const BudgetOptions &options,
                                           BudgetFailure &failure) {
  failure = {};
  return Solver(graph, options).run(failure);
}

} // namespace tenon::plan
