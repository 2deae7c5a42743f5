//===-- Optima.h - small graphs with proven optima --------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_TEST_UNIT_PLAN_OPTIMA_H
#define TENON_TEST_UNIT_PLAN_OPTIMA_H

#include "tenon/Plan/Graph.h"

#include <cstdint>
#include <optional>
#include <string>

namespace tenon::plan::test {

/// A graph that has a name: KIND-SEED-SIZE.
std::optional<Graph> smallGraph(const std::string &name);

/// The names of all.
std::vector<std::string> smallGraphNames();

/// Bytes alive at once when every node runs once, in program order.
uint64_t peakOf(const Graph &graph);

/// Most bytes that one node touches.
uint64_t workingSetOf(const Graph &graph);

} // namespace tenon::plan::test

#endif // TENON_TEST_UNIT_PLAN_OPTIMA_H
