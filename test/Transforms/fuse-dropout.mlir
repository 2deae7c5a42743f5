// RUN: tenon-opt %s --tenon-gradient --tenon-simplify --tenon-layout --tenon-fuse --split-input-file | FileCheck %s

// The mask is drawn in the group that uses it, forward and backward: groups
// hand on floats only.
// CHECK-LABEL: func @flat
// CHECK: tenon.group {{.*}} -> tensor<16x32xf32> {
// CHECK: tenon.philox
// CHECK-NOT: tenon.yield {{.*}}x{{ui64|i1|i32}}>
// CHECK: tenon.philox {{.*}} {replay}
// CHECK-NOT: tenon.yield {{.*}}x{{ui64|i1|i32}}>
// CHECK-NOT: tenon.philox
// CHECK: return
func.func private @loss(%x: tensor<16x32xf32>, %w: tensor<32x8xf32>, %k: tensor<ui64>) -> tensor<f32> {
  %d = tenon.dropout_train %x, %k ratio 0.5 : tensor<16x32xf32>
  %h = tenon.matmul %d, %w : tensor<16x32xf32>, tensor<32x8xf32>
  %z = tenon.constant dense<0.0> : tensor<16x8xf32>
  %l = tenon.mse %h, %z : tensor<16x8xf32>
  return %l : tensor<f32>
}
func.func @flat(%x: tensor<16x32xf32>, %w: tensor<32x8xf32>, %k: tensor<ui64>)
    -> (tensor<f32>, tensor<16x32xf32>) {
  %l, %dx = tenon.grad @loss(%x, %w, %k) wrt [0]
      : (tensor<16x32xf32>, tensor<32x8xf32>, tensor<ui64>) -> (tensor<f32>, tensor<16x32xf32>)
  return %l, %dx : tensor<f32>, tensor<16x32xf32>
}

// -----

// Behind a convolution the positions are counted in the logical order, with
// the strides of N C H W in a tensor N H W C; nothing is transposed for it.
// CHECK-LABEL: func @image
// CHECK: tenon.conv %{{.*}} channels_last
// CHECK-NOT: tenon.transpose
// CHECK: tenon.linear_index strides [512, 8, 1, 64] : tensor<2x8x8x8xui64>
// CHECK-NOT: tenon.transpose
// CHECK: return
func.func @image(%x: tensor<2x3x8x8xf32>, %k: tensor<ui64>) -> tensor<2x8xf32> {
  %w = tenon.constant dense_resource<w> : tensor<8x3x3x3xf32>
  %c = tenon.conv %x, %w channels_first strides [1, 1] low [1, 1] high [1, 1]
       dilations [1, 1] groups 1 : tensor<2x3x8x8xf32>, tensor<8x3x3x3xf32>
  %d = tenon.dropout_train %c, %k ratio 0.5 : tensor<2x8x8x8xf32>
  %y = tenon.reduce_sum %d dims [2, 3] : tensor<2x8x8x8xf32>
  return %y : tensor<2x8xf32>
}

// -----

// Behind a view that a pointwise op follows it moves to before the view.
// CHECK-LABEL: func @viewed
// CHECK: tenon.group
// CHECK: tenon.exp
// CHECK: tenon.linear_index strides [32, 8, 1] : tensor<4x4x8xui64>
// CHECK: tenon.select
// CHECK-NOT: tenon.group
// CHECK: return
func.func @viewed(%x: tensor<4x4x8xf32>, %k: tensor<ui64>) -> tensor<4x32xf32> {
  %e = tenon.exp %x : tensor<4x4x8xf32>
  %f = tenon.reshape %e : tensor<4x4x8xf32> to tensor<4x32xf32>
  %d = tenon.dropout_train %f, %k ratio 0.5 : tensor<4x32xf32>
  return %d : tensor<4x32xf32>
}

// -----

// Equal keys are one draw, different keys two.
// CHECK-LABEL: func @keys
// CHECK-COUNT-2: tenon.philox
// CHECK-NOT: tenon.philox
// CHECK: return
func.func @keys(%k: tensor<ui64>, %l: tensor<ui64>) -> (tensor<64xf32>, tensor<64xf32>) {
  %a = tenon.random_uniform %k : tensor<64xf32>
  %b = tenon.random_uniform %k : tensor<64xf32>
  %c = tenon.random_uniform %l : tensor<64xf32>
  %0 = tenon.add %a, %b : tensor<64xf32>
  %1 = tenon.add %0, %c : tensor<64xf32>
  return %0, %1 : tensor<64xf32>, tensor<64xf32>
}
