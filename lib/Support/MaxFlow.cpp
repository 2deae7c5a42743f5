//===-- MaxFlow.cpp - minimum cuts ----------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tenon/Support/MaxFlow.h"

#include <algorithm>

namespace tenon {

uint32_t MaxFlow::addEdge(uint32_t from, uint32_t to, uint64_t capacity) {
  uint32_t edge = uint32_t(edges.size());
  edges.push_back({to, first[from], capacity});
  first[from] = edge;
  edges.push_back({from, first[to], 0});
  first[to] = edge + 1;
  return edge;
}

void MaxFlow::setCapacity(uint32_t edge, uint64_t capacity) {
  edges[edge].left = capacity - edges[edge ^ 1].left;
}

bool MaxFlow::findLevels(uint32_t source, uint32_t sink) {
  level.assign(first.size(), kEnd);
  level[source] = 0;
  queue.assign(1, source);
  for (size_t q = 0; q < queue.size(); ++q)
    for (uint32_t e = first[queue[q]]; e != kEnd; e = edges[e].next) {
      ++work;
      if (edges[e].left == 0 || level[edges[e].to] != kEnd)
        continue;
      level[edges[e].to] = level[queue[q]] + 1;
      queue.push_back(edges[e].to);
    }
  return level[sink] != kEnd;
}

/// Finds one path along the levels and fills it.
uint64_t MaxFlow::push(uint32_t source, uint32_t sink) {
  path.clear();
  uint32_t v = source;
  while (v != sink) {
    uint32_t &e = at[v];
    while (e != kEnd &&
           !(edges[e].left != 0 && level[edges[e].to] == level[v] + 1)) {
      e = edges[e].next;
      ++work;
    }
    if (e != kEnd) {
      path.push_back(e);
      v = edges[e].to;
      continue;
    }
    if (path.empty())
      return 0;
    // A dead end: step back, past the edge that led here.
    level[v] = kEnd - 1;
    v = edges[path.back() ^ 1].to;
    path.pop_back();
  }
  uint64_t amount = kUnbounded;
  for (uint32_t e : path)
    amount = std::min(amount, edges[e].left);
  for (uint32_t e : path) {
    edges[e].left -= amount;
    edges[e ^ 1].left += amount;
  }
  return amount;
}

uint64_t MaxFlow::run(uint32_t source, uint32_t sink) {
  while (findLevels(source, sink)) {
    at = first;
    while (uint64_t amount = push(source, sink))
      flow += amount;
  }
  return flow;
}

void MaxFlow::keep() {
  keptEdges = edges;
  keptFlow = flow;
}

void MaxFlow::restore() {
  edges = keptEdges;
  flow = keptFlow;
}

} // namespace tenon
