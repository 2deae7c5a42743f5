//===-- ChainSolver.cpp - where to keep, where to run again ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/ChainSolver.h"

#include <algorithm>

namespace tenon::plan {

/// Classes times capacities: bounds the memory of the tables.
constexpr size_t kMostCosts = 6'000'000;

/// Longer segments are split at narrow cuts alone, to save work: mostly one is
/// near the best cut, but nothing says that it must be.
constexpr uint32_t kShort = 256;

ChainSolver::ChainSolver(const Model &model, const Chain &chain,
                         uint64_t capacity, uint64_t slot, uint64_t workLimit)
    : model(model), chain(chain), slot(std::max<uint64_t>(slot, 1)),
      slots(capacity / this->slot + 1) {
  if (chain.blocks.empty() || !findClasses(workLimit))
    return;
  costBefore.assign(1, 0);
  for (const Chain::Block &block : chain.blocks)
    costBefore.push_back(costBefore.back() + block.cost);
  classes.resize(segments->size());
  for (size_t c = 0; c < classes.size(); ++c)
    solve((*segments)[c], classes[c]);
}

bool ChainSolver::findClasses(uint64_t workLimit) {
  std::vector<uint32_t> kinds;
  for (const Chain::Block &block : chain.blocks)
    kinds.push_back(block.kind);
  segments.emplace(kinds, kMostCosts / slots);
  if (!segments->complete())
    return false;
  uint64_t steps = 0;
  for (size_t c = 0; c < segments->size(); ++c) {
    const SegmentClasses::Segment &s = (*segments)[c];
    uint64_t splits = 1;
    for (uint32_t k = s.begin + 1; k < s.end; ++k)
      splits += maySplit(s.begin, s.end, k);
    steps += 2 * splits * slots;
  }
  return steps <= workLimit;
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

ChainSolver::Cost ChainSolver::costOf(uint32_t begin, uint32_t end, bool hasEnd,
                                      int64_t m) const {
  if (m < 0)
    return kNoWay;
  const Class &c = classAt(begin, end);
  return (hasEnd ? c.withEnd : c.alone)[std::min<uint64_t>(m, slots)];
}

void ChainSolver::solve(const SegmentClasses::Segment &segment, Class &c) {
  uint32_t i = segment.begin;
  uint32_t j = segment.end;
  c.alone.assign(slots + 1, kNoWay);
  c.withEnd.assign(slots + 1, kNoWay);
  for (bool hasEnd : {false, true}) {
    std::vector<Cost> &best = hasEnd ? c.withEnd : c.alone;
    if (hasEnd)
      best = c.alone; // The end may be forgotten at once.
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
    int64_t tape = toSlots(int64_t(first.tape));
    const std::vector<Cost> *inner = nullptr;
    if (j > i + 1) {
      const Class &rest = classAt(i + 1, j);
      inner = hasEnd ? &rest.withEnd : &rest.alone;
    }
    for (int64_t m = 0; m <= int64_t(slots); ++m) {
      int64_t then = std::min<int64_t>(m - late, slots);
      if (uint64_t(m) * slot < tapeNeed || then < 0 ||
          uint64_t(then) * slot < eventsNeed)
        continue;
      if (!inner)
        best[m] = std::min(best[m], own);
      else if (m >= tape)
        best[m] = std::min(best[m], own + (*inner)[m - tape]);
    }
    // Run on and forget: then the right part, then the left.
    uint64_t need = 0;
    for (uint32_t k = i + 1; k < j; ++k) {
      need = std::max(need, (k - 1 > i ? chain.crossing[k - 1][i] : 0) +
                                chain.blocks[k - 1].forwardPeak);
      if (!maySplit(i, j, k))
        continue;
      const Class &rightClass = classAt(k, j);
      const Cost *right =
          (hasEnd ? rightClass.withEnd : rightClass.alone).data();
      const Cost *left = classAt(i, k).withEnd.data();
      Cost run = costBefore[k] - costBefore[i];
      // The more room, the cheaper: from some room on no split here can help.
      Cost least = run + right[slots] + left[slots];
      int64_t end =
          std::partition_point(best.begin(), best.end(),
                               [&](Cost cost) { return cost > least; }) -
          best.begin();
      int64_t kept = toSlots(int64_t(chain.crossing[k][i]));
      int64_t grown = toSlots(growth(j - 1, k - 1));
      int64_t from = std::max({int64_t((need + endBytes + slot - 1) / slot),
                               kept, grown, int64_t(0)});
      int64_t full =
          std::clamp(int64_t(slots) + grown, from, std::max(end, from));
      for (int64_t m = from; m < full; ++m)
        best[m] = std::min(best[m], run + right[m - kept] + left[m - grown]);
      for (int64_t m = full; m < end; ++m)
        best[m] = std::min(best[m], run + right[m - kept] + left[slots]);
      work += uint64_t(std::max<int64_t>(end - from, 0)) / 2 + 8;
    }
    for (Cost &cost : best)
      cost = std::min(cost, kNoWay);
    work += slots;
  }
}

/// The same choice as `solve` made, found again.
ChainSolver::Decision ChainSolver::decide(uint32_t i, uint32_t j, bool hasEnd,
                                          int64_t m) const {
  Decision best;
  auto offer = [&](Kind kind, uint32_t split, Cost cost) {
    if (cost < best.cost)
      best = {kind, split, cost};
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
            first.cost +
                costOf(i + 1, j, hasEnd, m - toSlots(int64_t(first.tape))));
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
    Cost right =
        costOf(k, j, hasEnd, m - toSlots(int64_t(chain.crossing[k][i])));
    Cost left = costOf(i, k, true, m - toSlots(growth(j - 1, k - 1)));
    offer(Kind::Split, k, costBefore[k] - costBefore[i] + right + left);
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
  if (d.kind == Kind::Split) {
    runForward(i, d.split, out);
    emit(d.split, j, hasEnd,
         std::min<int64_t>(m - toSlots(int64_t(chain.crossing[d.split][i])),
                           slots),
         out);
    emit(i, d.split, true,
         std::min<int64_t>(m - toSlots(growth(j - 1, d.split - 1)), slots),
         out);
    return;
  }
  if (d.kind == Kind::Rest)
    for (uint32_t p : first.rest)
      out.push_back(model.order[p]);
  else
    runForward(i, i + 1, out);
  if (j > i + 1)
    emit(i + 1, j, hasEnd, m - toSlots(int64_t(first.tape)), out);
  else if (j == chain.blocks.size())
    // What stands between the turning point and the first event.
    for (uint32_t p = chain.turn; p < first.eventsBegin; ++p)
      out.push_back(model.order[p]);
  for (uint32_t p = first.eventsBegin; p < first.eventsEnd; ++p)
    out.push_back(model.order[p]);
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
