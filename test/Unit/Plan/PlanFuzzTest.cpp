//===-- PlanFuzzTest.cpp - random graphs and budgets ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/Unit/Plan/PlanFuzz.h"

#include "gtest/gtest.h"

using namespace tenon::plan::test;

namespace {

/// The first of what tools/dev/fuzz-plans goes through.
TEST(PlanFuzz, RandomGraphsAndBudgets) {
  constexpr uint64_t graphs = 2000;
  FuzzCounts counts;
  for (uint64_t seed = 0; seed < graphs; ++seed) {
    auto wrong = fuzzPlans(seed, counts);
    ASSERT_FALSE(wrong) << "seed " << seed << ": " << *wrong;
  }
  // The graphs must reach what they are to test.
  EXPECT_GT(counts.trainingSteps, graphs / 4);
  EXPECT_GT(counts.withClones, graphs / 10);
  EXPECT_GT(counts.infeasible, graphs / 20);
  EXPECT_GT(counts.exhausted, graphs / 10);
}

} // namespace
