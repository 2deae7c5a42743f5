//===-- ManyBoxes.cpp - offsets in programs of very many clones -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/ManyBoxes.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace tenon::plan {

namespace {

using Rank = std::pair<uint64_t, uint64_t>;

class Placer {
public:
  explicit Placer(const std::vector<Buffer> &boxes)
      : boxes(boxes), found(boxes.size(), 0) {
    for (const Buffer &box : boxes)
      last = std::max(last, box.upper);
  }

  std::vector<uint64_t> place(const std::vector<uint32_t> &order) {
    offsets.assign(boxes.size(), 0);
    slices.assign(kSlices, {});
    for (uint32_t b : order) {
      findNeighbours(b);
      put(b, lowestGap(b));
    }
    return offsets;
  }

  bool complete(std::vector<uint64_t> &given) {
    offsets.assign(boxes.size(), 0);
    slices.assign(kSlices, {});
    for (bool isGiven : {true, false})
      for (uint32_t b = 0; b < boxes.size(); ++b) {
        if ((given[b] != UINT64_MAX) != isGiven)
          continue;
        findNeighbours(b);
        if (!isGiven) {
          put(b, lowestGap(b));
          continue;
        }
        for (auto [from, to] : neighbours)
          if (from < given[b] + boxes[b].size && given[b] < to)
            return false;
        put(b, given[b]);
      }
    given = std::move(offsets);
    return true;
  }

private:
  static constexpr size_t kSlices = 4096;

  size_t sliceOf(uint64_t time) const {
    return size_t(time * (kSlices - 1) / std::max<uint64_t>(last, 1));
  }

  void put(uint32_t b, uint64_t offset) {
    offsets[b] = offset;
    for (size_t s = sliceOf(boxes[b].lower); s <= sliceOf(boxes[b].upper - 1);
         ++s)
      slices[s].push_back(b);
  }

  /// What is placed already and alive at the same time.
  void findNeighbours(uint32_t b) {
    ++stamp;
    neighbours.clear();
    for (size_t s = sliceOf(boxes[b].lower); s <= sliceOf(boxes[b].upper - 1);
         ++s)
      for (uint32_t other : slices[s])
        if (found[other] != stamp && boxes[other].lower < boxes[b].upper &&
            boxes[other].upper > boxes[b].lower) {
          found[other] = stamp;
          neighbours.push_back(
              {offsets[other], offsets[other] + boxes[other].size});
        }
  }

  uint64_t lowestGap(uint32_t b) {
    std::sort(neighbours.begin(), neighbours.end());
    uint64_t top = 0;
    for (auto [from, to] : neighbours) {
      if (from >= top + boxes[b].size)
        break;
      top = std::max(top, to);
    }
    return top;
  }

  const std::vector<Buffer> &boxes;
  uint64_t last = 0;
  std::vector<uint64_t> offsets;
  std::vector<std::vector<uint32_t>> slices; ///< Of time: what is alive there.
  std::vector<std::pair<uint64_t, uint64_t>> neighbours;
  std::vector<uint32_t> found; ///< By box: equals `stamp`.
  uint32_t stamp = 0;
};

} // namespace

Allocation placeMany(const std::vector<Buffer> &boxes, uint64_t maxLive) {
  Allocation best;
  best.maxLive = maxLive;
  best.height = UINT64_MAX;
  Placer placer(boxes);
  auto attempt = [&](auto rank) {
    if (best.height <= maxLive)
      return;
    std::vector<uint32_t> order(boxes.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
      Rank rankOfA = rank(boxes[a]);
      Rank rankOfB = rank(boxes[b]);
      return rankOfA != rankOfB ? rankOfA > rankOfB : a < b;
    });
    std::vector<uint64_t> offsets = placer.place(order);
    uint64_t height = 0;
    for (size_t b = 0; b < boxes.size(); ++b)
      height = std::max(height, offsets[b] + boxes[b].size);
    if (height < best.height) {
      best.height = height;
      best.offsets = std::move(offsets);
    }
  };
  auto life = [](const Buffer &b) { return b.upper - b.lower; };
  attempt([&](const Buffer &b) { return Rank(b.size, life(b)); });
  attempt([&](const Buffer &b) { return Rank(b.size, UINT64_MAX - b.lower); });
  attempt([&](const Buffer &b) { return Rank(b.size, b.upper); });
  attempt([&](const Buffer &b) { return Rank(life(b), b.size); });
  attempt([&](const Buffer &b) { return Rank(b.size * life(b), b.size); });
  attempt([&](const Buffer &b) { return Rank(UINT64_MAX - b.lower, b.size); });
  attempt([&](const Buffer &b) { return Rank(b.upper, b.size); });
  return best;
}

bool completeOffsets(const std::vector<Buffer> &boxes,
                     std::vector<uint64_t> &offsets) {
  return Placer(boxes).complete(offsets);
}

} // namespace tenon::plan
