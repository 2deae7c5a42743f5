// Each plan but the first is wrong in one way: the verifier, which shares no
// code with the planner, refuses to have it executed.
// RUN: split-file %s %t
// RUN: tenon-opt %t/good.mlir --tenon-check-plan -o /dev/null
// RUN: not tenon-opt %t/missing.mlir --tenon-check-plan 2>&1 | FileCheck %t/missing.mlir
// RUN: sed 's/arena = 8192/arena = 8128/' %t/good.mlir > %t/short.mlir
// RUN: not tenon-opt %t/short.mlir --tenon-check-plan 2>&1 | FileCheck %s --check-prefix=SHORT
// RUN: sed 's/arena = 8192/arena = 8256/' %t/good.mlir > %t/long.mlir
// RUN: not tenon-opt %t/long.mlir --tenon-check-plan 2>&1 | FileCheck %s --check-prefix=LONG
// RUN: sed 's/array<i64: 4096>/array<i64: 0>/' %t/good.mlir > %t/overlap.mlir
// RUN: not tenon-opt %t/overlap.mlir --tenon-check-plan 2>&1 | FileCheck %s --check-prefix=OVERLAP
// RUN: sed 's/array<i64: 4096>/array<i64: 4032>/' %t/good.mlir > %t/partial.mlir
// RUN: not tenon-opt %t/partial.mlir --tenon-check-plan 2>&1 | FileCheck %s --check-prefix=PARTIAL
// RUN: sed 's/array<i64: 4096>/array<i64: 4128>/' %t/good.mlir > %t/unaligned.mlir
// RUN: not tenon-opt %t/unaligned.mlir --tenon-check-plan 2>&1 | FileCheck %s --check-prefix=UNALIGNED
// RUN: sed 's/array<i64: 4096>/array<i64: -1>/' %t/good.mlir > %t/output.mlir
// RUN: not tenon-opt %t/output.mlir --tenon-check-plan 2>&1 | FileCheck %s --check-prefix=OUTPUT
// RUN: sed 's/array<i64: -1>/array<i64: 0>/' %t/good.mlir > %t/inside.mlir
// RUN: not tenon-opt %t/inside.mlir --tenon-check-plan 2>&1 | FileCheck %s --check-prefix=INSIDE
// RUN: sed 's/array<i64: 4096>/array<i64: 4611686018427387904>/' %t/good.mlir > %t/huge.mlir
// RUN: not tenon-opt %t/huge.mlir --tenon-check-plan 2>&1 | FileCheck %s --check-prefix=HUGE
// RUN: sed 's/max_live = 8192/max_live = 8256/' %t/good.mlir > %t/live.mlir
// RUN: not tenon-opt %t/live.mlir --tenon-check-plan 2>&1 | FileCheck %s --check-prefix=LIVE
// RUN: sed 's/workspace = 0/workspace = 1/' %t/good.mlir > %t/scratch.mlir
// RUN: not tenon-opt %t/scratch.mlir --tenon-check-plan 2>&1 | FileCheck %s --check-prefix=SCRATCH
// RUN: sed 's/, stride = 0 : i64//' %t/good.mlir > %t/size.mlir
// RUN: not tenon-opt %t/size.mlir --tenon-check-plan 2>&1 | FileCheck %s --check-prefix=SIZE
// RUN: not tenon-opt %t/weights.mlir --tenon-check-plan 2>&1 | FileCheck %t/weights.mlir
// The compiler runs the same check on IR that it is given.
// RUN: sed -i 's/^module/module attributes {tenon.phase = "plan"}/' %t/good.mlir %t/overlap.mlir
// RUN: tenonc %t/good.mlir --emit=ir -o %t/lowered.mlir
// RUN: not tenonc %t/overlap.mlir --emit=ir -o %t/lowered.mlir 2>&1 | FileCheck %s --check-prefix=OVERLAP

// SHORT: error: the memory plan is wrong: tensor 'group 1 result 0' ends at 8192, beyond the arena of 8128 bytes
// LONG: error: the memory plan is wrong: the arena has 8256 bytes and what it holds ends at 8192
// OVERLAP: error: the memory plan is wrong: node 'group 2' reads 'group 0 result 0', but arena byte 0 holds 'group 1 result 0' by then
// PARTIAL: error: the memory plan is wrong: node 'group 1' writes
// UNALIGNED: error: the memory plan is wrong: tensor 'group 1 result 0' is at 4128, not aligned to 64 bytes
// OUTPUT: error: {{.*}} places a result at -1, but it is no output
// INSIDE: error: {{.*}} places a result at 0, but it is an output
// HUGE: error: the memory plan is wrong: tensor 'group 1 result 0' has an absurd offset
// LIVE: error: the memory plan is wrong: the totals of the plan contradict its offsets
// SCRATCH: error: the memory plan is wrong: node 'group 0' declares 1 bytes of workspace per worker and gets 0
// SIZE: error: tenon.plan has no size 'stride'

//--- missing.mlir
// CHECK: error: plan left the function without tenon.plan
func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tenon.group (%a = %x) : (tensor<4xf32>) -> tensor<4xf32> {
    %b = tenon.exp %a : tensor<4xf32>
    tenon.yield %b : tensor<4xf32>
  }
  return %0 : tensor<4xf32>
}
// CHECK: error: {{.*}} has no place in memory for each of its results
func.func @offsets(%x: tensor<4xf32>) -> tensor<4xf32> attributes {tenon.plan = {arena = 0 : i64, max_live = 0 : i64, max_threads = 16 : i64, scratch = 0 : i64, stride = 0 : i64, tensors = 0 : i64, weights = 0 : i64}} {
  %0 = tenon.group (%a = %x) : (tensor<4xf32>) -> tensor<4xf32> {
    %b = tenon.exp %a : tensor<4xf32>
    tenon.yield %b : tensor<4xf32>
  }
  return %0 : tensor<4xf32>
}

//--- good.mlir
module {
func.func @main(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {tenon.plan = {arena = 8192 : i64, max_live = 8192 : i64, max_threads = 16 : i64, scratch = 8192 : i64, stride = 0 : i64, tensors = 8192 : i64, weights = 0 : i64}} {
  %0 = tenon.group (%a = %x) : (tensor<1024xf32>) -> tensor<1024xf32> attributes {kernel = #tenon.kernel<"map", tiles = [16, 1024, 1], workspace = 0, grid = 1>, offsets = array<i64: 0>} {
    %b = tenon.exp %a : tensor<1024xf32>
    tenon.yield %b : tensor<1024xf32>
  }
  %1 = tenon.group (%a = %0) : (tensor<1024xf32>) -> tensor<1024xf32> attributes {kernel = #tenon.kernel<"map", tiles = [16, 1024, 1], workspace = 0, grid = 1>, offsets = array<i64: 4096>} {
    %b = tenon.tanh %a : tensor<1024xf32>
    tenon.yield %b : tensor<1024xf32>
  }
  %2 = tenon.group (%a = %0, %b = %1) : (tensor<1024xf32>, tensor<1024xf32>) -> tensor<1024xf32> attributes {kernel = #tenon.kernel<"map", tiles = [16, 1024, 1], workspace = 0, grid = 1>, offsets = array<i64: -1>} {
    %c = tenon.add %a, %b : tensor<1024xf32>
    tenon.yield %c : tensor<1024xf32>
  }
  return %2 : tensor<1024xf32>
}
}

//--- weights.mlir
// CHECK: error: 'tenon.recipe' op is placed at byte 32 of the weights, which is taken or not aligned to 64
func.func @overlap() -> tensor<16xf32> attributes {tenon.plan = {arena = 0 : i64, max_live = 0 : i64, max_threads = 16 : i64, scratch = 0 : i64, stride = 0 : i64, tensors = 0 : i64, weights = 128 : i64}} {
  %v = tenon.recipe {offset = 0 : i64} : tensor<16xf32> {
    %c = tenon.constant dense<1.0> : tensor<16xf32>
    tenon.yield %c : tensor<16xf32>
  }
  %w = tenon.recipe {offset = 32 : i64} : tensor<16xf32> {
    %c = tenon.constant dense<2.0> : tensor<16xf32>
    tenon.yield %c : tensor<16xf32>
  }
  %0 = tenon.group (%a = %v, %b = %w) : (tensor<16xf32>, tensor<16xf32>) -> tensor<16xf32> attributes {kernel = #tenon.kernel<"map", tiles = [16, 16, 1], workspace = 0, grid = 1>, offsets = array<i64: -1>} {
    %c = tenon.add %a, %b : tensor<16xf32>
    tenon.yield %c : tensor<16xf32>
  }
  return %0 : tensor<16xf32>
}
// CHECK: error: 'tenon.recipe' op ends at byte 64 of 32 of the weights
func.func @end() -> tensor<16xf32> attributes {tenon.plan = {arena = 0 : i64, max_live = 0 : i64, max_threads = 16 : i64, scratch = 0 : i64, stride = 0 : i64, tensors = 0 : i64, weights = 32 : i64}} {
  %v = tenon.recipe {offset = 0 : i64} : tensor<16xf32> {
    %c = tenon.constant dense<1.0> : tensor<16xf32>
    tenon.yield %c : tensor<16xf32>
  }
  %0 = tenon.group (%a = %v) : (tensor<16xf32>) -> tensor<16xf32> attributes {kernel = #tenon.kernel<"map", tiles = [16, 16, 1], workspace = 0, grid = 1>, offsets = array<i64: -1>} {
    %b = tenon.exp %a : tensor<16xf32>
    tenon.yield %b : tensor<16xf32>
  }
  return %0 : tensor<16xf32>
}
