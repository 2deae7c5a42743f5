//===-- Order.h - search for an order with a low peak -----------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_LIB_PLAN_CORE_ORDER_H
#define TENON_LIB_PLAN_CORE_ORDER_H

#include "lib/Plan/Core/Lifetimes.h"
#include "tenon/Plan/Planner.h"

#include <vector>

namespace tenon::plan {

/// Searches the orders that respect `before` (as of `predecessors`) for one
/// whose peak is below `peak`. Walks down-closed sets
/// of nodes level by level and keeps the best few of each level: exact where
/// they all fit, a beam search elsewhere. Returns an empty list when it finds
/// none. Adds to `work`.
std::vector<NodeId> searchOrder(const Graph &graph,
                                const std::vector<RootAccess> &accesses,
                                const std::vector<std::vector<NodeId>> &before,
                                const PlanOptions &options, uint64_t peak,
                                uint64_t &work);

/// The order with every node as late as its first reader lets it be, where that
/// keeps no operand alive for longer: the bytes alive fall or stay, at each
/// node and so at the peak, and what is made for one reader is made before it.
std::vector<NodeId> delayed(const Graph &graph,
                            const std::vector<RootAccess> &accesses,
                            const std::vector<std::vector<NodeId>> &before,
                            std::vector<NodeId> order);

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_ORDER_H
