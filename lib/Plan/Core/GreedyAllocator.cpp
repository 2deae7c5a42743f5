//===-- GreedyAllocator.cpp - placement buffer by buffer ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/GreedyAllocator.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace tenon::plan {

namespace {

constexpr size_t kFewOrders = 8'000;

struct Event {
  uint64_t time;
  bool begins; ///< Ends sort first: extents are half-open.
  uint32_t buffer;
};

std::vector<Event> eventsOf(const std::vector<Buffer> &buffers) {
  std::vector<Event> events;
  for (uint32_t b = 0; b < buffers.size(); ++b) {
    events.push_back({buffers[b].lower, true, b});
    events.push_back({buffers[b].upper, false, b});
  }
  std::sort(events.begin(), events.end(), [](const Event &a, const Event &b) {
    if (a.time != b.time)
      return a.time < b.time;
    return a.begins != b.begins ? !a.begins : a.buffer < b.buffer;
  });
  return events;
}

/// For every buffer, the most bytes alive at once during its life.
std::vector<uint64_t> breadths(const std::vector<Buffer> &buffers) {
  std::vector<uint64_t> times;
  for (const Buffer &b : buffers)
    times.push_back(b.lower);
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  auto indexOf = [&](uint64_t time) {
    return size_t(std::lower_bound(times.begin(), times.end(), time) -
                  times.begin());
  };
  std::vector<uint64_t> live(times.size(), 0);
  for (const Buffer &b : buffers)
    for (size_t t = indexOf(b.lower); t < indexOf(b.upper); ++t)
      live[t] += b.size;
  std::vector<uint64_t> result;
  for (const Buffer &b : buffers)
    result.push_back(*std::max_element(live.begin() + indexOf(b.lower),
                                       live.begin() + indexOf(b.upper)));
  return result;
}

/// A buffer that has its place.
struct Placed {
  uint64_t lower, upper; ///< Times.
  uint64_t from, to;     ///< Offsets.
};

/// Offsets, one buffer after another, between those in `placed`. None if the
/// height reaches `enough`.
std::vector<uint64_t> place(const std::vector<Buffer> &buffers,
                            const std::vector<uint32_t> &order, bool bestFit,
                            uint64_t enough, std::vector<Placed> placed = {}) {
  std::vector<uint64_t> offsets(buffers.size(), 0);
  // By offset. They are walked for every buffer: all that counts lies together.
  placed.reserve(buffers.size());
  for (uint32_t b : order) {
    const Buffer buffer = buffers[b];
    uint64_t top = 0;
    uint64_t at = UINT64_MAX;
    uint64_t smallest = UINT64_MAX;
    for (const Placed &other : placed) {
      if (other.lower >= buffer.upper || other.upper <= buffer.lower)
        continue;
      if (other.from >= top + buffer.size && other.from - top < smallest) {
        at = top;
        smallest = other.from - top;
        if (!bestFit || smallest == buffer.size)
          break;
      }
      top = std::max(top, other.to);
    }
    offsets[b] = at == UINT64_MAX ? top : at;
    if (offsets[b] + buffer.size >= enough)
      return {};
    Placed own{buffer.lower, buffer.upper, offsets[b],
               offsets[b] + buffer.size};
    placed.insert(std::upper_bound(placed.begin(), placed.end(), own,
                                   [](const Placed &x, const Placed &y) {
                                     return x.from < y.from;
                                   }),
                  own);
  }
  return offsets;
}

} // namespace

uint64_t maxLiveBytes(const std::vector<Buffer> &buffers) {
  uint64_t live = 0;
  uint64_t most = 0;
  for (const Event &e : eventsOf(buffers)) {
    if (e.begins)
      live += buffers[e.buffer].size;
    else
      live -= buffers[e.buffer].size;
    most = std::max(most, live);
  }
  return most;
}

uint64_t heightOf(const std::vector<Buffer> &buffers,
                  const std::vector<uint64_t> &offsets) {
  uint64_t height = 0;
  for (size_t b = 0; b < buffers.size(); ++b)
    height = std::max(height, offsets[b] + buffers[b].size);
  return height;
}

std::vector<uint64_t> allocateGreedily(const std::vector<Buffer> &buffers,
                                       uint64_t goal) {
  std::vector<uint64_t> breadth = breadths(buffers);
  auto size = [&](uint32_t b) { return double(buffers[b].size); };
  auto life = [&](uint32_t b) {
    return double(buffers[b].upper - buffers[b].lower);
  };
  std::vector<uint64_t> best;
  uint64_t bestHeight = UINT64_MAX;
  auto attempt = [&](auto rank) {
    std::vector<uint32_t> order(buffers.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
      auto rankOfA = rank(a);
      auto rankOfB = rank(b);
      return rankOfA != rankOfB ? rankOfA > rankOfB : a < b;
    });
    for (bool bestFit : {false, true}) {
      if (bestHeight <= goal)
        return;
      std::vector<uint64_t> offsets =
          place(buffers, order, bestFit, bestHeight);
      if (offsets.empty())
        continue;
      bestHeight = heightOf(buffers, offsets);
      best = std::move(offsets);
    }
  };
  using Rank = std::pair<double, double>;
  attempt([&](uint32_t b) { return Rank(size(b), life(b)); });
  attempt([&](uint32_t b) { return Rank(life(b), size(b)); });
  // Every order takes time that grows with the square.
  if (buffers.size() > kFewOrders)
    return best;
  attempt([&](uint32_t b) { return Rank(size(b) * life(b), size(b)); });
  attempt([&](uint32_t b) { return Rank(double(breadth[b]), size(b)); });
  attempt([&](uint32_t b) { return Rank(double(breadth[b]), life(b)); });
  attempt([&](uint32_t b) { return Rank(-double(buffers[b].lower), size(b)); });
  attempt([&](uint32_t b) { return Rank(double(buffers[b].upper), size(b)); });
  return best;
}

bool placeBetween(const std::vector<Buffer> &buffers, uint64_t enough,
                  std::vector<uint64_t> &offsets) {
  std::vector<Placed> placed;
  std::vector<uint32_t> rest;
  for (uint32_t b = 0; b < buffers.size(); ++b)
    if (offsets[b] == UINT64_MAX)
      rest.push_back(b);
    else
      placed.push_back({buffers[b].lower, buffers[b].upper, offsets[b],
                        offsets[b] + buffers[b].size});
  std::sort(placed.begin(), placed.end(), [](const Placed &x, const Placed &y) {
    return x.from != y.from ? x.from < y.from : x.lower < y.lower;
  });
  auto size = [&](uint32_t b) { return buffers[b].size; };
  auto life = [&](uint32_t b) { return buffers[b].upper - buffers[b].lower; };
  std::vector<uint64_t> best;
  auto attempt = [&](auto rank) {
    std::sort(rest.begin(), rest.end(), [&](uint32_t a, uint32_t b) {
      return std::make_tuple(rank(b), a) < std::make_tuple(rank(a), b);
    });
    for (bool bestFit : {false, true}) {
      std::vector<uint64_t> found =
          place(buffers, rest, bestFit, enough, placed);
      if (found.empty())
        continue;
      for (size_t b = 0; b < buffers.size(); ++b)
        if (offsets[b] != UINT64_MAX)
          found[b] = offsets[b];
      enough = heightOf(buffers, found);
      best = std::move(found);
    }
  };
  using Rank = std::pair<uint64_t, uint64_t>;
  attempt([&](uint32_t b) { return Rank(size(b), life(b)); });
  attempt([&](uint32_t b) { return Rank(life(b), size(b)); });
  attempt([&](uint32_t b) { return Rank(~buffers[b].lower, size(b)); });
  if (best.empty())
    return false;
  offsets = std::move(best);
  return true;
}

} // namespace tenon::plan
