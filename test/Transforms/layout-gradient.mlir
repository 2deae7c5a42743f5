// RUN: tenon-opt %s --tenon-gradient --tenon-simplify --tenon-layout | FileCheck %s

// Forward and backward stand channels last: of activations only the input is
// transposed, filters and their gradients at their own ends.
// CHECK-LABEL: func @main
// CHECK: %[[X:.*]] = tenon.transpose %arg0 permutation [0, 2, 3, 1]
// CHECK: %[[W0:.*]] = tenon.transpose %arg1 permutation [2, 3, 1, 0]
// CHECK: tenon.conv %[[X]], %[[W0]] channels_last
// CHECK: %[[A:.*]] = tenon.relu
// CHECK-NOT: tenon.transpose {{.*}} : tensor<4x
// CHECK: %[[P:.*]] = tenon.max_pool %[[A]] channels_last
// CHECK-NOT: tenon.transpose {{.*}} : tensor<4x
// CHECK: tenon.conv %[[P]], %{{.*}} channels_last
// CHECK: tenon.avg_pool %{{.*}} channels_last
// The matmul's own: x^T dy and dy w^T.
// CHECK: tenon.transpose %{{.*}} permutation [1, 0] : tensor<4x16xf32>
// CHECK: tenon.transpose %arg4 permutation [1, 0]
// CHECK-NOT: tenon.transpose {{.*}} : tensor<4x
// CHECK: tenon.unpool %{{.*}} channels_last {{.*}} : tensor<4x1x1x16xf32> to tensor<4x4x4x16xf32>
// CHECK: %[[D:.*]] = tenon.select
// The operand's gradient: four residues modulo the strides, each with its own
// taps of the filter, turned round, put beside each other with zeros between.
// CHECK: %[[TAP:.*]] = tenon.slice %arg3 starts [0, 0, 1, 1] sizes [16, 8, 1, 1]
// CHECK: %[[P0:.*]] = tenon.pad %{{.*}} low [0, 0, 0, 0] high [0, 1, 1, 0] interior [0, 1, 1, 0]
// CHECK: tenon.slice %arg3 starts [0, 0, 1, 0] sizes [16, 8, 1, 2] strides [1, 1, 1, 2]
// CHECK: tenon.conv %[[D]], %{{.*}} channels_last strides [1, 1] low [0, 0] high [0, 1] {{.*}} tensor<1x2x16x8xf32>
// CHECK: tenon.conv %[[D]], %{{.*}} tensor<2x1x16x8xf32>
// CHECK: %[[TAPS:.*]] = tenon.slice %arg3 starts [0, 0, 0, 0] sizes [16, 8, 2, 2] strides [1, 1, 2, 2]
// CHECK: %[[BACK:.*]] = tenon.slice %[[TAPS]] {{.*}} strides [1, 1, -1, -1]
// CHECK: %[[TURNED:.*]] = tenon.transpose %[[BACK]] permutation [2, 3, 0, 1]
// CHECK: %[[Y3:.*]] = tenon.conv %[[D]], %[[TURNED]] channels_last strides [1, 1] low [0, 0] high [1, 1]
// CHECK: %[[P3:.*]] = tenon.pad %[[Y3]] {{.*}} low [0, 1, 1, 0] high [0, 0, 0, 0] interior [0, 1, 1, 0]
// CHECK: %[[DP:.*]] = tenon.add %{{.*}}, %[[P3]]
// The filter's gradient reads padding from memory.
// CHECK: %[[PADDED:.*]] = tenon.pad %[[P]] {{.*}} low [0, 1, 1, 0] high [0, 1, 1, 0]
// CHECK: %[[DW1:.*]] = tenon.conv_filter_grad %[[PADDED]], %[[D]] channels_last {{.*}} low [0, 0] high [0, 0]
// CHECK: tenon.transpose %[[DW1]] permutation [3, 2, 0, 1]
// CHECK: %[[I:.*]] = tenon.max_pool_index %[[A]] channels_last
// CHECK-NOT: tenon.transpose
// CHECK: tenon.unpool %[[DP]], %[[I]] channels_last
// CHECK: tenon.reduce_sum %{{.*}} dims [0, 1, 2]
// CHECK: %[[PADDED0:.*]] = tenon.pad %[[X]]
// CHECK: tenon.conv_filter_grad %[[PADDED0]], %{{.*}} channels_last
// CHECK: tenon.transpose %{{.*}} permutation [3, 2, 0, 1] : tensor<3x3x3x8xf32>
// CHECK-NEXT: return
func.func private @loss(%x: tensor<4x3x16x16xf32>, %w0: tensor<8x3x3x3xf32>, %b0: tensor<8xf32>,
                        %w1: tensor<16x8x3x3xf32>, %w2: tensor<16x10xf32>, %t: tensor<4x10xf32>) -> tensor<f32> {
  %0 = tenon.conv %x, %w0 channels_first strides [1, 1] low [1, 1] high [1, 1]
       dilations [1, 1] groups 1 : tensor<4x3x16x16xf32>, tensor<8x3x3x3xf32>
  %b = tenon.broadcast %b0 dims [1] : tensor<8xf32> to tensor<4x8x16x16xf32>
  %1 = tenon.add %0, %b : tensor<4x8x16x16xf32>
  %2 = tenon.relu %1 : tensor<4x8x16x16xf32>
  %3 = tenon.max_pool %2 channels_first window [2, 2] strides [2, 2] low [0, 0]
       high [0, 0] dilations [1, 1] : tensor<4x8x16x16xf32>
  %4 = tenon.conv %3, %w1 channels_first strides [2, 2] low [1, 1] high [1, 1]
       dilations [1, 1] groups 1 : tensor<4x8x8x8xf32>, tensor<16x8x3x3xf32>
  %5 = tenon.relu %4 : tensor<4x16x4x4xf32>
  %6 = tenon.avg_pool %5 channels_first window [4, 4] strides [4, 4] low [0, 0]
       high [0, 0] dilations [1, 1] : tensor<4x16x4x4xf32>
  %7 = tenon.reshape %6 : tensor<4x16x1x1xf32> to tensor<4x16xf32>
  %8 = tenon.matmul %7, %w2 : tensor<4x16xf32>, tensor<16x10xf32>
  %9 = tenon.mul %8, %t : tensor<4x10xf32>
  %10 = tenon.reduce_sum %9 dims [0, 1] : tensor<4x10xf32>
  return %10 : tensor<f32>
}
func.func @main(%x: tensor<4x3x16x16xf32>, %w0: tensor<8x3x3x3xf32>, %b0: tensor<8xf32>,
                %w1: tensor<16x8x3x3xf32>, %w2: tensor<16x10xf32>, %t: tensor<4x10xf32>)
    -> (tensor<f32>, tensor<8x3x3x3xf32>, tensor<8xf32>, tensor<16x8x3x3xf32>, tensor<16x10xf32>) {
  %r:5 = tenon.grad @loss(%x, %w0, %b0, %w1, %w2, %t) wrt [1, 2, 3, 4]
      : (tensor<4x3x16x16xf32>, tensor<8x3x3x3xf32>, tensor<8xf32>, tensor<16x8x3x3xf32>, tensor<16x10xf32>, tensor<4x10xf32>)
      -> (tensor<f32>, tensor<8x3x3x3xf32>, tensor<8xf32>, tensor<16x8x3x3xf32>, tensor<16x10xf32>)
  return %r#0, %r#1, %r#2, %r#3, %r#4
      : tensor<f32>, tensor<8x3x3x3xf32>, tensor<8xf32>, tensor<16x8x3x3xf32>, tensor<16x10xf32>
}

// A 1x1 filter's gradient is x^T dy.
// CHECK-LABEL: func @point
// CHECK: %[[T:.*]] = tenon.transpose %{{.*}} permutation [1, 0] : tensor<50x3xf32>
// CHECK: tenon.matmul %[[T]], %{{.*}} : tensor<3x50xf32>, tensor<50x8xf32>
// CHECK-NOT: tenon.conv_filter_grad
func.func @point(%x: tensor<2x3x5x5xf32>, %y: tensor<2x8x5x5xf32>) -> tensor<8x3x1x1xf32> {
  %0 = tenon.conv_filter_grad %x, %y channels_first window [1, 1] strides [1, 1] low [0, 0] high [0, 0]
       dilations [1, 1] groups 1 : tensor<2x3x5x5xf32>, tensor<2x8x5x5xf32>
  return %0 : tensor<8x3x1x1xf32>
}

// The fast loops have no border, dense or depthwise; of other groups there is
// none.
// CHECK-LABEL: func @borders
// CHECK: %[[P:.*]] = tenon.pad %{{.*}} low [0, 1, 1, 0] high [0, 1, 1, 0]
// CHECK: tenon.conv_filter_grad %[[P]], {{.*}} low [0, 0] high [0, 0]{{.*}} groups 6
// CHECK: tenon.conv_filter_grad {{.*}} low [1, 1] high [1, 1]{{.*}} groups 2
func.func @borders(%x: tensor<2x6x5x5xf32>, %y: tensor<2x6x5x5xf32>) -> (tensor<6x1x3x3xf32>, tensor<6x3x3x3xf32>) {
  %0 = tenon.conv_filter_grad %x, %y channels_first window [3, 3] strides [1, 1] low [1, 1] high [1, 1]
       dilations [1, 1] groups 6 : tensor<2x6x5x5xf32>, tensor<2x6x5x5xf32>
  %1 = tenon.conv_filter_grad %x, %y channels_first window [3, 3] strides [1, 1] low [1, 1] high [1, 1]
       dilations [1, 1] groups 2 : tensor<2x6x5x5xf32>, tensor<2x6x5x5xf32>
  return %0, %1 : tensor<6x1x3x3xf32>, tensor<6x3x3x3xf32>
}

// A flatten before a dense layer keeps its images: the order moves into the
// weights, forward and backward, and out of their gradient.
// CHECK-LABEL: func @flatten
// CHECK: %[[W:.*]] = tenon.reshape %arg1 : tensor<48x10xf32> to tensor<8x2x3x10xf32>
// CHECK: %[[ROWS:.*]] = tenon.transpose %[[W]] permutation [1, 2, 0, 3]
// CHECK: %[[IN:.*]] = tenon.reshape %[[ROWS]] : tensor<2x3x8x10xf32> to tensor<48x10xf32>
// CHECK: %[[X:.*]] = tenon.reshape %{{.*}} : tensor<4x2x3x8xf32> to tensor<4x48xf32>
// CHECK: tenon.matmul %[[X]], %[[IN]] : tensor<4x48xf32>, tensor<48x10xf32>
// CHECK-NOT: tenon.transpose {{.*}} : tensor<4x{{[0-9]+}}x{{[0-9]+}}x
// CHECK: %[[XT:.*]] = tenon.transpose %[[X]] permutation [1, 0] : tensor<4x48xf32>
// CHECK: %[[DW:.*]] = tenon.matmul %[[XT]], %arg2 : tensor<48x4xf32>, tensor<4x10xf32>
// CHECK: %[[SPLIT:.*]] = tenon.reshape %[[DW]] : tensor<48x10xf32> to tensor<2x3x8x10xf32>
// CHECK: tenon.transpose %[[SPLIT]] permutation [2, 0, 1, 3]
// CHECK-NOT: tenon.transpose {{.*}} : tensor<4x{{[0-9]+}}x{{[0-9]+}}x
// CHECK: %[[COLUMNS:.*]] = tenon.transpose %[[W]] permutation [3, 1, 2, 0]
// CHECK: %[[BACK:.*]] = tenon.reshape %[[COLUMNS]] : tensor<10x2x3x8xf32> to tensor<10x48xf32>
// CHECK: %[[D:.*]] = tenon.matmul %arg2, %[[BACK]] : tensor<4x10xf32>, tensor<10x48xf32>
// CHECK: %[[DY:.*]] = tenon.reshape %[[D]] : tensor<4x48xf32> to tensor<4x2x3x8xf32>
// CHECK: tenon.unpool %[[DY]]
func.func private @flat(%x: tensor<4x8x4x6xf32>, %w: tensor<48x10xf32>, %t: tensor<4x10xf32>) -> tensor<f32> {
  %0 = tenon.max_pool %x channels_first window [2, 2] strides [2, 2] low [0, 0]
       high [0, 0] dilations [1, 1] : tensor<4x8x4x6xf32>
  %1 = tenon.reshape %0 : tensor<4x8x2x3xf32> to tensor<4x48xf32>
  %2 = tenon.matmul %1, %w : tensor<4x48xf32>, tensor<48x10xf32>
  %3 = tenon.mul %2, %t : tensor<4x10xf32>
  %4 = tenon.reduce_sum %3 dims [0, 1] : tensor<4x10xf32>
  return %4 : tensor<f32>
}
func.func @flatten(%x: tensor<4x8x4x6xf32>, %w: tensor<48x10xf32>, %t: tensor<4x10xf32>)
    -> (tensor<f32>, tensor<4x8x4x6xf32>, tensor<48x10xf32>) {
  %r:3 = tenon.grad @flat(%x, %w, %t) wrt [0, 1]
      : (tensor<4x8x4x6xf32>, tensor<48x10xf32>, tensor<4x10xf32>)
      -> (tensor<f32>, tensor<4x8x4x6xf32>, tensor<48x10xf32>)
  return %r#0, %r#1, %r#2 : tensor<f32>, tensor<4x8x4x6xf32>, tensor<48x10xf32>
}
