// RUN: tenon-opt %s --tenon-plan | FileCheck %s
// RUN: tenon-opt %s --tenon-plan | tenon-opt --tenon-check-plan
// RUN: tenon-opt %s --tenon-plan=max-threads=3 | FileCheck %s --check-prefix=THREADS

// A residual: %0 lives until the sum, which is done in the place of %1. 4096
// bytes each, so 8192 are alive and 8192 suffice.
// CHECK-LABEL: func.func @residual
// CHECK-SAME: tenon.plan = {arena = 8192 : i64, max_live = 8192 : i64, max_threads = 16 : i64, scratch = 8192 : i64, stride = 0 : i64, tensors = 8192 : i64, weights = 0 : i64}
// CHECK: tenon.exp
// CHECK: tenon.tanh
// CHECK: tenon.add
// CHECK: tenon.sqrt
func.func @residual(%x: tensor<1024xf32>) -> tensor<1024xf32> {
  %0 = tenon.group (%a = %x) : (tensor<1024xf32>) -> tensor<1024xf32> attributes {kernel = #tenon.kernel<"map", tiles = [16, 1024, 1], workspace = 0, grid = 1>} {
    %b = tenon.exp %a : tensor<1024xf32>
    tenon.yield %b : tensor<1024xf32>
  }
  %1 = tenon.group (%a = %0) : (tensor<1024xf32>) -> tensor<1024xf32> attributes {kernel = #tenon.kernel<"map", tiles = [16, 1024, 1], workspace = 0, grid = 1>} {
    %b = tenon.tanh %a : tensor<1024xf32>
    tenon.yield %b : tensor<1024xf32>
  }
  %2 = tenon.group (%a = %0, %b = %1) : (tensor<1024xf32>, tensor<1024xf32>) -> tensor<1024xf32> attributes {kernel = #tenon.kernel<"map", tiles = [16, 1024, 1], workspace = 0, grid = 1>} {
    %c = tenon.add %a, %b : tensor<1024xf32>
    tenon.yield %c : tensor<1024xf32>
  }
  %3 = tenon.group (%a = %2) : (tensor<1024xf32>) -> tensor<1024xf32> attributes {kernel = #tenon.kernel<"map", tiles = [16, 1024, 1], workspace = 0, grid = 1>} {
    %b = tenon.sqrt %a : tensor<1024xf32>
    tenon.yield %b : tensor<1024xf32>
  }
  return %3 : tensor<1024xf32>
}

// Two branches that start large and end small: one after the other, not side by
// side. While the second is reduced, 4096 bytes and both results, of 64 bytes
// each, are alive. What is returned is stored where the caller wants it.
// CHECK-LABEL: func.func @reordered
// CHECK-SAME: max_live = 4224 : i64
// CHECK: %[[A:.*]] = tenon.group (%{{.*}} = %arg0) {{.*}} offsets = array<i64: [[PLACE:[0-9]+]]>
// CHECK: tenon.group (%{{.*}} = %[[A]])
// CHECK: %[[B:.*]] = tenon.group (%{{.*}} = %arg0) {{.*}} offsets = array<i64: [[PLACE]]>
// CHECK: tenon.group (%{{.*}} = %[[B]])
// CHECK: offsets = array<i64: -1>
func.func @reordered(%x: tensor<1024xf32>) -> tensor<f32> {
  %0 = tenon.group (%a = %x) : (tensor<1024xf32>) -> tensor<1024xf32> attributes {kernel = #tenon.kernel<"map", tiles = [16, 1024, 1], workspace = 0, grid = 1>} {
    %b = tenon.exp %a : tensor<1024xf32>
    tenon.yield %b : tensor<1024xf32>
  }
  %1 = tenon.group (%a = %x) : (tensor<1024xf32>) -> tensor<1024xf32> attributes {kernel = #tenon.kernel<"map", tiles = [16, 1024, 1], workspace = 0, grid = 1>} {
    %b = tenon.tanh %a : tensor<1024xf32>
    tenon.yield %b : tensor<1024xf32>
  }
  %2 = tenon.group (%a = %0) : (tensor<1024xf32>) -> tensor<f32> attributes {kernel = #tenon.kernel<"reduce", tiles = [1, 1], workspace = 0, grid = 1>} {
    %b = tenon.reduce_sum %a dims [0] : tensor<1024xf32>
    tenon.yield %b : tensor<f32>
  }
  %3 = tenon.group (%a = %1) : (tensor<1024xf32>) -> tensor<f32> attributes {kernel = #tenon.kernel<"reduce", tiles = [1, 1], workspace = 0, grid = 1>} {
    %b = tenon.reduce_sum %a dims [0] : tensor<1024xf32>
    tenon.yield %b : tensor<f32>
  }
  %4 = tenon.group (%a = %2, %b = %3) : (tensor<f32>, tensor<f32>) -> tensor<f32> attributes {kernel = #tenon.kernel<"map", tiles = [1, 1, 0], workspace = 0, grid = 1>} {
    %c = tenon.add %a, %b : tensor<f32>
    tenon.yield %c : tensor<f32>
  }
  return %4 : tensor<f32>
}

// Weights lie at multiples of 64. Scratch of each worker begins at one as well.
// CHECK-LABEL: func.func @weights
// CHECK-SAME: scratch = 0 : i64, stride = 128 : i64, tensors = 0 : i64, weights = 128 : i64
// THREADS-LABEL: func.func @weights
// THREADS-SAME: arena = 384 : i64, max_live = 0 : i64, max_threads = 3 : i64, scratch = 0 : i64, stride = 128 : i64
// CHECK: tenon.recipe {{.*}}offset = 0
// CHECK: tenon.recipe {{.*}}offset = 64
func.func @weights(%x: tensor<3xf32>) -> tensor<3xf32> {
  %v = tenon.recipe : tensor<3xf32> {
    %c = tenon.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
    tenon.yield %c : tensor<3xf32>
  }
  %w = tenon.recipe : tensor<3xf32> {
    %c = tenon.constant dense<[4.0, 5.0, 6.0]> : tensor<3xf32>
    tenon.yield %c : tensor<3xf32>
  }
  %0 = tenon.group (%a = %x, %b = %v, %c = %w) : (tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32> attributes {kernel = #tenon.kernel<"map", tiles = [16, 16, 1], workspace = 100, grid = 1>} {
    %d = tenon.mul %a, %b : tensor<3xf32>
    %e = tenon.add %d, %c : tensor<3xf32>
    tenon.yield %e : tensor<3xf32>
  }
  return %0 : tensor<3xf32>
}
