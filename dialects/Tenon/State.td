//===-- State.td - variables and the guard ---------------------*- tablegen -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_STATE_TD
#define TENON_STATE_TD

include "dialects/Tenon/TenonBase.td"
include "mlir/IR/SymbolInterfaces.td"

def StateOps : OpDocGroup {
  let summary = "State";
  let description = [{
    What lives from step to step. Functions stay pure: they take the old value of
    a variable as an argument and return the new one as a result, each marked
    `tenon.variable = @name`. The plan lets both be the same bytes.
  }];
}

let opDocGroup = StateOps in {

def Tenon_VariableOp : Op<Tenon_Dialect, "variable", [Symbol]> {
  let summary = "A tensor that lives from step to step";
  let description = [{
    `source` names the tensor of the model file whose value it continues, for
    export. From lower on, `offset` is its byte in the state block.

    Example:
    ```mlir
    tenon.variable @conv1.weight parameter : tensor<8x3x3x3xf32> {source = "conv1.weight"}
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, Tenon_VariableKind:$kind, TypeAttr:$type,
                       OptionalAttr<StrAttr>:$source, OptionalAttr<I64Attr>:$offset);
  let assemblyFormat = "$sym_name $kind `:` $type attr-dict";
  let hasVerifier = 1;
}

def Tenon_GuardOp : Tenon_Op<"guard", "Opaque",
    [Pure, NoGradient, AllTypesMatch<["loss", "norm"]>]> {
  let summary = "Nothing behind it happens unless the step is good";
  let description = [{
    Passes `values` on if `loss` and `norm` (the squared norm of the gradient)
    are finite and `bad` (the index of the first label out of range) is
    negative; otherwise the step ends here with an error. New values of variables
    are made of guarded values only, so that a step that fails changes nothing.
    Results are the operands' bytes.

    Example:
    ```mlir
    %g = tenon.guard loss %loss norm %norm bad %bad of %dw
         : tensor<f32>, tensor<i64>, tensor<8x2xf32> -> tensor<8x2xf32>
    ```
  }];
  let arguments = (ins Tenon_FloatTensor:$loss, Tenon_FloatTensor:$norm,
                       StaticShapeTensorOf<[I64]>:$bad,
                       Variadic<Tenon_AnyTensor>:$values);
  let results = (outs Variadic<Tenon_AnyTensor>:$guarded);
  let assemblyFormat = [{
    `loss` $loss `norm` $norm `bad` $bad `of` $values attr-dict
    `:` type($loss) `,` type($bad) `,` type($values) `->` type($guarded)
  }];
  let hasVerifier = 1;
}

} // opDocGroup

#endif
