//===-- PlaceableChain.cpp - chains solved with room between --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/PlaceableChain.h"

#include "lib/Plan/Core/ChainSolver.h"
#include "lib/Plan/Core/GreedyAllocator.h"
#include "lib/Plan/Core/SweepAllocator.h"

#include <utility>

namespace tenon::plan {

/// Mostly two to four times are enough.
constexpr unsigned kMostTimes = 6;

/// Layouts that are followed: few are enough for most schedules.
constexpr size_t kWidths[] = {16, 256};

/// Of more buffers the time of greedy orders, which grows with the square, is
/// more than that of a few layouts.
constexpr size_t kMostGreedy = 10'000;

/// Executions before the one that has no room, and those that something must
/// last to be in the way: the rest comes and goes.
constexpr uint64_t kNear = 10;
constexpr uint64_t kLasting = 10;

namespace {

/// What is alive when, a buffer each, in the order of their writes.
struct Written {
  std::vector<Buffer> buffers;
  std::vector<ValueId> values; ///< By buffer.
  /// By execution and result.
  std::vector<uint32_t> bufferOf;
};

Written buffersOf(const Model &model, const Schedule &schedule) {
  Written result;
  std::vector<uint32_t> last(model.values.size(), kNone);
  for (uint64_t p = 0; p < schedule.size(); ++p) {
    const Model::Op &op = model.ops[schedule[p]];
    for (ValueId v : op.reads)
      result.buffers[last[v]].upper = p + 1;
    for (ValueId v : op.writes) {
      bool isPiece = model.values[v].producer == kNone && last[v] != kNone;
      if (!isPiece) {
        last[v] = uint32_t(result.buffers.size());
        result.buffers.push_back({p, p + 1, model.values[v].bytes});
        result.values.push_back(v);
      }
      result.buffers[last[v]].upper = p + 1;
      result.bufferOf.push_back(last[v]);
    }
  }
  for (ValueId v = 0; v < model.values.size(); ++v)
    if (model.values[v].liveOut && last[v] != kNone)
      result.buffers[last[v]].upper = schedule.size();
  return result;
}

/// `stuckAt` is an execution for which no layout has room.
Sweep place(const std::vector<Buffer> &buffers, const PlaceableLimits &limits,
            uint64_t &work, std::vector<uint64_t> &offsets, uint64_t &stuckAt) {
  Sweep outcome = Sweep::Stuck;
  if (buffers.size() <= kMostGreedy) {
    offsets = allocateGreedily(buffers, limits.bytes);
    if (heightOf(buffers, offsets) <= limits.bytes)
      outcome = Sweep::Found;
  }
  for (size_t width : kWidths)
    if (outcome == Sweep::Stuck)
      outcome = allocateAlongTime(buffers, limits.bytes, width, limits.work,
                                  work, offsets, &stuckAt);
  return outcome;
}

} // namespace

std::optional<Rung> findPlaceable(const Model &model, const Chain &chain,
                                  Evaluator &evaluator, Schedule schedule,
                                  const PlaceableLimits &limits,
                                  uint64_t &work) {
  // What a block writes crosses the cut behind it.
  std::vector<uint32_t> cutOf(model.values.size(), 0);
  for (uint32_t b = 0; b < chain.blocks.size(); ++b)
    for (uint32_t p = chain.blocks[b].begin; p < chain.blocks[b].end; ++p)
      for (ValueId v : model.ops[model.order[p]].writes)
        cutOf[v] = b + 1;
  std::vector<uint32_t> margins(chain.blocks.size() + 1, 0);
  for (unsigned times = 0;; ++times) {
    Written written = buffersOf(model, schedule);
    if (maxLiveBytes(written.buffers) > limits.bytes) // Some must be shared.
      return std::nullopt;
    std::vector<uint64_t> offsets;
    uint64_t stuckAt = 0;
    Sweep outcome = place(written.buffers, limits, work, offsets, stuckAt);
    if (outcome == Sweep::Found) {
      Rung rung;
      rung.evaluation = evaluator.evaluate(schedule);
      rung.schedule = std::move(schedule);
      for (uint32_t buffer : written.bufferOf)
        rung.addresses.push_back(offsets[buffer]);
      return rung;
    }
    if (outcome != Sweep::Stuck || times == kMostTimes)
      return std::nullopt;
    bool isNew = false;
    for (size_t i = 0; i < written.buffers.size(); ++i) {
      const Buffer &buffer = written.buffers[i];
      uint32_t cut = cutOf[written.values[i]];
      if (cut == 0 || cut == chain.blocks.size() || buffer.lower > stuckAt ||
          buffer.upper + kNear <= stuckAt ||
          buffer.upper - buffer.lower <= kLasting)
        continue;
      if (std::exchange(margins[cut], 1) == 0)
        isNew = true;
    }
    if (!isNew)
      return std::nullopt;
    ChainSolver solver(model, chain, limits.bytes, limits.slot, limits.work,
                       margins);
    work += solver.work / 4;
    auto solved = solver.schedule(limits.bytes);
    if (!solved)
      return std::nullopt;
    if (evaluator.prune(*solved).peak > limits.bytes)
      return std::nullopt;
    schedule = std::move(*solved);
  }
}

} // namespace tenon::plan
