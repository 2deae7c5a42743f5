// RUN: tenon-opt %s --tenon-train="loss=cross-entropy optimizer=sgd,momentum=0.9 lr=0.1 accuracy" | FileCheck %s
// RUN: tenon-opt %s --tenon-train="loss=cross-entropy optimizer=adamw,weight-decay=0.01 freeze=^b$" | FileCheck %s --check-prefix=ADAM
// RUN: tenon-opt %s --tenon-train="loss=cross-entropy init=he,seed=3" | FileCheck %s --check-prefix=HE

// The weights of a linear classifier become variables, one momentum each.
// CHECK-DAG: tenon.variable @w parameter : tensor<4x3xf32> {source = "w"}
// CHECK-DAG: tenon.variable @b parameter : tensor<3xf32> {source = "b"}
// CHECK-DAG: tenon.variable @"momentum:w" optimizer : tensor<4x3xf32>
// CHECK-DAG: tenon.variable @"momentum:b" optimizer : tensor<3xf32>
// CHECK-DAG: tenon.variable @tenon.step counter : tensor<i64>

// The loss contains the softmax, so it reads what stands before it; the
// constant that is no parameter stays one.
// CHECK-LABEL: func.func private @tenon_loss(
// CHECK-SAME: %[[W:.*]]: tensor<4x3xf32>, %[[B:.*]]: tensor<3xf32>, %[[X:.*]]: tensor<2x4xf32>, %[[L:.*]]: tensor<2xi64>)
// CHECK: %[[SCALED:.*]] = tenon.mul %[[X]]
// CHECK: %[[M:.*]] = tenon.matmul %[[SCALED]], %[[W]]
// CHECK: %[[Y:.*]] = tenon.add %[[M]]
// CHECK: tenon.cross_entropy %[[Y]], %[[L]]

// CHECK-LABEL: func.func @step(
// CHECK-SAME: %[[W:[^:]*]]: tensor<4x3xf32> {tenon.variable = @w}
// CHECK-SAME: tensor<2x4xf32>, %{{.*}}: tensor<2xi64>)
// CHECK: %[[G:.*]]:5 = tenon.grad @tenon_loss({{.*}}) wrt [0, 1]
// CHECK: %[[OK:.*]]:7 = tenon.guard loss %[[G]]#0 norm %{{.*}} bad %[[G]]#1 of %[[G]]#3, %[[G]]#4, %[[W]],
// CHECK: %[[V:.*]] = tenon.add %{{.*}}, %[[OK]]#0
// CHECK: tenon.sub %[[OK]]#2
// CHECK: return %[[G]]#0, %[[G]]#2,

// CHECK-LABEL: func.func @eval(
// CHECK-LABEL: func.func @init(%{{.*}}: tensor<ui64>)
// CHECK-LABEL: func.func @main(
// CHECK: tenon.softmax

// A frozen parameter is a constant in every function.
// ADAM-NOT: tenon.variable @b
// ADAM: tenon.variable @"first_moment:w"
// ADAM: tenon.variable @"second_moment:w"
// ADAM-LABEL: func.func @step(
// ADAM: tenon.grad @tenon_loss({{.*}}) wrt [0]

// Fresh weights come from the seed, biases are 0.
// HE-LABEL: func.func @init(
// HE-SAME: %[[SEED:.*]]: tensor<ui64>)
// HE: %[[ROOT:.*]] = tenon.fold_in %[[SEED]]
// HE: %[[KEY:.*]] = tenon.fold_in %[[ROOT]]
// HE: tenon.random_normal %[[KEY]]
func.func @main(%x: tensor<2x4xf32>) -> tensor<2x3xf32>
    attributes {tenon.input_names = ["x"], tenon.output_names = ["y"]} {
  %s = tenon.constant dense<0.5> : tensor<2x4xf32> loc("s")
  %w = tenon.constant {tenon.parameter = #tenon.parameter<weight of "MatMul 'm'", fan_in = 4, shape = [4, 3]>}
      dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0], [1.0, 0.0, 1.0]]> : tensor<4x3xf32> loc("w")
  %b = tenon.constant {tenon.parameter = #tenon.parameter<bias of "Add 'a'", fan_in = 1, shape = [3]>}
      dense<[0.0, 1.0, 2.0]> : tensor<3xf32> loc("b")
  %z = tenon.mul %x, %s : tensor<2x4xf32>
  %m = tenon.matmul %z, %w : tensor<2x4xf32>, tensor<4x3xf32>
  %r = tenon.broadcast %b dims [1] : tensor<3xf32> to tensor<2x3xf32>
  %a = tenon.add %m, %r : tensor<2x3xf32>
  %y = tenon.softmax %a axis 1 : tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}
