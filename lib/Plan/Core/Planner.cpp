//===-- Planner.cpp - order, in-place reuse and arena offsets -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tenon/Plan/Planner.h"

#include "lib/Plan/Core/Lifetimes.h"
#include "lib/Plan/Core/ManyBoxes.h"
#include "lib/Plan/Core/Order.h"
#include "lib/Plan/Core/PlanAt.h"

#include <algorithm>
#include <numeric>

namespace tenon::plan {

namespace {

std::optional<std::string> checkOptions(const Graph &graph,
                                        const PlanOptions &options) {
  if (options.alignment == 0 || options.alignment > 4096 ||
      (options.alignment & (options.alignment - 1)) != 0)
    return "the alignment must be a power of two up to 4096";
  if (options.maxThreads == 0)
    return "the plan needs at least one thread";
  for (const Node &node : graph.nodes)
    if (node.workspaceBytes > kMaxBytes / options.maxThreads)
      return "the workspace of node '" + node.name + "' for " +
             std::to_string(options.maxThreads) +
             " threads is more than the planner counts (2^48 bytes)";
  return std::nullopt;
}

/// Bytes that any order needs while one node runs, at least.
uint64_t worstNode(const Graph &graph, const PlanOptions &options) {
  uint64_t worst = 0;
  for (const Node &node : graph.nodes) {
    std::vector<TensorId> roots;
    for (const std::vector<TensorId> *list : {&node.operands, &node.results})
      for (TensorId t : *list)
        roots.push_back(footprint(graph, t).root);
    std::sort(roots.begin(), roots.end());
    roots.erase(std::unique(roots.begin(), roots.end()), roots.end());
    uint64_t bytes = 0;
    for (TensorId root : roots)
      if (inArena(graph, root))
        bytes += alignTo(graph.tensors[root].bytes, options.alignment);
    // Every permission is granted here: this must stay a lower bound.
    std::vector<TensorId> results;
    if (options.inPlace)
      for (const InPlace &pair : node.inPlace)
        if (canShare(graph, node, pair, options.alignment))
          results.push_back(pair.result);
    std::sort(results.begin(), results.end());
    results.erase(std::unique(results.begin(), results.end()), results.end());
    for (TensorId t : results)
      bytes -= alignTo(graph.tensors[t].bytes, options.alignment);
    worst = std::max(worst, bytes);
  }
  return worst;
}

bool isSame(const std::vector<Buffer> &a, const std::vector<Buffer> &b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Buffer &x, const Buffer &y) {
                      return x.lower == y.lower && x.upper == y.upper &&
                             x.size == y.size;
                    });
}

Allocation place(const Lifetimes &lifetimes, const PlanOptions &options,
                 uint64_t &work) {
  // The allocator compares every box with every other.
  constexpr size_t many = 20'000;
  if (lifetimes.boxes.size() > many)
    return placeMany(lifetimes.boxes, lifetimes.maxLive);
  AllocatorOptions allocatorOptions;
  allocatorOptions.alignment = options.alignment;
  allocatorOptions.workLimit = options.allocatorWorkLimit;
  allocatorOptions.capacity = options.allocatorCapacity;
  Allocation allocation = allocate(lifetimes.boxes, allocatorOptions);
  work += allocation.work;
  return allocation;
}

void placeScratch(const Graph &graph, const PlanOptions &options, Plan &plan) {
  plan.scratchOffset = plan.tensorBytes;
  for (const Node &node : graph.nodes) {
    if (node.workspaceBytes == 0)
      continue;
    uint32_t workers = options.maxThreads;
    if (options.gridBoundsWorkers && node.maxGrid != 0)
      workers = uint32_t(std::min<uint64_t>(workers, node.maxGrid));
    plan.scratchWorkers = std::max(plan.scratchWorkers, workers);
    plan.scratchStride = std::max(
        plan.scratchStride, alignTo(node.workspaceBytes, options.alignment));
  }
  plan.arenaBytes = plan.tensorBytes + plan.scratchStride * plan.scratchWorkers;
}

Plan finish(const Graph &graph, const PlanOptions &options, Lifetimes lifetimes,
            const Allocation &allocation, Plan plan) {
  plan.tensorBytes = allocation.height;
  plan.maxLive = lifetimes.maxLive;
  plan.inPlace = std::move(lifetimes.inPlace);

  plan.offsets.assign(graph.tensors.size(), kNotInArena);
  for (TensorId t = 0; t < graph.tensors.size(); ++t) {
    Footprint f = footprint(graph, t);
    if (!inArena(graph, f.root))
      continue;
    uint32_t box = lifetimes.boxOf[f.root];
    uint64_t base =
        box == kNone ? 0
                     : allocation.offsets[box] + lifetimes.offsetInBox[f.root];
    plan.offsets[t] = base + f.offset;
  }
  placeScratch(graph, options, plan);
  return plan;
}

} // namespace

std::optional<Plan> makePlan(const Graph &graph, const PlanOptions &options,
                             std::string &error) {
  std::optional<std::string> problem = validate(graph);
  if (!problem)
    problem = checkOptions(graph, options);
  if (problem) {
    error = *problem;
    return std::nullopt;
  }

  Plan plan;
  plan.alignment = options.alignment;
  plan.order.resize(graph.nodes.size());
  std::iota(plan.order.begin(), plan.order.end(), 0);

  // Program order is what the frontend's author saw and what caches like: but
  // for what can wait it stays, unless another one has a lower peak.
  std::vector<RootAccess> accesses = rootAccesses(graph);
  std::vector<std::vector<NodeId>> before = predecessors(graph);
  if (options.reorder)
    plan.order = delayed(graph, accesses, before, std::move(plan.order));
  Lifetimes lifetimes =
      computeLifetimes(graph, accesses, plan.order, options.alignment,
                       options.inPlace ? Sharing::LowerPeak : Sharing::None);
  if (options.reorder && lifetimes.maxLive > worstNode(graph, options)) {
    std::vector<NodeId> order = searchOrder(graph, accesses, before, options,
                                            lifetimes.maxLive, plan.workOrder);
    if (!order.empty()) {
      order = delayed(graph, accesses, before, std::move(order));
      Lifetimes better = computeLifetimes(
          graph, accesses, order, options.alignment,
          options.inPlace ? Sharing::LowerPeak : Sharing::None);
      if (better.maxLive < lifetimes.maxLive) {
        lifetimes = std::move(better);
        plan.order = std::move(order);
      }
    }
  }
  Allocation allocation = place(lifetimes, options, plan.workAllocator);
  // Sharing makes boxes longer, and those are harder to place: with fewer of
  // them the arena may be smaller although more bytes are alive. The same boxes
  // fit no better a second time.
  std::vector<Buffer> tried = lifetimes.boxes;
  for (Sharing sharing : {Sharing::SameSize, Sharing::None}) {
    if (!options.inPlace ||
        allocation.height <=
            std::max(lifetimes.maxLive, options.allocatorCapacity))
      break;
    Lifetimes other = computeLifetimes(graph, accesses, plan.order,
                                       options.alignment, sharing);
    if (other.maxLive >= allocation.height || isSame(other.boxes, tried))
      continue;
    tried = other.boxes;
    Allocation placed = place(other, options, plan.workAllocator);
    if (placed.height < allocation.height) {
      allocation = std::move(placed);
      lifetimes = std::move(other);
    }
  }

  return finish(graph, options, std::move(lifetimes), allocation,
                std::move(plan));
}

std::optional<Plan> planAt(const Graph &graph, const PlanOptions &options,
                           const std::vector<uint64_t> &addresses) {
  Plan plan;
  plan.alignment = options.alignment;
  plan.order.resize(graph.nodes.size());
  std::iota(plan.order.begin(), plan.order.end(), 0);
  Lifetimes lifetimes = computeLifetimes(
      graph, rootAccesses(graph), plan.order, options.alignment,
      options.inPlace ? Sharing::SameSize : Sharing::None, &addresses);
  Allocation allocation;
  allocation.offsets.assign(lifetimes.boxes.size(), kNotInArena);
  for (TensorId t = 0; t < graph.tensors.size(); ++t)
    if (uint32_t box = lifetimes.boxOf[t]; box != kNone)
      allocation.offsets[box] = addresses[t];
  if (!completeOffsets(lifetimes.boxes, allocation.offsets))
    return std::nullopt;
  for (size_t b = 0; b < lifetimes.boxes.size(); ++b)
    allocation.height = std::max(
        allocation.height, allocation.offsets[b] + lifetimes.boxes[b].size);
  return finish(graph, options, std::move(lifetimes), allocation,
                std::move(plan));
}

} // namespace tenon::plan
