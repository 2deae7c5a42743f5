// RUN: split-file %s %t
// RUN: not tenon-opt %t/gradient.mlir --tenon-check-contract=phase=gradient 2>&1 | FileCheck %t/gradient.mlir
// RUN: not tenon-opt %t/simplify.mlir --tenon-check-contract=phase=simplify 2>&1 | FileCheck %t/simplify.mlir
// RUN: not tenon-opt %t/layout.mlir --tenon-check-contract=phase=layout 2>&1 | FileCheck %t/layout.mlir
// RUN: not tenon-opt %t/fuse.mlir --tenon-check-contract=phase=fuse 2>&1 | FileCheck %t/fuse.mlir
// RUN: not tenon-opt %t/good.mlir --tenon-check-contract=phase=configure 2>&1 | FileCheck %t/good.mlir --check-prefix=CONFIGURE
// RUN: not tenon-opt %t/outline.mlir --tenon-check-contract=phase=outline-recipes 2>&1 | FileCheck %t/outline.mlir
// RUN: not tenon-opt %t/good.mlir --tenon-check-contract=phase=bogus 2>&1 | FileCheck %t/good.mlir
// RUN: tenon-opt %t/good.mlir --tenon-check-contract=phase=fuse
// RUN: tenon-opt %t/good.mlir --tenon-check-contract=phase=outline-recipes

//--- gradient.mlir
// CHECK: error: 'tenon.grad' op is left after the gradient phase
func.func @loss(%x: tensor<f32>) -> tensor<f32> {
  return %x : tensor<f32>
}
func.func @main(%x: tensor<f32>) -> tensor<f32> {
  %y, %dx = tenon.grad @loss(%x) wrt [0] : (tensor<f32>) -> (tensor<f32>, tensor<f32>)
  return %dx : tensor<f32>
}

//--- simplify.mlir
// CHECK-DAG: error: 'tenon.gelu' op is a composite, left after the simplify phase
// CHECK-DAG: error: 'func.call' op is no tenon op: a compiled function holds tenon ops only
func.func private @f(tensor<4xf32>) -> tensor<4xf32>
func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = tenon.gelu %x : tensor<4xf32>
  %z = call @f(%y) : (tensor<4xf32>) -> tensor<4xf32>
  return %z : tensor<4xf32>
}

//--- layout.mlir
// CHECK: error: 'tenon.max_pool' op is not channels_last after the layout phase
func.func @main(%x: tensor<1x3x8x8xf32>) -> tensor<1x3x4x4xf32> {
  %y = tenon.max_pool %x channels_first window [2, 2] strides [2, 2] low [0, 0] high [0, 0]
       dilations [1, 1] : tensor<1x3x8x8xf32>
  return %y : tensor<1x3x4x4xf32>
}

//--- fuse.mlir
// CHECK-DAG: error: 'tenon.relu' op computes outside a group
// CHECK-DAG: error: 'tenon.group' op has 2 contractions and windows; one is the most
// CHECK-DAG: error: 'tenon.reshape' op is a view and stands in a group
// CHECK-DAG: error: 'tenon.constant' op is a weight and stands in a group
// CHECK-DAG: error: 'tenon.recipe' op must not stand in a group
// CHECK-DAG: error: 'func.return' op result 1 shares its bytes with another result
// CHECK-DAG: error: 'func.return' op result 2 is computed by no group
func.func @main(%x: tensor<4x4xf32>)
    -> (tensor<16xf32>, tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>) {
  %0 = tenon.relu %x : tensor<4x4xf32>
  %1:2 = tenon.group (%a = %0) : (tensor<4x4xf32>) -> (tensor<4x4xf32>, tensor<16xf32>) {
    %b = tenon.matmul %a, %a : tensor<4x4xf32>, tensor<4x4xf32>
    %c = tenon.matmul %b, %a : tensor<4x4xf32>, tensor<4x4xf32>
    %w = tenon.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
    %d = tenon.reshape %c : tensor<4x4xf32> to tensor<16xf32>
    tenon.yield %c, %d : tensor<4x4xf32>, tensor<16xf32>
  }
  %2 = tenon.group () : () -> tensor<4x4xf32> {
    %r = tenon.recipe : tensor<4x4xf32> {
      %c = tenon.constant dense<1.0> : tensor<4x4xf32>
      tenon.yield %c : tensor<4x4xf32>
    }
    tenon.yield %r : tensor<4x4xf32>
  }
  %3 = tenon.reshape %1#0 : tensor<4x4xf32> to tensor<16xf32>
  return %3, %1#0, %x, %2 : tensor<16xf32>, tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>
}

//--- outline.mlir
// CHECK: error: 'tenon.constant' op is a weight outside a recipe
func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  %w = tenon.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
  %y = tenon.group (%a = %x, %b = %w) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32> {
    %c = tenon.add %a, %b : tensor<4xf32>
    tenon.yield %c : tensor<4xf32>
  }
  return %y : tensor<4xf32>
}

//--- good.mlir
// CHECK: error: no phase 'bogus' has a contract here
// CONFIGURE: error: configure left a group without a kernel
func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  %w = tenon.recipe : tensor<4xf32> {
    %c = tenon.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
    tenon.yield %c : tensor<4xf32>
  }
  %y = tenon.group (%a = %x, %b = %w) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32> {
    %c = tenon.add %a, %b : tensor<4xf32>
    tenon.yield %c : tensor<4xf32>
  }
  return %y : tensor<4xf32>
}
