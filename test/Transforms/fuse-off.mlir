// RUN: tenon-opt %s --tenon-fuse=enabled=false | FileCheck %s

// Every op is a group of its own; views and weights are none, splats go in.
// CHECK-LABEL: func @main
// CHECK: tenon.constant dense_resource<b>
// CHECK-NEXT: tenon.constant dense_resource<w>
// CHECK-NEXT: tenon.group
// CHECK-NEXT: tenon.matmul
// CHECK-NEXT: tenon.yield
// CHECK: tenon.group
// CHECK-NEXT: tenon.broadcast
// CHECK-NEXT: tenon.yield
// CHECK: tenon.group
// CHECK-NEXT: tenon.add
// CHECK-NEXT: tenon.yield
// CHECK: tenon.group
// CHECK-NEXT: tenon.constant
// CHECK-NEXT: tenon.mul
// CHECK-NEXT: tenon.yield
// CHECK: tenon.reshape
// CHECK: return
func.func @main(%x: tensor<256x8xf32>) -> tensor<4096xf32> {
  %b = tenon.constant dense_resource<b> : tensor<16xf32>
  %w = tenon.constant dense_resource<w> : tensor<8x16xf32>
  %c = tenon.constant dense<2.0> : tensor<256x16xf32>
  %0 = tenon.matmul %x, %w : tensor<256x8xf32>, tensor<8x16xf32>
  %1 = tenon.broadcast %b dims [1] : tensor<16xf32> to tensor<256x16xf32>
  %2 = tenon.add %0, %1 : tensor<256x16xf32>
  %3 = tenon.mul %2, %c : tensor<256x16xf32>
  %4 = tenon.reshape %3 : tensor<256x16xf32> to tensor<4096xf32>
  return %4 : tensor<4096xf32>
}
