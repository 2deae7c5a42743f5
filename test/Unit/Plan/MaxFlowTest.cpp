//===-- MaxFlowTest.cpp - minimum cuts ------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tenon/Support/MaxFlow.h"

#include "lib/Plan/Core/Mix.h"

#include <gtest/gtest.h>

namespace tenon {
namespace {

struct TestEdge {
  uint32_t from, to;
  uint64_t capacity;
};

constexpr uint32_t kVertices = 7; // 0 is the source, 1 the sink.

/// The least cut of all, and of those with it the smallest source's side.
std::pair<uint64_t, uint32_t> leastCut(const std::vector<TestEdge> &edges) {
  std::pair<uint64_t, uint32_t> best{UINT64_MAX, 0};
  for (uint32_t side = 1; side < 1u << kVertices; side += 4) {
    uint64_t cut = 0;
    for (const TestEdge &e : edges)
      cut += (side >> e.from & 1) && !(side >> e.to & 1) ? e.capacity : 0;
    if (cut < best.first)
      best = {cut, side};
    else if (cut == best.first)
      best.second &= side; // Smallest cuts are closed under intersection.
  }
  return best;
}

// Capacities only grow from what was kept; what ran in between leaves nothing.
TEST(MaxFlow, FindsTheLeastCutWhereverItStarts) {
  uint64_t state = 0;
  auto random = [&](uint64_t bound) {
    return plan::mixed(state += plan::kMixStep) % bound;
  };
  for (int round = 0; round < 300; ++round) {
    MaxFlow flow(kVertices);
    std::vector<TestEdge> edges;
    for (int e = 0; e < 14; ++e) {
      uint32_t from = uint32_t(random(kVertices));
      uint32_t to = uint32_t(random(kVertices));
      if (from == to)
        continue;
      edges.push_back({from, to, random(10)});
      flow.addEdge(from, to, edges.back().capacity);
    }
    flow.keep();
    std::vector<TestEdge> kept = edges;
    for (int step = 0; step < 6; ++step) {
      flow.restore();
      edges = kept;
      for (uint32_t e = 0; e < edges.size(); ++e) {
        edges[e].capacity += random(2) * random(10);
        flow.setCapacity(2 * e, edges[e].capacity);
      }
      auto [cut, side] = leastCut(edges);
      EXPECT_EQ(flow.run(0, 1), cut);
      for (uint32_t v = 0; v < kVertices; ++v)
        EXPECT_EQ(flow.onSourceSide(v), bool(side >> v & 1));
      if (random(2) == 0) {
        flow.keep();
        kept = edges;
      }
    }
  }
}

} // namespace
} // namespace tenon
