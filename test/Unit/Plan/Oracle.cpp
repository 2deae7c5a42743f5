//===-- Oracle.cpp - what the smallest graphs need, by trying all ---------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/Unit/Plan/Oracle.h"

#include <algorithm>
#include <functional>
#include <queue>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tenon::plan::test {

namespace {

constexpr size_t kMostNodes = 10;
constexpr size_t kMostValues = 12;
/// Where the cost is limited as well.
constexpr size_t kMostNodesBelow = 14;
constexpr size_t kMostValuesBelow = 16;

class Search {
public:
  Search(const Graph &graph, uint64_t alignment) : graph(graph) {
    ops.resize(graph.nodes.size());
    valueOf.assign(graph.tensors.size(), kNone);
    for (TensorId t = 0; t < graph.tensors.size(); ++t) {
      const Tensor &tensor = graph.tensors[t];
      if (tensor.viewOf == kNone && tensor.bytes != 0 &&
          (tensor.place == Place::Arena ||
           tensor.place == Place::ArenaLiveOut)) {
        valueOf[t] = uint32_t(values.size());
        values.push_back(
            {(tensor.bytes + alignment - 1) / alignment * alignment, 0,
             tensor.place == Place::ArenaLiveOut});
      }
    }
    if (values.size() > 32 || ops.size() > 32)
      return;
    auto needs = predecessors(graph);
    for (NodeId n = 0; n < graph.nodes.size(); ++n) {
      Op &op = ops[n];
      const Node &node = graph.nodes[n];
      op.cost = node.cost;
      op.repeats = !node.stateful;
      for (NodeId before : needs[n])
        op.needs |= bit(before);
      for (NodeId before : node.after)
        ops[before].bars |= bit(n);
      for (TensorId t : node.operands)
        if (uint32_t v = value(t); v != kNone)
          op.reads |= bit(v);
      for (TensorId t : node.results) {
        uint32_t v = value(t);
        if (v != kNone) {
          op.writes |= bit(v);
          values[v].writers |= bit(n);
        }
        if (v == kNone || values[v].kept)
          op.repeats = false;
      }
    }
    for (Op &op : ops)
      for (uint32_t v = 0; v < values.size(); ++v)
        if (op.writes & bit(v) && values[v].writers & (values[v].writers - 1))
          op.repeats = false;
  }

  bool fits(size_t mostNodes, size_t mostValues) const {
    return ops.size() <= mostNodes && values.size() <= mostValues;
  }

  /// Dijkstra's algorithm over (what has run, what is there); `step` says what
  /// a node adds to the distance, or that it cannot run. `cost` is that of
  /// running again: 0 for the first time.
  std::optional<uint64_t>
  run(const std::function<std::optional<uint64_t>(
          uint64_t distance, uint64_t bytes, uint64_t cost)> &step) const {
    using Entry = std::pair<uint64_t, uint64_t>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<Entry>> queue;
    std::unordered_map<uint64_t, uint64_t> known;
    auto reach = [&](uint32_t ran, uint32_t live, uint64_t distance) {
      uint64_t state = uint64_t(ran) << 32 | live;
      auto [at, isNew] = known.insert({state, distance});
      if (!isNew && at->second <= distance)
        return;
      at->second = distance;
      queue.push({distance, state});
    };
    reach(0, 0, 0);
    uint32_t all = uint32_t(bit(uint32_t(ops.size())) - 1);
    while (!queue.empty()) {
      auto [distance, state] = queue.top();
      queue.pop();
      if (known.at(state) < distance)
        continue;
      uint32_t ran = uint32_t(state >> 32);
      uint32_t live = uint32_t(state);
      if (ran == all)
        return distance; // What is kept cannot have been dropped.
      for (uint32_t n = 0; n < ops.size(); ++n) {
        const Op &op = ops[n];
        bool first = !(ran & bit(n));
        if ((!first && (!op.repeats || op.writes & live)) ||
            (op.needs & ~ran) != 0 || (op.bars & ran) != 0 ||
            (op.reads & ~live) != 0)
          continue;
        uint64_t bytes = 0;
        for (uint32_t v = 0; v < values.size(); ++v)
          if ((live | op.writes) & bit(v))
            bytes += values[v].bytes;
        auto next = step(distance, bytes, first ? 0 : op.cost);
        if (!next)
          continue;
        // What is dropped is dropped after its last use.
        uint32_t now = ran | bit(n);
        uint32_t there = live | op.writes;
        uint32_t drops = 0;
        for (uint32_t v = 0; v < values.size(); ++v)
          if ((op.reads | op.writes) & bit(v) && !values[v].kept &&
              (values[v].writers & ~now) == 0)
            drops |= bit(v);
        for (uint32_t some = drops;; some = (some - 1) & drops) {
          reach(now, there & ~some, *next);
          if (some == 0)
            break;
        }
      }
    }
    return std::nullopt;
  }

private:
  struct Value {
    uint64_t bytes;
    uint32_t writers;
    bool kept;
  };
  struct Op {
    uint64_t cost = 0;
    bool repeats = true;
    uint32_t needs = 0;  ///< Nodes that must have run.
    uint32_t bars = 0;   ///< Nodes after which it cannot run.
    uint32_t reads = 0;  ///< Values.
    uint32_t writes = 0; ///< Values.
  };

  static uint32_t bit(uint32_t i) { return uint32_t(1) << i; }

  /// The value that `t` is a part of; kNone if it has no bytes in the arena.
  uint32_t value(TensorId t) const {
    if (graph.tensors[t].bytes == 0)
      return kNone;
    while (graph.tensors[t].viewOf != kNone)
      t = graph.tensors[t].viewOf;
    return valueOf[t];
  }

  const Graph &graph;
  std::vector<uint32_t> valueOf;
  std::vector<Value> values;
  std::vector<Op> ops;
};

} // namespace

std::optional<uint64_t> fewestBytes(const Graph &graph, uint64_t alignment) {
  Search search(graph, alignment);
  if (!search.fits(kMostNodes, kMostValues))
    return std::nullopt;
  return search.run([](uint64_t distance, uint64_t bytes, uint64_t) {
    return std::optional<uint64_t>(std::max(distance, bytes));
  });
}

static std::optional<uint64_t>
leastRepetitions(const Search &search, uint64_t limit, uint64_t below) {
  return search.run([&](uint64_t distance, uint64_t bytes,
                        uint64_t cost) -> std::optional<uint64_t> {
    if (bytes > limit || distance + cost >= below)
      return std::nullopt;
    return distance + cost;
  });
}

std::optional<uint64_t> leastCost(const Graph &graph, uint64_t alignment,
                                  uint64_t limit) {
  Search search(graph, alignment);
  if (!search.fits(kMostNodes, kMostValues))
    return std::nullopt;
  auto cost = leastRepetitions(search, limit, UINT64_MAX);
  if (cost)
    for (const Node &node : graph.nodes)
      *cost += node.cost;
  return cost;
}

bool fitsBelow(const Graph &graph, uint64_t alignment) {
  return Search(graph, alignment).fits(kMostNodesBelow, kMostValuesBelow);
}

std::optional<uint64_t> repetitionsBelow(const Graph &graph, uint64_t alignment,
                                         uint64_t limit, uint64_t below) {
  if (!fitsBelow(graph, alignment))
    return std::nullopt;
  return leastRepetitions(Search(graph, alignment), limit, below);
}

} // namespace tenon::plan::test
