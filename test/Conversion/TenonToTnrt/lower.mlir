// RUN: tenon-opt %s --tenon-lower | FileCheck %s
// RUN: tenon-opt %s --tenon-lower | tenon-opt --tenon-check-lowered -o /dev/null

// Two groups of equal ops, types and tiles are one kernel; the third has other
// tiles. Places become buffers: a view is where its operand is, -2 is output 1.
// CHECK: tnrt.kernel @exp_0 #tenon.kernel<"map", tiles = [16, 64, 1]
// CHECK-NEXT: ^bb0(%[[X:.*]]: tensor<64xf32>):
// CHECK-NEXT: %[[Y:.*]] = tenon.exp %[[X]]
// CHECK-NEXT: tenon.yield %[[Y]]
// CHECK: tnrt.kernel @mul_1
// CHECK: tnrt.kernel @exp_2 #tenon.kernel<"map", tiles = [16, 32, 1]
// CHECK-NOT: tnrt.kernel
// CHECK: tnrt.schedule @step_main arena 512 scratch 512 stride 0 threads 16 {
// CHECK-NEXT: tnrt.launch @exp_0 grid 1 [#tnrt.buffer<input 0>, #tnrt.buffer<arena 256>]
// CHECK-NEXT: tnrt.launch @exp_0 grid 1 [#tnrt.buffer<arena 256>, #tnrt.buffer<arena 0>]
// CHECK-NEXT: tnrt.launch @mul_1 grid 1 [#tnrt.buffer<arena 0>, #tnrt.buffer<weights 0>, #tnrt.buffer<output 1>]
// CHECK-NEXT: tnrt.launch @exp_2 grid 2 [#tnrt.buffer<arena 0>, #tnrt.buffer<output 0>]
// CHECK-NEXT: }

// The function keeps its signature and its weights.
// CHECK: func.func @main(%{{.*}}: tensor<64xf32>)
// CHECK-SAME: tenon.output_types = [tensor<64xf32>, tensor<8x8xf32>]
// CHECK-NEXT: tenon.recipe
// CHECK-NOT: tenon.group
// CHECK: return
func.func @main(%x: tensor<64xf32>) -> (tensor<64xf32>, tensor<8x8xf32>) attributes {
    tenon.input_names = ["x"], tenon.output_names = ["y", "z"],
    tenon.plan = {arena = 512 : i64, max_live = 512 : i64, max_threads = 16 : i64, scratch = 512 : i64, stride = 0 : i64, tensors = 512 : i64, weights = 320 : i64}} {
  %w = tenon.recipe {offset = 64 : i64} : tensor<8x8xf32> {
    %c = tenon.constant dense<2.0> : tensor<8x8xf32>
    tenon.yield %c : tensor<8x8xf32>
  }
  %0 = tenon.group (%a = %x) : (tensor<64xf32>) -> tensor<64xf32> attributes {kernel = #tenon.kernel<"map", tiles = [16, 64, 1], workspace = 0, grid = 1>, offsets = array<i64: 256>} {
    %b = tenon.exp %a : tensor<64xf32>
    tenon.yield %b : tensor<64xf32>
  }
  %1 = tenon.group (%a = %0) : (tensor<64xf32>) -> tensor<64xf32> attributes {kernel = #tenon.kernel<"map", tiles = [16, 64, 1], workspace = 0, grid = 1>, offsets = array<i64: 0>} {
    %b = tenon.exp %a : tensor<64xf32>
    tenon.yield %b : tensor<64xf32>
  }
  %view = tenon.reshape %1 : tensor<64xf32> to tensor<8x8xf32>
  %2 = tenon.group (%a = %view, %c = %w) : (tensor<8x8xf32>, tensor<8x8xf32>) -> tensor<8x8xf32> attributes {kernel = #tenon.kernel<"map", tiles = [16, 64, 1], workspace = 0, grid = 1>, offsets = array<i64: -2>} {
    %b = tenon.mul %a, %c : tensor<8x8xf32>
    tenon.yield %b : tensor<8x8xf32>
  }
  %3 = tenon.group (%a = %1) : (tensor<64xf32>) -> tensor<64xf32> attributes {kernel = #tenon.kernel<"map", tiles = [16, 32, 1], workspace = 0, grid = 2>, offsets = array<i64: -1>} {
    %b = tenon.exp %a : tensor<64xf32>
    tenon.yield %b : tensor<64xf32>
  }
  return %3, %2 : tensor<64xf32>, tensor<8x8xf32>
}
