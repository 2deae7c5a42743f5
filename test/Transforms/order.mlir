// RUN: tenon-opt %s --tenon-order --split-input-file | FileCheck %s

// (x + y) * (x - y), built from the right and from the left: one order.
// CHECK-LABEL: func @right
// CHECK-NEXT: %[[S:.*]] = tenon.add
// CHECK-NEXT: %[[D:.*]] = tenon.sub
// CHECK-NEXT: tenon.mul %[[S]], %[[D]]
func.func @right(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %d = tenon.sub %x, %y : tensor<4xf32>
  %s = tenon.add %x, %y : tensor<4xf32>
  %p = tenon.mul %s, %d : tensor<4xf32>
  return %p : tensor<4xf32>
}
// CHECK-LABEL: func @left
// CHECK-NEXT: %[[S:.*]] = tenon.add
// CHECK-NEXT: %[[D:.*]] = tenon.sub
// CHECK-NEXT: tenon.mul %[[S]], %[[D]]
func.func @left(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %s = tenon.add %x, %y : tensor<4xf32>
  %d = tenon.sub %x, %y : tensor<4xf32>
  %p = tenon.mul %s, %d : tensor<4xf32>
  return %p : tensor<4xf32>
}

// -----

// The results decide: what the first one needs stands first, with its constants.
// CHECK-LABEL: func @results
// CHECK-NEXT: tenon.constant dense<2.0
// CHECK-NEXT: tenon.mul
// CHECK-NEXT: tenon.constant dense<3.0
// CHECK-NEXT: tenon.div
// CHECK-NEXT: return
func.func @results(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %3 = tenon.constant dense<3.0> : tensor<4xf32>
  %2 = tenon.constant dense<2.0> : tensor<4xf32>
  %q = tenon.div %x, %3 : tensor<4xf32>
  %p = tenon.mul %x, %2 : tensor<4xf32>
  return %p, %q : tensor<4xf32>, tensor<4xf32>
}

// -----

// A contraction stays, and nothing crosses it: %r, needed behind it, is computed
// before it, as it was.
// CHECK-LABEL: func @contractions
// CHECK: tenon.exp
// CHECK-NEXT: tenon.neg
// CHECK-NEXT: tenon.matmul
// CHECK-NEXT: tenon.abs
// CHECK-NEXT: tenon.add
func.func @contractions(%x: tensor<4x4xf32>) -> tensor<4x4xf32> {
  %r = tenon.neg %x : tensor<4x4xf32>
  %e = tenon.exp %x : tensor<4x4xf32>
  %m = tenon.matmul %e, %x : tensor<4x4xf32>, tensor<4x4xf32>
  %a = tenon.abs %m : tensor<4x4xf32>
  %s = tenon.add %a, %r : tensor<4x4xf32>
  return %s : tensor<4x4xf32>
}

// -----

// Nobody needs the matmul, which stays, nor %b, which goes with its reader.
// CHECK-LABEL: func @dead
// CHECK-NEXT: tenon.matmul
// CHECK-NEXT: return %arg0
func.func @dead(%x: tensor<4x4xf32>) -> tensor<4x4xf32> {
  %b = tenon.exp %x : tensor<4x4xf32>
  %m = tenon.matmul %x, %x : tensor<4x4xf32>, tensor<4x4xf32>
  %c = tenon.neg %b : tensor<4x4xf32>
  return %x : tensor<4x4xf32>
}

// -----

// So does a reduction.
// CHECK-LABEL: func @reductions
// CHECK-NEXT: tenon.exp
// CHECK-NEXT: tenon.reduce_sum
// CHECK-NEXT: tenon.neg
// CHECK-NEXT: tenon.reduce_max
func.func @reductions(%x: tensor<4x4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %e = tenon.exp %x : tensor<4x4xf32>
  %s = tenon.reduce_sum %e dims [1] : tensor<4x4xf32>
  %n = tenon.neg %x : tensor<4x4xf32>
  %m = tenon.reduce_max %n dims [1] : tensor<4x4xf32>
  return %m, %s : tensor<4xf32>, tensor<4xf32>
}
