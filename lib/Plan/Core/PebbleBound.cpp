//===-- PebbleBound.cpp - bytes that recomputation cannot avoid -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A pebble game, played backwards. A state is a set of values that are alive at
// once. Of their producers one ran last; then the others were alive already,
// and beside them what it reads and writes. So before that another set was
// alive: the others and what it reads. Every schedule that reaches a state
// walks this way back to the empty set, and needs as many bytes as the fullest
// step of its walk. The walk whose fullest step is least, or as far as the
// search gets the least of all states that are still open, bounds every
// schedule, however often it computes things.
//
// Two steps back need no alternatives where they are not fuller than the walk
// already is, because what is left over is no harder to reach than the state:
// - All that the producer reads is in the state: a smaller set is left.
// - Nothing else in the state depends on the results, and what the producer
//   reads beyond the state has no more bytes than these. A walk that takes this
//   step later holds the results until then; it can hold the operands instead,
//   and drop each where it would compute it.
//
//===----------------------------------------------------------------------===//

#include "lib/Plan/Core/PebbleBound.h"

#include "lib/Plan/Core/LargeValues.h"
#include "lib/Plan/Core/Mix.h"

#include <algorithm>
#include <functional>
#include <tuple>

namespace tenon::plan {

namespace {

/// Bounds the memory of a game; a bound from a game cut off holds as well.
constexpr size_t kMostHeld = size_t(1) << 24;

/// Games of fewer values say little.
constexpr size_t kFewestValues = 4;

class Game {
public:
  /// No step may take more than `limit` bytes.
  Game(const Model &model, uint64_t limit, uint64_t &work)
      : model(model), limit(limit), work(work),
        firstWriter(model.values.size() + 1, 0), rank(model.ops.size()),
        latestOf(model.values.size(), 0), sharesOnce(model.values.size(), true),
        inState(model.values.size(), 0) {
    for (uint32_t p = 0; p < model.order.size(); ++p)
      rank[model.order[p]] = p;
    for (const Model::Op &op : model.ops)
      for (ValueId v : op.writes)
        ++firstWriter[v + 1];
    for (size_t v = 0; v < model.values.size(); ++v)
      firstWriter[v + 1] += firstWriter[v];
    writers.resize(firstWriter.back());
    std::vector<uint32_t> fill(firstWriter.begin(), firstWriter.end() - 1);
    for (NodeId n = 0; n < model.ops.size(); ++n)
      for (ValueId v : model.ops[n].writes) {
        writers[fill[v]++] = n;
        latestOf[v] = std::max(latestOf[v], rank[n] + 1);
      }
    for (const Model::Op &op : model.ops)
      for (size_t i = 0; i < op.mayShare.size(); ++i)
        for (size_t j = 0; j < i; ++j)
          if (op.mayShare[i].first == op.mayShare[j].first)
            sharesOnce[op.mayShare[i].first] = false;
  }

  /// Bytes that every walk to a run of `n` needs, or `known` if that is more.
  /// Sets `done` unless the limit on the work ended the search, or no walk
  /// keeps the limit on the bytes. With it, `way` is what runs before `n`.
  uint64_t play(NodeId n, uint64_t known, uint64_t workLimit, bool &done) {
    uint64_t stop = work + workLimit;
    const Model::Op &last = model.ops[n];
    states.clear();
    pool.clear();
    open.clear();
    way.clear();
    slots.assign(1024, kNone);
    ++stamp; // Nothing is alive behind it.
    State start;
    start.peak = std::max(known, during(last, 0));
    for (ValueId v : last.reads) {
      start.key ^= keyOf(v);
      start.bytes += model.values[v].bytes;
      start.latest = std::max(start.latest, latestOf[v]);
    }
    start.count = uint32_t(last.reads.size());
    pool = last.reads;
    push(start);
    done = true;
    while (!open.empty()) {
      uint32_t s = std::get<3>(open.front());
      std::pop_heap(open.begin(), open.end(), std::greater<Entry>());
      open.pop_back();
      // Peaks come in growing order, so that the first walk to a state counts.
      known = states[s].peak;
      if (states[s].isBeaten)
        continue;
      if (states[s].count == 0) {
        for (; states[s].node != kNone; s = states[s].next)
          way.push_back(states[s].node);
        return known;
      }
      if (work > stop || pool.size() > kMostHeld) {
        done = false;
        return known;
      }
      expand(s);
    }
    done = false;
    return known;
  }

  /// What the walk of the last game runs, if it was won.
  Schedule way;

private:
  struct State {
    size_t first = 0;      ///< Of its values, in `pool`: sorted.
    uint32_t count = 0;    ///< Of them.
    uint32_t latest = 0;   ///< Rank of their last writer, + 1.
    uint64_t key = 0;      ///< Of the set.
    uint64_t bytes = 0;    ///< Of the values.
    uint64_t peak = 0;     ///< Of the walk.
    uint32_t next = kNone; ///< The state behind it,
    NodeId node = kNone;   ///< and what runs in between.
    bool isBeaten = false; ///< A walk that is less full leads to the same set.
  };

  /// Among walks that are equally full the one whose latest value is earliest
  /// goes on first: it is next to the end. Then the one with the fewest bytes.
  using Entry = std::tuple<uint64_t, uint32_t, uint64_t, uint32_t>;

  /// The last step before a state was a run of one of these producers.
  void expand(uint32_t s) {
    const State after = states[s]; // States are added below, and values.
    ++stamp;
    for (size_t i = after.first; i < after.first + after.count; ++i)
      inState[pool[i]] = stamp;
    NodeId forced = forcedStep(after);
    if (forced != kNone) {
      step(forced, s, after);
      return;
    }
    NodeId tried = kNone;
    for (size_t i = after.first; i < after.first + after.count; ++i) {
      ValueId v = pool[i];
      for (uint32_t w = firstWriter[v]; w < firstWriter[v + 1]; ++w) {
        if (writers[w] == tried)
          continue;
        tried = writers[w];
        step(tried, s, after);
      }
    }
  }

  bool contains(ValueId v) const { return inState[v] == stamp; }

  bool hasOneWriter(ValueId v) const {
    return firstWriter[v + 1] - firstWriter[v] == 1;
  }

  /// A step without alternatives, see above.
  NodeId forcedStep(const State &after) {
    for (size_t i = after.first; i < after.first + after.count; ++i) {
      if (!hasOneWriter(pool[i]))
        continue;
      NodeId n = writers[firstWriter[pool[i]]];
      const Model::Op &op = model.ops[n];
      uint64_t more = 0;
      bool isPlain = true;
      for (ValueId r : op.reads)
        if (!contains(r)) {
          more += model.values[r].bytes;
          isPlain &= bool(sharesOnce[r]);
        }
      work += 1 + op.reads.size();
      if (more > 0) {
        if (rank[n] + 1 != after.latest || !isPlain)
          continue;
        uint64_t less = 0;
        for (ValueId w : op.writes)
          if (contains(w)) {
            less += model.values[w].bytes;
            isPlain &= hasOneWriter(w);
          }
        if (!isPlain || more > less)
          continue;
      }
      work += after.count;
      if (during(op, after.bytes) <= after.peak)
        return n;
    }
    return kNone;
  }

  /// Opens the state before a run of `n`, unless no walk through it counts.
  void step(NodeId n, uint32_t s, const State &after) {
    const Model::Op &op = model.ops[n];
    work += 4 * (after.count + op.reads.size());
    uint64_t bytes = during(op, after.bytes);
    if (bytes > limit)
      return;
    State before;
    before.first = pool.size();
    before.key = after.key;
    before.bytes = after.bytes;
    before.peak = std::max(after.peak, bytes);
    before.next = s;
    before.node = n;
    auto isWritten = [&](ValueId v) {
      return std::binary_search(op.writes.begin(), op.writes.end(), v);
    };
    for (ValueId w : op.writes)
      if (contains(w)) {
        before.key ^= keyOf(w);
        before.bytes -= model.values[w].bytes;
      }
    for (ValueId r : op.reads)
      if (!contains(r) || isWritten(r)) {
        before.key ^= keyOf(r);
        before.bytes += model.values[r].bytes;
      }
    // What is left of the values and what the step reads, merged.
    auto add = [&](ValueId v) {
      pool.push_back(v);
      before.latest = std::max(before.latest, latestOf[v]);
    };
    auto read = op.reads.begin();
    for (size_t i = after.first; i < after.first + after.count; ++i) {
      ValueId v = pool[i];
      for (; read != op.reads.end() && *read < v; ++read)
        add(*read);
      if (read != op.reads.end() && *read == v)
        ++read;
      else if (isWritten(v))
        continue;
      add(v);
    }
    for (; read != op.reads.end(); ++read)
      add(*read);
    before.count = uint32_t(pool.size() - before.first);
    push(before);
  }

  /// Opens a state whose values are the last of the pool, or takes them off it
  /// again.
  void push(const State &state) {
    uint32_t &slot = slotOf(state);
    if (slot != kNone) {
      if (states[slot].peak <= state.peak) {
        pool.resize(state.first);
        return;
      }
      states[slot].isBeaten = true;
    }
    slot = uint32_t(states.size());
    states.push_back(state);
    open.push_back({state.peak, state.latest, state.bytes, slot});
    std::push_heap(open.begin(), open.end(), std::greater<Entry>());
    if (2 * states.size() > slots.size()) {
      slots.assign(2 * slots.size(), kNone);
      for (uint32_t s = 0; s < states.size(); ++s)
        if (!states[s].isBeaten)
          slotOf(states[s]) = s;
    }
  }

  /// Where the number of the least full state with the same values stands, or
  /// belongs.
  uint32_t &slotOf(const State &state) {
    // Keys are random words as they are; sets are compared all the same: a
    // bound must not hang on them.
    auto isSame = [&](const State &other) {
      return other.key == state.key && other.count == state.count &&
             std::equal(pool.begin() + other.first,
                        pool.begin() + other.first + other.count,
                        pool.begin() + state.first);
    };
    size_t at = state.key & (slots.size() - 1);
    while (slots[at] != kNone && !isSame(states[slots[at]]))
      at = (at + 1) & (slots.size() - 1);
    return slots[at];
  }

  /// With the values of the state at hand, which have `bytes`.
  uint64_t during(const Model::Op &op, uint64_t bytes) const {
    return bytesDuring(model, op, bytes,
                       [&](ValueId v) { return contains(v); });
  }

  const Model &model;
  uint64_t limit;
  uint64_t &work;
  std::vector<uint32_t> firstWriter; ///< By value, into `writers`; one more.
  std::vector<NodeId> writers;
  std::vector<uint32_t> rank;
  std::vector<uint32_t> latestOf;  ///< By value: rank of its last writer, + 1.
  std::vector<uint8_t> sharesOnce; ///< By value: an operand of one permission
                                   ///< of a node at most.
  std::vector<uint64_t> inState;   ///< By value: equals `stamp`.
  uint64_t stamp = 0;
  std::vector<State> states;
  std::vector<ValueId> pool;
  std::vector<Entry> open;     ///< A heap.
  std::vector<uint32_t> slots; ///< States by key: a power of two, half empty.
};

/// A game that is not decided: the bytes that its search has got to.
struct Contender {
  uint32_t position; ///< Of the node, in the model's order.
  uint64_t bytes;
};

/// A quarter of them: those that have got furthest, and of those that have got
/// equally far every so many.
void keepBest(std::vector<Contender> &all) {
  auto isBetter = [](const Contender &a, const Contender &b) {
    return a.bytes > b.bytes;
  };
  std::sort(all.begin(), all.end(), [](const Contender &a, const Contender &b) {
    return a.bytes != b.bytes ? a.bytes > b.bytes : a.position < b.position;
  });
  size_t count = (all.size() + 3) / 4;
  if (all.empty())
    return;
  auto [first, last] =
      std::equal_range(all.begin(), all.end(), all[count - 1], isBetter);
  size_t from = size_t(first - all.begin());
  size_t equal = size_t(last - first);
  for (size_t i = from; i < count; ++i)
    all[i] = all[from + (i - from) * equal / (count - from)];
  all.resize(count);
}

/// Bytes that every node needs to run, or `known` if that is more. One game
/// that gets far is worth more than many: each round leaves fewer, and gives
/// them more. Where games are decided early, work is left for others.
uint64_t playAll(const Model &model, uint64_t known, uint64_t workLimit,
                 uint64_t &work) {
  Game game(model, UINT64_MAX, work);
  uint64_t stop = work + workLimit;
  std::vector<uint8_t> isOpen(model.order.size(), true);
  for (uint64_t least = 1;;) {
    std::vector<Contender> left;
    for (uint32_t p = 0; p < model.order.size(); ++p)
      if (isOpen[p])
        left.push_back({p, 0});
    for (bool isFirst = true; !left.empty(); isFirst = false) {
      unsigned rounds = 1;
      for (size_t count = left.size(); count > 1; count = (count + 3) / 4)
        ++rounds;
      uint64_t share = (stop - std::min(stop, work)) / rounds / left.size();
      if (isFirst && share < least)
        return known;
      if (isFirst)
        least = 4 * share; // Less would find the same again.
      std::vector<Contender> undecided;
      uint64_t most = known;
      for (Contender c : left) {
        bool done = false;
        c.bytes = game.play(model.order[c.position], known, share, done);
        most = std::max(most, c.bytes);
        isOpen[c.position] = !done && rounds > 1;
        if (!done)
          undecided.push_back(c);
      }
      known = most;
      if (rounds == 1)
        break;
      left = std::move(undecided);
      keepBest(left);
    }
    if (std::find(isOpen.begin(), isOpen.end(), true) == isOpen.end())
      return known;
  }
}

} // namespace

uint64_t pebbleBound(const Model &model, uint64_t known, uint64_t workLimit,
                     uint64_t &work) {
  uint64_t stop = work + workLimit;
  auto left = [&] { return stop - std::min(stop, work); };
  // The largest values alone have games that are soon decided, and what is
  // known from these makes others shorter.
  unsigned parts = 1;
  while (model.values.size() >> parts >= kFewestValues)
    ++parts;
  for (; parts > 1; --parts)
    known = playAll(largestValues(model, model.values.size() >> (parts - 1)),
                    known, left() / parts, work);
  return playAll(model, known, left(), work);
}

std::optional<Schedule> pebbleSchedule(const Model &model, uint64_t bytes,
                                       size_t maxRuns, uint64_t workLimit,
                                       uint64_t &work) {
  for (const Model::Value &value : model.values)
    if (value.liveOut)
      return std::nullopt;
  for (const Model::Op &op : model.ops)
    if (!op.mayRepeat || !op.after.empty())
      return std::nullopt;
  Game game(model, bytes, work);
  uint64_t stop = work + workLimit;
  Schedule schedule;
  std::vector<uint8_t> ran(model.ops.size(), false);
  // From the end, whose walks run most of the others.
  for (size_t p = model.order.size(); p-- > 0;) {
    NodeId n = model.order[p];
    if (ran[n])
      continue;
    bool won = false;
    if (game.play(n, bytes, (stop - std::min(stop, work)) / 2, won) > bytes ||
        !won)
      return std::nullopt;
    schedule.insert(schedule.end(), game.way.begin(), game.way.end());
    schedule.push_back(n);
    if (schedule.size() > maxRuns)
      return std::nullopt;
    for (NodeId other : game.way)
      ran[other] = true;
    ran[n] = true;
  }
  return schedule;
}

} // namespace tenon::plan
