//===-- SweepAllocator.cpp - placement along time -------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/SweepAllocator.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <tuple>

namespace tenon::plan {

namespace {

/// Ends of buffers, and buffers to come, that a layout is judged by.
constexpr size_t kMostEnds = 32;
constexpr size_t kAhead = 24;

/// Something alive, in a layout sorted by address.
struct Laid {
  uint64_t at = 0, top = 0;
  uint64_t upper = 0; ///< When it ends.
};

class Beam {
public:
  Beam(const std::vector<Buffer> &buffers, uint64_t capacity, size_t width,
       uint64_t limit)
      : buffers(buffers), capacity(capacity), width(width), limit(limit),
        order(buffers.size()) {
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
      return std::make_tuple(buffers[a].lower, buffers[b].size, a) <
             std::make_tuple(buffers[b].lower, buffers[a].size, b);
    });
    while (capacity >> shift >= uint64_t(1) << 24)
      ++shift;
  }

  Sweep run(std::vector<uint64_t> &offsets) {
    std::vector<Choice> all;      // Of all layouts that were followed.
    std::vector<size_t> begin(1); // By step: its choices.
    count = 1;                    // One, of nothing.
    live = 0;
    for (step = 0; step < order.size(); ++step) {
      // The rest will cost at least as much as half of what is done says.
      if (work > limit ||
          (step % 16 == 15 && work / 2 > limit * (step + 1) / order.size()))
        return Sweep::TooDear;
      endBefore(buffers[order[step]].lower);
      lookAhead();
      offerAll();
      if (choices.empty())
        return Sweep::Stuck;
      keepBest();
      for (const Choice &choice : choices)
        all.push_back(choice);
      begin.push_back(all.size());
    }
    offsets.assign(buffers.size(), 0);
    size_t layout = 0;
    for (size_t s = order.size(); s-- > 0;) {
      const Choice &choice = all[begin[s] + layout];
      offsets[order[s]] = choice.at;
      layout = choice.layout;
    }
    return Sweep::Found;
  }

  /// When the buffer begins that is to be placed.
  uint64_t now() const { return buffers[order[step]].lower; }

  uint64_t work = 0;

private:
  /// To lay the next buffer at an address of a layout.
  struct Choice {
    uint64_t score = 0;
    uint32_t layout = 0;
    uint32_t place = 0; ///< In the sorted layout.
    uint64_t at = 0;
  };

  /// Buffers that begin up to a time and are alive then, largest first.
  struct Moment {
    uint64_t time = 0;
    uint64_t weight = 0;
    size_t begin = 0, end = 0; ///< Of `coming`.
    uint64_t bytes = 0;        ///< Of all.
  };

  /// When something ends.
  struct End {
    uint64_t time = 0;
    uint64_t weight = 0;
    uint64_t room = 0; ///< Bytes outside of what is alive then.
  };

  /// Of a layout at a time.
  struct Gaps {
    uint64_t largest = 0;
    size_t count = 0;
  };

  const Laid *layout(size_t l) const { return laid.data() + l * live; }

  /// Removes from all layouts what ends before `time`.
  void endBefore(uint64_t time) {
    size_t out = 0;
    size_t left = live;
    for (size_t l = 0; l < count; ++l) {
      size_t first = out;
      for (size_t i = 0; i < live; ++i)
        if (laid[l * live + i].upper > time)
          laid[out++] = laid[l * live + i];
      left = out - first;
    }
    live = left;
    laid.resize(out);
  }

  /// What all layouts of this step are judged by.
  void lookAhead() {
    const Buffer &next = buffers[order[step]];
    moments.clear();
    coming.clear();
    std::vector<uint32_t> begun;
    for (size_t s = step + 1; s < order.size() && s <= step + kAhead; ++s) {
      uint64_t time = buffers[order[s]].lower;
      begun.push_back(order[s]);
      if (s + 1 < order.size() && buffers[order[s + 1]].lower == time)
        continue;
      begun.erase(
          std::remove_if(begun.begin(), begun.end(),
                         [&](uint32_t b) { return buffers[b].upper <= time; }),
          begun.end());
      Moment moment;
      moment.time = time;
      moment.weight = kAheadWeight * 10 / (10 + (s - step));
      moment.begin = coming.size();
      for (uint32_t b : begun) {
        coming.push_back(buffers[b].size);
        moment.bytes += buffers[b].size;
      }
      std::sort(coming.begin() + ptrdiff_t(moment.begin), coming.end(),
                std::greater<>());
      moment.end = coming.size();
      moments.push_back(moment);
    }
    ends.assign(1, End{next.lower});
    std::vector<uint64_t> uppers{next.upper};
    if (count > 0)
      for (size_t i = 0; i < live; ++i)
        uppers.push_back(laid[i].upper);
    std::sort(uppers.begin(), uppers.end());
    uppers.erase(std::unique(uppers.begin(), uppers.end()), uppers.end());
    // Behind the last end everything is one gap.
    for (size_t i = 0; i + 1 < uppers.size() && ends.size() < kMostEnds; ++i)
      ends.push_back(End{uppers[i]});
    for (End &end : ends) {
      end.weight = std::max<uint64_t>(
          kEndWeight * 50 / (50 + (end.time - next.lower)), 1);
      end.room = capacity - (next.upper > end.time ? next.size : 0);
      for (size_t i = 0; count > 0 && i < live; ++i)
        if (laid[i].upper > end.time)
          end.room -= laid[i].top - laid[i].at;
    }
  }

  void offerAll() {
    choices.clear();
    scores.clear();
    seen.assign(seen.size(), 0);
    seenCount = 0;
    const Buffer &next = buffers[order[step]];
    for (uint32_t l = 0; l < count; ++l) {
      const Laid *items = layout(l);
      uint64_t bottom = 0;
      for (uint32_t i = 0; i <= live; ++i) {
        uint64_t top = i < live ? items[i].at : capacity;
        if (top - bottom >= next.size) {
          offer(l, i, bottom);
          // Alone, it may as well lie at the bottom.
          if (top - bottom > next.size && live > 0)
            offer(l, i, top - next.size);
        }
        if (i < live)
          bottom = items[i].top;
      }
    }
  }

  /// Of a hash that is not 0.
  bool isNew(uint64_t hash) {
    if (2 * seenCount >= seen.size()) {
      std::vector<uint64_t> old(std::max<size_t>(2 * seen.size(), 64), 0);
      old.swap(seen);
      seenCount = 0;
      for (uint64_t other : old)
        if (other != 0)
          isNew(other);
    }
    size_t i = size_t(hash >> 32) & (seen.size() - 1);
    for (; seen[i] != 0; i = (i + 1) & (seen.size() - 1))
      if (seen[i] == hash)
        return false;
    seen[i] = hash;
    ++seenCount;
    return true;
  }

  void offer(uint32_t l, uint32_t place, uint64_t at) {
    const Buffer &next = buffers[order[step]];
    const Laid *items = layout(l);
    trial.assign(items, items + place);
    trial.push_back({at, at + next.size, next.upper});
    trial.insert(trial.end(), items + place, items + live);
    uint64_t hash = 0;
    for (const Laid &item : trial)
      hash = (hash ^ item.at ^ item.upper << 32) * uint64_t(0x9e3779b97f4a7c15);
    work += trial.size();
    // Of equal layouts one is enough.
    if (!isNew(hash | 1))
      return;
    uint64_t most = scores.size() < width ? UINT64_MAX : scores.front();
    uint64_t score = 0;
    if (!addBrokenGaps(score, most) || !addMissingRoom(score, most))
      return;
    choices.push_back({score, l, place, at});
    if (scores.size() == width) {
      std::pop_heap(scores.begin(), scores.end());
      scores.pop_back();
    }
    scores.push_back(score);
    std::push_heap(scores.begin(), scores.end());
  }

  /// Of the trial. Without branches, of which most would be guessed wrong.
  Gaps gapsAt(uint64_t time) const {
    Gaps result;
    uint64_t bottom = 0;
    for (const Laid &item : trial) {
      bool isAlive = item.upper > time;
      uint64_t gap = isAlive ? item.at - bottom : 0;
      result.largest = std::max(result.largest, gap);
      result.count += gap != 0;
      bottom = isAlive ? item.top : bottom;
    }
    result.largest = std::max(result.largest, capacity - bottom);
    result.count += capacity != bottom;
    return result;
  }

  /// Adds bytes outside of the largest gap, at each end of something. False
  /// once there are `most` or more.
  bool addBrokenGaps(uint64_t &sum, uint64_t most) {
    for (const End &end : ends) {
      sum += ((end.room - gapsAt(end.time).largest) >> shift) * end.weight;
      work += trial.size();
      if (sum >= most)
        return false;
    }
    return true;
  }

  /// Adds bytes of what comes next that the gaps do not take. False once there
  /// are `most` or more.
  bool addMissingRoom(uint64_t &sum, uint64_t most) {
    for (const Moment &moment : moments) {
      if (moment.begin == moment.end) {
        work += trial.size();
        continue;
      }
      Gaps all = gapsAt(moment.time);
      uint64_t missing = 0; // The largest gap may have room for all.
      if (all.largest < coming[moment.end - 1])
        missing = moment.bytes;
      else if (all.largest < moment.bytes)
        missing = missingAt(moment);
      work += trial.size() + (moment.end - moment.begin) * all.count;
      sum += (missing >> shift) * moment.weight;
      if (sum >= most)
        return false;
    }
    return true;
  }

  /// What finds no room if each takes the smallest gap that has it.
  uint64_t missingAt(const Moment &moment) {
    gaps.clear();
    uint64_t bottom = 0;
    for (const Laid &item : trial)
      if (item.upper > moment.time) {
        gaps.push_back(item.at - bottom);
        bottom = item.top;
      }
    gaps.push_back(capacity - bottom);
    uint64_t missing = 0;
    for (size_t c = moment.begin; c < moment.end; ++c) {
      uint64_t *best = nullptr;
      for (uint64_t &gap : gaps)
        if (gap >= coming[c] && (!best || gap < *best))
          best = &gap;
      if (best)
        *best -= coming[c];
      else
        missing += coming[c];
    }
    return missing;
  }

  void keepBest() {
    std::sort(choices.begin(), choices.end(),
              [](const Choice &a, const Choice &b) {
                return std::tie(a.score, a.layout, a.place, a.at) <
                       std::tie(b.score, b.layout, b.place, b.at);
              });
    if (choices.size() > width)
      choices.resize(width);
    const Buffer &next = buffers[order[step]];
    std::vector<Laid> after;
    after.reserve(choices.size() * (live + 1));
    for (const Choice &choice : choices) {
      const Laid *items = layout(choice.layout);
      after.insert(after.end(), items, items + choice.place);
      after.push_back({choice.at, choice.at + next.size, next.upper});
      after.insert(after.end(), items + choice.place, items + live);
    }
    laid = std::move(after);
    ++live;
    count = choices.size();
  }

  static constexpr uint64_t kEndWeight = 1 << 10;
  static constexpr uint64_t kAheadWeight = 4 << 10;

  const std::vector<Buffer> &buffers;
  uint64_t capacity;
  size_t width;
  uint64_t limit;
  std::vector<uint32_t> order;
  unsigned shift = 0; ///< Keeps scores within 64 bits.

  size_t step = 0;
  size_t live = 0;        ///< Buffers in each layout.
  std::vector<Laid> laid; ///< Layouts, one after the other.
  size_t count = 0;       ///< Layouts.
  std::vector<Choice> choices;
  std::vector<uint64_t> scores; ///< The `width` best, as a heap.
  std::vector<uint64_t> seen;   ///< Hashes of layouts, a table.
  size_t seenCount = 0;
  std::vector<End> ends;
  std::vector<Moment> moments;
  std::vector<uint64_t> coming;
  std::vector<Laid> trial;
  std::vector<uint64_t> gaps;
};

} // namespace

Sweep allocateAlongTime(const std::vector<Buffer> &buffers, uint64_t capacity,
                        size_t width, uint64_t limit, uint64_t &work,
                        std::vector<uint64_t> &offsets, uint64_t *stuckAt) {
  // A step of the exact search takes about as long.
  constexpr uint64_t perStep = 24;
  limit = std::min(limit, UINT64_MAX / perStep / (buffers.size() + 1));
  Beam beam(buffers, capacity, width, limit * perStep);
  Sweep outcome = beam.run(offsets);
  if (outcome == Sweep::Stuck && stuckAt)
    *stuckAt = beam.now();
  work += beam.work / perStep + 1;
  return outcome;
}

} // namespace tenon::plan
