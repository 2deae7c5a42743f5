//===-- Ladder.cpp - schedules for growing limits -------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/Ladder.h"

#include "lib/Plan/Core/Chain.h"
#include "lib/Plan/Core/ChainSolver.h"
#include "lib/Plan/Core/Eviction.h"
#include "lib/Plan/Core/LocalSearch.h"
#include "lib/Plan/Core/PlaceableChain.h"
#include "lib/Plan/Core/Replay.h"
#include "lib/Plan/Core/Squeeze.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

namespace tenon::plan {

/// Schedules with small peaks that are placed, to see which has the smallest
/// arena, as long as they have no more executions than this.
constexpr size_t kMostPlaced = 8;
constexpr size_t kMostPlacedRuns = 50'000;

/// Between two limits, and lower aims where an arena has gaps.
constexpr unsigned kMostHalves = 7;
constexpr unsigned kMostAims = 4;

/// Limits of so many units are few enough to tell all apart.
constexpr uint64_t kExactUnits = 104;

class Ladder::Builder {
public:
  Builder(const Model &model, uint64_t leastPeak, uint64_t workLimit,
          const ArenaOf &arenaOf)
      : model(model), leastPeak(leastPeak), workLimit(workLimit),
        arenaOf(arenaOf), evaluator(model), search(model, evaluator) {
    storeAll = evaluator.evaluate(model.order);
    for (const Model::Value &value : model.values)
      unit = std::gcd(unit, value.bytes);
    unit = std::max<uint64_t>(unit, 1);
    chainBound.emplace(model, std::min(storeAll.peak, kExactUnits * unit),
                       workLimit / 4);
    otherWork += chainBound->work;
    // Below that lies nothing for which anybody would wait.
    while (this->leastPeak + unit <= chainBound->most() &&
           chainBound->at(this->leastPeak) > kMostRuns * storeAll.cost)
      this->leastPeak += unit;
    makeSolvers();
    findFloor();
    chooseLimits();
  }

  const Rung *within(uint64_t limit) {
    if (limit < rungs[0].arena)
      return nullptr;
    while (next < limits.size() && limits[next] <= limit)
      climb(limits[next++]);
    const Rung &cheapest = cheapestWithin(limit);
    Rung low = cheapest;
    low.limit = thereFrom(cheapest);
    answer = low;
    // The next that is cheaper: what is above a limit may be there for less
    // than what is below, where an arena has gaps.
    const Rung *high = nullptr;
    auto look = [&](Rung &rung) {
      placeOnce(rung);
      if (neededBy(rung) > limit &&
          rung.evaluation.cost < low.evaluation.cost &&
          (!high || neededBy(rung) <= neededBy(*high)))
        high = &rung;
    };
    rungs.reserve(limits.size() + 1);
    for (size_t r = 1; r < rungs.size(); ++r)
      if (rungs[r].arena != 0)
        look(rungs[r]);
    while (next < limits.size() && (!high || limits[next] <= neededBy(*high))) {
      climb(limits[next++]);
      look(rungs.back());
    }
    if (high) {
      Rung above = *high;
      above.limit = neededBy(above);
      refine(std::move(low), std::move(above), limit);
    }
    offerPlaced(limit, answer);
    return &answer;
  }

  uint64_t smallest() const { return rungs[0].arena; }

  uint64_t work() const { return evaluator.work + otherWork; }

  std::optional<ChainBound> chainBound;

private:
  /// Small capacities are told apart exactly, up to as many units as there is
  /// work for; above, fine slots for small ones, coarse ones for large.
  void makeSolvers() {
    for (uint32_t blocks : {2048, 1024, 512, 256, 128})
      chains.push_back(findChain(model, blocks));
    uint64_t most = 0;
    for (uint64_t units = kExactUnits; units >= kExactUnits / 4; units /= 2) {
      most = std::min(storeAll.peak, units * unit);
      if (most <= leastPeak)
        break;
      auto solver = std::make_unique<ChainSolver>(model, chains[0], most, unit,
                                                  workLimit / 2);
      otherWork += solver->work / 4;
      if (!solver->solved())
        continue;
      exact = solver.get();
      solvers.push_back({most, std::move(solver)});
      break;
    }
    size_t first = solvers.size();
    for (uint64_t capacity = storeAll.peak;
         solvers.size() < 5 && capacity > (exact ? most : leastPeak);
         capacity /= 4)
      solvers.insert(solvers.begin() + first, {capacity, nullptr});
  }

  /// Few slots leave time for many blocks.
  std::unique_ptr<ChainSolver> makeSolver(uint64_t capacity) {
    std::unique_ptr<ChainSolver> solver;
    for (const Chain &chain : chains)
      for (uint64_t slots : {512, 256, 128}) {
        uint64_t slot = (capacity / slots / unit + 1) * unit;
        solver = std::make_unique<ChainSolver>(model, chain, capacity, slot,
                                               workLimit / 4);
        otherWork += solver->work / 4;
        if (solver->solved())
          return solver;
      }
    return solver;
  }

  void offer(std::optional<Schedule> schedule, uint64_t limit, Rung &best) {
    tenon::plan::offer(model, evaluator, std::move(schedule),
                       {leastCost, limit}, best);
  }

  /// Asks the chain for a schedule that keeps the limit when it is evaluated.
  void offerChain(uint64_t limit, Rung &best) {
    // Of those with room for it, the two that are the finest.
    unsigned asked = 0;
    for (auto &[capacity, solver] : solvers) {
      if (capacity < limit || asked == 2)
        continue;
      ++asked;
      if (!solver)
        solver = makeSolver(capacity);
      // Blocks are measured one by one, and together they may need less.
      uint64_t more = solver.get() == exact ? 0 : limit / 4;
      offerChain(*solver, limit, std::min(limit + more, solver->capacity()),
                 best);
      if (solver.get() == exact)
        break;
    }
  }

  void offerChain(ChainSolver &solver, uint64_t limit, uint64_t bytes,
                  Rung &best) {
    int kept = 0;
    for (int tries = 0; tries < 16 && !isLeastCost(best, limit); ++tries) {
      auto schedule = solver.schedule(bytes);
      if (!schedule)
        break;
      uint64_t peak = evaluator.prune(*schedule).peak;
      if (peak <= limit) {
        offer(std::move(schedule), limit, best);
        if (++kept == 3)
          break;
      }
      uint64_t less =
          std::max((std::max(peak, limit) - limit) / 2, solver.slotBytes());
      if (less > bytes)
        break;
      bytes -= less;
    }
  }

  /// True if there is nothing to search for.
  bool isLeastCost(const Rung &rung, uint64_t limit) const {
    uint64_t least = storeAll.cost;
    if (limit <= chainBound->most())
      least += chainBound->at(limit);
    return !rung.schedule.empty() &&
           rung.evaluation.cost <= std::max(least, leastCost);
  }

  void offerEvictions(uint64_t limit, Rung &best) {
    size_t runs = model.order.size() * 8 + 64;
    for (unsigned r = 0; r < 4; ++r) {
      EvictionRule rule;
      rule.nextUse = r < 2;
      rule.eager = r % 2 == 1;
      if (limit <= hopeless[r])
        continue;
      auto schedule =
          evictWhenFull(model, limit, rule, runs, workLimit / 500, otherWork);
      if (!schedule)
        hopeless[r] = limit;
      offer(std::move(schedule), limit, best);
    }
  }

  void offerReplay(uint64_t limit, Rung &best) {
    if (limit <= hopeless[4])
      return;
    ReplayLimits limits;
    limits.bytes = limit;
    limits.maxRuns = model.order.size() * 8;
    limits.workLimit = workLimit / 500;
    if (auto replayed = replay(model, model.order, limits, otherWork))
      offer(std::move(replayed->schedule), limit, best);
    else
      hopeless[4] = limit;
  }

  void seed(uint64_t limit, Rung &best) {
    offer(model.order, limit, best);
    if (!isLeastCost(best, limit))
      offerChain(limit, best);
    if (isLeastCost(best, limit))
      return;
    for (size_t i = lows.size(); i-- > 0;)
      if (lows[i].evaluation.peak <= limit) {
        offer(lows[i].schedule, limit, best);
        break;
      }
    offerEvictions(limit, best);
    offerReplay(limit, best);
  }

  void improve(Rung &rung, uint64_t limit) {
    if (isLeastCost(rung, limit))
      return;
    uint64_t share = workLimit / 64;
    Schedule other = model.order;
    if (search.repair(other, limit, UINT64_MAX, share / 4)) {
      search.shrink(other, limit, share / 4);
      offer(std::move(other), limit, rung);
    }
    other = rung.schedule;
    search.improve(other, limit, std::max(storeAll.cost, leastCost), share);
    offer(std::move(other), limit, rung);
  }

  /// The smallest limit that any seed keeps, to a part in 256 of the range.
  void findFloor() {
    uint64_t low = leastPeak; // May be feasible.
    uint64_t high = storeAll.peak;
    Rung best;
    offer(model.order, high, best);
    while (low < high) {
      uint64_t middle = low + (high - low) / 2;
      Rung rung;
      if (exact)
        offerChain(middle, rung);
      if (rung.schedule.empty())
        seed(middle, rung);
      if (rung.schedule.empty()) {
        Schedule other = best.schedule;
        if (search.repair(other, middle, UINT64_MAX, workLimit / 200))
          offer(std::move(other), middle, rung);
      }
      if (!rung.schedule.empty()) {
        best = std::move(rung);
        high = std::min(best.evaluation.peak, middle);
      } else {
        low = middle + std::max<uint64_t>((storeAll.peak - low) / 256, 1);
      }
    }
    Rung plain;
    offer(model.order, storeAll.peak, plain);
    Squeeze squeeze(model, evaluator, {leastPeak, unit, workLimit}, arenaOf,
                    otherWork);
    std::vector<Rung> found = squeeze.lower(plain, best);
    for (const Rung &rung : found)
      if (lows.empty() || rung.evaluation.cost < lows.back().evaluation.cost)
        lows.push_back(rung);
    // The smallest arena is not always that of the smallest peak.
    size_t runs = 0;
    size_t placed = 0;
    uint64_t smallest = UINT64_MAX;
    const Schedule *last = nullptr;
    for (Rung &rung : found) {
      if (last && (*last == rung.schedule || placed == kMostPlaced ||
                   runs > kMostPlacedRuns || rung.evaluation.peak >= smallest))
        continue;
      last = &rung.schedule;
      ++placed;
      runs += rung.schedule.size();
      uint64_t arena = arenaOf(rung, leastPeak);
      if (arena < smallest) {
        smallest = arena;
        best = rung;
        best.enough = leastPeak; // To be placed as it was here.
      }
    }
    if (!exact) // What is optimal leaves nothing to gain.
      placeLows(smallest);
    best.limit = best.evaluation.peak;
    squeeze.tighten(found, smallest, best);
    Rung cheaper = best;
    cheaper.addresses.clear();
    seed(best.limit, cheaper);
    search.improve(cheaper.schedule, best.limit, storeAll.cost, workLimit / 32);
    cheaper.evaluation = evaluator.evaluate(cheaper.schedule);
    best.arena = smallest;
    placeRung(cheaper, 0);
    if (cheaper.arena <= smallest)
      best = std::move(cheaper);
    lastFound = best;
    // What will be there for the floor costs no less than that.
    Rung chain = best;
    if (exact && smallest <= exact->capacity())
      offerChain(smallest, chain);
    foundCosts.push_back(chain.evaluation.cost);
    rungs.push_back(std::move(best));
  }

  /// Finds the arenas of lows that are worth having.
  void placeLows(uint64_t smallest) {
    size_t runs = 0;
    uint64_t last = UINT64_MAX;
    for (const Rung &low : lows) {
      uint64_t saved = last - std::min(last, low.evaluation.cost);
      runs += low.schedule.size();
      if (low.evaluation.peak > 2 * smallest || runs > kMostPlacedRuns)
        break;
      if (saved < low.evaluation.cost / 50)
        continue;
      last = low.evaluation.cost;
      placed.push_back(low);
      placeRung(placed.back(), 0);
    }
  }

  /// The cheapest of them within so many bytes that costs no less than it may,
  /// if that is cheaper than `best`.
  void offerPlaced(uint64_t bytes, Rung &best) const {
    for (const Rung &low : placed)
      if (low.arena <= bytes && low.evaluation.cost >= leastCost &&
          low.evaluation.cost < best.evaluation.cost)
        best = low;
  }

  /// Equal steps, and equal ratios for the small limits; all that sizes can
  /// tell apart where those are few.
  void chooseLimits() {
    constexpr unsigned steps = 16;
    uint64_t low = rungs[0].limit;
    uint64_t high = storeAll.peak;
    if (low >= high)
      return;
    uint64_t range = high - low;
    auto add = [&](uint64_t limit) {
      limits.push_back(low + (limit - low) / unit * unit);
    };
    if (range / unit <= 2 * steps)
      for (uint64_t limit = low + unit; limit < high; limit += unit)
        add(limit);
    else
      for (unsigned s = 1; s < steps; ++s) {
        add(low + range / steps * s);
        // Without logarithms, whose last bit is not the same everywhere.
        double ratio = double(high) / double(low);
        for (unsigned halves = 0; halves < 4; ++halves)
          ratio = std::sqrt(ratio);
        double limit = double(low);
        for (unsigned i = 0; i < s; ++i)
          limit *= ratio;
        add(uint64_t(limit));
      }
    limits.push_back(high);
    // Up to there little is to be searched, from there on more.
    if (exact && low < chainBound->most() && chainBound->most() < high)
      limits.push_back(chainBound->most());
    std::sort(limits.begin(), limits.end());
    limits.erase(std::unique(limits.begin(), limits.end()), limits.end());
    if (limits.front() == low)
      limits.erase(limits.begin());
  }

  void climb(uint64_t limit) {
    Rung rung = lastFound;
    rung.addresses.clear();
    rung.arena = 0;
    rung.limit = limit;
    seed(limit, rung);
    improve(rung, limit);
    lastFound = rung;
    foundCosts.push_back(rung.evaluation.cost);
    rungs.push_back(std::move(rung));
  }

  /// The cheapest of the rungs up to there that lies in an arena of so many
  /// bytes.
  const Rung &cheapestWithin(uint64_t bytes) {
    size_t r = rungs.size();
    while (--r > 0)
      if (rungs[r].limit <= bytes) {
        placeOnce(rungs[r]);
        if (rungs[r].arena <= bytes)
          break; // Those below are no cheaper.
      }
    if (r == 0)
      placeFloor();
    // All budgets between the same two costs must halve the same range: of
    // equal costs the one that is there first counts.
    size_t first = r;
    uint64_t cost = rungs[r].evaluation.cost;
    while (r-- > 0 && rungs[r].evaluation.cost == cost) {
      placeOnce(rungs[r]);
      if (thereFrom(rungs[r]) <= thereFrom(rungs[first]))
        first = r;
    }
    return rungs[first];
  }

  void placeRung(Rung &rung, uint64_t enough) {
    rung.enough = enough;
    rung.arena = arenaOf(rung, enough);
  }

  /// One of the ladder. What takes its place costs no more than the rung below
  /// it did when it was found.
  void placeOnce(Rung &rung) {
    if (rung.arena != 0)
      return;
    placeWithin(rung, rung.limit, foundCosts[size_t(&rung - rungs.data()) - 1]);
  }

  /// The smallest arena is there; the chain may have a cheaper schedule for it.
  void placeFloor() {
    if (!exact || smallest() > exact->capacity() ||
        std::exchange(floorIsPlaced, true))
      return;
    Rung other;
    offerChain(smallest(), other);
    if (other.schedule.empty())
      return;
    placeWithin(other, smallest(), rungs[0].evaluation.cost);
    other.limit = rungs[0].limit;
    if (other.arena <= smallest() &&
        other.evaluation.cost < rungs[0].evaluation.cost)
      rungs[0] = std::move(other);
  }

  /// Like `placeRung`. Where the arena has gaps, a dearer schedule of the chain
  /// takes its place, if that is cheaper than `mostCost` and has none.
  void placeWithin(Rung &rung, uint64_t enough, uint64_t mostCost) {
    if (exact && enough <= exact->capacity()) {
      const std::optional<Rung> &other = placeableFor(rung.schedule, enough);
      if (other && other->arena <= enough &&
          (other->schedule == rung.schedule ||
           (other->evaluation.cost >= leastCost &&
            other->evaluation.cost < mostCost))) {
        uint64_t limit = rung.limit;
        rung = *other;
        rung.limit = limit;
        return;
      }
    }
    placeRung(rung, enough);
  }

  /// The same is asked for by rungs and between them.
  const std::optional<Rung> &placeableFor(const Schedule &schedule,
                                          uint64_t bytes) {
    for (const Placeable &known : placeables)
      if (known.bytes == bytes && known.from == schedule)
        return known.found;
    Placeable known{bytes, schedule, {}};
    known.found = findPlaceable(model, chains[0], evaluator, schedule,
                                {bytes, unit, workLimit / 4}, otherWork);
    if (known.found)
      placeRung(*known.found, bytes);
    placeables.push_back(std::move(known));
    return placeables.back().found;
  }

  /// The first is there from its arena on, whatever it evaluates to: in-place
  /// writes may make that less.
  uint64_t thereFrom(const Rung &rung) const {
    return &rung == &rungs[0] ? rung.arena : neededBy(rung);
  }

  static uint64_t neededBy(const Rung &rung) {
    return std::max(rung.limit, rung.arena);
  }

  /// Halves what lies between two limits as long as that may tell.
  void refine(Rung low, Rung high, uint64_t limit) {
    low = between(low, high, low.limit);
    for (unsigned halves = 0; halves < kMostHalves; ++halves) {
      uint64_t middle = low.limit + (high.limit - low.limit) / 2 / unit * unit;
      if (middle == low.limit ||
          low.evaluation.cost - high.evaluation.cost <=
              (low.evaluation.cost - storeAll.cost) / 1024)
        break;
      Rung rung = between(low, high, middle);
      (middle <= limit ? low : high) = std::move(rung);
    }
    if (low.evaluation.cost < answer.evaluation.cost)
      answer = std::move(low);
  }

  /// No dearer than `low`, no cheaper than `high`.
  Rung between(const Rung &low, const Rung &high, uint64_t limit) {
    Rung best = low;
    leastCost = high.evaluation.cost;
    offerPlaced(limit, best);
    best.limit = limit;
    uint64_t aim = limit;
    for (unsigned tries = 0; tries < kMostAims; ++tries) {
      Rung rung = best;
      rung.addresses.clear();
      // What that adds to the dearer keeps it dearer.
      Schedule other = high.schedule;
      if (search.repair(other, aim, rung.evaluation.cost, workLimit / 512))
        offer(std::move(other), aim, rung);
      seed(aim, rung);
      improve(rung, aim);
      if (rung.evaluation.cost >= best.evaluation.cost)
        break;
      if (tries == 0)
        placeWithin(rung, limit, best.evaluation.cost);
      else
        placeRung(rung, limit);
      if (rung.arena <= limit) {
        best = std::move(rung);
        break;
      }
      // More is alive at the peak than where it does not fit, mostly.
      aim -= std::min(
          aim, std::max(((rung.arena - limit) / unit + 1) / 2 * unit, unit));
    }
    leastCost = 0;
    return best;
  }

  const Model &model;
  uint64_t leastPeak;
  uint64_t workLimit;
  ArenaOf arenaOf;
  Evaluator evaluator;
  LocalSearch search;
  Evaluation storeAll;
  uint64_t unit = 0;         ///< Divides all sizes.
  std::vector<Chain> chains; ///< From many blocks to few.
  /// By capacity, ascending; made when they are asked.
  std::vector<std::pair<uint64_t, std::unique_ptr<ChainSolver>>> solvers;
  std::vector<Rung> placed; ///< Of `lows`, with their arenas.
  std::vector<Rung> lows;   ///< On the way to the first rung: the fewer bytes,
                            ///< the dearer.
  /// Slots of one unit for blocks of one node, or nothing.
  ChainSolver *exact = nullptr;
  std::vector<uint64_t> limits; ///< Of the rungs above the first.
  size_t next = 0;              ///< Of them, to climb to.
  /// Limits at which a way to begin has failed: it is not asked for less.
  uint64_t hopeless[5] = {};
  std::vector<Rung> rungs;
  bool floorIsPlaced = false;
  struct Placeable {
    uint64_t bytes = 0;
    Schedule from;
    std::optional<Rung> found;
  };
  std::vector<Placeable> placeables; ///< That were asked for.
  Rung lastFound;                    ///< The last, before it was placed.
  std::vector<uint64_t> foundCosts;  ///< Of the rungs, before they were placed.
  /// What costs less is turned down, see `between`.
  uint64_t leastCost = 0;
  Rung answer;
  uint64_t otherWork = 0;
};

Ladder::Ladder(const Model &model, uint64_t leastPeak, uint64_t workLimit,
               const ArenaOf &arenaOf)
    : builder(std::make_unique<Builder>(model, leastPeak, workLimit, arenaOf)) {
}
Ladder::~Ladder() = default;

const Rung *Ladder::within(uint64_t bytes) { return builder->within(bytes); }

uint64_t Ladder::smallest() const { return builder->smallest(); }

const ChainBound &Ladder::chainBound() const { return *builder->chainBound; }

uint64_t Ladder::work() const { return builder->work(); }

} // namespace tenon::plan
