// RUN: tenon-opt %s | tenon-opt | FileCheck %s
// RUN: tenon-opt %s --emit-bytecode | tenon-opt | FileCheck %s
// RUN: tenon-opt %s --mlir-print-op-generic | tenon-opt | FileCheck %s

// The custom form of one op of each shape, through text, bytecode and the
// generic form.

// CHECK-LABEL: func @elementwise
func.func @elementwise(%x: tensor<4xf32>, %i: tensor<4xui8>, %c: tensor<4xi1>) {
  // CHECK: tenon.tanh %{{.*}} : tensor<4xf32>
  %0 = tenon.tanh %x : tensor<4xf32>
  // CHECK: tenon.is_nan %{{.*}} : tensor<4xf32>
  %1 = tenon.is_nan %x : tensor<4xf32>
  // CHECK: tenon.shl %{{.*}}, %{{.*}} : tensor<4xui8>
  %2 = tenon.shl %i, %i : tensor<4xui8>
  // CHECK: tenon.compare lt, %{{.*}}, %{{.*}} : tensor<4xui8>
  %3 = tenon.compare lt, %i, %i : tensor<4xui8>
  // CHECK: tenon.select %{{.*}}, %{{.*}}, %{{.*}} : tensor<4xi1>, tensor<4xf32>
  %4 = tenon.select %c, %x, %0 : tensor<4xi1>, tensor<4xf32>
  // CHECK: tenon.cast %{{.*}} : tensor<4xf32> to tensor<4xbf16>
  %5 = tenon.cast %x : tensor<4xf32> to tensor<4xbf16>
  return
}

// CHECK-LABEL: func @shape
func.func @shape(%x: tensor<2x3xf32>, %i: tensor<4x5xi64>) {
  // CHECK: tenon.constant dense<1.000000e+00> : tensor<4xf32>
  %0 = tenon.constant dense<1.0> : tensor<4xf32>
  // CHECK: tenon.broadcast %{{.*}} dims [1, 2] : tensor<2x3xf32> to tensor<4x2x3xf32>
  %1 = tenon.broadcast %x dims [1, 2] : tensor<2x3xf32> to tensor<4x2x3xf32>
  // CHECK: tenon.reshape %{{.*}} : tensor<2x3xf32> to tensor<6xf32>
  %2 = tenon.reshape %x : tensor<2x3xf32> to tensor<6xf32>
  // CHECK: %[[T:.*]] = tenon.transpose %{{.*}} permutation [1, 0] : tensor<2x3xf32>
  %3 = tenon.transpose %x permutation [1, 0] : tensor<2x3xf32>
  // CHECK: tenon.slice %[[T]] starts [2, 1] sizes [3, 2] strides [-1, -1] : tensor<3x2xf32>
  %4 = tenon.slice %3 starts [2, 1] sizes [3, 2] strides [-1, -1] : tensor<3x2xf32>
  // CHECK: tenon.pad %{{.*}} reflect 0.0{{.*}} low [1, 0] high [0, 2] : tensor<2x3xf32>
  %5 = tenon.pad %x reflect 0.0 low [1, 0] high [0, 2] : tensor<2x3xf32>
  // CHECK: tenon.concat %{{.*}}, %{{.*}} axis 1 : tensor<2x3xf32>, tensor<2x3xf32>
  %6 = tenon.concat %x, %x axis 1 : tensor<2x3xf32>, tensor<2x3xf32>
  // CHECK: tenon.gather %{{.*}}, %{{.*}} axis 1 : tensor<2x3xf32>, tensor<4x5xi64>
  %7 = tenon.gather %x, %i axis 1 : tensor<2x3xf32>, tensor<4x5xi64>
  // CHECK: tenon.scatter_add %{{.*}}, %{{.*}} axis 1 : tensor<2x4x5xf32>, tensor<4x5xi64> to tensor<2x3xf32>
  %10 = tenon.scatter_add %7, %i axis 1 : tensor<2x4x5xf32>, tensor<4x5xi64> to tensor<2x3xf32>
  // CHECK: tenon.pad %{{.*}} low [1, 0] high [0, 2] interior [0, 3] : tensor<2x3xf32>
  %11 = tenon.pad %x constant 0.0 low [1, 0] high [0, 2] interior [0, 3] : tensor<2x3xf32>
  // The result's shape is inferred.
  // CHECK: tenon.neg %{{.*}} : tensor<2x4x5xf32>
  %8 = tenon.neg %7 : tensor<2x4x5xf32>
  // CHECK: tenon.iota axis 1 : tensor<2x3xi32>
  %9 = tenon.iota axis 1 : tensor<2x3xi32>
  return
}

// CHECK-LABEL: func @reduce
func.func @reduce(%x: tensor<2x3x4xf32>) {
  // CHECK: tenon.reduce_sum %{{.*}} dims [2, 0] : tensor<2x3x4xf32>
  %0 = tenon.reduce_sum %x dims [2, 0] : tensor<2x3x4xf32>
  // CHECK: tenon.neg %{{.*}} : tensor<3xf32>
  %1 = tenon.neg %0 : tensor<3xf32>
  // CHECK: tenon.arg_max %{{.*}} axis 1 last : tensor<2x3x4xf32>
  %2 = tenon.arg_max %x axis 1 last : tensor<2x3x4xf32>
  // CHECK: tenon.not %{{.*}} : tensor<2x4xi64>
  %3 = tenon.not %2 : tensor<2x4xi64>
  return
}

// CHECK-LABEL: func @linear
func.func @linear(%x: tensor<2x3xf32>, %y: tensor<3x5xf32>,
                  %image: tensor<1x8x6x4xf32>, %filter: tensor<3x3x2x6xf32>) {
  // CHECK: tenon.matmul %{{.*}}, %{{.*}} : tensor<2x3xf32>, tensor<3x5xf32>
  %0 = tenon.matmul %x, %y : tensor<2x3xf32>, tensor<3x5xf32>
  // CHECK: tenon.neg %{{.*}} : tensor<2x5xf32>
  %1 = tenon.neg %0 : tensor<2x5xf32>
  // CHECK: tenon.conv %{{.*}}, %{{.*}} channels_last strides [2, 1] low [1, 0] high [0, 1] dilations [1, 2] groups 2
  %2 = tenon.conv %image, %filter channels_last strides [2, 1] low [1, 0] high [0, 1]
       dilations [1, 2] groups 2 : tensor<1x8x6x4xf32>, tensor<3x3x2x6xf32>
  // (8 + 1 - 3) / 2 + 1 = 4 rows, (6 + 1 - 5) / 1 + 1 = 3 columns.
  // CHECK: tenon.neg %{{.*}} : tensor<1x4x3x6xf32>
  %3 = tenon.neg %2 : tensor<1x4x3x6xf32>
  // CHECK: tenon.conv_filter_grad %{{.*}}, %{{.*}} channels_last window [3, 3] strides [2, 1]
  %4 = tenon.conv_filter_grad %image, %3 channels_last window [3, 3] strides [2, 1] low [1, 0] high [0, 1]
       dilations [1, 2] groups 2 : tensor<1x8x6x4xf32>, tensor<1x4x3x6xf32>
  // CHECK: tenon.neg %{{.*}} : tensor<3x3x2x6xf32>
  %5 = tenon.neg %4 : tensor<3x3x2x6xf32>
  // CHECK: tenon.conv_transpose %{{.*}}, %{{.*}} channels_last strides [2, 1] low [1, 0] dilations [1, 2] groups 2
  %6 = tenon.conv_transpose %3, %filter channels_last strides [2, 1] low [1, 0] dilations [1, 2]
       groups 2 : tensor<1x4x3x6xf32>, tensor<3x3x2x6xf32> to tensor<1x8x6x4xf32>
  return
}

// CHECK-LABEL: func @nn
func.func @nn(%x: tensor<1x3x8x8xf32>, %s: tensor<3xf32>) {
  // CHECK: tenon.max_pool %{{.*}} channels_first window [2, 3] strides [2, 2] low [0, 0] high [0, 1] dilations [1, 1]
  %0 = tenon.max_pool %x channels_first window [2, 3] strides [2, 2] low [0, 0]
       high [0, 1] dilations [1, 1] : tensor<1x3x8x8xf32>
  // CHECK: tenon.neg %{{.*}} : tensor<1x3x4x4xf32>
  %1 = tenon.neg %0 : tensor<1x3x4x4xf32>
  // CHECK: tenon.avg_pool {{.*}} {count_pad, counted_high = array<i64: 0, 0>}
  %2 = tenon.avg_pool %x channels_first window [2, 2] strides [2, 2] low [0, 0]
       high [0, 0] dilations [1, 1] {count_pad, counted_high = array<i64: 0, 0>} : tensor<1x3x8x8xf32>
  // CHECK: %[[I:.*]] = tenon.max_pool_index %{{.*}} channels_first window [2, 3]
  %6 = tenon.max_pool_index %x channels_first window [2, 3] strides [2, 2] low [0, 0]
       high [0, 1] dilations [1, 1] : tensor<1x3x8x8xf32>
  // CHECK: tenon.unpool %{{.*}}, %[[I]] channels_first window [2, 3] {{.*}}, tensor<1x3x4x4xi32> to tensor<1x3x8x8xf32>
  %7 = tenon.unpool %0, %6 channels_first window [2, 3] strides [2, 2] low [0, 0] high [0, 1]
       dilations [1, 1] : tensor<1x3x4x4xf32>, tensor<1x3x4x4xi32> to tensor<1x3x8x8xf32>
  // CHECK: tenon.unpool %{{.*}} channels_first {{.*}} : tensor<1x3x4x4xf32> to tensor<1x3x8x8xf32>
  %8 = tenon.unpool %0 channels_first window [2, 3] strides [2, 2] low [0, 0] high [0, 1]
       dilations [1, 1] : tensor<1x3x4x4xf32> to tensor<1x3x8x8xf32>
  // CHECK: tenon.softmax %{{.*}} axis 1
  %3 = tenon.softmax %x axis 1 : tensor<1x3x8x8xf32>
  // CHECK: tenon.batch_norm %{{.*}} epsilon 1.0{{0*}}e-05
  %4 = tenon.batch_norm %x, %s, %s, %s, %s epsilon 1.0e-5 : tensor<1x3x8x8xf32>, tensor<3xf32>
  // CHECK: tenon.leaky_relu %{{.*}} {alpha = 1.000000e-01 : f64}
  %5 = tenon.leaky_relu %x {alpha = 0.1} : tensor<1x3x8x8xf32>
  return
}

// CHECK-LABEL: func @training
func.func @training(%x: tensor<4x8xf32>, %s: tensor<8xf32>, %l: tensor<4xi32>, %k: tensor<ui64>) {
  // CHECK: tenon.cross_entropy %{{.*}}, %{{.*}} ignore_index -100 : tensor<4x8xf32>, tensor<4xi32>
  %loss, %valid, %bad = tenon.cross_entropy %x, %l ignore_index -100 : tensor<4x8xf32>, tensor<4xi32>
  // CHECK: tenon.soft_cross_entropy %{{.*}}, %{{.*}} : tensor<4x8xf32>
  %0 = tenon.soft_cross_entropy %x, %x : tensor<4x8xf32>
  // CHECK: tenon.mse %{{.*}}, %{{.*}} : tensor<4x8xf32>
  %1 = tenon.mse %x, %x : tensor<4x8xf32>
  // CHECK: tenon.binary_cross_entropy %{{.*}}, %{{.*}} : tensor<4x8xf32>
  %2 = tenon.binary_cross_entropy %x, %x : tensor<4x8xf32>
  // CHECK: tenon.fold_in %{{.*}}, %{{.*}}
  %3 = tenon.fold_in %k, %k
  // CHECK: tenon.random_uniform %{{.*}} : tensor<2x3xf64>
  %4 = tenon.random_uniform %3 : tensor<2x3xf64>
  // CHECK: tenon.random_normal %{{.*}} : tensor<2x3xf32>
  %5 = tenon.random_normal %3 : tensor<2x3xf32>
  // CHECK: tenon.random_bernoulli %{{.*}} probability 2.5{{0*}}e-01 : tensor<5xi1>
  %6 = tenon.random_bernoulli %3 probability 0.25 : tensor<5xi1>
  // CHECK: tenon.linear_index strides [1, 2] : tensor<2x3xui64>
  %7 = tenon.linear_index strides [1, 2] : tensor<2x3xui64>
  // CHECK: tenon.philox %{{.*}}, %{{.*}} : tensor<2x3xui64>
  %8 = tenon.philox %7, %7 : tensor<2x3xui64>
  // CHECK: tenon.philox %{{.*}}, %{{.*}} {replay} : tensor<2x3xui64>
  %9 = tenon.philox %7, %7 {replay} : tensor<2x3xui64>
  // CHECK: tenon.dropout %{{.*}} ratio 5.0{{0*}}e-01 id "drop" : tensor<4x8xf32>
  %10 = tenon.dropout %x ratio 0.5 id "drop" : tensor<4x8xf32>
  // CHECK: tenon.dropout_train %{{.*}}, %{{.*}} ratio 5.0{{0*}}e-01 : tensor<4x8xf32>
  %11 = tenon.dropout_train %x, %k ratio 0.5 : tensor<4x8xf32>
  // CHECK: tenon.batch_norm_train %{{.*}}, %{{.*}}, %{{.*}} epsilon 1.0{{0*}}e-05 : tensor<4x8xf32>, tensor<8xf32>
  %y, %mean, %variance = tenon.batch_norm_train %x, %s, %s epsilon 1.0e-5 : tensor<4x8xf32>, tensor<8xf32>
  return
}

// CHECK-LABEL: func @control
func.func @control(%x: tensor<4xf32>, %y: tensor<f32>) -> tensor<4xf32> {
  // CHECK: tenon.grad @loss(%{{.*}}) wrt [0] : (tensor<f32>) -> (tensor<f32>, tensor<f32>)
  %l, %d = tenon.grad @loss(%y) wrt [0] : (tensor<f32>) -> (tensor<f32>, tensor<f32>)
  // CHECK: %[[W:.*]] = tenon.recipe : tensor<4xf32> {
  %w = tenon.recipe : tensor<4xf32> {
    %c = tenon.constant dense<1.0> : tensor<4xf32>
    tenon.yield %c : tensor<4xf32>
  }
  // CHECK: tenon.group (%{{.*}} = %{{.*}}, %{{.*}} = %[[W]]) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  // CHECK-SAME: attributes {kernel = #tenon.kernel<"map", tiles = [16, 4], workspace = 0, grid = 1>}
  %0 = tenon.group (%a = %x, %b = %w) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
      attributes {kernel = #tenon.kernel<"map", tiles = [16, 4], workspace = 0, grid = 1>} {
    %1 = tenon.add %a, %b : tensor<4xf32>
    tenon.yield %1 : tensor<4xf32>
  }
  return %0 : tensor<4xf32>
}

func.func private @loss(%x: tensor<f32>) -> tensor<f32> {
  return %x : tensor<f32>
}
