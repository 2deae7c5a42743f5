// RUN: tenon-opt %s --tenon-train="loss=mse freeze=^(zeros|ones)$" | FileCheck %s --check-prefix=NAME
// RUN: not tenon-opt %s --tenon-train="loss=mse" 2>&1 | FileCheck %s --check-prefix=MERGED
// RUN: not tenon-opt %s --tenon-train="loss=mse bn=batch freeze=^(zeros|ones)$" 2>&1 | FileCheck %s --check-prefix=TWICE

// A tensor may have the name of one of our functions.
// NAME: tenon.variable @step_1 parameter : tensor<2x2x1x1xf32> {source = "step"}
// NAME: func.func @step(%{{.*}}: tensor<2x2x1x1xf32> {tenon.variable = @step_1}

// Equal tensors that an exporter has merged: a scale that is a variance as well.
// MERGED: error: {{.*}}tensor 'ones' is scale of BatchNormalization 'n1' and variance of BatchNormalization 'n1', of which training changes one
// MERGED: note: {{.*}}give each a tensor of its own when the model is exported, or leave it as it is by --freeze

// Two batch norms with one mean.
// TWICE: error: two batch norms have the statistic 'zeros', and training gives each its own
// TWICE: note: export the model without merging equal tensors, or use --bn=frozen
func.func @main(%x: tensor<2x2x3x3xf32>) -> tensor<2x2x3x3xf32>
    attributes {tenon.input_names = ["x"], tenon.output_names = ["y"]} {
  %w = tenon.constant {tenon.parameter = #tenon.parameter<weight of "Conv 'c'", fan_in = 2, shape = [2, 2, 1, 1]>}
      dense<[[[[1.0]], [[2.0]]], [[[3.0]], [[4.0]]]]> : tensor<2x2x1x1xf32> loc("step")
  %scale = tenon.constant {tenon.parameter = #tenon.parameter<scale of "BatchNormalization 'n1'", fan_in = 1, shape = [2]>}
      dense<[1.0, 1.5]> : tensor<2xf32> loc("ones")
  %bias = tenon.constant {tenon.parameter = #tenon.parameter<bias of "BatchNormalization 'n1'", fan_in = 1, shape = [2]>}
      dense<[0.0, 0.5]> : tensor<2xf32> loc("bias")
  %mean = tenon.constant {tenon.parameter = #tenon.parameter<mean of "BatchNormalization 'n1'", fan_in = 1, shape = [2]>}
      dense<[0.0, 0.5]> : tensor<2xf32> loc("zeros")
  %variance = tenon.constant {tenon.parameter = #tenon.parameter<variance of "BatchNormalization 'n1'", fan_in = 1, shape = [2]>}
      dense<[1.0, 1.5]> : tensor<2xf32> loc("ones")
  %c = tenon.conv %x, %w channels_first strides [1, 1] low [0, 0] high [0, 0] dilations [1, 1] groups 1
      : tensor<2x2x3x3xf32>, tensor<2x2x1x1xf32>
  %n = tenon.batch_norm %c, %scale, %bias, %mean, %variance epsilon 1.0e-5 : tensor<2x2x3x3xf32>, tensor<2xf32>
  %y = tenon.batch_norm %n, %scale, %bias, %mean, %variance epsilon 1.0e-5 : tensor<2x2x3x3xf32>, tensor<2xf32>
  return %y : tensor<2x2x3x3xf32>
}
