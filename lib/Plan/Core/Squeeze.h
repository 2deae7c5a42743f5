//===-- Squeeze.h - schedules with few bytes --------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// How low can a graph go? Schedules are replayed within less and less, or made
// from nothing, whatever they cost.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_PLAN_CORE_SQUEEZE_H
#define TENON_LIB_PLAN_CORE_SQUEEZE_H

#include "lib/Plan/Core/Rung.h"

#include <vector>

namespace tenon::plan {

class Squeeze {
public:
  struct Limits {
    uint64_t leastPeak = 0; ///< No schedule has less.
    uint64_t unit = 1;      ///< Divides all sizes.
    uint64_t work = 0;      ///< Of which parts are spent.
  };

  /// Counts its work in `work`, but that of the evaluator.
  Squeeze(const Model &model, Evaluator &evaluator, const Limits &limits,
          const ArenaOf &arenaOf, uint64_t &work)
      : model(model), evaluator(evaluator), leastPeak(limits.leastPeak),
        unit(limits.unit), workLimit(limits.work), arenaOf(arenaOf),
        work(work) {}

  /// From the plain order and another schedule down: all that was found on the
  /// way, those with the fewest bytes first.
  std::vector<Rung> lower(const Rung &plain, const Rung &other);

  /// Replays low schedules with addresses, in arenas smaller than `smallest`,
  /// that of `best`. Sets both to what comes of it.
  void tighten(const std::vector<Rung> &found, uint64_t &smallest, Rung &best);

private:
  void replayFrom(const Rung &first, uint64_t parts, uint64_t stop,
                  std::vector<Rung> &found);
  void descend(std::vector<Rung> &found);
  void replayLowest(std::vector<Rung> &found);
  void walk(uint64_t storeAllPeak, std::vector<Rung> &found);
  void sweep(uint64_t most, std::vector<Rung> &found);
  bool replayInArena(const std::vector<Rung> &found, uint64_t arena,
                     uint64_t stop, Rung &rung);
  bool fits(Schedule schedule, std::vector<uint64_t> addresses, uint64_t arena,
            Rung &rung);

  const Model &model;
  Evaluator &evaluator;
  uint64_t leastPeak;
  uint64_t unit;
  uint64_t workLimit;
  const ArenaOf &arenaOf;
  uint64_t &work;
};

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_SQUEEZE_H
