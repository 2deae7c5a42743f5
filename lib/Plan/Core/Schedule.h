//===-- Schedule.h - executions of nodes, some more than once ---*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What recomputation sees of a graph, and what it searches over: sequences of
// executions. A read sees the result of the latest execution before it, so that
// a sequence says everything: a value lives from an execution of its producer
// to the last read before the next one. Bytes are rounded up to the alignment.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_PLAN_CORE_SCHEDULE_H
#define TENON_LIB_PLAN_CORE_SCHEDULE_H

#include "tenon/Plan/Planner.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace tenon::plan {

using ValueId = uint32_t;

/// A graph reduced to what lives in the arena.
struct Model {
  /// A root in the arena that has bytes.
  struct Value {
    uint64_t bytes = 0;
    /// Its only writer; `kNone` if several nodes write pieces of it.
    NodeId producer = kNone;
    uint32_t writers = 0;
    bool liveOut = false;
    TensorId root = kNone;
  };
  struct Op {
    uint64_t cost = 0;
    bool stateful = false; ///< Of the node: no planner may run it twice.
    /// This planner may run it more than once: not stateful, and the only
    /// writer of everything that it writes.
    bool mayRepeat = true;
    /// It writes something outside the arena that others read: they see what
    /// its first execution wrote.
    bool isReadOutside = false;
    std::vector<ValueId> reads;  ///< Sorted, unique.
    std::vector<ValueId> writes; ///< Sorted, unique.
    /// (operand, result) that may share their bytes if the operand dies, and
    /// those of them that have the same number of bytes. Evaluation counts on
    /// the latter alone; others may lower a peak as well, but not always.
    std::vector<std::pair<ValueId, ValueId>> mayShare, shares;
    std::vector<NodeId> after;
    std::vector<NodeId> needs; ///< Must run before it: see predecessors().
    /// Nodes that have this one in `after`: no execution of this node may
    /// follow theirs.
    std::vector<NodeId> before;
  };
  std::vector<Value> values;
  std::vector<Op> ops;
  /// Every node once; the order of first executions.
  std::vector<NodeId> order;

  /// Cost of running every node once.
  uint64_t baseCost() const;
};

/// Builds the model of a valid graph. `order` is a valid execution order.
Model buildModel(const Graph &graph, const PlanOptions &options,
                 std::vector<NodeId> order);

/// Bytes that a node needs while it runs, at least: every in-place permission
/// is granted, each result once.
uint64_t workingSet(const Model &model, const Model::Op &op);

/// Bytes alive while `op` runs and a set of values that have `bytes` together
/// are alive behind it, at least: every permission to share is granted, each
/// result once. `contains` says what is in the set.
template <typename Contains>
uint64_t bytesDuring(const Model &model, const Model::Op &op, uint64_t bytes,
                     Contains contains) {
  for (ValueId v : op.reads)
    bytes += contains(v) ? 0 : model.values[v].bytes;
  for (ValueId v : op.writes) {
    bool mayShare = std::any_of(
        op.mayShare.begin(), op.mayShare.end(), [&](const auto &pair) {
          return pair.second == v && !contains(pair.first);
        });
    if (contains(v))
      bytes -= mayShare ? model.values[v].bytes : 0;
    else if (!mayShare &&
             !std::binary_search(op.reads.begin(), op.reads.end(), v))
      bytes += model.values[v].bytes;
  }
  return bytes;
}

/// Executions, first to last.
using Schedule = std::vector<NodeId>;

struct Evaluation {
  uint64_t peak = 0;
  uint64_t cost = 0;
  uint32_t peakAt = 0; ///< The first position where the peak is reached.
};

/// Evaluates schedules of one model; keeps its buffers between calls.
class Evaluator {
public:
  explicit Evaluator(const Model &model);

  /// Peak and cost. The schedule must be one in which every read follows a
  /// write. Fills `profile`, if given, with the bytes alive at each position.
  Evaluation evaluate(const Schedule &schedule,
                      std::vector<uint64_t> *profile = nullptr);

  /// True if every node runs, those that may not repeat once, reads follow
  /// writes, also outside the arena, and nothing runs after what must follow
  /// it.
  bool isValid(const Schedule &schedule);

  /// Removes executions whose results nobody reads and that are not the only
  /// one of their node. Evaluates what is left. `addresses`, if given, has one
  /// entry per execution and result; those of what is removed go too.
  Evaluation prune(Schedule &schedule,
                   std::vector<uint64_t> *addresses = nullptr);

  /// Counted work of all calls so far.
  uint64_t work = 0;

private:
  /// A node, packed: scans are most of what a search does. Its reads, writes
  /// and pairs of `shares` follow each other in `lists`.
  struct Node {
    uint32_t reads, writes, shares, end; ///< Where each begins.
    uint64_t cost;
    bool mayRepeat;
    bool isReadOutside;
    bool writesPieces; ///< Of values with several writers.
  };

  template <bool kPrune>
  Evaluation scan(const Schedule &schedule, std::vector<uint64_t> *profile);

  const Model &model;
  std::vector<Node> nodes;
  std::vector<ValueId> lists;
  std::vector<uint64_t> bytes;  ///< By value.
  std::vector<uint8_t> liveOut; ///< By value.
  uint64_t bytesLiveOut = 0;
  std::vector<uint8_t> alive;       ///< By value, while scanning.
  std::vector<uint32_t> writesLeft; ///< By value, for those of many writers.
  std::vector<uint32_t> runsLeft;   ///< By node.
  std::vector<uint32_t> firstRun;   ///< By node: position, when pruning.
  std::vector<uint8_t> dropped;     ///< By position, when pruning.
};

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_SCHEDULE_H
