//===-- ChainBound.h - repetitions that a chain cannot avoid ----*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_LIB_PLAN_CORE_CHAINBOUND_H
#define TENON_LIB_PLAN_CORE_CHAINBOUND_H

#include "lib/Plan/Core/Schedule.h"

namespace tenon::plan {

/// Cost of the repetitions that every schedule within `bytes` bytes contains
/// because it runs along a backbone (Backbone.h) and back: 0 if there is none.
uint64_t chainBound(const Model &model, uint64_t bytes, uint64_t workLimit,
                    uint64_t &work);

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_CHAINBOUND_H
