//===-- Dtr.cpp - Dynamic Tensor Rematerialization, simulated -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Kirisame et al., ICLR 2021: when full, evict the value with the least
// h = (own cost + cost of the evicted neighbourhood) / (bytes * staleness).
// References that the program drops are evicted at once ("eager eviction"), and
// come back when something is computed again from them.
//
//===----------------------------------------------------------------------===//

#include "benchmarks/budget/Dtr.h"

#include <algorithm>

namespace tenon::plan::bench {

namespace {

class Machine {
public:
  Machine(const Model &model, uint64_t limit)
      : model(model), limit(limit), there(model.values.size(), false),
        pins(model.values.size(), 0), usesLeft(model.values.size(), 0),
        writesLeft(model.values.size(), 0), touched(model.values.size(), 0),
        ended(model.ops.size(), false), mark(model.ops.size(), 0) {
    for (NodeId n = 0; n < model.ops.size(); ++n)
      for (ValueId v : model.ops[n].reads)
        ++usesLeft[v];
    for (ValueId v = 0; v < model.values.size(); ++v)
      writesLeft[v] = model.values[v].writers;
  }

  std::vector<Schedule> run() {
    for (NodeId n : model.order) {
      if (!execute(n, 0))
        return {};
      for (ValueId v : model.ops[n].reads)
        --usesLeft[v];
      for (NodeId earlier : model.ops[n].after)
        ended[earlier] = true;
      for (ValueId v : model.ops[n].reads)
        release(v);
      for (ValueId v : model.ops[n].writes)
        release(v);
    }
    return {out};
  }

private:
  void release(ValueId v) {
    if (there[v] && usesLeft[v] == 0 && pins[v] == 0 && writesLeft[v] == 0 &&
        !model.values[v].liveOut)
      evict(v);
  }

  void evict(ValueId v) {
    there[v] = false;
    live -= model.values[v].bytes;
  }

  bool execute(NodeId n, size_t depth) {
    const Model::Op &op = model.ops[n];
    if (depth > 4000 || out.size() > 8 * model.order.size())
      return false;
    for (ValueId v : op.reads)
      ++pins[v];
    bool ok = true;
    for (ValueId v : op.reads)
      if (ok && !there[v]) {
        NodeId producer = model.values[v].producer;
        ok = producer != kNone && model.ops[producer].mayRepeat &&
             !ended[producer] && execute(producer, depth + 1);
      }
    ok = ok && makeRoom(op);
    if (ok) {
      out.push_back(n);
      ++clock;
      for (ValueId v : op.writes) {
        if (!there[v]) {
          there[v] = true;
          live += model.values[v].bytes;
        }
        writesLeft[v] -= writesLeft[v] > 0;
        touched[v] = clock;
      }
      for (ValueId v : op.reads)
        touched[v] = clock;
    }
    for (ValueId v : op.reads) {
      --pins[v];
      // Brought back for this alone.
      if (depth > 0)
        release(v);
    }
    return ok;
  }

  bool makeRoom(const Model::Op &op) {
    uint64_t more = 0;
    for (ValueId v : op.writes)
      more += there[v] ? 0 : model.values[v].bytes;
    while (live + more > limit) {
      ValueId best = kNone;
      double bestScore = 0;
      for (ValueId v = 0; v < model.values.size(); ++v) {
        NodeId n = model.values[v].producer;
        if (!there[v] || pins[v] > 0 || n == kNone || !model.ops[n].mayRepeat ||
            ended[n] || (model.values[v].liveOut && usesLeft[v] == 0))
          continue;
        double score =
            double(neighbourhood(v) + 1) /
            (double(model.values[v].bytes) * double(clock - touched[v] + 1));
        if (best == kNone || score < bestScore) {
          best = v;
          bestScore = score;
        }
      }
      if (best == kNone)
        return false;
      evict(best);
    }
    return true;
  }

  /// Cost of the value and of evicted ones around it, up to a number of them.
  uint64_t neighbourhood(ValueId v) {
    ++stamp;
    left = 24;
    return walk(model.values[v].producer);
  }

  uint64_t walk(NodeId n) {
    if (mark[n] == stamp || left == 0)
      return 0;
    mark[n] = stamp;
    --left;
    uint64_t cost = model.ops[n].cost;
    for (ValueId v : model.ops[n].reads)
      if (!there[v] && model.values[v].producer != kNone)
        cost += walk(model.values[v].producer);
    return cost;
  }

  const Model &model;
  uint64_t limit;
  uint64_t live = 0;
  uint64_t clock = 0;
  std::vector<bool> there;
  std::vector<uint32_t> pins, usesLeft, writesLeft;
  std::vector<uint64_t> touched;
  std::vector<bool> ended;
  std::vector<uint64_t> mark;
  uint64_t stamp = 0;
  unsigned left = 0;
  Schedule out;
};

} // namespace

std::vector<Schedule> simulateDtr(const Model &model, const Chain &,
                                  uint64_t limit) {
  return Machine(model, limit).run();
}

} // namespace tenon::plan::bench
