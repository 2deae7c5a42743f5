//===-- Rung.cpp - a schedule that answers budgets ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/Rung.h"

namespace tenon::plan {

void offer(const Model &model, Evaluator &evaluator,
           std::optional<Schedule> schedule, const Range &range, Rung &best) {
  if (!schedule || schedule->size() > model.order.size() * kMostRuns ||
      !evaluator.isValid(*schedule))
    return;
  evaluator.prune(*schedule);
  Evaluation e = evaluator.evaluate(*schedule);
  if (e.peak > range.mostBytes || e.cost < range.leastCost)
    return;
  if (best.schedule.empty() || e.cost < best.evaluation.cost ||
      (e.cost == best.evaluation.cost && e.peak < best.evaluation.peak)) {
    best.schedule = std::move(*schedule);
    best.evaluation = e;
    best.addresses.clear();
  }
}

} // namespace tenon::plan
