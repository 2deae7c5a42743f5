//===-- Allocator.cpp - offsets for buffers with known lifetimes ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tenon/Plan/Allocator.h"

#include "lib/Plan/Core/ExactAllocator.h"
#include "lib/Plan/Core/GreedyAllocator.h"

#include <algorithm>
#include <optional>

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
  // The goal itself first, then halfway between what is known and what failed;
  // then all of it again with more work, while the limit lasts. One height that
  // is easily met must not wait for one that cannot be.
  uint64_t slice = options.workLimit / 128;
  std::optional<ExactAllocator> exact;
  auto attempt = [&](uint64_t target) {
    uint64_t left =
        options.workLimit - std::min(result.work, options.workLimit);
    if (!exact)
      exact.emplace(real);
    std::vector<uint64_t> offsets;
    Outcome outcome =
        exact->fit(target, std::min(slice, left), result.work, offsets);
    if (outcome == Outcome::Found) {
      best = std::move(offsets);
      height = heightOf(real, best);
    } else if (outcome == Outcome::Impossible) {
      goal = std::max(goal, target + 1);
    }
    return outcome == Outcome::Found;
  };
  while (height > goal && result.work < options.workLimit) {
    uint64_t failed = goal;
    bool found = attempt(goal);
    while (!found && height > goal && result.work < options.workLimit &&
           height - std::max(failed, goal) > height / 256) {
      uint64_t target = failed + (height - failed) / 2;
      if (!attempt(target))
        failed = target;
    }
    slice *= 2;
  }
  for (size_t i = 0; i < index.size(); ++i)
    result.offsets[index[i]] = best[i];
  result.height = height;
  return result;
}

} // namespace tenon::plan
