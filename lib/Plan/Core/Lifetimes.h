//===-- Lifetimes.h - which bytes live when ---------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_LIB_PLAN_CORE_LIFETIMES_H
#define TENON_LIB_PLAN_CORE_LIFETIMES_H

#include "tenon/Plan/Allocator.h"
#include "tenon/Plan/Graph.h"

#include <vector>

namespace tenon::plan {

/// Which nodes touch a root, through whatever view. Independent of the order.
struct RootAccess {
  std::vector<NodeId> nodes; ///< Sorted, unique: readers and writers.
};

/// Accesses of every tensor that is a root; empty for views.
std::vector<RootAccess> rootAccesses(const Graph &graph);

/// True for roots whose bytes the arena holds.
bool inArena(const Graph &graph, TensorId root);

/// Rounds up to a multiple of `alignment`, a power of two.
inline uint64_t alignTo(uint64_t value, uint64_t alignment) {
  return (value + alignment - 1) & ~(alignment - 1);
}

/// Roots that share their bytes one after another, by writing in place, form a
/// box: one buffer for the allocator. Time is the position in the order.
struct Lifetimes {
  std::vector<Buffer> boxes;
  /// For every tensor that is a root: its box (`kNone` if it needs no bytes)
  /// and its place in it.
  std::vector<uint32_t> boxOf;
  std::vector<uint64_t> offsetInBox;
  /// For every node, the permissions used.
  std::vector<std::vector<InPlace>> inPlace;
  /// Most bytes of boxes alive at once.
  uint64_t maxLive = 0;
};

/// Which in-place permissions are used.
enum class Sharing {
  None,
  SameSize,  ///< Where operand and result need the same bytes.
  LowerPeak, ///< Also for a smaller result, where the peak falls by it.
};

/// Lifetimes under `order`, with in-place decisions. With `addresses`, one for
/// every root, only what has the same address shares its bytes.
Lifetimes computeLifetimes(const Graph &graph,
                           const std::vector<RootAccess> &accesses,
                           const std::vector<NodeId> &order, uint64_t alignment,
                           Sharing sharing,
                           const std::vector<uint64_t> *addresses = nullptr);

/// True if `pair` may be used by `node` as far as it can be told without an
/// order: an arena root written over contiguous bytes of an arena root that the
/// node touches in no other way.
bool canShare(const Graph &graph, const Node &node, const InPlace &pair,
              uint64_t alignment);

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_LIFETIMES_H
