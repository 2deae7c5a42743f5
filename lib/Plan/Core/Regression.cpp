//===-- Regression.cpp - how to bring values back -------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/Regression.h"

#include "lib/Plan/Core/Mix.h"

#include <algorithm>
#include <queue>
#include <tuple>
#include <unordered_map>

namespace tenon::plan {

namespace {

/// States that a search looks at.
constexpr size_t kMostStates = 2000;

} // namespace

/// Bytes alive while `op` runs, where `bytes` are what must be alive behind it
/// and `contains` says whether a value is among that.
template <typename Contains>
uint64_t Regression::during(const Model::Op &op, uint64_t bytes,
                            Contains contains) const {
  for (ValueId v : op.writes)
    bytes += contains(v) ? 0 : model.values[v].bytes;
  for (ValueId v : op.reads)
    bytes += contains(v) ? 0 : model.values[v].bytes;
  // Nodes have few permissions: pairs that were used are looked for in a list.
  ValueId used[8];
  unsigned count = 0;
  for (auto [from, into] : op.shares) {
    if (contains(from) || count == 8 ||
        std::find(used, used + count, from) != used + count ||
        std::find(used, used + count, into) != used + count)
      continue;
    bytes -= model.values[into].bytes;
    used[count++] = from;
    used[count++] = into;
  }
  return bytes;
}

bool Regression::find(const Model::Op &op, const std::vector<ValueId> &fixed,
                      const Test &isThere, const Test &isAllowed,
                      std::vector<NodeId> &way) {
  there = &isThere;
  mayRemake = &isAllowed;
  fixedBytes = 0;
  for (ValueId v : fixed) {
    isFixed[v] = true;
    fixedBytes += model.values[v].bytes;
  }
  bool found = collect(op, way) && (inOrder(way, op) || search(op, way));
  for (ValueId v : fixed)
    isFixed[v] = false;
  return found;
}

/// All nodes that must run, in the order of their ranks.
bool Regression::collect(const Model::Op &op, std::vector<NodeId> &nodes) {
  nodes.clear();
  ++stamp;
  auto add = [&](ValueId v) {
    if ((*there)(v))
      return true;
    NodeId n = model.values[v].producer;
    if (!(*mayRemake)(v))
      return false;
    if (mark[n] != stamp) {
      mark[n] = stamp;
      nodes.push_back(n);
    }
    return true;
  };
  for (ValueId v : op.reads)
    if (!add(v))
      return false;
  for (size_t i = 0; i < nodes.size(); ++i)
    for (ValueId v : model.ops[nodes[i]].reads)
      if (!add(v))
        return false;
  for (NodeId n : nodes)
    work += 1 + model.ops[n].reads.size();
  std::sort(nodes.begin(), nodes.end(),
            [&](NodeId a, NodeId b) { return rank[a] < rank[b]; });
  return true;
}

/// True if the nodes fit one after another, and then `op`.
bool Regression::inOrder(const std::vector<NodeId> &nodes,
                         const Model::Op &op) {
  ++stamp;
  uint64_t bytes = fixedBytes;
  auto contains = [&](ValueId v) { return isFixed[v] || inState[v] == stamp; };
  auto enter = [&](ValueId v) {
    if (!contains(v))
      bytes += model.values[v].bytes;
    inState[v] = stamp;
  };
  auto leave = [&](ValueId v) {
    if (inState[v] == stamp && !isFixed[v])
      bytes -= model.values[v].bytes;
    inState[v] = 0;
  };
  if (during(op, bytes, contains) > limit)
    return false;
  for (ValueId v : op.reads)
    enter(v);
  for (size_t i = nodes.size(); i-- > 0;) {
    const Model::Op &step = model.ops[nodes[i]];
    if (during(step, bytes, contains) > limit)
      return false;
    for (ValueId v : step.writes)
      leave(v);
    for (ValueId v : step.reads)
      enter(v);
    work += 1 + step.reads.size() + step.writes.size();
  }
  return true;
}

/// Cost of all nodes that must run to have `values`, each once.
uint64_t Regression::closureCost(const std::vector<ValueId> &values) {
  ++stamp;
  std::vector<NodeId> nodes;
  uint64_t cost = 0;
  auto add = [&](ValueId v) {
    NodeId n = model.values[v].producer;
    if ((*there)(v) || n == kNone || mark[n] == stamp)
      return;
    mark[n] = stamp;
    cost += model.ops[n].cost;
    nodes.push_back(n);
  };
  for (ValueId v : values)
    add(v);
  for (size_t i = 0; i < nodes.size(); ++i)
    for (ValueId v : model.ops[nodes[i]].reads)
      add(v);
  for (NodeId n : nodes)
    work += 1 + model.ops[n].reads.size();
  work += values.size();
  return cost;
}

// Best first by cost, and the deepest first among equals: the estimate is the
// cost of everything that is still missing, so that a way on which nothing runs
// twice is followed straight to its end unless it is too wide somewhere. That
// of the state before serves until a state is taken up: it is no higher.
bool Regression::search(const Model::Op &op, std::vector<NodeId> &way) {
  std::vector<State> states(1);
  State &start = states[0];
  start.values = op.reads;
  start.bytes = fixedBytes;
  auto fixedOnly = [&](ValueId v) { return bool(isFixed[v]); };
  if (during(op, fixedBytes, fixedOnly) > limit)
    return false;
  uint64_t startKey = 0;
  for (ValueId v : op.reads) {
    start.bytes += isFixed[v] ? 0 : model.values[v].bytes;
    startKey ^= keyOf(v);
  }
  start.estimate = closureCost(start.values);
  start.isExact = true;
  using Entry = std::tuple<uint64_t, bool, uint32_t, uint64_t, uint32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<Entry>> queue;
  std::unordered_map<uint64_t, uint64_t> costs; // By key.
  costs[startKey] = 0;
  auto push = [&](uint32_t s) {
    queue.push({states[s].estimate, !states[s].isExact,
                UINT32_MAX - states[s].depth, states[s].bytes, s});
  };
  push(0);
  for (size_t looked = 0;
       !queue.empty() && looked < kMostStates && work <= stop; ++looked) {
    uint32_t s = std::get<4>(queue.top());
    queue.pop();
    if (!states[s].isExact) {
      states[s].isExact = true;
      states[s].estimate = states[s].cost + closureCost(states[s].values);
      push(s);
      continue;
    }
    const std::vector<ValueId> values = states[s].values;
    uint64_t key = 0;
    bool done = true;
    NodeId latest = kNone; // Of the producers of what is not there.
    for (ValueId v : values) {
      key ^= keyOf(v);
      if ((*there)(v))
        continue;
      done = false;
      NodeId n = model.values[v].producer;
      if (latest == kNone || position[n] > position[latest])
        latest = n;
    }
    if (done) {
      way.clear();
      for (; states[s].parent != kNone; s = states[s].parent)
        way.push_back(states[s].node);
      return true;
    }
    if (costs[key] < states[s].cost)
      continue;
    work += 4 * values.size();
    auto contains = [&](ValueId v) {
      return isFixed[v] || std::binary_search(values.begin(), values.end(), v);
    };
    NodeId tried = kNone;
    for (ValueId v : values) {
      NodeId n = model.values[v].producer;
      if (!(*mayRemake)(v) || n == tried)
        continue;
      tried = n;
      const Model::Op &step = model.ops[n];
      if (during(step, states[s].bytes, contains) > limit)
        continue;
      State next;
      next.cost = states[s].cost + step.cost;
      uint64_t nextKey = key;
      next.bytes = states[s].bytes;
      for (ValueId w : values) {
        if (std::binary_search(step.writes.begin(), step.writes.end(), w)) {
          nextKey ^= keyOf(w);
          next.bytes -= isFixed[w] ? 0 : model.values[w].bytes;
        } else {
          next.values.push_back(w);
        }
      }
      size_t kept = next.values.size();
      for (ValueId r : step.reads)
        if (!std::binary_search(next.values.begin(), next.values.begin() + kept,
                                r)) {
          next.values.push_back(r);
          nextKey ^= keyOf(r);
          next.bytes += isFixed[r] ? 0 : model.values[r].bytes;
        }
      work += 2 * values.size() + 4 * step.reads.size();
      auto [known, isNew] = costs.try_emplace(nextKey, next.cost);
      if (!isNew && known->second <= next.cost)
        continue;
      known->second = next.cost;
      std::sort(next.values.begin(), next.values.end());
      bool possible = true;
      for (ValueId w : next.values)
        possible &= (*there)(w) || (*mayRemake)(w);
      if (!possible)
        continue;
      // Nothing else that is missing is computed from what the latest writes:
      // its cost is all that the step takes off the rest.
      next.estimate = states[s].estimate;
      next.isExact = n == latest;
      next.depth = states[s].depth + 1;
      next.parent = s;
      next.node = n;
      states.push_back(std::move(next));
      push(uint32_t(states.size() - 1));
    }
  }
  return false;
}

} // namespace tenon::plan
