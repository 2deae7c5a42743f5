//===-- Permutation.cpp - arithmetic on dimension orders ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "lib/Transforms/Permutation.h"

#include "tenon/Analysis/Weights.h"

#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace tenon {

static constexpr int64_t cheapRepeats = 16;

bool repeatsOften(BroadcastOp op) {
  return tensorType(op.getX()).getNumElements() * cheapRepeats <=
         op.getType().getNumElements();
}

bool movesOnlyOnes(ArrayRef<int64_t> shape, ArrayRef<int64_t> p) {
  int64_t last = -1;
  for (int64_t d : p) {
    if (shape[d] == 1)
      continue;
    if (d < last)
      return false;
    last = d;
  }
  return true;
}

bool isGenerated(Value v) {
  constexpr size_t most = 64;
  llvm::SmallSetVector<Operation *, 16> ops;
  auto add = [&](Value v) {
    Operation *op = v.getDefiningOp();
    if (auto broadcast = dyn_cast_or_null<BroadcastOp>(op))
      return tensorType(broadcast.getX()).getNumElements() == 1;
    if (isSplatConstant(v) || isa_and_nonnull<IotaOp, LinearIndexOp>(op))
      return true;
    return isa_and_nonnull<PointwiseOpInterface>(op) &&
           (ops.insert(op), ops.size() <= most);
  };
  if (!add(v))
    return false;
  for (size_t i = 0; i < ops.size(); ++i)
    if (!llvm::all_of(ops[i]->getOperands(), add))
      return false;
  return true;
}

/// A generated value in the order p; `done` holds what is already built.
static Value regenerated(OpBuilder &b, Value v, ArrayRef<int64_t> p,
                         llvm::DenseMap<Value, Value> &done) {
  if (Value known = done.lookup(v))
    return known;
  Operation *op = v.getDefiningOp();
  if (!isa<PointwiseOpInterface>(op))
    return done[v] = transposed(b, v, p);
  SmallVector<Value> operands;
  for (Value operand : op->getOperands())
    operands.push_back(regenerated(b, operand, p, done));
  RankedTensorType from = tensorType(v);
  OperationState state(op->getLoc(), op->getName(), operands,
                       {from.clone(permuted(from.getShape(), p))},
                       op->getAttrs());
  return done[v] = b.create(state)->getResult(0);
}

Value transposed(OpBuilder &b, Value v, ArrayRef<int64_t> p) {
  if (isIdentity(p))
    return v;
  RankedTensorType from = tensorType(v);
  RankedTensorType to = from.clone(permuted(from.getShape(), p));
  Location loc = v.getLoc();
  if (auto inner = v.getDefiningOp<TransposeOp>()) {
    Permutation both;
    for (int64_t d : p)
      both.push_back(inner.getPermutation()[d]);
    return transposed(b, inner.getX(), both);
  }
  if (isSplatConstant(v)) {
    auto constant = v.getDefiningOp<ConstantOp>();
    return ConstantOp::create(
        b, loc, to,
        cast<DenseElementsAttr>(constant.getValue()).resizeSplat(to));
  }
  if (auto broadcast = v.getDefiningOp<BroadcastOp>()) {
    // Operand dimension j lands at position[j]; broadcast wants these to
    // ascend, so the operand, which is smaller, is transposed to that order.
    Permutation back = inverse(p), order, dims;
    for (auto [j, d] : llvm::enumerate(broadcast.getDims()))
      order.push_back(j);
    llvm::sort(order, [&](int64_t i, int64_t j) {
      return back[broadcast.getDims()[i]] < back[broadcast.getDims()[j]];
    });
    for (int64_t j : order)
      dims.push_back(back[broadcast.getDims()[j]]);
    return BroadcastOp::create(b, loc, to,
                               transposed(b, broadcast.getX(), order), dims);
  }
  if (auto iota = v.getDefiningOp<IotaOp>())
    return IotaOp::create(b, loc, to, inverse(p)[iota.getAxis()]);
  if (auto index = v.getDefiningOp<LinearIndexOp>())
    return LinearIndexOp::create(b, loc, to, permuted(index.getStrides(), p));
  if (isGenerated(v)) {
    llvm::DenseMap<Value, Value> done;
    return regenerated(b, v, p, done);
  }
  if (movesOnlyOnes(from.getShape(), p))
    return b.createOrFold<ReshapeOp>(loc, to, v);
  return TransposeOp::create(b, loc, v, p);
}

bool transposesFreely(Value v, ArrayRef<int64_t> p) {
  if (isConstantDerived(v) || isGenerated(v) ||
      movesOnlyOnes(tensorType(v).getShape(), p))
    return true;
  if (auto inner = v.getDefiningOp<TransposeOp>())
    return inverse(inner.getPermutation()) == Permutation(p);
  if (auto broadcast = v.getDefiningOp<BroadcastOp>()) {
    Permutation back = inverse(p), order;
    for (int64_t d : broadcast.getDims())
      order.push_back(back[d]);
    return llvm::is_sorted(order) || repeatsOften(broadcast);
  }
  return false;
}

SmallVector<ReshapeGroup> reshapeGroups(ArrayRef<int64_t> from,
                                        ArrayRef<int64_t> to) {
  auto hasZero = [](ArrayRef<int64_t> s) { return llvm::is_contained(s, 0); };
  if (hasZero(from) || hasZero(to))
    return {};
  SmallVector<ReshapeGroup> groups;
  int64_t n = from.size(), m = to.size(), i = 0, j = 0;
  while (i < n && j < m) {
    ReshapeGroup g{i, i + 1, j, j + 1};
    int64_t a = from[i++], b = to[j++];
    while (a != b) {
      if (a < b)
        a *= from[i++];
      else
        b *= to[j++];
    }
    g.fromEnd = i;
    g.toEnd = j;
    groups.push_back(g);
  }
  // What is left has extent 1: the last group takes it.
  if (i < n || j < m) {
    if (groups.empty())
      groups.push_back({0, 0, 0, 0});
    groups.back().fromEnd = n;
    groups.back().toEnd = m;
  }
  return groups;
}

} // namespace tenon
