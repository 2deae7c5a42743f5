//===-- Eviction.cpp - recomputation by evicting when full ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/Eviction.h"

#include "lib/Plan/Core/Residents.h"

#include <algorithm>

namespace tenon::plan {

namespace {

constexpr uint32_t kNever = UINT32_MAX;

class Machine {
public:
  Machine(const Model &model, uint64_t limit, const EvictionRule &rule,
          size_t maxRuns, uint64_t stop, uint64_t &work)
      : model(model), limit(limit), rule(rule), maxRuns(maxRuns), stop(stop),
        work(work), residents(model), pins(model.values.size(), 0),
        usesDone(model.values.size(), 0), usesAt(model.values.size()),
        writesDone(model.values.size(), 0), closed(model.ops.size(), 0),
        mayRemake(model.values.size(), false), nextUse(model.values.size()),
        mark(model.ops.size(), 0) {
    for (uint32_t p = 0; p < model.order.size(); ++p)
      for (ValueId v : model.ops[model.order[p]].reads)
        usesAt[v].push_back(p);
    for (ValueId v = 0; v < model.values.size(); ++v) {
      NodeId producer = model.values[v].producer;
      mayRemake[v] = producer != kNone && model.ops[producer].mayRepeat;
      nextUse[v] = usesAt[v].empty() ? kNever : usesAt[v][0];
    }
  }

  std::optional<Schedule> run() {
    for (now = 0; now < model.order.size(); ++now) {
      if (!execute(model.order[now], 0))
        return std::nullopt;
      const Model::Op &op = model.ops[model.order[now]];
      for (ValueId v : op.reads) {
        size_t done = ++usesDone[v];
        nextUse[v] = done == usesAt[v].size() ? kNever : usesAt[v][done];
      }
      // Nothing that this node must follow may run again.
      for (NodeId earlier : op.after) {
        closed[earlier] = true;
        for (ValueId v : model.ops[earlier].writes)
          mayRemake[v] = false;
      }
      if (rule.eager) {
        for (ValueId v : op.reads)
          dropIfUseless(v);
        for (ValueId v : op.writes)
          dropIfUseless(v);
      }
    }
    return std::move(schedule);
  }

private:
  /// True if the order never reads `v` after `reads` more reads.
  bool isUseless(ValueId v, size_t reads = 0) const {
    const Model::Value &value = model.values[v];
    return !value.liveOut && usesDone[v] + reads >= usesAt[v].size() &&
           (value.producer != kNone || writesDone[v] == value.writers);
  }

  void dropIfUseless(ValueId v) {
    if (residents.contains(v) && isUseless(v) && pins[v] == 0)
      residents.drop(v);
  }

  /// Runs `n`, and before it whatever its operands need.
  bool execute(NodeId n, unsigned depth) {
    const Model::Op &op = model.ops[n];
    if (depth > model.ops.size() || schedule.size() >= maxRuns || work > stop)
      return false;
    // Operands that are there must stay while the others are made.
    for (ValueId v : op.reads)
      ++pins[v];
    bool ok = true;
    for (ValueId v : op.reads)
      if (!residents.contains(v)) {
        NodeId producer = model.values[v].producer;
        ok = producer != kNone && model.ops[producer].mayRepeat &&
             !closed[producer] && execute(producer, depth + 1);
        if (!ok)
          break;
      }
    ok = ok && makeRoom(op);
    if (ok) {
      for (ValueId v : op.writes) {
        residents.admit(v);
        ++writesDone[v];
      }
      schedule.push_back(n);
    }
    for (ValueId v : op.reads)
      --pins[v];
    return ok;
  }

  bool makeRoom(const Model::Op &op) {
    uint64_t more = 0;
    for (ValueId v : op.writes)
      more += residents.contains(v) ? 0 : model.values[v].bytes;
    // A result that takes the place of an operand needs no room, if the operand
    // is given up.
    for (auto [from, into] : op.shares) {
      if (residents.bytes() + more <= limit)
        break;
      if (isUseless(from, 1) && residents.contains(from) &&
          !residents.contains(into) && pins[from] == 1)
        residents.drop(from);
    }
    for (ValueId v : op.writes)
      ++pins[v];
    while (residents.bytes() + more > limit) {
      ValueId victim = choose();
      if (victim == kNone)
        break;
      residents.drop(victim);
    }
    for (ValueId v : op.writes)
      --pins[v];
    return residents.bytes() + more <= limit;
  }

  ValueId choose() {
    ValueId best = kNone;
    double bestScore = 0;
    for (ValueId v : residents.values()) {
      if (pins[v] > 0)
        continue;
      double score;
      if (nextUse[v] == kNever) {
        if (!isUseless(v))
          continue;
        // Cheap to lose, though others may be recomputed from it.
        score = -double(model.values[v].bytes);
      } else {
        if (!mayRemake[v] || (best != kNone && bestScore <= 0))
          continue;
        double weight = double(model.values[v].bytes);
        if (rule.nextUse)
          weight *= double(nextUse[v] - now + 1);
        // No need to know by how much it is dearer than the best.
        double most = bestScore * weight * 1.001 + 1;
        score = double(recomputeCost(v, best == kNone || most > 1e18
                                            ? UINT64_MAX
                                            : uint64_t(most)) +
                       1) /
                weight;
      }
      if (best == kNone || score < bestScore) {
        best = v;
        bestScore = score;
      }
    }
    work += residents.values().size();
    return best;
  }

  /// Cost of the executions that would bring `v` back, up to a number of them
  /// and as long as it is less than `enough`.
  uint64_t recomputeCost(ValueId v, uint64_t enough) {
    ++stamp;
    budget = 32;
    return recomputeOp(model.values[v].producer, enough);
  }

  uint64_t recomputeOp(NodeId n, uint64_t enough) {
    if (mark[n] == stamp || budget == 0)
      return 0;
    mark[n] = stamp;
    --budget;
    ++work;
    uint64_t cost = model.ops[n].cost;
    for (ValueId v : model.ops[n].reads)
      if (cost < enough && !residents.contains(v) &&
          model.values[v].producer != kNone)
        cost += recomputeOp(model.values[v].producer, enough - cost);
    return cost;
  }

  const Model &model;
  uint64_t limit;
  EvictionRule rule;
  size_t maxRuns;
  uint64_t stop; ///< Of counted work.
  uint64_t &work;

  uint32_t now = 0; ///< Position in the order.
  Residents residents;
  std::vector<uint32_t> pins;
  std::vector<uint32_t> usesDone;
  std::vector<std::vector<uint32_t>> usesAt; ///< Positions in the order.
  std::vector<uint32_t> writesDone;          ///< For values of many writers.
  std::vector<uint8_t> closed;               ///< Nodes that must not run again.
  std::vector<uint8_t> mayRemake; ///< By value: its producer may run again.
  std::vector<uint32_t> nextUse;  ///< By value: position in the order.
  std::vector<uint64_t> mark;
  uint64_t stamp = 0;
  unsigned budget = 0;
  Schedule schedule;
};

} // namespace

std::optional<Schedule> evictWhenFull(const Model &model, uint64_t limit,
                                      const EvictionRule &rule, size_t maxRuns,
                                      uint64_t workLimit, uint64_t &work) {
  return Machine(model, limit, rule, maxRuns, work + workLimit, work).run();
}

} // namespace tenon::plan
