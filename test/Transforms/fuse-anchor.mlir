// RUN: tenon-opt %s --tenon-fuse --split-input-file | FileCheck %s

// Bias, residual sum and relu end the later convolution. The weight stays
// outside, the broadcast goes in.
// CHECK-LABEL: func @residual
// CHECK: %[[BIAS:.*]] = tenon.constant dense_resource<b>
// CHECK: %[[A:.*]] = tenon.group (%[[X:.*]] = %arg0, %{{.*}} = %{{.*}}) : (tensor<1x8x8x4xf32>, tensor<3x3x4x4xf32>) -> tensor<1x8x8x4xf32> {
// CHECK-NEXT: tenon.conv
// CHECK-NEXT: tenon.relu
// CHECK-NEXT: tenon.yield
// CHECK: %[[B:.*]] = tenon.group (%[[P0:.*]] = %[[A]], %[[P1:.*]] = %{{.*}}, %[[P2:.*]] = %[[BIAS]])
// CHECK-NEXT: %[[CONV:.*]] = tenon.conv %[[P0]], %[[P1]]
// CHECK-NEXT: %[[WIDE:.*]] = tenon.broadcast %[[P2]] dims [3]
// CHECK-NEXT: %[[BIASED:.*]] = tenon.add %[[CONV]], %[[WIDE]]
// CHECK-NEXT: %[[SUM:.*]] = tenon.add %[[P0]], %[[BIASED]]
// CHECK-NEXT: %[[Y:.*]] = tenon.relu %[[SUM]]
// CHECK-NEXT: tenon.yield %[[Y]]
// CHECK: return %[[B]]
func.func @residual(%x: tensor<1x8x8x4xf32>) -> tensor<1x8x8x4xf32> {
  %w0 = tenon.constant dense_resource<w0> : tensor<3x3x4x4xf32>
  %w1 = tenon.constant dense_resource<w1> : tensor<3x3x4x4xf32>
  %bias = tenon.constant dense_resource<b> : tensor<4xf32>
  %0 = tenon.conv %x, %w0 channels_last strides [1, 1] low [1, 1] high [1, 1]
       dilations [1, 1] groups 1 : tensor<1x8x8x4xf32>, tensor<3x3x4x4xf32>
  %1 = tenon.relu %0 : tensor<1x8x8x4xf32>
  %2 = tenon.conv %1, %w1 channels_last strides [1, 1] low [1, 1] high [1, 1]
       dilations [1, 1] groups 1 : tensor<1x8x8x4xf32>, tensor<3x3x4x4xf32>
  %b = tenon.broadcast %bias dims [3] : tensor<4xf32> to tensor<1x8x8x4xf32>
  %3 = tenon.add %2, %b : tensor<1x8x8x4xf32>
  %4 = tenon.add %1, %3 : tensor<1x8x8x4xf32>
  %5 = tenon.relu %4 : tensor<1x8x8x4xf32>
  return %5 : tensor<1x8x8x4xf32>
}

// -----

// The later branch is a convolution, the earlier a matmul seen through a view:
// the sum is done in the convolution's shape.
// CHECK-LABEL: func @mixed
// CHECK: %[[M:.*]] = tenon.group {{.*}} -> tensor<64x4xf32> {
// CHECK-NEXT: tenon.matmul
// CHECK-NEXT: tenon.yield
// CHECK: %[[V:.*]] = tenon.reshape %[[M]] : tensor<64x4xf32> to tensor<1x8x8x4xf32>
// CHECK: tenon.group {{.*}} = %[[V]]
// CHECK-NEXT: tenon.conv
// CHECK-NEXT: tenon.add
// CHECK-NEXT: tenon.relu
// CHECK-NEXT: tenon.yield
func.func @mixed(%x: tensor<1x8x8x4xf32>) -> tensor<1x8x8x4xf32> {
  %w0 = tenon.constant dense_resource<w0> : tensor<4x4xf32>
  %w1 = tenon.constant dense_resource<w1> : tensor<3x3x4x4xf32>
  %flat = tenon.reshape %x : tensor<1x8x8x4xf32> to tensor<64x4xf32>
  %0 = tenon.matmul %flat, %w0 : tensor<64x4xf32>, tensor<4x4xf32>
  %1 = tenon.reshape %0 : tensor<64x4xf32> to tensor<1x8x8x4xf32>
  %2 = tenon.conv %x, %w1 channels_last strides [1, 1] low [1, 1] high [1, 1]
       dilations [1, 1] groups 1 : tensor<1x8x8x4xf32>, tensor<3x3x4x4xf32>
  %3 = tenon.add %1, %2 : tensor<1x8x8x4xf32>
  %4 = tenon.relu %3 : tensor<1x8x8x4xf32>
  return %4 : tensor<1x8x8x4xf32>
}

// -----

// The other way round: bias, residual and relu move below the view.
// CHECK-LABEL: func @point
// CHECK: %[[C:.*]] = tenon.group
// CHECK-NEXT: tenon.conv
// CHECK: %[[V:.*]] = tenon.reshape %[[C]] : tensor<1x8x8x4xf32> to tensor<64x4xf32>
// CHECK: %[[Y:.*]] = tenon.group {{.*}} -> tensor<64x4xf32> {
// CHECK-NEXT: tenon.matmul
// CHECK-NEXT: tenon.broadcast {{.*}} dims [1] : tensor<4xf32> to tensor<64x4xf32>
// CHECK-NEXT: tenon.add
// CHECK-NEXT: tenon.add
// CHECK-NEXT: tenon.relu
// CHECK-NEXT: tenon.yield
// CHECK: %[[R:.*]] = tenon.reshape %[[Y]] : tensor<64x4xf32> to tensor<1x8x8x4xf32>
// CHECK: return %[[R]]
func.func @point(%x: tensor<1x8x8x4xf32>) -> tensor<1x8x8x4xf32> {
  %w0 = tenon.constant dense_resource<w0> : tensor<4x4xf32>
  %w1 = tenon.constant dense_resource<w1> : tensor<3x3x4x4xf32>
  %bias = tenon.constant dense_resource<b> : tensor<4xf32>
  %2 = tenon.conv %x, %w1 channels_last strides [1, 1] low [1, 1] high [1, 1]
       dilations [1, 1] groups 1 : tensor<1x8x8x4xf32>, tensor<3x3x4x4xf32>
  %flat = tenon.reshape %2 : tensor<1x8x8x4xf32> to tensor<64x4xf32>
  %0 = tenon.matmul %flat, %w0 : tensor<64x4xf32>, tensor<4x4xf32>
  %1 = tenon.reshape %0 : tensor<64x4xf32> to tensor<1x8x8x4xf32>
  %b = tenon.broadcast %bias dims [3] : tensor<4xf32> to tensor<1x8x8x4xf32>
  %biased = tenon.add %1, %b : tensor<1x8x8x4xf32>
  %3 = tenon.add %biased, %2 : tensor<1x8x8x4xf32>
  %4 = tenon.relu %3 : tensor<1x8x8x4xf32>
  return %4 : tensor<1x8x8x4xf32>
}

// -----

// A gate computed from the convolution's own result is no epilogue of it: the
// group would wait for itself. Each op keeps the names of its node.
// CHECK-LABEL: func @gate
// CHECK: tenon.group
// CHECK-NEXT: tenon.conv
// CHECK-NEXT: tenon.yield
// CHECK: tenon.group
// CHECK-NEXT: tenon.reduce_max
// CHECK-NEXT: tenon.yield
// CHECK: tenon.group
// CHECK-NEXT: tenon.matmul
// CHECK-NEXT: tenon.sigmoid
// CHECK-NEXT: tenon.yield
// CHECK: tenon.group
// CHECK-NEXT: tenon.broadcast
// CHECK-NEXT: tenon.mul
// CHECK-NEXT: tenon.yield
func.func @gate(%x: tensor<2x8x8x4xf32>) -> tensor<2x8x8x4xf32> {
  %w = tenon.constant dense_resource<w0> : tensor<3x3x4x4xf32>
  %0 = tenon.conv %x, %w channels_last strides [1, 1] low [1, 1] high [1, 1]
       dilations [1, 1] groups 1 : tensor<2x8x8x4xf32>, tensor<3x3x4x4xf32>
  %1 = tenon.reduce_max %0 dims [1, 2] : tensor<2x8x8x4xf32>
  %v = tenon.constant dense_resource<v> : tensor<4x4xf32>
  %fc = tenon.matmul %1, %v : tensor<2x4xf32>, tensor<4x4xf32>
  %2 = tenon.sigmoid %fc : tensor<2x4xf32>
  %3 = tenon.broadcast %2 dims [0, 3] : tensor<2x4xf32> to tensor<2x8x8x4xf32>
  %4 = tenon.mul %0, %3 : tensor<2x8x8x4xf32>
  return %4 : tensor<2x8x8x4xf32>
}

// -----

// A side branch that only the epilogue reads moves in; a result may be read
// outside as well as inside.
// CHECK-LABEL: func @side
// CHECK: %[[G:.*]]:2 = tenon.group
// CHECK-DAG: tenon.matmul
// CHECK-DAG: tenon.exp
// CHECK: %[[S:.*]] = tenon.add
// CHECK: %[[R:.*]] = tenon.relu %[[S]]
// CHECK: tenon.yield %[[S]], %[[R]]
// CHECK-NOT: tenon.group
// CHECK: return %[[G]]#0, %[[G]]#1
func.func @side(%x: tensor<4x4xf32>, %y: tensor<4x4xf32>) -> (tensor<4x4xf32>, tensor<4x4xf32>) {
  %0 = tenon.exp %y : tensor<4x4xf32>
  %1 = tenon.matmul %x, %y : tensor<4x4xf32>, tensor<4x4xf32>
  %2 = tenon.add %1, %0 : tensor<4x4xf32>
  %3 = tenon.relu %2 : tensor<4x4xf32>
  return %2, %3 : tensor<4x4xf32>, tensor<4x4xf32>
}

// -----

// Names survive.
// RUN: tenon-opt %s --tenon-fuse --split-input-file --mlir-print-debuginfo --mlir-print-local-scope | FileCheck %s --check-prefix=NAMES
// NAMES-LABEL: func @names
// NAMES: } loc(fused["conv1", "relu1"])
func.func @names(%x: tensor<4x4xf32>, %y: tensor<4x4xf32>) -> tensor<4x4xf32> {
  %0 = tenon.matmul %x, %y : tensor<4x4xf32>, tensor<4x4xf32> loc("conv1")
  %1 = tenon.relu %0 : tensor<4x4xf32> loc("relu1")
  return %1 : tensor<4x4xf32>
}
