//===-- Interpreter.cpp - what tenon IR means, computed -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Reference/Interpreter.h"

#include "lib/Reference/Semantics.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/TypeSwitch.h"

#include <cmath>

using namespace mlir;
using namespace tenon;

namespace {

using Tensors = SmallVector<Tensor>;

class Interpreter {
public:
  explicit Interpreter(Observer observer) : observer(observer) {}

  FailureOr<Tensors> evaluate(Operation *op, ArrayRef<Tensor> operands);
  FailureOr<Tensors> run(Region &body, Location loc, Tensors arguments);
  FailureOr<Tensors> call(FunctionOpInterface function, Location loc,
                          Tensors arguments);

private:
  FailureOr<Tensors> evaluateComposite(CompositeOpInterface op,
                                       ArrayRef<Tensor> operands);

  /// Functions in .mlir files may call themselves.
  static constexpr unsigned maxDepth = 256;
  Observer observer;
  unsigned depth = 0;
};

/// The one result of a primitive; null if there is no memory for it.
Tensor evaluatePrimitive(Operation *op, ArrayRef<Tensor> x) {
  using namespace reference;
  return llvm::TypeSwitch<Operation *, Tensor>(op)
      .Case([&](PointwiseOpInterface) { return pointwise(op, x); })
      .Case([&](ReductionOpInterface o) { return reduce(o, x[0]); })
      .Case([&](ArgMaxOp o) {
        return argExtremum(x[0], o.getAxis(), true, o.getLast());
      })
      .Case([&](ArgMinOp o) {
        return argExtremum(x[0], o.getAxis(), false, o.getLast());
      })
      .Case([&](MaxPoolOp o) { return maxPool(o, x[0]); })
      .Case([&](MaxPoolIndexOp o) { return maxPoolIndex(o, x[0]); })
      .Case([&](AvgPoolOp o) { return avgPool(o, x[0]); })
      .Case([&](UnpoolOp o) {
        return unpool(o, x[0], x.size() > 1 ? x[1] : Tensor());
      })
      .Case([&](MatmulOp o) { return matmul(o, x[0], x[1]); })
      .Case([&](ConvOp o) { return conv(o, x[0], x[1]); })
      .Case([&](ConvFilterGradOp o) { return convFilterGrad(o, x[0], x[1]); })
      .Case([&](BroadcastOp o) { return broadcast(o, x[0]); })
      .Case([&](ReshapeOp o) { return x[0].reshaped(o.getType().getShape()); })
      .Case([&](TransposeOp o) { return transpose(x[0], o.getPermutation()); })
      .Case([&](SliceOp o) { return slice(o, x[0]); })
      .Case([&](PadOp o) { return pad(o, x[0]); })
      .Case([&](ConcatOp o) { return concat(o, x); })
      .Case([&](GatherOp o) { return gather(o, x[0], x[1]); })
      .Case([&](ScatterAddOp o) { return scatterAdd(o, x[0], x[1]); })
      .Case([&](IotaOp o) { return iota(o); })
      .Case([&](LinearIndexOp o) { return linearIndex(o); })
      .Case([&](PackOp o) { return pack(x[0], o.getPanel()); })
      .Case([&](UnpackOp o) { return unpack(x[0], o.getType().getShape()); });
}

bool isPrimitive(Operation *op) {
  return isa<PointwiseOpInterface, ReductionOpInterface, ArgMaxOp, ArgMinOp,
             MaxPoolOp, MaxPoolIndexOp, AvgPoolOp, UnpoolOp, MatmulOp, ConvOp,
             ConvFilterGradOp, BroadcastOp, ReshapeOp, TransposeOp, SliceOp,
             PadOp, ConcatOp, GatherOp, ScatterAddOp, IotaOp, LinearIndexOp,
             PackOp, UnpackOp>(op);
}

LogicalResult checkTypes(Location loc, TypeRange types, ArrayRef<Tensor> values,
                         StringRef what) {
  if (types.size() != values.size())
    return emitError(loc) << "needs " << types.size() << " " << what
                          << "s, got " << values.size();
  for (auto [i, t, v] : llvm::enumerate(types, values))
    if (!v || !v.hasType(t)) {
      InFlightDiagnostic d = emitError(loc)
                             << what << " " << i << " must be " << t;
      if (v)
        d << ", not " << v.type(loc.getContext());
      return d;
    }
  return success();
}

} // namespace

FailureOr<Tensors> Interpreter::evaluateComposite(CompositeOpInterface op,
                                                  ArrayRef<Tensor> operands) {
  // A block of its own, so that the op's neighbours do not change.
  Region scratch;
  Block &block = scratch.emplaceBlock();
  IRMapping map;
  for (Value v : op->getOperands())
    if (!map.contains(v))
      map.map(v, block.addArgument(v.getType(), v.getLoc()));
  OpBuilder b(op->getContext());
  b.setInsertionPointToEnd(&block);
  auto copy = cast<CompositeOpInterface>(b.clone(*op, map));
  SmallVector<Value> results = copy.decompose(b);
  if (results.size() != op->getNumResults()) {
    op->emitOpError("has no decomposition");
    return failure();
  }
  YieldOp::create(b, op->getLoc(), results);
  copy->erase();

  Tensors arguments(block.getNumArguments());
  for (auto [v, t] : llvm::zip(op->getOperands(), operands))
    arguments[cast<BlockArgument>(map.lookup(v)).getArgNumber()] = t;
  Observer outer = std::exchange(observer, nullptr);
  FailureOr<Tensors> values = run(scratch, op->getLoc(), std::move(arguments));
  observer = outer;
  return values;
}

FailureOr<Tensors> Interpreter::evaluate(Operation *op,
                                         ArrayRef<Tensor> operands) {
  if (failed(
          checkTypes(op->getLoc(), op->getOperandTypes(), operands, "operand")))
    return failure();
  if (auto constant = dyn_cast<ConstantOp>(op)) {
    FailureOr<Tensor> t = Tensor::fromAttr(op->getLoc(), constant.getValue());
    if (failed(t))
      return failure();
    return Tensors{*t};
  }
  if (isPrimitive(op)) {
    Tensor t = evaluatePrimitive(op, operands);
    if (!t)
      return op->emitOpError("no memory for ") << op->getResult(0).getType();
    assert(t.hasType(op->getResult(0).getType()) &&
           "interpreter computed another type");
    return Tensors{t};
  }
  if (auto composite = dyn_cast<CompositeOpInterface>(op))
    return evaluateComposite(composite, operands);
  if (auto group = dyn_cast<GroupOp>(op))
    return run(group.getBody(), op->getLoc(), Tensors(operands));
  if (auto recipe = dyn_cast<RecipeOp>(op))
    return run(recipe.getBody(), op->getLoc(), {});
  if (auto callOp = dyn_cast<func::CallOp>(op)) {
    auto callee = SymbolTable::lookupNearestSymbolFrom<FunctionOpInterface>(
        op, callOp.getCalleeAttr());
    if (!callee)
      return op->emitOpError("calls @")
             << callOp.getCallee() << ", which is no function here";
    return call(callee, op->getLoc(), Tensors(operands));
  }
  if (isa<GuardOp>(op)) {
    enum { Loss, Norm, Bad, Values };
    if (!std::isfinite(operands[Loss][0].toDouble()) ||
        !std::isfinite(operands[Norm][0].toDouble()) ||
        operands[Bad][0].toDouble() >= 0)
      return op->emitOpError(
          "stops the step: its loss, its gradient or a label "
          "is bad");
    return Tensors(operands.drop_front(Values));
  }
  if (isa<GradOp>(op))
    return op->emitOpError(
        "has no value before the gradient phase has replaced it");
  return op->emitOpError("has no meaning in the reference interpreter, "
                         "which knows the tenon dialect and func.call");
}

FailureOr<Tensors> Interpreter::run(Region &body, Location loc,
                                    Tensors arguments) {
  if (!body.hasOneBlock())
    return emitError(loc) << "must have exactly one block to be interpreted";
  Block &block = body.front();
  if (failed(checkTypes(loc, block.getArgumentTypes(), arguments, "argument")))
    return failure();

  /// A value and how often it is still read.
  struct Live {
    Tensor tensor;
    unsigned uses;
  };
  llvm::DenseMap<Value, Live> live;
  auto define = [&](Value v, Tensor t) {
    if (observer)
      observer(v, t);
    if (auto uses = std::distance(v.use_begin(), v.use_end()))
      live[v] = {std::move(t), static_cast<unsigned>(uses)};
  };
  for (auto [v, t] : llvm::zip(block.getArguments(), arguments))
    define(v, std::move(t));
  arguments.clear();

  for (Operation &op : block) {
    Tensors operands;
    for (Value v : op.getOperands()) {
      auto found = live.find(v);
      if (found == live.end())
        return op.emitOpError(
            "reads a value from outside the region that is interpreted");
      if (--found->second.uses == 0) {
        operands.push_back(std::move(found->second.tensor));
        live.erase(found);
      } else {
        operands.push_back(found->second.tensor);
      }
    }
    if (op.hasTrait<OpTrait::IsTerminator>())
      return operands;
    FailureOr<Tensors> results = evaluate(&op, operands);
    if (failed(results))
      return failure();
    for (auto [v, t] : llvm::zip(op.getResults(), *results))
      define(v, std::move(t));
  }
  return emitError(loc) << "has no terminator";
}

FailureOr<Tensors> Interpreter::call(FunctionOpInterface function, Location loc,
                                     Tensors arguments) {
  if (function.isExternal())
    return emitError(loc) << "@"
                          << SymbolTable::getSymbolName(function).getValue()
                          << " has no body";
  if (depth == maxDepth)
    return emitError(loc) << "calls nest deeper than " << maxDepth;
  ++depth;
  FailureOr<Tensors> results =
      run(function.getFunctionBody(), function.getLoc(), std::move(arguments));
  --depth;
  return results;
}

//===----------------------------------------------------------------------===//
// Entry points
//===----------------------------------------------------------------------===//

FailureOr<Tensors> tenon::evaluate(Operation *op, ArrayRef<Tensor> operands,
                                   Observer observer) {
  return Interpreter(observer).evaluate(op, operands);
}

FailureOr<Tensors> tenon::run(Region &body, Tensors arguments,
                              Observer observer) {
  return Interpreter(observer).run(body, body.getLoc(), std::move(arguments));
}

FailureOr<Tensors> tenon::run(FunctionOpInterface function, Tensors arguments,
                              Observer observer) {
  return Interpreter(observer).call(function, function.getLoc(),
                                    std::move(arguments));
}

FailureOr<Tensors> tenon::run(ModuleOp module, StringRef entry,
                              Tensors arguments, Observer observer) {
  FunctionOpInterface function;
  for (auto f : module.getOps<FunctionOpInterface>()) {
    StringRef name = SymbolTable::getSymbolName(f).getValue();
    if (entry.empty() ? f.isExternal() : name != entry)
      continue;
    if (function)
      return emitError(f.getLoc())
             << "several functions have a body: name the one to run";
    function = f;
  }
  if (!function) {
    InFlightDiagnostic d = emitError(module.getLoc()) << "no function to run";
    if (!entry.empty())
      d << " is named @" << entry;
    return d;
  }
  return run(function, std::move(arguments), observer);
}

FailureOr<Tensor> tenon::evaluateRecipe(RecipeOp recipe) {
  FailureOr<Tensors> results = run(recipe.getBody(), {});
  if (failed(results))
    return failure();
  return results->front();
}

FailureOr<SmallVector<ElementsAttr>>
tenon::fold(Operation *op, ArrayRef<ElementsAttr> operands) {
  Tensors tensors;
  for (ElementsAttr a : operands) {
    FailureOr<Tensor> t = Tensor::fromAttr(op->getLoc(), a);
    if (failed(t))
      return failure();
    tensors.push_back(*t);
  }
  FailureOr<Tensors> results = evaluate(op, tensors);
  if (failed(results))
    return failure();
  SmallVector<ElementsAttr> attrs;
  for (const Tensor &t : *results)
    attrs.push_back(t.toAttr(op->getContext()));
  return attrs;
}
