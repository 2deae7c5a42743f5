//===-- ChainBound.cpp - repetitions that a chain cannot avoid ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Why this is a bound stands in docs/memory-budget.md, "Reversing a backbone".
//
//===----------------------------------------------------------------------===//

#include "lib/Plan/Core/ChainBound.h"

#include "lib/Plan/Core/Backbone.h"
#include "lib/Plan/Core/CostTables.h"
#include "lib/Plan/Core/SegmentClasses.h"
#include "lib/Plan/Core/WeighedLink.h"

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>

namespace tenon::plan {

namespace {

using Cost = uint64_t;

/// Equal for links that are alike.
std::vector<uint64_t> describe(const Backbone::Link &link) {
  std::vector<uint64_t> all{
      link.parts.size(),    link.late.size(),    link.cost,
      link.width,           link.passBytes,      link.firstPassBytes,
      link.stepBytes,       link.firstStepBytes, link.eventBytes,
      link.firstEventBytes, link.eventReadsGate};
  auto addList = [&](const std::vector<uint32_t> &list) {
    all.push_back(list.size());
    all.insert(all.end(), list.begin(), list.end());
  };
  for (auto *parts : {&link.parts, &link.late})
    for (const Backbone::Part &part : *parts) {
      all.insert(all.end(), {part.cost, part.bytes, part.eventBytes,
                             part.isWanted, part.readsGate, part.hasPieces});
      addList(part.reads);
    }
  for (const Backbone::Step &step : link.steps) {
    all.push_back(step.bytes);
    addList(step.reads);
    all.push_back(step.holdings.size());
    for (const Backbone::Step::Holding &holding : step.holdings)
      all.insert(all.end(), {holding.item, holding.bytes, holding.isNeeded});
  }
  return all;
}

class Reversal {
public:
  /// Tells at most about so many capacities apart.
  Reversal(const Backbone &backbone, uint64_t bytes, uint64_t mostSlots,
           uint64_t workLimit, uint64_t &work)
      : links(backbone.links), work(work) {
    uint64_t unit = backbone.lateBytes;
    uint64_t narrowest = UINT64_MAX;
    for (const Backbone::Link &link : links) {
      narrowest = std::min(narrowest, link.width);
      for (const Backbone::Part &part : link.parts)
        unit = std::gcd(unit, part.bytes);
      for (uint64_t needed : {link.stepBytes, link.firstStepBytes,
                              link.eventBytes, link.firstEventBytes})
        unit = std::gcd(unit, needed);
    }
    uint64_t room = bytes - std::min(bytes, backbone.lateBytes);
    uint64_t slot = std::max<uint64_t>(unit, 1);
    if (room / slot > mostSlots) {
      // Rounding down gives away least where the values that are kept most, the
      // narrow ones, are a whole number of slots.
      uint64_t perWidth = narrowest * mostSlots / room;
      slot = perWidth > 0 ? narrowest / perWidth : room / mostSlots + 1;
    }
    slots = {slot, room / slot, backbone.lateBytes};
    findClasses(workLimit);
  }

  /// Cost of the repetitions, at least, by capacity. Nothing if that takes more
  /// work than the limit.
  std::optional<std::vector<Cost>> solve() {
    if (!segments || !segments->complete())
      return std::nullopt;
    // What ends with the last link comes behind all classes, see `first`.
    uint32_t n = uint32_t(links.size());
    uint32_t count = 1;
    for (size_t c = 0; c < segments->size(); ++c) {
      tablesOf.push_back(count);
      count += needsFresh +
               uint32_t(weighedAt((*segments)[c].end - 1).options.size());
    }
    lastTables = count;
    tables.emplace(slots.count, count + n);
    for (size_t c = 0; c < segments->size(); ++c) {
      const SegmentClasses::Segment &s = (*segments)[c];
      if (needsFresh)
        solveFresh(s.begin, s.end);
      for (uint32_t o = 0; o < weighedAt(s.end - 1).options.size(); ++o)
        solveKept(s.begin, s.end, o);
    }
    for (uint32_t i = n; i-- > 0;)
      solveLast(i);
    const Cost *first = (*tables)[lastTables];
    std::vector<Cost> costs(first, first + slots.count + 1);
    // Within so few bytes there is no schedule, which others say.
    std::replace(costs.begin(), costs.end(), kNoWay, Cost(0));
    return costs;
  }

  uint64_t slotBytes() const { return slots.size; }

private:
  void findClasses(uint64_t workLimit) {
    std::map<std::vector<uint64_t>, uint32_t> known;
    std::vector<uint32_t> kinds;
    uint64_t stop = work + workLimit;
    for (const Backbone::Link &link : links) {
      if (work >= stop)
        return;
      auto [it, isNew] =
          known.try_emplace(describe(link), uint32_t(weighed.size()));
      if (isNew)
        weighed.emplace_back(link, slots, work);
      kinds.push_back(it->second);
    }
    // The first is not the last of two.
    for (uint32_t l = 1; l < links.size(); ++l)
      needsFresh |= !links[l].eventReadsGate;
    kindOf = kinds;
    // Whatever ends with the last link is asked for once: see `first`.
    kinds.pop_back();
    if (links.size() * links.size() / 2 > workLimit)
      return;
    segments.emplace(kinds, workLimit / (slots.count + 1));
    if (!segments->complete())
      return;
    std::vector<uint64_t> optionsBefore(1, 0);
    for (uint32_t l = 0; l < links.size(); ++l)
      optionsBefore.push_back(optionsBefore.back() +
                              weighedAt(l).options.size());
    uint64_t steps = 0;
    auto add = [&](uint32_t i, uint32_t l, uint64_t tables) {
      steps += (optionsBefore[l] - optionsBefore[i] + 1) * tables;
    };
    for (size_t c = 0; c < segments->size(); ++c) {
      const SegmentClasses::Segment &s = (*segments)[c];
      add(s.begin, s.end, weighedAt(s.end - 1).options.size() + needsFresh);
    }
    for (uint32_t i = 0; i < links.size(); ++i)
      add(i, uint32_t(links.size()), 1);
    // Straight loops over arrays: several steps for one of other work.
    steps = steps * (slots.count + 1) / 8;
    if (steps > workLimit)
      segments.reset();
    else
      work += steps;
  }

  const WeighedLink &weighedAt(uint32_t link) const {
    return weighed[kindOf[link]];
  }

  /// Nothing of the links [i, l) is there.
  uint32_t freshTable(uint32_t i, uint32_t l) const {
    return tablesOf[segments->of(i, l)];
  }
  /// Of the links [i, l) the last has kept what option `o` says, and nothing
  /// else is there. Without the cost of the last.
  uint32_t keptTable(uint32_t i, uint32_t l, uint32_t o) const {
    return tablesOf[segments->of(i, l)] + needsFresh + o;
  }
  /// All links have run, and while they did there was room for everything: of
  /// those from i on.
  uint32_t lastTable(uint32_t i) const { return lastTables + i; }

  /// So much where the capacity suffices for the event of a link, the one
  /// before being free, and then `left` with room for `from` slots. Its other
  /// steps may have run before anything else was there.
  void offerEvent(uint32_t to, uint32_t link, Cost cost,
                  uint32_t left = CostTables::kFree, uint64_t from = 0) {
    CostTables::Join join;
    join.run = cost;
    join.from =
        int64_t(std::max(from, slots.forStep(links[link].firstEventBytes)));
    tables->offer(to, join, CostTables::kFree, left);
  }

  /// For the steps of the last of the links [i, l).
  uint64_t forSteps(uint32_t i, uint32_t l) const {
    const Backbone::Link &last = links[l - 1];
    return slots.forStep(l == i + 1 ? last.firstStepBytes : last.stepBytes);
  }

  /// The links [i, l) run and are reversed, for all choices of a link at whose
  /// end something stays alive: `right(j)` are the tables for [j, l). Or the
  /// last goes first, at a cost of `alone`, and nothing else stays. `beside`
  /// slots are alive until the events of l - 1 have run.
  template <typename Right>
  void split(uint32_t to, uint32_t i, uint32_t l, bool pays,
             std::optional<Cost> alone, uint64_t beside, Right right) {
    uint64_t narrowest = UINT64_MAX;
    uint64_t most = 0;
    // The most of all, without which there is no way.
    uint64_t eventBytes = links[l - 1].eventBytes;
    for (uint32_t j = i + 1; j + 1 < l; ++j)
      eventBytes = std::max(eventBytes, links[j].eventBytes);
    uint64_t forEvents = slots.forStep(eventBytes);
    Cost run = 0;
    for (uint32_t j = i + 1; j < l; ++j) {
      const Backbone::Link &link = links[j - 1];
      uint64_t before = narrowest / slots.size;
      narrowest = std::min(narrowest, link.width);
      uint64_t from = std::max(forEvents, forSteps(i, j));
      if (pays) {
        run += link.cost;
        most =
            std::max(most, j == i + 1 ? link.firstPassBytes : link.passBytes);
        from = std::max(from, most / slots.size + beside);
      }
      const WeighedLink &w = weighedAt(j - 1);
      for (uint32_t o = 0; o < w.options.size(); ++o) {
        const WeighedLink::Option &option = w.options[o];
        uint64_t taken = option.slots;
        if (option.usesGate && j > i + 1)
          taken = std::max(taken, std::min(taken + before, w.aloneSlots));
        CostTables::Join join;
        join.run = run + option.cost;
        join.from = int64_t(from);
        join.kept = int64_t(std::max(narrowest / slots.size, taken));
        join.more = &option.more;
        tables->offer(to, join, right(j), keptTable(i, j, o));
      }
    }
    if (!links[l - 1].eventReadsGate)
      offerEvent(to, l - 1, alone ? *alone : run, freshTable(i, l - 1),
                 std::max(forEvents, forSteps(i, l - 1)));
  }

  void solveKept(uint32_t i, uint32_t l, uint32_t o) {
    uint32_t to = keptTable(i, l, o);
    const WeighedLink::Option &option = weighedAt(l - 1).options[o];
    if (l == i + 1) {
      offerEvent(to, l - 1, 0);
    } else {
      std::optional<Cost> alone;
      if (option.standsAlone)
        alone = 0;
      split(to, i, l, true, alone, option.eventSlots,
            [&](uint32_t j) { return keptTable(j, l, o); });
    }
    tables->finish(to);
  }

  void solveFresh(uint32_t i, uint32_t l) {
    uint32_t to = freshTable(i, l);
    Cost all = weighedAt(l - 1).rebuildCost;
    for (uint32_t j = i + 1; j < l; ++j)
      all += links[j - 1].cost;
    if (l == i + 1)
      offerEvent(to, l - 1, all);
    else
      split(to, i, l, true, all, 0,
            [&](uint32_t j) { return freshTable(j, l); });
    tables->finish(to);
  }

  void solveLast(uint32_t i) {
    uint32_t to = lastTable(i);
    uint32_t n = uint32_t(links.size());
    if (i + 1 == n)
      offerEvent(to, i, 0);
    else
      split(to, i, n, false, 0, 0, [&](uint32_t j) { return lastTable(j); });
    tables->finish(to);
  }

  const std::vector<Backbone::Link> &links;
  uint64_t &work;
  Slots slots;
  std::vector<WeighedLink> weighed; ///< By kind of link.
  std::vector<uint32_t> kindOf;     ///< By link.
  std::optional<SegmentClasses> segments;
  std::optional<CostTables> tables;
  std::vector<uint32_t> tablesOf; ///< By class, the first.
  uint32_t lastTables = 0;
  bool needsFresh = false;
};

} // namespace

ChainBound::ChainBound(const Model &model, uint64_t most, uint64_t workLimit)
    : mostBytes(most) {
  // What is smaller than most values may hide the gates.
  std::vector<uint64_t> sizes;
  for (const Model::Value &value : model.values)
    sizes.push_back(value.bytes);
  std::sort(sizes.begin(), sizes.end(), std::greater<uint64_t>());
  std::vector<std::vector<uint64_t>> seen;
  uint64_t smallest = UINT64_MAX;
  for (uint64_t size : sizes) {
    if (size > smallest / 2)
      continue;
    smallest = size;
    Backbone backbone = findBackbone(model, smallest);
    work += model.ops.size() * (backbone.links.size() + 1);
    if (work >= workLimit)
      break;
    std::vector<uint64_t> look{backbone.lateBytes};
    for (const Backbone::Link &link : backbone.links)
      for (uint64_t word : describe(link))
        look.push_back(word);
    if (backbone.links.empty() ||
        std::find(seen.begin(), seen.end(), look) != seen.end())
      continue;
    seen.push_back(std::move(look));
    // Coarser where it takes too long.
    for (uint64_t slots : {128, 64, 32}) {
      uint64_t left = workLimit - std::min(workLimit, work);
      Reversal reversal(backbone, most, slots, left, work);
      if (auto costs = reversal.solve()) {
        tables.push_back(
            {backbone.lateBytes, reversal.slotBytes(), std::move(*costs)});
        break;
      }
    }
  }
}

uint64_t ChainBound::at(uint64_t bytes) const {
  uint64_t best = 0;
  for (const Table &table : tables)
    if (bytes >= table.lateBytes)
      best = std::max(
          best,
          table.costs[std::min<uint64_t>((bytes - table.lateBytes) / table.slot,
                                         table.costs.size() - 1)]);
  return best;
}

} // namespace tenon::plan
