// RUN: tenon-opt %s --tenon-simplify --split-input-file | FileCheck %s

// Equal types, different bytes: constants of different resources stay apart.
// CHECK-LABEL: func @resources
// CHECK-DAG: dense_resource<a>
// CHECK-DAG: dense_resource<b>
// CHECK-NOT: dense_resource
func.func @resources(%x: tensor<4xf32>) -> tensor<4xf32> {
  %a = tenon.constant dense_resource<a> : tensor<4xf32>
  %b = tenon.constant dense_resource<b> : tensor<4xf32>
  %a2 = tenon.constant dense_resource<a> : tensor<4xf32>
  %0 = tenon.mul %x, %a : tensor<4xf32>
  %1 = tenon.mul %x, %b : tensor<4xf32>
  %2 = tenon.mul %x, %a2 : tensor<4xf32>
  %3 = tenon.sub %0, %1 : tensor<4xf32>
  %4 = tenon.sub %3, %2 : tensor<4xf32>
  return %4 : tensor<4xf32>
}

// -----

// Zero padding of spatial dimensions becomes the convolution's own.
// CHECK-LABEL: func @pad
// CHECK-NOT: tenon.pad
// CHECK: tenon.conv %arg0, %{{.*}} low [1, 2] high [3, 5]
func.func @pad(%x: tensor<1x3x8x8xf32>) -> tensor<1x4x10x13xf32> {
  %w = tenon.constant dense_resource<w> : tensor<4x3x3x3xf32>
  %p = tenon.pad %x constant 0.0 low [0, 0, 1, 2] high [0, 0, 3, 4] : tensor<1x3x8x8xf32>
  %c = tenon.conv %p, %w channels_first strides [1, 1] low [0, 0] high [0, 1]
       dilations [1, 1] groups 1 : tensor<1x3x12x14xf32>, tensor<4x3x3x3xf32>
  return %c : tensor<1x4x10x13xf32>
}

// -----

// Channels added by padding are no spatial padding.
// CHECK-LABEL: func @pad_channels
// CHECK: tenon.pad
// CHECK: tenon.conv
func.func @pad_channels(%x: tensor<1x2x8x8xf32>) -> tensor<1x4x6x6xf32> {
  %w = tenon.constant dense_resource<w> : tensor<4x3x3x3xf32>
  %p = tenon.pad %x constant 0.0 low [0, 0, 0, 0] high [0, 1, 0, 0] : tensor<1x2x8x8xf32>
  %c = tenon.conv %p, %w channels_first strides [1, 1] low [0, 0] high [0, 0]
       dilations [1, 1] groups 1 : tensor<1x3x8x8xf32>, tensor<4x3x3x3xf32>
  return %c : tensor<1x4x6x6xf32>
}

// -----

// A cast through a wider type of the same class is one cast; int8 through f32
// to uint8 saturates where the direct cast wraps, and stays.
// CHECK-LABEL: func @casts
// CHECK: %[[A:.*]] = tenon.cast %arg0 : tensor<4xf16> to tensor<4xi32>
// CHECK: %[[B:.*]] = tenon.cast %arg1 : tensor<4xi8> to tensor<4xf32>
// CHECK: %[[C:.*]] = tenon.cast %[[B]] : tensor<4xf32> to tensor<4xui8>
// CHECK: return %[[A]], %[[C]], %arg0
func.func @casts(%h: tensor<4xf16>, %i: tensor<4xi8>)
    -> (tensor<4xi32>, tensor<4xui8>, tensor<4xf16>) {
  %0 = tenon.cast %h : tensor<4xf16> to tensor<4xf32>
  %1 = tenon.cast %0 : tensor<4xf32> to tensor<4xi32>
  %2 = tenon.cast %i : tensor<4xi8> to tensor<4xf32>
  %3 = tenon.cast %2 : tensor<4xf32> to tensor<4xui8>
  %4 = tenon.cast %0 : tensor<4xf32> to tensor<4xf16>
  return %1, %3, %4 : tensor<4xi32>, tensor<4xui8>, tensor<4xf16>
}

// -----

// Composites decompose to primitives, recursively.
// CHECK-LABEL: func @softmax
// CHECK: tenon.reduce_max
// CHECK: tenon.exp
// CHECK: tenon.reduce_sum
// CHECK: tenon.div
// CHECK-NOT: tenon.softmax
func.func @softmax(%x: tensor<4x10xf32>) -> tensor<4x10xf32> {
  %y = tenon.softmax %x axis 1 : tensor<4x10xf32>
  return %y : tensor<4x10xf32>
}

// -----

// x + 0.0 is not x when x is -0.0; a float sum over nothing is the same trap.
// CHECK-LABEL: func @signed_zero
// CHECK: tenon.add
// CHECK: tenon.reduce_sum
func.func @signed_zero(%x: tensor<4xf32>) -> tensor<4xf32> {
  %z = tenon.constant dense<0.0> : tensor<4xf32>
  %0 = tenon.add %x, %z : tensor<4xf32>
  %1 = tenon.reduce_sum %0 dims [] : tensor<4xf32>
  return %1 : tensor<4xf32>
}

// -----

// The gradient of a weight that is read transposed: one transpose, of the
// smaller operand, and none of the result.
// CHECK-LABEL: func @turn
// CHECK: %[[T:.*]] = tenon.transpose %arg1 permutation [1, 0]
// CHECK: %[[R:.*]] = tenon.matmul %[[T]], %arg0
// CHECK: return %[[R]]
func.func @turn(%x: tensor<64x784xf32>, %dy: tensor<64x256xf32>) -> tensor<256x784xf32> {
  %xt = tenon.transpose %x permutation [1, 0] : tensor<64x784xf32>
  %dw = tenon.matmul %xt, %dy : tensor<784x64xf32>, tensor<64x256xf32>
  %t = tenon.transpose %dw permutation [1, 0] : tensor<784x256xf32>
  return %t : tensor<256x784xf32>
}

// -----

// The same for a batch of matrices; both operands are transposes.
// CHECK-LABEL: func @turn_batch
// CHECK: %[[R:.*]] = tenon.matmul %arg1, %arg0
// CHECK: return %[[R]]
func.func @turn_batch(%x: tensor<3x64x7xf32>, %y: tensor<3x5x64xf32>) -> tensor<3x5x7xf32> {
  %xt = tenon.transpose %x permutation [0, 2, 1] : tensor<3x64x7xf32>
  %yt = tenon.transpose %y permutation [0, 2, 1] : tensor<3x5x64xf32>
  %p = tenon.matmul %xt, %yt : tensor<3x7x64xf32>, tensor<3x64x5xf32>
  %t = tenon.transpose %p permutation [0, 2, 1] : tensor<3x7x5xf32>
  return %t : tensor<3x5x7xf32>
}

// -----

// Weights stay on the right, where they are packed; batches do not change places.
// CHECK-LABEL: func @keep
// CHECK: tenon.matmul %arg0,
// CHECK: tenon.matmul
// CHECK-NEXT: tenon.transpose {{.*}} permutation [1, 0, 2]
func.func @keep(%x: tensor<4x64xf32>, %b: tensor<4x4x4xf32>) -> (tensor<8x4xf32>, tensor<4x4x4xf32>) {
  %w = tenon.constant dense_resource<w> : tensor<8x64xf32>
  %wt = tenon.transpose %w permutation [1, 0] : tensor<8x64xf32>
  %p = tenon.matmul %x, %wt : tensor<4x64xf32>, tensor<64x8xf32>
  %t = tenon.transpose %p permutation [1, 0] : tensor<4x8xf32>
  %bt = tenon.transpose %b permutation [0, 2, 1] : tensor<4x4x4xf32>
  %q = tenon.matmul %bt, %b : tensor<4x4x4xf32>, tensor<4x4x4xf32>
  %u = tenon.transpose %q permutation [1, 0, 2] : tensor<4x4x4xf32>
  return %t, %u : tensor<8x4xf32>, tensor<4x4x4xf32>
}
