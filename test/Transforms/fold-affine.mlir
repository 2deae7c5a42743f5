// RUN: tenon-opt %s --tenon-simplify --split-input-file | FileCheck %s

// Batch norm after a convolution with a bias: one weight, one shift.
// CHECK-LABEL: func @conv_bias_bn
// CHECK: %[[FACTOR:.*]] = tenon.broadcast %{{.*}} dims [0] : tensor<4xf32> to tensor<4x3x3x3xf32>
// CHECK: %[[W:.*]] = tenon.mul {{.*}}%[[FACTOR]]{{.*}} : tensor<4x3x3x3xf32>
// CHECK: %[[CONV:.*]] = tenon.conv %arg0, %[[W]]
// CHECK: %[[SUM:.*]] = tenon.add %{{.*}}, %{{.*}} : tensor<4xf32>
// CHECK: %[[SHIFT:.*]] = tenon.broadcast %[[SUM]] dims [1]
// CHECK: %[[Y:.*]] = tenon.add %[[CONV]], %[[SHIFT]]
// CHECK-NOT: tenon.mul {{.*}} : tensor<1x4x8x8xf32>
// CHECK: return %[[Y]]
func.func @conv_bias_bn(%x: tensor<1x3x8x8xf32>) -> tensor<1x4x8x8xf32> {
  %w = tenon.constant dense_resource<w> : tensor<4x3x3x3xf32>
  %bias = tenon.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
  %scale = tenon.constant dense<[1.0, 2.0, 3.0, 5.0]> : tensor<4xf32>
  %shift = tenon.constant dense<[1.0, 2.0, 3.0, 6.0]> : tensor<4xf32>
  %mean = tenon.constant dense<[1.0, 2.0, 3.0, 7.0]> : tensor<4xf32>
  %var = tenon.constant dense<[1.0, 2.0, 3.0, 8.0]> : tensor<4xf32>
  %c = tenon.conv %x, %w channels_first strides [1, 1] low [1, 1] high [1, 1]
       dilations [1, 1] groups 1 : tensor<1x3x8x8xf32>, tensor<4x3x3x3xf32>
  %b = tenon.broadcast %bias dims [1] : tensor<4xf32> to tensor<1x4x8x8xf32>
  %s = tenon.add %c, %b : tensor<1x4x8x8xf32>
  %y = tenon.batch_norm %s, %scale, %shift, %mean, %var epsilon 1.0e-5
       : tensor<1x4x8x8xf32>, tensor<4xf32>
  return %y : tensor<1x4x8x8xf32>
}

// -----

// A second use needs the unscaled result: nothing folds.
// CHECK-LABEL: func @second_use
// CHECK: %[[CONV:.*]] = tenon.conv %arg0, %{{[^ ]*}} channels_first
// CHECK: %[[Y:.*]] = tenon.mul %[[CONV]]
// CHECK: return %[[CONV]], %[[Y]]
func.func @second_use(%x: tensor<1x3x8x8xf32>) -> (tensor<1x4x8x8xf32>, tensor<1x4x8x8xf32>) {
  %w = tenon.constant dense_resource<w> : tensor<4x3x1x1xf32>
  %f = tenon.constant dense<[1.0, 2.0, 3.0, 5.0]> : tensor<4xf32>
  %c = tenon.conv %x, %w channels_first strides [1, 1] low [0, 0] high [0, 0]
       dilations [1, 1] groups 1 : tensor<1x3x8x8xf32>, tensor<4x3x1x1xf32>
  %b = tenon.broadcast %f dims [1] : tensor<4xf32> to tensor<1x4x8x8xf32>
  %y = tenon.mul %c, %b : tensor<1x4x8x8xf32>
  return %c, %y : tensor<1x4x8x8xf32>, tensor<1x4x8x8xf32>
}

// -----

// A factor that varies along another dimension is no property of the weights.
// CHECK-LABEL: func @not_per_channel
// CHECK: %[[CONV:.*]] = tenon.conv %arg0
// CHECK: %[[Y:.*]] = tenon.mul %[[CONV]]
// CHECK: return %[[Y]]
func.func @not_per_channel(%x: tensor<1x3x4x4xf32>) -> tensor<1x4x4x4xf32> {
  %w = tenon.constant dense_resource<w> : tensor<4x3x1x1xf32>
  %f = tenon.constant dense<[1.0, 2.0, 3.0, 5.0]> : tensor<4xf32>
  %c = tenon.conv %x, %w channels_first strides [1, 1] low [0, 0] high [0, 0]
       dilations [1, 1] groups 1 : tensor<1x3x4x4xf32>, tensor<4x3x1x1xf32>
  %b = tenon.broadcast %f dims [2] : tensor<4xf32> to tensor<1x4x4x4xf32>
  %y = tenon.mul %c, %b : tensor<1x4x4x4xf32>
  return %y : tensor<1x4x4x4xf32>
}

// -----

// matmul: columns are the channels; a splat counts, and so does a quotient.
// CHECK-LABEL: func @matmul
// CHECK: %[[W:.*]] = tenon.div %{{.*}}, %{{.*}} : tensor<8x4xf32>
// CHECK: %[[MM:.*]] = tenon.matmul %arg0, %[[W]]
// CHECK-NEXT: return %[[MM]]
func.func @matmul(%x: tensor<2x8xf32>) -> tensor<2x4xf32> {
  %w = tenon.constant dense_resource<w> : tensor<8x4xf32>
  %f = tenon.constant dense<3.0> : tensor<2x4xf32>
  %c = tenon.matmul %x, %w : tensor<2x8xf32>, tensor<8x4xf32>
  %y = tenon.div %c, %f : tensor<2x4xf32>
  return %y : tensor<2x4xf32>
}

// -----

// Weights that a caller may change are no constants.
// CHECK-LABEL: func @trained
// CHECK: %[[MM:.*]] = tenon.matmul %arg0, %arg1
// CHECK: tenon.mul %[[MM]]
func.func @trained(%x: tensor<2x8xf32>, %w: tensor<8x4xf32>) -> tensor<2x4xf32> {
  %f = tenon.constant dense<3.0> : tensor<2x4xf32>
  %c = tenon.matmul %x, %w : tensor<2x8xf32>, tensor<8x4xf32>
  %y = tenon.mul %c, %f : tensor<2x4xf32>
  return %y : tensor<2x4xf32>
}
