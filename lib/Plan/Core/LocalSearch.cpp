//===-- LocalSearch.cpp - better schedules, step by step ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/LocalSearch.h"

#include "lib/Plan/Core/Mix.h"

#include <algorithm>

namespace tenon::plan {

namespace {

/// Steps that insert more than this are not worth looking at.
constexpr size_t kMostNodes = 96;

/// Steps that are tried for real, at each peak.
constexpr size_t kTries = 3;
/// And if none of those helps.
constexpr size_t kMostTries = 16;

} // namespace

LocalSearch::LocalSearch(const Model &model, Evaluator &evaluator)
    : model(model), evaluator(evaluator), stamp(model.ops.size(), 0) {}

uint64_t LocalSearch::random(uint64_t bound) {
  state += kMixStep;
  return mixed(state) % bound;
}

void LocalSearch::index(const Schedule &schedule) {
  firstAccess.assign(model.values.size() + 1, 0);
  firstRun.assign(model.ops.size(), kNone);
  for (NodeId n : schedule) {
    for (ValueId v : model.ops[n].reads)
      ++firstAccess[v + 1];
    for (ValueId v : model.ops[n].writes)
      ++firstAccess[v + 1];
  }
  for (size_t v = 0; v < model.values.size(); ++v)
    firstAccess[v + 1] += firstAccess[v];
  accesses.resize(firstAccess.back());
  std::vector<uint32_t> fill(firstAccess.begin(), firstAccess.end() - 1);
  for (uint32_t p = 0; p < schedule.size(); ++p) {
    NodeId n = schedule[p];
    if (firstRun[n] == kNone)
      firstRun[n] = p;
    for (ValueId v : model.ops[n].reads)
      accesses[fill[v]++] = 2 * p;
    for (ValueId v : model.ops[n].writes)
      accesses[fill[v]++] = 2 * p + 1;
  }
  evaluator.work += accesses.size() * 2;
  blockMost.assign(profile.size() / kBlock + 1, 0);
  for (size_t p = 0; p < profile.size(); ++p)
    blockMost[p / kBlock] = std::max(blockMost[p / kBlock], profile[p]);
}

/// The most bytes alive at one of the positions.
uint64_t LocalSearch::mostIn(uint32_t from, uint32_t to) const {
  uint64_t most = 0;
  while (from < to)
    if (from % kBlock == 0 && from + kBlock <= to) {
      most = std::max(most, blockMost[from / kBlock]);
      from += kBlock;
    } else {
      most = std::max(most, profile[from++]);
    }
  return most;
}

/// Makes `v` readable at position `to`, where it may be dead: by keeping it
/// until then if there is room, or by computing it again.
bool LocalSearch::require(ValueId v, uint32_t to, uint64_t limit,
                          unsigned depth, Step &step) {
  auto begin = accesses.begin() + firstAccess[v];
  auto end = accesses.begin() + firstAccess[v + 1];
  auto next = std::lower_bound(begin, end, 2 * to);
  bool alive = model.values[v].liveOut || (next != end && *next % 2 == 0);
  if (v == given)
    alive = false;
  if (alive)
    return true;
  NodeId n = model.values[v].producer;
  if (n != kNone && stamp[n] == now)
    return true; // The step computes it already.
  if (next == begin)
    return false; // Written later only.
  if (v != given) {
    // Dead from its last access on; keeping it may cost what `given` gives.
    uint32_t from = *(next - 1) / 2 + 1;
    uint64_t bytes = model.values[v].bytes;
    uint64_t freed = model.values[given].bytes;
    evaluator.work += (to - from + 1) / 4;
    uint32_t border = std::clamp(givenFrom + 1, from, to);
    bool fits = (from >= border || mostIn(from, border) + bytes <= limit) &&
                (border >= to || bytes <= freed ||
                 mostIn(border, to) + bytes <= limit + freed);
    if (fits && (depth > 1 || random(8) != 0))
      return true;
  }
  if (n == kNone || !model.ops[n].mayRepeat || depth > 64 ||
      step.nodes.size() >= kMostNodes)
    return false;
  for (NodeId later : model.ops[n].before)
    if (firstRun[later] < to)
      return false;
  stamp[n] = now;
  for (ValueId read : model.ops[n].reads)
    if (!require(read, to, limit, depth + 1, step))
      return false;
  step.nodes.push_back(n);
  step.cost += model.ops[n].cost;
  return true;
}

/// Plans to give `v` up between two of its accesses.
bool LocalSearch::plan(ValueId v, uint32_t from, uint32_t to, uint64_t limit,
                       Step &step) {
  ++now;
  given = v;
  givenFrom = from;
  step.value = v;
  step.before = to;
  if (!require(v, to, limit, 0, step))
    return false;
  uint64_t gain = 0;
  for (auto p = std::upper_bound(full.begin(), full.end(), from);
       p != full.end() && *p < to; ++p)
    gain += std::min(model.values[v].bytes, profile[*p] - limit);
  evaluator.work += (to - from) / 4 + step.nodes.size();
  step.score = double(gain) / double(step.cost + 1);
  return true;
}

/// All ways to have fewer bytes alive at a position, the best first.
void LocalSearch::findSteps(uint32_t at, uint64_t limit) {
  steps.clear();
  full.clear();
  for (uint32_t p = 0; p < profile.size(); ++p)
    if (profile[p] > limit)
      full.push_back(p);
  for (ValueId v = 0; v < model.values.size(); ++v) {
    const Model::Value &value = model.values[v];
    if (value.producer == kNone || !model.ops[value.producer].mayRepeat)
      continue;
    auto begin = accesses.begin() + firstAccess[v];
    auto end = accesses.begin() + firstAccess[v + 1];
    auto next = std::lower_bound(begin, end, 2 * at);
    // Alive here, but not used here.
    if (next == begin || next == end || *next % 2 == 1 || *next / 2 == at)
      continue;
    Step step;
    if (plan(v, *(next - 1) / 2, *next / 2, limit, step))
      steps.push_back(std::move(step));
  }
  evaluator.work += model.values.size() * 2;
  std::sort(steps.begin(), steps.end(), [](const Step &a, const Step &b) {
    return a.score != b.score ? a.score > b.score : a.value < b.value;
  });
}

uint64_t LocalSearch::overflow(uint64_t limit) const {
  uint64_t sum = 0;
  for (uint64_t bytes : profile)
    sum += bytes > limit ? bytes - limit : 0;
  return sum;
}

bool LocalSearch::repair(Schedule &schedule, uint64_t limit, uint64_t costBelow,
                         uint64_t workLimit) {
  uint64_t stop = evaluator.work + workLimit;
  Evaluation e = evaluator.evaluate(schedule, &profile);
  size_t longest = model.order.size() * 16;
  while (e.peak > limit) {
    if (e.cost >= costBelow || evaluator.work > stop ||
        schedule.size() > longest)
      return false;
    index(schedule);
    uint64_t before = overflow(limit);
    findSteps(e.peakAt, limit);
    // Try the most promising for real.
    std::optional<Schedule> best;
    double bestScore = 0;
    Evaluation bestEvaluation;
    size_t skip = steps.size() > 1 && random(4) == 0 ? 1 : 0;
    for (size_t s = skip, tries = 0;
         s < steps.size() && tries < (best ? kTries : kMostTries); ++s) {
      const Step &step = steps[s];
      if (e.cost + step.cost >= costBelow)
        continue;
      ++tries;
      Schedule trial;
      trial.reserve(schedule.size() + step.nodes.size());
      trial.assign(schedule.begin(), schedule.begin() + step.before);
      trial.insert(trial.end(), step.nodes.begin(), step.nodes.end());
      trial.insert(trial.end(), schedule.begin() + step.before, schedule.end());
      Evaluation t = evaluator.evaluate(trial, &profile);
      uint64_t after = overflow(limit);
      if (after >= before)
        continue;
      double score = double(before - after) / double(step.cost + 1);
      if (!best || score > bestScore) {
        best = std::move(trial);
        bestScore = score;
        bestEvaluation = t;
      }
    }
    if (!best)
      return false;
    schedule = std::move(*best);
    e = evaluator.evaluate(schedule, &profile);
  }
  return e.cost < costBelow;
}

/// Removes the execution at `p`, and what only it needed, if that is allowed.
bool LocalSearch::tryRemoval(Schedule &schedule, uint32_t p, uint64_t limit) {
  Schedule trial;
  trial.reserve(schedule.size());
  trial.assign(schedule.begin(), schedule.begin() + p);
  trial.insert(trial.end(), schedule.begin() + p + 1, schedule.end());
  if (evaluator.prune(trial).peak > limit)
    return false;
  schedule = std::move(trial);
  return true;
}

std::vector<uint32_t> LocalSearch::repetitions(const Schedule &schedule) {
  std::vector<uint32_t> &runs = stamp; // Any array of nodes will do.
  std::fill(runs.begin(), runs.end(), 0);
  now = 0;
  std::vector<uint32_t> positions;
  for (uint32_t p = 0; p < schedule.size(); ++p)
    if (runs[schedule[p]]++ > 0)
      positions.push_back(p);
  std::fill(runs.begin(), runs.end(), 0);
  return positions;
}

void LocalSearch::shrink(Schedule &schedule, uint64_t limit,
                         uint64_t workLimit) {
  uint64_t stop = evaluator.work + workLimit;
  evaluator.prune(schedule);
  uint64_t dearest = 0;
  for (uint32_t p : repetitions(schedule))
    dearest = std::max(dearest, model.ops[schedule[p]].cost);
  for (uint64_t least : {dearest / 2, dearest / 16, uint64_t(0)}) {
    std::vector<uint32_t> candidates = repetitions(schedule);
    // From the end: what a removal makes needless stands before it.
    for (size_t c = candidates.size(); c-- > 0;) {
      if (evaluator.work > stop)
        return;
      if (candidates[c] < schedule.size() &&
          model.ops[schedule[candidates[c]]].cost >= least &&
          tryRemoval(schedule, candidates[c], limit)) {
        candidates = repetitions(schedule);
        c = std::min(c, candidates.size());
      }
    }
  }
}

void LocalSearch::improve(Schedule &schedule, uint64_t limit,
                          uint64_t costBound, uint64_t workLimit) {
  uint64_t stop = evaluator.work + workLimit;
  Schedule shrunk = schedule;
  shrink(shrunk, limit, workLimit / 2);
  Evaluation best = evaluator.evaluate(shrunk);
  if (best.cost >= costBound)
    schedule = std::move(shrunk);
  else
    best = evaluator.evaluate(schedule);
  // Walks a little uphill, and comes back to the best before long.
  Schedule current = schedule;
  for (unsigned round = 1; evaluator.work < stop && best.cost > costBound;
       ++round) {
    if (round % 64 == 0)
      current = schedule;
    // Forget the repetitions of some nodes, or those in a stretch.
    std::vector<uint32_t> candidates = repetitions(current);
    if (candidates.empty())
      return;
    std::vector<bool> gone(current.size(), false);
    size_t count = 1 + random(std::min<size_t>(candidates.size(), 12));
    size_t at = random(candidates.size());
    bool together = random(2) == 0;
    for (size_t i = 0; i < count; ++i) {
      size_t c =
          together ? (at + i) % candidates.size() : random(candidates.size());
      gone[candidates[c]] = true;
    }
    Schedule trial;
    for (uint32_t p = 0; p < current.size(); ++p)
      if (!gone[p])
        trial.push_back(current[p]);
    evaluator.prune(trial);
    uint64_t slack = (best.cost - costBound) / 8;
    if (!repair(trial, limit, best.cost + slack + 1,
                (stop - std::min(stop, evaluator.work)) / 2 + 1))
      continue;
    // A few removals, anywhere: all of them would take too long.
    for (int i = 0; i < 12; ++i) {
      candidates = repetitions(trial);
      if (candidates.empty())
        break;
      tryRemoval(trial, candidates[random(candidates.size())], limit);
    }
    Evaluation e = evaluator.prune(trial);
    if (e.peak > limit)
      continue;
    if (e.cost <= best.cost && e.cost >= costBound) {
      best = e;
      schedule = trial;
    }
    current = std::move(trial);
  }
}

} // namespace tenon::plan
