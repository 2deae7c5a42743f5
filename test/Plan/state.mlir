// RUN: tenon-opt %s --tenon-plan | FileCheck %s
// RUN: tenon-opt %s --tenon-plan | tenon-opt --tenon-check-plan
// RUN: tenon-opt %s --tenon-plan --tenon-lower | FileCheck %s --check-prefix=LOWER
// RUN: not tenon-opt %s --tenon-plan=budget=1 2>&1 | FileCheck %s --check-prefix=STATE
// RUN: not tenon-opt %s --tenon-plan="budget=1 arena-only" 2>&1 | FileCheck %s --check-prefix=ARENA

// STATE: error: @step has no plan within 1 bytes; --memory-budget=192 has one
// STATE: note: no plan whatever can do with less than 192 bytes, of which variables take 128
// ARENA: error: @step has no plan within 1 bytes; --memory-budget=arena:64 has one
// ARENA: note: no plan whatever can do with less than 64 bytes

#map = #tenon.kernel<"map", tiles = [16, 64, 1], workspace = 0, grid = 1>
#one = #tenon.kernel<"map", tiles = [1, 64, 0], workspace = 0, grid = 1>

// LOWER: tenon.variable @w parameter : tensor<4xf32> {offset = 0 : i64}
// LOWER: tenon.variable @m optimizer : tensor<4xf32> {offset = 64 : i64}
tenon.variable @w parameter : tensor<4xf32>
tenon.variable @m optimizer : tensor<4xf32>

// What reads the old value of @w runs before it is written, though it stands
// later in the program; everything that may fail runs before the guard, and what
// the guard reads as late as that.
// CHECK-LABEL: func.func @step
// CHECK: tenon.exp
// CHECK: tenon.neg
// CHECK: tenon.reduce_sum
// CHECK: tenon.guard
// CHECK: tenon.add
// The step's own schedule: the guard reads results, variables are written
// behind it, in place.
// LOWER-LABEL: tnrt.schedule @step_step
// LOWER: tnrt.launch @neg{{.*}} [#tnrt.buffer<state 0>, #tnrt.buffer<arena [[G:[0-9]+]]>]
// LOWER: tnrt.guard f32 [#tnrt.buffer<output 0>, #tnrt.buffer<output 0>, #tnrt.buffer<input 0>]
// LOWER: tnrt.launch @add{{.*}} [#tnrt.buffer<state 0>, #tnrt.buffer<arena [[G]]>, #tnrt.buffer<state 0>]
// LOWER: func.func @step(%{{[^:]*}}: tensor<i64>) attributes {tenon.input_names = ["bad"], tenon.output_names = ["loss", "e"]
func.func @step(%w: tensor<4xf32> {tenon.variable = @w}, %bad: tensor<i64>)
    -> (tensor<f32>, tensor<4xf32> {tenon.variable = @w}, tensor<4xf32>)
    attributes {tenon.input_names = ["w", "bad"], tenon.output_names = ["loss", "w", "e"]} {
  %g = tenon.group (%a = %w) : (tensor<4xf32>) -> tensor<4xf32> attributes {kernel = #map} {
    %n = tenon.neg %a : tensor<4xf32>
    tenon.yield %n : tensor<4xf32>
  }
  %loss = tenon.group (%a = %g) : (tensor<4xf32>) -> tensor<f32> attributes {kernel = #one} {
    %s = tenon.reduce_sum %a dims [0] : tensor<4xf32>
    tenon.yield %s : tensor<f32>
  }
  %e = tenon.group (%a = %w) : (tensor<4xf32>) -> tensor<4xf32> attributes {kernel = #map} {
    %x = tenon.exp %a : tensor<4xf32>
    tenon.yield %x : tensor<4xf32>
  }
  %ok:2 = tenon.guard loss %loss norm %loss bad %bad of %g, %w
      : tensor<f32>, tensor<i64>, tensor<4xf32>, tensor<4xf32> -> tensor<4xf32>, tensor<4xf32>
  %new = tenon.group (%a = %ok#1, %b = %ok#0) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32> attributes {kernel = #map} {
    %s = tenon.add %a, %b : tensor<4xf32>
    tenon.yield %s : tensor<4xf32>
  }
  return %loss, %new, %e : tensor<f32>, tensor<4xf32>, tensor<4xf32>
}
