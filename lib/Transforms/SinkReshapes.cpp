//===-- SinkReshapes.cpp - pointwise work in its producer's shape ---------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A view between a producer and a pointwise op or reduction keeps them in two
// groups. Where the work can be done in the producer's shape, the view moves
// behind it; of several producers the last one decides, whose group the op is
// going to join. A reduction of a part of the producer's dimensions cannot
// follow; then pointwise work that is done for it alone is done in its shape.
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Shape.h"
#include "lib/Transforms/Patterns.h"
#include "lib/Transforms/Permutation.h"
#include "tenon/Analysis/Weights.h"

using namespace mlir;

namespace tenon {
namespace {

Value throughViews(Value v) {
  while (auto reshape = v.getDefiningOp<ReshapeOp>())
    v = reshape.getX();
  return v;
}

/// A view of `v`, of the first tensor under a chain of views.
Value view(OpBuilder &b, Value v, ArrayRef<int64_t> shape) {
  auto type = tensorType(v).clone(shape);
  Value base = throughViews(v);
  if (base.getType() == type)
    return base;
  return b.createOrFold<ReshapeOp>(v.getLoc(), type, base);
}

/// The broadcast's place in another shape of the same elements: which of its
/// dimensions the operand fills. Fails where the operand fills a part of a
/// group of dimensions that the shapes have in common.
std::optional<SmallVector<int64_t>> rebasedDims(BroadcastOp op,
                                                ArrayRef<int64_t> shape) {
  ArrayRef<int64_t> from = op.getType().getShape();
  SmallVector<int64_t> dims;
  SmallVector<ReshapeGroup> groups = reshapeGroups(from, shape);
  if (groups.empty() && !from.empty())
    return std::nullopt;
  for (const ReshapeGroup &g : groups) {
    bool some = false, all = true;
    for (int64_t d = g.fromBegin; d < g.fromEnd; ++d) {
      if (from[d] == 1)
        continue;
      bool filled = llvm::is_contained(op.getDims(), d);
      some |= filled;
      all &= filled;
    }
    if (some && !all)
      return std::nullopt;
    if (some)
      for (int64_t d = g.toBegin; d < g.toEnd; ++d)
        dims.push_back(d);
  }
  return dims;
}

/// Which dims of `shape` a reduction folds, in the order it lists them; fails
/// where it folds a part of a group of dimensions, or in another order.
std::optional<SmallVector<int64_t>> rebasedReduction(ArrayRef<int64_t> from,
                                                     ArrayRef<int64_t> reduced,
                                                     ArrayRef<int64_t> shape) {
  SmallVector<ReshapeGroup> groups = reshapeGroups(from, shape);
  SmallVector<int64_t> wide, folded, dims;
  for (int64_t d : reduced)
    if (from[d] != 1)
      wide.push_back(d);
  for (int64_t d : wide)
    for (const ReshapeGroup &g : groups)
      if (g.fromBegin <= d && d < g.fromEnd &&
          (dims.empty() || dims.back() < g.toBegin || dims.back() >= g.toEnd))
        for (int64_t i = g.fromBegin, j = g.toBegin; i < g.fromEnd; ++i) {
          if (from[i] != 1)
            folded.push_back(i);
          for (; i + 1 == g.fromEnd && j < g.toEnd; ++j)
            dims.push_back(j);
        }
  // Equal lists mean: whole groups, each in order.
  if (groups.empty() || folded != wide)
    return std::nullopt;
  return dims;
}

/// The position's strides in another shape of the same elements; fails where a
/// group of dimensions that the shapes have in common is not counted in order.
std::optional<SmallVector<int64_t>> rebasedStrides(LinearIndexOp op,
                                                   ArrayRef<int64_t> shape) {
  ArrayRef<int64_t> from = op.getType().getShape();
  SmallVector<ReshapeGroup> groups = reshapeGroups(from, shape);
  if (groups.empty() && !from.empty())
    return std::nullopt;
  SmallVector<int64_t> strides(shape.size(), 0);
  for (const ReshapeGroup &g : groups) {
    int64_t next = 0, last = 0; // the expected stride; none yet
    for (int64_t d = g.fromEnd - 1; d >= g.fromBegin; --d) {
      if (from[d] == 1)
        continue;
      int64_t stride = op.getStrides()[d];
      if (last && stride != next)
        return std::nullopt;
      last = last ? last : stride;
      next = stride * from[d];
    }
    for (int64_t d = g.toEnd - 1; d >= g.toBegin; --d) {
      strides[d] = last;
      last *= shape[d];
    }
  }
  return strides;
}

class Sink {
public:
  explicit Sink(func::FuncOp function)
      : function(function), weights(function.getBody().front()) {}

  void run() {
    for (Operation &op :
         llvm::make_early_inc_range(function.getBody().front())) {
      if (op.getNumResults() == 1 && weights.isConstantDerived(op.getResult(0)))
        continue;
      if (auto reshape = dyn_cast<ReshapeOp>(op))
        mergeViews(reshape);
      else if (auto broadcast = dyn_cast<BroadcastOp>(op))
        dropView(broadcast);
      else if (isa<PointwiseOpInterface>(op))
        sinkBelow(&op);
      else if (auto reduction = dyn_cast<ReductionOpInterface>(op))
        sinkBelow(reduction);
    }
    for (Operation &op :
         llvm::make_early_inc_range(llvm::reverse(function.getBody().front())))
      if (isOpTriviallyDead(&op))
        op.erase();
  }

private:
  void mergeViews(ReshapeOp op) {
    Value base = throughViews(op);
    if (base.getType() == op.getType())
      op.replaceAllUsesWith(base);
    else
      op->setOperand(0, base);
  }

  /// broadcast(reshape(x)) is a broadcast of x where the reshape only adds or
  /// removes extents of 1 and x's own find a place in the result.
  void dropView(BroadcastOp op) {
    auto reshape = op.getX().getDefiningOp<ReshapeOp>();
    if (!reshape)
      return;
    ArrayRef<int64_t> to = op.getType().getShape(), dims = op.getDims();
    SmallVector<int64_t> wide, result;
    for (int64_t d : dims)
      if (to[d] != 1)
        wide.push_back(d);
    Value base = throughViews(reshape);
    size_t next = 0;
    int64_t free = 0; // the first result dimension not yet passed
    for (int64_t extent : tensorType(base).getShape()) {
      int64_t d = free;
      if (extent != 1) {
        if (next == wide.size() || to[wide[next]] != extent)
          return;
        d = wide[next++];
      } else {
        int64_t limit = next < wide.size() ? wide[next] : to.size();
        while (d < limit && to[d] != 1)
          ++d;
        if (d == limit)
          return;
      }
      result.push_back(d);
      free = d + 1;
    }
    op->setOperand(0, base);
    op.setDims(result);
  }

  /// What computes the element type's bits last, seen through a view.
  Value latest(Operation *op) {
    Value last;
    for (Value v : op->getOperands()) {
      Operation *producer = throughViews(v).getDefiningOp();
      if (!producer || isa<BroadcastOp, IotaOp>(producer) ||
          isGenerated(throughViews(v)) ||
          weights.isConstantDerived(throughViews(v)))
        continue;
      Operation *best = last ? throughViews(last).getDefiningOp() : nullptr;
      if (!best || best->isBeforeInBlock(producer))
        last = v;
    }
    return last && last.getDefiningOp<ReshapeOp>() ? last : Value();
  }

  /// A generated value in another shape; null where that cannot be had. `done`
  /// holds what is already built.
  Value rebased(OpBuilder &b, Value v, ArrayRef<int64_t> shape,
                llvm::DenseMap<Value, Value> &done) {
    if (Value known = done.lookup(v))
      return known;
    Operation *op = v.getDefiningOp();
    RankedTensorType to = tensorType(v).clone(shape);
    Location loc = v.getLoc();
    if (isa<IotaOp>(op))
      return {};
    if (auto index = dyn_cast<LinearIndexOp>(op)) {
      auto strides = rebasedStrides(index, shape);
      if (!strides)
        return {};
      return done[v] = LinearIndexOp::create(b, loc, to, *strides);
    }
    if (auto broadcast = dyn_cast<BroadcastOp>(op)) // of one element
      return done[v] =
                 BroadcastOp::create(b, loc, to, view(b, broadcast.getX(), {}),
                                     ArrayRef<int64_t>{});
    if (!isa<PointwiseOpInterface>(op))
      return done[v] = view(b, v, shape); // a splat: it folds
    SmallVector<Value> operands;
    for (Value operand : op->getOperands())
      if (!operands.emplace_back(rebased(b, operand, shape, done)))
        return {};
    OperationState state(loc, op->getName(), operands, {to}, op->getAttrs());
    return done[v] = b.create(state)->getResult(0);
  }

  /// The operands of a pointwise op in another shape, broadcasts repeated
  /// there; none where that cannot be had. What was built for nothing is dead.
  std::optional<SmallVector<Value>> operandsIn(OpBuilder &b, Operation *op,
                                               ArrayRef<int64_t> shape) {
    SmallVector<std::optional<SmallVector<int64_t>>> dims;
    for (Value v : op->getOperands()) {
      dims.emplace_back();
      auto broadcast = v.getDefiningOp<BroadcastOp>();
      if (broadcast && !(dims.back() = rebasedDims(broadcast, shape)))
        return std::nullopt;
    }
    SmallVector<Value> operands;
    llvm::DenseMap<Value, Value> done;
    for (auto [v, places] : llvm::zip(op->getOperands(), dims)) {
      auto broadcast = v.getDefiningOp<BroadcastOp>();
      if (!broadcast) {
        Value moved =
            isGenerated(v) ? rebased(b, v, shape, done) : view(b, v, shape);
        if (!moved)
          return std::nullopt;
        operands.push_back(moved);
        continue;
      }
      SmallVector<int64_t> source;
      for (int64_t d : *places)
        source.push_back(shape[d]);
      operands.push_back(
          BroadcastOp::create(b, v.getLoc(), tensorType(v).clone(shape),
                              view(b, broadcast.getX(), source), *places));
    }
    return operands;
  }

  void sinkBelow(Operation *op) {
    Value last = latest(op);
    if (!last)
      return;
    ArrayRef<int64_t> shape = tensorType(throughViews(last)).getShape();
    OpBuilder b(op);
    if (auto operands = operandsIn(b, op, shape))
      replace(b, op, *operands, shape, op->getAttrs());
  }

  /// Whether a value is in memory whatever becomes of its readers: an argument,
  /// or what is summed or seen in another shape.
  static bool isInMemory(Value v) {
    auto readsMemory = [](Operation *user) {
      return isa<ReductionOpInterface>(user) ||
             (isa<ReshapeOp>(user) && !user->use_empty());
    };
    return !v.getDefiningOp() || llvm::any_of(v.getUsers(), readsMemory);
  }

  /// The pointwise ops from what is in memory to `v`, if all that they compute
  /// is read in `shape` alone; none otherwise.
  SmallVector<Operation *> workFor(Value v, ArrayRef<int64_t> shape) {
    SetVector<Operation *> work;
    work.insert(v.getDefiningOp());
    for (size_t i = 0; i < work.size(); ++i) {
      if (!isa_and_nonnull<PointwiseOpInterface>(work[i]))
        return {};
      for (Value operand : work[i]->getOperands())
        if (Value base = throughViews(operand);
            !operand.getDefiningOp<BroadcastOp>() && !isGenerated(operand) &&
            !weights.isConstantDerived(base) && !isInMemory(base))
          work.insert(base.getDefiningOp());
    }
    for (Operation *op : work)
      for (Operation *user : op->getUsers()) {
        auto reshape = dyn_cast<ReshapeOp>(user);
        if (!work.contains(user) &&
            !(reshape && reshape.getType().getShape() == shape))
          return {};
      }
    SmallVector<Operation *> ordered = work.takeVector();
    llvm::sort(ordered, [](Operation *a, Operation *b) {
      return a->isBeforeInBlock(b);
    });
    return ordered;
  }

  /// Does pointwise work in the only shape that it is read in.
  void raise(Value v, ArrayRef<int64_t> shape) {
    for (Operation *op : workFor(v, shape)) {
      OpBuilder b(op);
      auto operands = operandsIn(b, op, shape);
      if (!operands)
        return;
      SmallVector<Operation *> users(op->getUsers());
      replace(b, op, *operands, shape, op->getAttrs());
      for (Operation *user : users)
        if (auto reshape = dyn_cast<ReshapeOp>(user))
          mergeViews(reshape);
    }
  }

  void sinkBelow(ReductionOpInterface op) {
    Value last = latest(op);
    if (!last)
      return;
    Value x = throughViews(last);
    ArrayRef<int64_t> shape = tensorType(x).getShape();
    auto dims = rebasedReduction(tensorType(last).getShape(),
                                 op.getReducedDims(), shape);
    if (!dims)
      return raise(x, tensorType(last).getShape());
    SmallVector<int64_t> kept;
    for (auto [d, extent] : llvm::enumerate(shape))
      if (!llvm::is_contained(*dims, static_cast<int64_t>(d)))
        kept.push_back(extent);
    OpBuilder b(op);
    NamedAttrList attributes(op->getAttrs());
    attributes.set("dims", b.getDenseI64ArrayAttr(*dims));
    replace(b, op, x, kept, attributes);
  }

  void replace(OpBuilder &b, Operation *op, ValueRange operands,
               ArrayRef<int64_t> shape, const NamedAttrList &attributes) {
    auto type = tensorType(op->getResult(0));
    OperationState state(op->getLoc(), op->getName(), operands,
                         {type.clone(shape)});
    state.attributes = attributes;
    Operation *sunk = b.create(state);
    op->getResult(0).replaceAllUsesWith(
        view(b, sunk->getResult(0), type.getShape()));
    op->erase();
  }

  func::FuncOp function;
  Weights weights; ///< as of before; views of weights are looked through
};

} // namespace

void sinkReshapes(func::FuncOp function) { Sink(function).run(); }

} // namespace tenon
