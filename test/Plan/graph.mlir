// RUN: tenon-opt %s --tenon-print-plan-graph=function=step -o /dev/null > %t
// RUN: FileCheck %s < %t
// RUN: tenon-plan --budget=1000000 --summary %t | FileCheck %s --check-prefix=PLAN
// RUN: not tenon-opt %s --tenon-print-plan-graph -o /dev/null 2>&1 | FileCheck %s --check-prefix=TWO
// RUN: not tenon-opt %s --tenon-print-plan-graph=function=stop -o /dev/null 2>&1 | FileCheck %s --check-prefix=NONE

// What is an output is written once; the other result may be overwritten.
// CHECK: graph step
// CHECK-NEXT: tensor input%200 16384 input
// CHECK-NEXT: tensor group%200%20result%200 16384{{$}}
// CHECK-NEXT: tensor group%201%20result%200 16384 output
// CHECK-NEXT: node group%200 cost={{[0-9]+$}}
// CHECK-NEXT: reads input%200
// CHECK-NEXT: writes group%200%20result%200
// CHECK-NEXT: node group%201 cost={{[0-9]+}} stateful=1
// CHECK-NEXT: reads group%200%20result%200
// CHECK-NEXT: writes group%201%20result%200
// CHECK-NEXT: inplace group%200%20result%200 group%201%20result%200
// CHECK-NOT: node

// PLAN: max-live: 16384

// TWO: error: 2 functions; --tenon-print-plan-graph=function=NAME prints the graph of one
// NONE: error: 0 functions are called 'stop'; --tenon-print-plan-graph=function=NAME

#map = #tenon.kernel<"map", tiles = [16, 4096, 1], workspace = 0, grid = 1>
func.func @step(%x: tensor<4096xf32>) -> tensor<4096xf32> {
  %h = tenon.group (%a0 = %x) : (tensor<4096xf32>) -> tensor<4096xf32> attributes {kernel = #map} {
    %r = tenon.exp %a0 : tensor<4096xf32>
    tenon.yield %r : tensor<4096xf32>
  }
  %y = tenon.group (%a0 = %h) : (tensor<4096xf32>) -> tensor<4096xf32> attributes {kernel = #map} {
    %r = tenon.tanh %a0 : tensor<4096xf32>
    tenon.yield %r : tensor<4096xf32>
  }
  return %y : tensor<4096xf32>
}
func.func @other(%x: tensor<4096xf32>) -> tensor<4096xf32> {
  %y = tenon.group (%a0 = %x) : (tensor<4096xf32>) -> tensor<4096xf32> attributes {kernel = #map} {
    %r = tenon.exp %a0 : tensor<4096xf32>
    tenon.yield %r : tensor<4096xf32>
  }
  return %y : tensor<4096xf32>
}
