// RUN: tenon-opt %s --tenon-fuse | FileCheck %s

// The mask of an activation is computed by the backward kernel that reads it,
// from a value that is kept in memory for the gradient of the weights anyway.
// CHECK-LABEL: func.func @mask
// CHECK: tenon.group
// CHECK-NEXT: tenon.matmul
// CHECK-NEXT: tenon.relu
// CHECK-NEXT: tenon.yield
// CHECK: tenon.group
// CHECK-NEXT: tenon.matmul
// CHECK-NEXT: tenon.yield
// CHECK: tenon.group
// CHECK-NEXT: tenon.matmul
// CHECK: tenon.compare
// CHECK: tenon.select
// CHECK-NEXT: tenon.yield
func.func @mask(%x: tensor<8x8xf32>, %w: tensor<8x8xf32>, %v: tensor<8x8xf32>)
    -> (tensor<8x8xf32>, tensor<8x8xf32>, tensor<8x8xf32>) {
  %zero = tenon.constant dense<0.0> : tensor<8x8xf32>
  %m = tenon.matmul %x, %w : tensor<8x8xf32>, tensor<8x8xf32>
  %y = tenon.relu %m : tensor<8x8xf32>
  %z = tenon.matmul %y, %v : tensor<8x8xf32>, tensor<8x8xf32>
  %g = tenon.matmul %z, %v : tensor<8x8xf32>, tensor<8x8xf32>
  %c = tenon.compare gt, %y, %zero : tensor<8x8xf32>
  %d = tenon.select %c, %g, %zero : tensor<8x8xi1>, tensor<8x8xf32>
  %t = tenon.transpose %y permutation [1, 0] : tensor<8x8xf32>
  %dv = tenon.matmul %t, %z : tensor<8x8xf32>, tensor<8x8xf32>
  return %z, %d, %dv : tensor<8x8xf32>, tensor<8x8xf32>, tensor<8x8xf32>
}

// A gradient that the guard keeps: its squares are summed as they are made, not
// stored by the kernel before.
// CHECK-LABEL: func.func @norm
// CHECK: tenon.group
// CHECK-NEXT: tenon.matmul
// CHECK-NEXT: tenon.yield
// CHECK: tenon.group
// CHECK-NEXT: tenon.mul
// CHECK-NEXT: tenon.reduce_sum
// CHECK: tenon.guard
// What stands behind the guard joins nothing before it, though it reads only
// arguments and constants besides.
// CHECK: tenon.group
// CHECK-NEXT: tenon.constant
// CHECK-NEXT: tenon.mul
// CHECK-NEXT: tenon.sub
func.func @norm(%x: tensor<8x8xf32>, %w: tensor<8x8xf32> {tenon.variable = @w}, %loss: tensor<f32>, %bad: tensor<i64>)
    -> (tensor<8x8xf32> {tenon.variable = @w}) {
  %rate = tenon.constant dense<0.1> : tensor<8x8xf32>
  %g = tenon.matmul %x, %x : tensor<8x8xf32>, tensor<8x8xf32>
  %s = tenon.mul %g, %g : tensor<8x8xf32>
  %n = tenon.reduce_sum %s dims [0, 1] : tensor<8x8xf32>
  %ok:2 = tenon.guard loss %loss norm %n bad %bad of %g, %w
      : tensor<f32>, tensor<i64>, tensor<8x8xf32>, tensor<8x8xf32> -> tensor<8x8xf32>, tensor<8x8xf32>
  %d = tenon.mul %ok#0, %rate : tensor<8x8xf32>
  %u = tenon.sub %ok#1, %d : tensor<8x8xf32>
  return %u : tensor<8x8xf32>
}

// A variable whose new value needs other elements of the old one is computed
// beside it, then copied over.
// CHECK-LABEL: func.func @moved
// CHECK: %[[T:.*]] = tenon.group
// CHECK-NEXT: tenon.transpose
// CHECK: %[[C:.*]] = tenon.group (%[[A:.*]] = %[[T]])
// CHECK-NEXT: tenon.yield %[[A]]
// CHECK: return %[[C]]
func.func @moved(%w: tensor<8x8xf32> {tenon.variable = @w})
    -> (tensor<8x8xf32> {tenon.variable = @w}) {
  %t = tenon.transpose %w permutation [1, 0] : tensor<8x8xf32>
  return %t : tensor<8x8xf32>
}
