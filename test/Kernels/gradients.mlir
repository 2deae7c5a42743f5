// RUN: tenon-opt %s --tenon-layout --tenon-fuse --tenon-configure=cpu=x86-64-v4 --split-input-file | FileCheck %s

// A filter that is no constant is packed by the kernel that brings it into
// order; the padding of x is written by a kernel, and the filter's gradient is
// a loop over positions without a border.
// CHECK-LABEL: func.func @convolution
// CHECK: %[[F:.*]] = tenon.group (%{{.*}} = %arg1) {{.*}} -> tensor<2x576x32xf32> attributes {kernel = #tenon.kernel<"map", tiles = [16,
// CHECK-NEXT: tenon.transpose %{{.*}} permutation [2, 3, 1, 0]
// CHECK-NEXT: tenon.pack %{{.*}} panel 32
// CHECK: tenon.group (%{{.*}} = %{{.*}}, %{{.*}} = %[[F]]) {{.*}} attributes {kernel = #tenon.kernel<"conv"
// CHECK-NEXT: tenon.unpack
// CHECK-NEXT: tenon.conv
// CHECK: %[[P:.*]] = tenon.group {{.*}} -> tensor<8x30x30x64xf32>
// CHECK-NEXT: tenon.pad
// CHECK: tenon.group (%{{.*}} = %[[P]], %{{.*}} = %{{.*}}) {{.*}} attributes {kernel = #tenon.kernel<"filter_grad", tiles = [6, 4, {{[0-9]+}}, {{[0-9]+}}], workspace = {{[1-9][0-9]*}}, grid = {{[0-9]+}}>
// CHECK-NEXT: tenon.conv_filter_grad %{{.*}} low [0, 0] high [0, 0]
func.func @convolution(%x: tensor<8x64x28x28xf32>, %w: tensor<64x64x3x3xf32>, %dy: tensor<8x64x28x28xf32>)
    -> (tensor<8x64x28x28xf32>, tensor<64x64x3x3xf32>) {
  %0 = tenon.conv %x, %w channels_first strides [1, 1] low [1, 1] high [1, 1]
       dilations [1, 1] groups 1 : tensor<8x64x28x28xf32>, tensor<64x64x3x3xf32>
  %1 = tenon.conv_filter_grad %x, %dy channels_first window [3, 3] strides [1, 1] low [1, 1] high [1, 1]
       dilations [1, 1] groups 1 : tensor<8x64x28x28xf32>, tensor<8x64x28x28xf32>
  return %0, %1 : tensor<8x64x28x28xf32>, tensor<64x64x3x3xf32>
}

// -----

// x^T dy reads x as it stands; dy w^T packs w^T on the way.
// CHECK-LABEL: func.func @dense
// CHECK: #tenon.kernel<"filter_grad"
// CHECK-NEXT: %[[T:.*]] = tenon.transpose
// CHECK-NEXT: tenon.matmul %[[T]]
// CHECK: tenon.transpose
// CHECK-NEXT: tenon.pack
// CHECK: #tenon.kernel<"contract"
// CHECK-NEXT: tenon.unpack
// CHECK-NEXT: tenon.matmul
func.func @dense(%x: tensor<128x300xf32>, %w: tensor<300x200xf32>, %dy: tensor<128x200xf32>)
    -> (tensor<300x200xf32>, tensor<128x300xf32>) {
  %xt = tenon.transpose %x permutation [1, 0] : tensor<128x300xf32>
  %0 = tenon.matmul %xt, %dy : tensor<300x128xf32>, tensor<128x200xf32>
  %wt = tenon.transpose %w permutation [1, 0] : tensor<300x200xf32>
  %1 = tenon.matmul %dy, %wt : tensor<128x200xf32>, tensor<200x300xf32>
  return %0, %1 : tensor<300x200xf32>, tensor<128x300xf32>
}

// -----

// Depthwise, a register tile is all taps of sixteen channels, and threads share
// out the channels. Other groups keep the definition.
// CHECK-LABEL: func.func @depthwise
// CHECK: tenon.group {{.*}} attributes {kernel = #tenon.kernel<"filter_grad", tiles = [9, 1, 16, 1], workspace = 0, grid = 3>} {
// CHECK-NEXT: tenon.conv_filter_grad
// CHECK: tenon.group {{.*}} attributes {kernel = #tenon.kernel<"map", tiles = [1,
// CHECK-NEXT: tenon.conv_filter_grad
func.func @depthwise(%x: tensor<2x10x10x40xf32>, %dy: tensor<2x8x8x40xf32>) -> (tensor<3x3x1x40xf32>, tensor<3x3x20x40xf32>) {
  %0 = tenon.conv_filter_grad %x, %dy channels_last window [3, 3] strides [1, 1] low [0, 0] high [0, 0]
       dilations [1, 1] groups 40 : tensor<2x10x10x40xf32>, tensor<2x8x8x40xf32>
  %1 = tenon.conv_filter_grad %x, %dy channels_last window [3, 3] strides [1, 1] low [0, 0] high [0, 0]
       dilations [1, 1] groups 2 : tensor<2x10x10x40xf32>, tensor<2x8x8x40xf32>
  return %0, %1 : tensor<3x3x1x40xf32>, tensor<3x3x20x40xf32>
}

// -----

// CHECK-LABEL: func.func @rows
// CHECK: #tenon.kernel<"scatter", tiles = [16, 128], workspace = 0, grid = 3>
// CHECK-NEXT: tenon.scatter_add
func.func @rows(%x: tensor<9x300xf32>, %i: tensor<9xi64>) -> tensor<50x300xf32> {
  %0 = tenon.scatter_add %x, %i axis 0 : tensor<9x300xf32>, tensor<9xi64> to tensor<50x300xf32>
  return %0 : tensor<50x300xf32>
}
