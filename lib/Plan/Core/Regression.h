//===-- Regression.h - how to bring values back -----------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Planning backwards. A state is a set of values that must be alive together; a
// step replaces the results of a node by its operands. Whoever reaches a set of
// which all is there knows what to run, and that it fits.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_PLAN_CORE_REGRESSION_H
#define TENON_LIB_PLAN_CORE_REGRESSION_H

#include "lib/Plan/Core/Schedule.h"

#include <tuple>
#include <vector>

namespace tenon::plan {

class Regression {
public:
  /// Looks for ways within `limit` bytes, until `work`, which counts on, is
  /// above `stop`.
  Regression(const Model &model, uint64_t limit, uint64_t stop, uint64_t &work)
      : model(model), limit(limit), stop(stop), work(work),
        isFixed(model.values.size(), false), inState(model.values.size(), 0),
        mark(model.ops.size(), 0), position(model.ops.size(), 0) {
    for (uint32_t p = 0; p < model.order.size(); ++p)
      position[model.order[p]] = p;
  }

  /// Any topological order, as numbers.
  void setRanks(std::vector<uint32_t> r) { rank = std::move(r); }

  /// By value: not 0 for those of a set.
  using Flags = std::vector<uint8_t>;

  /// How a way is looked for where the cheapest does not fit: by forgetting
  /// what is there and comes back in time, quickly, and by a search, which
  /// takes long.
  struct Means {
    bool forget = false;
    bool search = true;
  };

  /// Finds nodes to run, first to last, so that all operands of `op` are there
  /// at once, beside the values of `fixed`, and `op` can run then. `there` says
  /// what is there now, and `mayRemake` what may be computed again, and with it
  /// all that it is computed from. The cheapest way that fits, unless that
  /// takes too long to find.
  bool find(const Model::Op &op, const std::vector<ValueId> &fixed,
            const Flags &there, const Flags &mayRemake,
            std::vector<NodeId> &way, Means means);

  /// By value: the bytes that it takes to make it from nothing, one node after
  /// another in the order of the model; more than the limit, if it takes that.
  /// It takes no less to make what is made of it.
  std::vector<uint64_t> bytesFromNothing();

private:
  struct State {
    size_t first = 0;     ///< Of its values, in `pool`: sorted.
    uint32_t count = 0;   ///< Of them.
    bool isExact = false; ///< The estimate is as good as one can say.
    uint64_t key = 0;     ///< Of the set.
    uint64_t bytes = 0;   ///< Of the values and of all that is fixed.
    uint64_t cost = 0;
    uint64_t estimate = 0; ///< Of all, at least.
    uint32_t depth = 0;
    uint32_t parent = kNone;
    NodeId node = kNone;
  };

  /// Estimate, not exact, less depth, bytes, state: the least goes on first.
  using Entry = std::tuple<uint64_t, bool, uint32_t, uint64_t, uint32_t>;

  /// The least cost at which a set was reached, by its key.
  class Costs {
  public:
    void clear();
    /// True if `cost` is less than what was known of the set, and notes it.
    bool lower(uint64_t key, uint64_t cost);
    uint64_t of(uint64_t key) { return slotOf(key).cost; }

  private:
    struct Slot {
      uint64_t key = 0;
      uint64_t cost = 0;
      uint64_t round = 0; ///< In use if it is the one at hand.
    };
    Slot &slotOf(uint64_t key);

    std::vector<Slot> slots; ///< A power of two of them, half empty.
    size_t used = 0;
    uint64_t round = 0;
  };

  bool collect(const Model::Op &op, std::vector<NodeId> &nodes);
  bool inOrder(const std::vector<NodeId> &nodes, const Model::Op &op);
  bool forget(const Model::Op &op, std::vector<NodeId> &nodes);
  bool search(const Model::Op &op, std::vector<NodeId> &way);
  void push(uint32_t state);
  void expand(uint32_t state, NodeId latest);
  void trace(uint32_t state, std::vector<NodeId> &way) const;
  uint64_t closureCost(const State &state);
  bool contains(ValueId v) const { return isFixed[v] || inState[v] == stamp; }
  uint64_t during(const Model::Op &op, uint64_t bytes) const;

  const Model &model;
  uint64_t limit;
  uint64_t stop;
  uint64_t &work;
  std::vector<uint32_t> rank;
  const uint8_t *there = nullptr;
  const uint8_t *mayRemake = nullptr;
  std::vector<uint8_t> isFixed; ///< By value.
  uint64_t fixedBytes = 0;
  std::vector<uint64_t> inState; ///< By value: equals `stamp`.
  std::vector<uint64_t> mark;    ///< By node: equals `stamp`.
  uint64_t stamp = 0;
  std::vector<uint32_t> position; ///< By node: in `Model::order`.
  NodeId overfull = kNone;        ///< Where nodes did not fit in order,
  uint64_t excess = 0;            ///< and by how many bytes.

  // Of the search at hand; here so that the next one finds them allocated.
  std::vector<State> states;
  std::vector<ValueId> pool;
  std::vector<Entry> queue; ///< A heap.
  Costs costs;
  std::vector<NodeId> closure;
};

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_REGRESSION_H
