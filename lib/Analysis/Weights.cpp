//===-- Weights.cpp - which values are known without an input -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Analysis/Weights.h"

#include "dialects/Tenon/Control.h"
#include "dialects/Tenon/Shape.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace tenon {

/// Values this small are stored whatever they are made of.
static constexpr int64_t tinyBytes = 4096;

/// Arithmetic on weights is short. What is longer counts as computed, so that
/// asking about an activation does not walk through the whole model.
static constexpr size_t longestSlice = 1000;

int64_t byteSize(Value v) {
  auto type = cast<RankedTensorType>(v.getType());
  return type.getNumElements() * bytesOf(kindOf(type.getElementType()));
}

bool isSplatConstant(Value v) {
  auto constant = v.getDefiningOp<ConstantOp>();
  // A resource is never a splat: its bytes stay in the source file.
  auto dense = constant ? dyn_cast<DenseElementsAttr>(constant.getValue())
                        : DenseElementsAttr();
  return dense && dense.isSplat();
}

/// Whether an op computes nothing at run time once its operands do not.
static bool isFoldable(Operation *op) {
  return !isa<GroupOp, GradOp>(op) && isPure(op);
}

/// All ops that `v` is made of, `v`'s own first; empty unless all are constant.
static SetVector<Operation *> constantSlice(Value v) {
  SetVector<Operation *> slice;
  auto add = [&](Value operand) {
    Operation *op = operand.getDefiningOp();
    if (!op || !isFoldable(op))
      return false;
    slice.insert(op);
    return true;
  };
  if (!add(v))
    return {};
  for (size_t i = 0; i < slice.size(); ++i) {
    if (slice.size() > longestSlice)
      return {};
    for (Value operand : slice[i]->getOperands())
      if (!add(operand))
        return {};
  }
  return slice;
}

bool isConstantDerived(Value v) { return !constantSlice(v).empty(); }

bool isWeight(Value v) {
  SetVector<Operation *> slice = constantSlice(v);
  if (slice.empty())
    return false;
  int64_t bytes = byteSize(v), sourceBytes = 0;
  if (bytes <= tinyBytes)
    return true;
  for (Operation *op : slice)
    if (isa<ConstantOp, RecipeOp>(op) && !isSplatConstant(op->getResult(0)))
      sourceBytes += byteSize(op->getResult(0));
  return bytes <= 2 * sourceBytes;
}

Weights::Weights(Block &block) {
  for (Operation &op : block)
    if (isFoldable(&op) && llvm::all_of(op.getOperands(), [&](Value v) {
          return derived.contains(v);
        }))
      derived.insert(op.result_begin(), op.result_end());
}

} // namespace tenon
