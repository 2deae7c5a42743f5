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

/// What a value is, if that is known: a constant that training does not change,
/// or a small view of one.
static ElementsAttr knownValue(Value v) {
  Operation *op = v.getDefiningOp();
  if (auto constant = dyn_cast_or_null<ConstantOp>(op)) {
    auto role = constant->getAttrOfType<ParameterAttr>(kParameterAttr);
    bool known = !role || role.getRole() == ParameterRole::Operand;
    return known ? cast<ElementsAttr>(constant.getValue()) : ElementsAttr();
  }
  if (!isa_and_nonnull<TransposeOp, ReshapeOp, BroadcastOp>(op) ||
      cast<RankedTensorType>(v.getType()).getNumElements() > maxFoldedFloats)
    return {};
  ElementsAttr inner = knownValue(op->getOperand(0));
  if (!inner)
    return {};
  auto computed = fold(op, inner);
  return succeeded(computed) ? computed->front() : ElementsAttr();
}

/// Whether an op is a view of what may turn out to be a parameter, and which
/// must then be found under its own name.
static bool isViewOfParameter(Operation *op) {
  if (!isa<TransposeOp, ReshapeOp, BroadcastOp>(op))
    return false;
  ConstantOp constant = constantUnder(op->getOperand(0));
  return constant && constant->hasAttr(kParameterAttr);
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
