//===-- Grouping.cpp - which ops become one kernel ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "lib/Transforms/Grouping.h"

#include "dialects/Tenon/Control.h"
#include "dialects/Tenon/Elementwise.h"
#include "dialects/Tenon/Linear.h"
#include "dialects/Tenon/Shape.h"
#include "dialects/Tenon/State.h"
#include "lib/Transforms/Permutation.h"
#include "tenon/Analysis/InPlace.h"
#include "tenon/Analysis/Weights.h"

#include <algorithm>

using namespace mlir;

namespace tenon {

static FusionKind kindOf(Operation *op) {
  auto fusion = dyn_cast<FusionOpInterface>(op);
  return fusion ? fusion.getFusionKind() : FusionKind::Opaque;
}

static ArrayRef<int64_t> shapeOf(Value v) { return tensorType(v).getShape(); }

/// The dimensions that a reduction leaves, in order.
static SmallVector<int64_t> keptDims(int64_t rank, ArrayRef<int64_t> reduced) {
  SmallVector<int64_t> kept;
  for (int64_t d = 0; d < rank; ++d)
    if (!llvm::is_contained(reduced, d))
      kept.push_back(d);
  return kept;
}

Grouping::Grouping(func::FuncOp function, bool enabled, unsigned maxOps,
                   OpSet repeated)
    : function(function), enabled(enabled), maxOps(maxOps),
      repeated(std::move(repeated)) {
  Weights analysis(function.getBody().front());
  for (Operation &op : function.getBody().front().without_terminator()) {
    if (op.getNumResults() != 1)
      continue;
    if (analysis.isWeight(op.getResult(0)))
      weights.insert(&op);
    else if (analysis.isConstantDerived(op.getResult(0)))
      constants.insert(&op);
  }
  collectGuarded();
  collectDemanded();
  for (Operation &op : function.getBody().front().without_terminator())
    if (isComputed(&op))
      add(&op);
  if (enabled) {
    absorbProducers();
    mergeSiblings();
  }
  order();
  locate();
}

//===----------------------------------------------------------------------===//
// Which ops are members
//===----------------------------------------------------------------------===//

bool Grouping::isCopyable(Value v) const {
  Operation *op = v.getDefiningOp();
  if (!op)
    return false;
  if (isSplatConstant(v))
    return true;
  return enabled &&
         (isa<BroadcastOp, IotaOp, LinearIndexOp>(op) || repeated.contains(op));
}

bool Grouping::isCopiedInto(OpOperand &use) const {
  if (!isCopyable(use.get()))
    return false;
  bool pointwise = repeated.contains(use.get().getDefiningOp());
  switch (kindOf(use.getOwner())) {
  case FusionKind::Pointwise:
  case FusionKind::Reduction:
    return !pointwise || !guarded.contains(use.getOwner());
  case FusionKind::Injective:
    return !pointwise;
  default:
    return false;
  }
}

/// Copyable ops are computed once, into memory, where something reads memory.
void Grouping::collectDemanded() {
  for (Operation &op : function.getBody().front())
    for (OpOperand &use : op.getOpOperands())
      if (isCopyable(use.get()) && !isCopiedInto(use) && !weights.contains(&op))
        demanded.insert(use.get().getDefiningOp());
}

void Grouping::collectGuarded() {
  for (Operation &op : function.getBody().front())
    if (isa<GuardOp>(op) || llvm::any_of(op.getOperands(), [&](Value v) {
          return guarded.contains(v.getDefiningOp());
        }))
      guarded.insert(&op);
}

bool Grouping::isComputed(Operation *op) const {
  if (op->getNumResults() != 1 || kindOf(op) == FusionKind::View ||
      weights.contains(op))
    return false;
  Value v = op->getResult(0);
  if (isCopyable(v))
    return demanded.contains(op);
  // A step on the way to a weight, or read at run time?
  return !constants.contains(op) ||
         llvm::any_of(op->getUsers(),
                      [&](auto *user) { return !weights.contains(user); });
}

//===----------------------------------------------------------------------===//
// Dependences
//===----------------------------------------------------------------------===//

std::optional<Grouping::Id> Grouping::groupOf(Value v) const {
  Operation *op = rootOf(v).getDefiningOp();
  auto it = member.find(op);
  if (!op || it == member.end())
    return std::nullopt;
  return it->second;
}

/// Copied pointwise ops on the way are added to `copies`.
SmallVector<Grouping::Read> Grouping::readsOf(Operation *op,
                                              OpSet *copies) const {
  SmallVector<Read> reads;
  SmallVector<std::pair<Operation *, Operation *>> work = {{op, nullptr}};
  DenseSet<std::pair<Operation *, Operation *>> seen;
  while (!work.empty()) {
    auto [reader, broadcast] = work.pop_back_val();
    for (OpOperand &use : reader->getOpOperands()) {
      Operation *copied = use.get().getDefiningOp();
      if (!isCopiedInto(use)) {
        reads.push_back({use.get(), broadcast});
        continue;
      }
      if (copies && repeated.contains(copied))
        copies->insert(copied);
      bool outermost = !broadcast && isa<BroadcastOp>(copied);
      std::pair next = {copied, outermost ? copied : broadcast};
      if (seen.insert(next).second)
        work.push_back(next);
    }
  }
  return reads;
}

SmallVector<Grouping::Id> Grouping::groupsRead(Operation *op) const {
  SmallVector<Id> groups;
  for (Read read : readsOf(op, nullptr))
    if (std::optional<Id> id = groupOf(read.value))
      groups.push_back(*id);
  return groups;
}

bool Grouping::dependsOn(Id from, Id target) const {
  Operation *first = all[target].ops.front();
  DenseSet<Id> seen;
  SmallVector<Id> work = {from};
  while (!work.empty()) {
    Id id = work.pop_back_val();
    if (id == target)
      return true;
    // What ends before the target begins cannot wait for it.
    if (all[id].ops.back()->isBeforeInBlock(first) || !seen.insert(id).second)
      continue;
    for (Operation *op : all[id].ops)
      llvm::append_range(work, groupsRead(op));
  }
  return false;
}

//===----------------------------------------------------------------------===//
// Joining a producer
//===----------------------------------------------------------------------===//

void Grouping::add(Operation *op) {
  SmallVector<Id> candidates;
  if (enabled) {
    candidates = groupsRead(op);
    // The one that is computed last first: its operands are there by then.
    llvm::sort(candidates, std::greater<Id>());
    candidates.erase(llvm::unique(candidates), candidates.end());
  }
  for (Id id : candidates)
    if (join(op, id))
      return;
  open(op);
}

bool Grouping::join(Operation *op, Id id) {
  Group &group = all[id];
  OpSet copies;
  SmallVector<Read> reads = readsOf(op, &copies);
  size_t added = llvm::count_if(
      copies, [&](Operation *copy) { return !group.copies.contains(copy); });
  if (group.size() + added >= maxOps || group.guarded != guarded.contains(op))
    return false;
  FusionKind kind = kindOf(op);
  bool fits = false;
  switch (group.kind) {
  case GroupKind::Map:
  case GroupKind::Anchor:
    fits = kind == FusionKind::Pointwise && fitsMap(op, group);
    break;
  case GroupKind::Rows:
    fits = (kind == FusionKind::Pointwise || kind == FusionKind::Reduction) &&
           fitsRows(op, id);
    break;
  case GroupKind::Opaque:
    break;
  }
  if (!fits)
    return false;
  // What comes from the group must come directly, and the rest must not wait
  // for it.
  for (Read read : reads) {
    std::optional<Id> other = groupOf(read.value);
    if (!other)
      continue;
    bool direct = !isa<ReshapeOp, GuardOp>(read.value.getDefiningOp()) &&
                  (!read.broadcast || group.kind == GroupKind::Rows);
    if (*other == id ? !direct : dependsOn(*other, id))
      return false;
  }
  group.copies.insert(copies.begin(), copies.end());
  group.ops.push_back(op);
  member[op] = id;
  return true;
}

bool Grouping::fitsMap(Operation *op, const Group &group) const {
  return shapeOf(op->getResult(0)) == ArrayRef<int64_t>(group.shape);
}

bool Grouping::fitsRows(Operation *op, Id id) const {
  const Group &group = all[id];
  auto reduction = dyn_cast<ReductionOpInterface>(op);
  if (reduction &&
      reduction.getReducedDims() != ArrayRef<int64_t>(group.reducedDims))
    return false;
  ArrayRef<int64_t> shape =
      shapeOf(reduction ? op->getOperand(0) : op->getResult(0));
  bool full = shape == ArrayRef<int64_t>(group.shape);
  if (!full && (reduction || shape != ArrayRef<int64_t>(group.reducedShape)))
    return false;
  // What is reduced comes back only along the rows it was reduced from.
  SmallVector<int64_t> kept = keptDims(group.shape.size(), group.reducedDims);
  for (Read read : readsOf(op, nullptr)) {
    if (!read.broadcast || groupOf(read.value) != id)
      continue;
    auto broadcast = cast<BroadcastOp>(read.broadcast);
    if (!full || broadcast.getDims() != ArrayRef(kept) ||
        !member.contains(broadcast.getX().getDefiningOp()))
      return false;
  }
  return true;
}

Grouping::Id Grouping::open(Operation *op) {
  Group group;
  group.ops = {op};
  group.guarded = guarded.contains(op);
  group.shape.assign(shapeOf(op->getResult(0)).begin(),
                     shapeOf(op->getResult(0)).end());
  switch (kindOf(op)) {
  case FusionKind::Pointwise:
    group.purelyPointwise = true;
    [[fallthrough]];
  case FusionKind::Injective:
  case FusionKind::Source:
    group.kind = GroupKind::Map;
    break;
  case FusionKind::Contraction:
  case FusionKind::Window:
    group.kind = GroupKind::Anchor;
    break;
  case FusionKind::Reduction: {
    group.kind = GroupKind::Rows;
    group.reducedShape = group.shape;
    ArrayRef<int64_t> full = shapeOf(op->getOperand(0));
    group.shape.assign(full.begin(), full.end());
    llvm::append_range(group.reducedDims,
                       cast<ReductionOpInterface>(op).getReducedDims());
    break;
  }
  default:
    group.kind = GroupKind::Opaque;
  }
  OpSet copies;
  readsOf(op, &copies);
  group.copies.insert(copies.begin(), copies.end());
  all.push_back(std::move(group));
  member[op] = all.size() - 1;
  return all.size() - 1;
}

//===----------------------------------------------------------------------===//
// Absorbing producers
//===----------------------------------------------------------------------===//

/// The groups that read an op's result, also through copies of pointwise ops;
/// none where something reads memory: a view, a return, or another copied op.
std::optional<SetVector<Grouping::Id>>
Grouping::readersOf(Operation *op) const {
  SetVector<Id> readers;
  SetVector<Operation *> work;
  work.insert(op);
  for (size_t i = 0; i < work.size(); ++i)
    for (Operation *user : work[i]->getUsers()) {
      auto it = member.find(user);
      if (it != member.end())
        readers.insert(it->second);
      else if (!repeated.contains(user))
        return std::nullopt;
      if (repeated.contains(user))
        work.insert(user);
    }
  return readers;
}

void Grouping::absorbProducers() {
  for (bool changed = true; changed;) {
    changed = false;
    for (Id producer = 0; producer < all.size(); ++producer) {
      std::optional<Id> consumer;
      bool one = !all[producer].ops.empty();
      for (Operation *op : all[producer].ops) {
        std::optional<SetVector<Id>> readers = readersOf(op);
        if (!readers) {
          one = false;
          break;
        }
        readers->remove(producer);
        for (Id reader : *readers) {
          one &= !consumer || *consumer == reader;
          consumer = reader;
        }
      }
      if (one && consumer && absorb(producer, *consumer))
        changed = true;
    }
  }
}

/// x^T of a product x^T y, which reads x as it stands as fast.
static bool isLeftTranspose(Operation *op) {
  auto transpose = dyn_cast<TransposeOp>(op);
  if (!transpose || !op->hasOneUse() || transpose.getType().getRank() != 2)
    return false;
  auto matmul = dyn_cast<MatmulOp>(*op->user_begin());
  return matmul && matmul.getLhs() == transpose.getY() &&
         matmul.getRhs() != transpose.getY();
}

bool Grouping::absorb(Id producer, Id consumer) {
  Group &from = all[producer], &to = all[consumer];
  if (from.kind != GroupKind::Map || from.guarded != to.guarded ||
      from.size() + to.size() > maxOps)
    return false;
  bool leftTranspose = from.ops.size() == 1 && isLeftTranspose(from.ops[0]);
  if (to.kind != GroupKind::Map && !leftTranspose &&
      (to.kind == GroupKind::Opaque || !from.purelyPointwise ||
       from.shape != to.shape))
    return false;
  for (Operation *op : from.ops)
    for (OpOperand &use : op->getUses())
      if (member.lookup(use.getOwner()) == consumer && !leftTranspose)
        switch (kindOf(use.getOwner())) {
        case FusionKind::Pointwise:
        case FusionKind::Reduction:
          break;
        case FusionKind::Injective:
          // Not where each element would be computed many times over.
          if (tensorType(use.getOwner()->getResult(0)).getNumElements() >
                  tensorType(use.get()).getNumElements() &&
              !isa<PadOp>(use.getOwner()))
            return false;
          break;
        default:
          return false;
        }
  for (Operation *op : from.ops)
    member[op] = consumer;
  to.purelyPointwise &= from.purelyPointwise && from.shape == to.shape;
  from.ops.append(to.ops.begin(), to.ops.end());
  to.ops = std::move(from.ops);
  to.copies.insert(from.copies.begin(), from.copies.end());
  from.ops.clear();
  return true;
}

//===----------------------------------------------------------------------===//
// Merging siblings
//===----------------------------------------------------------------------===//

void Grouping::mergeSiblings() {
  SmallVector<Id> rows;
  for (Id id = 0; id < all.size(); ++id)
    if (all[id].kind == GroupKind::Rows && !all[id].ops.empty())
      rows.push_back(id);
  for (size_t i = 0; i < rows.size(); ++i)
    for (size_t j = i + 1; j < rows.size(); ++j) {
      if (!areSiblings(rows[i], rows[j]))
        continue;
      Group &to = all[rows[i]], &from = all[rows[j]];
      for (Operation *op : from.ops)
        member[op] = rows[i];
      to.ops.append(from.ops);
      to.copies.insert(from.copies.begin(), from.copies.end());
      from.ops.clear();
      llvm::sort(to.ops, [](Operation *a, Operation *b) {
        return a->isBeforeInBlock(b);
      });
      // The merged group may have siblings that neither part had.
      rows.erase(rows.begin() + j);
      j = i;
    }
}

/// Notes what a group reads from memory, another group aside; false where what
/// it reads of that one must come from memory.
bool Grouping::readsBeside(Id id, Id other, DenseSet<Id> &groups,
                           DenseSet<Value> &rows) const {
  const Group &group = all[id];
  for (Operation *op : group.ops)
    for (auto [v, broadcast] : readsOf(op, nullptr)) {
      std::optional<Id> from = groupOf(v);
      if (from == id)
        continue;
      if (from == other && !broadcast) {
        // Of a row, what was reduced; not repeated along it.
        if (kindOf(op) != FusionKind::Pointwise ||
            isa_and_nonnull<ReshapeOp, GuardOp>(v.getDefiningOp()) ||
            shapeOf(v) != ArrayRef<int64_t>(group.reducedShape))
          return false;
        continue;
      }
      if (from)
        groups.insert(*from);
      if (!broadcast && shapeOf(v) == ArrayRef<int64_t>(group.shape))
        rows.insert(v);
    }
  return !groups.contains(other);
}

bool Grouping::areSiblings(Id first, Id second) const {
  const Group &a = all[first], &b = all[second];
  if (a.guarded != b.guarded || a.shape != b.shape ||
      a.reducedDims != b.reducedDims || a.size() + b.size() > maxOps)
    return false;
  DenseSet<Id> groupsA, groupsB;
  DenseSet<Value> rowsA, rowsB;
  if (!readsBeside(first, second, groupsA, rowsA) ||
      !readsBeside(second, first, groupsB, rowsB))
    return false;
  // The same rows, or rows that one group makes.
  bool share = llvm::any_of(rowsA, [&](Value v) {
    std::optional<Id> id = groupOf(v);
    return rowsB.contains(v) || llvm::any_of(rowsB, [&](Value other) {
             return id && id == groupOf(other);
           });
  });
  auto waits = [&](const DenseSet<Id> &read, Id target) {
    return llvm::any_of(read, [&](Id id) { return dependsOn(id, target); });
  };
  return share && !waits(groupsA, second) && !waits(groupsB, first);
}

//===----------------------------------------------------------------------===//
// Order
//===----------------------------------------------------------------------===//

void Grouping::order() {
  // Depth first from each group in order of creation: producers come first.
  std::vector<uint8_t> done(all.size(), false);
  SmallVector<std::pair<Id, SmallVector<Id>>> stack;
  auto push = [&](Id id) {
    done[id] = true;
    SmallVector<Id> read;
    for (Operation *op : all[id].ops)
      llvm::append_range(read, groupsRead(op));
    llvm::sort(read, std::greater<Id>()); // taken from the back
    stack.push_back({id, std::move(read)});
  };
  // What stands before the guard never reads what stands behind it.
  SmallVector<Id> ids = llvm::to_vector(llvm::seq<Id>(0, all.size()));
  std::stable_partition(ids.begin(), ids.end(),
                        [&](Id id) { return !all[id].guarded; });
  for (Id id : ids) {
    if (done[id] || all[id].ops.empty())
      continue;
    push(id);
    while (!stack.empty()) {
      auto &[top, read] = stack.back();
      if (read.empty()) {
        Group &group = all[top];
        llvm::sort(group.ops, [](Operation *a, Operation *b) {
          return a->isBeforeInBlock(b);
        });
        ordered.push_back(group);
        stack.pop_back();
      } else if (Id next = read.pop_back_val(); !done[next]) {
        push(next);
      }
    }
  }
}

void Grouping::locate() {
  for (auto [i, group] : llvm::enumerate(ordered))
    for (Operation *op : group.ops)
      places[op].insert(i);
  // Readers come first, each in all its places.
  for (Operation &op : llvm::reverse(function.getBody().front()))
    for (OpOperand &use : op.getOpOperands())
      if (auto it = places.find(&op); it != places.end() && isCopiedInto(use)) {
        llvm::SmallDenseSet<size_t, 2> readers = it->second;
        places[use.get().getDefiningOp()].insert(readers.begin(),
                                                 readers.end());
      }
}

bool Grouping::isOutside(Operation *op, size_t group) const {
  auto it = places.find(op);
  return it == places.end() ||
         llvm::any_of(it->second, [&](size_t i) { return i != group; });
}

} // namespace tenon
