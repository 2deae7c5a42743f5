//===-- LowerBound.h - what no plan can beat --------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_LIB_PLAN_CORE_LOWERBOUND_H
#define TENON_LIB_PLAN_CORE_LOWERBOUND_H

#include "lib/Plan/Core/Schedule.h"

namespace tenon::plan {

/// Bytes that are alive at some time in every schedule of the model, in any
/// order, whatever it recomputes.
uint64_t peakBound(const Model &model);

/// Cost of every schedule of the model, in any order, within `bytes` bytes.
uint64_t costBound(const Model &model, uint64_t bytes, uint64_t &work);

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_LOWERBOUND_H
