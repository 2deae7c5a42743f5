//===-- Replay.cpp - a schedule again, within fewer bytes -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/Replay.h"

#include "lib/Plan/Core/Regression.h"

#include <algorithm>

namespace tenon::plan {

namespace {

constexpr uint32_t kNever = UINT32_MAX;

class Machine {
public:
  Machine(const Model &model, const Schedule &base, const ReplayLimits &limits,
          uint64_t &work)
      : model(model), base(base), limits(limits), stop(work + limits.workLimit),
        work(work), regression(model, limits.bytes, work),
        resident(model.values.size(), false), pins(model.values.size(), 0),
        accesses(model.values.size()), cursor(model.values.size(), 0),
        ran(model.ops.size(), false), closed(model.ops.size(), false),
        mark(model.ops.size(), 0) {
    std::vector<uint32_t> rank(model.ops.size(), kNever);
    for (uint32_t p = 0; p < base.size(); ++p) {
      const Model::Op &op = model.ops[base[p]];
      rank[base[p]] = std::min(rank[base[p]], p);
      for (ValueId v : op.reads)
        accesses[v].push_back(2 * p);
      for (ValueId v : op.writes)
        if (model.values[v].producer != kNone)
          accesses[v].push_back(2 * p + 1);
    }
    for (ValueId v = 0; v < model.values.size(); ++v)
      if (model.values[v].liveOut) {
        accesses[v].push_back(2 * uint32_t(base.size()));
        end.reads.push_back(v);
      }
    regression.setRanks(std::move(rank));
    findLasting();
  }

  std::optional<Schedule> run() {
    for (now = 0; now < base.size(); ++now) {
      NodeId n = base[now];
      if (isSpared(n))
        continue;
      if (!bringBack(model.ops[n]) || !execute(n))
        return std::nullopt;
      ran[n] = true;
      close(model.ops[n]);
    }
    // What must be there in the end, all at once.
    if (!bringBack(end))
      return std::nullopt;
    return std::move(out);
  }

private:
  /// The position of the next read in the base behind this one; `kNever` if
  /// the base computes `v` again before that.
  uint32_t nextUse(ValueId v) {
    const std::vector<uint32_t> &list = accesses[v];
    uint32_t &at = cursor[v];
    while (at < list.size() && list[at] / 2 <= now)
      ++at;
    return at == list.size() || list[at] % 2 == 1 ? kNever : list[at] / 2;
  }

  bool mayRemake(ValueId v) const { return lasting[v]; }

  /// Nothing that `op` must follow may run again.
  void close(const Model::Op &op) {
    bool changed = false;
    for (NodeId n : op.after) {
      changed |= !closed[n];
      closed[n] = true;
    }
    if (changed)
      findLasting();
  }

  /// Values that can be computed again from nothing.
  void findLasting() {
    lasting.assign(model.values.size(), false);
    for (NodeId n : model.order) {
      const Model::Op &op = model.ops[n];
      bool may = op.mayRepeat && !closed[n];
      for (ValueId v : op.reads)
        may &= bool(lasting[v]);
      for (ValueId v : op.writes)
        lasting[v] = may;
    }
    work += model.order.size();
  }

  /// True for repetitions whose results are there, or have no use.
  bool isSpared(NodeId n) {
    if (!ran[n])
      return false;
    for (ValueId v : model.ops[n].writes)
      if (!resident[v] && nextUse(v) != kNever)
        return false;
    return true;
  }

  /// Makes all operands resident.
  bool bringBack(const Model::Op &op) {
    if (std::all_of(op.reads.begin(), op.reads.end(),
                    [&](ValueId v) { return resident[v]; }))
      return true;
    // Values that nothing brings back stay; so do others while there is room.
    std::vector<ValueId> fixed;
    for (ValueId v : residents)
      if (!mayRemake(v) && nextUse(v) != kNever)
        fixed.push_back(v);
    auto there = [&](ValueId v) { return bool(resident[v]); };
    auto remake = [&](ValueId v) { return mayRemake(v); };
    std::vector<NodeId> way;
    if (!regression.find(op, fixed, there, remake, way))
      return false;
    return follow(way, op);
  }

  bool follow(const std::vector<NodeId> &way, const Model::Op &target) {
    // For every step, which of its operands the way does not read again, and
    // which of its results it does.
    std::vector<std::vector<ValueId>> last(way.size()), first(way.size());
    std::vector<ValueId> touched;
    std::vector<uint8_t> &awaited = scratch;
    awaited.assign(model.values.size(), false);
    for (ValueId v : target.reads)
      awaited[v] = true;
    for (size_t i = way.size(); i-- > 0;) {
      const Model::Op &op = model.ops[way[i]];
      for (ValueId v : op.writes) {
        if (awaited[v])
          first[i].push_back(v);
        awaited[v] = false;
      }
      for (ValueId v : op.reads) {
        if (!awaited[v])
          last[i].push_back(v);
        awaited[v] = true;
      }
    }
    std::vector<ValueId> held;
    for (ValueId v : residents)
      if (awaited[v])
        held.push_back(v);
    for (ValueId v : held)
      ++pins[v];
    for (size_t i = 0; i < way.size(); ++i) {
      for (ValueId v : last[i])
        --pins[v];
      // Written again: no longer the same bytes that were held.
      if (!execute(way[i]))
        return false;
      for (ValueId v : first[i])
        ++pins[v];
    }
    for (ValueId v : target.reads)
      --pins[v];
    return true;
  }

  bool execute(NodeId n) {
    const Model::Op &op = model.ops[n];
    if (out.size() >= limits.maxRuns || work > stop || !makeRoom(op))
      return false;
    for (ValueId v : op.writes)
      admit(v);
    out.push_back(n);
    ++work;
    return true;
  }

  bool makeRoom(const Model::Op &op) {
    uint64_t more = 0;
    for (ValueId v : op.writes)
      more += resident[v] ? 0 : model.values[v].bytes;
    // A result that takes the place of an operand needs no room, if the operand
    // is given up.
    auto share = [&](bool useless) {
      for (auto [from, into] : op.shares) {
        if (live + more <= limits.bytes)
          return;
        if (resident[from] && !resident[into] && pins[from] == 0 &&
            (useless ? nextUse(from) == kNever : mayRemake(from)))
          drop(from);
      }
    };
    share(true);
    while (live + more > limits.bytes) {
      ValueId victim = choose(op);
      if (victim == kNone)
        break;
      drop(victim);
    }
    share(false);
    return live + more <= limits.bytes;
  }

  ValueId choose(const Model::Op &op) {
    ValueId best = kNone;
    double bestScore = 0;
    for (ValueId v : residents) {
      if (pins[v] > 0 ||
          std::binary_search(op.reads.begin(), op.reads.end(), v) ||
          std::binary_search(op.writes.begin(), op.writes.end(), v))
        continue;
      uint32_t use = nextUse(v);
      double bytes = double(model.values[v].bytes);
      double score = 0;
      if (use == kNever)
        score = mayRemake(v) ? -bytes : -1 / bytes;
      else if (mayRemake(v))
        score = double(recomputeCost(v) + 1) / bytes / double(use - now);
      else
        continue;
      if (best == kNone || score < bestScore) {
        best = v;
        bestScore = score;
      }
    }
    work += residents.size();
    return best;
  }

  /// Cost of the executions that would bring `v` back, up to a depth.
  uint64_t recomputeCost(ValueId v) {
    ++stamp;
    unsigned left = 32;
    return recomputeOp(model.values[v].producer, left);
  }

  uint64_t recomputeOp(NodeId n, unsigned &left) {
    if (mark[n] == stamp || left == 0)
      return 0;
    mark[n] = stamp;
    --left;
    ++work;
    uint64_t cost = model.ops[n].cost;
    for (ValueId v : model.ops[n].reads)
      if (!resident[v] && model.values[v].producer != kNone)
        cost += recomputeOp(model.values[v].producer, left);
    return cost;
  }

  void drop(ValueId v) {
    resident[v] = false;
    live -= model.values[v].bytes;
    residents.erase(std::lower_bound(residents.begin(), residents.end(), v));
  }

  void admit(ValueId v) {
    if (resident[v])
      return;
    resident[v] = true;
    live += model.values[v].bytes;
    residents.insert(std::lower_bound(residents.begin(), residents.end(), v),
                     v);
  }

  const Model &model;
  const Schedule &base;
  ReplayLimits limits;
  uint64_t stop; ///< Of counted work.
  uint64_t &work;
  Regression regression;

  uint32_t now = 0; ///< Position in the base.
  uint64_t live = 0;
  std::vector<uint8_t> resident;
  std::vector<ValueId> residents; ///< Sorted.
  std::vector<uint32_t> pins;     ///< Of what the way at hand still needs.
  std::vector<std::vector<uint32_t>> accesses; ///< 2 * position, + 1: a write.
  std::vector<uint32_t> cursor;                ///< Into those.
  std::vector<uint8_t> ran;
  std::vector<uint8_t> closed;  ///< Nodes that must not run again.
  std::vector<uint8_t> lasting; ///< Values that nodes can bring back.
  std::vector<uint64_t> mark;
  uint64_t stamp = 0;
  std::vector<uint8_t> scratch;
  Model::Op end; ///< Reads what is live out.
  Schedule out;
};

} // namespace

std::optional<Schedule> replay(const Model &model, const Schedule &base,
                               const ReplayLimits &limits, uint64_t &work) {
  return Machine(model, base, limits, work).run();
}

} // namespace tenon::plan
