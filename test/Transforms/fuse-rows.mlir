// RUN: tenon-opt %s --tenon-simplify --tenon-fuse --split-input-file | FileCheck %s

// CHECK-LABEL: func @softmax
// CHECK: tenon.group (%{{.*}} = %arg0) :
// CHECK-NEXT: tenon.reduce_max
// CHECK-NEXT: tenon.broadcast
// CHECK-NEXT: tenon.sub
// CHECK-NEXT: tenon.exp
// CHECK-NEXT: tenon.reduce_sum
// CHECK-NEXT: tenon.broadcast
// CHECK-NEXT: tenon.div
// CHECK-NEXT: tenon.yield
// CHECK-NOT: tenon.group
func.func @softmax(%x: tensor<4x10xf32>) -> tensor<4x10xf32> {
  %y = tenon.softmax %x axis 1 : tensor<4x10xf32>
  return %y : tensor<4x10xf32>
}

// -----

// A view before the rows does not split them; a matmul ends in memory.
// CHECK-LABEL: func @scores
// CHECK: tenon.group
// CHECK-NEXT: tenon.matmul
// CHECK-NEXT: tenon.yield
// CHECK: tenon.group
// CHECK-NEXT: tenon.reduce_max %{{.*}} dims [2] : tensor<2x4x4xf32>
// CHECK: tenon.reduce_sum
// CHECK: tenon.div
// CHECK: tenon.mul
// CHECK: tenon.yield
// CHECK-NOT: tenon.group
// CHECK: tenon.reshape
func.func @scores(%q: tensor<2x4x8xf32>, %k: tensor<2x8x4xf32>) -> tensor<1x2x4x4xf32> {
  %0 = tenon.matmul %q, %k : tensor<2x4x8xf32>, tensor<2x8x4xf32>
  %1 = tenon.reshape %0 : tensor<2x4x4xf32> to tensor<1x2x4x4xf32>
  %y = tenon.softmax %1 axis 3 : tensor<1x2x4x4xf32>
  %c = tenon.constant dense<3.0> : tensor<1x2x4x4xf32>
  %z = tenon.mul %y, %c : tensor<1x2x4x4xf32>
  return %z : tensor<1x2x4x4xf32>
}

// -----

// What only the rows read moves in, though they read it twice.
// CHECK-LABEL: func @scaled
// CHECK: tenon.group (%{{.*}} = %arg0)
// CHECK-NEXT: tenon.exp
// CHECK-NEXT: tenon.reduce_max
// CHECK: tenon.sub
// CHECK-NEXT: tenon.yield
// CHECK-NOT: tenon.group
func.func @scaled(%x: tensor<4x10xf32>) -> tensor<4x10xf32> {
  %0 = tenon.exp %x : tensor<4x10xf32>
  %1 = tenon.reduce_max %0 dims [1] : tensor<4x10xf32>
  %2 = tenon.broadcast %1 dims [0] : tensor<4xf32> to tensor<4x10xf32>
  %3 = tenon.sub %0, %2 : tensor<4x10xf32>
  return %3 : tensor<4x10xf32>
}

// -----

// Layer norm as exporters write it, with extents of 1 kept: one group.
// CHECK-LABEL: func @layer_norm
// CHECK: tenon.group
// CHECK: tenon.reduce_sum
// CHECK: tenon.reduce_sum
// CHECK: tenon.sqrt
// CHECK: tenon.div
// CHECK: tenon.yield
// CHECK-NOT: tenon.group
func.func @layer_norm(%x: tensor<4x10xf32>) -> tensor<4x10xf32> {
  %n = tenon.constant dense<10.0> : tensor<4x1xf32>
  %eps = tenon.constant dense<1.0e-5> : tensor<4x1xf32>
  %0 = tenon.reduce_sum %x dims [1] : tensor<4x10xf32>
  %1 = tenon.reshape %0 : tensor<4xf32> to tensor<4x1xf32>
  %2 = tenon.div %1, %n : tensor<4x1xf32>
  %3 = tenon.reshape %2 : tensor<4x1xf32> to tensor<4xf32>
  %4 = tenon.broadcast %3 dims [0] : tensor<4xf32> to tensor<4x10xf32>
  %5 = tenon.sub %x, %4 : tensor<4x10xf32>
  %6 = tenon.mul %5, %5 : tensor<4x10xf32>
  %7 = tenon.reduce_sum %6 dims [1] : tensor<4x10xf32>
  %8 = tenon.reshape %7 : tensor<4xf32> to tensor<4x1xf32>
  %9 = tenon.div %8, %n : tensor<4x1xf32>
  %10 = tenon.add %9, %eps : tensor<4x1xf32>
  %11 = tenon.sqrt %10 : tensor<4x1xf32>
  %12 = tenon.reshape %11 : tensor<4x1xf32> to tensor<4xf32>
  %13 = tenon.broadcast %12 dims [0] : tensor<4xf32> to tensor<4x10xf32>
  %14 = tenon.div %5, %13 : tensor<4x10xf32>
  return %14 : tensor<4x10xf32>
}

// -----

// Other dims are other rows: two groups. So are values of one row spread over
// another dimension.
// CHECK-LABEL: func @other_rows
// CHECK: tenon.group
// CHECK-NEXT: tenon.reduce_sum %{{.*}} dims [1]
// CHECK-NEXT: tenon.yield
// CHECK: tenon.group
// CHECK-NEXT: tenon.broadcast %{{.*}} dims [1]
// CHECK-NEXT: tenon.mul
// CHECK-NEXT: tenon.yield
// CHECK: tenon.group
// CHECK-NEXT: tenon.reduce_sum %{{.*}} dims [0]
// CHECK-NEXT: tenon.yield
func.func @other_rows(%x: tensor<4x4xf32>) -> (tensor<4x4xf32>, tensor<4xf32>) {
  %0 = tenon.reduce_sum %x dims [1] : tensor<4x4xf32>
  %1 = tenon.broadcast %0 dims [1] : tensor<4xf32> to tensor<4x4xf32>
  %2 = tenon.mul %x, %1 : tensor<4x4xf32>
  %3 = tenon.reduce_sum %2 dims [0] : tensor<4x4xf32>
  return %2, %3 : tensor<4x4xf32>, tensor<4xf32>
}

// -----

// The squares move below the view into the product's shape, and back: the sum
// is of a part of its rows, and they are computed for it alone from what is in
// memory. So both sums are one kernel.
// CHECK-LABEL: func.func @part
// CHECK: tenon.matmul
// CHECK-NEXT: tenon.yield
// CHECK: tenon.group
// CHECK-NEXT: tenon.reduce_sum
// CHECK-NEXT: tenon.broadcast {{.*}} dims [3]
// CHECK-NEXT: tenon.sub {{.*}} : tensor<2x5x5x32xf32>
// CHECK-NEXT: tenon.mul
// CHECK-NEXT: tenon.reduce_sum {{.*}} dims [1, 2]
func.func @part(%x: tensor<50x64xf32>, %w: tensor<64x32xf32>, %m: tensor<32xf32>)
    -> (tensor<2x32xf32>, tensor<2x32xf32>) {
  %p = tenon.matmul %x, %w : tensor<50x64xf32>, tensor<64x32xf32>
  %v = tenon.reshape %p : tensor<50x32xf32> to tensor<2x5x5x32xf32>
  %s = tenon.reduce_sum %v dims [1, 2] : tensor<2x5x5x32xf32>
  %b = tenon.broadcast %m dims [3] : tensor<32xf32> to tensor<2x5x5x32xf32>
  %d = tenon.sub %v, %b : tensor<2x5x5x32xf32>
  %q = tenon.mul %d, %d : tensor<2x5x5x32xf32>
  %r = tenon.reduce_sum %q dims [1, 2] : tensor<2x5x5x32xf32>
  return %s, %r : tensor<2x32xf32>, tensor<2x32xf32>
}

// -----

// Not where the product would have to be stored for it, or another reader has
// the product's shape.
// CHECK-LABEL: func.func @stays
// CHECK: tenon.matmul
// CHECK-NEXT: tenon.exp
// CHECK-NEXT: tenon.yield
// CHECK: tenon.group
// CHECK-NEXT: tenon.reduce_sum {{.*}} dims [1, 2]
// CHECK: tenon.matmul
// CHECK-NEXT: tenon.abs {{.*}} : tensor<50x32xf32>
// CHECK: tenon.group
// CHECK-NEXT: tenon.reduce_sum {{.*}} dims [1, 2]
func.func @stays(%x: tensor<50x64xf32>, %w: tensor<64x32xf32>, %y: tensor<32x8xf32>)
    -> (tensor<2x32xf32>, tensor<2x32xf32>, tensor<50x8xf32>) {
  %p = tenon.matmul %x, %w : tensor<50x64xf32>, tensor<64x32xf32>
  %v = tenon.reshape %p : tensor<50x32xf32> to tensor<2x5x5x32xf32>
  %e = tenon.exp %v : tensor<2x5x5x32xf32>
  %s = tenon.reduce_sum %e dims [1, 2] : tensor<2x5x5x32xf32>
  %z = tenon.mul %x, %x : tensor<50x64xf32>
  %q = tenon.matmul %z, %w : tensor<50x64xf32>, tensor<64x32xf32>
  %u = tenon.reshape %q : tensor<50x32xf32> to tensor<2x5x5x32xf32>
  %a = tenon.abs %u : tensor<2x5x5x32xf32>
  %t = tenon.reduce_sum %a dims [1, 2] : tensor<2x5x5x32xf32>
  %f = tenon.reshape %a : tensor<2x5x5x32xf32> to tensor<50x32xf32>
  %o = tenon.matmul %f, %y : tensor<50x32xf32>, tensor<32x8xf32>
  return %s, %t, %o : tensor<2x32xf32>, tensor<2x32xf32>, tensor<50x8xf32>
}
