// RUN: not tenon-opt %s --tenon-plan=budget=500 2>&1 | FileCheck %s
// RUN: tenon-opt %s --tenon-plan=budget=640 | FileCheck %s --check-prefix=FITS

// Both need more than 500 bytes; the one that needs most is named, and its
// number is enough for both.
// CHECK-NOT: error:
// CHECK: error: @large has no plan within 500 bytes; --memory-budget=640 has one
// CHECK-NOT: error:
// FITS: func.func @small
// FITS-SAME: arena = 512
// FITS: func.func @large
// FITS-SAME: arena = 640

#neg = #tenon.kernel<"map", tiles = [16, 64, 1], workspace = 0, grid = 1>
#sum = #tenon.kernel<"map", tiles = [1, 64, 0], workspace = 0, grid = 1>

func.func @small(%x: tensor<128xf32>) -> tensor<f32> attributes {tenon.input_names = ["x"], tenon.output_names = ["y"]} {
  %0 = tenon.group (%a = %x) : (tensor<128xf32>) -> tensor<128xf32> attributes {kernel = #neg} {
    %n = tenon.neg %a : tensor<128xf32>
    tenon.yield %n : tensor<128xf32>
  }
  %1 = tenon.group (%a = %0) : (tensor<128xf32>) -> tensor<f32> attributes {kernel = #sum} {
    %s = tenon.reduce_sum %a dims [0] : tensor<128xf32>
    tenon.yield %s : tensor<f32>
  }
  return %1 : tensor<f32>
}

func.func @large(%x: tensor<160xf32>) -> tensor<f32> attributes {tenon.input_names = ["x"], tenon.output_names = ["y"]} {
  %0 = tenon.group (%a = %x) : (tensor<160xf32>) -> tensor<160xf32> attributes {kernel = #neg} {
    %n = tenon.neg %a : tensor<160xf32>
    tenon.yield %n : tensor<160xf32>
  }
  %1 = tenon.group (%a = %0) : (tensor<160xf32>) -> tensor<f32> attributes {kernel = #sum} {
    %s = tenon.reduce_sum %a dims [0] : tensor<160xf32>
    tenon.yield %s : tensor<f32>
  }
  return %1 : tensor<f32>
}
