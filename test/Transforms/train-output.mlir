// RUN: tenon-opt %s --tenon-train="loss=soft-cross-entropy" | FileCheck %s

// A softmax along another dimension than the loss's classes is part of the
// model: what is trained is its result.
// CHECK-LABEL: func.func private @tenon_loss(
// CHECK: %[[Y:.*]] = tenon.softmax %{{.*}} axis 2
// CHECK: tenon.soft_cross_entropy %[[Y]]
func.func @main(%x: tensor<2x3x3xf32>) -> tensor<2x3x3xf32>
    attributes {tenon.input_names = ["x"], tenon.output_names = ["y"]} {
  %w = tenon.constant {tenon.parameter = #tenon.parameter<scale of "Mul 'm'", fan_in = 1, shape = [2, 3, 3]>}
      dense<0.5> : tensor<2x3x3xf32> loc("w")
  %m = tenon.mul %x, %w : tensor<2x3x3xf32>
  %y = tenon.softmax %m axis 2 : tensor<2x3x3xf32>
  return %y : tensor<2x3x3xf32>
}
