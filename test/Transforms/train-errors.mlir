// RUN: not tenon-opt %s --split-input-file --tenon-train 2>&1 | FileCheck %s
// RUN: not tenon-opt %s --split-input-file --tenon-train="loss=hinge" 2>&1 | FileCheck %s --check-prefix=LOSS
// RUN: not tenon-opt %s --split-input-file --tenon-train="optimizer=sgd,nesterov" 2>&1 | FileCheck %s --check-prefix=NESTEROV
// RUN: not tenon-opt %s --split-input-file --tenon-train="optimizer=adam,momentum=0.9" 2>&1 | FileCheck %s --check-prefix=SETTING
// RUN: not tenon-opt %s --split-input-file --tenon-train="optimizer=adam,beta2=1" 2>&1 | FileCheck %s --check-prefix=BETA
// RUN: not tenon-opt %s --split-input-file --tenon-train="train-only=nothing" 2>&1 | FileCheck %s --check-prefix=NOTHING
// RUN: not tenon-opt %s --split-input-file --tenon-train="freeze=(" 2>&1 | FileCheck %s --check-prefix=REGEX

// LOSS: unknown --loss 'hinge'; choose one of cross-entropy
// NESTEROV: nesterov needs a momentum
// SETTING: 'momentum' is no setting of --optimizer=adam; it takes beta1=B
// BETA: --optimizer=adam: beta1 and beta2 must be less than 1
// NOTHING: --train-only='nothing' matches no parameter; --list-params prints their names
// REGEX: --freeze='(' is no regular expression

// CHECK: the model has no parameters to train; --list-params prints why
func.func @main(%x: tensor<2x4xf32>) -> tensor<2x4xf32>
    attributes {tenon.input_names = ["x"], tenon.output_names = ["y"]} {
  %y = tenon.relu %x : tensor<2x4xf32>
  return %y : tensor<2x4xf32>
}

// -----

// CHECK: the model has 2 floating-point outputs, of which one is trained
// CHECK: its outputs are 'y', 'z'; choose one with --train-output=NAME
func.func @main(%x: tensor<2x4xf32>) -> (tensor<2x4xf32>, tensor<2x4xf32>)
    attributes {tenon.input_names = ["x"], tenon.output_names = ["y", "z"]} {
  %y = tenon.relu %x : tensor<2x4xf32>
  %z = tenon.tanh %x : tensor<2x4xf32>
  return %y, %z : tensor<2x4xf32>, tensor<2x4xf32>
}

// -----

// CHECK: the model has no floating-point output to train
func.func @main(%x: tensor<2x4xi64>) -> tensor<2x4xi64>
    attributes {tenon.input_names = ["x"], tenon.output_names = ["y"]} {
  %y = tenon.neg %x : tensor<2x4xi64>
  return %y : tensor<2x4xi64>
}

// -----

// CHECK: cross-entropy needs an output of [batch, classes, ...], and this one is 'tensor<4xf32>'
func.func @main(%x: tensor<4xf32>) -> tensor<4xf32>
    attributes {tenon.input_names = ["x"], tenon.output_names = ["y"]} {
  %y = tenon.relu %x : tensor<4xf32>
  return %y : tensor<4xf32>
}
