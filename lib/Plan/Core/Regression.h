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

#include <functional>
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

  using Test = std::function<bool(ValueId)>;

  /// Finds nodes to run, first to last, so that all operands of `op` are there
  /// at once, beside the values of `fixed`, and `op` can run then. `there` says
  /// what is there now, and `mayRemake` what may be computed again. The
  /// cheapest way that fits, unless that takes too long to find.
  bool find(const Model::Op &op, const std::vector<ValueId> &fixed,
            const Test &there, const Test &mayRemake, std::vector<NodeId> &way);

private:
  struct State {
    std::vector<ValueId> values; ///< Sorted.
    uint64_t bytes = 0;          ///< Of them and of all that is fixed.
    uint64_t cost = 0;
    uint64_t estimate = 0; ///< Of all, at least,
    bool isExact = false;  ///< as good as one can say.
    uint32_t depth = 0;
    uint32_t parent = kNone;
    NodeId node = kNone;
  };

  bool collect(const Model::Op &op, std::vector<NodeId> &nodes);
  bool inOrder(const std::vector<NodeId> &nodes, const Model::Op &op);
  bool search(const Model::Op &op, std::vector<NodeId> &way);
  uint64_t closureCost(const std::vector<ValueId> &values);
  template <typename Contains>
  uint64_t during(const Model::Op &op, uint64_t bytes, Contains contains) const;

  const Model &model;
  uint64_t limit;
  uint64_t stop;
  uint64_t &work;
  std::vector<uint32_t> rank;
  const Test *there = nullptr;
  const Test *mayRemake = nullptr;
  std::vector<uint8_t> isFixed; ///< By value.
  uint64_t fixedBytes = 0;
  std::vector<uint64_t> inState; ///< By value: equals `stamp`.
  std::vector<uint64_t> mark;    ///< By node: equals `stamp`.
  uint64_t stamp = 0;
  std::vector<uint32_t> position; ///< By node: in `Model::order`.
};

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_REGRESSION_H
