//===-- LargeValues.h - models without their small values -------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_LIB_PLAN_CORE_LARGEVALUES_H
#define TENON_LIB_PLAN_CORE_LARGEVALUES_H

#include "lib/Plan/Core/Schedule.h"

namespace tenon::plan {

/// The model with its largest values, no more than `most` of them; values that
/// have the same number of bytes are all there or none. The rest is free and
/// always there: every schedule of the model is one of this, and needs no fewer
/// bytes there. Numbers of nodes stay, numbers of values do not. For bounds on
/// bytes: of nodes only what they read, write and may share is kept.
Model largestValues(const Model &model, size_t most);

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_LARGEVALUES_H
