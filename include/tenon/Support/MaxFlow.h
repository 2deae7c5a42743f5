//===-- MaxFlow.h - minimum cuts --------------------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Dinic's algorithm on integer capacities.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_SUPPORT_MAXFLOW_H
#define TENON_SUPPORT_MAXFLOW_H

#include <cstdint>
#include <vector>

namespace tenon {

class MaxFlow {
public:
  static constexpr uint64_t kUnbounded = uint64_t(1) << 62;

  explicit MaxFlow(uint32_t vertices) : first(vertices, kEnd) {}

  /// Adds an edge and returns its number.
  uint32_t addEdge(uint32_t from, uint32_t to, uint64_t capacity);
  /// The new capacity must not be below what flows through the edge.
  void setCapacity(uint32_t edge, uint64_t capacity);

  /// The largest flow from source to sink. Starts from the one that is there,
  /// at first none.
  uint64_t run(uint32_t source, uint32_t sink);

  /// Remembers the flow that is there.
  void keep();
  /// Goes back to that flow, and to the capacities of that time.
  void restore();

  /// After `run`: true for vertices on the source's side of the smallest cut.
  bool onSourceSide(uint32_t vertex) const { return level[vertex] != kEnd; }

  uint64_t work = 0;

private:
  static constexpr uint32_t kEnd = UINT32_MAX;
  struct Edge {
    uint32_t to;
    uint32_t next; ///< Of the same vertex.
    uint64_t left; ///< Of the capacity.
  };

  bool findLevels(uint32_t source, uint32_t sink);
  uint64_t push(uint32_t source, uint32_t sink);

  /// Each is followed by its reverse, of which there is as much left as flows.
  std::vector<Edge> edges;
  uint64_t flow = 0;
  std::vector<Edge> keptEdges;
  uint64_t keptFlow = 0;
  std::vector<uint32_t> first;
  std::vector<uint32_t> at; ///< The edge to try next, by vertex.
  std::vector<uint32_t> level;
  std::vector<uint32_t> queue;
  std::vector<uint32_t> path;
};

} // namespace tenon

#endif // TENON_SUPPORT_MAXFLOW_H
