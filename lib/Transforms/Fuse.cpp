//===-- Fuse.cpp - ops become groups, each one kernel ---------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Control.h"
#include "dialects/Tenon/Shape.h"
#include "dialects/Tenon/State.h"
#include "lib/Transforms/Grouping.h"
#include "lib/Transforms/Patterns.h"
#include "lib/Transforms/Repeat.h"
#include "tenon/Analysis/InPlace.h"
#include "tenon/Transforms/Contracts.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/IR/Dominance.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Transforms/CSE.h"

using namespace mlir;

namespace tenon {

#define GEN_PASS_DEF_FUSEPASS
#include "tenon/Transforms/Passes.h.inc"

namespace {

/// Writes a grouping into the function: the new ops are built behind the old
/// ones, which then go.
class Emitter {
public:
  Emitter(func::FuncOp function, const Grouping &grouping)
      : function(function), block(function.getBody().front()),
        grouping(grouping), builder(block.getTerminator()) {}

  void run() {
    SmallVector<Operation *> old;
    for (Operation &op : block.without_terminator())
      old.push_back(&op);
    auto guards = llvm::to_vector(block.getOps<GuardOp>());
    bool passed = guards.empty();
    for (auto [i, group] : llvm::enumerate(grouping.groups())) {
      if (group.guarded && !passed) {
        emit(guards.front());
        passed = true;
      }
      emit(group, i);
    }
    if (!passed)
      emit(guards.front());
    emitReturn();
    for (Operation *op : llvm::reverse(old))
      if (op->use_empty())
        op->erase();
  }

private:
  /// The new value for one that the old ops computed; inputs and weights stay.
  Value fromMemory(Value v) {
    if (Value known = memory.lookupOrNull(v))
      return known;
    auto reshape = v.getDefiningOp<ReshapeOp>();
    if (!reshape || grouping.isWeightOp(reshape))
      return v;
    Value x = fromMemory(reshape.getX());
    Value moved = v;
    if (x != reshape.getX())
      moved = builder.createOrFold<ReshapeOp>(v.getLoc(), v.getType(), x);
    memory.map(v, moved);
    return moved;
  }

  /// Whether something outside a group reads a value, directly or through an
  /// op that is copied into its reader.
  bool isReadOutside(Value v, size_t group) {
    return llvm::any_of(v.getUses(), [&](OpOperand &use) {
      Operation *user = use.getOwner();
      return !grouping.isCopiedInto(use) && !grouping.isWeightOp(user) &&
             grouping.isOutside(user, group);
    });
  }

  void emit(GuardOp guard) {
    SmallVector<Value> operands;
    for (Value v : guard->getOperands())
      operands.push_back(fromMemory(v));
    Operation *moved = builder.clone(*guard);
    moved->setOperands(operands);
    memory.map(guard->getResults(), moved->getResults());
  }

  void emit(const Group &group, size_t number) {
    SmallVector<Location> locations;
    SmallVector<Value> inputs, outputs;
    for (Operation *op : group.ops) {
      locations.push_back(op->getLoc());
      if (isReadOutside(op->getResult(0), number))
        outputs.push_back(op->getResult(0));
    }
    Location loc = FusedLoc::get(builder.getContext(), locations);

    auto *body = new Block(); // the group owns it in the end
    OpBuilder inner(builder.getContext());
    inner.setInsertionPointToEnd(body);
    IRMapping map;
    // Copies of what is cheaper to compute again than to read.
    std::function<void(Operation *)> clone = [&](Operation *op) {
      for (OpOperand &use : op->getOpOperands()) {
        Value v = use.get();
        if (map.contains(v))
          continue;
        if (grouping.isCopiedInto(use)) {
          clone(v.getDefiningOp());
          continue;
        }
        Value external = fromMemory(v);
        auto known = llvm::find(inputs, external);
        if (known == inputs.end()) {
          inputs.push_back(external);
          map.map(v, body->addArgument(v.getType(), v.getLoc()));
        } else {
          map.map(v, body->getArgument(known - inputs.begin()));
        }
      }
      inner.clone(*op, map);
    };
    for (Operation *op : group.ops)
      clone(op);
    SmallVector<Value> yielded;
    for (Value v : outputs)
      yielded.push_back(map.lookup(v));
    YieldOp::create(inner, loc, yielded);

    auto op = GroupOp::create(builder, loc, ValueRange(outputs).getTypes(),
                              inputs, KernelAttr(), DenseI64ArrayAttr());
    op.getBody().push_back(body);
    for (auto [before, after] : llvm::zip(outputs, op.getOutputs()))
      memory.map(before, after);
  }

  /// A function's results are written where the caller says: each needs a
  /// kernel that writes it.
  void emitReturn() {
    Operation *ret = block.getTerminator();
    SmallPtrSet<Value, 4> written;
    for (OpOperand &operand : ret->getOpOperands()) {
      Value v = fromMemory(operand.get());
      Value base = rootOf(v);
      if (!base.getDefiningOp<GroupOp>() || !written.insert(base).second ||
          overwritesWhatItReads(base, operand.getOperandNumber()))
        v = copy(v);
      operand.set(v);
    }
  }

  /// A variable's new value takes the place of the old one: the group that
  /// computes it must not look at other elements of that.
  bool overwritesWhatItReads(Value result, unsigned number) {
    FlatSymbolRefAttr variable = variableOfResult(function, number);
    auto group = result.getDefiningOp<GroupOp>();
    if (!variable || !group)
      return false;
    for (auto [i, input] : llvm::enumerate(group.getInputs())) {
      auto argument = dyn_cast<BlockArgument>(rootOf(input));
      if (argument &&
          variableOfArgument(function, argument.getArgNumber()) == variable &&
          !isReadAtPoint(group, i))
        return true;
    }
    return false;
  }

  Value copy(Value v) {
    auto op = GroupOp::create(builder, v.getLoc(), v.getType(), v, KernelAttr(),
                              DenseI64ArrayAttr());
    Block &body = op.getBody().emplaceBlock();
    Value argument = body.addArgument(v.getType(), v.getLoc());
    OpBuilder inner = OpBuilder::atBlockEnd(&body);
    YieldOp::create(inner, v.getLoc(), argument);
    return op->getResult(0);
  }

  func::FuncOp function;
  Block &block;
  const Grouping &grouping;
  OpBuilder builder;
  IRMapping memory; ///< old values -> what holds them now
};

struct Fuse : impl::FusePassBase<Fuse> {
  using FusePassBase::FusePassBase;

  void runOnOperation() override {
    func::FuncOp function = getOperation();
    if (function.isExternal())
      return;
    if (!llvm::hasSingleElement(function.getBody())) {
      function.emitError("fuse needs a function of one block");
      return signalPassFailure();
    }
    IRRewriter rewriter(&getContext());
    DominanceInfo dominance(function);
    if (enabled)
      sinkReshapes(function);
    eliminateCommonSubExpressions(rewriter, dominance, function);
    OpSet repeated;
    if (enabled)
      repeated =
          opsToRepeat(function, Grouping(function, true, maxOps), maxOps);
    Emitter(function, Grouping(function, enabled, maxOps, std::move(repeated)))
        .run();
    if (failed(checkFused(function)))
      signalPassFailure();
  }
};

} // namespace
} // namespace tenon
