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

namespace {

/// For the large buffers alone: more of it finds little more.
constexpr uint64_t kLargeWork = 32'000'000;

/// Buffers that have bytes and extent, and the lowest placement found so far.
class Search {
public:
  /// Heights up to `goal` are good enough.
  Search(const std::vector<Buffer> &buffers, uint64_t alignment, uint64_t goal)
      : buffers(buffers), alignment(alignment), goal(goal),
        offsets(allocateGreedily(buffers, goal)),
        height(heightOf(buffers, offsets)) {}

  /// Places what has more than `smallest` bytes as low as can be, or so that
  /// what is small has room above, and the rest in the gaps. False if the large
  /// ones alone are too much for the exact search.
  bool placeLargeFirst(uint64_t smallest, uint64_t workLimit) {
    std::vector<Buffer> large, small;
    for (const Buffer &buffer : buffers)
      (buffer.size > smallest ? large : small).push_back(buffer);
    if (height <= goal || large.empty() || small.empty())
      return true;
    uint64_t least = maxLiveBytes(large);
    uint64_t most = goal - std::min(goal, maxLiveBytes(small));
    ExactAllocator search(large);
    std::vector<uint64_t> placed;
    if (search.fit(least, workLimit, work, placed) != Outcome::Found &&
        (most <= least ||
         search.fit(most, workLimit, work, placed) != Outcome::Found))
      return false;
    std::vector<uint64_t> found;
    auto next = placed.begin();
    for (const Buffer &buffer : buffers)
      found.push_back(buffer.size > smallest ? *next++ : UINT64_MAX);
    if (placeBetween(buffers, height, found))
      take(std::move(found));
    return true;
  }

  /// The goal itself first, then halfway between what is known and what failed;
  /// then all of it again with more work, while the limit lasts. One height
  /// that is easily met must not wait for one that cannot be.
  void improve(uint64_t workLimit) {
    limit = work + workLimit;
    slice = workLimit / 128;
    bool swept = false;
    while (height > goal && work < limit) {
      uint64_t failed = goal;
      bool found = attempt(goal);
      if (!found && !std::exchange(swept, true) && isLong(buffers))
        sweepAlongTime(work + workLimit / 8 * 7);
      while (!found && height > goal && work < limit &&
             height - std::max(failed, goal) > height / 256) {
        uint64_t target = failed + (height - failed) / 2;
        if (!attempt(target))
          failed = target;
      }
      slice *= 2;
    }
  }

private:
  void take(std::vector<uint64_t> found) {
    offsets = std::move(found);
    height = heightOf(buffers, offsets);
  }

  bool attempt(uint64_t target) {
    if (!exact)
      exact.emplace(buffers);
    std::vector<uint64_t> found;
    Outcome outcome = exact->fit(
        target, std::min(slice, limit - std::min(work, limit)), work, found);
    if (outcome == Outcome::Found)
      take(std::move(found));
    else if (outcome == Outcome::Impossible) // Heights are aligned.
      goal = std::max(goal, target / alignment * alignment + alignment);
    return outcome == Outcome::Found;
  }

  /// Follows few layouts along time, then more, within the goal, and where that
  /// fails within a little more and more: mostly little is enough.
  void sweepAlongTime(uint64_t stop) {
    uint64_t least = goal / alignment * alignment;
    for (size_t width = 16; width <= 1024 && height > least; width *= 4)
      for (uint64_t more = 0; least + more < height && work < stop;
           more = std::max({more + alignment, more * 3 / 2, height / 128}) /
                  alignment * alignment) {
        std::vector<uint64_t> found;
        Sweep outcome = allocateAlongTime(buffers, least + more, width,
                                          stop - work, work, found);
        if (outcome == Sweep::TooDear)
          return;
        if (outcome == Sweep::Found)
          take(std::move(found));
      }
  }

  const std::vector<Buffer> &buffers;
  uint64_t alignment;
  uint64_t goal;
  uint64_t limit = 0, slice = 0; ///< Of work: in all, and of one attempt.
  std::optional<ExactAllocator> exact;

public:
  std::vector<uint64_t> offsets;
  uint64_t height = 0;
  uint64_t work = 0;
};

} // namespace

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
  Search search(real, alignment, std::max(result.maxLive, options.capacity));
  // Where large buffers leave a gap there is room for many small ones.
  for (uint64_t part : {16, 64, 128, 256, 512})
    if (!search.placeLargeFirst(result.maxLive / part,
                                std::min(options.workLimit, kLargeWork)))
      break;
  search.improve(options.workLimit -
                 std::min(options.workLimit / 8, search.work));
  for (size_t i = 0; i < index.size(); ++i)
    result.offsets[index[i]] = search.offsets[i];
  result.height = search.height;
  result.work = search.work;
  return result;
}

} // namespace tenon::plan
