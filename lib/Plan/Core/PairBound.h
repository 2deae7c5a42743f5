//===-- PairBound.h - bytes that a few values together need -----*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_LIB_PLAN_CORE_PAIRBOUND_H
#define TENON_LIB_PLAN_CORE_PAIRBOUND_H

#include "lib/Plan/Core/Schedule.h"

namespace tenon::plan {

/// Bytes that are alive at some time in every schedule, at least `known`, which
/// is such a bound.
uint64_t pairBound(const Model &model, uint64_t known, uint64_t workLimit,
                   uint64_t &work);

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_PAIRBOUND_H
