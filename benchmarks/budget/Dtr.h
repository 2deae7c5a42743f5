//===-- Dtr.h - Dynamic Tensor Rematerialization, simulated -----*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_BENCHMARKS_BUDGET_DTR_H
#define TENON_BENCHMARKS_BUDGET_DTR_H

#include "lib/Plan/Core/Chain.h"

namespace tenon::plan::bench {

/// What the online algorithm executes within the limit: at most one schedule.
std::vector<Schedule> simulateDtr(const Model &model, const Chain &chain,
                                  uint64_t limit);

} // namespace tenon::plan::bench

#endif // TENON_BENCHMARKS_BUDGET_DTR_H
