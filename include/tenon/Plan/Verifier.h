//===-- Verifier.h - checks a plan by replaying it --------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Shares the data structures with the planner and not one function: it keeps,
// for every byte of the arena, which byte of which tensor it holds, and follows
// the schedule.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_PLAN_VERIFIER_H
#define TENON_PLAN_VERIFIER_H

#include "tenon/Plan/Budget.h"
#include "tenon/Plan/Graph.h"
#include "tenon/Plan/Planner.h"

#include <optional>
#include <string>

namespace tenon::plan {

/// Returns what is wrong with the plan, naming node and tensor; nothing when it
/// holds. Neither argument is trusted. Checked:
///  - every node runs once, after what it depends on;
///  - what a node reads is, byte by byte, what the producer wrote;
///  - a node writes over its operands only by permission and byte for byte;
///  - live-out tensors are intact at the end;
///  - views lie in their bases, roots and scratch are aligned;
///  - everything ends within `arenaBytes`, which is no larger than needed, and
///    `maxLive` is no more than the tensors occupy;
///  - scratch holds every node's workspace for `maxThreads` workers and
///    overlaps no tensor.
std::optional<std::string> verify(const Graph &graph, const Plan &plan,
                                  const PlanOptions &options);

/// Returns what is wrong with a plan that may run nodes more than once. No
/// argument is trusted. Checked, beside what `verify` says of the program:
///  - every node of the program does what the node it comes from does, to
///    copies of the same tensors, so that the same bytes are computed;
///  - every node runs, stateful ones once, and none after what must follow it;
///  - results of the graph are bound or kept once each;
///  - arena and costs are what the certificate says, and within the budget.
std::optional<std::string> verify(const Graph &graph, const BudgetedPlan &plan,
                                  const BudgetOptions &options);

} // namespace tenon::plan

#endif // TENON_PLAN_VERIFIER_H
