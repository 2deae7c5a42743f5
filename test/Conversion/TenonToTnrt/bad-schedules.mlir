// Each schedule but the first is wrong in one way.
// RUN: split-file %s %t
// RUN: tenon-opt %t/good.mlir --tenon-check-lowered -o /dev/null
// RUN: sed 's/launch @exp grid 1/launch @tan grid 1/' %t/good.mlir | not tenon-opt --tenon-check-lowered 2>&1 | FileCheck %s --check-prefix=KERNEL
// RUN: sed 's/launch @exp grid 1/launch @exp grid 2/' %t/good.mlir | not tenon-opt --tenon-check-lowered 2>&1 | FileCheck %s --check-prefix=GRID
// RUN: sed 's/, #tnrt.buffer<output 0>//' %t/good.mlir | not tenon-opt --tenon-check-lowered 2>&1 | FileCheck %s --check-prefix=COUNT
// RUN: sed 's/arena 64>\]/arena 68>]/' %t/good.mlir | not tenon-opt --tenon-check-lowered 2>&1 | FileCheck %s --check-prefix=ARENA
// RUN: sed 's/arena 64>\]/arena -4>]/' %t/good.mlir | not tenon-opt --tenon-check-lowered 2>&1 | FileCheck %s --check-prefix=BEFORE
// RUN: sed 's/input 0/input 1/' %t/good.mlir | not tenon-opt --tenon-check-lowered 2>&1 | FileCheck %s --check-prefix=INPUT
// RUN: sed 's/output 0/input 0/' %t/good.mlir | not tenon-opt --tenon-check-lowered 2>&1 | FileCheck %s --check-prefix=WRITE
// RUN: sed 's/output 0/weights 0/' %t/good.mlir | not tenon-opt --tenon-check-lowered 2>&1 | FileCheck %s --check-prefix=CONSTANT
// RUN: sed 's/output_types = .tensor<16xf32>/output_types = [tensor<8xf32>/' %t/good.mlir | not tenon-opt --tenon-check-lowered 2>&1 | FileCheck %s --check-prefix=OUTPUT
// RUN: sed 's/output_names = ."y"/output_names = ["y", "z"/' %t/good.mlir | not tenon-opt --tenon-check-lowered 2>&1 | FileCheck %s --check-prefix=NAMES
// RUN: sed 's/workspace = 0/workspace = 64/' %t/good.mlir | not tenon-opt --tenon-check-lowered 2>&1 | FileCheck %s --check-prefix=WORKSPACE
// RUN: sed 's/@step_main/@step/' %t/good.mlir | not tenon-opt --tenon-check-lowered 2>&1 | FileCheck %s --check-prefix=SCHEDULE
// RUN: not tenon-opt %t/group.mlir --tenon-check-lowered 2>&1 | FileCheck %t/group.mlir
// The compiler runs the same check on IR that it is given.
// RUN: tenonc %t/good.mlir -o %t/good.so
// RUN: sed -i 's/arena 64>\]/arena 68>]/' %t/good.mlir
// RUN: not tenonc %t/good.mlir -o %t/bad.so 2>&1 | FileCheck %s --check-prefix=ARENA
// RUN: not ls %t/bad.so

// KERNEL: error: launches @tan, which is no kernel
// GRID: error: runs 2 tiles of @exp, which has 1
// COUNT: error: gives 1 buffers to @exp, which takes 2
// ARENA: error: buffer 1, #tnrt.buffer<arena 68>, has no room for 'tensor<16xf32>' to write
// BEFORE: error: buffer 1, #tnrt.buffer<arena -4>, has no room for 'tensor<16xf32>' to write
// INPUT: error: buffer 0, #tnrt.buffer<input 1>, has no room for 'tensor<16xf32>' to read
// WRITE: error: buffer 1, #tnrt.buffer<input 0>, has no room for 'tensor<16xf32>' to write
// CONSTANT: error: buffer 1, #tnrt.buffer<weights 0>, has no room for 'tensor<16xf32>' to write
// OUTPUT: error: buffer 1, #tnrt.buffer<output 0>, has no room for 'tensor<16xf32>' to write
// NAMES: error: lower left no type and name for each output
// WORKSPACE: error: needs 64 bytes of scratch a worker, of which there are 0
// SCHEDULE: error: lower left no @main with its schedule @step_main

//--- good.mlir
module attributes {tenon.phase = "lower"} {
  tnrt.kernel @exp #tenon.kernel<"map", tiles = [16, 16, 1], workspace = 0, grid = 1> {
  ^bb0(%x: tensor<16xf32>):
    %y = tenon.exp %x : tensor<16xf32>
    tenon.yield %y : tensor<16xf32>
  }
  tnrt.schedule @step_main arena 128 scratch 128 stride 0 threads 16 {
    tnrt.launch @exp grid 1 [#tnrt.buffer<input 0>, #tnrt.buffer<arena 64>]
    tnrt.launch @exp grid 1 [#tnrt.buffer<arena 64>, #tnrt.buffer<output 0>]
  }
  func.func @main(%x: tensor<16xf32>) attributes {tenon.input_names = ["x"], tenon.output_names = ["y"], tenon.output_types = [tensor<16xf32>]} {
    %w = tenon.recipe {offset = 0 : i64} : tensor<16xf32> {
      %c = tenon.constant dense<2.0> : tensor<16xf32>
      tenon.yield %c : tensor<16xf32>
    }
    return
  }
}

//--- group.mlir
// CHECK: error: lower left a group
tnrt.schedule @step_main arena 0 scratch 0 stride 0 threads 16 {
}
func.func @main(%x: tensor<16xf32>) -> tensor<16xf32> {
  %0 = tenon.group (%a = %x) : (tensor<16xf32>) -> tensor<16xf32> {
    %b = tenon.exp %a : tensor<16xf32>
    tenon.yield %b : tensor<16xf32>
  }
  return %0 : tensor<16xf32>
}
