//===-- Chain.h - a training step as a chain of blocks ----------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A training step runs forward to a turning point and then back through the
// same places. Cuts of the forward part divide it into blocks; behind the
// turning point every block has the events that read what it computed. With the
// values that cross a cut, and nothing else, the events of all blocks behind
// the cut can be reached by running forward again from there.
//
//   forward   | block 0 | block 1 | ... | block n-1 |
//   backward  | events n-1 | ... | events 1 | events 0 |
//
// Everything is measured, nothing assumed: on a graph that is no training step
// the blocks are of little use, but what is built from them stays correct.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_PLAN_CORE_CHAIN_H
#define TENON_LIB_PLAN_CORE_CHAIN_H

#include "lib/Plan/Core/Schedule.h"

#include <vector>

namespace tenon::plan {

/// Positions are those of `Model::order`. "Crossing" values are those that the
/// forward part still reads behind a cut.
struct Chain {
  struct Block {
    uint32_t begin = 0, end = 0;             ///< Forward positions.
    uint32_t eventsBegin = 0, eventsEnd = 0; ///< Backward positions.
    uint64_t cost = 0;                       ///< Of what may be repeated.
    /// Bytes that the events need of this block, and those that cross its end,
    /// beyond what crosses its beginning.
    uint64_t tape = 0;
    /// Most bytes at once, beyond those that cross the beginning: running
    /// forward and forgetting, or keeping the tape; running the events, beyond
    /// what late values occupy before them.
    uint64_t forwardPeak = 0;
    uint64_t tapePeak = 0;
    uint64_t eventsPeak = 0;
    /// Bytes that late values occupy before the events.
    uint64_t lateBytes = 0;
    /// To bring the tape back when what crosses the end is still there.
    std::vector<uint32_t> rest; ///< Positions, ascending.
    uint64_t restCost = 0;
    /// Blocks with equal numbers are alike.
    uint32_t kind = 0;
  };
  uint32_t turn = 0; ///< The first backward position.
  std::vector<Block> blocks;
  /// crossing[b][i], i <= b: bytes that cross the beginning of block b and were
  /// computed in block i or later. One more row for the turning point.
  std::vector<std::vector<uint64_t>> crossing;
};

/// Cuts the model's order into at most about `maxBlocks` blocks.
Chain findChain(const Model &model, uint32_t maxBlocks);

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_CHAIN_H
