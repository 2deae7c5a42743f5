//===-- OptimaTest.cpp - plans beside proven optima -----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/Unit/Plan/Optima.h"
#include "tenon/Plan/Budget.h"
#include "tenon/Plan/Verifier.h"

#include "gtest/gtest.h"

#include <fstream>
#include <set>
#include <sstream>

using namespace tenon::plan;
using namespace tenon::plan::test;

namespace {

/// Inputs/optima.txt is what prove-optima printed: optima of an integer program
/// over bytes alive at once. Our arena must have no more bytes than that, with
/// its fragments, and our cost at most 3 % more.
TEST(Optima, CostsAreWithinThreePerCent) {
  std::ifstream stream(TENON_PLAN_INPUTS "optima.txt");
  ASSERT_TRUE(stream);
  std::set<std::string> graphs;
  unsigned beyondStoreAll = 0;
  std::string line;
  while (std::getline(stream, line)) {
    if (line.empty() || line[0] == '#')
      continue;
    std::istringstream words(line);
    std::string name;
    std::string cost;
    BudgetOptions options;
    uint64_t budget = 0;
    words >> name >> budget >> cost;
    auto graph = smallGraph(name);
    ASSERT_TRUE(graph) << line;
    ASSERT_LE(graph->nodes.size(), 40u);
    // The integer program knows neither.
    options.plan.inPlace = false;
    options.plan.reorder = false;
    options.arenaBytes = budget;
    options.searchWorkLimit = 60'000'000;
    BudgetFailure failure;
    auto plan = planWithBudget(*graph, options, failure);
    EXPECT_TRUE(plan) << line << ": " << failure.message;
    if (!plan)
      continue;
    EXPECT_EQ(verify(*graph, *plan, options), std::nullopt) << line;
    double optimum = std::stod(cost);
    EXPECT_LE(double(plan->certificate.totalCost), 1.03 * optimum) << line;
    EXPECT_LE(double(plan->certificate.boundCost), optimum) << line;
    graphs.insert(name);
    beyondStoreAll += optimum > double(plan->certificate.baseCost);
  }
  EXPECT_GE(graphs.size(), 79u);
  EXPECT_GE(beyondStoreAll, 160u);
}

} // namespace
