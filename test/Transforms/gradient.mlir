// RUN: tenon-opt %s --tenon-gradient --split-input-file | FileCheck %s

// One use each: the chain rule, backwards; the loss function disappears.
// CHECK-NOT: @loss
// CHECK-LABEL: func @main
// CHECK: %[[H:.*]] = tenon.matmul %arg0, %arg1
// CHECK: %[[T:.*]] = tenon.tanh %[[H]]
// CHECK: %[[LOSS:.*]] = tenon.reduce_sum %[[T]] dims [0, 1]
// CHECK: %[[ONE:.*]] = tenon.constant dense<1.000000e+00> : tensor<f32>
// CHECK: %[[DT:.*]] = tenon.broadcast %[[ONE]] dims []
// CHECK: %[[A:.*]] = tenon.mul %[[DT]], %[[T]]
// CHECK: %[[B:.*]] = tenon.mul %[[A]], %[[T]]
// CHECK: %[[DH:.*]] = tenon.sub %[[DT]], %[[B]]
// CHECK: %[[XT:.*]] = tenon.transpose %arg0 permutation [1, 0]
// CHECK: %[[DW:.*]] = tenon.matmul %[[XT]], %[[DH]]
// CHECK-NEXT: return %[[LOSS]], %[[DW]]
func.func private @loss(%x: tensor<4x8xf32>, %w: tensor<8x2xf32>) -> tensor<f32> {
  %h = tenon.matmul %x, %w : tensor<4x8xf32>, tensor<8x2xf32>
  %t = tenon.tanh %h : tensor<4x2xf32>
  %l = tenon.reduce_sum %t dims [0, 1] : tensor<4x2xf32>
  return %l : tensor<f32>
}
func.func @main(%x: tensor<4x8xf32>, %w: tensor<8x2xf32>) -> (tensor<f32>, tensor<8x2xf32>) {
  %l, %dw = tenon.grad @loss(%x, %w) wrt [1]
      : (tensor<4x8xf32>, tensor<8x2xf32>) -> (tensor<f32>, tensor<8x2xf32>)
  return %l, %dw : tensor<f32>, tensor<8x2xf32>
}

// -----

// Two uses of one value: their cotangents are summed. One caller's value passed
// twice is still two arguments.
// CHECK-LABEL: func @main
// CHECK: %[[Y:.*]] = tenon.mul %arg0, %arg0
// CHECK-DAG: %[[ONE:.*]] = tenon.constant dense<1.0{{.*}}> : tensor<f32>
// CHECK-DAG: %[[DX:.*]] = tenon.mul %[[ONE]], %arg0
// CHECK-DAG: %[[DW:.*]] = tenon.mul %[[ONE]], %arg0
// CHECK: return %[[Y]], %{{.*}}, %{{.*}}
func.func private @loss(%x: tensor<f32>, %w: tensor<f32>) -> tensor<f32> {
  %y = tenon.mul %x, %w : tensor<f32>
  return %y : tensor<f32>
}
func.func @main(%x: tensor<f32>) -> (tensor<f32>, tensor<f32>, tensor<f32>) {
  %l, %dx, %dw = tenon.grad @loss(%x, %x) wrt [0, 1]
      : (tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<f32>, tensor<f32>)
  return %l, %dx, %dw : tensor<f32>, tensor<f32>, tensor<f32>
}

// -----

// CHECK-LABEL: func @main
// CHECK: %[[ONE:.*]] = tenon.constant dense<1.0{{.*}}> : tensor<f32>
// CHECK: %[[A:.*]] = tenon.mul %[[ONE]], %arg0
// CHECK: %[[B:.*]] = tenon.mul %[[ONE]], %arg0
// CHECK: %[[DX:.*]] = tenon.add %[[A]], %[[B]]
// CHECK: return %[[DX]]
func.func private @square(%x: tensor<f32>) -> tensor<f32> {
  %y = tenon.mul %x, %x : tensor<f32>
  return %y : tensor<f32>
}
func.func @main(%x: tensor<f32>) -> tensor<f32> {
  %l, %dx = tenon.grad @square(%x) wrt [0] : (tensor<f32>) -> (tensor<f32>, tensor<f32>)
  return %dx : tensor<f32>
}

// -----

// An argument the loss does not use, and one it uses through an integer only,
// have an exact zero.
// CHECK-LABEL: func @main
// CHECK-NOT: tenon.mul
// CHECK: %[[ZERO:.*]] = tenon.constant dense<0.0{{.*}}> : tensor<4xf32>
// CHECK: return %{{.*}}, %{{.*}} : tensor<4xf32>, tensor<4xf32>
func.func private @loss(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<f32> {
  %i = tenon.cast %x : tensor<4xf32> to tensor<4xi32>
  %f = tenon.cast %i : tensor<4xi32> to tensor<4xf32>
  %l = tenon.reduce_sum %f dims [0] : tensor<4xf32>
  return %l : tensor<f32>
}
func.func @main(%x: tensor<4xf32>, %y: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %l, %dx, %dy = tenon.grad @loss(%x, %y) wrt [0, 1]
      : (tensor<4xf32>, tensor<4xf32>) -> (tensor<f32>, tensor<4xf32>, tensor<4xf32>)
  return %dx, %dy : tensor<4xf32>, tensor<4xf32>
}

// -----

// A composite without a gradient of its own has that of its decomposition.
// CHECK-LABEL: func @main
// CHECK-NOT: tenon.gelu
// CHECK: tenon.erf
// CHECK: tenon.exp
func.func private @loss(%x: tensor<4xf32>) -> tensor<f32> {
  %y = tenon.gelu %x : tensor<4xf32>
  %l = tenon.reduce_sum %y dims [0] : tensor<4xf32>
  return %l : tensor<f32>
}
func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  %l, %dx = tenon.grad @loss(%x) wrt [0] : (tensor<4xf32>) -> (tensor<f32>, tensor<4xf32>)
  return %dx : tensor<4xf32>
}

// -----

// The second derivative: the inner gradient is taken first.
// CHECK-LABEL: func @main
// CHECK-NOT: tenon.grad
// CHECK: tenon.cos
// CHECK: tenon.sin
func.func private @f(%x: tensor<f32>) -> tensor<f32> {
  %y = tenon.sin %x : tensor<f32>
  return %y : tensor<f32>
}
func.func private @df(%x: tensor<f32>) -> tensor<f32> {
  %y, %dx = tenon.grad @f(%x) wrt [0] : (tensor<f32>) -> (tensor<f32>, tensor<f32>)
  return %dx : tensor<f32>
}
func.func @main(%x: tensor<f32>) -> tensor<f32> {
  %y, %dx = tenon.grad @df(%x) wrt [0] : (tensor<f32>) -> (tensor<f32>, tensor<f32>)
  return %dx : tensor<f32>
}
