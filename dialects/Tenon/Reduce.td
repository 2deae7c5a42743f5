//===-- Reduce.td - ops that fold dimensions away --------------*- tablegen -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_REDUCE_TD
#define TENON_REDUCE_TD

include "dialects/Tenon/TenonBase.td"

def ReduceOps : OpDocGroup {
  let summary = "Reductions";
  let description = "Ops that fold dimensions away, in the fixed order of the numerics contract.";
}

let opDocGroup = ReduceOps in {

/// `combine` is one expression over `a` and `c`; `identity` one over `like`.
class Tenon_ReduceOp<string mnemonic, code combine, code identity, list<Trait> traits>
    : Tenon_InferredOp<mnemonic, "Reduction",
                       traits # [DeclareOpInterfaceMethods<ReductionOpInterface>]> {
  let arguments = (ins Tenon_NumTensor:$x, DenseI64ArrayAttr:$dims);
  let results = (outs Tenon_NumTensor:$y);
  let assemblyFormat = "$x `dims` $dims attr-dict `:` type($x)";
  let description = [{
    Folds `dims`, which the result lacks. The order of the fold is fixed:
    element r of the reduced extent, row-major over `dims` as listed, goes to
    lane r mod 16 in ascending order, then the lanes fold by halves.

    Example:
    ```mlir
    %y = tenon.}] # mnemonic # [{ %x dims [1] : tensor<4x8xf32>
    ```
  }];
  let declarations = "template <class V> static V combine(V a, V c) {\n  return " #
      combine # ";\n}\n" #
      "template <class V> static V identity(V like) {\n  return " # identity # ";\n}\n";
  let definitions = [{
    ::llvm::ArrayRef<int64_t> $cppClass::getReducedDims() { return getDims(); }
    ::mlir::Value $cppClass::buildCombine(::mlir::OpBuilder &b, ::mlir::Location loc, ::mlir::Value a, ::mlir::Value c) {
      Kind kind = kindOf(getX().getType().getElementType());
      return combine(IRScalar{a, kind, &b, loc}, IRScalar{c, kind, &b, loc}).value;
    }
    ::tenon::HostScalar $cppClass::evalCombine(::tenon::HostScalar a, ::tenon::HostScalar c) {
      return combine(a, c);
    }
    ::tenon::HostScalar $cppClass::getIdentity() {
      return identity(HostScalar::ofInt(kindOf(getX().getType().getElementType()), 0));
    }
  }];
}

def Tenon_ReduceSumOp : Tenon_ReduceOp<"reduce_sum", "a + c", "lit(like, 0.0)",
    [DeclareOpInterfaceMethods<VJPOpInterface>]> { let summary = "Sum over dimensions"; }
def Tenon_ReduceProdOp : Tenon_ReduceOp<"reduce_prod", "a * c", "lit(like, 1.0)",
    [DeclareOpInterfaceMethods<VJPOpInterface>]> { let summary = "Product over dimensions"; }
def Tenon_ReduceMaxOp : Tenon_ReduceOp<"reduce_max", "max(a, c)", "lowest(like)",
    [DeclareOpInterfaceMethods<VJPOpInterface>]> { let summary = "Maximum over dimensions; NaN wins; tied maxima share the gradient"; }
def Tenon_ReduceMinOp : Tenon_ReduceOp<"reduce_min", "min(a, c)", "highest(like)",
    [DeclareOpInterfaceMethods<VJPOpInterface>]> { let summary = "Minimum over dimensions; NaN wins; tied minima share the gradient"; }

class Tenon_ArgOp<string mnemonic, string what>
    : Tenon_InferredOp<mnemonic, "Opaque", [NoGradient]> {
  let summary = "Index of the " # what # " along one dimension";
  let description = [{
    Of ties the first wins, or the last with `last`. NaN counts as the }] # what # [{.

    Example:
    ```mlir
    %i = tenon.}] # mnemonic # [{ %x axis 1 : tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tenon_NumTensor:$x, I64Attr:$axis, UnitAttr:$last);
  let results = (outs StaticShapeTensorOf<[I64]>:$y);
  let assemblyFormat = "$x `axis` $axis (`last` $last^)? attr-dict `:` type($x)";
}
def Tenon_ArgMaxOp : Tenon_ArgOp<"arg_max", "maximum">;
def Tenon_ArgMinOp : Tenon_ArgOp<"arg_min", "minimum">;

} // opDocGroup

#endif
