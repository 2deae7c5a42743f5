// What code generation refuses: each is an internal error of an earlier phase.
// RUN: split-file %s %t
// RUN: not tenon-opt %t/workspace.mlir --tenon-tile 2>&1 | FileCheck %t/workspace.mlir
// RUN: not tenon-opt %t/nest.mlir --tenon-tile 2>&1 | FileCheck %t/nest.mlir
// RUN: not tenon-opt %t/tiles.mlir --tenon-tile 2>&1 | FileCheck %t/tiles.mlir
// RUN: not tenon-opt %t/config.mlir --tenon-tile 2>&1 | FileCheck %t/config.mlir
// The compiler generates the same way; a plan that reserves what is declared
// does not make the declaration right.
// RUN: not tenonc %t/lowered.mlir -o %t/lowered.so 2>&1 | FileCheck %t/workspace.mlir
// RUN: not ls %t/lowered.so

//--- workspace.mlir
// CHECK: error: kernel @{{(tn_kernel_)?}}exp_0 declares a workspace of 256 bytes, but its loop nest uses 0 (an internal error)
tnrt.kernel @exp_0 #tenon.kernel<"map", tiles = [16, 16, 1], workspace = 256, grid = 1> {
^bb0(%x: tensor<16xf32>):
  %y = tenon.exp %x : tensor<16xf32>
  tenon.yield %y : tensor<16xf32>
}

//--- nest.mlir
// CHECK: error: no loop nest is called 'spiral'
tnrt.kernel @exp_0 #tenon.kernel<"spiral", tiles = [16, 16, 1], workspace = 0, grid = 1> {
^bb0(%x: tensor<16xf32>):
  %y = tenon.exp %x : tensor<16xf32>
  tenon.yield %y : tensor<16xf32>
}

//--- tiles.mlir
// CHECK: error: loop nest 'map' has 3 tiles, not 1
tnrt.kernel @exp_0 #tenon.kernel<"map", tiles = [16], workspace = 0, grid = 1> {
^bb0(%x: tensor<16xf32>):
  %y = tenon.exp %x : tensor<16xf32>
  tenon.yield %y : tensor<16xf32>
}

//--- config.mlir
// CHECK: error: has no #tenon.kernel
tnrt.kernel @exp_0 "map" {
^bb0(%x: tensor<16xf32>):
  %y = tenon.exp %x : tensor<16xf32>
  tenon.yield %y : tensor<16xf32>
}

//--- lowered.mlir
module attributes {tenon.phase = "lower"} {
  tnrt.kernel @exp_0 #tenon.kernel<"map", tiles = [16, 16, 1], workspace = 256, grid = 1> {
  ^bb0(%x: tensor<16xf32>):
    %y = tenon.exp %x : tensor<16xf32>
    tenon.yield %y : tensor<16xf32>
  }
  tnrt.schedule @step_main arena 4096 scratch 0 stride 256 threads 16 {
    tnrt.launch @exp_0 grid 1 [#tnrt.buffer<input 0>, #tnrt.buffer<output 0>]
  }
  func.func @main(%x: tensor<16xf32>) attributes {tenon.input_names = ["x"], tenon.output_names = ["y"], tenon.output_types = [tensor<16xf32>]} {
    return
  }
}
