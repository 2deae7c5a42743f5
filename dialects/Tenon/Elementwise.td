//===-- Elementwise.td - pointwise primitives ------------------*- tablegen -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_ELEMENTWISE_TD
#define TENON_ELEMENTWISE_TD

include "dialects/Tenon/TenonBase.td"

def ElementwiseOps : OpDocGroup {
  let summary = "Elementwise";
  let description = "Result element i depends on element i of each operand only. Shapes are equal: broadcasting is `tenon.broadcast`.";
}

let opDocGroup = ElementwiseOps in {

// Arithmetic.
def Tenon_NegOp : Tenon_UnaryOp<"neg", "-x", "-dy"> { let summary = "Negation"; }
def Tenon_AbsOp : Tenon_UnaryOp<"abs", "abs(x)", "dy * sign(x)"> { let summary = "Absolute value"; }
def Tenon_SignOp : Tenon_UnaryOp<"sign", "sign(x)", "zero"> { let summary = "-1, 0 or 1"; }
def Tenon_ReciprocalOp : Tenon_FloatUnaryOp<"reciprocal", "lit(x, 1.0) / x", "-(dy * y * y)"> { let summary = "1 / x"; }
def Tenon_SqrtOp : Tenon_FloatUnaryOp<"sqrt", "sqrt(x)", "dy * 0.5 / y"> { let summary = "Square root"; }
def Tenon_RsqrtOp : Tenon_FloatUnaryOp<"rsqrt", "lit(x, 1.0) / sqrt(x)", "dy * -0.5 * y / x"> { let summary = "1 / sqrt(x)"; }
def Tenon_FloorOp : Tenon_FloatUnaryOp<"floor", "floor(x)", "zero"> { let summary = "Rounds towards minus infinity"; }
def Tenon_CeilOp : Tenon_FloatUnaryOp<"ceil", "ceil(x)", "zero"> { let summary = "Rounds towards infinity"; }
def Tenon_RoundOp : Tenon_FloatUnaryOp<"round", "rint(x)", "zero"> { let summary = "Rounds to nearest, ties to even"; }

// Transcendental.
def Tenon_ExpOp : Tenon_FloatUnaryOp<"exp", "exp(x)", "dy * y"> { let summary = "Exponential"; }
def Tenon_LogOp : Tenon_FloatUnaryOp<"log", "log(x)", "dy / x"> { let summary = "Natural logarithm"; }
def Tenon_TanhOp : Tenon_FloatUnaryOp<"tanh", "tanh(x)", "dy - dy * y * y"> { let summary = "Hyperbolic tangent"; }
def Tenon_ErfOp : Tenon_FloatUnaryOp<"erf", "erf(x)", "dy * 1.1283791670955126 * exp(-(x * x))"> { let summary = "Error function"; }
def Tenon_SinOp : Tenon_FloatUnaryOp<"sin", "sin(x)", "dy * cos(x)"> { let summary = "Sine"; }
def Tenon_CosOp : Tenon_FloatUnaryOp<"cos", "cos(x)", "-(dy * sin(x))"> { let summary = "Cosine"; }
def Tenon_TanOp : Tenon_FloatUnaryOp<"tan", "tan(x)", "dy + dy * y * y"> { let summary = "Tangent"; }
def Tenon_AsinOp : Tenon_FloatUnaryOp<"asin", "asin(x)", "dy / sqrt(1.0 - x * x)"> { let summary = "Arc sine"; }
def Tenon_AcosOp : Tenon_FloatUnaryOp<"acos", "acos(x)", "-(dy / sqrt(1.0 - x * x))"> { let summary = "Arc cosine"; }
def Tenon_AtanOp : Tenon_FloatUnaryOp<"atan", "atan(x)", "dy / (1.0 + x * x)"> { let summary = "Arc tangent"; }
def Tenon_SinhOp : Tenon_FloatUnaryOp<"sinh", "sinh(x)", "dy * cosh(x)"> { let summary = "Hyperbolic sine"; }
def Tenon_CoshOp : Tenon_FloatUnaryOp<"cosh", "cosh(x)", "dy * sinh(x)"> { let summary = "Hyperbolic cosine"; }
def Tenon_AsinhOp : Tenon_FloatUnaryOp<"asinh", "asinh(x)", "dy / sqrt(x * x + 1.0)"> { let summary = "Inverse hyperbolic sine"; }
def Tenon_AcoshOp : Tenon_FloatUnaryOp<"acosh", "acosh(x)", "dy / sqrt(x * x - 1.0)"> { let summary = "Inverse hyperbolic cosine"; }
def Tenon_AtanhOp : Tenon_FloatUnaryOp<"atanh", "atanh(x)", "dy / (1.0 - x * x)"> { let summary = "Inverse hyperbolic tangent"; }

// Activations that are one rounding chain of their own.
def Tenon_ReluOp : Tenon_UnaryOp<"relu", "relu(x)", "select(y > 0.0, dy, 0.0)"> { let summary = "max(x, 0), gradient 0 at 0"; }
def Tenon_SigmoidOp : Tenon_FloatUnaryOp<"sigmoid", "sigmoid(x)", "dy * y * (1.0 - y)"> { let summary = "1 / (1 + e^-x)"; }
def Tenon_SoftplusOp : Tenon_FloatUnaryOp<"softplus", "softplus(x)", "dy * sigmoid(x)"> { let summary = "ln(1 + e^x) without overflow"; }

// Predicates and bits.
class Tenon_TestOp<string mnemonic, code scalar>
    : Tenon_PointwiseOp<mnemonic, ["x"], scalar, "", [InferTypeOpAdaptor]> {
  let arguments = (ins Tenon_FloatTensor:$x);
  let results = (outs Tenon_BoolTensor:$y);
  let assemblyFormat = "$x attr-dict `:` type($x)";
  let description = "Result element i is `" # scalar # "`.\n\nExample:\n```mlir\n%y = tenon." #
      mnemonic # " %x : tensor<4xf32>\n```\n";
}
def Tenon_IsNanOp : Tenon_TestOp<"is_nan", "isNan(x)"> { let summary = "Tests for NaN"; }
def Tenon_NotOp : Tenon_UnaryOp<"not", "bitNot(x)"> {
  let summary = "Logical not of i1, bitwise not of integers";
  let arguments = (ins Tenon_BitsTensor:$x);
  let results = (outs Tenon_BitsTensor:$y);
}

// Binary.
def Tenon_AddOp : Tenon_BinaryOp<"add", "a + b", "dy, dy", [Commutative]> { let summary = "Sum"; let hasFolder = 1; }
def Tenon_SubOp : Tenon_BinaryOp<"sub", "a - b", "dy, -dy"> { let summary = "Difference"; }
def Tenon_MulOp : Tenon_BinaryOp<"mul", "a * b", "dy * b, dy * a", [Commutative]> { let summary = "Product"; let hasFolder = 1; }
def Tenon_DivOp : Tenon_BinaryOp<"div", "a / b", "dy / b, -(dy * y / b)"> { let summary = "Quotient; integers truncate, x / 0 = 0"; }
def Tenon_RemOp : Tenon_BinaryOp<"rem", "rem(a, b)"> { let summary = "Remainder with the dividend's sign (fmod)"; }
def Tenon_ModOp : Tenon_BinaryOp<"mod", "mod(a, b)"> { let summary = "Remainder with the divisor's sign"; }
def Tenon_PowOp : Tenon_BinaryOp<"pow", "pow(a, b)", "dy * b * pow(a, b - 1.0), dy * y * log(a)"> { let summary = "Power"; }
def Tenon_MaxOp : Tenon_BinaryOp<"max", "max(a, b)", "select(a >= b, dy, 0.0), select(a >= b, 0.0, dy)", [Commutative]> { let summary = "Maximum; NaN if either is NaN; a tie's gradient goes to a"; }
def Tenon_MinOp : Tenon_BinaryOp<"min", "min(a, b)", "select(a <= b, dy, 0.0), select(a <= b, 0.0, dy)", [Commutative]> { let summary = "Minimum; NaN if either is NaN; a tie's gradient goes to a"; }
def Tenon_AndOp : Tenon_BitsOp<"and", "a & b", [Commutative]> { let summary = "Bitwise and; logical on i1"; }
def Tenon_OrOp : Tenon_BitsOp<"or", "a | b", [Commutative]> { let summary = "Bitwise or; logical on i1"; }
def Tenon_XorOp : Tenon_BitsOp<"xor", "a ^ b", [Commutative]> { let summary = "Bitwise exclusive or; logical on i1"; }
def Tenon_ShlOp : Tenon_BitsOp<"shl", "shl(a, b)"> { let summary = "Left shift; by the width or more gives 0"; }
def Tenon_ShrOp : Tenon_BitsOp<"shr", "shr(a, b)"> { let summary = "Right shift, arithmetic when signed; by the width or more gives 0"; }

def Tenon_CompareOp
    : Tenon_PointwiseOp<"compare", ["a", "b"], "compare(getPredicate(), a, b)", "",
                        [InferTypeOpAdaptor, SameTypeOperands]> {
  let summary = "Comparison; false when either is NaN, but for ne";
  let description = "Example:\n```mlir\n%c = tenon.compare lt, %a, %b : tensor<4xf32>\n```\n";
  let arguments = (ins Tenon_Predicate:$predicate, Tenon_AnyTensor:$lhs, Tenon_AnyTensor:$rhs);
  let results = (outs Tenon_BoolTensor:$y);
  let assemblyFormat = "$predicate `,` $lhs `,` $rhs attr-dict `:` type($lhs)";
}

def Tenon_SelectOp
    : Tenon_PointwiseOp<"select", ["c", "a", "b"], "select(c, a, b)",
                        "zero, select(c, dy, 0.0), select(c, 0.0, dy)",
                        [AllTypesMatch<["lhs", "rhs", "y"]>, SameOperandsAndResultShape]> {
  let summary = "a where c holds, else b";
  let description = "Example:\n```mlir\n%y = tenon.select %c, %a, %b : tensor<4xi1>, tensor<4xf32>\n```\n";
  let arguments = (ins Tenon_BoolTensor:$condition, Tenon_AnyTensor:$lhs, Tenon_AnyTensor:$rhs);
  let results = (outs Tenon_AnyTensor:$y);
  let assemblyFormat = "$condition `,` $lhs `,` $rhs attr-dict `:` type($condition) `,` type($lhs)";
}

def Tenon_CastOp
    : Tenon_PointwiseOp<"cast", ["x"], "convert(x, kindOf(getType().getElementType()))",
                        "castLike(dy, x)", [SameOperandsAndResultShape]> {
  let summary = "Converts the element type";
  let description = [{
    Floats round to nearest even; float to integer truncates, saturates and maps
    NaN to 0; to i1 tests for not zero.

    Example:
    ```mlir
    %y = tenon.cast %x : tensor<4xf32> to tensor<4xi32>
    ```
  }];
  let arguments = (ins Tenon_AnyTensor:$x);
  let results = (outs Tenon_AnyTensor:$y);
  let assemblyFormat = "$x attr-dict `:` type($x) `to` type($y)";
  let hasFolder = 1;
}

} // opDocGroup

#endif
