//===-- Simulator.h - executes plans on bytes -------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_TEST_UNIT_PLAN_SIMULATOR_H
#define TENON_TEST_UNIT_PLAN_SIMULATOR_H

#include "tenon/Plan/Budget.h"
#include "tenon/Plan/Graph.h"
#include "tenon/Plan/Planner.h"

#include <optional>
#include <string>

namespace tenon::plan::test {

/// Runs a made-up program with the graph's shape twice: in program order with
/// bytes of its own for every tensor, and as planned in one arena of
/// `arenaBytes` bytes. Every result byte depends on every byte that its node
/// reads. Returns what differs in what nodes read and in the results, or
/// nothing. Knows nothing of lifetimes: bytes alone decide. The arena is
/// exactly as large as the plan says, for a sanitizer to watch its ends.
std::optional<std::string> simulate(const Graph &graph, const Plan &plan);

/// The same for a plan that runs nodes more than once: every execution must
/// read what the node reads in the graph that was given. What a node must not
/// follow leaves a trace that the node would see.
std::optional<std::string> simulate(const Graph &graph,
                                    const BudgetedPlan &plan);

} // namespace tenon::plan::test

#endif // TENON_TEST_UNIT_PLAN_SIMULATOR_H
