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

#include <algorithm>
#include <queue>
#include <tuple>
#include <unordered_set>

namespace tenon::plan {

namespace {

using Values = std::vector<ValueId>; // Sorted.

bool contains(const Values &values, ValueId v) {
  return std::binary_search(values.begin(), values.end(), v);
}

/// Bounds the memory of a game; a bound from a game cut off holds as well.
constexpr size_t kMostHeld = size_t(1) << 24;

class Game {
public:
  /// No step may take more than `limit` bytes.
  Game(const Model &model, uint64_t limit, uint64_t &work)
      : model(model), limit(limit), work(work), writers(model.values.size()),
        rank(model.ops.size()), sharesOnce(model.values.size(), true),
        seen(64, Hash{states}, Same{states}) {
    for (NodeId n = 0; n < model.ops.size(); ++n)
      for (ValueId v : model.ops[n].writes)
        writers[v].push_back(n);
    for (uint32_t p = 0; p < model.order.size(); ++p)
      rank[model.order[p]] = p;
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
    states.clear();
    cameBy.clear();
    way.clear();
    from = {kNone, kNone};
    held = 0;
    seen.clear();
    open = {};
    push(model.ops[n].reads, std::max(known, during(model.ops[n], {})));
    done = true;
    while (!open.empty()) {
      auto [peak, latest, bytes, s] = open.top();
      open.pop();
      // Peaks come in growing order, so that the first walk to a state counts.
      known = peak;
      if (!seen.insert(s).second)
        continue;
      if (states[s].empty()) {
        for (; cameBy[s].second != kNone; s = cameBy[s].first)
          way.push_back(cameBy[s].second);
        return known;
      }
      from.first = s;
      if (work > stop || held > kMostHeld) {
        done = false;
        return known;
      }
      // A copy: states are added below.
      expand(Values(states[s]), peak);
    }
    done = false;
    return known;
  }

  /// What the walk of the last game runs, if it was won.
  Schedule way;

private:
  struct Hash {
    const std::vector<Values> &states;
    size_t operator()(uint32_t s) const {
      uint64_t hash = 0;
      for (ValueId v : states[s])
        hash = (hash ^ (v + 1)) * 0x9e3779b97f4a7c15u;
      return size_t(hash ^ hash >> 32);
    }
  };
  struct Same {
    const std::vector<Values> &states;
    bool operator()(uint32_t a, uint32_t b) const {
      return states[a] == states[b];
    }
  };

  /// The last step before `after` was a run of one of these producers.
  void expand(const Values &after, uint64_t peak) {
    NodeId forced = forcedStep(after, peak);
    if (forced != kNone) {
      step(forced, after, peak);
      return;
    }
    NodeId tried = kNone;
    for (ValueId v : after)
      for (NodeId n : writers[v]) {
        if (n == tried)
          continue;
        tried = n;
        step(n, after, peak);
      }
  }

  /// A step without alternatives, see above.
  NodeId forcedStep(const Values &after, uint64_t peak) {
    NodeId latest = kNone;
    for (ValueId v : after)
      for (NodeId n : writers[v])
        if (latest == kNone || rank[n] > rank[latest])
          latest = n;
    for (ValueId v : after) {
      if (writers[v].size() != 1)
        continue;
      NodeId n = writers[v][0];
      const Model::Op &op = model.ops[n];
      uint64_t more = 0;
      bool isPlain = true;
      for (ValueId r : op.reads)
        if (!contains(after, r)) {
          more += model.values[r].bytes;
          isPlain &= bool(sharesOnce[r]);
        }
      work += 1 + op.reads.size();
      if (more > 0) {
        if (n != latest || !isPlain)
          continue;
        uint64_t less = 0;
        for (ValueId w : op.writes)
          if (contains(after, w)) {
            less += model.values[w].bytes;
            isPlain &= writers[w].size() == 1;
          }
        if (!isPlain || more > less)
          continue;
      }
      work += after.size();
      if (during(op, after) <= peak)
        return n;
    }
    return kNone;
  }

  void step(NodeId n, const Values &after, uint64_t peak) {
    const Model::Op &op = model.ops[n];
    Values others, before;
    std::set_difference(after.begin(), after.end(), op.writes.begin(),
                        op.writes.end(), std::back_inserter(others));
    std::set_union(others.begin(), others.end(), op.reads.begin(),
                   op.reads.end(), std::back_inserter(before));
    work += 4 * (after.size() + op.reads.size());
    uint64_t bytes = during(op, after);
    if (bytes > limit)
      return;
    from.second = n;
    push(std::move(before), std::max(peak, bytes));
  }

  /// Opens a state. Among walks that are equally full the one whose latest
  /// value is earliest goes on first: it is next to the end. Then the one with
  /// the fewest bytes.
  void push(Values values, uint64_t peak) {
    uint64_t latest = 0;
    uint64_t bytes = 0;
    for (ValueId v : values) {
      bytes += model.values[v].bytes;
      for (NodeId n : writers[v])
        latest = std::max<uint64_t>(latest, rank[n] + 1);
    }
    held += values.size();
    states.push_back(std::move(values));
    cameBy.push_back(from);
    open.push({peak, latest, bytes, uint32_t(states.size() - 1)});
  }

  /// Bytes alive while `op` runs and `values` are alive behind it, at least:
  /// every permission to share is granted, each result once.
  uint64_t during(const Model::Op &op, const Values &values) const {
    uint64_t bytes = 0;
    for (ValueId v : values)
      bytes += model.values[v].bytes;
    for (ValueId v : op.reads)
      bytes += contains(values, v) ? 0 : model.values[v].bytes;
    for (ValueId v : op.writes) {
      bool mayShare = std::any_of(
          op.mayShare.begin(), op.mayShare.end(), [&](const auto &pair) {
            return pair.second == v && !contains(values, pair.first);
          });
      if (contains(values, v))
        bytes -= mayShare ? model.values[v].bytes : 0;
      else if (!mayShare && !contains(op.reads, v))
        bytes += model.values[v].bytes;
    }
    return bytes;
  }

  const Model &model;
  uint64_t limit;
  uint64_t &work;
  std::vector<std::vector<NodeId>> writers;
  std::vector<uint32_t> rank;
  std::vector<uint8_t> sharesOnce; ///< By value: an operand of one permission
                                   ///< of a node at most.
  std::vector<Values> states;
  size_t held = 0; ///< Values in all states.
  /// For every state, the state behind it and what runs in between.
  std::vector<std::pair<uint32_t, NodeId>> cameBy;
  std::pair<uint32_t, NodeId> from; ///< Of the next state.
  std::unordered_set<uint32_t, Hash, Same> seen;
  /// Peak, latest value, bytes, state.
  using Entry = std::tuple<uint64_t, uint64_t, uint64_t, uint32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<Entry>> open;
};

} // namespace

uint64_t pebbleBound(const Model &model, uint64_t known, uint64_t workLimit,
                     uint64_t &work) {
  Game game(model, UINT64_MAX, work);
  uint64_t stop = work + workLimit;
  // A little for every node first, and more for those that are not decided.
  std::vector<NodeId> undecided = model.order;
  for (uint64_t share = 2000; !undecided.empty() && work < stop; share *= 4) {
    std::vector<NodeId> left;
    for (NodeId n : undecided) {
      if (work > stop)
        break;
      bool done = false;
      known = game.play(n, known, std::min(share, stop - work), done);
      if (!done)
        left.push_back(n);
    }
    undecided = std::move(left);
  }
  return known;
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
