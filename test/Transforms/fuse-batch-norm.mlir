// RUN: tenon-opt %s --tenon-gradient --tenon-simplify --tenon-layout --tenon-fuse --split-input-file | FileCheck %s

// Nine kernels forward and backward, all channels last. Two sums of the backward
// are one kernel; of the whole images only the result is stored, for all else
// follows from x by a few products and sums.
// CHECK-LABEL: func @main
// CHECK-NOT: tenon.transpose
// CHECK-COUNT-8: tenon.group {{.*}} -> {{[(]?}}tensor<{{(8x|32x|8x32x)?}}f32>
// CHECK: tenon.group {{.*}} -> tensor<8x6x6x32xf32>
// CHECK-NOT: tenon.group
// CHECK-NOT: tenon.transpose
// CHECK: return
func.func private @loss(%x: tensor<8x6x6x32xf32>, %w: tensor<8x6x6x32xf32>, %s: tensor<32xf32>) -> tensor<f32> {
  %t = tenon.transpose %x permutation [0, 3, 1, 2] : tensor<8x6x6x32xf32>
  %y, %mean, %variance = tenon.batch_norm_train %t, %s, %s epsilon 1.0e-5
      : tensor<8x32x6x6xf32>, tensor<32xf32>
  %r = tenon.relu %y : tensor<8x32x6x6xf32>
  %u = tenon.transpose %r permutation [0, 2, 3, 1] : tensor<8x32x6x6xf32>
  %l = tenon.mse %u, %w : tensor<8x6x6x32xf32>
  return %l : tensor<f32>
}
func.func @main(%x: tensor<8x6x6x32xf32>, %w: tensor<8x6x6x32xf32>, %s: tensor<32xf32>)
    -> (tensor<f32>, tensor<8x6x6x32xf32>, tensor<32xf32>) {
  %l, %dx, %ds = tenon.grad @loss(%x, %w, %s) wrt [0, 2]
      : (tensor<8x6x6x32xf32>, tensor<8x6x6x32xf32>, tensor<32xf32>)
      -> (tensor<f32>, tensor<8x6x6x32xf32>, tensor<32xf32>)
  return %l, %dx, %ds : tensor<f32>, tensor<8x6x6x32xf32>, tensor<32xf32>
}

// -----

// Reductions of one memory over the same rows: one kernel, though neither reads
// the other.
// CHECK-LABEL: func @siblings
// CHECK: tenon.group
// CHECK-DAG: tenon.reduce_sum
// CHECK-DAG: tenon.reduce_max
// CHECK: tenon.yield
// CHECK-NOT: tenon.group
func.func @siblings(%x: tensor<16x32xf32>) -> (tensor<16xf32>, tensor<16xf32>) {
  %s = tenon.reduce_sum %x dims [1] : tensor<16x32xf32>
  %m = tenon.reduce_max %x dims [1] : tensor<16x32xf32>
  return %s, %m : tensor<16xf32>, tensor<16xf32>
}

// -----

// Not where something between them waits for the first and the second for it.
// CHECK-LABEL: func @between
// CHECK: tenon.group
// CHECK-NEXT: tenon.reduce_sum
// CHECK: tenon.group
// CHECK-NEXT: tenon.matmul
// CHECK: tenon.group
// CHECK: tenon.reduce_max
func.func @between(%x: tensor<16x16xf32>) -> (tensor<16xf32>, tensor<16xf32>) {
  %s = tenon.reduce_sum %x dims [1] : tensor<16x16xf32>
  %r = tenon.reshape %s : tensor<16xf32> to tensor<1x16xf32>
  %p = tenon.matmul %r, %x : tensor<1x16xf32>, tensor<16x16xf32>
  %q = tenon.reshape %p : tensor<1x16xf32> to tensor<16xf32>
  %b = tenon.broadcast %q dims [1] : tensor<16xf32> to tensor<16x16xf32>
  %y = tenon.mul %x, %b : tensor<16x16xf32>
  %m = tenon.reduce_max %y dims [1] : tensor<16x16xf32>
  return %s, %m : tensor<16xf32>, tensor<16xf32>
}
