//===-- Allocator.cpp - offsets for buffers with known lifetimes ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tenon/Plan/Allocator.h"

#include "lib/Plan/Core/ExactAllocator.h"
#include "lib/Plan/Core/GreedyAllocator.h"

#include <algorithm>

namespace tenon::plan {

Allocation allocate(const std::vector<Buffer> &buffers,
                    const AllocatorOptions &options) {
  Allocation result;
  result.offsets.assign(buffers.size(), 0);
  uint64_t alignment = std::max<uint64_t>(options.alignment, 1);
  std::vector<Buffer> real;
  std::vector<size_t> index;
  for (size_t b = 0; b < buffers.size(); ++b) {
    if (buffers[b].size == 0 || buffers[b].lower >= buffers[b].upper)
      continue;
    real.push_back(buffers[b]);
    real.back().size =
        (buffers[b].size + alignment - 1) / alignment * alignment;
    index.push_back(b);
  }
  result.maxLive = maxLiveBytes(real);
  uint64_t goal = std::max(result.maxLive, options.capacity);

  std::vector<uint64_t> best = allocateGreedily(real, goal);
  uint64_t height = heightOf(real, best);
  // Ever less demanding heights, and again with more work while it lasts: one
  // that is easily met must not wait for one that cannot be.
  uint64_t slice = options.workLimit / 64;
  while (height > goal && result.work < options.workLimit) {
    uint64_t proven = result.maxLive; // No height below it exists.
    for (uint64_t percent : {0, 1, 2, 4, 8, 16}) {
      uint64_t target = goal + goal / 100 * percent;
      target -= target % alignment;
      target = std::max(target, goal);
      if (target >= height)
        break;
      uint64_t left =
          options.workLimit - std::min(result.work, options.workLimit);
      std::vector<uint64_t> offsets;
      Outcome outcome = allocateExactly(real, target, std::min(slice, left),
                                        result.work, offsets);
      if (outcome == Outcome::Found) {
        best = std::move(offsets);
        height = heightOf(real, best);
        break;
      }
      if (outcome == Outcome::Impossible)
        proven = std::max(proven, target + 1);
    }
    if (proven > goal)
      goal = proven;
    slice *= 2;
  }
  for (size_t i = 0; i < index.size(); ++i)
    result.offsets[index[i]] = best[i];
  result.height = height;
  return result;
}

} // namespace tenon::plan
