//===-- EagerOrder.h - what frees bytes runs early --------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_LIB_PLAN_CORE_EAGERORDER_H
#define TENON_LIB_PLAN_CORE_EAGERORDER_H

#include "lib/Plan/Core/Schedule.h"

namespace tenon::plan {

/// The order of the model, but nodes whose results take no more bytes than
/// their last operands leave run as soon as they can: nothing is kept, or made
/// again, for what could be over.
Schedule eagerOrder(const Model &model);

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_EAGERORDER_H
