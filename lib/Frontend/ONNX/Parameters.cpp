//===-- Parameters.cpp - which constants of a model could be trained ------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Linear.h"
#include "dialects/Tenon/State.h"
#include "lib/Frontend/ONNX/NodeImporter.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"

using namespace mlir;
using namespace tenon;
using namespace tenon::onnx;

namespace {
struct Known {
  llvm::StringLiteral op;
  size_t input;
  ParameterRole role;
};
} // namespace

static const Known known[] = {
    {"Conv", 1, ParameterRole::Weight},
    {"Conv", 2, ParameterRole::Bias},
    {"ConvTranspose", 1, ParameterRole::Weight},
    {"ConvTranspose", 2, ParameterRole::Bias},
    {"Gemm", 0, ParameterRole::Weight},
    {"Gemm", 1, ParameterRole::Weight},
    {"Gemm", 2, ParameterRole::Bias},
    {"MatMul", 0, ParameterRole::Weight},
    {"MatMul", 1, ParameterRole::Weight},
    {"Gather", 0, ParameterRole::Table},
    {"BatchNormalization", 1, ParameterRole::Scale},
    {"BatchNormalization", 2, ParameterRole::Bias},
    {"BatchNormalization", 3, ParameterRole::Mean},
    {"BatchNormalization", 4, ParameterRole::Variance},
    {"LayerNormalization", 1, ParameterRole::Scale},
    {"LayerNormalization", 2, ParameterRole::Bias},
    {"InstanceNormalization", 1, ParameterRole::Scale},
    {"InstanceNormalization", 2, ParameterRole::Bias},
    {"GroupNormalization", 1, ParameterRole::Scale},
    {"GroupNormalization", 2, ParameterRole::Bias},
    {"RMSNormalization", 1, ParameterRole::Scale},
};

ConstantOp tenon::onnx::constantUnder(Value v) {
  while (v) {
    Operation *op = v.getDefiningOp();
    if (auto constant = dyn_cast_or_null<ConstantOp>(op))
      return constant;
    if (!isa_and_nonnull<TransposeOp, ReshapeOp>(op))
      break;
    v = op->getOperand(0);
  }
  return {};
}

/// Whether a value is what a contraction computes: what is added to it is its
/// bias.
static bool isContraction(Value v) {
  while (v && v.getDefiningOp<ReshapeOp>())
    v = v.getDefiningOp<ReshapeOp>().getX();
  return v && isa_and_nonnull<MatmulOp, ConvOp>(v.getDefiningOp());
}

static ParameterRole roleOf(const Node &node, size_t i,
                            ArrayRef<Value> inputs) {
  for (const Known &k : known)
    if (node.opType == k.op && i == k.input)
      return k.role;
  if (node.opType == "Add" && inputs.size() == 2 &&
      isContraction(inputs[1 - i]))
    return ParameterRole::Bias;
  return ParameterRole::Operand;
}

/// How many products each output of the node sums.
static int64_t fanInOf(const Node &node, size_t i, ArrayRef<int64_t> shape) {
  auto flag = [&](StringRef name) {
    const NodeAttribute *a = node.find(name);
    return a && a->i != 0;
  };
  if (shape.size() < 2)
    return 1;
  if (node.opType == "Conv")
    return productOf(shape.drop_front());
  if (node.opType == "ConvTranspose")
    return productOf(shape) / std::max<int64_t>(1, shape[1]);
  if (node.opType == "Gemm")
    return i == 0 ? shape[flag("transA") ? 0 : 1]
                  : shape[flag("transB") ? 1 : 0];
  if (node.opType == "MatMul")
    return i == 0 ? shape.back() : shape[shape.size() - 2];
  return 1;
}

/// A value that training changes is not known, though all its elements may be
/// equal now: as bytes, it is nothing that folds.
static void hideSplat(ConstantOp constant) {
  auto dense = dyn_cast<DenseElementsAttr>(constant.getValue());
  if (!dense || !dense.isSplat() || dense.getElementType().isInteger(1))
    return;
  ArrayRef<char> element = dense.getRawData();
  auto blob = HeapAsmResourceBlob::allocate(
      element.size() * dense.getNumElements(), 64, /*dataIsMutable=*/true);
  MutableArrayRef<char> bytes = blob.getMutableData();
  for (size_t at = 0; at < bytes.size(); at += element.size())
    llvm::copy(element, bytes.begin() + at);
  constant.setValueAttr(DenseResourceElementsAttr::get(
      cast<ShapedType>(dense.getType()), "parameter", std::move(blob)));
}

void tenon::onnx::markParameters(const Node &node,
                                 MutableArrayRef<Value> inputs) {
  for (auto [i, input] : llvm::enumerate(inputs)) {
    ConstantOp constant = constantUnder(input);
    if (!constant || constant->hasAttr(kSettledAttr))
      continue;
    auto type = NodeImporter::type(constant);
    if (!isa<FloatType>(type.getElementType()) || type.getRank() == 0)
      continue;
    ParameterRole role = roleOf(node, i, inputs);
    // One that several nodes share is what the first knows it to be.
    auto before = constant->getAttrOfType<ParameterAttr>(kParameterAttr);
    if (before && before.getRole() != ParameterRole::Operand) {
      if (constant.getResult() != input ||
          isStatistic(before.getRole()) == isStatistic(role))
        continue;
      OpBuilder b(constant->getContext());
      b.setInsertionPointAfter(constant);
      constant = cast<ConstantOp>(b.clone(*constant));
      input = constant;
    }
    hideSplat(constant);
    std::string reader = (node.opType + " '" + node.label() + "'").str();
    constant->setAttr(
        kParameterAttr,
        ParameterAttr::get(constant.getContext(), role, reader,
                           fanInOf(node, i, NodeImporter::shape(input)),
                           before ? before.getShape() : type.getShape()));
  }
}

//===----------------------------------------------------------------------===//
// A new head
//===----------------------------------------------------------------------===//

/// The dimension of a node's input that runs over its outputs; none where the
/// input is no weight.
static std::optional<int64_t> outputDim(const Node &node, size_t i,
                                        int64_t rank) {
  if (node.opType == "Conv" && i >= 1)
    return 0;
  if (node.opType == "Gemm" && i == 1) {
    const NodeAttribute *transposed = node.find("transB");
    return transposed && transposed->i ? 0 : 1;
  }
  if ((node.opType == "Gemm" && i == 2) ||
      (node.opType == "MatMul" && i == 1) || node.opType == "Add")
    return rank - 1;
  return std::nullopt;
}

std::string tenon::onnx::replaceHead(OpBuilder &b, const Node &node,
                                     MutableArrayRef<Value> inputs,
                                     int64_t classes, int64_t seed) {
  bool any = false;
  for (auto [i, input] : llvm::enumerate(inputs)) {
    if (!input)
      continue;
    auto constant = input.getDefiningOp<ConstantOp>();
    auto type = NodeImporter::type(input);
    std::optional<int64_t> dim = outputDim(node, i, type.getRank());
    if (!dim || *dim < 0 || (!constant && node.opType == "Add"))
      continue;
    if (!constant)
      return "input " + std::to_string(i) + " is computed, no weight";
    SmallVector<int64_t> shape(type.getShape());
    // A bias of one element repeats whatever the number.
    if (shape[*dim] == 1 && i != 1)
      continue;
    shape[*dim] = classes;
    std::string problem = problemOf(shape, type.getElementType());
    if (!problem.empty())
      return "a weight that " + problem;
    Value zeros = ConstantOp::splat(b, constant.getLoc(), type.clone(shape), 0);
    zeros.getDefiningOp()->setAttr(kFreshAttr, b.getI64IntegerAttr(seed));
    input = zeros;
    any = true;
  }
  if (!any)
    return "it is a " + node.opType.str() +
           "; a head is a Conv, Gemm or MatMul with constant weights";
  return {};
}
