//===-- RandomGraphs.h - graphs for randomised tests ------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_TEST_UNIT_PLAN_RANDOMGRAPHS_H
#define TENON_TEST_UNIT_PLAN_RANDOMGRAPHS_H

#include "tenon/Plan/Allocator.h"
#include "tenon/Plan/Graph.h"

#include <cstdint>
#include <vector>

namespace tenon::plan::test {

/// The same numbers on every standard library.
class Random {
public:
  explicit Random(uint64_t seed) : state(seed * 2 + 1) {}
  uint64_t next() {
    state = state * 6364136223846793005u + 1442695040888963407u;
    uint64_t x = state;
    x = (x ^ (x >> 31)) * 0x7fb5d329728ea185u;
    x = (x ^ (x >> 27)) * 0x81dadef4bc2dd44du;
    return x ^ (x >> 33);
  }
  /// In [0, bound).
  uint64_t below(uint64_t bound) { return next() % bound; }
  bool chance(unsigned percent) { return below(100) < percent; }

private:
  uint64_t state;
};

/// A valid graph with views, concatenations, in-place permissions, live-out
/// tensors, workspace and ordering edges. Tensors are small, so that they can
/// be simulated byte by byte.
Graph randomGraph(Random &random, unsigned nodes);

/// A training step: chains, skips, residuals, concatenations or no order at
/// all, differentiated; with views, saved values, state, updates behind all
/// readers, gradients that survive.
Graph randomTrainingStep(Random &random, unsigned layers);

/// Buffers without structure.
std::vector<Buffer> randomBuffers(Random &random, unsigned count,
                                  uint64_t times, uint64_t maxSize);

/// Buffers that are known to fit `height` exactly: a rectangle cut into pieces.
std::vector<Buffer> guillotineBuffers(Random &random, unsigned count,
                                      uint64_t times, uint64_t height);

} // namespace tenon::plan::test

#endif // TENON_TEST_UNIT_PLAN_RANDOMGRAPHS_H
