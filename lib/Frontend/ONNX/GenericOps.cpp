//===-- GenericOps.cpp - operators that are one tenon op ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Elementwise.h"
#include "dialects/Tenon/NN.h"
#include "lib/Frontend/ONNX/NodeImporter.h"

using namespace mlir;
using namespace tenon;
using namespace tenon::onnx;

template <class Op>
static LogicalResult unary(NodeImporter &n) {
  return n.yield(n.make<Op>(n.input(0)));
}

/// Brings both operands to one shape. Opset 6 and older say by attributes where
/// the second, smaller operand stands.
static bool alignOperands(NodeImporter &n, Value &lhs, Value &rhs) {
  if (n.elementType(lhs) != n.elementType(rhs)) {
    (void)n.invalid("its inputs have different element types");
    return false;
  }
  if (n.opset < 7) {
    if (!n.integer("broadcast", 0) && n.type(lhs) != n.type(rhs)) {
      (void)n.invalid(
          "its inputs differ in shape, without the attribute broadcast");
      return false;
    }
    int64_t first = n.integer("axis", n.rank(lhs) - n.rank(rhs));
    int64_t behind = n.rank(lhs) - first - n.rank(rhs);
    if (first < 0 || behind < 0) {
      (void)n.invalid("attribute axis is outside the rank");
      return false;
    }
    SmallVector<int64_t> shape(n.shape(rhs));
    shape.append(behind, 1);
    rhs = n.broadcast(n.reshape(rhs, shape), n.shape(lhs));
    return bool(rhs);
  }
  Value both[] = {lhs, rhs};
  if (!n.broadcastAll(both))
    return false;
  lhs = both[0];
  rhs = both[1];
  return true;
}

template <class Op>
static LogicalResult binary(NodeImporter &n) {
  Value lhs = n.input(0), rhs = n.input(1);
  if (!alignOperands(n, lhs, rhs))
    return failure();
  return n.yield(n.make<Op>(lhs, rhs));
}

template <Predicate predicate>
static LogicalResult compare(NodeImporter &n) {
  Value lhs = n.input(0), rhs = n.input(1);
  if (!alignOperands(n, lhs, rhs))
    return failure();
  return n.yield(n.make<CompareOp>(predicate, lhs, rhs));
}

template <class Op, int percent>
static LogicalResult withAlpha(NodeImporter &n) {
  llvm::APFloat alpha(n.number("alpha", percent / 100.0));
  return n.yield(n.make<Op>(n.input(0), alpha));
}

static LogicalResult importSelu(NodeImporter &n) {
  llvm::APFloat alpha(n.number("alpha", 1.67326319217681884765625));
  llvm::APFloat gamma(n.number("gamma", 1.05070102214813232421875));
  return n.yield(n.make<SeluOp>(n.input(0), alpha, gamma));
}

static LogicalResult importHardSigmoid(NodeImporter &n) {
  llvm::APFloat alpha(n.number("alpha", 0.2)), beta(n.number("beta", 0.5));
  return n.yield(n.make<HardSigmoidOp>(n.input(0), alpha, beta));
}

static LogicalResult importShrink(NodeImporter &n) {
  llvm::APFloat lambda(n.number("lambd", 0.5)), bias(n.number("bias", 0.0));
  // The composite is defined on floats; ONNX allows integers as well.
  if (!isa<FloatType>(n.elementType(n.input(0))))
    return n.unsupported("integer inputs are not supported");
  return n.yield(n.make<ShrinkOp>(n.input(0), lambda, bias));
}

static LogicalResult importGelu(NodeImporter &n) {
  llvm::StringRef approximate = n.string("approximate", "none");
  if (approximate == "tanh")
    return unary<GeluTanhOp>(n);
  if (approximate == "none")
    return unary<GeluOp>(n);
  return n.invalid("attribute approximate must be 'none' or 'tanh'");
}

static LogicalResult importIdentity(NodeImporter &n) {
  return n.yield(n.input(0));
}

static const Row rows[] = {
    // Arithmetic.
    {"Abs", 1, 1, 1, unary<AbsOp>, Elements::Number},
    {"Neg", 1, 1, 1, unary<NegOp>, Elements::Number},
    {"Sign", 1, 1, 1, unary<SignOp>, Elements::Number},
    {"Reciprocal", 1, 1, 1, unary<ReciprocalOp>, Elements::Float},
    {"Sqrt", 1, 1, 1, unary<SqrtOp>, Elements::Float},
    {"Floor", 1, 1, 1, unary<FloorOp>, Elements::Float},
    {"Ceil", 1, 1, 1, unary<CeilOp>, Elements::Float},
    {"Round", 1, 1, 1, unary<RoundOp>, Elements::Float},
    {"Add", 1, 2, 2, binary<AddOp>, Elements::Number},
    {"Sub", 1, 2, 2, binary<SubOp>, Elements::Number},
    {"Mul", 1, 2, 2, binary<MulOp>, Elements::Number},
    {"Div", 1, 2, 2, binary<DivOp>, Elements::Number},
    // Transcendental.
    {"Exp", 1, 1, 1, unary<ExpOp>, Elements::Float},
    {"Log", 1, 1, 1, unary<LogOp>, Elements::Float},
    {"Tanh", 1, 1, 1, unary<TanhOp>, Elements::Float},
    {"Erf", 1, 1, 1, unary<ErfOp>, Elements::Float},
    {"Sin", 1, 1, 1, unary<SinOp>, Elements::Float},
    {"Cos", 1, 1, 1, unary<CosOp>, Elements::Float},
    {"Tan", 1, 1, 1, unary<TanOp>, Elements::Float},
    {"Asin", 1, 1, 1, unary<AsinOp>, Elements::Float},
    {"Acos", 1, 1, 1, unary<AcosOp>, Elements::Float},
    {"Atan", 1, 1, 1, unary<AtanOp>, Elements::Float},
    {"Sinh", 1, 1, 1, unary<SinhOp>, Elements::Float},
    {"Cosh", 1, 1, 1, unary<CoshOp>, Elements::Float},
    {"Asinh", 1, 1, 1, unary<AsinhOp>, Elements::Float},
    {"Acosh", 1, 1, 1, unary<AcoshOp>, Elements::Float},
    {"Atanh", 1, 1, 1, unary<AtanhOp>, Elements::Float},
    // Activations.
    {"Relu", 1, 1, 1, unary<ReluOp>, Elements::Number},
    {"Sigmoid", 1, 1, 1, unary<SigmoidOp>, Elements::Float},
    {"Softplus", 1, 1, 1, unary<SoftplusOp>, Elements::Float},
    {"Softsign", 1, 1, 1, unary<SoftsignOp>, Elements::Float},
    {"HardSwish", 1, 1, 1, unary<HardSwishOp>, Elements::Float},
    {"Mish", 1, 1, 1, unary<MishOp>, Elements::Float},
    {"LeakyRelu", 1, 1, 1, withAlpha<LeakyReluOp, 1>, Elements::Float},
    {"Elu", 1, 1, 1, withAlpha<EluOp, 100>, Elements::Float},
    {"Celu", 1, 1, 1, withAlpha<CeluOp, 100>, Elements::Float},
    {"ThresholdedRelu", 1, 1, 1, withAlpha<ThresholdedReluOp, 100>,
     Elements::Float},
    {"Swish", 1, 1, 1, withAlpha<SwishOp, 100>, Elements::Float},
    {"Selu", 6, 1, 1, importSelu, Elements::Float},
    {"HardSigmoid", 1, 1, 1, importHardSigmoid, Elements::Float},
    {"Shrink", 9, 1, 1, importShrink, Elements::Number},
    {"Gelu", 20, 1, 1, importGelu, Elements::Float},
    // Predicates, bits.
    {"IsNaN", 1, 1, 1, unary<IsNanOp>, Elements::Float},
    {"Not", 1, 1, 1, unary<NotOp>, Elements::Bool},
    {"And", 1, 2, 2, binary<AndOp>, Elements::Bool},
    {"Or", 1, 2, 2, binary<OrOp>, Elements::Bool},
    {"Xor", 1, 2, 2, binary<XorOp>, Elements::Bool},
    {"BitwiseNot", 1, 1, 1, unary<NotOp>, Elements::Integer},
    {"BitwiseAnd", 1, 2, 2, binary<AndOp>, Elements::Integer},
    {"BitwiseOr", 1, 2, 2, binary<OrOp>, Elements::Integer},
    {"BitwiseXor", 1, 2, 2, binary<XorOp>, Elements::Integer},
    {"Equal", 1, 2, 2, compare<Predicate::EQ>},
    {"Less", 1, 2, 2, compare<Predicate::LT>},
    {"LessOrEqual", 1, 2, 2, compare<Predicate::LE>},
    {"Greater", 1, 2, 2, compare<Predicate::GT>},
    {"GreaterOrEqual", 1, 2, 2, compare<Predicate::GE>},
    // Nothing at all.
    {"Identity", 1, 1, 1, importIdentity},
};

ArrayRef<Row> tenon::onnx::genericRows() { return rows; }
