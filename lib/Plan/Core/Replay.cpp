//===-- Replay.cpp - a schedule again, within fewer bytes -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/ReplayMachine.h"

#include <algorithm>

namespace tenon::plan {

ReplayMachine::ReplayMachine(const Model &model, const Schedule &base,
                             const ReplayLimits &limits, uint64_t &work)
    : model(model), base(base), limits(limits), stop(work + limits.workLimit),
      work(work), regression(model, limits.bytes, stop, work), residents(model),
      space(model, limits.arena), pins(model.values.size(), 0),
      cursor(model.values.size(), 0), upcoming(model.values.size(), 0),
      ran(model.ops.size(), false), closed(model.ops.size(), false),
      mark(model.ops.size(), 0), held(model.values.size(), false) {
  std::vector<uint32_t> rank(model.ops.size(), kNever);
  for (uint32_t p = 0; p < base.size(); ++p)
    rank[base[p]] = std::min(rank[base[p]], p);
  for (ValueId v = 0; v < model.values.size(); ++v)
    if (model.values[v].liveOut)
      end.reads.push_back(v);
  regression.setRanks(std::move(rank));
  listAccesses();
  findLasting();
}

std::optional<Replayed> ReplayMachine::run() {
  // In the end what must be there then, all at once.
  for (now = 0; now <= base.size(); ++now)
    if (!step() && !(isPlaced() ? goBack() : recover()))
      return std::nullopt;
  return std::move(out);
}

/// Runs what stands at the position at hand.
bool ReplayMachine::step() {
  NodeId n = now < base.size() ? base[now] : kNone;
  if (n != kNone && isSpared(n))
    return true;
  bool done = false;
  if (isPlaced()) {
    done = reach(opAt(now), n);
  } else if (keepsDeep()) {
    recordStep();
    done = bringBack(withHolds({})) && (n == kNone || execute(n));
  } else {
    done = bringBack(opAt(now)) && (n == kNone || execute(n));
  }
  if (done && n != kNone) {
    ran[n] = true;
    close(model.ops[n]);
  }
  return done;
}

void ReplayMachine::listAccesses() {
  auto forAll = [&](auto visit) {
    for (uint32_t p = 0; p < base.size(); ++p) {
      const Model::Op &op = model.ops[base[p]];
      for (ValueId v : op.reads)
        visit(v, 2 * p);
      for (ValueId v : op.writes)
        if (model.values[v].producer != kNone)
          visit(v, 2 * p + 1);
    }
    for (ValueId v : end.reads)
      visit(v, 2 * uint32_t(base.size()));
  };
  firstAccess.assign(model.values.size() + 1, 0);
  forAll([&](ValueId v, uint32_t) { ++firstAccess[v + 1]; });
  for (size_t v = 0; v < model.values.size(); ++v)
    firstAccess[v + 1] += firstAccess[v];
  accesses.resize(firstAccess.back());
  // The cursors fill the lists; then each is where its list begins again.
  rewind();
  forAll([&](ValueId v, uint32_t access) { accesses[cursor[v]++] = access; });
  rewind();
}

void ReplayMachine::rewind() {
  std::copy(firstAccess.begin(), firstAccess.end() - 1, cursor.begin());
  std::fill(upcoming.begin(), upcoming.end(), 0);
}

/// As all was behind the executions that are left of what has run.
void ReplayMachine::rewindToRuns() {
  rewind();
  std::fill(ran.begin(), ran.end(), false);
  std::fill(closed.begin(), closed.end(), false);
  for (NodeId n : out.schedule) {
    ran[n] = true;
    for (NodeId earlier : model.ops[n].after)
      closed[earlier] = true;
  }
  findLasting();
  work += out.schedule.size();
}

/// The position of the next read in the base behind this one; `kNever` if
/// the base computes `v` again before that.
uint32_t ReplayMachine::nextUse(ValueId v) {
  if (upcoming[v] / 2 <= now) {
    uint32_t &at = cursor[v];
    while (at < firstAccess[v + 1] && accesses[at] / 2 <= now)
      ++at;
    upcoming[v] = at == firstAccess[v + 1] ? kNever : accesses[at];
  }
  return upcoming[v] % 2 == 1 ? kNever : upcoming[v] / 2;
}

/// Nothing that `op` must follow may run again.
void ReplayMachine::close(const Model::Op &op) {
  bool changed = false;
  for (NodeId n : op.after) {
    changed |= !closed[n];
    closed[n] = true;
  }
  if (changed)
    findLasting();
}

/// Values that can be computed again from nothing.
void ReplayMachine::findLasting() {
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
bool ReplayMachine::isSpared(NodeId n) {
  if (!ran[n])
    return false;
  for (ValueId v : model.ops[n].writes)
    if (!residents.contains(v) && nextUse(v) != kNever)
      return false;
  return true;
}

/// What is there and must stay.
std::vector<ValueId> ReplayMachine::fixedValues() {
  std::vector<ValueId> fixed;
  for (ValueId v : residents.values())
    if (isFixed(v))
      fixed.push_back(v);
  return fixed;
}

/// Makes all operands resident.
bool ReplayMachine::bringBack(const Model::Op &op) {
  if (std::all_of(op.reads.begin(), op.reads.end(),
                  [&](ValueId v) { return residents.contains(v); }))
    return true;
  // Values that nothing brings back stay; so do others while there is room.
  std::vector<NodeId> way;
  missing.clear();
  if (!regression.find(op, fixedValues(), residents.flags(), lasting, way,
                       {keepsDeep(), true})) {
    for (ValueId v : op.reads)
      if (!residents.contains(v))
        missing.push_back(v);
    return false;
  }
  return follow(way, op);
}

bool ReplayMachine::follow(const std::vector<NodeId> &way,
                           const Model::Op &target) {
  // For every step, which of its operands the way does not read again, and
  // which of its results it does.
  std::vector<std::vector<ValueId>> last(way.size()), first(way.size());
  std::vector<uint8_t> &awaited = scratch;
  awaited.resize(model.values.size(), false); // All false from call to call.
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
  for (ValueId v : residents.values())
    if (awaited[v])
      held.push_back(v);
  for (ValueId v : target.reads)
    awaited[v] = false;
  for (NodeId n : way)
    for (ValueId v : model.ops[n].reads)
      awaited[v] = false;
  for (ValueId v : held)
    ++pins[v];
  for (size_t i = 0; i < way.size(); ++i) {
    for (ValueId v : last[i])
      --pins[v];
    if (!execute(way[i]))
      return false;
    for (ValueId v : first[i])
      ++pins[v];
  }
  for (ValueId v : target.reads)
    --pins[v];
  return true;
}

bool ReplayMachine::execute(NodeId n) {
  const Model::Op &op = model.ops[n];
  if (isOver() || !(isPlaced() ? placeResults(op) : makeRoom(op)))
    return false;
  for (ValueId v : op.writes) {
    residents.admit(v);
    if (isPlaced())
      out.addresses.push_back(space.addressOf(v));
  }
  out.schedule.push_back(n);
  ++work;
  return true;
}

void ReplayMachine::drop(ValueId v) {
  residents.drop(v);
  if (isPlaced())
    space.release(v);
}

/// Holds what `op` touches, or lets go of it.
void ReplayMachine::pin(const Model::Op &op, int more) {
  for (ValueId v : op.reads)
    pins[v] += more;
  for (ValueId v : op.writes)
    pins[v] += more;
}

bool ReplayMachine::makeRoom(const Model::Op &op) {
  uint64_t more = 0;
  for (ValueId v : op.writes)
    more += residents.contains(v) ? 0 : model.values[v].bytes;
  // A result that takes the place of an operand needs no room, if the operand
  // is given up.
  auto share = [&](bool useless) {
    for (auto [from, into] : op.shares) {
      if (residents.bytes() + more <= limits.bytes)
        return;
      if (residents.contains(from) && !residents.contains(into) &&
          pins[from] == 0 &&
          (useless ? nextUse(from) == kNever && !held[from] : mayGiveUp(from)))
        drop(from);
    }
  };
  share(true);
  pin(op, 1);
  while (residents.bytes() + more > limits.bytes) {
    ValueId victim = choose();
    if (victim == kNone)
      break;
    drop(victim);
  }
  pin(op, -1);
  share(false);
  return residents.bytes() + more <= limits.bytes;
}

ValueId ReplayMachine::choose() {
  ValueId best = kNone;
  double bestScore = 0;
  for (ValueId v : residents.values()) {
    if (pins[v] > 0 || held[v])
      continue;
    uint32_t use = nextUse(v);
    double bytes = double(model.values[v].bytes);
    double score = 0;
    if (use == kNever)
      score = mayRemake(v) ? -bytes : -1 / bytes;
    else if (mayGiveUp(v) && (best == kNone || bestScore > 0)) {
      // No need to know by how much it is dearer than the best.
      double most = bestScore * bytes * double(use - now) * 1.001 + 1;
      uint64_t enough =
          best == kNone || most > 1e18 ? UINT64_MAX : uint64_t(most);
      score = double(recomputeCost(v, enough) + 1) / bytes / double(use - now);
    } else
      continue;
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
uint64_t ReplayMachine::recomputeCost(ValueId v, uint64_t enough) {
  ++stamp;
  unsigned left = 32;
  return recomputeOp(model.values[v].producer, left, enough);
}

uint64_t ReplayMachine::recomputeOp(NodeId n, unsigned &left, uint64_t enough) {
  if (mark[n] == stamp || left == 0)
    return 0;
  mark[n] = stamp;
  --left;
  ++work;
  uint64_t cost = model.ops[n].cost;
  for (ValueId v : model.ops[n].reads)
    if (cost < enough && !residents.contains(v) &&
        model.values[v].producer != kNone)
      cost += recomputeOp(model.values[v].producer, left, enough - cost);
  return cost;
}

std::optional<Replayed> replay(const Model &model, const Schedule &base,
                               const ReplayLimits &limits, uint64_t &work) {
  return ReplayMachine(model, base, limits, work).run();
}

std::vector<uint64_t> bytesFromNothing(const Model &model, uint64_t most,
                                       uint64_t &work) {
  return Regression(model, most, UINT64_MAX, work).bytesFromNothing();
}

} // namespace tenon::plan
