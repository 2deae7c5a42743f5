//===-- Policies.cpp - how others recompute -------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "benchmarks/budget/Policies.h"

#include "benchmarks/budget/Dtr.h"
#include "tenon/Support/MaxFlow.h"

#include <algorithm>
#include <cmath>

namespace tenon::plan::bench {

namespace {

/// Positions at which values are made and read, in the model's order.
struct Uses {
  explicit Uses(const Model &model)
      : made(model.values.size(), kNone), last(model.values.size(), 0),
        lastForward(model.values.size(), 0),
        firstLate(model.values.size(), kNone) {}

  std::vector<uint32_t> made, last, lastForward, firstLate;
};

Uses usesOf(const Model &model, uint32_t turn) {
  Uses uses(model);
  for (uint32_t p = 0; p < model.order.size(); ++p) {
    const Model::Op &op = model.ops[model.order[p]];
    for (ValueId v : op.writes)
      if (uses.made[v] == kNone)
        uses.made[v] = uses.last[v] = uses.lastForward[v] = p;
    for (ValueId v : op.reads) {
      uses.last[v] = p;
      if (p < turn)
        uses.lastForward[v] = p;
      else
        uses.firstLate[v] = std::min(uses.firstLate[v], p);
    }
  }
  return uses;
}

bool mayDrop(const Model &model, ValueId v) {
  NodeId n = model.values[v].producer;
  return n != kNone && model.ops[n].mayRepeat && !model.values[v].liveOut;
}

/// Keeps `kept` of the values that the backward part reads, and computes the
/// others again when they are read first.
Schedule recomputeOnDemand(const Model &model, uint32_t turn,
                           const std::vector<bool> &kept) {
  Uses uses = usesOf(model, turn);
  Schedule schedule(model.order.begin(), model.order.begin() + turn);
  std::vector<bool> there(model.values.size(), false);
  for (ValueId v = 0; v < model.values.size(); ++v)
    there[v] = uses.made[v] < turn && (kept[v] || !mayDrop(model, v));
  std::function<void(ValueId)> bring = [&](ValueId v) {
    if (there[v] || uses.made[v] >= turn)
      return;
    there[v] = true;
    NodeId n = model.values[v].producer;
    for (ValueId read : model.ops[n].reads)
      bring(read);
    schedule.push_back(n);
    for (ValueId also : model.ops[n].writes)
      there[also] = true;
  };
  for (uint32_t p = turn; p < model.order.size(); ++p) {
    for (ValueId v : model.ops[model.order[p]].reads)
      bring(v);
    schedule.push_back(model.order[p]);
  }
  return schedule;
}

/// Keeps what crosses the cuts in front of some blocks.
Schedule keepCuts(const Model &model, const Chain &chain,
                  const std::vector<bool> &isCut) {
  Uses uses = usesOf(model, chain.turn);
  std::vector<bool> kept(model.values.size(), false);
  for (size_t b = 0; b < chain.blocks.size(); ++b)
    if (isCut[b])
      for (ValueId v = 0; v < model.values.size(); ++v)
        if (uses.made[v] < chain.blocks[b].begin &&
            uses.lastForward[v] >= chain.blocks[b].begin)
          kept[v] = true;
  // The last segment is not given up: its backward comes at once.
  size_t last = chain.blocks.size();
  while (last-- > 0 && !isCut[last]) {
  }
  uint32_t from = last < chain.blocks.size() ? chain.blocks[last].begin : 0;
  for (ValueId v = 0; v < model.values.size(); ++v)
    if (uses.made[v] >= from && uses.made[v] < chain.turn)
      kept[v] = true;
  return recomputeOnDemand(model, chain.turn, kept);
}

std::vector<Schedule> chenSqrt(const Model &model, const Chain &chain,
                               uint64_t) {
  size_t n = chain.blocks.size();
  size_t length = std::max<size_t>(size_t(std::lround(std::sqrt(n))), 1);
  std::vector<bool> isCut(n, false);
  for (size_t b = 0; b < n; b += length)
    isCut[b] = true;
  return {keepCuts(model, chain, isCut)};
}

std::vector<Schedule> chenGreedy(const Model &model, const Chain &chain,
                                 uint64_t) {
  uint64_t total = 0;
  for (const Chain::Block &block : chain.blocks)
    total += block.tape;
  std::vector<Schedule> all;
  // Chen et al. search this number; so do we, closely.
  for (double share = 1; share > 0.002; share *= 0.85) {
    std::vector<bool> isCut(chain.blocks.size(), false);
    uint64_t sum = 0;
    for (size_t b = 0; b < chain.blocks.size(); ++b) {
      sum += chain.blocks[b].tape;
      if (double(sum) > share * double(total)) {
        isCut[b] = true;
        sum = chain.blocks[b].tape;
      }
    }
    all.push_back(keepCuts(model, chain, isCut));
  }
  return all;
}

/// Binomial checkpointing; emits blocks and their events.
class Revolve {
public:
  Revolve(const Model &model, const Chain &chain)
      : model(model), chain(chain), hasRun(chain.blocks.size(), false) {}

  Schedule run(uint32_t checkpoints) {
    if (!chain.blocks.empty())
      reverse(0, uint32_t(chain.blocks.size()), checkpoints);
    return std::move(out);
  }

private:
  void forward(uint32_t from, uint32_t to) {
    for (uint32_t b = from; b < to; ++b) {
      for (uint32_t p = chain.blocks[b].begin; p < chain.blocks[b].end; ++p)
        if (!hasRun[b] || model.ops[model.order[p]].mayRepeat)
          out.push_back(model.order[p]);
      hasRun[b] = true;
    }
  }

  void reverse(uint32_t from, uint32_t to, uint32_t checkpoints) {
    while (to - from > 1) {
      uint32_t split =
          checkpoints == 0 ? to - 1 : splitOf(from, to, checkpoints);
      forward(from, split);
      reverse(split, to, checkpoints == 0 ? 0 : checkpoints - 1);
      to = split;
    }
    const Chain::Block &block = chain.blocks[from];
    forward(from, from + 1);
    if (to == chain.blocks.size())
      for (uint32_t p = chain.turn; p < block.eventsBegin; ++p)
        out.push_back(model.order[p]);
    for (uint32_t p = block.eventsBegin; p < block.eventsEnd; ++p)
      out.push_back(model.order[p]);
  }

  /// With r such that C(c + r, c) steps suffice, the left part gets those that
  /// one repetition less can do on the right.
  static uint32_t splitOf(uint32_t from, uint32_t to, uint32_t c) {
    uint32_t l = to - from;
    double reach = 1; // C(c + r, c)
    double right = 1; // C(c + r - 1, c - 1): steps after the checkpoint.
    for (uint32_t r = 1; reach < l; ++r) {
      right = right * (c - 1 + r) / r;
      reach = reach * (c + r) / r;
    }
    uint32_t after = uint32_t(std::min<double>(right, l - 1));
    return to - std::max<uint32_t>(after, 1);
  }

  const Model &model;
  const Chain &chain;
  std::vector<bool> hasRun;
  Schedule out;
};

std::vector<Schedule> revolve(const Model &model, const Chain &chain,
                              uint64_t) {
  std::vector<Schedule> all;
  for (double c = 2; c < chain.blocks.size() + 1.0; c = std::ceil(c * 1.15)) {
    Schedule schedule = Revolve(model, chain).run(uint32_t(c));
    if (schedule.size() < 50 * model.order.size())
      all.push_back(std::move(schedule));
  }
  return all;
}

std::vector<Schedule> xlaGreedy(const Model &model, const Chain &,
                                uint64_t limit) {
  Evaluator evaluator(model);
  Schedule schedule = model.order;
  std::vector<uint64_t> profile;
  for (size_t steps = 0; steps < 4 * model.order.size(); ++steps) {
    evaluator.evaluate(schedule, &profile);
    uint32_t at = 0;
    while (at < profile.size() && profile[at] <= limit)
      ++at;
    if (at == profile.size())
      return {schedule};
    // Last access in front of `at`, next read behind it, for every value.
    std::vector<uint32_t> before(model.values.size(), kNone);
    std::vector<uint32_t> next(model.values.size(), kNone);
    for (uint32_t p = 0; p < schedule.size(); ++p) {
      const Model::Op &op = model.ops[schedule[p]];
      for (ValueId v : op.reads)
        if (p < at)
          before[v] = p;
        else if (next[v] == kNone)
          next[v] = p;
      for (ValueId v : op.writes)
        if (p < at)
          before[v] = p;
        else if (next[v] == kNone)
          next[v] = p;
    }
    ValueId best = kNone;
    uint64_t bestFreed = 0;
    for (ValueId v = 0; v < model.values.size(); ++v) {
      if (!mayDrop(model, v) || before[v] == kNone || next[v] == kNone ||
          next[v] == at)
        continue;
      const Model::Op &user = model.ops[schedule[next[v]]];
      if (!std::binary_search(user.reads.begin(), user.reads.end(), v))
        continue;
      NodeId n = model.values[v].producer;
      // Operands that are dead by then must be kept instead.
      uint64_t freed = model.values[v].bytes;
      for (ValueId read : model.ops[n].reads)
        if (next[read] == kNone || next[read] < next[v])
          freed -= std::min(freed, model.values[read].bytes);
      if (freed > bestFreed) {
        bestFreed = freed;
        best = v;
      }
    }
    if (best == kNone)
      return {};
    schedule.insert(schedule.begin() + next[best], model.values[best].producer);
    if (!evaluator.isValid(schedule))
      return {};
  }
  return {};
}

/// The values that the backward part reads.
std::vector<ValueId> savedValues(const Model &model, const Uses &uses,
                                 uint32_t turn) {
  std::vector<ValueId> saved;
  for (ValueId v = 0; v < model.values.size(); ++v)
    if (uses.made[v] < turn && uses.firstLate[v] != kNone && mayDrop(model, v))
      saved.push_back(v);
  return saved;
}

std::vector<Schedule> torchKnapsack(const Model &model, const Chain &chain,
                                    uint64_t) {
  Uses uses = usesOf(model, chain.turn);
  std::vector<ValueId> saved = savedValues(model, uses, chain.turn);
  uint64_t total = 0;
  for (ValueId v : saved)
    total += model.values[v].bytes;
  std::vector<Schedule> all;
  constexpr size_t slots = 2000;
  double slot = double(std::max<uint64_t>(total, 1)) / slots;
  // best[i][m]: most cost saved by the first i values in m slots.
  std::vector<std::vector<double>> best(saved.size() + 1,
                                        std::vector<double>(slots + 1, 0));
  std::vector<size_t> weight;
  for (size_t i = 0; i < saved.size(); ++i) {
    weight.push_back(
        size_t(std::ceil(double(model.values[saved[i]].bytes) / slot)));
    double gain = double(model.ops[model.values[saved[i]].producer].cost);
    for (size_t m = 0; m <= slots; ++m) {
      best[i + 1][m] = best[i][m];
      if (m >= weight[i])
        best[i + 1][m] =
            std::max(best[i + 1][m], best[i][m - weight[i]] + gain);
    }
  }
  for (unsigned share = 0; share <= 20; ++share) {
    std::vector<bool> kept(model.values.size(), false);
    size_t m = slots * share / 20;
    for (size_t i = saved.size(); i-- > 0;)
      if (best[i + 1][m] != best[i][m]) {
        kept[saved[i]] = true;
        m -= weight[i];
      }
    all.push_back(recomputeOnDemand(model, chain.turn, kept));
  }
  return all;
}

std::vector<Schedule> minCut(const Model &model, const Chain &chain, uint64_t) {
  Uses uses = usesOf(model, chain.turn);
  // Nodes that are cheap for their bytes may run again, as pointwise ones.
  std::vector<double> ratios;
  auto ratioOf = [&](NodeId n) {
    uint64_t bytes = 1;
    for (ValueId v : model.ops[n].writes)
      bytes += model.values[v].bytes;
    return double(model.ops[n].cost) / double(bytes);
  };
  for (uint32_t p = 0; p < chain.turn; ++p)
    ratios.push_back(ratioOf(model.order[p]));
  std::sort(ratios.begin(), ratios.end());
  double least = ratios.empty() ? 0 : ratios.front();
  // A vertex for the value's bytes in front of it and one behind.
  uint32_t values = uint32_t(model.values.size());
  MaxFlow flow(2 + 2 * values);
  std::vector<uint32_t> edge(values, kNone);
  for (ValueId v = 0; v < values; ++v) {
    if (uses.made[v] >= chain.turn)
      continue;
    uint32_t in = 2 + 2 * v;
    flow.addEdge(in, in + 1, model.values[v].bytes);
    NodeId n = model.values[v].producer;
    bool banned = !mayDrop(model, v) || ratioOf(n) > 16 * least;
    if (banned || model.ops[n].reads.empty())
      flow.addEdge(0, in, MaxFlow::kUnbounded);
    else
      for (ValueId read : model.ops[n].reads)
        flow.addEdge(2 + 2 * read + 1, in, MaxFlow::kUnbounded);
    if (uses.firstLate[v] != kNone)
      flow.addEdge(in + 1, 1, MaxFlow::kUnbounded);
  }
  flow.run(0, 1);
  std::vector<bool> kept(values, false);
  for (ValueId v = 0; v < values; ++v)
    kept[v] = flow.onSourceSide(2 + 2 * v) && !flow.onSourceSide(2 + 2 * v + 1);
  return {recomputeOnDemand(model, chain.turn, kept)};
}

} // namespace

std::vector<Policy> policies() {
  return {
      {"store-all",
       [](const Model &model, const Chain &, uint64_t) {
         return std::vector<Schedule>{model.order};
       }},
      {"chen-sqrt", chenSqrt},
      {"chen-greedy", chenGreedy},
      {"revolve", revolve},
      {"xla-greedy", xlaGreedy},
      {"torch-knapsack", torchKnapsack},
      {"min-cut", minCut},
      {"dtr", simulateDtr},
  };
}

} // namespace tenon::plan::bench
