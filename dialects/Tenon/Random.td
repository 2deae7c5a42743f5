//===-- Random.td - numbers from keys --------------------------*- tablegen -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_RANDOM_TD
#define TENON_RANDOM_TD

include "dialects/Tenon/TenonBase.td"

def RandomOps : OpDocGroup {
  let summary = "Random";
  let description = [{
    Keys are values, so these ops are pure: equal keys give equal numbers, and a
    number can be computed again wherever it is needed. Element i of a tensor,
    counted row-major, is drawn with counter i, whatever layout the tensor has
    in memory.
  }];
}

let opDocGroup = RandomOps in {

def Tenon_PhiloxOp
    : Tenon_PointwiseOp<"philox", ["a", "b"], "philox(a, b)", "", [SameOperandsAndResultType]> {
  let summary = "64 random bits from a counter and a key";
  let description = [{
    Philox4x32-10 of the counter words (low, high of `counter`, 0, 0) and the key
    words (low, high of `key`): its first output word is the low half of the
    result, the second the high half.

    `replay` changes nothing but that two equal ops are not merged: what a
    gradient draws again is not kept from the forward pass.

    Example:
    ```mlir
    %bits = tenon.philox %counter, %key : tensor<4xui64>
    ```
  }];
  let arguments = (ins StaticShapeTensorOf<[UI<64>]>:$counter, StaticShapeTensorOf<[UI<64>]>:$key,
                       UnitAttr:$replay);
  let results = (outs StaticShapeTensorOf<[UI<64>]>:$y);
  let assemblyFormat = "$counter `,` $key attr-dict `:` type($y)";
}

def Tenon_FoldInOp : Tenon_CompositeOp<"fold_in"> {
  let summary = "A key of its own for each value of data";
  let description = "`philox(data, key)`.\n\nExample:\n```mlir\n%k = tenon.fold_in %key, %step\n```\n";
  let arguments = (ins Tenon_Key:$key, Tenon_Key:$data);
  let results = (outs Tenon_Key:$y);
  let assemblyFormat = "$key `,` $data attr-dict";
}

def Tenon_RandomUniformOp : Tenon_CompositeOp<"random_uniform"> {
  let summary = "Uniform in [0, 1)";
  let description = [{
    The high bits of `philox`, as many as the element type has significant ones
    (24 in f32, 53 in f64), times a power of two: exact.

    Example:
    ```mlir
    %y = tenon.random_uniform %key : tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tenon_Key:$key);
  let results = (outs Tenon_FloatTensor:$y);
  let assemblyFormat = "$key attr-dict `:` type($y)";
}

def Tenon_RandomNormalOp : Tenon_CompositeOp<"random_normal"> {
  let summary = "Normal of mean 0 and variance 1";
  let description = [{
    Box and Muller: `sqrt(-2 log(1 - u)) cos(2 pi v)`, u and v uniform of
    counters 2i and 2i + 1. Halves are computed in f32.

    Example:
    ```mlir
    %y = tenon.random_normal %key : tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tenon_Key:$key);
  let results = (outs Tenon_FloatTensor:$y);
  let assemblyFormat = "$key attr-dict `:` type($y)";
}

def Tenon_RandomBernoulliOp : Tenon_CompositeOp<"random_bernoulli"> {
  let summary = "True with a probability";
  let description = [{
    Whether the uniform f32 of the same key is less than `probability`, which
    lies in [0, 1].

    Example:
    ```mlir
    %y = tenon.random_bernoulli %key probability 0.25 : tensor<4x8xi1>
    ```
  }];
  let arguments = (ins Tenon_Key:$key, F64Attr:$probability);
  let results = (outs Tenon_BoolTensor:$y);
  let assemblyFormat = "$key `probability` $probability attr-dict `:` type($y)";
  let hasVerifier = 1;
}

} // opDocGroup

#endif
