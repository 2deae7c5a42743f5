//===-- WeighedLink.cpp - what to keep of a link of a backbone ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Why this bounds what schedules do stands in docs/memory-budget.md, "Reversing
// a backbone".
//
//===----------------------------------------------------------------------===//

#include "lib/Plan/Core/WeighedLink.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace tenon::plan {

namespace {

/// Nodes of a link of which all subsets are weighed; what cheaper ones wrote
/// counts as always there.
constexpr size_t kMostParts = 12;

/// The same beside a step of the link, and how many nodes a link may have for
/// its steps to be looked at.
constexpr size_t kMostHeld = 13;
constexpr size_t kMostPartsOfSteps = 9;

} // namespace

WeighedLink::WeighedLink(const Backbone::Link &link, const Slots &slots,
                         uint64_t &work)
    : link(link), slots(slots) {
  chooseParts();
  uint32_t wanted = 0;
  for (size_t b = 0; b < bits.size(); ++b)
    if (link.parts[bits[b]].isWanted) {
      wanted |= 1u << b;
      inPieces |= uint32_t(link.parts[bits[b]].hasPieces) << b;
    }
  std::vector<Choices> steps;
  if (bits.size() <= kMostPartsOfSteps)
    for (const Backbone::Step &step : link.steps)
      steps.push_back(choicesOf(step, work));
  uint64_t least = UINT64_MAX;
  work += uint64_t(1) << bits.size();
  for (uint32_t kept = 0; kept < 1u << bits.size(); ++kept) {
    Rebuild again = rebuild(wanted, kept);
    if (kept == 0)
      rebuildCost = again.cost;
    if (!again.usesGate)
      least = std::min(least, bytesOf(kept));
    Option option;
    option.slots = bytesOf(kept) / slots.size;
    option.cost = again.cost;
    option.more = moreFor(kept, again.cost, steps, work);
    if (!link.eventReadsGate) {
      option.standsAlone = true;
      option.usesGate = again.usesGate;
      options.push_back(option);
    }
    if (link.eventReadsGate || again.usesGate) {
      option.standsAlone = option.usesGate = false;
      for (size_t b = 0; b < bits.size(); ++b)
        if (kept >> b & 1)
          option.eventSlots += link.parts[bits[b]].eventBytes;
      option.eventSlots /= slots.size;
      if (option.eventSlots > 0 && !steps.empty())
        options.push_back(withoutEvent(option, kept));
      options.push_back(std::move(option));
    }
  }
  aloneSlots = least / slots.size;
  dropWorse();
}

/// The dearest parts, in order.
void WeighedLink::chooseParts() {
  bits.resize(link.parts.size());
  std::iota(bits.begin(), bits.end(), 0);
  if (bits.size() > kMostParts) {
    std::sort(bits.begin(), bits.end(), [&](uint32_t a, uint32_t b) {
      uint64_t costA = link.parts[a].cost;
      uint64_t costB = link.parts[b].cost;
      return costA != costB ? costA > costB : a < b;
    });
    bits.resize(kMostParts);
    std::sort(bits.begin(), bits.end());
  }
  for (uint32_t p : bits)
    reads.push_back(maskOf(link.parts[p].reads));
}

uint32_t WeighedLink::maskOf(const std::vector<uint32_t> &parts) const {
  uint32_t mask = 0;
  for (uint32_t p : parts) {
    auto it = std::lower_bound(bits.begin(), bits.end(), p);
    if (it != bits.end() && *it == p)
      mask |= 1u << (it - bits.begin());
  }
  return mask;
}

uint64_t WeighedLink::bytesOf(uint32_t kept) const {
  uint64_t bytes = 0;
  for (size_t b = 0; b < bits.size(); ++b)
    if (kept >> b & 1)
      bytes += link.parts[bits[b]].bytes;
  return bytes;
}

/// To have `wanted` where `kept` is there.
WeighedLink::Rebuild WeighedLink::rebuild(uint32_t wanted,
                                          uint32_t kept) const {
  Rebuild all;
  for (size_t b = bits.size(); b-- > 0;) {
    if (!(wanted >> b & 1) || (kept >> b & 1))
      continue;
    all.cost += link.parts[bits[b]].cost;
    all.usesGate |= link.parts[bits[b]].readsGate;
    wanted |= reads[b];
  }
  return all;
}

/// What is alive while the step runs, beside what it reads and writes, has to
/// fit; what else is needed behind it runs again, with all that it is made of.
WeighedLink::Choices WeighedLink::choicesOf(const Backbone::Step &step,
                                            uint64_t &work) const {
  uint32_t parts = uint32_t(link.parts.size());
  auto part = [&](uint32_t item) -> const Backbone::Part & {
    return item < parts ? link.parts[item] : link.late[item - parts];
  };
  // What is of use, from the end; the dearest if that is too much.
  using Holding = Backbone::Step::Holding;
  std::vector<Holding> held;
  std::vector<uint8_t> isOfUse(parts + link.late.size(), false);
  for (size_t h = step.holdings.size(); h-- > 0;) {
    const Holding &holding = step.holdings[h];
    if (!holding.isNeeded && !isOfUse[holding.item])
      continue;
    if (holding.item < parts &&
        !std::binary_search(bits.begin(), bits.end(), holding.item))
      continue;
    held.push_back(holding);
    for (uint32_t read : part(holding.item).reads)
      isOfUse[read] = true;
  }
  while (held.size() > kMostHeld)
    held.erase(std::min_element(held.begin(), held.end(),
                                [&](const Holding &a, const Holding &b) {
                                  return part(a.item).cost < part(b.item).cost;
                                }));
  uint32_t needed = 0;
  std::vector<uint32_t> madeOf, bitOf; // By index in `held`.
  for (size_t h = 0; h < held.size(); ++h) {
    needed |= uint32_t(held[h].isNeeded) << h;
    uint32_t mask = 0;
    for (size_t other = h + 1; other < held.size(); ++other)
      for (uint32_t read : part(held[h].item).reads)
        mask |= uint32_t(read == held[other].item) << other;
    madeOf.push_back(mask);
    bitOf.push_back(held[h].item < parts ? maskOf({held[h].item}) : 0);
  }
  uint32_t soFar = maskOf(step.reads);
  Choices choices;
  work += held.size() << held.size();
  for (uint32_t kept = 0; kept < 1u << held.size(); ++kept) {
    uint64_t bytes = step.bytes;
    uint32_t wanted = needed;
    Choice choice;
    choice.before = soFar;
    for (size_t h = 0; h < held.size(); ++h) {
      if (kept >> h & 1) {
        bytes += held[h].bytes;
        choice.before |= bitOf[h];
      } else if (wanted >> h & 1) {
        choice.costAfter += part(held[h].item).cost;
        wanted |= madeOf[h];
      }
    }
    choice.slots = slots.forStep(bytes);
    if (choice.slots <= slots.count)
      choices.push_back(choice);
  }
  std::sort(choices.begin(), choices.end(),
            [](const Choice &a, const Choice &b) {
              return std::tie(a.slots, a.costAfter, a.before) <
                     std::tie(b.slots, b.costAfter, b.before);
            });
  Choices some;
  for (const Choice &choice : choices)
    if (std::none_of(some.begin(), some.end(), [&](const Choice &other) {
          return other.costAfter <= choice.costAfter &&
                 (other.before & ~choice.before) == 0;
        }))
      some.push_back(choice);
  return some;
}

/// The same, if not all that the event reads of it stays until then.
WeighedLink::Option WeighedLink::withoutEvent(Option option,
                                              uint32_t kept) const {
  uint64_t least = kNoWay;
  for (size_t b = 0; b < bits.size(); ++b)
    if ((kept >> b & 1) && link.parts[bits[b]].eventBytes > 0)
      least = std::min(least, link.parts[bits[b]].cost);
  option.eventSlots = 0;
  option.more.resize(slots.count + 1, 0);
  for (uint64_t &more : option.more)
    more = std::max(more, least);
  return option;
}

/// Of each step, what ran before it since only `kept` was there, and what runs
/// behind it. The step that asks for most counts.
std::vector<uint64_t> WeighedLink::moreFor(uint32_t kept, uint64_t cost,
                                           const std::vector<Choices> &steps,
                                           uint64_t &work) const {
  std::vector<uint64_t> more;
  for (const Choices &choices : steps) {
    work += choices.size() * bits.size() / 4 + 1;
    uint64_t least = kNoWay;
    uint64_t from = 0;
    auto fill = [&](uint64_t to) {
      if (least == kNoWay || least <= cost)
        return;
      if (more.size() < to)
        more.resize(to, 0);
      for (uint64_t m = from; m < to; ++m)
        more[m] = std::max(more[m], least - cost);
    };
    for (const Choice &choice : choices) {
      uint64_t total =
          rebuild(choice.before, kept | inPieces).cost + choice.costAfter;
      if (total >= least)
        continue;
      fill(choice.slots);
      from = choice.slots;
      least = total;
    }
    fill(slots.count + 1);
  }
  return more;
}

/// Of two options, drops the one that is no better in anything but, maybe, in
/// `more`: in that the other becomes as good.
void WeighedLink::dropWorse() {
  auto key = [](const Option &o) {
    return std::tuple<uint64_t, uint64_t, uint64_t, bool, bool,
                      const std::vector<uint64_t> &>(
        o.slots, o.cost, o.eventSlots, o.usesGate, !o.standsAlone, o.more);
  };
  std::sort(options.begin(), options.end(),
            [&](const Option &a, const Option &b) { return key(a) < key(b); });
  std::vector<Option> some;
  for (Option &o : options) {
    auto better =
        std::find_if(some.begin(), some.end(), [&](const Option &other) {
          return other.cost <= o.cost && other.eventSlots <= o.eventSlots &&
                 other.usesGate <= o.usesGate &&
                 other.standsAlone >= o.standsAlone;
        });
    if (better == some.end()) {
      some.push_back(std::move(o));
      continue;
    }
    std::vector<uint64_t> &more = better->more;
    for (size_t m = 0; m < more.size(); ++m)
      more[m] = std::min(more[m], o.cost - better->cost +
                                      (m < o.more.size() ? o.more[m] : 0));
  }
  options = std::move(some);
}

} // namespace tenon::plan
