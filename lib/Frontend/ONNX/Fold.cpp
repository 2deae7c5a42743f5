//===-- Fold.cpp - what can be known now is computed now ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "lib/Frontend/ONNX/Importer.h"

#include "dialects/Tenon/Shape.h"
#include "dialects/Tenon/State.h"
#include "lib/Frontend/ONNX/NodeImporter.h"
#include "mlir/IR/Verifier.h"
#include "tenon/Reference/Interpreter.h"

using namespace mlir;
using namespace tenon;
using namespace tenon::onnx;

/// Results up to these sizes are computed here. Integers and booleans are the
/// shape arithmetic of exporters; some of it passes through a few floats.
static constexpr int64_t maxFoldedInts = int64_t(1) << 16;
static constexpr int64_t maxFoldedFloats = 64;
/// All of them together; a small file could ask for any number.
static constexpr int64_t maxFoldedBytes = int64_t(1) << 28;

/// Views of a constant that are looked through; more are no exporter's.
static constexpr size_t maxViews = 64;

static bool isView(Operation *op) {
  return isa_and_nonnull<TransposeOp, ReshapeOp, BroadcastOp>(op);
}

/// The constant under views of it, the last of which is appended first.
static ConstantOp constantBehind(Value v, SmallVectorImpl<Operation *> &views) {
  while (isView(v.getDefiningOp()) && views.size() < maxViews) {
    views.push_back(v.getDefiningOp());
    v = views.back()->getOperand(0);
  }
  return v.getDefiningOp<ConstantOp>();
}

ElementsAttr tenon::onnx::knownValue(Value v) {
  SmallVector<Operation *> views;
  ConstantOp constant = constantBehind(v, views);
  if (!constant)
    return {};
  auto role = constant->getAttrOfType<ParameterAttr>(kParameterAttr);
  if (role && role.getRole() != ParameterRole::Operand)
    return {};
  auto value = cast<ElementsAttr>(constant.getValue());
  for (Operation *view : llvm::reverse(views)) {
    if (cast<RankedTensorType>(view->getResult(0).getType()).getNumElements() >
        maxFoldedFloats)
      return {};
    auto computed = fold(view, value);
    if (failed(computed))
      return {};
    value = computed->front();
  }
  return value;
}

/// Whether an op is a view of what may turn out to be a parameter, and which
/// must then be found under its own name.
static bool isViewOfParameter(Operation *op) {
  SmallVector<Operation *> views;
  if (!isView(op))
    return false;
  ConstantOp constant = constantBehind(op->getResult(0), views);
  return constant && constant->hasAttr(kParameterAttr);
}

/// What was computed from a constant's value knows it for good: it is no
/// parameter from now on.
static void settleConstants(Operation *op) {
  for (Value v : op->getOperands()) {
    SmallVector<Operation *> views;
    ConstantOp constant = constantBehind(v, views);
    if (!constant || !constant->hasAttr(kParameterAttr))
      continue;
    constant->removeAttr(kParameterAttr);
    constant->setAttr(kSettledAttr, UnitAttr::get(op->getContext()));
  }
}

void Importer::foldOp(Operation *op, MutableArrayRef<Value> results) {
  if (op->getNumResults() != 1 || op->hasTrait<OpTrait::ConstantLike>())
    return;
  Value old = op->getResult(0);
  auto type = cast<RankedTensorType>(old.getType());
  SmallVector<Attribute> operands;
  SmallVector<OpFoldResult> folded;
  bool small = true, foldsAway = false, view = isViewOfParameter(op);
  // An op may first change in place and fold away only then.
  for (int round = 0; round < 4; ++round) {
    operands.clear();
    small = true;
    for (Value v : op->getOperands()) {
      ElementsAttr value = view ? ElementsAttr() : knownValue(v);
      operands.push_back(value);
      small &= value && cast<RankedTensorType>(v.getType()).getNumElements() <=
                            maxFoldedInts;
    }
    folded.clear();
    bool changed = succeeded(op->fold(operands, folded));
    foldsAway = changed && !folded.empty();
    if (!changed || foldsAway)
      break;
  }
  Value replacement;
  if (foldsAway) {
    replacement = dyn_cast<Value>(folded[0]);
    if (auto attribute = dyn_cast<Attribute>(folded[0]))
      replacement =
          ConstantOp::create(b, op->getLoc(), cast<ElementsAttr>(attribute));
  } else if (small && foldedBytes < maxFoldedBytes &&
             type.getNumElements() <= (isa<FloatType>(type.getElementType())
                                           ? maxFoldedFloats
                                           : maxFoldedInts)) {
    SmallVector<ElementsAttr> values;
    for (Attribute a : operands)
      values.push_back(cast<ElementsAttr>(a));
    auto computed = fold(op, values);
    if (succeeded(computed)) {
      ElementsAttr value = computed->front();
      replacement = ConstantOp::create(b, op->getLoc(), value);
      if (!value.isSplat())
        foldedBytes +=
            type.getNumElements() * bytesOf(kindOf(type.getElementType()));
    }
  }
  if (!replacement || replacement == old)
    return;
  if (replacement.getDefiningOp<ConstantOp>())
    settleConstants(op);
  old.replaceAllUsesWith(replacement);
  for (Value &v : results)
    if (v == old)
      v = replacement;
  op->erase();
}

bool Importer::settle(Operation *before, NodeImporter &n) {
  Operation *op = before          ? before->getNextNode()
                  : body->empty() ? nullptr
                                  : &body->front();
  while (op) {
    Operation *next = op->getNextNode();
    if (failed(verify(op, /*verifyRecursively=*/false)))
      return false;
    for (Type t : op->getResultTypes()) {
      auto tensor = cast<RankedTensorType>(t);
      std::string problem =
          problemOf(tensor.getShape(), tensor.getElementType());
      if (!problem.empty()) {
        (void)n.invalid("its result " + problem);
        return false;
      }
    }
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPoint(op);
    foldOp(op, n.results);
    op = next;
  }
  return true;
}
