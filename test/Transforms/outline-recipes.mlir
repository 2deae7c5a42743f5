// RUN: tenon-opt %s --tenon-outline-recipes --split-input-file | FileCheck %s

// All arithmetic from the constants to the value that a group reads; equal
// recipes are one, and what two of them share is in both.
// CHECK-LABEL: func @main
// CHECK: %[[W:.*]] = tenon.recipe : tensor<8x4xf32> {
// CHECK-DAG: %[[C:.*]] = tenon.constant dense_resource<w>
// CHECK-DAG: %[[S:.*]] = tenon.constant dense_resource<s>
// CHECK: tenon.broadcast %[[S]]
// CHECK: %[[P:.*]] = tenon.mul
// CHECK: tenon.yield %[[P]]
// CHECK: %[[N:.*]] = tenon.recipe : tensor<4xf32> {
// CHECK: tenon.constant dense_resource<s>
// CHECK: tenon.neg
// CHECK: tenon.yield
// CHECK: %[[A:.*]] = tenon.group (%{{.*}} = %arg0, %{{.*}} = %[[W]], %{{.*}} = %[[N]])
// CHECK-NOT: tenon.recipe
// CHECK: tenon.group (%{{.*}} = %[[A]], %{{.*}} = %[[N]], %{{.*}} = %[[N]])
// CHECK-NOT: tenon.constant
func.func @main(%x: tensor<2x8xf32>) -> tensor<2x4xf32> {
  %w = tenon.constant dense_resource<w> : tensor<8x4xf32>
  %s = tenon.constant dense_resource<s> : tensor<4xf32>
  %wide = tenon.broadcast %s dims [1] : tensor<4xf32> to tensor<8x4xf32>
  %p = tenon.mul %w, %wide : tensor<8x4xf32>
  %n = tenon.neg %s : tensor<4xf32>
  %n2 = tenon.neg %s : tensor<4xf32>
  %0 = tenon.group (%a = %x, %b = %p, %c = %n) : (tensor<2x8xf32>, tensor<8x4xf32>, tensor<4xf32>) -> tensor<2x4xf32> {
    %1 = tenon.matmul %a, %b : tensor<2x8xf32>, tensor<8x4xf32>
    %2 = tenon.broadcast %c dims [1] : tensor<4xf32> to tensor<2x4xf32>
    %3 = tenon.add %1, %2 : tensor<2x4xf32>
    tenon.yield %3 : tensor<2x4xf32>
  }
  %4 = tenon.group (%a = %0, %b = %n, %c = %n2) : (tensor<2x4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<2x4xf32> {
    %5 = tenon.add %b, %c : tensor<4xf32>
    %6 = tenon.broadcast %5 dims [1] : tensor<4xf32> to tensor<2x4xf32>
    %7 = tenon.add %a, %6 : tensor<2x4xf32>
    tenon.yield %7 : tensor<2x4xf32>
  }
  return %4 : tensor<2x4xf32>
}
