//===-- ReplayPlaced.cpp - a schedule again, with addresses ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/ReplayMachine.h"

#include <algorithm>

namespace tenon::plan {

/// Brings back what `op` reads, and runs it, which is node `n` unless that is
/// none. Where places for it are wanting, tries again with others, and with
/// less in the way.
bool ReplayMachine::reach(const Model::Op &op, NodeId n) {
  Mark mark;
  mark.now = now;
  mark.runs = out.schedule.size();
  mark.addresses = out.addresses.size();
  for (ValueId v : residents.values())
    mark.there.push_back({v, space.addressOf(v)});
  bool found = false;
  constexpr unsigned kTries = 12;
  for (attempt = 0; attempt < kTries && !found; ++attempt) {
    if (attempt > 0)
      restore(mark, attempt > kTries / 3);
    found = bringBack(op) && (n == kNone || execute(n));
    if (isOver())
      break;
  }
  attempt = 0;
  marks.push_back(std::move(mark));
  if (marks.size() > kMostMarks)
    marks.pop_front();
  return found;
}

/// Back to a mark, or to that with less: half of what can be brought back.
void ReplayMachine::restore(const Mark &mark, bool less) {
  for (ValueId v : std::vector<ValueId>(residents.values()))
    drop(v);
  for (auto [v, at] : mark.there)
    if (!less || !mayRemake(v) || random() % 2 == 0) {
      residents.admit(v);
      space.place(v, at);
    }
  out.schedule.resize(mark.runs);
  out.addresses.resize(mark.addresses);
  std::fill(pins.begin(), pins.end(), 0);
}

/// Where what is in the way cannot be moved any more: goes back, further and
/// further, and lays things elsewhere from there on. False if it is time to
/// give up.
bool ReplayMachine::goBack() {
  if (now == base.size() || isOver())
    return false;
  if (now > failedAt || back == 0) {
    failedAt = now;
    back = 1;
  } else {
    back *= 2;
  }
  if (back >= 2 * marks.size())
    return false;
  size_t steps = std::min(back, marks.size() - 1);
  marks.resize(marks.size() - steps);
  Mark mark = std::move(marks.back());
  marks.pop_back();
  restore(mark, false);
  rewindToRuns();
  now = mark.now - 1; // The loop goes on behind it.
  return true;
}

/// Finds addresses for what `op` writes. What fails leaves nothing behind.
bool ReplayMachine::placeResults(const Model::Op &op) {
  std::vector<ValueId> absent;
  for (ValueId v : op.writes)
    if (!residents.contains(v))
      absent.push_back(v);
  std::vector<ValueId> placed;
  auto put = [&](ValueId v, uint64_t at) {
    space.place(v, at);
    placed.push_back(v);
  };
  auto share = [&](bool useless) {
    for (auto [from, into] : op.shares)
      if (residents.contains(from) && !residents.contains(into) &&
          space.addressOf(into) == AddressSpace::kNowhere && pins[from] == 0 &&
          (useless ? nextUse(from) == kNever : mayGiveUp(from))) {
        uint64_t at = space.addressOf(from);
        drop(from);
        put(into, at);
      }
  };
  share(true);
  std::sort(absent.begin(), absent.end(), [&](ValueId a, ValueId b) {
    uint64_t bytesOfA = model.values[a].bytes;
    uint64_t bytesOfB = model.values[b].bytes;
    return bytesOfA != bytesOfB ? bytesOfA > bytesOfB : a < b;
  });
  for (ValueId v : absent) {
    if (space.addressOf(v) != AddressSpace::kNowhere)
      continue;
    uint64_t at = findPlace(op, v);
    if (at == AddressSpace::kNowhere) {
      share(false);
      if (space.addressOf(v) != AddressSpace::kNowhere)
        continue;
      for (ValueId other : placed)
        space.release(other);
      return false;
    }
    put(v, at);
  }
  return true;
}

uint64_t ReplayMachine::findPlace(const Model::Op &op, ValueId v) {
  uint64_t bytes = model.values[v].bytes;
  // What goes soon lies at the other end than what stays.
  uint32_t use = nextUse(v);
  bool high =
      limits.shortLife > 0 && (use == kNever || use - now <= limits.shortLife);
  if (attempt > 0 || now < failedAt)
    high = random() % 2 == 0;
  work += space.values().size();
  uint64_t at = space.tightestGap(bytes, high);
  if (at != AddressSpace::kNowhere)
    return at;
  prices.clear();
  pin(op, 1);
  for (ValueId other : space.values())
    prices.push_back(residents.contains(other) ? price(other) : -1);
  pin(op, -1);
  work += space.values().size() * 4;
  std::vector<ValueId> victims;
  at = space.cheapestRoom(bytes, prices, high, victims);
  for (ValueId victim : victims)
    drop(victim);
  return at;
}

/// Of giving `v` up; negative if that must not be.
double ReplayMachine::price(ValueId v) {
  if (pins[v] > 0)
    return -1;
  uint32_t use = nextUse(v);
  if (use == kNever)
    return 0;
  if (!mayGiveUp(v))
    return -1;
  return double(recomputeCost(v) + 1) / double(use - now);
}

} // namespace tenon::plan
