//===-- ChainSolver.cpp - where to keep, where to run again ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/ChainSolver.h"

#include <algorithm>
#include <map>
#include <utility>

namespace tenon::plan {

/// Classes times capacities: bounds the memory of the tables.
constexpr size_t kMostCosts = 6'000'000;

/// Longer segments are split at narrow cuts alone, to save work: mostly one is
/// near the best cut, but nothing says that it must be.
constexpr uint32_t kShort = 256;

/// Events that need all but this part of what is needed where that is most
/// leave little room.
constexpr uint64_t kShareOfRoom = 8;

ChainSolver::ChainSolver(const Model &model, const Chain &chain,
                         uint64_t capacity, uint64_t slot, uint64_t workLimit,
                         std::vector<uint32_t> margins)
    : model(model), chain(chain), slot(std::max<uint64_t>(slot, 1)),
      slots(capacity / this->slot + 1), margins(std::move(margins)) {
  if (chain.blocks.empty() || !findClasses(workLimit))
    return;
  costBefore.assign(1, 0);
  for (const Chain::Block &block : chain.blocks)
    costBefore.push_back(costBefore.back() + block.cost);
  uint32_t count = 1;
  for (size_t c = 0; c < segments->size(); ++c) {
    const SegmentClasses::Segment &s = (*segments)[c];
    tablesOf.push_back(count);
    count += 2 + 2 * uint32_t(countWider(s.begin, s.end));
  }
  tables.emplace(slots, count);
  for (size_t c = 0; c < segments->size(); ++c) {
    const SegmentClasses::Segment &s = (*segments)[c];
    solve(s.begin, s.end);
    for (size_t w = 0; w < countWider(s.begin, s.end); ++w)
      solveStandIn(s.begin, wider[s.begin][w], s.end);
  }
}

bool ChainSolver::findClasses(uint64_t workLimit) {
  std::vector<uint32_t> kinds;
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> numbers;
  for (const Chain::Block &block : chain.blocks) {
    std::pair<uint32_t, uint32_t> kind{block.kind, 0};
    if (!margins.empty()) // The first is like no other.
      kind.second = kinds.empty() ? UINT32_MAX : margins[kinds.size()];
    kinds.push_back(
        numbers.try_emplace(kind, uint32_t(numbers.size())).first->second);
  }
  segments.emplace(kinds, kMostCosts / slots);
  if (!segments->complete())
    return false;
  uint64_t steps = 0;
  uint64_t standIns = 0;
  uint64_t standInSteps = 0;
  findStandIns();
  for (size_t c = 0; c < segments->size(); ++c) {
    const SegmentClasses::Segment &s = (*segments)[c];
    uint64_t splits = 1;
    for (uint32_t k = s.begin + 1; k < s.end; ++k) {
      splits += maySplit(s.begin, s.end, k);
      standInSteps += 2 * countWider(k, s.end) * slots;
    }
    steps += 2 * splits * slots;
    for (size_t w = 0; w < countWider(s.begin, s.end); ++w)
      standInSteps += 2 * (s.end - wider[s.begin][w]) * slots;
    standIns += countWider(s.begin, s.end);
  }
  if (steps + standInSteps > workLimit || standIns > kMostCosts / slots)
    for (std::vector<uint32_t> &cuts : wider)
      cuts.clear();
  return steps <= workLimit;
}

/// A cut may stand in for wider ones behind it, up to the next that is no
/// wider, whose events leave little room where room is least. Only where all
/// that crosses was made in the block before, so that it can be given up; and
/// where slots tell all widths apart, as the gain is in the last of them.
/// Segments of one class must agree: what blocks of a kind need is what the one
/// needs that needs most.
void ChainSolver::findStandIns() {
  uint32_t n = uint32_t(chain.blocks.size());
  std::map<uint32_t, uint64_t> needOfKind;
  uint64_t most = 0;
  for (uint32_t b = 0; b < n; ++b) {
    const Chain::Block &block = chain.blocks[b];
    uint64_t need = chain.crossing[b][0] + block.lateBytes + block.eventsPeak;
    uint64_t &known = needOfKind[block.kind];
    known = std::max(known, need);
    most = std::max(most, need);
  }
  auto isGate = [&](uint32_t cut) {
    return chain.crossing[cut][cut - 1] == chain.crossing[cut][0];
  };
  wider.resize(n + 1);
  if (std::any_of(chain.crossing.begin(), chain.crossing.end(),
                  [&](const auto &row) { return row[0] % slot != 0; }))
    return;
  for (uint32_t cut = 1; cut < n; ++cut) {
    uint64_t width = chain.crossing[cut][0];
    for (uint32_t k = cut + 1;
         k < n && isGate(cut) && isGate(k) && chain.crossing[k][0] > width; ++k)
      if (needOfKind[chain.blocks[k].kind] + width > most - most / kShareOfRoom)
        wider[cut].push_back(k);
  }
}

bool ChainSolver::maySplit(uint32_t begin, uint32_t end, uint32_t at) const {
  if (end - begin <= kShort)
    return true;
  uint64_t width = chain.crossing[at][0];
  return width <= chain.crossing[at - 1][0] &&
         width <= chain.crossing[at + 1][0];
}

int64_t ChainSolver::growth(uint32_t from, uint32_t to) const {
  return int64_t(chain.blocks[to].lateBytes) -
         int64_t(chain.blocks[from].lateBytes);
}

// To the nearest, as errors of both signs cancel over a chain and the result is
// evaluated anyway; but what is there at all never costs nothing.
int64_t ChainSolver::toSlots(int64_t bytes) const {
  int64_t s = int64_t(slot);
  if (bytes >= 0)
    return bytes * 8 < s ? 0 : std::max<int64_t>((bytes + s / 2) / s, 1);
  return -((-bytes + s / 2) / s);
}

void ChainSolver::offer(uint32_t to, const Join &join, uint32_t right,
                        uint32_t left) {
  size_t seen = tables->offer(to, join, right, left);
  work += seen > 0 ? seen / 2 + 8 : 1;
}

void ChainSolver::solve(uint32_t i, uint32_t j) {
  for (bool hasEnd : {false, true}) {
    uint32_t to = table(i, j, hasEnd);
    Cost *best = (*tables)[to];
    if (hasEnd) // The end may be forgotten at once.
      std::copy_n((*tables)[to - 1], slots + 1, best);
    const Chain::Block &first = chain.blocks[i];
    uint64_t endBytes = hasEnd ? chain.crossing[j][i] : 0;
    // Keep the tape of the first block.
    int64_t late = toSlots(growth(j - 1, i));
    uint64_t eventsNeed = first.eventsPeak;
    uint64_t tapeNeed = first.tapePeak + (j > i + 1 ? endBytes : 0);
    Cost own = first.cost;
    if (j == i + 1 && hasEnd) {
      own = first.restCost;
      if (first.rest.empty())
        tapeNeed = 0;
    }
    int64_t tape = tapeOf(i, j);
    const Cost *inner =
        j > i + 1 ? (*tables)[table(i + 1, j, hasEnd)] : nullptr;
    for (int64_t m = 0; m <= int64_t(slots); ++m) {
      int64_t then = std::min<int64_t>(m - late, slots);
      if (uint64_t(m) * slot < tapeNeed || then < 0 ||
          uint64_t(then) * slot < eventsNeed)
        continue;
      if (!inner)
        best[m] = std::min(best[m], own);
      else if (m >= tape)
        best[m] = std::min(best[m], own + inner[m - tape]);
    }
    // Run on and forget: then the right part, then the left.
    uint64_t need = 0;
    for (uint32_t k = i + 1; k < j; ++k) {
      need = std::max(need, (k - 1 > i ? chain.crossing[k - 1][i] : 0) +
                                chain.blocks[k - 1].forwardPeak);
      if (!maySplit(i, j, k))
        continue;
      Join join;
      join.run = costBefore[k] - costBefore[i];
      join.from = int64_t((need + endBytes + slot - 1) / slot);
      join.kept = keptAt(i, k);
      join.grown = toSlots(growth(j - 1, k - 1));
      offer(to, join, table(k, j, hasEnd), table(i, k, true));
      // The same with this cut in place of one of those behind it.
      for (size_t w = 0; w < countWider(k, j); ++w) {
        uint32_t wide = wider[k][w];
        join.grown = toSlots(growth(j - 1, wide - 1));
        offer(to, join, standInTable(k, wide, j, hasEnd), table(i, wide, true));
      }
    }
    tables->finish(to);
    work += slots;
  }
}

void ChainSolver::solveStandIn(uint32_t i, uint32_t k, uint32_t j) {
  for (bool hasEnd : {false, true}) {
    uint32_t to = standInTable(i, k, j, hasEnd);
    if (hasEnd)
      std::copy_n((*tables)[to - 1], slots + 1, (*tables)[to]);
    uint64_t endBytes = hasEnd ? chain.crossing[j][i] : 0;
    uint64_t need = 0;     // Running on from cut i, which stays.
    uint64_t needLast = 0; // Running on from there and giving it up.
    uint64_t given = chain.crossing[i][0];
    for (uint32_t r = i + 1; r < j; ++r) {
      uint64_t peak = chain.blocks[r - 1].forwardPeak + endBytes;
      if (r - 1 == i) {
        needLast = given + peak;
      } else {
        peak += chain.crossing[r - 1][i];
        needLast = std::max(needLast, peak);
      }
      need = std::max(need, peak);
      Join join;
      join.run = costBefore[r] - costBefore[i];
      if (r == k) {
        join.from =
            int64_t((needLast - std::min(needLast, given) + slot - 1) / slot);
        join.kept =
            toSlots(int64_t(chain.crossing[k][0])) - toSlots(int64_t(given));
        offer(to, join, table(k, j, hasEnd), CostTables::kFree);
      } else if (r > k) {
        join.from = int64_t((need + slot - 1) / slot);
        join.kept = keptAt(i, r);
        join.grown = toSlots(growth(j - 1, r - 1));
        offer(to, join, table(r, j, hasEnd), standInTable(i, k, r, true));
      }
    }
    tables->finish(to);
    work += slots;
  }
}

/// Reverses the blocks [k, j) with what crosses cut i, which is given up before
/// the events of block k.
ChainSolver::Decision ChainSolver::decideStandIn(uint32_t i, uint32_t k,
                                                 uint32_t j, bool hasEnd,
                                                 int64_t m) const {
  Decision best;
  uint64_t bytes = uint64_t(m) * slot;
  uint64_t endBytes = hasEnd ? chain.crossing[j][i] : 0;
  uint64_t need = endBytes; // Running on from cut i, which stays.
  uint64_t needLast = 0;    // Running on from there and giving it up.
  for (uint32_t r = i + 1; r < j; ++r) {
    uint64_t peak = chain.blocks[r - 1].forwardPeak + endBytes;
    if (r - 1 > i) {
      needLast = std::max(needLast, chain.crossing[r - 1][i] + peak);
      peak += chain.crossing[r - 1][i];
    } else if (peak > bytes) {
      return best;
    }
    need = std::max(need, peak);
    Cost run = costBefore[r] - costBefore[i];
    if (r == k) {
      int64_t then = m + toSlots(int64_t(chain.crossing[i][0])) -
                     toSlots(int64_t(chain.crossing[k][0]));
      Cost cost = run + costOf(k, j, hasEnd, then);
      if (needLast <= bytes + chain.crossing[i][0] && cost < best.cost)
        best = {Kind::StandIn, k, i, cost};
    }
    if (r <= k)
      continue;
    if (need > bytes)
      break;
    Cost right = costOf(r, j, hasEnd, m - keptAt(i, r));
    Cost left = tables->at(standInTable(i, k, r, true),
                           m - toSlots(growth(j - 1, r - 1)));
    Cost cost = run + right + left;
    if (cost < best.cost)
      best = {Kind::Split, r, i, cost};
  }
  return best;
}

/// The same choice as `solve` made, found again.
ChainSolver::Decision ChainSolver::decide(uint32_t i, uint32_t j, bool hasEnd,
                                          int64_t m) const {
  Decision best;
  auto offer = [&](Kind kind, uint32_t split, Cost cost) {
    if (cost < best.cost)
      best = {kind, split, 0, cost};
  };
  const Chain::Block &first = chain.blocks[i];
  uint64_t endBytes = hasEnd ? chain.crossing[j][i] : 0;
  int64_t then =
      std::min<int64_t>(m - toSlots(growth(j - 1, i)), int64_t(slots));
  uint64_t bytes = uint64_t(m) * slot;
  if (then >= 0 && uint64_t(then) * slot >= first.eventsPeak) {
    if (j == i + 1) {
      if (bytes >= first.tapePeak)
        offer(Kind::Tape, 0, first.cost);
      if (hasEnd && (first.rest.empty() || bytes >= first.tapePeak))
        offer(Kind::Rest, 0, first.restCost);
    } else if (bytes >= first.tapePeak + endBytes) {
      offer(Kind::Tape, 0,
            first.cost + costOf(i + 1, j, hasEnd, m - tapeOf(i, j)));
    }
  }
  uint64_t need = 0;
  for (uint32_t k = i + 1; k < j; ++k) {
    need = std::max(need, (k - 1 > i ? chain.crossing[k - 1][i] : 0) +
                              chain.blocks[k - 1].forwardPeak);
    if (need + endBytes > bytes)
      break;
    if (!maySplit(i, j, k))
      continue;
    Cost right = costOf(k, j, hasEnd, m - keptAt(i, k));
    Cost left = costOf(i, k, true, m - toSlots(growth(j - 1, k - 1)));
    Cost run = costBefore[k] - costBefore[i];
    offer(Kind::Split, k, run + right + left);
    for (size_t w = 0; w < countWider(k, j); ++w) {
      uint32_t wide = wider[k][w];
      Cost cost =
          run + tables->at(standInTable(k, wide, j, hasEnd), m - keptAt(i, k)) +
          costOf(i, wide, true, m - toSlots(growth(j - 1, wide - 1)));
      if (cost < best.cost)
        best = {Kind::StandIn, wide, k, cost};
    }
  }
  return best;
}

void ChainSolver::runForward(uint32_t begin, uint32_t end, Schedule &out) {
  for (uint32_t b = begin; b < end; ++b) {
    for (uint32_t p = chain.blocks[b].begin; p < chain.blocks[b].end; ++p) {
      NodeId n = model.order[p];
      if (!hasRun[b] || model.ops[n].mayRepeat)
        out.push_back(n);
    }
    hasRun[b] = true;
  }
}

void ChainSolver::emit(uint32_t i, uint32_t j, bool hasEnd, int64_t m,
                       Schedule &out) {
  if (hasEnd && costOf(i, j, false, m) <= costOf(i, j, true, m))
    hasEnd = false;
  Decision d = decide(i, j, hasEnd, m);
  const Chain::Block &first = chain.blocks[i];
  auto within = [&](int64_t left) {
    return std::min<int64_t>(left, int64_t(slots));
  };
  if (d.kind == Kind::StandIn) {
    runForward(i, d.standIn, out);
    emitStandIn(d.standIn, d.split, j, hasEnd, within(m - keptAt(i, d.standIn)),
                out);
    emit(i, d.split, true, within(m - toSlots(growth(j - 1, d.split - 1))),
         out);
    return;
  }
  if (d.kind == Kind::Split) {
    runForward(i, d.split, out);
    emit(d.split, j, hasEnd, within(m - keptAt(i, d.split)), out);
    emit(i, d.split, true, within(m - toSlots(growth(j - 1, d.split - 1))),
         out);
    return;
  }
  if (d.kind == Kind::Rest)
    for (uint32_t p : first.rest)
      out.push_back(model.order[p]);
  else
    runForward(i, i + 1, out);
  if (j > i + 1)
    emit(i + 1, j, hasEnd, m - tapeOf(i, j), out);
  else if (j == chain.blocks.size())
    // What stands between the turning point and the first event.
    for (uint32_t p = chain.turn; p < first.eventsBegin; ++p)
      out.push_back(model.order[p]);
  for (uint32_t p = first.eventsBegin; p < first.eventsEnd; ++p)
    out.push_back(model.order[p]);
}

void ChainSolver::emitStandIn(uint32_t i, uint32_t k, uint32_t j, bool hasEnd,
                              int64_t m, Schedule &out) {
  if (hasEnd && tables->at(standInTable(i, k, j, false), m) <=
                    tables->at(standInTable(i, k, j, true), m))
    hasEnd = false;
  Decision d = decideStandIn(i, k, j, hasEnd, m);
  runForward(i, d.split, out);
  auto within = [&](int64_t left) {
    return std::min<int64_t>(left, int64_t(slots));
  };
  if (d.kind == Kind::StandIn) {
    emit(k, j, hasEnd,
         within(m + toSlots(int64_t(chain.crossing[i][0])) -
                toSlots(int64_t(chain.crossing[k][0]))),
         out);
    return;
  }
  emit(d.split, j, hasEnd, within(m - keptAt(i, d.split)), out);
  emitStandIn(i, k, d.split, true,
              within(m - toSlots(growth(j - 1, d.split - 1))), out);
}

std::optional<Schedule> ChainSolver::schedule(uint64_t bytes) {
  uint32_t n = uint32_t(chain.blocks.size());
  if (!solved())
    return std::nullopt;
  uint64_t late = chain.blocks[n - 1].lateBytes;
  if (bytes < late)
    return std::nullopt;
  int64_t m = int64_t(std::min<uint64_t>((bytes - late) / slot, slots));
  if (costOf(0, n, false, m) >= kNoWay)
    return std::nullopt;
  Schedule out;
  hasRun.assign(n, false);
  emit(0, n, false, m, out);
  return out;
}

} // namespace tenon::plan
