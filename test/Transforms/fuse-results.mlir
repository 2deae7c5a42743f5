// RUN: tenon-opt %s --tenon-fuse --split-input-file | FileCheck %s

// Results that no kernel writes, or one that another result already is, are
// copied.
// CHECK-LABEL: func @results
// CHECK: %[[W:.*]] = tenon.constant dense_resource<w>
// CHECK: %[[R:.*]] = tenon.group
// CHECK-NEXT: tenon.relu
// CHECK: %[[A:.*]] = tenon.group (%[[V:.*]] = %arg0) : (tensor<4xf32>) -> tensor<4xf32> {
// CHECK-NEXT: tenon.yield %[[V]]
// CHECK: %[[B:.*]] = tenon.group (%{{.*}} = %[[W]])
// CHECK-NEXT: tenon.yield
// CHECK: %[[C:.*]] = tenon.group (%{{.*}} = %[[R]])
// CHECK-NEXT: tenon.yield
// CHECK: return %[[A]], %[[B]], %[[R]], %[[C]]
func.func @results(%x: tensor<4xf32>)
    -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %w = tenon.constant dense_resource<w> : tensor<4xf32>
  %y = tenon.relu %x : tensor<4xf32>
  return %x, %w, %y, %y : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// -----

// A view of a result is the same bytes.
// CHECK-LABEL: func @views
// CHECK: %[[X:.*]] = tenon.reshape %arg0
// CHECK: %[[R:.*]] = tenon.group
// CHECK: %[[V:.*]] = tenon.reshape %[[R]]
// CHECK: %[[C:.*]] = tenon.group (%{{.*}} = %[[V]])
// CHECK: %[[D:.*]] = tenon.group (%{{.*}} = %[[X]])
// CHECK: return %[[R]], %[[C]], %[[D]]
func.func @views(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<2x2xf32>, tensor<2x2xf32>) {
  %y = tenon.relu %x : tensor<4xf32>
  %v = tenon.reshape %y : tensor<4xf32> to tensor<2x2xf32>
  %z = tenon.reshape %x : tensor<4xf32> to tensor<2x2xf32>
  return %y, %v, %z : tensor<4xf32>, tensor<2x2xf32>, tensor<2x2xf32>
}
