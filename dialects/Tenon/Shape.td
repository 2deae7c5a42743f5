//===-- Shape.td - constants and ops that move elements --------*- tablegen -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_SHAPE_TD
#define TENON_SHAPE_TD

include "dialects/Tenon/TenonBase.td"

def ShapeOps : OpDocGroup {
  let summary = "Shape";
  let description = "Constants, and ops that move elements without computing.";
}

let opDocGroup = ShapeOps in {

def Tenon_ConstantOp : Tenon_Op<"constant", "Source",
    [Pure, ConstantLike, NoGradient, AllTypesMatch<["value", "y"]>]> {
  let summary = "A constant tensor";
  let description = [{
    Small values and splats are dense attributes; weights are resources, that
    is, handles to bytes that stay in the source file's mapping.

    Example:
    ```mlir
    %c = tenon.constant dense<1.0> : tensor<4xf32>
    %w = tenon.constant dense_resource<conv1_w> : tensor<64x3x7x7xf32>
    ```
  }];
  let arguments = (ins ElementsAttr:$value);
  let results = (outs Tenon_AnyTensor:$y);
  let assemblyFormat = "attr-dict $value";
  let hasFolder = 1;
  let declarations = [{
    /// A splat of `value`, converted to the type's element kind.
    static ::mlir::Value splat(::mlir::OpBuilder &b, ::mlir::Location loc,
                               ::mlir::RankedTensorType type, double value);
  }];
}

def Tenon_BroadcastOp : Tenon_Op<"broadcast", "Injective",
    [Pure, DeclareOpInterfaceMethods<VJPOpInterface>]> {
  let summary = "Repeats a tensor along new dimensions";
  let description = [{
    Operand dimension i becomes result dimension `dims[i]`, of equal extent;
    `dims` ascends. All other result dimensions repeat.

    Example:
    ```mlir
    %y = tenon.broadcast %bias dims [1] : tensor<8xf32> to tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tenon_AnyTensor:$x, DenseI64ArrayAttr:$dims);
  let results = (outs Tenon_AnyTensor:$y);
  let assemblyFormat = "$x `dims` $dims attr-dict `:` type($x) `to` type($y)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def Tenon_ReshapeOp : Tenon_Op<"reshape", "View",
    [Pure, DeclareOpInterfaceMethods<VJPOpInterface>]> {
  let summary = "Same row-major elements, another shape";
  let description = "Example:\n```mlir\n%y = tenon.reshape %x : tensor<2x3xf32> to tensor<6xf32>\n```\n";
  let arguments = (ins Tenon_AnyTensor:$x);
  let results = (outs Tenon_AnyTensor:$y);
  let assemblyFormat = "$x attr-dict `:` type($x) `to` type($y)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def Tenon_TransposeOp : Tenon_InferredOp<"transpose", "Injective",
    [DeclareOpInterfaceMethods<VJPOpInterface>]> {
  let summary = "Permutes dimensions";
  let description = [{
    Result dimension i is operand dimension `permutation[i]`.

    Example:
    ```mlir
    %y = tenon.transpose %x permutation [0, 2, 3, 1] : tensor<1x3x8x8xf32>
    ```
  }];
  let arguments = (ins Tenon_AnyTensor:$x, DenseI64ArrayAttr:$permutation);
  let results = (outs Tenon_AnyTensor:$y);
  let assemblyFormat = "$x `permutation` $permutation attr-dict `:` type($x)";
  let hasFolder = 1;
}

def Tenon_SliceOp : Tenon_InferredOp<"slice", "Injective",
    [DeclareOpInterfaceMethods<VJPOpInterface>]> {
  let summary = "A strided window";
  let description = [{
    Result element i is operand element `starts + i * strides`; strides may be
    negative. Every element read lies inside the operand.

    Example:
    ```mlir
    %y = tenon.slice %x starts [0, 1] sizes [2, 3] strides [1, 1] : tensor<2x8xf32>
    ```
  }];
  let arguments = (ins Tenon_AnyTensor:$x, DenseI64ArrayAttr:$starts,
                       DenseI64ArrayAttr:$sizes, DenseI64ArrayAttr:$strides);
  let results = (outs Tenon_AnyTensor:$y);
  let assemblyFormat = "$x `starts` $starts `sizes` $sizes `strides` $strides attr-dict `:` type($x)";
}

def Tenon_PadOp : Tenon_InferredOp<"pad", "Injective",
    [DeclareOpInterfaceMethods<VJPOpInterface>]> {
  let summary = "Surrounds a tensor";
  let description = [{
    Adds `low[d]` elements before and `high[d]` after dimension d, and
    `interior[d]` (0 if absent; mode `constant` only) between any two that are
    neighbours along it; all >= 0. `value` fills them in mode `constant`; the
    others repeat operand elements.

    Example:
    ```mlir
    %y = tenon.pad %x constant 0.0 low [1] high [2] interior [1] : tensor<4xf32>
    ```
  }];
  let arguments = (ins Tenon_AnyTensor:$x, Tenon_PadMode:$mode, F64Attr:$value,
                       DenseI64ArrayAttr:$low, DenseI64ArrayAttr:$high,
                       OptionalAttr<DenseI64ArrayAttr>:$interior);
  let results = (outs Tenon_AnyTensor:$y);
  let assemblyFormat = [{
    $x $mode $value `low` $low `high` $high (`interior` $interior^)? attr-dict `:` type($x)
  }];
  let declarations = [{
    /// Elements added between neighbours along dimension d.
    int64_t getInteriorOf(int64_t d) { return getInterior() ? (*getInterior())[d] : 0; }
  }];
}

def Tenon_ConcatOp : Tenon_InferredOp<"concat", "Opaque",
    [DeclareOpInterfaceMethods<VJPOpInterface>]> {
  let summary = "Joins tensors along one dimension";
  let description = "Example:\n```mlir\n%y = tenon.concat %a, %b axis 1 : tensor<2x3xf32>, tensor<2x4xf32>\n```\n";
  let arguments = (ins Variadic<Tenon_AnyTensor>:$inputs, I64Attr:$axis);
  let results = (outs Tenon_AnyTensor:$y);
  let assemblyFormat = "$inputs `axis` $axis attr-dict `:` type($inputs)";
}

def Tenon_GatherOp : Tenon_InferredOp<"gather", "Injective",
    [DeclareOpInterfaceMethods<VJPOpInterface>]> {
  let summary = "Picks slices by index";
  let description = [{
    The result's shape is the operand's with dimension `axis` replaced by the
    indices' shape. A negative index counts from the end; an index outside is
    clamped to the nearest valid one.

    Example:
    ```mlir
    %y = tenon.gather %table, %i axis 0 : tensor<10x4xf32>, tensor<3xi64>
    ```
  }];
  let arguments = (ins Tenon_AnyTensor:$x, Tenon_IntTensor:$indices, I64Attr:$axis);
  let results = (outs Tenon_AnyTensor:$y);
  let assemblyFormat = "$x `,` $indices `axis` $axis attr-dict `:` type($x) `,` type($indices)";
}

def Tenon_ScatterAddOp : Tenon_Op<"scatter_add", "Opaque",
    [Pure, AllElementTypesMatch<["x", "y"]>, DeclareOpInterfaceMethods<VJPOpInterface>]> {
  let summary = "Adds slices up by index, the adjoint of gather";
  let description = [{
    The operand has the shape that `gather` of the result would have. Each
    result element is the sum, from 0, of the operand elements whose index
    (read as `gather` reads it) names it, in ascending order of the indices'
    row-major positions.

    Example:
    ```mlir
    %y = tenon.scatter_add %rows, %i axis 0 : tensor<3x4xf32>, tensor<3xi64> to tensor<10x4xf32>
    ```
  }];
  let arguments = (ins Tenon_NumTensor:$x, Tenon_IntTensor:$indices, I64Attr:$axis);
  let results = (outs Tenon_NumTensor:$y);
  let assemblyFormat = "$x `,` $indices `axis` $axis attr-dict `:` type($x) `,` type($indices) `to` type($y)";
  let hasVerifier = 1;
}

def Tenon_IotaOp : Tenon_Op<"iota", "Injective", [Pure, NoGradient]> {
  let summary = "The index along one dimension";
  let description = "Example:\n```mlir\n%i = tenon.iota axis 0 : tensor<4xi64>\n```\n";
  let arguments = (ins I64Attr:$axis);
  let results = (outs Tenon_NumTensor:$y);
  let assemblyFormat = "`axis` $axis attr-dict `:` type($y)";
  let hasVerifier = 1;
}

def Tenon_LinearIndexOp : Tenon_Op<"linear_index", "Injective", [Pure, NoGradient]> {
  let summary = "The position of each element in some order of all";
  let description = [{
    Result element i is the sum of `i[d] * strides[d]`, converted from i64. With
    the strides of the row-major order it numbers the elements, whatever the
    dimensions are permuted to afterwards: a transpose of it is a permutation of
    the strides.

    Example:
    ```mlir
    %i = tenon.linear_index strides [12, 4, 1] : tensor<2x3x4xui64>
    ```
  }];
  let arguments = (ins DenseI64ArrayAttr:$strides);
  let results = (outs Tenon_IntTensor:$y);
  let assemblyFormat = "`strides` $strides attr-dict `:` type($y)";
  let hasVerifier = 1;
  let builders = [OpBuilder<(ins "::mlir::RankedTensorType":$type), [{
    // The row-major order.
    ::llvm::SmallVector<int64_t> strides(type.getRank(), 1);
    for (int64_t d = type.getRank() - 2; d >= 0; --d)
      strides[d] = strides[d + 1] * type.getDimSize(d + 1);
    build($_builder, $_state, type, strides);
  }]>];
}

} // opDocGroup

#endif
