// RUN: tenon-opt %s --tenon-layout --split-input-file | FileCheck %s

// Two convolutions, a pool and a residual sum: one transpose at the input,
// none at the end, since the mean over positions drops the moved dimensions.
// CHECK-LABEL: func @residual
// CHECK: %[[X:.*]] = tenon.transpose %arg0 permutation [0, 2, 3, 1]
// CHECK-NOT: tenon.transpose {{.*}} : tensor<2x
// CHECK: %[[A:.*]] = tenon.conv %[[X]], %{{.*}} channels_last
// CHECK-NOT: tenon.transpose {{.*}} : tensor<2x
// CHECK: %[[B:.*]] = tenon.broadcast %{{.*}} dims [3] : tensor<8xf32> to tensor<2x8x8x8xf32>
// CHECK: tenon.add %[[A]], %[[B]]
// CHECK: tenon.max_pool %{{.*}} channels_last
// CHECK: tenon.conv %{{.*}} channels_last
// CHECK: tenon.reduce_sum %{{.*}} dims [1, 2] : tensor<2x4x4x8xf32>
// CHECK-NOT: tenon.transpose
// CHECK: return
func.func @residual(%x: tensor<2x3x8x8xf32>) -> tensor<2x8xf32> {
  %w0 = tenon.constant dense_resource<w0> : tensor<8x3x3x3xf32>
  %w1 = tenon.constant dense_resource<w1> : tensor<8x8x3x3xf32>
  %bias = tenon.constant dense_resource<b> : tensor<8xf32>
  %0 = tenon.conv %x, %w0 channels_first strides [1, 1] low [1, 1] high [1, 1]
       dilations [1, 1] groups 1 : tensor<2x3x8x8xf32>, tensor<8x3x3x3xf32>
  %b = tenon.broadcast %bias dims [1] : tensor<8xf32> to tensor<2x8x8x8xf32>
  %1 = tenon.add %0, %b : tensor<2x8x8x8xf32>
  %2 = tenon.relu %1 : tensor<2x8x8x8xf32>
  %3 = tenon.max_pool %2 channels_first window [2, 2] strides [2, 2] low [0, 0]
       high [0, 0] dilations [1, 1] : tensor<2x8x8x8xf32>
  %4 = tenon.conv %3, %w1 channels_first strides [1, 1] low [1, 1] high [1, 1]
       dilations [1, 1] groups 1 : tensor<2x8x4x4xf32>, tensor<8x8x3x3xf32>
  %5 = tenon.add %4, %3 : tensor<2x8x4x4xf32>
  %6 = tenon.reduce_sum %5 dims [2, 3] : tensor<2x8x4x4xf32>
  return %6 : tensor<2x8xf32>
}

// -----

// Concat and pad follow; a mean in the listed order (3 before 2) keeps it.
// CHECK-LABEL: func @concat
// CHECK: tenon.concat %{{.*}} axis 3
// CHECK: tenon.pad %{{.*}} low [0, 1, 2, 0] high [0, 0, 0, 0]
// CHECK: tenon.slice %{{.*}} starts [0, 0, 1, 2]
// CHECK: tenon.reduce_sum %{{.*}} dims [2, 1]
// CHECK-NOT: tenon.transpose
// CHECK: return
func.func @concat(%x: tensor<2x3x8x8xf32>) -> tensor<2x4xf32> {
  %w0 = tenon.constant dense_resource<w0> : tensor<3x3x3x3xf32>
  %0 = tenon.conv %x, %w0 channels_first strides [1, 1] low [1, 1] high [1, 1]
       dilations [1, 1] groups 1 : tensor<2x3x8x8xf32>, tensor<3x3x3x3xf32>
  %1 = tenon.concat %0, %x axis 1 : tensor<2x3x8x8xf32>, tensor<2x3x8x8xf32>
  %2 = tenon.pad %1 constant 1.0 low [0, 0, 1, 2] high [0, 0, 0, 0] : tensor<2x6x8x8xf32>
  %3 = tenon.slice %2 starts [0, 2, 0, 1] sizes [2, 4, 9, 9] strides [1, 1, 1, 1] : tensor<2x6x9x10xf32>
  %4 = tenon.reduce_sum %3 dims [3, 2] : tensor<2x4x9x9xf32>
  return %4 : tensor<2x4xf32>
}

// -----

// A 1x1 convolution is a matmul; the flatten's order moves into the weights.
// CHECK-LABEL: func @head
// CHECK: tenon.matmul %{{.*}} : tensor<4x3xf32>, tensor<3x4xf32>
// CHECK: %[[W:.*]] = tenon.reshape %{{.*}} : tensor<2x2x4x10xf32> to tensor<16x10xf32>
// CHECK: tenon.matmul %{{.*}}, %[[W]] : tensor<1x16xf32>, tensor<16x10xf32>
func.func @head(%x: tensor<1x3x2x2xf32>) -> tensor<1x10xf32> {
  %w0 = tenon.constant dense_resource<w0> : tensor<4x3x1x1xf32>
  %w1 = tenon.constant dense_resource<w1> : tensor<16x10xf32>
  %0 = tenon.conv %x, %w0 channels_first strides [1, 1] low [0, 0] high [0, 0]
       dilations [1, 1] groups 1 : tensor<1x3x2x2xf32>, tensor<4x3x1x1xf32>
  %1 = tenon.relu %0 : tensor<1x4x2x2xf32>
  %2 = tenon.reshape %1 : tensor<1x4x2x2xf32> to tensor<1x16xf32>
  %3 = tenon.matmul %2, %w1 : tensor<1x16xf32>, tensor<16x10xf32>
  return %3 : tensor<1x10xf32>
}

// -----

// A gate of one value per channel is broadcast in the new order.
// CHECK-LABEL: func @squeeze_excite
// CHECK: tenon.conv
// CHECK-NOT: tenon.transpose
// CHECK: %[[M:.*]] = tenon.reduce_max
// CHECK-NOT: tenon.transpose
// CHECK: %[[G:.*]] = tenon.broadcast %{{.*}} dims [0, 3] : tensor<2x3xf32> to tensor<2x8x8x3xf32>
// CHECK: %[[Y:.*]] = tenon.mul {{.*}}%[[G]]
// CHECK: %[[T:.*]] = tenon.transpose %[[Y]] permutation [0, 3, 1, 2]
// CHECK: return %[[T]]
func.func @squeeze_excite(%x: tensor<2x3x8x8xf32>) -> tensor<2x3x8x8xf32> {
  %w0 = tenon.constant dense_resource<w0> : tensor<3x3x3x3xf32>
  %0 = tenon.conv %x, %w0 channels_first strides [1, 1] low [1, 1] high [1, 1]
       dilations [1, 1] groups 1 : tensor<2x3x8x8xf32>, tensor<3x3x3x3xf32>
  %1 = tenon.reduce_max %0 dims [2, 3] : tensor<2x3x8x8xf32>
  %2 = tenon.sigmoid %1 : tensor<2x3xf32>
  %3 = tenon.broadcast %2 dims [0, 1] : tensor<2x3xf32> to tensor<2x3x8x8xf32>
  %4 = tenon.mul %0, %3 : tensor<2x3x8x8xf32>
  return %4 : tensor<2x3x8x8xf32>
}

// -----

// What detectors do at the end: back to channels last, then flatten boxes.
// CHECK-LABEL: func @boxes
// CHECK: %[[C:.*]] = tenon.conv
// CHECK-NEXT: %[[Y:.*]] = tenon.reshape %[[C]] : tensor<1x4x4x8xf32> to tensor<1x32x4xf32>
// CHECK-NEXT: return %[[Y]]
func.func @boxes(%x: tensor<1x3x4x4xf32>) -> tensor<1x32x4xf32> {
  %w0 = tenon.constant dense_resource<w0> : tensor<8x3x3x3xf32>
  %0 = tenon.conv %x, %w0 channels_first strides [1, 1] low [1, 1] high [1, 1]
       dilations [1, 1] groups 1 : tensor<1x3x4x4xf32>, tensor<8x3x3x3xf32>
  %1 = tenon.transpose %0 permutation [0, 2, 3, 1] : tensor<1x8x4x4xf32>
  %2 = tenon.reshape %1 : tensor<1x4x4x8xf32> to tensor<1x32x4xf32>
  return %2 : tensor<1x32x4xf32>
}

// -----

// One channel: moving it moves no byte.
// CHECK-LABEL: func @one_channel
// CHECK: tenon.reshape %arg0 : tensor<1x1x8x8xf32> to tensor<1x8x8x1xf32>
// CHECK-NOT: tenon.transpose %arg0
func.func @one_channel(%x: tensor<1x1x8x8xf32>) -> tensor<1x1x4x4xf32> {
  %0 = tenon.avg_pool %x channels_first window [2, 2] strides [2, 2] low [0, 0]
       high [0, 0] dilations [1, 1] : tensor<1x1x8x8xf32>
  return %0 : tensor<1x1x4x4xf32>
}

// -----

// An operand from outside pays for a transpose; in one dimension the
// transposes there and back look alike and must not chase each other.
// CHECK-LABEL: func @outside
// CHECK: %[[X:.*]] = tenon.transpose %arg0 permutation [0, 2, 1]
// CHECK: %[[C:.*]] = tenon.conv %[[X]]
// CHECK: %[[Y:.*]] = tenon.mul {{.*}}%[[C]]
// CHECK: tenon.max_pool %[[Y]]
func.func @outside(%x: tensor<2x4x4xf32>) -> tensor<2x4x3xf32> {
  %w = tenon.constant dense_resource<w> : tensor<4x4x3xf32>
  %0 = tenon.conv %x, %w channels_first strides [1] low [1] high [1]
       dilations [1] groups 1 : tensor<2x4x4xf32>, tensor<4x4x3xf32>
  %1 = tenon.mul %x, %0 : tensor<2x4x4xf32>
  %2 = tenon.max_pool %1 channels_first window [2] strides [1] low [0] high [0]
       dilations [1] : tensor<2x4x4xf32>
  return %2 : tensor<2x4x3xf32>
}

// -----

// Both operands stand in a convolution's order, one of them after the model's
// own transpose: neither moves the other.
// CHECK-LABEL: func @crossed
// CHECK: tenon.conv
// CHECK: tenon.transpose
// CHECK: tenon.add
func.func @crossed(%x: tensor<2x4x4xf32>) -> tensor<2x4x4xf32> {
  %w = tenon.constant dense_resource<w> : tensor<4x4x3xf32>
  %0 = tenon.conv %x, %w channels_first strides [1] low [1] high [1]
       dilations [1] groups 1 : tensor<2x4x4xf32>, tensor<4x4x3xf32>
  %1 = tenon.transpose %0 permutation [0, 2, 1] : tensor<2x4x4xf32>
  %2 = tenon.add %0, %1 : tensor<2x4x4xf32>
  return %2 : tensor<2x4x4xf32>
}
