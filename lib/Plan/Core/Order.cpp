//===-- Order.cpp - search for an order with a low peak -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/Order.h"

#include "lib/Plan/Core/Mix.h"

#include <algorithm>
#include <tuple>

namespace tenon::plan {

namespace {

/// A down-closed set of nodes that have run.
struct State {
  std::vector<uint64_t> done; ///< Bit set of nodes.
  std::vector<NodeId> ready;  ///< Sorted.
  uint64_t live = 0;
  uint64_t peak = 0;
  uint64_t key = 0;
};

/// A state not built yet: `node` after state number `parent`.
struct Candidate {
  uint64_t peak;
  uint64_t live;
  uint64_t key;
  uint32_t parent;
  NodeId node;
};

/// How a state of an earlier level was reached.
struct Step {
  uint32_t parent;
  NodeId node;
};

class Search {
public:
  Search(const Graph &graph, const std::vector<RootAccess> &accesses,
         const std::vector<std::vector<NodeId>> &before,
         const PlanOptions &options)
      : graph(graph), accesses(accesses), before(before),
        words((graph.nodes.size() + 63) / 64), next(graph.nodes.size()),
        touched(graph.nodes.size()), shares(graph.nodes.size()),
        bytes(graph.tensors.size(), 0) {
    for (NodeId n = 0; n < before.size(); ++n)
      for (NodeId b : before[n])
        next[b].push_back(n);
    for (TensorId root = 0; root < graph.tensors.size(); ++root) {
      if (!inArena(graph, root))
        continue;
      bytes[root] = alignTo(graph.tensors[root].bytes, options.alignment);
      for (NodeId n : accesses[root].nodes)
        touched[n].push_back(root);
    }
    if (options.inPlace)
      for (NodeId n = 0; n < before.size(); ++n)
        for (const InPlace &pair : graph.nodes[n].inPlace)
          if (canShare(graph, graph.nodes[n], pair, options.alignment))
            shares[n].push_back(
                {footprint(graph, pair.operand).root, pair.result});
  }

  std::vector<NodeId> run(uint64_t bound, uint64_t limit, uint64_t &work) {
    size_t count = graph.nodes.size();
    size_t width = std::clamp<uint64_t>(
        limit / (std::max<size_t>(count, 1) * (words + 64)), 8, 20000);
    State start;
    start.done.assign(words, 0);
    for (NodeId n = 0; n < count; ++n)
      if (before[n].empty())
        start.ready.push_back(n);
    std::vector<State> level{std::move(start)};
    std::vector<std::vector<Step>> history;
    for (size_t k = 0; k < count; ++k) {
      std::vector<Candidate> candidates = expand(level, bound);
      work += candidates.size() * 8;
      if (candidates.empty())
        return {};
      keepBest(candidates, width);
      std::vector<State> reached;
      std::vector<Step> steps;
      for (const Candidate &c : candidates) {
        reached.push_back(build(level[c.parent], c));
        steps.push_back({c.parent, c.node});
      }
      work += reached.size() * words;
      level = std::move(reached);
      history.push_back(std::move(steps));
    }
    std::vector<NodeId> order(count);
    uint32_t at = 0;
    for (size_t k = count; k-- > 0;) {
      order[k] = history[k][at].node;
      at = history[k][at].parent;
    }
    return order;
  }

private:
  static bool contains(const std::vector<uint64_t> &set, NodeId n) {
    return set[n / 64] >> (n % 64) & 1;
  }

  /// True if every access of `root` but those of `node` is done.
  bool diesAt(const State &state, TensorId root, NodeId node) const {
    if (graph.tensors[root].place == Place::ArenaLiveOut)
      return false;
    for (NodeId n : accesses[root].nodes)
      if (n != node && !contains(state.done, n))
        return false;
    return true;
  }

  std::vector<Candidate> expand(const std::vector<State> &level,
                                uint64_t bound) const {
    std::vector<Candidate> candidates;
    for (uint32_t s = 0; s < level.size(); ++s)
      for (NodeId n : level[s].ready) {
        const State &state = level[s];
        uint64_t during = state.live;
        uint64_t freed = 0;
        for (TensorId root : touched[n]) {
          const std::vector<NodeId> &nodes = accesses[root].nodes;
          bool isNew =
              std::none_of(nodes.begin(), nodes.end(), [&](NodeId other) {
                return contains(state.done, other);
              });
          if (isNew)
            during += bytes[root];
          if (diesAt(state, root, n))
            freed += bytes[root];
        }
        uint64_t after = during - freed;
        during -= reused(state, n);
        uint64_t peak = std::max(state.peak, during);
        if (peak < bound)
          candidates.push_back({peak, after, state.key ^ keyOf(n), s, n});
      }
    return candidates;
  }

  /// Bytes that writing in place saves while `node` runs.
  uint64_t reused(const State &state, NodeId node) const {
    uint64_t saved = 0;
    std::vector<TensorId> used;
    for (auto [operand, result] : shares[node]) {
      if (std::find(used.begin(), used.end(), operand) != used.end() ||
          std::find(used.begin(), used.end(), result) != used.end() ||
          !diesAt(state, operand, node))
        continue;
      saved += bytes[result];
      used.push_back(operand);
      used.push_back(result);
    }
    return saved;
  }

  /// One candidate per set, at most `width` of them, best first.
  static void keepBest(std::vector<Candidate> &candidates, size_t width) {
    auto rank = [](const Candidate &c) {
      return std::make_tuple(c.peak, c.live, c.parent, c.node);
    };
    // Two sets under one key would cost a candidate, never a wrong order.
    std::sort(candidates.begin(), candidates.end(),
              [&](const Candidate &a, const Candidate &b) {
                return a.key != b.key ? a.key < b.key : rank(a) < rank(b);
              });
    candidates.erase(std::unique(candidates.begin(), candidates.end(),
                                 [](const Candidate &a, const Candidate &b) {
                                   return a.key == b.key;
                                 }),
                     candidates.end());
    auto isBetter = [&](const Candidate &a, const Candidate &b) {
      return rank(a) < rank(b);
    };
    if (candidates.size() > width) {
      std::nth_element(candidates.begin(), candidates.begin() + width,
                       candidates.end(), isBetter);
      candidates.resize(width);
    }
    std::sort(candidates.begin(), candidates.end(), isBetter);
  }

  State build(const State &from, const Candidate &c) const {
    State state;
    state.done = from.done;
    state.done[c.node / 64] |= uint64_t(1) << (c.node % 64);
    state.live = c.live;
    state.peak = c.peak;
    state.key = c.key;
    for (NodeId n : from.ready)
      if (n != c.node)
        state.ready.push_back(n);
    for (NodeId n : next[c.node])
      if (std::all_of(before[n].begin(), before[n].end(),
                      [&](NodeId b) { return contains(state.done, b); }))
        state.ready.push_back(n);
    std::sort(state.ready.begin(), state.ready.end());
    return state;
  }

  const Graph &graph;
  const std::vector<RootAccess> &accesses;
  const std::vector<std::vector<NodeId>> &before;
  size_t words;
  std::vector<std::vector<NodeId>> next;
  std::vector<std::vector<TensorId>> touched; ///< Arena roots of each node.
  std::vector<std::vector<std::pair<TensorId, TensorId>>> shares;
  std::vector<uint64_t> bytes; ///< Rounded up; 0 outside the arena.
};

} // namespace

std::vector<NodeId> searchOrder(const Graph &graph,
                                const std::vector<RootAccess> &accesses,
                                const std::vector<std::vector<NodeId>> &before,
                                const PlanOptions &options, uint64_t peak,
                                uint64_t &work) {
  Search search(graph, accesses, before, options);
  return search.run(peak, options.orderWorkLimit, work);
}

std::vector<NodeId> delayed(const Graph &graph,
                            const std::vector<RootAccess> &accesses,
                            const std::vector<std::vector<NodeId>> &before,
                            std::vector<NodeId> order) {
  std::vector<uint32_t> at(order.size());
  for (uint32_t p = 0; p < order.size(); ++p)
    at[order[p]] = p;
  std::vector<std::vector<NodeId>> next(order.size());
  for (NodeId n = 0; n < before.size(); ++n)
    for (NodeId b : before[n])
      next[b].push_back(n);
  // Whether something else needs an operand at `position` or later.
  auto isNeededAt = [&](TensorId operand, NodeId node, uint32_t position) {
    TensorId root = footprint(graph, operand).root;
    const std::vector<NodeId> &nodes = accesses[root].nodes;
    return !inArena(graph, root) ||
           graph.tensors[root].place == Place::ArenaLiveOut ||
           std::any_of(nodes.begin(), nodes.end(), [&](NodeId other) {
             return other != node && at[other] >= position;
           });
  };
  // From the end: what a node reads can then follow it.
  for (uint32_t p = uint32_t(order.size()); p-- > 0;) {
    NodeId node = order[p];
    uint32_t first = UINT32_MAX;
    for (NodeId n : next[node])
      first = std::min(first, at[n]);
    const std::vector<TensorId> &operands = graph.nodes[node].operands;
    const std::vector<TensorId> &results = graph.nodes[node].results;
    // What only the node itself touches would lie beside other tensors there.
    bool ownSpace =
        std::any_of(results.begin(), results.end(), [&](TensorId t) {
          TensorId root = footprint(graph, t).root;
          return inArena(graph, root) && accesses[root].nodes.size() == 1;
        });
    if (first == UINT32_MAX || first == p + 1 || ownSpace ||
        !std::all_of(operands.begin(), operands.end(),
                     [&](TensorId t) { return isNeededAt(t, node, first); }))
      continue;
    std::rotate(order.begin() + p, order.begin() + p + 1,
                order.begin() + first);
    for (uint32_t q = p; q < first; ++q)
      at[order[q]] = q;
  }
  return order;
}

} // namespace tenon::plan
