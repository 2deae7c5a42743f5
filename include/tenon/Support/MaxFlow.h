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
  void setCapacity(uint32_t edge, uint64_t capacity);

  /// The flow from source to sink, from scratch.
  uint64_t run(uint32_t source, uint32_t sink);

  /// After `run`: true for vertices on the source's side of the smallest cut.
  bool onSourceSide(uint32_t vertex) const { return level[vertex] != kEnd; }

  uint64_t work = 0;

private:
  static constexpr uint32_t kEnd = UINT32_MAX;
  struct Edge {
    uint32_t to;
    uint32_t next; ///< Of the same vertex.
    uint64_t capacity;
    uint64_t left;
  };

  bool findLevels(uint32_t source, uint32_t sink);
  uint64_t push(uint32_t source, uint32_t sink);

  std::vector<Edge> edges; ///< Each is followed by its reverse.
  std::vector<uint32_t> first;
  std::vector<uint32_t> at; ///< The edge to try next, by vertex.
  std::vector<uint32_t> level;
  std::vector<uint32_t> queue;
  std::vector<uint32_t> path;
};

} // namespace tenon

#endif // TENON_SUPPORT_MAXFLOW_H
