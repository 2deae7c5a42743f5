//===-- TenonBase.td - the op base classes -----*- tablegen -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Two kinds of op only. A primitive says types, scalar body or lowering, and
// VJP. A composite says only `decompose`.
//===----------------------------------------------------------------------===//

#ifndef TENON_BASE_TD
#define TENON_BASE_TD

include "dialects/Interfaces/Interfaces.td"
include "dialects/Tenon/TenonAttrs.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

def Tenon_Float : AnyTypeOf<[F32, F64, F16, BF16]>;
def Tenon_Int : AnyTypeOf<[I8, I16, I32, I64, UI<8>, UI<16>, UI<32>, UI<64>]>;
def Tenon_Element : AnyTypeOf<[Tenon_Float, Tenon_Int, I1]>;

defvar Tenon_AnyTensor = StaticShapeTensorOf<[Tenon_Element]>;
defvar Tenon_FloatTensor = StaticShapeTensorOf<[Tenon_Float]>;
defvar Tenon_IntTensor = StaticShapeTensorOf<[Tenon_Int]>;
defvar Tenon_NumTensor = StaticShapeTensorOf<[Tenon_Float, Tenon_Int]>;
defvar Tenon_BitsTensor = StaticShapeTensorOf<[Tenon_Int, I1]>;
defvar Tenon_BoolTensor = StaticShapeTensorOf<[I1]>;
/// A random key: printed nowhere, because there is only one such type.
def Tenon_Key : Type<0DTensorOf<[UI<64>]>.predicate, "tensor<ui64>", "::mlir::RankedTensorType">,
    BuildableType<"::mlir::RankedTensorType::get({}, $_builder.getIntegerType(64, false))">;

//===----------------------------------------------------------------------===//
// Base classes
//===----------------------------------------------------------------------===//

class Tenon_Op<string mnemonic, string kind, list<Trait> traits = []>
    : Op<Tenon_Dialect, mnemonic,
         traits # [DeclareOpInterfaceMethods<FusionOpInterface>]> {
  code declarations = "";
  code definitions = "";
  let extraClassDeclaration = declarations;
  let extraClassDefinition = [{
    ::tenon::FusionKind $cppClass::getFusionKind() { return ::tenon::FusionKind::}] #
    kind # [{; }
  }] # definitions;
}

/// Gradient traits: a VJP in Expr notation, or NoGradient when it is empty.
class Tenon_GradientTraits<string vjp> {
  list<Trait> traits =
      !if(!empty(vjp), [NoGradient], [DeclareOpInterfaceMethods<VJPOpInterface>]);
}

/// A pointwise primitive. `scalar` is one expression over the operands' names,
/// instantiated for the code generator and for the interpreter (see Scalar.h
/// for the vocabulary). `vjp` lists one Expr per operand (see Expr.h), with the
/// operands' names, `y` (the result) and `dy` in scope; `zero` is an exact zero.
class Tenon_PointwiseOp<string mnemonic, list<string> names, code scalar,
                        string vjp, list<Trait> traits = []>
    : Tenon_Op<mnemonic, "Pointwise",
               traits # Tenon_GradientTraits<vjp>.traits #
               [Pure, DeclareOpInterfaceMethods<PointwiseOpInterface>]> {
  defvar params = !interleave(!foreach(n, names, "V " # n), ", ");
  let declarations = "template <class V> V scalar(" # params #
                     ") {\n  return " # scalar # ";\n}\n";
  defvar first = !head(names);
  defvar indices = !range(!size(names));
  defvar hostArgs = !interleave(!foreach(i, indices, "args[" # i # "]"), ", ");
  defvar irArgs = !interleave(!foreach(i, indices,
      "ir(args[" # i # "], " # i # ")"), ", ");
  defvar exprs = !foldl("", indices, acc, i, acc #
      "  [[maybe_unused]] Expr " # names[i] # "(builder, loc, (*this)->getOperand(" # i # "));\n");
  let definitions = [{
    ::mlir::Value $cppClass::buildScalar(::mlir::OpBuilder &b, ::mlir::Location loc, ::mlir::ValueRange args) {
      auto ir = [&](::mlir::Value v, unsigned i) {
        return IRScalar{v, kindOf(::mlir::getElementTypeOrSelf((*this)->getOperand(i).getType())), &b, loc};
      };
      return scalar(}] # irArgs # [{).value;
    }
    ::tenon::HostScalar $cppClass::evalScalar(::llvm::ArrayRef<::tenon::HostScalar> args) {
      return scalar(}] # hostArgs # [{);
    }
  }] # !if(!empty(vjp), "", [{
    ::llvm::SmallVector<::mlir::Value> $cppClass::buildVJP(::mlir::OpBuilder &builder, ::mlir::ValueRange cotangents) {
      ::mlir::Location loc = getLoc();
      if (!cotangents[0])
        return ::llvm::SmallVector<::mlir::Value>((*this)->getNumOperands());
    }] # exprs # [{
      [[maybe_unused]] Expr y(builder, loc, (*this)->getResult(0)), dy(builder, loc, cotangents[0]);
      [[maybe_unused]] Expr zero(builder, loc, ::mlir::Value());
      return {}] # vjp # [{};
    }
  }]);
}

class Tenon_UnaryOp<string mnemonic, code scalar, string vjp = "", list<Trait> traits = []>
    : Tenon_PointwiseOp<mnemonic, ["x"], scalar, vjp, traits # [SameOperandsAndResultType]> {
  let arguments = (ins Tenon_AnyTensor:$x);
  let results = (outs Tenon_AnyTensor:$y);
  let assemblyFormat = "$x attr-dict `:` type($x)";
  let description = "Result element i is `" # scalar # "`, x being operand element i.\n\n" #
      "Example:\n```mlir\n%y = tenon." # mnemonic # " %x : tensor<4xf32>\n```\n";
}

class Tenon_FloatUnaryOp<string mnemonic, code scalar, string vjp = "">
    : Tenon_UnaryOp<mnemonic, scalar, vjp> {
  let arguments = (ins Tenon_FloatTensor:$x);
  let results = (outs Tenon_FloatTensor:$y);
}

class Tenon_BinaryOp<string mnemonic, code scalar, string vjp = "", list<Trait> traits = []>
    : Tenon_PointwiseOp<mnemonic, ["a", "b"], scalar, vjp, traits # [SameOperandsAndResultType]> {
  let arguments = (ins Tenon_AnyTensor:$lhs, Tenon_AnyTensor:$rhs);
  let results = (outs Tenon_AnyTensor:$y);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` type($lhs)";
  let description = "Result element i is `" # scalar # "`, a and b being elements i of the operands.\n\n" #
      "Example:\n```mlir\n%y = tenon." # mnemonic # " %a, %b : tensor<4xf32>\n```\n";
}

class Tenon_BitsOp<string mnemonic, code scalar, list<Trait> traits = []>
    : Tenon_BinaryOp<mnemonic, scalar, "", traits> {
  let arguments = (ins Tenon_BitsTensor:$lhs, Tenon_BitsTensor:$rhs);
  let results = (outs Tenon_BitsTensor:$y);
  let description = "Result element i is `" # scalar # "`, a and b being elements i of the operands.\n\n" #
      "Example:\n```mlir\n%y = tenon." # mnemonic # " %a, %b : tensor<4xi32>\n```\n";
}

/// An op with static inference in its category's .cpp.
class Tenon_InferredOp<string mnemonic, string kind, list<Trait> traits = []>
    : Tenon_Op<mnemonic, kind, traits # [Pure, InferTypeOpAdaptor]>;

/// An op defined by `decompose`, written in its category's .cpp.
class Tenon_CompositeOp<string mnemonic, list<Trait> traits = []>
    : Tenon_Op<mnemonic, "Opaque", traits #
               [Pure, DeclareOpInterfaceMethods<CompositeOpInterface>]>;

#endif
