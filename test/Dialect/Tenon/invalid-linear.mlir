// RUN: tenon-opt %s --split-input-file --verify-diagnostics

func.func @matmul_inner(%x: tensor<2x3xf32>, %y: tensor<4x5xf32>) {
  // expected-error@+1 {{inner dimensions differ: 3 and 4}}
  %0 = tenon.matmul %x, %y : tensor<2x3xf32>, tensor<4x5xf32>
  return
}

// -----

func.func @matmul_batch(%x: tensor<2x3x4xf32>, %y: tensor<1x4x5xf32>) {
  // expected-error@+1 {{batches differ: 2 and 1}}
  %0 = tenon.matmul %x, %y : tensor<2x3x4xf32>, tensor<1x4x5xf32>
  return
}

// -----

func.func @matmul_rank(%x: tensor<3xf32>, %y: tensor<3x5xf32>) {
  // expected-error@+1 {{operands must both have rank 2, or both rank 3}}
  %0 = tenon.matmul %x, %y : tensor<3xf32>, tensor<3x5xf32>
  return
}

// -----

func.func @matmul_type(%x: tensor<2x3xf32>, %y: tensor<3x5xf16>) {
  // expected-error@+1 {{operands must share the element type}}
  %0 = tenon.matmul %x, %y : tensor<2x3xf32>, tensor<3x5xf16>
  return
}

// -----

func.func @conv_channels(%x: tensor<1x4x8x8xf32>, %w: tensor<6x3x3x3xf32>) {
  // expected-error@+1 {{operand has 4 channels in 1 groups, the filter expects 3 a group}}
  %0 = tenon.conv %x, %w channels_first strides [1, 1] low [0, 0] high [0, 0]
       dilations [1, 1] groups 1 : tensor<1x4x8x8xf32>, tensor<6x3x3x3xf32>
  return
}

// -----

// channels_last reads the channels elsewhere.
func.func @conv_layout(%x: tensor<1x8x8x4xf32>, %w: tensor<6x4x3x3xf32>) {
  // expected-error@+1 {{operand has 4 channels in 1 groups, the filter expects 3 a group}}
  %0 = tenon.conv %x, %w channels_last strides [1, 1] low [0, 0] high [0, 0]
       dilations [1, 1] groups 1 : tensor<1x8x8x4xf32>, tensor<6x4x3x3xf32>
  return
}

// -----

func.func @conv_groups(%x: tensor<1x4x8x8xf32>, %w: tensor<5x2x3x3xf32>) {
  // expected-error@+1 {{5 filters do not divide into 2 groups}}
  %0 = tenon.conv %x, %w channels_first strides [1, 1] low [0, 0] high [0, 0]
       dilations [1, 1] groups 2 : tensor<1x4x8x8xf32>, tensor<5x2x3x3xf32>
  return
}

// -----

func.func @conv_rank(%x: tensor<4x8xf32>, %w: tensor<5x4xf32>) {
  // expected-error@+1 {{operand and filter must have one rank of 3 to 5, not 2 and 2}}
  %0 = tenon.conv %x, %w channels_first strides [] low [] high []
       dilations [] groups 1 : tensor<4x8xf32>, tensor<5x4xf32>
  return
}

// -----

func.func @unpack(%x: tensor<2x4x8xf32>) {
  // expected-error@+1 {{operand is not the packed form of the result}}
  %0 = tenon.unpack %x : tensor<2x4x8xf32> to tensor<4x17xf32>
  return
}

// -----

func.func @filter_grad_extents(%x: tensor<1x4x8x8xf32>, %y: tensor<1x6x8x8xf32>) {
  // expected-error@+1 {{dy has not the extents of the convolution's result}}
  %0 = tenon.conv_filter_grad %x, %y channels_first window [3, 3] strides [1, 1] low [0, 0]
       high [0, 0] dilations [1, 1] groups 1 : tensor<1x4x8x8xf32>, tensor<1x6x8x8xf32>
  return
}

// -----

func.func @filter_grad_batch(%x: tensor<1x4x8x8xf32>, %y: tensor<2x6x6x6xf32>) {
  // expected-error@+1 {{batches differ: 1 and 2}}
  %0 = tenon.conv_filter_grad %x, %y channels_first window [3, 3] strides [1, 1] low [0, 0]
       high [0, 0] dilations [1, 1] groups 1 : tensor<1x4x8x8xf32>, tensor<2x6x6x6xf32>
  return
}

// -----

func.func @filter_grad_groups(%x: tensor<1x4x8x8xf32>, %y: tensor<1x6x6x6xf32>) {
  // expected-error@+1 {{4 channels and 6 filters do not divide into 4 groups}}
  %0 = tenon.conv_filter_grad %x, %y channels_first window [3, 3] strides [1, 1] low [0, 0]
       high [0, 0] dilations [1, 1] groups 4 : tensor<1x4x8x8xf32>, tensor<1x6x6x6xf32>
  return
}

// -----

func.func @transpose_channels(%x: tensor<1x5x8x8xf32>, %w: tensor<6x4x3x3xf32>) {
  // expected-error@+1 {{operand has 5 channels in 1 groups, the filter expects 6}}
  %0 = tenon.conv_transpose %x, %w channels_first strides [1, 1] low [0, 0] dilations [1, 1]
       groups 1 : tensor<1x5x8x8xf32>, tensor<6x4x3x3xf32> to tensor<1x4x10x10xf32>
  return
}

// -----

func.func @transpose_result(%x: tensor<1x6x8x8xf32>, %w: tensor<6x4x3x3xf32>) {
  // expected-error@+1 {{result must have the operand's batch and 4 channels}}
  %0 = tenon.conv_transpose %x, %w channels_first strides [1, 1] low [0, 0] dilations [1, 1]
       groups 1 : tensor<1x6x8x8xf32>, tensor<6x4x3x3xf32> to tensor<1x5x10x10xf32>
  return
}

// -----

func.func @transpose_empty(%x: tensor<1x6x0x8xf32>, %w: tensor<6x4x3x3xf32>) {
  // expected-error@+1 {{extents, strides and dilations of spatial dimension 0 must be at least 1}}
  %0 = tenon.conv_transpose %x, %w channels_first strides [1, 1] low [0, 0] dilations [1, 1]
       groups 1 : tensor<1x6x0x8xf32>, tensor<6x4x3x3xf32> to tensor<1x4x10x10xf32>
  return
}
