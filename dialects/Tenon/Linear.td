//===-- Linear.td - contractions and their storage layouts -----*- tablegen -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_LINEAR_TD
#define TENON_LINEAR_TD

include "dialects/Tenon/TenonBase.td"

def LinearOps : OpDocGroup {
  let summary = "Linear";
  let description = "Contractions: each result element is a chain of fused multiply-adds from 0, ascending in k.";
}

let opDocGroup = LinearOps in {

def Tenon_MatmulOp : Tenon_InferredOp<"matmul", "Contraction",
    [DeclareOpInterfaceMethods<VJPOpInterface>]> {
  let summary = "Matrix product, plain or batched";
  let description = [{
    Operands are MxK and KxN, or both with one equal leading batch dimension.

    Example:
    ```mlir
    %y = tenon.matmul %a, %b : tensor<4x8xf32>, tensor<8x16xf32>
    ```
  }];
  let arguments = (ins Tenon_NumTensor:$lhs, Tenon_NumTensor:$rhs);
  let results = (outs Tenon_NumTensor:$y);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` type($lhs) `,` type($rhs)";
}

def Tenon_ConvOp : Tenon_InferredOp<"conv", "Contraction",
    [DeclareOpInterfaceMethods<VJPOpInterface>]> {
  let summary = "Convolution (cross-correlation) over 1 to 3 spatial dimensions";
  let description = [{
    Operand: N C spatial... (`channels_first`) or N spatial... C
    (`channels_last`). Filter: F C/groups kernel... (`channels_first`) or
    kernel... C/groups F (`channels_last`). Outside elements are 0 and take part
    as fma(0, w, acc). Whatever the layout, k runs over (kernel..., c within the
    group), lexicographic.

    Example:
    ```mlir
    %y = tenon.conv %x, %w channels_first strides [2, 2] low [1, 1] high [1, 1]
         dilations [1, 1] groups 1 : tensor<1x3x8x8xf32>, tensor<16x3x3x3xf32>
    ```
  }];
  let arguments = (ins Tenon_NumTensor:$x, Tenon_NumTensor:$filter, Tenon_Layout:$layout,
                       DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$low,
                       DenseI64ArrayAttr:$high, DenseI64ArrayAttr:$dilations,
                       I64Attr:$groups);
  let results = (outs Tenon_NumTensor:$y);
  let assemblyFormat = [{
    $x `,` $filter $layout `strides` $strides `low` $low `high` $high
    `dilations` $dilations `groups` $groups attr-dict `:` type($x) `,` type($filter)
  }];
}

def Tenon_ConvFilterGradOp : Tenon_InferredOp<"conv_filter_grad", "Contraction",
    [DeclareOpInterfaceMethods<VJPOpInterface>]> {
  let summary = "The gradient of a convolution's filter";
  let description = [{
    `x` and the attributes are those of a `conv` with a filter of extents
    `window`, `dy` has its result's shape; the result has its filter's. Element
    (tap, c, f) is the chain fma(x at the tap, dy, acc) over output positions
    (n, spatial...), lexicographic whatever the layout; elements of x outside
    are 0 and take part.

    Example:
    ```mlir
    %dw = tenon.conv_filter_grad %x, %dy channels_first window [3, 3] strides [2, 2] low [1, 1]
          high [1, 1] dilations [1, 1] groups 1 : tensor<1x3x8x8xf32>, tensor<1x16x4x4xf32>
    ```
  }];
  let arguments = (ins Tenon_NumTensor:$x, Tenon_NumTensor:$dy, Tenon_Layout:$layout,
                       DenseI64ArrayAttr:$window, DenseI64ArrayAttr:$strides,
                       DenseI64ArrayAttr:$low, DenseI64ArrayAttr:$high,
                       DenseI64ArrayAttr:$dilations, I64Attr:$groups);
  let results = (outs Tenon_NumTensor:$dw);
  let assemblyFormat = [{
    $x `,` $dy $layout `window` $window `strides` $strides `low` $low `high` $high
    `dilations` $dilations `groups` $groups attr-dict `:` type($x) `,` type($dy)
  }];
}

def Tenon_ConvTransposeOp : Tenon_CompositeOp<"conv_transpose",
    [AllElementTypesMatch<["x", "filter", "y"]>]> {
  let summary = "Transposed convolution: a convolution's gradient by its operand";
  let description = [{
    With the attributes of a `conv` from tensors like the result to tensors like
    `x`, whose filter has the shape of `filter`, that conv's gradient by its
    operand. `low` may be negative, and the result may extend beyond what any
    window covers: such elements are 0.

    Example:
    ```mlir
    %y = tenon.conv_transpose %x, %w channels_first strides [2, 2] low [1, 1] dilations [1, 1]
         groups 1 : tensor<1x16x4x4xf32>, tensor<16x3x3x3xf32> to tensor<1x3x8x8xf32>
    ```
  }];
  let arguments = (ins Tenon_NumTensor:$x, Tenon_NumTensor:$filter, Tenon_Layout:$layout,
                       DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$low,
                       DenseI64ArrayAttr:$dilations, I64Attr:$groups);
  let results = (outs Tenon_NumTensor:$y);
  let assemblyFormat = [{
    $x `,` $filter $layout `strides` $strides `low` $low `dilations` $dilations
    `groups` $groups attr-dict `:` type($x) `,` type($filter) `to` type($y)
  }];
  let hasVerifier = 1;
}

def Tenon_PackOp : Tenon_InferredOp<"pack", "Injective", [NoGradient]> {
  let summary = "Panels of a KxN matrix, the storage layout of contraction weights";
  let description = [{
    The operand is seen as a matrix: its last dimension is n, all before it are
    k, row-major. Result element (p, k, j) is operand element (k, p * panel + j),
    or 0 past N.

    Example:
    ```mlir
    %p = tenon.pack %w panel 48 : tensor<64x100xf32>
    ```
  }];
  let arguments = (ins Tenon_AnyTensor:$x, I64Attr:$panel);
  let results = (outs Tenon_AnyTensor:$y);
  let assemblyFormat = "$x `panel` $panel attr-dict `:` type($x)";
}

def Tenon_UnpackOp : Tenon_Op<"unpack", "Injective", [Pure, NoGradient]> {
  let summary = "The inverse of pack";
  let description = [{
    Stands inside groups: the kernel reads the panels, everything else sees the
    matrix.

    Example:
    ```mlir
    %w = tenon.unpack %p : tensor<3x64x48xf32> to tensor<64x100xf32>
    ```
  }];
  let arguments = (ins Tenon_AnyTensor:$x);
  let results = (outs Tenon_AnyTensor:$y);
  let assemblyFormat = "$x attr-dict `:` type($x) `to` type($y)";
  let hasVerifier = 1;
}

} // opDocGroup

#endif
