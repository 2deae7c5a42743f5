// RUN: tenon-opt %s --tenon-gradient --tenon-simplify --tenon-layout --tenon-fuse --split-input-file | FileCheck %s

// Two layers of x * sigmoid(x). A sigmoid is no slower than writing and reading
// one: the first layer keeps x and the product only, which nothing else gives.
// In the second the backward is near, and the place free again soon.
// CHECK-LABEL: func.func @silu
// CHECK: tenon.group {{.*}} -> (tensor<16x32xf32>, tensor<16x32xf32>) {
// CHECK-NEXT: %[[H:.*]] = tenon.matmul
// CHECK-NEXT: tenon.sigmoid
// CHECK-NEXT: %[[Y:.*]] = tenon.mul
// CHECK-NEXT: tenon.yield %[[H]], %[[Y]]
// CHECK: tenon.group {{.*}} -> (tensor<16x64xf32>, tensor<16x64xf32>, tensor<16x64xf32>) {
// CHECK-NEXT: tenon.matmul
// CHECK-NEXT: %[[S:.*]] = tenon.sigmoid
// CHECK-NEXT: tenon.mul
// CHECK-NEXT: tenon.yield {{.*}}%[[S]]
// CHECK-NOT: tenon.sigmoid
// CHECK: tenon.group {{.*}} -> tensor<16x32xf32> {
// CHECK-NEXT: tenon.matmul
// CHECK: tenon.sigmoid
// CHECK: tenon.sub
// CHECK: tenon.yield
// CHECK-NOT: tenon.sigmoid
// CHECK: return
func.func private @loss(%x: tensor<16x32xf32>, %u: tensor<32x32xf32>, %w: tensor<32x64xf32>, %v: tensor<64x8xf32>) -> tensor<f32> {
  %h0 = tenon.matmul %x, %u : tensor<16x32xf32>, tensor<32x32xf32>
  %s0 = tenon.sigmoid %h0 : tensor<16x32xf32>
  %y0 = tenon.mul %h0, %s0 : tensor<16x32xf32>
  %h = tenon.matmul %y0, %w : tensor<16x32xf32>, tensor<32x64xf32>
  %s = tenon.sigmoid %h : tensor<16x64xf32>
  %y = tenon.mul %h, %s : tensor<16x64xf32>
  %z = tenon.matmul %y, %v : tensor<16x64xf32>, tensor<64x8xf32>
  %t = tenon.constant dense<0.0> : tensor<16x8xf32>
  %l = tenon.mse %z, %t : tensor<16x8xf32>
  return %l : tensor<f32>
}
func.func @silu(%x: tensor<16x32xf32>, %u: tensor<32x32xf32>, %w: tensor<32x64xf32>, %v: tensor<64x8xf32>)
    -> (tensor<f32>, tensor<32x32xf32>, tensor<32x64xf32>, tensor<64x8xf32>) {
  %l, %du, %dw, %dv = tenon.grad @loss(%x, %u, %w, %v) wrt [1, 2, 3]
      : (tensor<16x32xf32>, tensor<32x32xf32>, tensor<32x64xf32>, tensor<64x8xf32>)
      -> (tensor<f32>, tensor<32x32xf32>, tensor<32x64xf32>, tensor<64x8xf32>)
  return %l, %du, %dw, %dv : tensor<f32>, tensor<32x32xf32>, tensor<32x64xf32>, tensor<64x8xf32>
}

// -----

// GELU by erf: of h, h/sqrt(2), erf, 1 + erf and the result three are kept: an
// erf is slower than writing and reading it. The exponential of the derivative
// is computed where that is, not beside erf.
// CHECK-LABEL: func.func @gelu
// CHECK: tenon.group {{.*}} -> (tensor<16x64xf32>, tensor<16x64xf32>, tensor<16x64xf32>) {
// CHECK-NEXT: tenon.matmul
// CHECK-NOT: tenon.exp
// CHECK: tenon.erf
// CHECK-NOT: tenon.exp
// CHECK: tenon.yield
// CHECK-NOT: tenon.erf
// CHECK: tenon.group {{.*}} : (tensor<16x8xf32>, tensor<8x64xf32>, tensor<16x64xf32>, tensor<16x64xf32>)
// CHECK-NEXT: tenon.matmul
// CHECK-NOT: tenon.erf
// CHECK: tenon.exp
// CHECK: return
func.func private @loss(%x: tensor<16x32xf32>, %w: tensor<32x64xf32>, %v: tensor<64x8xf32>) -> tensor<f32> {
  %h = tenon.matmul %x, %w : tensor<16x32xf32>, tensor<32x64xf32>
  %r = tenon.constant dense<0.70710678> : tensor<16x64xf32>
  %one = tenon.constant dense<1.0> : tensor<16x64xf32>
  %half = tenon.constant dense<0.5> : tensor<16x64xf32>
  %a = tenon.mul %h, %r : tensor<16x64xf32>
  %e = tenon.erf %a : tensor<16x64xf32>
  %p = tenon.add %e, %one : tensor<16x64xf32>
  %q = tenon.mul %h, %p : tensor<16x64xf32>
  %y = tenon.mul %q, %half : tensor<16x64xf32>
  %z = tenon.matmul %y, %v : tensor<16x64xf32>, tensor<64x8xf32>
  %t = tenon.constant dense<0.0> : tensor<16x8xf32>
  %l = tenon.mse %z, %t : tensor<16x8xf32>
  return %l : tensor<f32>
}
func.func @gelu(%x: tensor<16x32xf32>, %w: tensor<32x64xf32>, %v: tensor<64x8xf32>)
    -> (tensor<f32>, tensor<32x64xf32>, tensor<64x8xf32>) {
  %l, %dw, %dv = tenon.grad @loss(%x, %w, %v) wrt [1, 2]
      : (tensor<16x32xf32>, tensor<32x64xf32>, tensor<64x8xf32>)
      -> (tensor<f32>, tensor<32x64xf32>, tensor<64x8xf32>)
  return %l, %dw, %dv : tensor<f32>, tensor<32x64xf32>, tensor<64x8xf32>
}

// -----

// b = tanh(0.7 h) and y = (b^2 + b) b: b gives all that the derivative needs, so
// neither h nor the sum is kept; y is, because a product reads it.
// CHECK-LABEL: func.func @chain
// CHECK: tenon.group {{.*}} -> (tensor<16x64xf32>, tensor<16x64xf32>) {
// CHECK-NEXT: tenon.matmul
// CHECK: %[[B:.*]] = tenon.tanh
// CHECK: %[[D:.*]] = tenon.add %{{.*}}, %[[B]]
// CHECK-NEXT: %[[Y:.*]] = tenon.mul %[[D]], %[[B]]
// CHECK-NEXT: tenon.yield %[[B]], %[[Y]]
// CHECK-NOT: tenon.tanh
// CHECK: tenon.group {{.*}} : (tensor<16x8xf32>, tensor<8x64xf32>, tensor<16x64xf32>)
// CHECK-NEXT: tenon.matmul
// CHECK-NOT: tenon.tanh
// CHECK: return
func.func private @loss(%x: tensor<16x32xf32>, %w: tensor<32x64xf32>, %v: tensor<64x8xf32>) -> tensor<f32> {
  %h = tenon.matmul %x, %w : tensor<16x32xf32>, tensor<32x64xf32>
  %r = tenon.constant dense<0.7> : tensor<16x64xf32>
  %a = tenon.mul %h, %r : tensor<16x64xf32>
  %b = tenon.tanh %a : tensor<16x64xf32>
  %c = tenon.mul %b, %b : tensor<16x64xf32>
  %d = tenon.add %c, %b : tensor<16x64xf32>
  %y = tenon.mul %d, %b : tensor<16x64xf32>
  %z = tenon.matmul %y, %v : tensor<16x64xf32>, tensor<64x8xf32>
  %t = tenon.constant dense<0.0> : tensor<16x8xf32>
  %l = tenon.mse %z, %t : tensor<16x8xf32>
  return %l : tensor<f32>
}
func.func @chain(%x: tensor<16x32xf32>, %w: tensor<32x64xf32>, %v: tensor<64x8xf32>)
    -> (tensor<f32>, tensor<32x64xf32>, tensor<64x8xf32>) {
  %l, %dw, %dv = tenon.grad @loss(%x, %w, %v) wrt [1, 2]
      : (tensor<16x32xf32>, tensor<32x64xf32>, tensor<64x8xf32>)
      -> (tensor<f32>, tensor<32x64xf32>, tensor<64x8xf32>)
  return %l, %dw, %dv : tensor<f32>, tensor<32x64xf32>, tensor<64x8xf32>
}

// -----

// Values of a recurrence, needed backwards by kernels far apart: one in the
// middle is kept, so that none starts from the beginning and repeats more than
// eight steps.
// CHECK-LABEL: func.func @recurrence
// CHECK: tenon.group
// CHECK-NEXT: tenon.matmul
// CHECK-NEXT: tenon.yield
// CHECK: %[[H3:.*]] = tenon.group (%{{.*}} = %arg0, %{{.*}} = %arg1) : {{.*}} -> tensor<8x8xf32> {
// CHECK-NEXT: tenon.add
// CHECK-NEXT: tenon.mul
// CHECK-NEXT: tenon.mul
// CHECK-NEXT: tenon.mul
// CHECK-NEXT: tenon.yield
// CHECK: tenon.group ({{.*}} = %[[H3]]
// CHECK-NEXT: tenon.matmul
// CHECK-COUNT-9: tenon.mul %
// CHECK-NEXT: tenon.yield
func.func @recurrence(%x: tensor<8x8xf32>, %a: tensor<8x8xf32>, %w: tensor<8x8xf32>)
 -> tensor<8x8xf32> {
  %h0 = tenon.add %x, %a : tensor<8x8xf32>
  %m0 = tenon.matmul %x, %w : tensor<8x8xf32>, tensor<8x8xf32>
  %h1 = tenon.mul %h0, %a : tensor<8x8xf32>
  %h2 = tenon.mul %h1, %a : tensor<8x8xf32>
  %h3 = tenon.mul %h2, %a : tensor<8x8xf32>
  %h4 = tenon.mul %h3, %a : tensor<8x8xf32>
  %h5 = tenon.mul %h4, %a : tensor<8x8xf32>
  %h6 = tenon.mul %h5, %a : tensor<8x8xf32>
  %h7 = tenon.mul %h6, %a : tensor<8x8xf32>
  %h8 = tenon.mul %h7, %a : tensor<8x8xf32>
  %h9 = tenon.mul %h8, %a : tensor<8x8xf32>
  %h10 = tenon.mul %h9, %a : tensor<8x8xf32>
  %h11 = tenon.mul %h10, %a : tensor<8x8xf32>
  %n1 = tenon.matmul %m0, %w : tensor<8x8xf32>, tensor<8x8xf32>
  %m1 = tenon.mul %n1, %h11 : tensor<8x8xf32>
  %n2 = tenon.matmul %m1, %w : tensor<8x8xf32>, tensor<8x8xf32>
  %m2 = tenon.mul %n2, %h10 : tensor<8x8xf32>
  %n3 = tenon.matmul %m2, %w : tensor<8x8xf32>, tensor<8x8xf32>
  %m3 = tenon.mul %n3, %h9 : tensor<8x8xf32>
  %n4 = tenon.matmul %m3, %w : tensor<8x8xf32>, tensor<8x8xf32>
  %m4 = tenon.mul %n4, %h8 : tensor<8x8xf32>
  %n5 = tenon.matmul %m4, %w : tensor<8x8xf32>, tensor<8x8xf32>
  %m5 = tenon.mul %n5, %h7 : tensor<8x8xf32>
  %n6 = tenon.matmul %m5, %w : tensor<8x8xf32>, tensor<8x8xf32>
  %m6 = tenon.mul %n6, %h6 : tensor<8x8xf32>
  %n7 = tenon.matmul %m6, %w : tensor<8x8xf32>, tensor<8x8xf32>
  %m7 = tenon.mul %n7, %h5 : tensor<8x8xf32>
  %n8 = tenon.matmul %m7, %w : tensor<8x8xf32>, tensor<8x8xf32>
  %m8 = tenon.mul %n8, %h4 : tensor<8x8xf32>
  %n9 = tenon.matmul %m8, %w : tensor<8x8xf32>, tensor<8x8xf32>
  %m9 = tenon.mul %n9, %h3 : tensor<8x8xf32>
  %n10 = tenon.matmul %m9, %w : tensor<8x8xf32>, tensor<8x8xf32>
  %m10 = tenon.mul %n10, %h2 : tensor<8x8xf32>
  %n11 = tenon.matmul %m10, %w : tensor<8x8xf32>, tensor<8x8xf32>
  %m11 = tenon.mul %n11, %h1 : tensor<8x8xf32>
  return %m11 : tensor<8x8xf32>
}
