//===-- Oracle.h - what the smallest graphs need, by trying all -*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_TEST_UNIT_PLAN_ORACLE_H
#define TENON_TEST_UNIT_PLAN_ORACLE_H

#include "tenon/Plan/Graph.h"

#include <cstdint>
#include <optional>

namespace tenon::plan::test {

/// Looks at every set of nodes that have run and of values that are there. The
/// schedules that it knows run in any order, repeat nodes that write nothing
/// but values of their own in the arena, and write nothing in place: plans can
/// do more, so what it finds is an upper bound on what the best plan needs.
/// Sizes are rounded up to `alignment`; scratch is not counted.
///
/// Returns the fewest bytes alive at once of any schedule, or, given a limit,
/// the least cost of one within it. Nothing if there is none, or if the graph
/// has more than 10 nodes or 12 values in the arena.
std::optional<uint64_t> fewestBytes(const Graph &graph, uint64_t alignment);
std::optional<uint64_t> leastCost(const Graph &graph, uint64_t alignment,
                                  uint64_t limit);

/// The least cost of what runs again, of the same schedules, if that is less
/// than `below`: the smaller that is, the less there is to look at. Up to 14
/// nodes and 16 values; `fitsBelow` tells.
bool fitsBelow(const Graph &graph, uint64_t alignment);
std::optional<uint64_t> repetitionsBelow(const Graph &graph, uint64_t alignment,
                                         uint64_t limit, uint64_t below);

} // namespace tenon::plan::test

#endif // TENON_TEST_UNIT_PLAN_ORACLE_H
