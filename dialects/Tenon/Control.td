//===-- Control.td - gradient, groups, recipes -----------------*- tablegen -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_CONTROL_TD
#define TENON_CONTROL_TD

include "dialects/Tenon/TenonBase.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"

def ControlOps : OpDocGroup {
  let summary = "Control";
  let description = "Ops over regions and functions.";
}

let opDocGroup = ControlOps in {

def Tenon_GradOp : Tenon_Op<"grad", "Opaque",
    [NoGradient, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "Value and gradient of a function";
  let description = [{
    Calls `callee`, whose first result is a scalar float, and returns all its
    results, then the gradient of the first with respect to each argument listed
    in `wrt`. The gradient phase replaces it; none is left after.

    Example:
    ```mlir
    %loss, %dw = tenon.grad @loss(%x, %w) wrt [1]
        : (tensor<4x8xf32>, tensor<8x2xf32>) -> (tensor<f32>, tensor<8x2xf32>)
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee, Variadic<Tenon_AnyTensor>:$inputs,
                       DenseI64ArrayAttr:$wrt);
  let results = (outs Variadic<Tenon_AnyTensor>:$outputs);
  let assemblyFormat = "$callee `(` $inputs `)` `wrt` $wrt attr-dict `:` functional-type($inputs, $outputs)";
}

def Tenon_YieldOp : Tenon_Op<"yield", "Opaque", [Pure, Terminator, ReturnLike, NoGradient]> {
  let summary = "Ends a group or a recipe";
  let description = "Example:\n```mlir\ntenon.yield %y : tensor<4xf32>\n```\n";
  let arguments = (ins Variadic<Tenon_AnyTensor>:$values);
  let assemblyFormat = "($values^ `:` type($values))? attr-dict";
}

def Tenon_GroupOp : Tenon_Op<"group", "Opaque",
    [IsolatedFromAbove, SingleBlock, NoGradient, Pure]> {
  let summary = "Ops that become one kernel";
  let description = [{
    Made by fuse; isolated, so that equal bodies are one kernel. `kernel` is set
    by configure. From plan on `order` fixes the schedule and `offsets` the arena
    byte of each result (-(k + 1): bound by the caller as output k).

    Example:
    ```mlir
    %y = tenon.group (%a = %x) : (tensor<4xf32>) -> tensor<4xf32> {
      %b = tenon.relu %a : tensor<4xf32>
      tenon.yield %b : tensor<4xf32>
    }
    ```
  }];
  let arguments = (ins Variadic<Tenon_AnyTensor>:$inputs, OptionalAttr<Tenon_KernelAttr>:$kernel,
                       OptionalAttr<DenseI64ArrayAttr>:$offsets);
  let results = (outs Variadic<Tenon_AnyTensor>:$outputs);
  let regions = (region SizedRegion<1>:$body);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
}

def Tenon_RecipeOp : Tenon_Op<"recipe", "Source",
    [IsolatedFromAbove, SingleBlock, NoGradient, Pure]> {
  let summary = "A weight, as arithmetic on constants";
  let description = [{
    Takes nothing from outside; evaluated when the artifact is written, one
    recipe at a time, by the reference interpreter. From plan on `offset` is its
    byte in the weight section.

    Example:
    ```mlir
    %w = tenon.recipe : tensor<2x64x48xf32> {
      %c = tenon.constant dense_resource<w> : tensor<64x96xf32>
      %p = tenon.pack %c panel 48 : tensor<64x96xf32>
      tenon.yield %p : tensor<2x64x48xf32>
    }
    ```
  }];
  let arguments = (ins OptionalAttr<I64Attr>:$offset);
  let results = (outs Tenon_AnyTensor:$y);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "attr-dict `:` type($y) $body";
  let hasVerifier = 1;
}

} // opDocGroup

#endif
