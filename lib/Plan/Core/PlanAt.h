//===-- PlanAt.h - a plan with given addresses ------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_LIB_PLAN_CORE_PLANAT_H
#define TENON_LIB_PLAN_CORE_PLANAT_H

#include "tenon/Plan/Planner.h"

#include <optional>
#include <vector>

namespace tenon::plan {

/// A plan in program order whose roots lie at `addresses`, one for every tensor
/// of the graph, `kNotInArena` for what may lie anywhere. Nothing if two of
/// them overlap. Looks for no better order and no better places. The graph and
/// the options must be valid.
std::optional<Plan> planAt(const Graph &graph, const PlanOptions &options,
                           const std::vector<uint64_t> &addresses);

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_PLANAT_H
