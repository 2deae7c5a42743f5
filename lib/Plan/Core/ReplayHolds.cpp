//===-- ReplayHolds.cpp - what is kept earlier or runs later --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Some values can be made again only where little else is alive: activations,
// beside the gradients of the wide layers, for one. Where there is no way to
// one of these, it must be kept from a position on at which there was: the
// replay goes back there. Where that is too much on the way, what is in the way
// is mostly something that could have run later.
//
//===----------------------------------------------------------------------===//

#include "lib/Plan/Core/ReplayMachine.h"

#include <algorithm>

namespace tenon::plan {

/// Times that a replay goes back.
constexpr unsigned kMostRecoveries = 300;

/// Executions that move together.
constexpr size_t kMostMoved = 8;

void ReplayMachine::recordStep() {
  steps.push_back({now, out.schedule.size(), residents.values()});
  work += 1 + residents.values().size() / 8;
}

/// The execution at hand, which needs `more` beside it, and what is held then.
Model::Op ReplayMachine::withHolds(const std::vector<ValueId> &more) {
  const Model::Op &op = opAt(now);
  Model::Op all;
  all.reads = op.reads;
  all.writes = op.writes;
  std::fill(held.begin(), held.end(), false);
  auto add = [&](const std::vector<ValueId> &values) {
    for (ValueId v : values) {
      all.reads.push_back(v);
      held[v] = true;
    }
  };
  for (const Hold &hold : holds)
    if (hold.from <= now && now <= hold.to)
      add(hold.values);
  add(more);
  for (auto pair : op.shares)
    if (!held[pair.first])
      all.shares.push_back(pair);
  std::sort(all.reads.begin(), all.reads.end());
  all.reads.erase(std::unique(all.reads.begin(), all.reads.end()),
                  all.reads.end());
  work += held.size() / 32 + holds.size() / 4;
  return all;
}

/// To what was there before a step. The next position is that of the step.
void ReplayMachine::backTo(size_t step) {
  const Step &to = steps[step];
  for (ValueId v : std::vector<ValueId>(residents.values()))
    drop(v);
  for (ValueId v : to.there)
    residents.admit(v);
  out.schedule.resize(to.runs);
  std::fill(pins.begin(), pins.end(), 0);
  rewindToRuns();
  now = to.now;
}

/// Where the execution at hand does not fit: sees to it that it will. False if
/// it is time to give up.
bool ReplayMachine::recover() {
  if (!keepsDeep() || isOver() || ++recoveries > kMostRecoveries)
    return false;
  Hold hold;
  hold.values = missing;
  hold.from = hold.to = now;
  bool isVain = missing.empty();
  for (const Hold &other : vain)
    isVain |= other.to == hold.to && other.values == hold.values;
  if (!isVain && keepEarlier(std::move(hold)))
    return true;
  return runLater() || giveUpHold();
}

/// Goes back to where all that is missing can be had, and keeps it from there.
bool ReplayMachine::keepEarlier(Hold hold) {
  size_t last = steps.size() - 1; // The step that failed.
  for (size_t less = 1; less <= last && !isOver(); less += 1 + less / 8) {
    backTo(last - less);
    std::vector<NodeId> way;
    // Before the values that are fixed are asked for: it says what is held.
    Model::Op wanted = withHolds(hold.values);
    if (!regression.find(wanted, fixedValues(), residents.flags(), lasting, way,
                         {true, false}))
      continue;
    hold.from = now--;
    holds.push_back(std::move(hold));
    steps.resize(last - less);
    return true;
  }
  backTo(last);
  return false;
}

/// Where nothing helps but to do without what is held: goes back to where that
/// was not yet the case.
bool ReplayMachine::giveUpHold() {
  auto isIn = [&](const Hold &hold) {
    return hold.from <= now && now <= hold.to;
  };
  auto latest = std::find_if(holds.rbegin(), holds.rend(), isIn);
  if (latest == holds.rend())
    return false;
  size_t step = std::partition_point(
                    steps.begin(), steps.end(),
                    [&](const Step &s) { return s.now < latest->from; }) -
                steps.begin();
  vain.push_back(std::move(*latest));
  holds.erase(latest.base() - 1);
  backTo(step);
  steps.resize(step);
  --now;
  return true;
}

/// Moves what wrote something that is in the way, and what that was made of.
bool ReplayMachine::runLater() {
  const Model::Op &op = opAt(now);
  withHolds({});
  rewind();
  Delay best;
  for (ValueId v : steps.back().there)
    if (!held[v] && isFixed(v) && model.values[v].producer != kNone &&
        !std::binary_search(op.reads.begin(), op.reads.end(), v))
      offerDelays(v, best);
  if (best.gain == 0)
    return false;
  size_t step = std::partition_point(
                    steps.begin(), steps.end(),
                    [&](const Step &s) { return s.now <= best.positions[0]; }) -
                steps.begin() - 1;
  move(best);
  backTo(step);
  steps.resize(step);
  --now;
  return true;
}

/// Of the producer of `v` alone, and together with what made what it reads, the
/// best delay.
void ReplayMachine::offerDelays(ValueId v, Delay &best) {
  Delay delay;
  while (v != kNone && model.values[v].producer != kNone &&
         delay.positions.size() < kMostMoved) {
    uint32_t at = now;
    while (at > 0 && base[at - 1] != model.values[v].producer)
      --at;
    work += now - at;
    if (at == 0)
      return;
    auto place =
        std::lower_bound(delay.positions.begin(), delay.positions.end(), --at);
    if (place != delay.positions.end() && *place == at)
      return;
    delay.positions.insert(place, at);
    if (measure(delay, v) && delay.gain > best.gain && mayMove(delay))
      best = delay;
  }
}

/// What is gained here and now. False if nothing is, or if something that has
/// run reads what would run later. Sets `largest` to the largest of the values
/// that would have to stay for it, if there are any.
bool ReplayMachine::measure(Delay &delay, ValueId &largest) {
  auto isMoved = [&](uint32_t p) {
    return std::binary_search(delay.positions.begin(), delay.positions.end(),
                              p);
  };
  auto forAccesses = [&](ValueId v, auto visit) {
    for (uint32_t i = firstAccess[v]; i < firstAccess[v + 1]; ++i)
      visit(accesses[i] / 2, accesses[i] % 2 == 1);
    work += firstAccess[v + 1] - firstAccess[v];
  };
  const Model::Op &op = opAt(now);
  bool may = true;
  uint64_t gain = 0, loss = 0;
  largest = kNone;
  delay.to = uint32_t(base.size());
  for (uint32_t at : delay.positions) {
    const Model::Op &maker = model.ops[base[at]];
    for (ValueId w : maker.writes) {
      may &= model.values[w].producer != kNone;
      bool isUsed = false;
      forAccesses(w, [&](uint32_t p, bool) {
        if (p <= at || isMoved(p))
          return;
        may &= p > now;
        isUsed = true;
        delay.to = std::min(delay.to, p);
      });
      gain += isUsed ? model.values[w].bytes : 0;
    }
    for (ValueId r : maker.reads) {
      bool isOurs = false;
      forAccesses(r, [&](uint32_t p, bool isWrite) {
        isOurs |= isWrite && isMoved(p);
      });
      if (isOurs || nextUse(r) != kNever || mayGiveUp(r) ||
          std::binary_search(op.reads.begin(), op.reads.end(), r))
        continue;
      loss += model.values[r].bytes;
      if (largest == kNone ||
          model.values[r].bytes > model.values[largest].bytes)
        largest = r;
    }
  }
  if (!may || gain <= loss)
    return false;
  delay.gain = gain - loss;
  return true;
}

/// True if nothing in between must follow, or be followed.
bool ReplayMachine::mayMove(const Delay &delay) {
  auto has = [](const std::vector<NodeId> &list, NodeId n) {
    return std::find(list.begin(), list.end(), n) != list.end();
  };
  size_t moved = 0; // Of the positions.
  for (uint32_t p = delay.positions[0]; p < delay.to; ++p) {
    if (moved < delay.positions.size() && delay.positions[moved] == p) {
      ++moved;
      continue;
    }
    const std::vector<NodeId> &needs = model.ops[base[p]].needs;
    for (size_t i = 0; i < moved; ++i) {
      NodeId n = base[delay.positions[i]];
      if (base[p] == n || has(needs, n) || has(model.ops[n].before, base[p]))
        return false;
    }
    work += 1 + moved * (1 + needs.size());
  }
  return true;
}

void ReplayMachine::move(const Delay &delay) {
  std::vector<uint32_t> place(base.size() + 1); // By position before.
  Schedule moved;
  auto take = [&](uint32_t p) {
    place[p] = uint32_t(moved.size());
    moved.push_back(base[p]);
  };
  for (uint32_t p = 0; p <= base.size(); ++p) {
    if (p == delay.to)
      std::for_each(delay.positions.begin(), delay.positions.end(), take);
    if (p < base.size() &&
        !std::binary_search(delay.positions.begin(), delay.positions.end(), p))
      take(p);
  }
  place.back() = uint32_t(moved.size());
  base = std::move(moved);
  for (std::vector<Hold> *list : {&holds, &vain})
    for (Hold &hold : *list) {
      hold.from = place[hold.from];
      hold.to = place[hold.to];
    }
  listAccesses();
  work += 2 * base.size() + accesses.size();
}

} // namespace tenon::plan
