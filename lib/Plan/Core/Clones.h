//===-- Clones.h - a schedule as a graph of its own -------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_LIB_PLAN_CORE_CLONES_H
#define TENON_LIB_PLAN_CORE_CLONES_H

#include "lib/Plan/Core/Schedule.h"
#include "tenon/Plan/Budget.h"

namespace tenon::plan {

/// Writes out every execution of the schedule as a node: fills `program`,
/// `nodes` and `tensors` of the result. The last copy of a live-out tensor is
/// the one that stays; the first copy of an output is the one that is bound by
/// pointer, later ones are scratch.
BudgetedPlan writeOut(const Graph &graph, const Schedule &schedule);

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_CLONES_H
