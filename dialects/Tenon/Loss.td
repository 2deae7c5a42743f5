//===-- Loss.td - what training minimises ----------------------*- tablegen -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_LOSS_TD
#define TENON_LOSS_TD

include "dialects/Tenon/TenonBase.td"

def LossOps : OpDocGroup {
  let summary = "Losses";
  let description = "From what a model says and what it should say to one number.";
}

let opDocGroup = LossOps in {

def Tenon_CrossEntropyOp : Tenon_CompositeOp<"cross_entropy",
    [InferTypeOpAdaptor, DeclareOpInterfaceMethods<VJPOpInterface>]> {
  let summary = "Mean of -log softmax(logits) at the labels";
  let description = [{
    `logits` are N x C or N x C x d..., `labels` N or N x d..., compared as i64.
    Results: the mean over the labels that take part, those in [0, C) other than
    `ignore_index` (0 where there is none); their number; and the row-major
    index of the first label that is neither in [0, C) nor `ignore_index`, or -1.
    Such a label takes no part; that it exists is for the caller to act on.

    The gradient is (softmax - onehot) / number, and exactly 0 for labels that
    take no part.

    Example:
    ```mlir
    %loss, %valid, %bad = tenon.cross_entropy %x, %labels ignore_index -100
         : tensor<64x10xf32>, tensor<64xi64>
    ```
  }];
  let arguments = (ins Tenon_FloatTensor:$logits, Tenon_IntTensor:$labels, I64Attr:$ignore_index);
  let results = (outs Tenon_FloatTensor:$loss, Tenon_FloatTensor:$valid,
                      StaticShapeTensorOf<[I64]>:$bad);
  let assemblyFormat = [{
    $logits `,` $labels `ignore_index` $ignore_index attr-dict `:` type($logits) `,` type($labels)
  }];
}

/// A loss between two tensors of one type.
class Tenon_PairLossOp<string mnemonic, list<Trait> traits = []>
    : Tenon_CompositeOp<mnemonic, traits # [InferTypeOpAdaptor, SameTypeOperands]> {
  let results = (outs Tenon_FloatTensor:$loss);
}

def Tenon_SoftCrossEntropyOp : Tenon_PairLossOp<"soft_cross_entropy"> {
  let summary = "Mean of -sum targets log softmax(logits)";
  let description = [{
    Both are N x C or N x C x d...; the sum runs over dimension 1, the mean over
    the others.

    Example:
    ```mlir
    %loss = tenon.soft_cross_entropy %x, %targets : tensor<64x10xf32>
    ```
  }];
  let arguments = (ins Tenon_FloatTensor:$logits, Tenon_FloatTensor:$targets);
  let assemblyFormat = "$logits `,` $targets attr-dict `:` type($logits)";
}

def Tenon_MSEOp : Tenon_PairLossOp<"mse"> {
  let summary = "Mean of (x - target)^2 over all elements";
  let description = "Example:\n```mlir\n%loss = tenon.mse %x, %target : tensor<64x10xf32>\n```\n";
  let arguments = (ins Tenon_FloatTensor:$x, Tenon_FloatTensor:$target);
  let assemblyFormat = "$x `,` $target attr-dict `:` type($x)";
}

def Tenon_BinaryCrossEntropyOp : Tenon_PairLossOp<"binary_cross_entropy"> {
  let summary = "Mean of softplus(logits) - logits targets over all elements";
  let description = [{
    This is -(t log sigmoid(x) + (1 - t) log(1 - sigmoid(x))) without overflow.

    Example:
    ```mlir
    %loss = tenon.binary_cross_entropy %x, %targets : tensor<64x1xf32>
    ```
  }];
  let arguments = (ins Tenon_FloatTensor:$logits, Tenon_FloatTensor:$targets);
  let assemblyFormat = "$logits `,` $targets attr-dict `:` type($logits)";
}

} // opDocGroup

#endif
