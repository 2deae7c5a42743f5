//===-- StoreAll.h - models of plans without a budget -----------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_TEST_UNIT_PLAN_STOREALL_H
#define TENON_TEST_UNIT_PLAN_STOREALL_H

#include "lib/Plan/Core/Schedule.h"

#include "gtest/gtest.h"

namespace tenon::plan::test {

/// The model of a valid graph in the order of its plan without a budget.
inline Model storeAllModel(const Graph &graph) {
  std::string error;
  std::optional<Plan> plan = makePlan(graph, {}, error);
  EXPECT_TRUE(plan) << error;
  return plan ? buildModel(graph, {}, plan->order) : Model{};
}

} // namespace tenon::plan::test

#endif // TENON_TEST_UNIT_PLAN_STOREALL_H
