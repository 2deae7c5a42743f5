// RUN: tenon-opt %s --split-input-file --verify-diagnostics

func.func @pool_rank(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{operand must have rank 3 to 5, not 2}}
  %0 = tenon.max_pool %x channels_first window [] strides [] low [] high []
       dilations [] : tensor<4x8xf32>
  return
}

// -----

func.func @pool_counted(%x: tensor<1x3x8x8xf32>) {
  // expected-error@+1 {{'tenon.avg_pool' op counted_high needs one entry per spatial dimension}}
  %0 = tenon.avg_pool %x channels_first window [2, 2] strides [2, 2] low [0, 0] high [0, 0]
       dilations [1, 1] {counted_high = array<i64: 0>} : tensor<1x3x8x8xf32>
  return
}

// -----

func.func @softmax_axis(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{axis is outside the rank}}
  %0 = tenon.softmax %x axis 2 : tensor<4x8xf32>
  return
}

// -----

func.func @batch_norm(%x: tensor<1x3x8x8xf32>, %s: tensor<4xf32>) {
  // expected-error@+1 {{scale, bias, mean and variance must be 'tensor<3xf32>'}}
  %0 = tenon.batch_norm %x, %s, %s, %s, %s epsilon 1.0e-5 : tensor<1x3x8x8xf32>, tensor<4xf32>
  return
}

// -----

func.func @reduce_twice(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{dims must be distinct dimensions of the operand}}
  %0 = tenon.reduce_sum %x dims [1, 1] : tensor<4x8xf32>
  return
}

// -----

func.func @arg_empty(%x: tensor<4x0xf32>) {
  // expected-error@+1 {{has no element to choose along dimension 1}}
  %0 = tenon.arg_max %x axis 1 : tensor<4x0xf32>
  return
}

// -----

// Every shape is static.
func.func @dynamic(%x: tensor<?xf32>) {
  // expected-error@+1 {{must be statically shaped tensor of}}
  %0 = tenon.relu %x : tensor<?xf32>
  return
}

// -----

func.func @pool_index_taps(%x: tensor<1x1x65536x65536xf32>) {
  // expected-error@+1 {{window has more than 2^31 - 1 taps}}
  %0 = tenon.max_pool_index %x channels_first window [65536, 65536] strides [1, 1] low [0, 0]
       high [0, 0] dilations [1, 1] : tensor<1x1x65536x65536xf32>
  return
}

// -----

func.func @unpool_extents(%x: tensor<1x3x4x5xf32>) {
  // expected-error@+1 {{dy must have the type of the pool's result, 'tensor<1x3x4x4xf32>'}}
  %0 = tenon.unpool %x channels_first window [2, 2] strides [2, 2] low [0, 0] high [0, 0]
       dilations [1, 1] : tensor<1x3x4x5xf32> to tensor<1x3x8x8xf32>
  return
}

// -----

func.func @unpool_index(%x: tensor<1x3x4x4xf32>, %i: tensor<1x3x4x5xi32>) {
  // expected-error@+1 {{index must have the shape of dy}}
  %0 = tenon.unpool %x, %i channels_first window [2, 2] strides [2, 2] low [0, 0] high [0, 0]
       dilations [1, 1] : tensor<1x3x4x4xf32>, tensor<1x3x4x5xi32> to tensor<1x3x8x8xf32>
  return
}
