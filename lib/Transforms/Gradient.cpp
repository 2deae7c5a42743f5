//===-- Gradient.cpp - tenon.grad becomes forward and reverse walk --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Control.h"
#include "dialects/Tenon/Elementwise.h"
#include "dialects/Tenon/Shape.h"
#include "tenon/Transforms/Contracts.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/IR/IRMapping.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace tenon {

#define GEN_PASS_DEF_GRADIENTPASS
#include "tenon/Transforms/Passes.h.inc"

namespace {

bool isFloatTensor(Value v) {
  return isa<FloatType>(getElementTypeOrSelf(v.getType()));
}

/// The op's name, with the name its node had in the model where it had one.
std::string describe(Operation *op) {
  std::string text = op->getName().getStringRef().str();
  op->getLoc()->walk([&](Location loc) {
    auto name = dyn_cast<NameLoc>(loc);
    if (!name)
      return WalkResult::advance();
    text += " \"" + name.getName().str() + "\"";
    return WalkResult::interrupt();
  });
  return text;
}

/// Turns a copy of a function into one that also returns gradients.
class ReverseWalk {
public:
  ReverseWalk(func::FuncOp function, ArrayRef<int64_t> wrt)
      : function(function), block(function.getBody().front()), wrt(wrt) {}

  /// Appends one result per entry of `wrt`: the gradient of result 0.
  LogicalResult run() {
    decomposeComposites();
    findActive();
    auto ret = cast<func::ReturnOp>(block.getTerminator());
    OpBuilder b(ret);
    Value loss = ret.getOperand(0);
    auto lossType = cast<RankedTensorType>(loss.getType());
    if (active.contains(loss))
      cotangents[loss] = ConstantOp::splat(b, ret.getLoc(), lossType, 1.0);

    SmallVector<Operation *> forward;
    for (Operation &op : block.without_terminator())
      forward.push_back(&op);
    if (active.contains(loss)) // The seed itself is no forward op.
      forward.pop_back();
    for (Operation *op : llvm::reverse(forward))
      if (failed(visit(op, b)))
        return failure();

    SmallVector<Value> results(ret.getOperands());
    for (int64_t i : wrt) {
      Value argument = block.getArgument(i);
      Value gradient = cotangents.lookup(argument);
      auto type = cast<RankedTensorType>(argument.getType());
      if (!gradient)
        gradient = ConstantOp::splat(b, ret.getLoc(), type, 0.0);
      results.push_back(gradient);
    }
    ret->setOperands(results);
    function.setFunctionType(b.getFunctionType(block.getArgumentTypes(),
                                               ValueRange(results).getTypes()));
    eraseDead();
    return success();
  }

private:
  /// Composites with a gradient of their own stay; the rest have that of what
  /// they are made of.
  void decomposeComposites() {
    for (bool changed = true; changed;) {
      changed = false;
      for (Operation &op : llvm::make_early_inc_range(block)) {
        auto composite = dyn_cast<CompositeOpInterface>(op);
        if (!composite || isa<VJPOpInterface>(op))
          continue;
        OpBuilder b(&op);
        op.replaceAllUsesWith(composite.decompose(b));
        op.erase();
        changed = true;
      }
    }
  }

  /// Active are float values that depend on a wrt argument through floats.
  void findActive() {
    for (int64_t i : wrt)
      active.insert(block.getArgument(i));
    for (Operation &op : block.without_terminator())
      if (hasActiveOperand(&op))
        for (Value result : op.getResults())
          if (isFloatTensor(result))
            active.insert(result);
  }

  bool hasActiveOperand(Operation *op) {
    return llvm::any_of(op->getOperands(),
                        [&](Value v) { return active.contains(v); });
  }

  LogicalResult visit(Operation *op, OpBuilder &b) {
    SmallVector<Value> incoming;
    for (Value result : op->getResults())
      incoming.push_back(cotangents.lookup(result));
    if (!hasActiveOperand(op) ||
        llvm::all_of(incoming, [](Value v) { return !v; }))
      return success();
    auto vjp = dyn_cast<VJPOpInterface>(op);
    if (!vjp)
      return noGradient(op);
    SmallVector<Value> outgoing = vjp.buildVJP(b, incoming);
    if (outgoing.empty())
      return failure();
    for (auto [operand, cotangent] : llvm::zip(op->getOperands(), outgoing)) {
      if (!cotangent || !active.contains(operand))
        continue;
      Value &sum = cotangents[operand];
      sum = sum ? Value(AddOp::create(b, op->getLoc(), sum, cotangent))
                : cotangent;
      consumer.try_emplace(operand, op);
    }
    return success();
  }

  /// Names the ops from the loss to an argument that pass through `op`.
  LogicalResult noGradient(Operation *op) {
    SmallVector<std::string> path;
    for (Operation *at = op; at;) {
      Operation *next = nullptr;
      for (Value result : at->getResults())
        next = next ? next : consumer.lookup(result);
      if (next)
        path.push_back(describe(next));
      at = next;
    }
    std::reverse(path.begin(), path.end());
    path.push_back(describe(op));
    unsigned argument = 0;
    for (Operation *at = op; at;) {
      Value v = *llvm::find_if(at->getOperands(),
                               [&](Value v) { return active.contains(v); });
      if (auto arg = dyn_cast<BlockArgument>(v))
        argument = arg.getArgNumber();
      at = v.getDefiningOp();
      if (at)
        path.push_back(describe(at));
    }
    InFlightDiagnostic d = op->emitOpError()
                           << "has no gradient, and the loss of @"
                           << function.getName() << " depends on argument "
                           << argument << " through it";
    d.attachNote(function.getLoc())
        << "from the loss: " << llvm::join(path, " <- ") << " <- argument "
        << argument
        << "; take the argument out of wrt, or compute this part without it";
    return failure();
  }

  void eraseDead() {
    for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block)))
      if (isOpTriviallyDead(&op))
        op.erase();
  }

  func::FuncOp function;
  Block &block;
  ArrayRef<int64_t> wrt;
  DenseSet<Value> active;
  DenseMap<Value, Value> cotangents;
  DenseMap<Value, Operation *> consumer; ///< who first gave a cotangent
};

struct Gradient : impl::GradientPassBase<Gradient> {
  void runOnOperation() override {
    inProgress.clear();
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (failed(expand(function)))
        return signalPassFailure();
    eraseUnused();
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (failed(checkGradient(function)))
        return signalPassFailure();
  }

  /// Replaces every tenon.grad in a function, those of its callees first.
  LogicalResult expand(func::FuncOp function) {
    if (!inProgress.insert(function).second)
      return function.emitError("tenon.grad of a function that calls itself");
    SmallVector<GradOp> ops;
    function.walk([&](GradOp op) { ops.push_back(op); });
    for (GradOp op : ops)
      if (failed(replace(op)))
        return failure();
    inProgress.erase(function);
    return success();
  }

  LogicalResult replace(GradOp op) {
    auto callee = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(
        op, op.getCalleeAttr());
    if (!callee || callee.isExternal() ||
        !llvm::hasSingleElement(callee.getBody()))
      return op.emitOpError() << "@" << op.getCallee()
                              << " needs a body of one block to differentiate";
    if (failed(expand(callee)))
      return failure();
    // A copy, because arguments must stay distinct while it is differentiated:
    // a caller may pass one value twice.
    OwningOpRef<func::FuncOp> copy(callee.clone());
    if (failed(ReverseWalk(*copy, op.getWrt()).run()))
      return op.emitError("required by this gradient");
    IRMapping map;
    Block &body = copy->getBody().front();
    map.map(body.getArguments(), op.getInputs());
    OpBuilder b(op);
    for (Operation &inner : body.without_terminator())
      b.clone(inner, map);
    for (auto [result, v] :
         llvm::zip(op.getOutputs(), body.getTerminator()->getOperands()))
      result.replaceAllUsesWith(map.lookupOrDefault(v));
    op.erase();
    return success();
  }

  /// A private function that nobody names any more was a loss.
  void eraseUnused() {
    for (auto function :
         llvm::make_early_inc_range(getOperation().getOps<func::FuncOp>()))
      if (function.isPrivate() &&
          SymbolTable::symbolKnownUseEmpty(function, getOperation()))
        function.erase();
  }

  DenseSet<Operation *> inProgress;
};

} // namespace
} // namespace tenon
