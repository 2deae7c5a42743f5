//===-- Squeeze.cpp - schedules with few bytes ----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/Squeeze.h"

#include "lib/Plan/Core/EagerOrder.h"
#include "lib/Plan/Core/LowerBound.h"
#include "lib/Plan/Core/PebbleBound.h"
#include "lib/Plan/Core/Replay.h"
#include "lib/Plan/Core/Sweeps.h"

#include <algorithm>
#include <tuple>

namespace tenon::plan {

namespace {

/// The cheapest within so many bytes, or null.
const Rung *cheapest(const std::vector<Rung> &rungs, uint64_t bytes) {
  const Rung *best = nullptr;
  for (const Rung &rung : rungs)
    if (rung.evaluation.peak <= bytes &&
        (!best || rung.evaluation.cost < best->evaluation.cost))
      best = &rung;
  return best;
}

uint64_t lowestPeak(const std::vector<Rung> &rungs) {
  uint64_t peak = UINT64_MAX;
  for (const Rung &rung : rungs)
    peak = std::min(peak, rung.evaluation.peak);
  return peak;
}

} // namespace

std::vector<Rung> Squeeze::lower(const Rung &plain, const Rung &other) {
  std::vector<Rung> found;
  // What comes out hangs on the way: several start and step differently, for
  // a little work each.
  auto isLeast = [&] {
    return found.back().evaluation.peak <= leastPeak &&
           arenaOf(found.back(), 0) <= leastPeak;
  };
  found.push_back(other);
  descend(found);
  // What is far above that is not worth its time.
  if (lowestPeak(found) >= other.evaluation.peak / 4 * 3) {
    replayFrom(other, 8, work + workLimit / 4, found);
    bool isQuick = found.back().schedule.size() <= 4 * model.order.size();
    for (uint64_t parts : {8, 4, 24, 6, 16, 48})
      for (const Rung *start : {&plain, &other})
        if (isQuick && !isLeast() && (parts != 8 || start == &plain))
          replayFrom(*start, parts, work + workLimit / 64, found);
  }
  walk(plain.evaluation.peak, found);
  if (!isLeast())
    sweep(std::min(plain.evaluation.peak, 2 * lowestPeak(found)), found);
  if (!isLeast())
    replayLowest(found);
  std::sort(found.begin(), found.end(), [](const Rung &a, const Rung &b) {
    return std::tie(a.evaluation.peak, a.evaluation.cost, a.schedule) <
           std::tie(b.evaluation.peak, b.evaluation.cost, b.schedule);
  });
  return found;
}

/// Replays a schedule within less and less, at first by one of so many parts
/// of its peak, by half of that where it fails. Adds all that comes of it.
void Squeeze::replayFrom(const Rung &first, uint64_t parts, uint64_t stop,
                         std::vector<Rung> &found) {
  found.push_back(first);
  ReplayLimits limits;
  limits.maxRuns = model.order.size() * kMostRuns;
  uint64_t step = first.evaluation.peak / parts;
  while (work < stop) {
    const Rung &best = found.back();
    uint64_t peak = best.evaluation.peak;
    if (step <= peak / 512 || peak <= leastPeak)
      break;
    limits.bytes = std::max(leastPeak, peak - std::max(step, unit));
    Rung rung;
    for (const Schedule *base : {&best.schedule, &model.order}) {
      if (!rung.schedule.empty())
        break;
      limits.workLimit = (stop - std::min(stop, work)) / 3;
      if (auto replayed = replay(model, *base, limits, work))
        offer(model, evaluator, std::move(replayed->schedule),
              {0, limits.bytes}, rung);
    }
    if (rung.schedule.empty())
      step /= 2;
    else
      found.push_back(std::move(rung));
  }
}

/// Replays an order in which little is left over, within less and less. Each
/// time it begins again from that order: what was made again to fit within more
/// is not what fits within less.
void Squeeze::descend(std::vector<Rung> &found) {
  if (lowestPeak(found) <= leastPeak)
    return;
  Schedule base = eagerOrder(model);
  uint64_t high = evaluator.evaluate(base).peak;
  std::vector<uint64_t> fromNothing = bytesFromNothing(model, high / 2, work);
  ReplayLimits limits;
  limits.maxRuns = model.order.size() * kMostRuns;
  limits.bytesFromNothing = &fromNothing;
  uint64_t stop = work + workLimit / 6;
  for (uint64_t step = high / 8; high > leastPeak && work < stop;) {
    step = std::max(std::min(step, high / 8), unit);
    limits.bytes = std::max(leastPeak, high - step);
    limits.workLimit = (stop - work) / 4;
    Rung rung;
    if (auto replayed = replay(model, base, limits, work))
      offer(model, evaluator, std::move(replayed->schedule), {0, limits.bytes},
            rung);
    if (!rung.schedule.empty()) {
      high = rung.evaluation.peak;
      found.push_back(std::move(rung));
    } else if (step == unit || step <= high / 256) {
      break;
    } else {
      step /= 2;
    }
  }
}

/// Of schedules with the same peak some are easier to place.
void Squeeze::replayLowest(std::vector<Rung> &found) {
  ReplayLimits limits;
  limits.bytes = lowestPeak(found);
  limits.maxRuns = model.order.size() * kMostRuns;
  limits.workLimit = workLimit / 32;
  Rung rung;
  if (auto replayed = replay(model, model.order, limits, work))
    offer(model, evaluator, std::move(replayed->schedule), {0, limits.bytes},
          rung);
  if (!rung.schedule.empty())
    found.push_back(std::move(rung));
}

/// Makes everything from nothing, within less and less, and adds what comes
/// of it.
void Squeeze::walk(uint64_t storeAllPeak, std::vector<Rung> &found) {
  uint64_t high = std::min(storeAllPeak, lowestPeak(found));
  uint64_t stop = work + workLimit / 5;
  for (uint64_t step = (high - std::min(leastPeak, high)) / 4;
       high > leastPeak && work < stop;) {
    step = std::max(step / unit * unit, unit);
    Rung rung;
    uint64_t limit = std::max(leastPeak, high - std::min(step, high));
    offer(model, evaluator,
          pebbleSchedule(model, limit, model.order.size() * kMostRuns,
                         (stop - work) / 4, work),
          {0, limit}, rung);
    if (!rung.schedule.empty()) {
      high = rung.evaluation.peak;
      found.push_back(std::move(rung));
    } else if (step == unit || step <= high / 64) {
      break;
    } else {
      step /= 2;
    }
  }
}

/// Squeezes what has nothing that must last, and makes sweeps of that, within
/// less and less.
void Squeeze::sweep(uint64_t most, std::vector<Rung> &found) {
  Sweeps sweeps(model);
  if (!sweeps.areOfUse())
    return;
  const Model &loose = sweeps.loose();
  Evaluator looseEvaluator(loose);
  ArenaOf peakOf = [](const Rung &rung, uint64_t) {
    return rung.evaluation.peak;
  };
  Squeeze squeeze(loose, looseEvaluator, {peakBound(loose), unit, workLimit},
                  peakOf, work);
  std::vector<Rung> bases(1);
  offer(loose, looseEvaluator, loose.order, {0, UINT64_MAX}, bases[0]);
  squeeze.descend(bases);
  std::sort(bases.begin(), bases.end(), [](const Rung &a, const Rung &b) {
    return std::tie(a.evaluation.peak, a.evaluation.cost, a.schedule) <
           std::tie(b.evaluation.peak, b.evaluation.cost, b.schedule);
  });
  work += looseEvaluator.work;
  uint64_t stop = work + workLimit / 6;
  auto attempt = [&](uint64_t limit) {
    // The lowest leaves most room; the cheapest that fits is done soonest. The
    // fewer sweeps, the cheaper.
    std::vector<const Rung *> from{&bases.front(),
                                   cheapest(bases, limit - limit / 8),
                                   cheapest(bases, limit)};
    from.erase(std::unique(from.begin(), from.end()), from.end());
    bool any = false;
    for (const Rung *base : from) {
      Rung rung;
      std::optional<Schedule> schedule;
      for (uint64_t part : {1, 2, 3, 4, 6, 8, 16})
        if (base && !schedule)
          schedule = sweeps.within(limit, base->schedule, sweeps.bytes() / part,
                                   (stop - std::min(stop, work)) / 16, work);
      offer(model, evaluator, std::move(schedule), {0, limit}, rung);
      if (rung.schedule.empty())
        continue;
      // All are kept: some are easier to place.
      any = true;
      found.push_back(std::move(rung));
    }
    return any;
  };
  uint64_t low = std::max(leastPeak, bases.front().evaluation.peak);
  uint64_t high = most;
  for (uint64_t step = high / 8; high > low && work < stop;) {
    step = std::max(step / unit * unit, unit);
    uint64_t limit = std::max(low, high - std::min(step, high));
    if (attempt(limit)) {
      high = std::min(high, lowestPeak(found));
      step = std::min(step, high / 8);
    } else if (step == unit || step <= high / 256) {
      break;
    } else {
      step /= 2;
    }
  }
}

void Squeeze::tighten(const std::vector<Rung> &found, uint64_t &smallest,
                      Rung &best) {
  uint64_t low = std::max(leastPeak, found[0].evaluation.peak);
  auto attempt = [&](uint64_t arena, uint64_t stop) {
    Rung rung;
    if (!replayInArena(found, arena, stop, rung))
      return false;
    smallest = arenaOf(rung, 0);
    best = std::move(rung);
    best.limit = best.evaluation.peak;
    return true;
  };
  // All at once, if that is easy, or else by half of the rest.
  if (smallest <= low || attempt(low, work + workLimit / 32))
    return;
  uint64_t stop = work + workLimit / 8;
  for (uint64_t step = (smallest - low) / 2; smallest > low && work < stop;) {
    step = std::max(step / unit * unit, unit);
    if (attempt(std::max(low, smallest - std::min(step, smallest)), stop)) {
      // What succeeds is worth more of it.
      stop = std::max(stop, work + workLimit / 8);
      step = std::min(step, (smallest - std::min(low, smallest)) / 2);
    } else if (step == unit || step <= smallest / 256) {
      break;
    } else {
      step /= 2;
    }
  }
}

/// True if that gives a rung whose arena has no more than `arena` bytes.
bool Squeeze::replayInArena(const std::vector<Rung> &found, uint64_t arena,
                            uint64_t stop, Rung &rung) {
  std::vector<const Schedule *> bases;
  if (found[0].evaluation.peak <= arena)
    bases.push_back(&found[0].schedule);
  bases.push_back(&model.order);
  ReplayLimits limits;
  limits.maxRuns = model.order.size() * kMostRuns;
  limits.bytes = arena;
  limits.arena = arena;
  for (uint64_t seed : {1, 2, 3, 5})
    for (const Schedule *base : bases) {
      if (work > stop)
        return false;
      limits.shortLife = seed % 2 == 1 ? 2 << (seed - 1) : 0;
      limits.seed = seed;
      limits.workLimit = (stop - work) / 4;
      auto replayed = replay(model, *base, limits, work);
      if (replayed && fits(std::move(replayed->schedule),
                           std::move(replayed->addresses), arena, rung))
        return true;
    }
  return false;
}

bool Squeeze::fits(Schedule schedule, std::vector<uint64_t> addresses,
                   uint64_t arena, Rung &rung) {
  if (!evaluator.isValid(schedule))
    return false;
  rung.schedule = std::move(schedule);
  rung.addresses = std::move(addresses);
  rung.evaluation = evaluator.prune(rung.schedule, &rung.addresses);
  return arenaOf(rung, 0) <= arena;
}

} // namespace tenon::plan
