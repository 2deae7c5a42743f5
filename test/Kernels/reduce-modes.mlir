// RUN: tenon-opt %s --tenon-fuse --tenon-configure=cpu=x86-64-v4 | FileCheck %s

// What is kept stands last: lanes run along it, and every sixteen columns are a
// row of their own, so that a sum over all positions is work for many threads.
// CHECK-LABEL: func.func @bias
// CHECK: #tenon.kernel<"reduce", tiles = [0, 1], workspace = 0, grid = 4>
func.func @bias(%x: tensor<64x28x28x64xf32>) -> tensor<64xf32> {
  %y = tenon.reduce_sum %x dims [0, 1, 2] : tensor<64x28x28x64xf32>
  return %y : tensor<64xf32>
}

// 64 images of 3 rows each; the last of 40 channels are half a row.
// CHECK-LABEL: func.func @images
// CHECK: #tenon.kernel<"reduce", tiles = [0, 1], workspace = 0, grid = 192>
func.func @images(%x: tensor<64x28x28x40xf32>) -> tensor<64x40xf32> {
  %y = tenon.reduce_sum %x dims [1, 2] : tensor<64x28x28x40xf32>
  return %y : tensor<64x40xf32>
}

// The last dimensions: along them, where lanes never cross from one to the next.
// CHECK-LABEL: func.func @whole
// CHECK: #tenon.kernel<"reduce", tiles = [1, 4], workspace = 0, grid = 16>
func.func @whole(%x: tensor<64x28x32xf32>, %w: tensor<32xf32>) -> tensor<64xf32> {
  %b = tenon.broadcast %w dims [1] : tensor<32xf32> to tensor<28x32xf32>
  %c = tenon.broadcast %b dims [1, 2] : tensor<28x32xf32> to tensor<64x28x32xf32>
  %p = tenon.mul %x, %c : tensor<64x28x32xf32>
  %y = tenon.reduce_sum %p dims [1, 2] : tensor<64x28x32xf32>
  return %y : tensor<64xf32>
}

// Nothing tells these dimensions apart: as if they were one.
// CHECK-LABEL: func.func @flat
// CHECK: #tenon.kernel<"reduce", tiles = [3, 6], workspace = 0, grid = 11>
func.func @flat(%x: tensor<64x28x23xf32>) -> tensor<64xf32> {
  %p = tenon.mul %x, %x : tensor<64x28x23xf32>
  %y = tenon.reduce_sum %p dims [1, 2] : tensor<64x28x23xf32>
  return %y : tensor<64xf32>
}
