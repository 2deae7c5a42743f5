//===-- Allocator.cpp - offsets for buffers with known lifetimes ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tenon/Plan/Allocator.h"

#include "lib/Plan/Core/ExactAllocator.h"
#include "lib/Plan/Core/GreedyAllocator.h"
#include "lib/Plan/Core/SweepAllocator.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace tenon::plan {

/// True if only a small part of the buffers is alive at a time: the search
/// buffer by buffer sees little of such a program.
static bool isLong(const std::vector<Buffer> &buffers) {
  std::vector<uint64_t> uppers;
  for (const Buffer &buffer : buffers)
    uppers.push_back(buffer.upper);
  std::sort(uppers.begin(), uppers.end());
  std::vector<uint64_t> lowers;
  for (const Buffer &buffer : buffers)
    lowers.push_back(buffer.lower);
  std::sort(lowers.begin(), lowers.end());
  uint64_t alive = 0;
  size_t ended = 0;
  for (size_t begun = 0; begun < lowers.size(); ++begun) {
    while (uppers[ended] <= lowers[begun])
      ++ended;
    alive += begun + 1 - ended;
  }
  return 24 * alive <= buffers.size() * buffers.size();
}

/// Follows few layouts along time, then more, within the goal, and where that
/// fails within a little more and more: mostly little is enough.
static void sweepAlongTime(const std::vector<Buffer> &buffers,
                           uint64_t alignment, uint64_t goal, uint64_t limit,
                           std::vector<uint64_t> &best, uint64_t &height,
                           uint64_t &work) {
  goal = goal / alignment * alignment;
  for (size_t width = 16; width <= 1024 && height > goal; width *= 4)
    for (uint64_t more = 0; goal + more < height && work < limit;
         more = std::max({more + alignment, more * 3 / 2, height / 128}) /
                alignment * alignment) {
      std::vector<uint64_t> offsets;
      Sweep outcome = allocateAlongTime(buffers, goal + more, width,
                                        limit - work, work, offsets);
      if (outcome == Sweep::TooDear)
        return;
      if (outcome == Sweep::Found) {
        best = std::move(offsets);
        height = heightOf(buffers, best);
      }
    }
}

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
      // Heights are multiples of the alignment.
      goal = std::max(goal, target / alignment * alignment + alignment);
    }
    return outcome == Outcome::Found;
  };
  bool swept = false;
  while (height > goal && result.work < options.workLimit) {
    uint64_t failed = goal;
    bool found = attempt(goal);
    if (!found && !std::exchange(swept, true) && isLong(real))
      sweepAlongTime(real, alignment, goal, options.workLimit / 8 * 7, best,
                     height, result.work);
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
