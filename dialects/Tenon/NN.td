//===-- NN.td - pools, softmax, normalisation, activations -----*- tablegen -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_NN_TD
#define TENON_NN_TD

include "dialects/Tenon/TenonBase.td"

def NNOps : OpDocGroup {
  let summary = "Neural network";
  let description = "Pools are primitives; the rest is defined by decomposition.";
}

let opDocGroup = NNOps in {

class Tenon_PoolOp<string mnemonic, list<Trait> gradient>
    : Tenon_InferredOp<mnemonic, "Window", gradient> {
  let arguments = (ins Tenon_NumTensor:$x, Tenon_Layout:$layout, DenseI64ArrayAttr:$window,
                       DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$low,
                       DenseI64ArrayAttr:$high, DenseI64ArrayAttr:$dilations);
  let results = (outs Tenon_NumTensor:$y);
  let assemblyFormat = [{
    $x $layout `window` $window `strides` $strides `low` $low `high` $high
    `dilations` $dilations attr-dict `:` type($x)
  }];
}

def Tenon_MaxPoolOp : Tenon_PoolOp<"max_pool", [DeclareOpInterfaceMethods<VJPOpInterface>]> {
  let summary = "Maximum over a sliding window";
  let description = [{
    Taps fold in ascending order; taps outside the operand take no part; NaN
    wins.

    Example:
    ```mlir
    %y = tenon.max_pool %x channels_first window [2, 2] strides [2, 2] low [0, 0]
         high [0, 0] dilations [1, 1] : tensor<1x3x8x8xf32>
    ```
  }];
}

def Tenon_MaxPoolIndexOp : Tenon_PoolOp<"max_pool_index", [NoGradient]> {
  let summary = "Which tap of a sliding window is the maximum";
  let description = [{
    The row-major number within the window of the tap that `max_pool` takes its
    value from: of equal taps the first, of NaNs the first; -1 where no tap lies
    inside the operand.

    Example:
    ```mlir
    %i = tenon.max_pool_index %x channels_first window [2, 2] strides [2, 2] low [0, 0]
         high [0, 0] dilations [1, 1] : tensor<1x3x8x8xf32>
    ```
  }];
  let results = (outs StaticShapeTensorOf<[I32]>:$y);
}

def Tenon_UnpoolOp : Tenon_Op<"unpool", "Window",
    [Pure, AllElementTypesMatch<["dy", "y"]>, DeclareOpInterfaceMethods<VJPOpInterface>]> {
  let summary = "Adds pooled values up where their taps lie, the adjoint of pools";
  let description = [{
    The attributes are those of a pool from the result's shape to that of `dy`.
    Result element i is the sum, from 0 over taps t in ascending order, of dy at
    the output position o whose tap t reads i; with `index`, of those only where
    its element at o is t.

    Example:
    ```mlir
    %dx = tenon.unpool %dy, %index channels_first window [2, 2] strides [2, 2] low [0, 0] high [0, 0]
          dilations [1, 1] : tensor<1x3x4x4xf32>, tensor<1x3x4x4xi32> to tensor<1x3x8x8xf32>
    ```
  }];
  let arguments = (ins Tenon_NumTensor:$dy, Optional<StaticShapeTensorOf<[I32]>>:$index,
                       Tenon_Layout:$layout, DenseI64ArrayAttr:$window,
                       DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$low,
                       DenseI64ArrayAttr:$high, DenseI64ArrayAttr:$dilations);
  let results = (outs Tenon_NumTensor:$y);
  let assemblyFormat = [{
    $dy (`,` $index^)? $layout `window` $window `strides` $strides `low` $low `high` $high
    `dilations` $dilations attr-dict `:` type($dy) (`,` type($index)^)? `to` type($y)
  }];
  let hasVerifier = 1;
}

def Tenon_AvgPoolOp : Tenon_PoolOp<"avg_pool", [DeclareOpInterfaceMethods<VJPOpInterface>]> {
  let summary = "Mean over a sliding window";
  let description = [{
    The sum over taps inside the operand, in ascending order from 0, divided by
    their number, or by the number of taps within the padded operand with
    `count_pad`. `high` may exceed the padding that counts: `counted_high` says
    how much of it does.

    Example:
    ```mlir
    %y = tenon.avg_pool %x channels_first window [2, 2] strides [2, 2] low [0, 0]
         high [0, 0] dilations [1, 1] {count_pad, counted_high = array<i64: 0, 0>} : tensor<1x3x8x8xf32>
    ```
  }];
  let arguments = (ins Tenon_FloatTensor:$x, Tenon_Layout:$layout, DenseI64ArrayAttr:$window,
                       DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$low,
                       DenseI64ArrayAttr:$high, DenseI64ArrayAttr:$dilations,
                       UnitAttr:$count_pad, OptionalAttr<DenseI64ArrayAttr>:$counted_high);
  let hasVerifier = 1;
}

def Tenon_SoftmaxOp : Tenon_CompositeOp<"softmax",
    [SameOperandsAndResultType, DeclareOpInterfaceMethods<VJPOpInterface>]> {
  let summary = "e^(x - max) / sum along one dimension";
  let description = "Example:\n```mlir\n%y = tenon.softmax %x axis 1 : tensor<4x10xf32>\n```\n";
  let arguments = (ins Tenon_FloatTensor:$x, I64Attr:$axis);
  let results = (outs Tenon_FloatTensor:$y);
  let assemblyFormat = "$x `axis` $axis attr-dict `:` type($x)";
  let hasVerifier = 1;
}

def Tenon_LogSoftmaxOp : Tenon_CompositeOp<"log_softmax",
    [SameOperandsAndResultType, DeclareOpInterfaceMethods<VJPOpInterface>]> {
  let summary = "(x - max) - ln sum e^(x - max) along one dimension";
  let description = "Example:\n```mlir\n%y = tenon.log_softmax %x axis 1 : tensor<4x10xf32>\n```\n";
  let arguments = (ins Tenon_FloatTensor:$x, I64Attr:$axis);
  let results = (outs Tenon_FloatTensor:$y);
  let assemblyFormat = "$x `axis` $axis attr-dict `:` type($x)";
  let hasVerifier = 1;
}

def Tenon_BatchNormOp : Tenon_CompositeOp<"batch_norm",
    [AllTypesMatch<["x", "y"]>, AllTypesMatch<["scale", "bias", "mean", "variance"]>]> {
  let summary = "Normalisation by stored statistics, per channel (dimension 1)";
  let description = [{
    y = x * s + (bias - mean * s) with s = scale / sqrt(variance + epsilon): one
    multiply and one add per element, which fold into a convolution before it.

    Example:
    ```mlir
    %y = tenon.batch_norm %x, %scale, %bias, %mean, %variance epsilon 1.0e-5
         : tensor<1x8x4x4xf32>, tensor<8xf32>
    ```
  }];
  let arguments = (ins Tenon_FloatTensor:$x, Tenon_FloatTensor:$scale, Tenon_FloatTensor:$bias,
                       Tenon_FloatTensor:$mean, Tenon_FloatTensor:$variance, F64Attr:$epsilon);
  let results = (outs Tenon_FloatTensor:$y);
  let assemblyFormat = [{
    $x `,` $scale `,` $bias `,` $mean `,` $variance `epsilon` $epsilon attr-dict `:` type($x) `,` type($scale)
  }];
  let hasVerifier = 1;
}

def Tenon_BatchNormTrainOp : Tenon_CompositeOp<"batch_norm_train",
    [InferTypeOpAdaptor, AllTypesMatch<["scale", "bias"]>, DeclareOpInterfaceMethods<VJPOpInterface>]> {
  let summary = "Normalisation by the batch's own statistics, per channel (dimension 1)";
  let description = [{
    Results: y = x * s + (bias - mean * s) with s = scale / sqrt(variance +
    epsilon); mean; and variance, the mean of (x - mean)^2: biased. Both are taken
    over all dimensions but 1. Where the dimensions from 2 on hold 16 elements or
    more, sums run over these first, then over the batch.

    The gradient is that of y: mean and variance are for running averages.

    Example:
    ```mlir
    %y, %mean, %variance = tenon.batch_norm_train %x, %scale, %bias epsilon 1.0e-5
         : tensor<32x8x4x4xf32>, tensor<8xf32>
    ```
  }];
  let arguments = (ins Tenon_FloatTensor:$x, Tenon_FloatTensor:$scale, Tenon_FloatTensor:$bias,
                       F64Attr:$epsilon);
  let results = (outs Tenon_FloatTensor:$y, Tenon_FloatTensor:$mean, Tenon_FloatTensor:$variance);
  let assemblyFormat = [{
    $x `,` $scale `,` $bias `epsilon` $epsilon attr-dict `:` type($x) `,` type($scale)
  }];
}

def Tenon_DropoutOp : Tenon_CompositeOp<"dropout", [SameOperandsAndResultType]> {
  let summary = "The identity, where a model in training drops elements";
  let description = [{
    Stands for a model's dropout node until it is known whether the program
    trains: `dropout_train` takes its place then, else nothing does. `id` tells
    the nodes of a model apart.

    Example:
    ```mlir
    %y = tenon.dropout %x ratio 0.5 id "drop1" : tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tenon_FloatTensor:$x, F64Attr:$ratio, StrAttr:$id);
  let results = (outs Tenon_FloatTensor:$y);
  let assemblyFormat = "$x `ratio` $ratio `id` $id attr-dict `:` type($x)";
  let hasVerifier = 1;
}

def Tenon_DropoutTrainOp : Tenon_CompositeOp<"dropout_train",
    [AllTypesMatch<["x", "y"]>, DeclareOpInterfaceMethods<VJPOpInterface>]> {
  let summary = "0 with probability ratio, else x / (1 - ratio)";
  let description = [{
    Elements are dropped where `random_bernoulli %key probability ratio` holds.
    The gradient draws them again; x * (1 / (1 - ratio)) rounds once.

    Example:
    ```mlir
    %y = tenon.dropout_train %x, %key ratio 0.5 : tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tenon_FloatTensor:$x, Tenon_Key:$key, F64Attr:$ratio);
  let results = (outs Tenon_FloatTensor:$y);
  let assemblyFormat = "$x `,` $key `ratio` $ratio attr-dict `:` type($x)";
  let hasVerifier = 1;
}

/// An activation: `expression` is one Expr over x and the op's attributes.
class Tenon_ActivationOp<string mnemonic, code expression, list<string> names = []>
    : Tenon_CompositeOp<mnemonic, [SameOperandsAndResultType]> {
  let arguments = !con((ins Tenon_FloatTensor:$x),
                       !dag(ins, !foreach(n, names, F64Attr), names));
  let results = (outs Tenon_FloatTensor:$y);
  let assemblyFormat = "$x attr-dict `:` type($x)";
  let description = "`" # expression # "`.\n\nExample:\n```mlir\n%y = tenon." # mnemonic #
      " %x {...} : tensor<4xf32>\n```\n";
  let declarations = !foldl("", names, acc, n, acc # "double " # n # "() { return get" #
      !toupper(!substr(n, 0, 1)) # !substr(n, 1) # "().convertToDouble(); }\n");
  let definitions = [{
    ::llvm::SmallVector<::mlir::Value> $cppClass::decompose(::mlir::OpBuilder &b) {
      Expr x(b, getLoc(), getX());
      return {}] # expression # [{};
    }
  }];
}

defvar Alpha = ["alpha"];
defvar AlphaBeta = ["alpha", "beta"];

def Tenon_LeakyReluOp : Tenon_ActivationOp<"leaky_relu", "select(x >= 0.0, x, x * alpha())", Alpha> { let summary = "x, or alpha x below 0"; }
def Tenon_EluOp : Tenon_ActivationOp<"elu", "select(x > 0.0, x, (exp(x) - 1.0) * alpha())", Alpha> { let summary = "Exponential linear unit"; }
def Tenon_SeluOp : Tenon_ActivationOp<"selu", "select(x > 0.0, x, exp(x) * alpha() - alpha()) * beta()", AlphaBeta> { let summary = "Scaled ELU; beta is ONNX's gamma"; }
def Tenon_CeluOp : Tenon_ActivationOp<"celu", "max(x, 0.0) + min((exp(x / alpha()) - 1.0) * alpha(), 0.0)", Alpha> { let summary = "Continuously differentiable ELU"; }
def Tenon_HardSigmoidOp : Tenon_ActivationOp<"hard_sigmoid", "max(min(x * alpha() + beta(), 1.0), 0.0)", AlphaBeta> { let summary = "alpha x + beta, clipped to [0, 1]"; }
def Tenon_HardSwishOp : Tenon_ActivationOp<"hard_swish", "x * max(min(x * (1.0 / 6.0) + 0.5, 1.0), 0.0)"> { let summary = "x hard_sigmoid(x)"; }
def Tenon_SwishOp : Tenon_ActivationOp<"swish", "x * sigmoid(x * alpha())", Alpha> { let summary = "x sigmoid(alpha x)"; }
def Tenon_MishOp : Tenon_ActivationOp<"mish", "x * tanh(softplus(x))"> { let summary = "x tanh(softplus(x))"; }
def Tenon_SoftsignOp : Tenon_ActivationOp<"softsign", "x / (abs(x) + 1.0)"> { let summary = "x / (1 + |x|)"; }
def Tenon_GeluOp : Tenon_ActivationOp<"gelu", "x * 0.5 * (erf(x * 0.70710678118654752) + 1.0)"> { let summary = "x Phi(x), exact"; }
def Tenon_GeluTanhOp : Tenon_ActivationOp<"gelu_tanh", "x * 0.5 * (tanh((x * x * x * 0.044715 + x) * 0.79788456080286536) + 1.0)"> { let summary = "GELU by tanh"; }
def Tenon_ThresholdedReluOp : Tenon_ActivationOp<"thresholded_relu", "select(x > alpha(), x, 0.0)", Alpha> { let summary = "x above alpha, else 0"; }
def Tenon_ShrinkOp : Tenon_ActivationOp<"shrink", "select(x < -lambda(), x + bias(), select(x > lambda(), x - bias(), 0.0))",
    ["lambda", "bias"]> { let summary = "Soft or hard shrinkage"; }

} // opDocGroup

#endif
