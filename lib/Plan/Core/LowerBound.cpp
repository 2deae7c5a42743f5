//===-- LowerBound.cpp - what no plan can beat ----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/LowerBound.h"

#include "tenon/Support/MaxFlow.h"

#include <algorithm>

namespace tenon::plan {

namespace {

using Wide = unsigned __int128;

/// Which nodes have run, and which have not, when a node runs first.
class Moment {
public:
  explicit Moment(const Model &model)
      : writers(model.values.size()), model(model) {
    for (NodeId n = 0; n < model.ops.size(); ++n)
      for (ValueId v : model.ops[n].writes)
        writers[v].push_back(n);
  }

  void set(NodeId node) {
    ran.assign(model.ops.size(), false);
    waits.assign(model.ops.size(), false);
    // The order is topological: one walk each way.
    ran[node] = true;
    for (size_t p = model.order.size(); p-- > 0;) {
      NodeId n = model.order[p];
      if (!ran[n])
        continue;
      for (NodeId w : model.ops[n].needs)
        ran[w] = true;
    }
    ran[node] = false;
    waits[node] = true;
    for (NodeId n : model.order) {
      for (NodeId w : model.ops[n].needs)
        if (waits[w])
          waits[n] = true;
    }
    needed.assign(model.values.size(), false);
    for (ValueId v = 0; v < model.values.size(); ++v)
      needed[v] = model.values[v].liveOut;
    for (NodeId n = 0; n < model.ops.size(); ++n)
      if (waits[n])
        for (ValueId v : model.ops[n].reads)
          needed[v] = true;
  }

  /// True if `v` was computed for certain, and is read or kept later.
  bool crosses(ValueId v) const {
    return needed[v] && !writers[v].empty() &&
           std::all_of(writers[v].begin(), writers[v].end(),
                       [&](NodeId n) { return ran[n]; });
  }

  /// True if no planner may compute `v` again.
  bool isFixed(ValueId v) const {
    return std::any_of(writers[v].begin(), writers[v].end(),
                       [&](NodeId n) { return model.ops[n].stateful; });
  }

  std::vector<bool> ran;    ///< By node: has run for certain.
  std::vector<bool> waits;  ///< By node: has not run for certain.
  std::vector<bool> needed; ///< By value: kept, or read by what waits.
  std::vector<std::vector<NodeId>> writers;

private:
  const Model &model;
};

/// The bound from one moment, priced.
class Cut {
public:
  Cut(const Model &model, const Moment &moment, NodeId node)
      : model(model),
        flow(2 + uint32_t(model.ops.size()) + uint32_t(model.values.size())) {
    forced = workingSet(model, model.ops[node]);
    build(moment, node);
    uint64_t costs = 1;
    for (const Model::Op &op : model.ops)
      costs += op.cost;
    scale = 0;
    while ((costs << (scale + 1)) < (uint64_t(1) << 56) && scale < 40)
      ++scale;
    limit = costs << scale;
  }

  /// The cheapest recomputation after the moment within `bytes`, at least.
  uint64_t bound(uint64_t bytes, uint64_t workLimit) {
    if (bytes < forced)
      return 0; // No plan at all; the peak's bound says so.
    // A line per price: cost + price * (size - bytes). The best price is where
    // a line that rises meets one that falls.
    uint64_t best = 0;
    uint64_t low = 0;
    uint64_t high = highestPrice();
    flow.keep();
    for (int i = 0; i < 24 && low < high && flow.work < workLimit; ++i) {
      uint64_t price = low + (high - low) / 2;
      uint64_t kept = 0;
      Wide value = solve(price, kept);
      Wide paid = Wide(price) * bytes;
      if (value > paid) {
        Wide cost = (value - paid + ((Wide(1) << scale) - 1)) >> scale;
        best = std::max(best, uint64_t(cost));
      }
      if (kept > bytes) {
        low = price + 1;
        flow.keep();
      } else {
        high = price;
      }
    }
    return best;
  }

  uint64_t work() const { return flow.work; }

private:
  uint32_t vertexOf(ValueId v) const {
    return 2 + uint32_t(model.ops.size()) + v;
  }
  uint32_t vertexOfNode(NodeId n) const { return 2 + n; }

  void build(const Moment &moment, NodeId node) {
    constexpr uint32_t source = 0;
    constexpr uint32_t sink = 1;
    const Model::Op &op = model.ops[node];
    std::vector<bool> seen(model.values.size(), false);
    std::vector<ValueId> wanted;
    auto want = [&](ValueId v) {
      if (!seen[v]) {
        seen[v] = true;
        wanted.push_back(v);
      }
    };
    for (ValueId v : op.reads)
      seen[v] = true; // Alive by then, and paid for.
    for (ValueId v : op.writes)
      seen[v] = true; // Also where only a piece of it is written.
    for (ValueId v = 0; v < model.values.size(); ++v)
      if (!seen[v] && moment.crosses(v)) {
        flow.addEdge(source, vertexOf(v), MaxFlow::kUnbounded);
        want(v);
      }
    std::vector<bool> listed(model.ops.size(), false);
    for (size_t w = 0; w < wanted.size(); ++w) {
      ValueId v = wanted[w];
      if (moment.isFixed(v)) {
        keeps.push_back({flow.addEdge(vertexOf(v), sink, 0), v});
        continue;
      }
      NodeId n = model.values[v].producer;
      if (n == kNone)
        continue; // Pieces, which others may compute again: not priced.
      keeps.push_back({flow.addEdge(vertexOf(v), vertexOfNode(n), 0), v});
      if (listed[n])
        continue;
      listed[n] = true;
      runs.push_back({flow.addEdge(vertexOfNode(n), sink, 0), n});
      for (ValueId read : model.ops[n].reads) {
        bool paid = std::binary_search(op.reads.begin(), op.reads.end(), read);
        // All writers of what was read before have run.
        if (paid || moment.writers[read].empty())
          continue;
        flow.addEdge(vertexOfNode(n), vertexOf(read), MaxFlow::kUnbounded);
        want(read);
      }
    }
  }

  uint64_t highestPrice() const {
    // One byte costs no more than everything.
    uint64_t least = UINT64_MAX;
    for (auto [edge, v] : keeps)
      least = std::min(least, model.values[v].bytes);
    return keeps.empty() ? 0 : limit / std::max<uint64_t>(least, 1) + 1;
  }

  /// Least scaled cost of recomputing plus price of what is kept.
  Wide solve(uint64_t price, uint64_t &kept) {
    // No price is below the last one that was too low: what flowed then fits.
    flow.restore();
    for (auto [edge, v] : keeps) {
      Wide amount = Wide(price) * model.values[v].bytes;
      flow.setCapacity(edge, uint64_t(std::min<Wide>(amount, limit)));
    }
    for (auto [edge, n] : runs)
      flow.setCapacity(edge, model.ops[n].cost << scale);
    uint64_t value = flow.run(0, 1);
    kept = forced;
    for (auto [edge, v] : keeps) {
      NodeId n = model.values[v].producer;
      bool runsAgain = n != kNone && flow.onSourceSide(vertexOfNode(n));
      if (flow.onSourceSide(vertexOf(v)) && !runsAgain)
        kept += model.values[v].bytes;
    }
    return Wide(value) + Wide(price) * forced;
  }

  const Model &model;
  MaxFlow flow;
  std::vector<std::pair<uint32_t, ValueId>> keeps; ///< Edges.
  std::vector<std::pair<uint32_t, NodeId>> runs;   ///< Edges.
  uint64_t forced = 0; ///< Bytes that are alive whatever is kept.
  unsigned scale = 0;  ///< Costs are shifted left by this.
  uint64_t limit = 0;  ///< More than all costs, scaled.
};

} // namespace

uint64_t peakBound(const Model &model) {
  uint64_t most = 0;
  bool anyFixed = false;
  Moment moment(model);
  for (ValueId v = 0; v < model.values.size(); ++v)
    anyFixed |= moment.isFixed(v) || model.values[v].liveOut;
  for (NodeId n : model.order) {
    const Model::Op &op = model.ops[n];
    uint64_t bytes = workingSet(model, op);
    if (anyFixed) {
      // What nothing can bring back must be there as well.
      moment.set(n);
      for (ValueId v = 0; v < model.values.size(); ++v)
        if (moment.isFixed(v) && moment.crosses(v) &&
            !std::binary_search(op.reads.begin(), op.reads.end(), v) &&
            !std::binary_search(op.writes.begin(), op.writes.end(), v))
          bytes += model.values[v].bytes;
    }
    most = std::max(most, bytes);
  }
  return most;
}

uint64_t costBound(const Model &model, uint64_t bytes, uint64_t workLimit,
                   uint64_t &work) {
  uint64_t base = model.baseCost();
  Evaluator evaluator(model);
  std::vector<uint64_t> profile;
  Evaluation e = evaluator.evaluate(model.order, &profile);
  if (e.peak <= bytes)
    return base;
  uint64_t best = base;
  // The fullest moments promise most; those next to each other say the same.
  std::vector<uint32_t> moments;
  uint32_t count = uint32_t(model.order.size());
  for (uint32_t part = 0; part < 12; ++part) {
    uint32_t from = uint32_t(uint64_t(count) * part / 12);
    uint32_t to = uint32_t(uint64_t(count) * (part + 1) / 12);
    if (from < to)
      moments.push_back(uint32_t(
          std::max_element(profile.begin() + from, profile.begin() + to) -
          profile.begin()));
  }
  std::sort(moments.begin(), moments.end(), [&](uint32_t a, uint32_t b) {
    return profile[a] != profile[b] ? profile[a] > profile[b] : a < b;
  });
  Moment moment(model);
  uint64_t spent = 0;
  for (uint32_t p : moments) {
    if (spent > workLimit || profile[p] <= bytes)
      break;
    moment.set(model.order[p]);
    Cut cut(model, moment, model.order[p]);
    best = std::max(best, base + cut.bound(bytes, workLimit / 4));
    spent += cut.work();
  }
  work += spent;
  return best;
}

} // namespace tenon::plan
