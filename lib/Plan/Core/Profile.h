//===-- Profile.h - bytes alive along plans ---------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_LIB_PLAN_CORE_PROFILE_H
#define TENON_LIB_PLAN_CORE_PROFILE_H

#include "tenon/Plan/Budget.h"

#include <vector>

namespace tenon::plan {

/// Lays `values`, one for every node in `order`, along executions of the same
/// nodes. The longest sequence of nodes that both run one after another is the
/// measure; what lies between two of them is spread evenly. Where several
/// values meet, the largest stays; where none falls, the one before.
std::vector<uint64_t> alongSchedule(const std::vector<NodeId> &order,
                                    const std::vector<uint64_t> &values,
                                    const std::vector<Origin> &executions);

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_PROFILE_H
