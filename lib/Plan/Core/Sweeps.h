//===-- Sweeps.h - what must be there at once, bit by bit -------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A guard looks at all gradients before anything is changed, so that all are
// alive then. A schedule that makes each where its operands are at hand has
// most of them beside the largest activations. With a second sweep over the
// network it need not: the first one keeps the gradients that come late, of the
// layers with large activations and few parameters, the second one makes those
// of the other layers.
//
// In general: of the nodes before the gate, those are leaves whose results
// nothing reads but the gate and what lies behind it. Without the leaves what
// is left has nothing that must last, and goes lower. Sweeps are made of a
// schedule of that: each leaf that there is room for is run where its operands
// are alive, and kept; the others are left to the next sweep.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_PLAN_CORE_SWEEPS_H
#define TENON_LIB_PLAN_CORE_SWEEPS_H

#include "lib/Plan/Core/Schedule.h"

#include <optional>
#include <vector>

namespace tenon::plan {

/// Some nodes of a model, as a model of its own.
struct Part {
  Model model;
  std::vector<NodeId> nodes; ///< Of the whole, by those of the part.

  /// Schedules of nodes of the part, with the numbers of the other.
  Schedule fromWhole(const Schedule &schedule) const;
  Schedule toWhole(const Schedule &schedule) const;
};

/// The part of `whole` that consists of the nodes in `in`. It gets from without
/// what others write. Of its values those in `lasting` are alive at the end.
Part partOf(const Model &whole, const std::vector<uint8_t> &in,
            const std::vector<uint8_t> &lasting);

class Sweeps {
public:
  explicit Sweeps(const Model &model);

  /// False if too little must last, before a gate or to the end, for several
  /// sweeps to be of use.
  bool areOfUse() const { return useful; }

  /// What is before the gate, and of which nothing must last.
  const Model &loose() const { return part.model; }

  /// Bytes of all leaves.
  uint64_t bytes() const { return leafBytes; }

  /// A schedule of the whole, made of sweeps that follow `base`, one of the
  /// loose part. Each but the last keeps leaves of no more than `atOnce` bytes:
  /// what is kept is missing when the next one begins. Nothing if none is found
  /// that has no more than `limit` bytes alive, as far as can be told from its
  /// parts. Whoever takes it sees to it that it is valid, and keeps its limit.
  std::optional<Schedule> within(uint64_t limit, const Schedule &base,
                                 uint64_t atOnce, uint64_t workLimit,
                                 uint64_t &work) const;

private:
  void findGate();
  void findTail();
  void findLasting();
  bool isOutside(NodeId n) const { return behind[n] || tail[n]; }

  /// What the sweeps so far have left to do.
  struct State;
  bool finish(State &state, uint64_t limit, uint64_t workLimit,
              uint64_t &work) const;
  bool sweep(State &state, uint64_t limit, uint64_t atOnce, uint64_t workLimit,
             uint64_t &work) const;
  void narrow(State &state) const;

  const Model &model;
  NodeId gate = kNone;
  std::vector<uint8_t> behind;  ///< By node: the gate, and what needs it.
  std::vector<uint8_t> tail;    ///< By node: sees what lasts, and little else.
  std::vector<uint8_t> lasting; ///< By value: is read behind the loose part,
                                ///< or alive at the end.
  std::vector<uint8_t> leaf;    ///< By node: may be run in any sweep.
  uint64_t leafBytes = 0;
  Part part;
  bool useful = false;
};

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_SWEEPS_H
