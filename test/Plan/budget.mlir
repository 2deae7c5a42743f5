// RUN: tenon-opt %s --tenon-checkpoint=budget=81920 | FileCheck %s --check-prefix=ALL
// RUN: tenon-opt %s --tenon-checkpoint=budget=49152 | FileCheck %s --check-prefix=ONCE
// RUN: tenon-opt %s --tenon-checkpoint=budget=40000 | FileCheck %s --check-prefix=TIGHT
// RUN: tenon-opt %s --tenon-checkpoint=budget=40000 | tenon-opt --tenon-check-plan
// RUN: not tenon-opt %s --tenon-checkpoint=budget=32767 2>&1 | FileCheck %s --check-prefix=NONE

// A chain of four and its way back, 16384 bytes a tensor; the results of the
// first three are wanted again in reverse. All kept: four are alive at once.
// ALL: arena = 65536 : i64
// ALL-NOT: tenon.recomputed

// One less: what is cheapest to have again is the first, right before its use.
// ONCE: arena = 49152 : i64
// ONCE-SAME: recomputed = 1 : i64
// ONCE: tenon.exp
// ONCE: tenon.sub
// ONCE: %[[AGAIN:.*]] = tenon.group (%{{.*}} = %arg0) {{.*}}tenon.recomputed
// ONCE-NEXT: tenon.exp
// ONCE: tenon.group ({{.*}} = %[[AGAIN]])
// ONCE-NEXT: tenon.div

// Two tensors are the least: the second is made again from the first, which is
// made again, and then once more.
// TIGHT: arena = 32768 : i64
// TIGHT-SAME: recomputed = 3 : i64
// TIGHT: tenon.mul
// TIGHT: tenon.recomputed
// TIGHT-NEXT: tenon.exp
// TIGHT: tenon.recomputed
// TIGHT-NEXT: tenon.tanh
// TIGHT: tenon.sub
// TIGHT: tenon.recomputed
// TIGHT-NEXT: tenon.exp
// TIGHT: tenon.div

// NONE: error: @step has no plan within 32767 bytes; --memory-budget=arena:32768 has one
// NONE: note: no plan whatever can do with less than 32768 bytes

#map = #tenon.kernel<"map", tiles = [16, 4096, 1], workspace = 0, grid = 1>
func.func @step(%x: tensor<4096xf32>) -> tensor<4096xf32> {
  %h1 = tenon.group (%a0 = %x) : (tensor<4096xf32>) -> tensor<4096xf32> attributes {kernel = #map} {
    %r = tenon.exp %a0 : tensor<4096xf32>
    tenon.yield %r : tensor<4096xf32>
  }
  %h2 = tenon.group (%a0 = %h1) : (tensor<4096xf32>) -> tensor<4096xf32> attributes {kernel = #map} {
    %r = tenon.tanh %a0 : tensor<4096xf32>
    tenon.yield %r : tensor<4096xf32>
  }
  %h3 = tenon.group (%a0 = %h2) : (tensor<4096xf32>) -> tensor<4096xf32> attributes {kernel = #map} {
    %r = tenon.sin %a0 : tensor<4096xf32>
    tenon.yield %r : tensor<4096xf32>
  }
  %h4 = tenon.group (%a0 = %h3) : (tensor<4096xf32>) -> tensor<4096xf32> attributes {kernel = #map} {
    %r = tenon.cos %a0 : tensor<4096xf32>
    tenon.yield %r : tensor<4096xf32>
  }
  %g3 = tenon.group (%a0 = %h4, %a1 = %h3) : (tensor<4096xf32>, tensor<4096xf32>) -> tensor<4096xf32> attributes {kernel = #map} {
    %r = tenon.mul %a0, %a1 : tensor<4096xf32>
    tenon.yield %r : tensor<4096xf32>
  }
  %g2 = tenon.group (%a0 = %g3, %a1 = %h2) : (tensor<4096xf32>, tensor<4096xf32>) -> tensor<4096xf32> attributes {kernel = #map} {
    %r = tenon.sub %a0, %a1 : tensor<4096xf32>
    tenon.yield %r : tensor<4096xf32>
  }
  %g1 = tenon.group (%a0 = %g2, %a1 = %h1) : (tensor<4096xf32>, tensor<4096xf32>) -> tensor<4096xf32> attributes {kernel = #map} {
    %r = tenon.div %a0, %a1 : tensor<4096xf32>
    tenon.yield %r : tensor<4096xf32>
  }
  return %g1 : tensor<4096xf32>
}
