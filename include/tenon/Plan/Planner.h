//===-- Planner.h - order, in-place reuse and arena offsets -----*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Turns a graph into a memory plan. Deterministic: the plan is a function of
// the graph and the options alone; searches are bounded by counted work.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_PLAN_PLANNER_H
#define TENON_PLAN_PLANNER_H

#include "tenon/Plan/Graph.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tenon::plan {

struct PlanOptions {
  /// Of every root in the arena and of every worker's scratch; a power of two.
  uint64_t alignment = 64;
  /// Workers that may run at once; each has scratch of its own.
  uint32_t maxThreads = 16;
  /// The runtime gives a launch of grid g only workers below min(g, threads),
  /// so that `Node::maxGrid` bounds the scratch too.
  bool gridBoundsWorkers = false;
  /// Look for an order with a lower peak than program order.
  bool reorder = true;
  /// Use the `InPlace` permissions.
  bool inPlace = true;
  /// Bound on the search for an order: partial orders examined times words of
  /// their bit set.
  uint64_t orderWorkLimit = 20'000'000;
  /// Bound on the exact allocator; see `AllocatorOptions::workLimit`.
  uint64_t allocatorWorkLimit = 200'000'000;
  /// So few bytes of tensors are enough: the allocator stops there. 0: as few
  /// as it finds.
  uint64_t allocatorCapacity = 0;
};

/// Where a tensor without bytes in the arena is said to be.
inline constexpr uint64_t kNotInArena = UINT64_MAX;

/// Layout: [tensors | scratch of worker 0 | scratch of worker 1 | ...].
struct Plan {
  /// Every node once.
  std::vector<NodeId> order;
  /// Byte offset in the arena for every tensor, views included; `kNotInArena`
  /// for external tensors and their views.
  std::vector<uint64_t> offsets;
  /// For every node, the permissions that the offsets make use of.
  std::vector<std::vector<InPlace>> inPlace;

  uint64_t alignment = 64;
  uint64_t arenaBytes = 0; ///< All of it, scratch included.
  uint64_t tensorBytes = 0;
  /// Most bytes of tensors alive at once in this order, each rounded up to the
  /// alignment: with this order and these in-place writes no placement needs
  /// fewer.
  uint64_t maxLive = 0;

  uint64_t scratchOffset = 0;
  uint64_t scratchStride = 0;  ///< Per worker; 0 when no node has workspace.
  uint32_t scratchWorkers = 0; ///< Slots that exist.

  uint64_t workOrder = 0;     ///< Counted work, for reports.
  uint64_t workAllocator = 0; ///< Counted work, for reports.
};

/// Makes a plan. On a graph that is not valid, or options that make no sense,
/// returns nothing and says why in `error`.
std::optional<Plan> makePlan(const Graph &graph, const PlanOptions &options,
                             std::string &error);

/// Bytes of tensors in the arena that are alive at each position of the plan's
/// order, each tensor rounded up to the alignment and bytes that are written in
/// place counted once: at most `maxLive`, and equal to it somewhere unless a
/// smaller result was written over a larger operand. The plan must hold.
std::vector<uint64_t> liveBytes(const Graph &graph, const Plan &plan);

} // namespace tenon::plan

#endif // TENON_PLAN_PLANNER_H
