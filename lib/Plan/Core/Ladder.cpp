//===-- Ladder.cpp - schedules for growing limits -------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/Ladder.h"

#include "lib/Plan/Core/Chain.h"
#include "lib/Plan/Core/ChainSolver.h"
#include "lib/Plan/Core/Eviction.h"
#include "lib/Plan/Core/LocalSearch.h"
#include "lib/Plan/Core/Replay.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

namespace tenon::plan {

/// Executions for each node, on average, in the schedule with the least peak:
/// below that lie schedules for which nobody would wait.
constexpr size_t kMostRuns = 48;

class Ladder::Builder {
public:
  Builder(const Model &model, uint64_t leastPeak, uint64_t workLimit)
      : model(model), leastPeak(leastPeak), workLimit(workLimit),
        evaluator(model), search(model, evaluator) {
    storeAll = evaluator.evaluate(model.order);
    for (const Model::Value &value : model.values)
      unit = std::gcd(unit, value.bytes);
    unit = std::max<uint64_t>(unit, 1);
    makeSolvers();
    findFloor();
    chooseLimits();
  }

  const std::vector<Rung> &upTo(uint64_t limit) {
    while (rungs.size() <= limits.size() && limits[rungs.size() - 1] <= limit)
      climb(limits[rungs.size() - 1]);
    return rungs;
  }

  uint64_t work() const { return evaluator.work + otherWork; }

private:
  /// Fine slots for small capacities, coarse ones for large; exact where sizes
  /// allow it. Few slots leave time for many blocks.
  void makeSolvers() {
    for (uint32_t blocks : {1024, 256, 100})
      chains.push_back(findChain(model, blocks));
    for (uint64_t capacity = storeAll.peak; solvers.size() < 4; capacity /= 4) {
      auto solver = makeSolver(capacity);
      if (!solver)
        break;
      solvers.push_back(std::move(solver));
      if (solvers.back()->slotBytes() == unit)
        break;
    }
  }

  std::unique_ptr<ChainSolver> makeSolver(uint64_t capacity) {
    for (const Chain &chain : chains)
      for (uint64_t slots : {512, 256, 128}) {
        uint64_t slot = (capacity / slots / unit + 1) * unit;
        auto solver = std::make_unique<ChainSolver>(model, chain, capacity,
                                                    slot, workLimit / 4);
        otherWork += solver->work / 4;
        if (solver->solved())
          return solver;
      }
    return nullptr;
  }

  void offer(std::optional<Schedule> schedule, uint64_t limit, Rung &best) {
    if (!schedule || schedule->size() > model.order.size() * kMostRuns ||
        !evaluator.isValid(*schedule))
      return;
    evaluator.prune(*schedule);
    Evaluation e = evaluator.evaluate(*schedule);
    if (e.peak > limit)
      return;
    if (best.schedule.empty() || e.cost < best.evaluation.cost ||
        (e.cost == best.evaluation.cost && e.peak < best.evaluation.peak)) {
      best.schedule = std::move(*schedule);
      best.evaluation = e;
    }
  }

  /// Asks the chain for a schedule that keeps the limit when it is evaluated.
  void offerChain(uint64_t limit, Rung &best) {
    for (auto &solver : solvers) {
      // Blocks are measured one by one, and together they may need less.
      uint64_t bytes = std::min(limit + limit / 4, solver->capacity());
      int kept = 0;
      for (int tries = 0; tries < 16; ++tries) {
        auto schedule = solver->schedule(bytes);
        if (!schedule)
          break;
        uint64_t peak = evaluator.prune(*schedule).peak;
        if (peak <= limit) {
          offer(std::move(schedule), limit, best);
          if (++kept == 3)
            break;
        }
        uint64_t less =
            std::max((std::max(peak, limit) - limit) / 2, solver->slotBytes());
        if (less > bytes)
          break;
        bytes -= less;
      }
    }
  }

  void offerEvictions(uint64_t limit, Rung &best) {
    size_t runs = model.order.size() * 8 + 64;
    for (bool nextUse : {true, false})
      for (bool eager : {false, true}) {
        EvictionRule rule;
        rule.nextUse = nextUse;
        rule.eager = eager;
        offer(
            evictWhenFull(model, limit, rule, runs, workLimit / 500, otherWork),
            limit, best);
      }
  }

  void seed(uint64_t limit, Rung &best) {
    offer(model.order, limit, best);
    if (!best.schedule.empty() && best.evaluation.cost == storeAll.cost)
      return;
    offerChain(limit, best);
    offerEvictions(limit, best);
  }

  void improve(Rung &rung, uint64_t limit) {
    uint64_t share = workLimit / (2 * (limits.size() + 1));
    if (rung.evaluation.cost > storeAll.cost) {
      Schedule other = model.order;
      if (search.repair(other, limit, UINT64_MAX, share / 4)) {
        search.shrink(other, limit, share / 4);
        offer(std::move(other), limit, rung);
      }
    }
    search.improve(rung.schedule, limit, storeAll.cost, share);
    rung.evaluation = evaluator.evaluate(rung.schedule);
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
    squeeze(best);
    best.limit = best.evaluation.peak;
    search.improve(best.schedule, best.limit, storeAll.cost, workLimit / 32);
    best.evaluation = evaluator.evaluate(best.schedule);
    rungs.push_back(std::move(best));
  }

  /// Replays the schedule within less and less, by steps that halve when they
  /// fail.
  void squeeze(Rung &best) {
    ReplayLimits limits;
    limits.maxRuns = model.order.size() * kMostRuns;
    uint64_t stop = otherWork + workLimit / 5;
    uint64_t step = best.evaluation.peak / 8;
    while (step > best.evaluation.peak / 512 &&
           best.evaluation.peak > leastPeak) {
      uint64_t peak = best.evaluation.peak;
      limits.bytes = std::max(leastPeak, peak - std::max(step, unit));
      Rung rung;
      for (const Schedule *base :
           {&std::as_const(best.schedule), &model.order}) {
        limits.workLimit = (stop - std::min(stop, otherWork)) / 4;
        offer(replay(model, *base, limits, otherWork), limits.bytes, rung);
      }
      if (rung.schedule.empty())
        step /= 2;
      else
        best = std::move(rung);
    }
  }

  /// Equal steps, and equal ratios for the small limits; all that sizes can
  /// tell apart where those are few.
  void chooseLimits() {
    constexpr unsigned steps = 32;
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
        for (unsigned halves = 0; halves < 5; ++halves)
          ratio = std::sqrt(ratio);
        double limit = double(low);
        for (unsigned i = 0; i < s; ++i)
          limit *= ratio;
        add(uint64_t(limit));
      }
    limits.push_back(high);
    std::sort(limits.begin(), limits.end());
    limits.erase(std::unique(limits.begin(), limits.end()), limits.end());
    if (limits.front() == low)
      limits.erase(limits.begin());
  }

  void climb(uint64_t limit) {
    Rung rung = rungs.back();
    rung.limit = limit;
    seed(limit, rung);
    improve(rung, limit);
    rungs.push_back(std::move(rung));
  }

  const Model &model;
  uint64_t leastPeak;
  uint64_t workLimit;
  Evaluator evaluator;
  LocalSearch search;
  Evaluation storeAll;
  uint64_t unit = 0;         ///< Divides all sizes.
  std::vector<Chain> chains; ///< From many blocks to few.
  std::vector<std::unique_ptr<ChainSolver>> solvers;
  std::vector<uint64_t> limits; ///< Of the rungs above the first.
  std::vector<Rung> rungs;
  uint64_t otherWork = 0;
};

Ladder::Ladder(const Model &model, uint64_t leastPeak, uint64_t workLimit)
    : builder(std::make_unique<Builder>(model, leastPeak, workLimit)) {}
Ladder::~Ladder() = default;

const std::vector<Rung> &Ladder::upTo(uint64_t limit) {
  return builder->upTo(limit);
}

uint64_t Ladder::work() const { return builder->work(); }

} // namespace tenon::plan
