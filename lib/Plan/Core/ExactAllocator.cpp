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
};

/// Half-open range of sections.
struct Part {
  int from;
  int to;
};

class Search {
public:
  Search(const std::vector<Buffer> &buffers, int64_t unit, int64_t capacity)
      : capacity(capacity) {
    cutTime(buffers, unit);
    floor.assign(sections, 0);
    top.assign(sections, 0);
    rest.assign(sections, 0);
    weight.assign(sections, 1);
    lowest.assign(items.size(), 0);
    offset.assign(items.size(), 0);
    for (const Item &item : items)
      for (int s = item.from; s < item.to; ++s)
        rest[s] += item.size;
  }

  /// One descent from the root with at most `limit` work.
  Outcome run(int strategy, uint64_t limit) {
    work = 0;
    workLimit = limit;
    auto key = [&](int b) {
      double life = double(items[b].life);
      double size = double(items[b].size);
      switch (strategy % 3) {
      case 0:
        return std::make_tuple(-life, -size, b);
      case 1:
        return std::make_tuple(-life * size, -size, b);
      default:
        return std::make_tuple(-size, -life, b);
      }
    };
    std::vector<int> all(items.size());
    std::iota(all.begin(), all.end(), 0);
    std::sort(all.begin(), all.end(),
              [&](int a, int b) { return key(a) < key(b); });
    outOfWork = false;
    bool found = solve(all, {0, sections});
    undo(0);
    return found       ? Outcome::Found
           : outOfWork ? Outcome::OutOfWork
                       : Outcome::Impossible;
  }

  uint64_t spent() const { return work; }
  const std::vector<int64_t> &offsets() const { return offset; }

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
                       int64_t(b.upper - b.lower)});
    }
  }

  // Every change of the state goes through here, to be taken back.
  void set(int64_t &where, int64_t value) {
    trail.push_back({&where, where});
    where = value;
  }

  void undo(size_t mark) {
    while (trail.size() > mark) {
      *trail.back().first = trail.back().second;
      trail.pop_back();
    }
  }

  void raise(const std::vector<int> &unplaced, int from, int to,
             int64_t height) {
    for (int s = from; s < to; ++s)
      if (floor[s] < height)
        set(floor[s], height);
    for (int b : unplaced)
      if (lowest[b] < height && items[b].from < to && items[b].to > from)
        set(lowest[b], height);
  }

  /// Raises floors as far as it follows; false if no completion exists.
  bool infer(const std::vector<int> &unplaced, Part part) {
    minLowest.resize(sections);
    std::fill(minLowest.begin() + part.from, minLowest.begin() + part.to, kFar);
    for (int b : unplaced) {
      int64_t low = lowest[b];
      for (int s = items[b].from; s < items[b].to; ++s)
        minLowest[s] = std::min(minLowest[s], low);
    }
    for (int s = part.from; s < part.to; ++s) {
      if (rest[s] == 0)
        continue;
      if (minLowest[s] > floor[s])
        set(floor[s], minLowest[s]);
      if (floor[s] + rest[s] > capacity) {
        ++weight[s];
        return false;
      }
    }
    // An unplaced buffer that fits below every floor of its span belongs there,
    // in a solution with a smaller sum of offsets.
    for (int b : unplaced) {
      int64_t over = 0;
      int64_t under = kFar;
      for (int s = items[b].from; s < items[b].to; ++s) {
        over = std::max(over, top[s]);
        under = std::min(under, floor[s]);
      }
      if (over + items[b].size <= under)
        return false;
    }
    return true;
  }

  /// Places all of `unplaced`, which lie in `part`.
  bool solve(const std::vector<int> &unplaced, Part part) {
    if (unplaced.empty())
      return true;
    // Inference walks every span.
    for (int b : unplaced)
      work += 1 + (items[b].to - items[b].from) / 4;
    if (work > workLimit) {
      outOfWork = true;
      return false;
    }
    if (!infer(unplaced, part))
      return false;
    return split(unplaced, part);
  }

  /// Solves parts that share no unplaced buffer one by one: a failure in one
  /// must not make another be solved again.
  bool split(const std::vector<int> &unplaced, Part part) {
    std::vector<int> crossing(part.to - part.from + 1, 0);
    for (int b : unplaced) {
      ++crossing[items[b].from - part.from];
      --crossing[items[b].to - part.from];
    }
    std::vector<Part> parts;
    std::vector<int> begins(part.to - part.from + 1, 0);
    for (int b : unplaced)
      ++begins[items[b].from - part.from];
    int alive = 0;
    for (int s = part.from; s < part.to; ++s) {
      alive += crossing[s - part.from];
      // Buffers alive on both sides of the border before s.
      int through = alive - begins[s - part.from];
      if (alive == 0)
        continue;
      if (through == 0)
        parts.push_back({s, s + 1});
      else
        parts.back().to = s + 1;
    }
    if (parts.size() == 1)
      return branch(unplaced, parts[0]);
    std::sort(parts.begin(), parts.end(), [](const Part &a, const Part &b) {
      return std::make_tuple(a.to - a.from, a.from) <
             std::make_tuple(b.to - b.from, b.from);
    });
    for (const Part &p : parts) {
      std::vector<int> inside;
      for (int b : unplaced)
        if (items[b].from >= p.from && items[b].from < p.to)
          inside.push_back(b);
      if (!branch(inside, p))
        return false;
    }
    return true;
  }

  bool branch(const std::vector<int> &unplaced, Part part) {
    // How many buffers can stand on the floor of each section. A buffer whose
    // lowest offset is the floor of a section at the bottom of a valley lies
    // within that valley.
    choices.resize(sections);
    std::fill(choices.begin() + part.from, choices.begin() + part.to, 0);
    for (int b : unplaced)
      for (int s = items[b].from; s < items[b].to; ++s)
        choices[s] += lowest[b] == floor[s];
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
          double score = (choices[s] + (slack > 0 ? 1 : 0)) / double(weight[s]);
          if (best < 0 || score < bestScore) {
            best = s;
            bestScore = score;
          }
        }
      from = to;
    }
    int s = best;
    int64_t height = floor[s];
    std::vector<int> standing;
    for (int b : unplaced)
      if (items[b].from <= s && s < items[b].to && lowest[b] == height &&
          !sameAsOne(standing, b))
        standing.push_back(b);

    std::vector<int> others;
    for (int b : standing) {
      size_t mark = trail.size();
      others.clear();
      for (int o : unplaced)
        if (o != b)
          others.push_back(o);
      const Item &item = items[b];
      int64_t end = height + item.size;
      offset[b] = height;
      for (int t = item.from; t < item.to; ++t) {
        set(top[t], end);
        set(rest[t], rest[t] - item.size);
      }
      raise(others, item.from, item.to, end);
      if (solve(others, part))
        return true;
      undo(mark);
      if (outOfWork)
        return false;
    }

    int64_t next = nextHeight(unplaced, s);
    if (next + rest[s] > capacity) {
      ++weight[s];
      return false;
    }
    size_t mark = trail.size();
    raise(unplaced, s, s + 1, next);
    if (solve(unplaced, part))
      return true;
    undo(mark);
    return false;
  }

  bool sameAsOne(const std::vector<int> &list, int b) const {
    for (int o : list)
      if (items[o].from == items[b].from && items[o].to == items[b].to &&
          items[o].size == items[b].size)
        return true;
    return false;
  }

  /// The lowest height above its floor at which section `s` may have its
  /// lowest unplaced buffer.
  int64_t nextHeight(const std::vector<int> &unplaced, int s) const {
    int64_t height = floor[s];
    int64_t next = kFar;
    int from = sections;
    int to = 0;
    for (int b : unplaced) {
      if (items[b].from > s || s >= items[b].to)
        continue;
      if (lowest[b] > height) {
        next = std::min(next, lowest[b]);
      } else {
        from = std::min(from, items[b].from);
        to = std::max(to, items[b].to);
      }
    }
    // The others are lifted by a buffer beside s, on which they rest.
    for (int c : unplaced)
      if ((items[c].from > s || s >= items[c].to) && items[c].from < to &&
          items[c].to > from)
        next = std::min(next, lowest[c] + items[c].size);
    return next;
  }

  int64_t capacity;
  int sections = 0;
  std::vector<Item> items;
  std::vector<int64_t> floor;  ///< No unplaced buffer goes below, by section.
  std::vector<int64_t> top;    ///< End of the highest placed one, by section.
  std::vector<int64_t> rest;   ///< Sum of unplaced sizes, by section.
  std::vector<int64_t> lowest; ///< Highest floor of its span, by buffer.
  std::vector<int64_t> offset;
  std::vector<int64_t> weight; ///< Failures seen, by section.
  std::vector<std::pair<int64_t *, int64_t>> trail;
  std::vector<int64_t> minLowest;
  std::vector<int> choices;
  uint64_t work = 0;
  uint64_t workLimit = 0;
  bool outOfWork = false;
};

} // namespace

Outcome allocateExactly(const std::vector<Buffer> &buffers, uint64_t capacity,
                        uint64_t limit, uint64_t &work,
                        std::vector<uint64_t> &offsets) {
  uint64_t unit = 0;
  for (const Buffer &b : buffers)
    unit = std::gcd(unit, b.size);
  Search search(buffers, int64_t(unit), int64_t(capacity / unit));
  uint64_t spent = 0;
  uint64_t slice = buffers.size() * 1024;
  for (int strategy = 0; spent < limit; ++strategy) {
    Outcome outcome = search.run(strategy, std::min(slice, limit - spent));
    spent += search.spent();
    if (outcome != Outcome::OutOfWork) {
      work += spent;
      if (outcome == Outcome::Found) {
        offsets.clear();
        for (int64_t o : search.offsets())
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
