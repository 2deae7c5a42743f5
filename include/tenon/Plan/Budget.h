//===-- Budget.h - memory plans within a number of bytes --------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The planner's front door. Within a budget in bytes it may run nodes more than
// once, so that their results need not be kept in between; it looks for the
// cheapest such program and proves how far from the cheapest it can be.
//
// Deterministic: the plan is a function of the graph, the options and the
// budget alone. Searches are bounded by counted work, never by time.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_PLAN_BUDGET_H
#define TENON_PLAN_BUDGET_H

#include "tenon/Plan/Graph.h"
#include "tenon/Plan/Planner.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tenon::plan {

struct BudgetOptions {
  PlanOptions plan;
  /// Bytes that the arena may have, scratch included. Nothing: no bound, and
  /// every node runs once.
  std::optional<uint64_t> arenaBytes;
  /// Bound on the search for recomputation, in executions looked at.
  uint64_t searchWorkLimit = 1'000'000'000;
};

/// What is proven about a plan. Costs are in the unit of `Node::cost`.
struct Certificate {
  std::optional<uint64_t> budgetBytes; ///< As asked for.
  uint64_t arenaBytes = 0;
  uint64_t maxLiveBytes = 0; ///< Of tensors, in this order.
  /// Arena of the plan in which every node runs once.
  uint64_t storeAllBytes = 0;
  /// The smallest budget for which this planner has a plan; nothing where no
  /// search was needed.
  std::optional<uint64_t> smallestBytes;
  /// No plan of any planner has an arena smaller than this, whatever it
  /// recomputes.
  uint64_t boundBytes = 0;

  uint64_t baseCost = 0;  ///< Of running every node once.
  uint64_t totalCost = 0; ///< Of this plan, clones included.
  /// No plan within the budget is cheaper than this.
  uint64_t boundCost = 0;
  uint64_t clones = 0; ///< Executions beyond the first of each node.
  uint64_t work = 0;   ///< Counted work of the search.

  uint64_t recomputeCost() const { return totalCost - baseCost; }
  /// By how much the plan may be dearer than the cheapest: 0 is proven optimal.
  double gap() const {
    return boundCost == 0 ? 0.0 : double(totalCost) / double(boundCost) - 1.0;
  }
};

/// Where an item of the program comes from: item `id` of the graph that was
/// given, and which of its copies this is, counted from 0.
struct Origin {
  uint32_t id = kNone;
  uint32_t clone = 0;
};

/// A plan that may run nodes more than once. `program` is the given graph with
/// every execution as a node of its own, in execution order: clones read and
/// write tensors of their own, and everything that holds for a graph and its
/// plan holds for `program` and `plan`. `plan.order` is 0, 1, 2, ...
struct BudgetedPlan {
  Graph program;
  std::vector<Origin> nodes;   ///< For every node of `program`.
  std::vector<Origin> tensors; ///< For every tensor of `program`.
  Plan plan;                   ///< Of `program`.
  /// With a budget, for every node of `program`: bytes alive at the same point
  /// of the plan in which every node runs once. The two may run nodes in
  /// different orders; the most of the one is then also the most here.
  std::vector<uint64_t> storeAllLive;
  Certificate certificate;
};

/// Why there is no plan.
struct BudgetFailure {
  std::string message; ///< For people; always set.
  /// Set if it is for lack of bytes: a budget that is known to work, and one
  /// below which no planner can have a plan.
  uint64_t smallestBytes = 0;
  uint64_t boundBytes = 0;
};

/// Makes a plan within the budget, as cheap as the search finds. On failure,
/// returns nothing and says why. Over growing budgets the cost never grows, and
/// planning with `BudgetFailure::smallestBytes` succeeds.
std::optional<BudgetedPlan> planWithBudget(const Graph &graph,
                                           const BudgetOptions &options,
                                           BudgetFailure &failure);

} // namespace tenon::plan

#endif // TENON_PLAN_BUDGET_H
