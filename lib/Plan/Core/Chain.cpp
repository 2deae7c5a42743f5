//===-- Chain.cpp - a training step as a chain of blocks ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/Chain.h"

#include <algorithm>
#include <map>

namespace tenon::plan {

namespace {

constexpr uint32_t kNever = UINT32_MAX;

class Finder {
public:
  Finder(const Model &model, uint32_t maxBlocks)
      : model(model), maxBlocks(maxBlocks), count(uint32_t(model.order.size())),
        made(model.values.size(), kNever), lastForward(model.values.size()),
        firstLate(model.values.size(), kNever),
        lastUse(model.values.size(), 0) {}

  Chain run() {
    Evaluator evaluator(model);
    chain.turn = evaluator.evaluate(model.order).peakAt;
    findUses();
    findReach();
    chooseCuts();
    measureLate();
    for (size_t b = 0; b + 1 < cuts.size(); ++b)
      measure(cuts[b], cuts[b + 1]);
    measureCrossings();
    number();
    return std::move(chain);
  }

private:
  const Model::Op &opAt(uint32_t position) const {
    return model.ops[model.order[position]];
  }

  /// Values that are always kept, whatever the blocks do, are left out.
  bool isFree(ValueId v) const {
    const Model::Value &value = model.values[v];
    return value.producer != kNone && model.ops[value.producer].mayRepeat &&
           !value.liveOut;
  }

  void findUses() {
    for (uint32_t p = 0; p < count; ++p) {
      for (ValueId v : opAt(p).writes) {
        if (made[v] == kNever)
          made[v] = p;
        lastForward[v] = std::max(lastForward[v], made[v]);
        lastUse[v] = model.values[v].liveOut ? count : p;
      }
      for (ValueId v : opAt(p).reads) {
        if (p < chain.turn)
          lastForward[v] = p;
        else
          firstLate[v] = std::min(firstLate[v], p);
        lastUse[v] = std::max(lastUse[v], p);
      }
    }
  }

  /// For every cut: the first backward position that needs a value from before
  /// the cut that does not cross it.
  void findReach() {
    reach.assign(chain.turn + 1, count);
    crossingBytes.assign(chain.turn + 2, 0);
    for (ValueId v = 0; v < model.values.size(); ++v) {
      if (made[v] >= chain.turn || !isFree(v))
        continue;
      if (firstLate[v] != kNever)
        reach[lastForward[v] + 1] =
            std::min(reach[lastForward[v] + 1], firstLate[v]);
      for (uint32_t p = made[v] + 1; p <= lastForward[v]; ++p)
        crossingBytes[p] += model.values[v].bytes;
    }
    for (uint32_t p = 1; p <= chain.turn; ++p)
      reach[p] = std::min(reach[p], reach[p - 1]);
  }

  void chooseCuts() {
    uint32_t turn = chain.turn;
    std::vector<uint32_t> inner;
    for (uint32_t p = 1; p < turn; ++p) {
      bool narrow = crossingBytes[p] <= crossingBytes[p - 1] || p == 1;
      narrow &= crossingBytes[p] <= crossingBytes[p + 1] || p + 1 == turn;
      if (turn <= maxBlocks || narrow)
        inner.push_back(p);
    }
    if (inner.size() > maxBlocks) {
      // The narrowest cut of each of so many in a row: of equal numbers, so
      // that where the chain repeats itself the blocks are alike.
      size_t stretch = (inner.size() + maxBlocks - 1) / maxBlocks;
      std::vector<uint32_t> thinned;
      for (size_t from = 0; from < inner.size(); from += stretch)
        thinned.push_back(*std::min_element(
            inner.begin() + from,
            inner.begin() + std::min(from + stretch, inner.size()),
            [&](uint32_t x, uint32_t y) {
              return crossingBytes[x] < crossingBytes[y];
            }));
      inner = std::move(thinned);
    }
    cuts.push_back(0);
    if (turn > 0) {
      cuts.insert(cuts.end(), inner.begin(), inner.end());
      cuts.push_back(turn);
    }
  }

  /// True for values of the block [begin, end) that must be there for its
  /// events, or behind its end.
  bool isTape(ValueId v, uint32_t begin, uint32_t end) const {
    return made[v] >= begin && made[v] < end && isFree(v) &&
           (firstLate[v] != kNever || lastForward[v] >= end);
  }

  void measure(uint32_t begin, uint32_t end) {
    Chain::Block block;
    block.begin = begin;
    block.end = end;
    block.eventsBegin = std::max(reach[end], chain.turn);
    block.eventsEnd = std::max(eventsEnd(begin), block.eventsBegin);
    uint64_t live = 0;  // What the forward part still reads.
    uint64_t taped = 0; // The same, and what the events read.
    std::vector<ValueId> alive;
    for (uint32_t p = begin; p < end; ++p) {
      const Model::Op &op = opAt(p);
      block.cost += op.mayRepeat ? op.cost : 0;
      uint64_t saved = 0;
      for (auto [from, into] : op.shares)
        if (lastForward[from] == p && made[from] >= begin && isFree(into)) {
          saved = model.values[into].bytes;
          break;
        }
      for (ValueId v : op.writes) {
        if (!isFree(v))
          continue;
        live += model.values[v].bytes;
        if (isTape(v, begin, end))
          block.tape += model.values[v].bytes;
        alive.push_back(v);
      }
      block.forwardPeak =
          std::max(block.forwardPeak, live - std::min(live, saved));
      taped = block.tape;
      for (ValueId v : alive)
        if (!isTape(v, begin, end))
          taped += model.values[v].bytes;
      block.tapePeak = std::max(block.tapePeak, taped);
      alive.erase(std::remove_if(alive.begin(), alive.end(),
                                 [&](ValueId v) {
                                   if (lastForward[v] > p)
                                     return false;
                                   live -= model.values[v].bytes;
                                   return true;
                                 }),
                  alive.end());
    }
    measureEvents(block);
    measureRest(block);
    chain.blocks.push_back(std::move(block));
  }

  /// Where the events of the block that begins there end.
  uint32_t eventsEnd(uint32_t begin) const {
    return begin == 0 ? count : std::max(reach[begin], chain.turn);
  }

  /// Late values: those made behind the turning point, and those of a block
  /// that are read behind its events.
  void measureLate() {
    lateAt.assign(count + 2, 0);
    for (ValueId v = 0; v < model.values.size(); ++v) {
      if (made[v] == kNever)
        continue;
      uint32_t from = made[v] + 1;
      if (made[v] < chain.turn) {
        if (!isFree(v))
          continue;
        from = eventsEnd(
            *(std::upper_bound(cuts.begin(), cuts.end(), made[v]) - 1));
        if (lastUse[v] < from)
          continue;
      }
      lateAt[from] += int64_t(model.values[v].bytes);
      lateAt[std::min(lastUse[v], count) + 1] -= int64_t(model.values[v].bytes);
    }
    for (uint32_t p = 1; p < lateAt.size(); ++p)
      lateAt[p] += lateAt[p - 1];
    lateDuring.assign(count, 0);
    for (uint32_t p = chain.turn; p < count; ++p) {
      uint64_t during = uint64_t(lateAt[p]);
      for (ValueId v : opAt(p).writes)
        if (made[v] == p)
          during += model.values[v].bytes;
      for (auto [from, into] : opAt(p).shares)
        if (lastUse[from] == p) {
          during -= std::min(during, model.values[into].bytes);
          break;
        }
      lateDuring[p] = during;
    }
  }

  void measureEvents(Chain::Block &block) {
    block.lateBytes = uint64_t(lateAt[block.eventsBegin]);
    uint64_t taped = block.tape;
    std::vector<std::pair<uint32_t, uint64_t>> deaths;
    for (uint32_t p = block.begin; p < block.end; ++p)
      for (ValueId v : opAt(p).writes)
        if (isTape(v, block.begin, block.end))
          deaths.push_back({lastUse[v], model.values[v].bytes});
    std::sort(deaths.begin(), deaths.end());
    size_t next = 0;
    for (uint32_t q = block.eventsBegin; q < block.eventsEnd; ++q) {
      while (next < deaths.size() && deaths[next].first < q)
        taped -= deaths[next++].second;
      uint64_t during = taped + lateDuring[q];
      block.eventsPeak = std::max(block.eventsPeak,
                                  during - std::min(during, block.lateBytes));
    }
  }

  /// What must run to bring the tape back beside the values that cross the end.
  void measureRest(Chain::Block &block) {
    std::vector<ValueId> wanted;
    for (uint32_t p = block.begin; p < block.end; ++p)
      for (ValueId v : opAt(p).writes)
        if (isTape(v, block.begin, block.end) && lastForward[v] < block.end)
          wanted.push_back(v);
    std::vector<bool> needed(block.end - block.begin, false);
    while (!wanted.empty()) {
      uint32_t p = made[wanted.back()];
      wanted.pop_back();
      if (needed[p - block.begin])
        continue;
      needed[p - block.begin] = true;
      for (ValueId v : opAt(p).reads)
        if (made[v] != kNever && made[v] >= block.begin && isFree(v) &&
            made[v] < block.end && lastForward[v] < block.end)
          wanted.push_back(v);
    }
    for (uint32_t p = block.begin; p < block.end; ++p)
      if (needed[p - block.begin]) {
        block.rest.push_back(p);
        block.restCost += opAt(p).cost;
      }
  }

  void measureCrossings() {
    size_t n = chain.blocks.size();
    chain.crossing.resize(n + 1);
    auto blockOf = [&](uint32_t p) {
      return size_t(std::upper_bound(cuts.begin(), cuts.end(), p) -
                    cuts.begin()) -
             1;
    };
    for (size_t b = 0; b <= n; ++b)
      chain.crossing[b].assign(b + 1, 0);
    for (ValueId v = 0; v < model.values.size(); ++v) {
      if (made[v] >= chain.turn || !isFree(v))
        continue;
      size_t of = blockOf(made[v]);
      // Crosses every cut in (made, lastForward].
      for (size_t b = of + 1; b <= n && cuts[b] <= lastForward[v]; ++b)
        chain.crossing[b][of] += model.values[v].bytes;
    }
    for (size_t b = 0; b <= n; ++b)
      for (size_t i = b; i-- > 0;)
        chain.crossing[b][i] += chain.crossing[b][i + 1];
  }

  /// Equal numbers for blocks that look alike from outside.
  void number() {
    std::map<std::vector<uint64_t>, uint32_t> kinds;
    for (size_t b = 0; b < chain.blocks.size(); ++b) {
      Chain::Block &block = chain.blocks[b];
      uint64_t lateGrowth =
          b + 1 < chain.blocks.size()
              ? chain.blocks[b].lateBytes - chain.blocks[b + 1].lateBytes
              : 0;
      std::vector<uint64_t> look{
          block.cost,       block.tape,     block.forwardPeak, block.tapePeak,
          block.eventsPeak, block.restCost, lateGrowth,
      };
      // What crosses the beginning and the end, by how many blocks ago it was
      // made.
      for (size_t cut : {b, b + 1}) {
        const std::vector<uint64_t> &row = chain.crossing[cut];
        for (size_t i = cut; i-- > 0 && row[i + 1] != row[0];)
          look.push_back(row[i]);
        look.push_back(UINT64_MAX);
      }
      block.kind = kinds.try_emplace(std::move(look), uint32_t(kinds.size()))
                       .first->second;
    }
  }

  const Model &model;
  uint32_t maxBlocks;
  uint32_t count;
  std::vector<uint32_t> made;        ///< By value: position.
  std::vector<uint32_t> lastForward; ///< Last forward read, or `made`.
  std::vector<uint32_t> firstLate;   ///< First backward read.
  std::vector<uint32_t> lastUse;
  std::vector<uint32_t> reach;
  std::vector<uint64_t> crossingBytes; ///< By cut position.
  std::vector<int64_t> lateAt;         ///< Late bytes before a position.
  std::vector<uint64_t> lateDuring;    ///< And while it runs.
  std::vector<uint32_t> cuts;
  Chain chain;
};

} // namespace

Chain findChain(const Model &model, uint32_t maxBlocks) {
  return Finder(model, maxBlocks).run();
}

} // namespace tenon::plan
