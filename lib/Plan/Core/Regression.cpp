//===-- Regression.cpp - how to bring values back -------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/Regression.h"

#include "lib/Plan/Core/Mix.h"

#include <algorithm>
#include <functional>

namespace tenon::plan {

namespace {

/// States that a search looks at.
constexpr size_t kMostStates = 2000;

} // namespace

void Regression::Costs::clear() {
  if (slots.empty())
    slots.resize(1024);
  used = 0;
  ++round;
}

Regression::Costs::Slot &Regression::Costs::slotOf(uint64_t key) {
  // Keys are random words as they are.
  size_t at = key & (slots.size() - 1);
  while (slots[at].round == round && slots[at].key != key)
    at = (at + 1) & (slots.size() - 1);
  return slots[at];
}

bool Regression::Costs::lower(uint64_t key, uint64_t cost) {
  Slot *slot = &slotOf(key);
  if (slot->round == round) {
    if (slot->cost <= cost)
      return false;
    slot->cost = cost;
    return true;
  }
  if (2 * ++used > slots.size()) {
    std::vector<Slot> old(2 * slots.size());
    old.swap(slots);
    for (const Slot &known : old)
      if (known.round == round)
        slotOf(known.key) = known;
    slot = &slotOf(key);
  }
  *slot = {key, cost, round};
  return true;
}

/// Bytes alive while `op` runs, where `bytes` are what must be alive behind it:
/// what is contained in the state at hand.
uint64_t Regression::during(const Model::Op &op, uint64_t bytes) const {
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
                      const Flags &isThere, const Flags &isAllowed,
                      std::vector<NodeId> &way, Means means) {
  there = isThere.data();
  mayRemake = isAllowed.data();
  fixedBytes = 0;
  for (ValueId v : fixed) {
    isFixed[v] = true;
    fixedBytes += model.values[v].bytes;
  }
  bool found = collect(op, way) &&
               (inOrder(way, op) || (means.forget && forget(op, way)) ||
                (means.search && search(op, way)));
  for (ValueId v : fixed)
    isFixed[v] = false;
  return found;
}

/// All nodes that must run, in the order of their ranks.
bool Regression::collect(const Model::Op &op, std::vector<NodeId> &nodes) {
  nodes.clear();
  ++stamp;
  auto add = [&](ValueId v) {
    if (there[v])
      return true;
    NodeId n = model.values[v].producer;
    if (!mayRemake[v])
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
  overfull = kNone;
  if (during(op, bytes) > limit)
    return false;
  for (ValueId v : op.reads)
    enter(v);
  for (size_t i = nodes.size(); i-- > 0;) {
    const Model::Op &step = model.ops[nodes[i]];
    if (uint64_t most = during(step, bytes); most > limit) {
      overfull = nodes[i];
      excess = most - limit;
      return false;
    }
    for (ValueId v : step.writes)
      leave(v);
    for (ValueId v : step.reads)
      enter(v);
    work += 1 + step.reads.size() + step.writes.size();
  }
  return true;
}

/// As `inOrder`. What was there and did not fit beside the nodes that run
/// before its own producer does, is made again by then, the cheapest by the
/// byte first.
bool Regression::forget(const Model::Op &op, std::vector<NodeId> &nodes) {
  const uint8_t *all = there;
  Flags kept(all, all + model.values.size());
  there = kept.data();
  bool fits = false;
  while (!fits && overfull != kNone && work <= stop) {
    // The state at hand is what is alive behind the step that was too much.
    std::vector<std::pair<double, ValueId>> victims;
    for (ValueId v = 0; v < model.values.size(); ++v)
      if (kept[v] && inState[v] == stamp && !isFixed[v] && mayRemake[v]) {
        NodeId n = model.values[v].producer;
        if (rank[n] > rank[overfull])
          victims.push_back(
              {double(model.ops[n].cost) / double(model.values[v].bytes), v});
      }
    work += model.values.size() / 8 + 4 * victims.size();
    if (victims.empty())
      break;
    std::sort(victims.begin(), victims.end());
    uint64_t less = 0;
    for (size_t i = 0; i < victims.size() && less < excess; ++i) {
      kept[victims[i].second] = false;
      less += model.values[victims[i].second].bytes;
    }
    if (!collect(op, nodes))
      break;
    fits = inOrder(nodes, op);
  }
  there = all;
  return fits;
}

std::vector<uint64_t> Regression::bytesFromNothing() {
  std::vector<uint64_t> result;
  for (const Model::Value &value : model.values)
    result.push_back(value.producer == kNone ? UINT64_MAX : 0);
  for (uint32_t p = 0; p < model.order.size(); ++p) {
    const Model::Op &op = model.ops[model.order[p]];
    uint64_t most = op.mayRepeat ? 0 : UINT64_MAX;
    for (ValueId v : op.reads)
      most = std::max(most, result[v]);
    // Backwards over what it is made of, as long as that may be of use.
    ++stamp;
    uint64_t bytes = 0;
    auto run = [&](const Model::Op &step) {
      most = std::max(most, during(step, bytes));
      for (ValueId v : step.writes)
        if (inState[v] == stamp) {
          bytes -= model.values[v].bytes;
          inState[v] = 0;
        }
      for (ValueId v : step.reads)
        if (!contains(v)) {
          bytes += model.values[v].bytes;
          inState[v] = stamp;
          mark[model.values[v].producer] = stamp;
        }
      work += 1 + step.reads.size() + step.writes.size();
    };
    if (most <= limit)
      run(op);
    for (uint32_t q = p; q-- > 0 && bytes > 0 && most <= limit;)
      if (mark[model.order[q]] == stamp)
        run(model.ops[model.order[q]]);
    work += 1 + p / 8;
    for (ValueId v : op.writes)
      result[v] = most;
  }
  return result;
}

/// Cost of all nodes that must run to have the values of a state, each once.
uint64_t Regression::closureCost(const State &state) {
  ++stamp;
  closure.clear();
  uint64_t cost = 0;
  auto add = [&](ValueId v) {
    NodeId n = model.values[v].producer;
    if (there[v] || n == kNone || mark[n] == stamp)
      return;
    mark[n] = stamp;
    cost += model.ops[n].cost;
    closure.push_back(n);
  };
  for (size_t i = 0; i < state.count; ++i)
    add(pool[state.first + i]);
  for (size_t i = 0; i < closure.size(); ++i) {
    const std::vector<ValueId> &reads = model.ops[closure[i]].reads;
    work += 1 + reads.size();
    for (ValueId v : reads)
      add(v);
  }
  work += state.count;
  return cost;
}

void Regression::push(uint32_t s) {
  queue.push_back({states[s].estimate, !states[s].isExact,
                   UINT32_MAX - states[s].depth, states[s].bytes, s});
  std::push_heap(queue.begin(), queue.end(), std::greater<Entry>());
}

// Best first by cost, and the deepest first among equals: the estimate is the
// cost of everything that is still missing, so that a way on which nothing runs
// twice is followed straight to its end unless it is too wide somewhere. That
// of the state before serves until a state is taken up: it is no higher.
bool Regression::search(const Model::Op &op, std::vector<NodeId> &way) {
  ++stamp; // Nothing but what is fixed.
  if (during(op, fixedBytes) > limit)
    return false;
  states.clear();
  queue.clear();
  costs.clear();
  pool = op.reads;
  State start;
  start.count = uint32_t(op.reads.size());
  start.bytes = fixedBytes;
  for (ValueId v : op.reads) {
    start.bytes += isFixed[v] ? 0 : model.values[v].bytes;
    start.key ^= keyOf(v);
  }
  start.estimate = closureCost(start);
  start.isExact = true;
  costs.lower(start.key, 0);
  states.push_back(start);
  push(0);
  for (size_t looked = 0;
       !queue.empty() && looked < kMostStates && work <= stop; ++looked) {
    uint32_t s = std::get<4>(queue.front());
    std::pop_heap(queue.begin(), queue.end(), std::greater<Entry>());
    queue.pop_back();
    State &state = states[s];
    if (!state.isExact) {
      state.isExact = true;
      state.estimate = state.cost + closureCost(state);
      push(s);
      continue;
    }
    bool done = true;
    NodeId latest = kNone; // Of the producers of what is not there.
    for (size_t i = state.first; i < state.first + state.count; ++i) {
      if (there[pool[i]])
        continue;
      done = false;
      NodeId n = model.values[pool[i]].producer;
      if (latest == kNone || position[n] > position[latest])
        latest = n;
    }
    if (done) {
      trace(s, way);
      return true;
    }
    if (costs.of(state.key) >= state.cost)
      expand(s, latest);
  }
  return false;
}

void Regression::trace(uint32_t s, std::vector<NodeId> &way) const {
  way.clear();
  for (; states[s].parent != kNone; s = states[s].parent)
    way.push_back(states[s].node);
}

/// Adds all states from which one step leads to this one.
void Regression::expand(uint32_t s, NodeId latest) {
  const State state = states[s]; // States are added below, and values.
  size_t end = state.first + state.count;
  work += 4 * state.count;
  ++stamp;
  for (size_t i = state.first; i < end; ++i)
    inState[pool[i]] = stamp;
  NodeId tried = kNone;
  for (size_t i = state.first; i < end; ++i) {
    NodeId n = model.values[pool[i]].producer;
    if (!mayRemake[pool[i]] || n == tried)
      continue;
    tried = n;
    const Model::Op &step = model.ops[n];
    if (during(step, state.bytes) > limit)
      continue;
    State next;
    next.cost = state.cost + step.cost;
    next.key = state.key;
    next.bytes = state.bytes;
    auto isWritten = [&](ValueId v) {
      return std::binary_search(step.writes.begin(), step.writes.end(), v);
    };
    for (ValueId w : step.writes)
      if (inState[w] == stamp) {
        next.key ^= keyOf(w);
        next.bytes -= isFixed[w] ? 0 : model.values[w].bytes;
      }
    for (ValueId r : step.reads)
      if (inState[r] != stamp || isWritten(r)) {
        next.key ^= keyOf(r);
        next.bytes += isFixed[r] ? 0 : model.values[r].bytes;
      }
    work += 2 * state.count + 4 * step.reads.size();
    if (!costs.lower(next.key, next.cost))
      continue;
    // Nothing else that is missing is computed from what the latest writes:
    // its cost is all that the step takes off the rest.
    next.estimate = state.estimate;
    next.isExact = n == latest;
    next.depth = state.depth + 1;
    next.parent = s;
    next.node = n;
    // What is left of the values and what the step reads, merged.
    next.first = pool.size();
    auto read = step.reads.begin();
    for (size_t k = state.first; k < end; ++k) {
      ValueId v = pool[k];
      for (; read != step.reads.end() && *read < v; ++read)
        pool.push_back(*read);
      if (read != step.reads.end() && *read == v)
        ++read;
      else if (isWritten(v))
        continue;
      pool.push_back(v);
    }
    pool.insert(pool.end(), read, step.reads.end());
    next.count = uint32_t(pool.size() - next.first);
    states.push_back(next);
    push(uint32_t(states.size() - 1));
  }
}

} // namespace tenon::plan
