//===-- ReplayMachine.h - what replays a schedule ---------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// See Replay.h. Three ways to go on where something does not fit: to fail; with
// addresses, to lay things elsewhere (ReplayPlaced.cpp); or to keep earlier
// what is missing, and to run later what is in the way (ReplayHolds.cpp).
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_PLAN_CORE_REPLAYMACHINE_H
#define TENON_LIB_PLAN_CORE_REPLAYMACHINE_H

#include "lib/Plan/Core/AddressSpace.h"
#include "lib/Plan/Core/Mix.h"
#include "lib/Plan/Core/Regression.h"
#include "lib/Plan/Core/Replay.h"
#include "lib/Plan/Core/Residents.h"

#include <deque>

namespace tenon::plan {

class ReplayMachine {
public:
  ReplayMachine(const Model &model, const Schedule &base,
                const ReplayLimits &limits, uint64_t &work);

  std::optional<Replayed> run();

private:
  static constexpr uint32_t kNever = UINT32_MAX;

  void listAccesses();
  void rewind();
  void rewindToRuns();
  uint32_t nextUse(ValueId v);
  void close(const Model::Op &op);
  void findLasting();
  bool isSpared(NodeId n);
  bool step();
  bool bringBack(const Model::Op &op);
  bool follow(const std::vector<NodeId> &way, const Model::Op &target);
  bool execute(NodeId n);
  bool makeRoom(const Model::Op &op);
  ValueId choose();
  uint64_t recomputeCost(ValueId v, uint64_t enough = UINT64_MAX);
  uint64_t recomputeOp(NodeId n, unsigned &left, uint64_t enough);
  void pin(const Model::Op &op, int more);
  void drop(ValueId v);

  bool isPlaced() const { return limits.arena > 0; }
  bool keepsDeep() const { return limits.bytesFromNothing != nullptr; }
  bool isOver() const {
    return out.schedule.size() >= limits.maxRuns || work > stop;
  }
  /// The position behind the base is the end.
  const Model::Op &opAt(uint32_t position) const {
    return position < base.size() ? model.ops[base[position]] : end;
  }
  bool mayRemake(ValueId v) const { return lasting[v]; }
  bool isDeep(ValueId v) const {
    return keepsDeep() && (*limits.bytesFromNothing)[v] > limits.bytes;
  }
  bool mayGiveUp(ValueId v) const {
    return mayRemake(v) && !isDeep(v) && !held[v];
  }
  /// True for what must stay as long as it is of use.
  bool isFixed(ValueId v) {
    return held[v] || (!mayGiveUp(v) && nextUse(v) != kNever);
  }
  std::vector<ValueId> fixedValues();

  // With addresses.

  /// What is there before an execution of the base, and how it came about.
  struct Mark {
    uint32_t now;
    size_t runs, addresses;
    std::vector<std::pair<ValueId, uint64_t>> there;
  };

  bool reach(const Model::Op &op, NodeId n);
  void restore(const Mark &mark, bool less);
  bool goBack();
  bool placeResults(const Model::Op &op);
  uint64_t findPlace(const Model::Op &op, ValueId v);
  double price(ValueId v);
  uint64_t random() { return mixed(limits.seed += kMixStep); }

  // With what is kept earlier or runs later.

  /// What is there before a position of the base.
  struct Step {
    uint32_t now;
    size_t runs;
    std::vector<ValueId> there;
  };

  /// Values that must be there from one position to another.
  struct Hold {
    std::vector<ValueId> values;
    uint32_t from = 0, to = 0;
  };

  /// Positions that may run later, and how many bytes that gains.
  struct Delay {
    std::vector<uint32_t> positions; ///< Sorted.
    uint32_t to = 0;                 ///< They run right before that.
    uint64_t gain = 0;
  };

  void recordStep();
  Model::Op withHolds(const std::vector<ValueId> &more);
  void backTo(size_t step);
  bool recover();
  bool keepEarlier(Hold hold);
  bool runLater();
  void offerDelays(ValueId v, Delay &best);
  bool measure(Delay &delay, ValueId &largest);
  bool mayMove(const Delay &delay);
  void move(const Delay &delay);
  bool giveUpHold();

  const Model &model;
  Schedule base;
  ReplayLimits limits;
  uint64_t stop; ///< Of counted work.
  uint64_t &work;
  Regression regression;

  uint32_t now = 0; ///< Position in the base.
  Residents residents;
  AddressSpace space;
  std::vector<uint32_t> pins;
  std::vector<uint32_t> firstAccess; ///< By value, into `accesses`; one more.
  std::vector<uint32_t> accesses;    ///< 2 * position, + 1: a write.
  std::vector<uint32_t> cursor;      ///< By value, into those.
  std::vector<uint32_t> upcoming;    ///< By value: the access there, if any.
  std::vector<uint8_t> ran;
  std::vector<uint8_t> closed;  ///< Nodes that must not run again.
  std::vector<uint8_t> lasting; ///< Values that nodes can bring back.
  std::vector<uint64_t> mark;
  uint64_t stamp = 0;
  std::vector<uint8_t> scratch;
  Model::Op end; ///< Reads what is live out.

  std::vector<double> prices;
  unsigned attempt = 0; ///< At the execution at hand.
  static constexpr size_t kMostMarks = 128;
  std::deque<Mark> marks; ///< Of the latest executions of the base.
  uint32_t failedAt = 0;  ///< Furthest position in the base.
  size_t back = 0;        ///< Marks to go back from there.

  std::vector<Step> steps;      ///< Of all executions of the base so far.
  std::vector<Hold> holds;      ///< The latest last.
  std::vector<Hold> vain;       ///< What could not be held on to.
  std::vector<uint8_t> held;    ///< By value: at the execution at hand.
  std::vector<ValueId> missing; ///< Where no way to them was found.
  unsigned recoveries = 0;

  Replayed out;
};

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_REPLAYMACHINE_H
