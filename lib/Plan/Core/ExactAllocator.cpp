//===-- ExactAllocator.cpp - branch and bound placement -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Ideas of MiniMalloc (Moffitt, ASPLOS 2023) - canonical solutions, inference
// per section of time, dominance, independent parts - in another search: it
// follows the skyline.
//
// Time is cut into sections; those whose buffers are all alive in another
// section add nothing and are dropped. Of all solutions we look for one with
// the smallest sum of offsets. In it every buffer rests on another or on the
// ground, and none fits into a gap below itself. The state is a floor per
// section: no unplaced buffer goes below it. Take a section whose floor is
// lowest among its neighbours. Its lowest unplaced buffer either stands right
// on the floor, one branch per buffer that can, or it does not, and then the
// floor rises to the next height at which it could. Where the capacity leaves
// no slack the last branch fails at once, and that is what makes tight
// instances tractable: the section with the fewest branches goes first.
//
//===----------------------------------------------------------------------===//

#include "lib/Plan/Core/ExactAllocator.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>

namespace tenon::plan {

namespace {

constexpr int64_t kFar = std::numeric_limits<int64_t>::max() / 4;

/// A buffer over sections [from, to).
struct Item {
  int from;
  int to;
  int64_t size;
  int64_t life;
  int buffer;
  /// What looking at it counts as work.
  uint64_t effort() const { return 1 + uint64_t(to - from) / 4; }
};

/// Half-open range of sections.
struct Part {
  int from;
  int to;
};

} // namespace

class ExactAllocator::Search {
public:
  Search(const std::vector<Buffer> &buffers, int64_t unit) {
    cutTime(buffers, unit);
    floor.assign(sections, 0);
    top.assign(sections, 0);
    rest.assign(sections, 0);
    weight.assign(sections, 1);
    choices.assign(sections, 0);
    minLowest.assign(sections, 0);
    counts.assign(sections, 0);
    through.assign(sections, 0);
    lowest.assign(items.size(), 0);
    offset.assign(items.size(), 0);
    for (const Item &item : items) {
      effort += item.effort();
      until.push_back(item.to);
      for (int s = item.from; s < item.to; ++s) {
        rest[s] += item.size;
        ++choices[s];
      }
      for (int s = item.from + 1; s < item.to; ++s)
        ++through[s];
    }
  }

  /// To be called before the first run for a capacity.
  void begin(int64_t bytes) {
    capacity = bytes;
    std::fill(weight.begin(), weight.end(), 1);
  }

  /// One descent from the root with at most `limit` work.
  Outcome run(int strategy, uint64_t limit) {
    work = effort;
    workLimit = limit;
    if (work > workLimit)
      return Outcome::OutOfWork;
    // Nothing else follows while everything may stand on the ground.
    for (int64_t bytes : rest)
      if (bytes > capacity)
        return Outcome::Impossible;
    turn = &turns(strategy % 3);
    outOfWork = false;
    bool found = split({0, sections}, effort);
    undo({0, 0});
    return found       ? Outcome::Found
           : outOfWork ? Outcome::OutOfWork
                       : Outcome::Impossible;
  }

  uint64_t spent() const { return work; }

  /// By buffer.
  std::vector<int64_t> offsets() const {
    std::vector<int64_t> result(items.size());
    for (size_t b = 0; b < items.size(); ++b)
      result[items[b].buffer] = offset[b];
    return result;
  }

private:
  void cutTime(const std::vector<Buffer> &buffers, int64_t unit) {
    // Sections that matter end where a buffer ends after one began.
    std::vector<std::pair<uint64_t, int>> events; // time, 0 = end, 1 = begin
    for (const Buffer &b : buffers) {
      events.push_back({b.upper, 0});
      events.push_back({b.lower, 1});
    }
    std::sort(events.begin(), events.end());
    std::vector<uint64_t> starts; // A time inside each section kept.
    for (size_t e = 0; e + 1 < events.size(); ++e)
      if (events[e].second == 1 && events[e + 1].second == 0)
        starts.push_back(events[e].first);
    sections = int(starts.size());
    for (const Buffer &b : buffers) {
      auto at = [&](uint64_t time) {
        return int(std::lower_bound(starts.begin(), starts.end(), time) -
                   starts.begin());
      };
      items.push_back({at(b.lower), at(b.upper), int64_t(b.size) / unit,
                       int64_t(b.upper - b.lower), int(items.size())});
    }
    // What begins in a range of sections stands together.
    std::sort(items.begin(), items.end(), [](const Item &a, const Item &b) {
      return std::tie(a.from, a.buffer) < std::tie(b.from, b.buffer);
    });
    firstAt.assign(sections + 1, 0);
    for (const Item &item : items)
      ++firstAt[item.from + 1];
    for (int s = 0; s < sections; ++s)
      firstAt[s + 1] += firstAt[s];
    blockEnd.assign(items.size() / kBlock + 1, 0);
    for (size_t b = 0; b < items.size(); ++b)
      blockEnd[b / kBlock] = std::max(blockEnd[b / kBlock], items[b].to);
  }

  /// Calls `visit` for the unplaced items of a part that are alive in one of
  /// the sections of a range within it.
  template <typename Visit>
  void forUnplaced(Part part, Part range, Visit visit) const {
    int begun = firstAt[range.from];
    for (int b = firstAt[part.from]; b < begun;) {
      int end = std::min((b / kBlock + 1) * kBlock, begun);
      if (blockEnd[b / kBlock] <= range.from)
        b = end;
      for (; b < end; ++b)
        if (until[b] > range.from)
          visit(b);
    }
    for (int b = begun; b < firstAt[range.to]; ++b)
      if (until[b] > 0)
        visit(b);
  }

  /// By item: which one a strategy tries first.
  const std::vector<int> &turns(int strategy) {
    std::vector<int> &result = turnsOf[strategy];
    if (!result.empty())
      return result;
    auto key = [&](int b) {
      double life = double(items[b].life);
      double size = double(items[b].size);
      int buffer = items[b].buffer;
      switch (strategy) {
      case 0:
        return std::make_tuple(-life, -size, buffer);
      case 1:
        return std::make_tuple(-life * size, -size, buffer);
      default:
        return std::make_tuple(-size, -life, buffer);
      }
    };
    std::vector<int> all(items.size());
    std::iota(all.begin(), all.end(), 0);
    std::sort(all.begin(), all.end(),
              [&](int a, int b) { return key(a) < key(b); });
    result.resize(items.size());
    for (size_t i = 0; i < all.size(); ++i)
      result[all[i]] = int(i);
    return result;
  }

  /// Changes of the state up to a moment, to be taken back to there.
  struct Mark {
    size_t changes, items;
  };
  Mark here() const { return {trail.size(), stack.size()}; }

  void set(int64_t &where, int64_t value) {
    trail.push_back({&where, where});
    where = value;
  }

  void undo(Mark mark) {
    while (trail.size() > mark.changes) {
      *trail.back().first = trail.back().second;
      trail.pop_back();
    }
    for (; stack.size() > mark.items; stack.pop_back()) {
      const Item &item = items[stack.back()];
      until[stack.back()] = item.to;
      for (int s = item.from + 1; s < item.to; ++s)
        ++through[s];
    }
  }

  /// No unplaced item goes below `height` within `range`. What that changes is
  /// all within the range returned.
  Part raise(Part part, Part range, int64_t height) {
    Part changed = range;
    for (int s = range.from; s < range.to; ++s)
      if (floor[s] < height)
        set(floor[s], height);
    forUnplaced(part, range, [&](int b) {
      if (lowest[b] < height) {
        set(lowest[b], height);
        changed.from = std::min(changed.from, items[b].from);
        changed.to = std::max(changed.to, items[b].to);
      }
    });
    return changed;
  }

  /// Raises floors as far as it follows; false if no completion exists. Nothing
  /// outside of `changed` is new since that was last true.
  bool infer(Part part, Part changed) {
    std::fill(minLowest.begin() + changed.from, minLowest.begin() + changed.to,
              kFar);
    std::fill(counts.begin() + changed.from, counts.begin() + changed.to, 0);
    forUnplaced(part, changed, [&](int b) {
      int64_t low = lowest[b];
      int to = std::min(items[b].to, changed.to);
      for (int s = std::max(items[b].from, changed.from); s < to; ++s)
        minLowest[s] = std::min(minLowest[s], low);
    });
    for (int s = changed.from; s < changed.to; ++s) {
      if (rest[s] == 0)
        continue;
      if (minLowest[s] > floor[s])
        set(floor[s], minLowest[s]);
      if (floor[s] + rest[s] > capacity) {
        ++weight[s];
        return false;
      }
    }
    // An unplaced item that fits below every floor of its span belongs there,
    // in a solution with a smaller sum of offsets.
    bool fits = false;
    forUnplaced(part, changed, [&](int b) {
      const Item &item = items[b];
      int64_t over = 0;
      int64_t under = kFar;
      for (int s = item.from; s < item.to && over + item.size <= under; ++s) {
        over = std::max(over, top[s]);
        under = std::min(under, floor[s]);
      }
      fits |= over + item.size <= under;
      int64_t low = lowest[b];
      int to = std::min(item.to, changed.to);
      for (int s = std::max(item.from, changed.from); s < to; ++s)
        counts[s] += low == floor[s];
    });
    if (fits)
      return false;
    for (int s = changed.from; s < changed.to; ++s)
      if (choices[s] != counts[s])
        set(choices[s], counts[s]);
    return true;
  }

  /// Counts the work of a state, whose unplaced items lie in `part`, and draws
  /// conclusions; false if it is a dead end. `effort` is that of all its items.
  bool enter(Part part, Part changed, uint64_t effort) {
    work += effort;
    if (work > workLimit) {
      outOfWork = true;
      return false;
    }
    return effort == 0 || infer(part, changed);
  }

  /// Solves parts that share no unplaced item one by one: a failure in one must
  /// not make another be solved again.
  bool split(Part part, uint64_t effort) {
    std::vector<std::pair<Part, uint64_t>> parts;
    for (int s = part.from; s < part.to; ++s) {
      if (rest[s] == 0)
        continue;
      if (through[s] == 0)
        parts.push_back({{s, s + 1}, 0});
      else
        parts.back().first.to = s + 1;
    }
    if (parts.size() == 1)
      return branch(parts[0].first, effort);
    for (auto &[p, share] : parts)
      for (int b = firstAt[p.from]; b < firstAt[p.to]; ++b)
        share += until[b] > 0 ? items[b].effort() : 0;
    std::sort(parts.begin(), parts.end(), [](const auto &a, const auto &b) {
      return std::make_tuple(a.first.to - a.first.from, a.first.from) <
             std::make_tuple(b.first.to - b.first.from, b.first.from);
    });
    for (const auto &[p, share] : parts)
      if (!branch(p, share))
        return false;
    return true;
  }

  /// Places an item at `height`. True if what it bound together may be solved
  /// in parts now.
  bool place(int b, int64_t height) {
    const Item &item = items[b];
    offset[b] = height;
    until[b] = 0;
    stack.push_back(b);
    for (int s = item.from; s < item.to; ++s) {
      set(top[s], height + item.size);
      set(rest[s], rest[s] - item.size);
    }
    bool anyBorder = false;
    for (int s = item.from + 1; s < item.to; ++s)
      anyBorder |= --through[s] == 0;
    return anyBorder;
  }

  /// The section to decide next: of those at the bottom of a valley the one
  /// with the fewest branches.
  int chooseSection(Part part) const {
    int best = -1;
    double bestScore = 0;
    for (int from = part.from; from < part.to;) {
      int to = from + 1;
      while (to < part.to && floor[to] == floor[from])
        ++to;
      bool valley = (from == part.from || floor[from - 1] > floor[from]) &&
                    (to == part.to || floor[to] > floor[from]);
      if (valley)
        for (int s = from; s < to; ++s) {
          int64_t slack = capacity - floor[s] - rest[s];
          double score =
              double(choices[s] + (slack > 0 ? 1 : 0)) / double(weight[s]);
          if (best < 0 || score < bestScore) {
            best = s;
            bestScore = score;
          }
        }
      from = to;
    }
    return best;
  }

  /// Places all that is unplaced in `part`, where nothing can be split off.
  bool branch(Part part, uint64_t effort) {
    int s = chooseSection(part);
    int64_t height = floor[s];
    std::vector<int> standing;
    forUnplaced(part, {s, s + 1}, [&](int b) {
      if (lowest[b] == height)
        standing.push_back(b);
    });
    std::sort(standing.begin(), standing.end(),
              [&](int a, int b) { return (*turn)[a] < (*turn)[b]; });
    for (size_t i = 0; i < standing.size(); ++i) {
      int b = standing[i];
      if (isAmong(standing, i, b))
        continue;
      Mark mark = here();
      const Item &item = items[b];
      int64_t end = height + item.size;
      bool maySplit = place(b, height);
      Part changed = raise(part, {item.from, item.to}, end);
      uint64_t left = effort - item.effort();
      if (enter(part, changed, left) &&
          (left == 0 || (maySplit ? split(part, left) : branch(part, left))))
        return true;
      undo(mark);
      if (outOfWork)
        return false;
    }

    int64_t next = nextHeight(part, s);
    if (next + rest[s] > capacity) {
      ++weight[s];
      return false;
    }
    Mark mark = here();
    Part changed = raise(part, {s, s + 1}, next);
    if (enter(part, changed, effort) && branch(part, effort))
      return true;
    undo(mark);
    return false;
  }

  /// True if one of the first `count` in the list is the same as `b`.
  bool isAmong(const std::vector<int> &list, size_t count, int b) const {
    for (size_t i = 0; i < count; ++i) {
      const Item &other = items[list[i]];
      if (other.from == items[b].from && other.to == items[b].to &&
          other.size == items[b].size)
        return true;
    }
    return false;
  }

  /// The lowest height above its floor at which section `s` may have its
  /// lowest unplaced item.
  int64_t nextHeight(Part part, int s) const {
    int64_t height = floor[s];
    int64_t next = kFar;
    Part beside{s, s + 1};
    forUnplaced(part, {s, s + 1}, [&](int b) {
      if (lowest[b] > height) {
        next = std::min(next, lowest[b]);
      } else {
        beside.from = std::min(beside.from, items[b].from);
        beside.to = std::max(beside.to, items[b].to);
      }
    });
    // The others are lifted by an item beside s, on which they rest.
    forUnplaced(part, beside, [&](int c) {
      if (items[c].from > s || s >= items[c].to)
        next = std::min(next, lowest[c] + items[c].size);
    });
    return next;
  }

  static constexpr int kBlock = 16;

  int64_t capacity = 0;
  int sections = 0;
  uint64_t effort = 0;          ///< Of all items.
  std::vector<Item> items;      ///< By first section.
  std::vector<int> firstAt;     ///< By section: the first item from there on.
  std::vector<int> blockEnd;    ///< Of so many items: where the last ends.
  std::vector<int64_t> floor;   ///< No unplaced item goes below, by section.
  std::vector<int64_t> top;     ///< End of the highest placed one, by section.
  std::vector<int64_t> rest;    ///< Sum of unplaced sizes, by section.
  std::vector<int64_t> choices; ///< Unplaced ones that can stand on the floor.
  std::vector<int64_t> weight;  ///< Failures seen, by section.
  /// By section: unplaced items alive in it and in the one before.
  std::vector<int> through;
  std::vector<int64_t> lowest; ///< Highest floor of its span, by item.
  std::vector<int64_t> offset; ///< By item.
  std::vector<int> until;      ///< By item: its end; 0 if it is placed.
  std::vector<int> turnsOf[3];
  const std::vector<int> *turn = nullptr; ///< Of the strategy.
  std::vector<std::pair<int64_t *, int64_t>> trail;
  std::vector<int> stack; ///< Of placed items.
  std::vector<int64_t> minLowest, counts;
  uint64_t work = 0;
  uint64_t workLimit = 0;
  bool outOfWork = false;
};

ExactAllocator::ExactAllocator(const std::vector<Buffer> &buffers)
    : count(buffers.size()) {
  for (const Buffer &b : buffers)
    unit = std::gcd(unit, b.size);
  search = std::make_unique<Search>(buffers, int64_t(unit));
}
ExactAllocator::~ExactAllocator() = default;

Outcome ExactAllocator::fit(uint64_t capacity, uint64_t limit, uint64_t &work,
                            std::vector<uint64_t> &offsets) {
  search->begin(int64_t(capacity / unit));
  uint64_t spent = 0;
  uint64_t slice = count * 1024;
  for (int strategy = 0; spent < limit; ++strategy) {
    Outcome outcome = search->run(strategy, std::min(slice, limit - spent));
    spent += search->spent();
    if (outcome != Outcome::OutOfWork) {
      work += spent;
      if (outcome == Outcome::Found) {
        offsets.clear();
        for (int64_t o : search->offsets())
          offsets.push_back(uint64_t(o) * unit);
      }
      return outcome;
    }
    if (strategy % 3 == 2)
      slice += slice / 10;
  }
  work += spent;
  return Outcome::OutOfWork;
}

} // namespace tenon::plan
