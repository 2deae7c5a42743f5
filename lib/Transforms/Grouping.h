//===-- Grouping.h - which ops become one kernel ----------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The decision, apart from the IR it is written into. Groups are made in block
// order: an op joins the group of one of its operands where the rules allow it,
// else opens its own. Then a group all of whose results are read by one other
// group moves into that one, if the rules allow. Last, reductions over the same
// rows that read the same memory become one group.
//
// Some ops are no members: each group that reads them has a copy. Splat
// constants, iota and broadcasts are always; pointwise ops if the caller says
// so (Repeat.h).
//===----------------------------------------------------------------------===//

#pragma once

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/SetVector.h"

namespace tenon {

enum class GroupKind {
  Map,    ///< pointwise and injective ops; results have one shape
  Anchor, ///< one contraction or window, pointwise ops of its result's shape
  Rows,   ///< reductions over equal dims of equal shapes, pointwise ops of the
          ///< full or the reduced shape, broadcasts from one to the other
  Opaque  ///< one op
};

struct Group {
  GroupKind kind;
  /// The shape of every result (Rows: of the reductions' operands).
  llvm::SmallVector<int64_t> shape;
  /// Rows only.
  llvm::SmallVector<int64_t> reducedDims, reducedShape;
  /// Whether all ops are pointwise and of `shape`.
  bool purelyPointwise = false;
  /// Whether it runs behind the function's guard.
  bool guarded = false;
  /// Members in block order.
  llvm::SmallVector<mlir::Operation *> ops;
  /// Pointwise ops that it has copies of.
  llvm::SmallPtrSet<mlir::Operation *, 4> copies;

  size_t size() const { return ops.size() + copies.size(); }
};

using OpSet = llvm::DenseSet<mlir::Operation *>;

class Grouping {
public:
  /// With `enabled` false every op is a group of its own. No group grows beyond
  /// `maxOps` ops: the compile time of a kernel has a bound. Pointwise ops in
  /// `repeated` are copied into the groups that read them.
  Grouping(mlir::func::FuncOp function, bool enabled, unsigned maxOps,
           OpSet repeated = {});

  /// Groups in an order in which each comes after those it reads, those behind
  /// the guard last.
  llvm::ArrayRef<Group> groups() const { return ordered; }

  /// Whether a use of `v` by a group member is served by a copy of `v`'s op in
  /// the group. Contractions, windows and opaque ops read memory, so for them
  /// it never is.
  bool isCopiedInto(mlir::OpOperand &use) const;

  /// Whether an op, or a copy of it, is in another of the groups than this one,
  /// or in none.
  bool isOutside(mlir::Operation *op, size_t group) const;

  /// Whether an op is evaluated when the artifact is written.
  bool isWeightOp(mlir::Operation *op) const { return weights.contains(op); }

private:
  using Id = unsigned;

  /// What an op reads once it is in a group: through copied ops.
  struct Read {
    mlir::Value value;
    /// The copied broadcast that it is read through, if any.
    mlir::Operation *broadcast;
  };

  bool isCopyable(mlir::Value v) const;
  bool isComputed(mlir::Operation *op) const;
  void collectDemanded();
  void collectGuarded();
  void add(mlir::Operation *op);
  bool join(mlir::Operation *op, Id id);
  bool fitsMap(mlir::Operation *op, const Group &group) const;
  bool fitsRows(mlir::Operation *op, Id id) const;
  Id open(mlir::Operation *op);
  std::optional<llvm::SetVector<Id>> readersOf(mlir::Operation *op) const;
  void absorbProducers();
  bool absorb(Id producer, Id consumer);
  void mergeSiblings();
  bool areSiblings(Id first, Id second) const;
  bool readsBeside(Id id, Id other, llvm::DenseSet<Id> &groups,
                   llvm::DenseSet<mlir::Value> &rows) const;
  void order();
  void locate();

  /// The group that computes what `v` is a view of; none for inputs, weights
  /// and copied ops.
  std::optional<Id> groupOf(mlir::Value v) const;
  /// Groups that an op reads, through views and copied ops.
  llvm::SmallVector<Id> groupsRead(mlir::Operation *op) const;
  llvm::SmallVector<Read> readsOf(mlir::Operation *op, OpSet *copies) const;
  bool dependsOn(Id from, Id target) const;

  mlir::func::FuncOp function;
  bool enabled;
  size_t maxOps;
  std::vector<Group> all;
  std::vector<Group> ordered;
  llvm::DenseMap<mlir::Operation *, Id> member;
  /// The ordered groups that an op or a copy of it is in.
  llvm::DenseMap<mlir::Operation *, llvm::SmallDenseSet<size_t, 2>> places;
  OpSet repeated;
  /// Evaluated when the artifact is written; constant, but not worth that.
  OpSet weights, constants;
  /// Copyable ops that something reads from memory.
  OpSet demanded;
  /// Ops that a guard's results reach.
  OpSet guarded;
};

} // namespace tenon
