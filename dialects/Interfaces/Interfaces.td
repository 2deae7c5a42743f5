//===-- Interfaces.td - what every tenon op can say of itself --*- tablegen -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_INTERFACES_TD
#define TENON_INTERFACES_TD

include "mlir/IR/OpBase.td"

def VJPOpInterface : OpInterface<"VJPOpInterface"> {
  let cppNamespace = "::tenon";
  let description = [{
    An op that builds its own vector-Jacobian product.

    The gradient phase owns the reverse walk: the order, the sum of several
    cotangents of one value, and the zero of a value nothing depends on. The op
    owns one step: given the cotangent of each result, it builds the cotangent
    of each operand. What is not decided here: which values are kept or
    recomputed; that is the plan's.
  }];
  let methods = [InterfaceMethod<[{
      Builds one cotangent per operand at the builder's insertion point. A null
      `cotangents[i]` means that result i contributes nothing. A null Value in
      the answer means an exact zero (integer operands, piecewise constants). An
      empty answer means failure, with a diagnostic emitted at the op.
    }],
    "::llvm::SmallVector<::mlir::Value>", "buildVJP",
    (ins "::mlir::OpBuilder &":$b, "::mlir::ValueRange":$cotangents)>];
}

def PointwiseOpInterface : OpInterface<"PointwiseOpInterface"> {
  let cppNamespace = "::tenon";
  let description = [{
    An op whose result element i depends on element i of each operand only.

    Both methods come from ONE expression, the `scalar` field of the op: the
    code generator's bits and the interpreter's are equal by construction.
  }];
  let methods = [
    InterfaceMethod<[{
        Builds the scalar body on scalars or on vectors of one length. The kinds
        (signedness, float format) are those of the op's element types.
      }],
      "::mlir::Value", "buildScalar",
      (ins "::mlir::OpBuilder &":$b, "::mlir::Location":$loc, "::mlir::ValueRange":$args)>,
    InterfaceMethod<"Evaluates the scalar body on host values.",
      "::tenon::HostScalar", "evalScalar",
      (ins "::llvm::ArrayRef<::tenon::HostScalar>":$args)>];
}

def CompositeOpInterface : OpInterface<"CompositeOpInterface"> {
  let cppNamespace = "::tenon";
  let description = [{
    An op defined only in terms of other tenon ops: gradient, lowering, cost and
    reference semantics follow from `decompose`.
  }];
  let methods = [InterfaceMethod<
    "Builds the replacement of every result at the builder's insertion point.",
    "::llvm::SmallVector<::mlir::Value>", "decompose",
    (ins "::mlir::OpBuilder &":$b)>];
}

def ReductionOpInterface : OpInterface<"ReductionOpInterface"> {
  let cppNamespace = "::tenon";
  let description = [{
    An op that folds dimensions with one associative combiner, in the order of
    the numerics contract: element r of the reduced extent (row-major over
    `dims` in the order listed) goes to lane r mod 16, ascending; then lanes
    fold by halves. Combiner and identity come from one expression, as for
    PointwiseOpInterface.
  }];
  let methods = [
    InterfaceMethod<"The reduced dimensions, in their logical order.",
      "::llvm::ArrayRef<int64_t>", "getReducedDims">,
    InterfaceMethod<"The combiner on IR values of the op's element kind.",
      "::mlir::Value", "buildCombine",
      (ins "::mlir::OpBuilder &":$b, "::mlir::Location":$loc, "::mlir::Value":$a, "::mlir::Value":$c)>,
    InterfaceMethod<"The combiner on host values.",
      "::tenon::HostScalar", "evalCombine",
      (ins "::tenon::HostScalar":$a, "::tenon::HostScalar":$c)>,
    InterfaceMethod<"The value that leaves the combiner's other operand as it is.",
      "::tenon::HostScalar", "getIdentity">];
}

def FusionOpInterface : OpInterface<"FusionOpInterface"> {
  let cppNamespace = "::tenon";
  let description = [{
    How an op takes part in a group. The fuse phase owns the grouping; an op
    says only what kind it is. `Anchor` ops give a group its loops and survive
    to codegen; there is at most one reduction-like loop nest per group.
  }];
  let methods = [InterfaceMethod<"The op's kind.", "::tenon::FusionKind", "getFusionKind">];
}

/// The op has no derivative: a gradient through it is a diagnostic, not a zero.
def NoGradient : NativeOpTrait<"NoGradient"> { let cppNamespace = "::tenon"; }

#endif
