// RUN: tenon-opt %s --tenon-fuse --split-input-file | FileCheck %s

// A chain is one group, with all that is read outside it as results. The
// splat goes in.
// CHECK-LABEL: func @chain
// CHECK-NOT: tenon.constant
// CHECK: %[[G:.*]]:2 = tenon.group (%{{.*}} = %arg0) :
// CHECK-NEXT: %[[E:.*]] = tenon.exp
// CHECK-NEXT: %[[C:.*]] = tenon.constant dense<2.0
// CHECK: %[[M:.*]] = tenon.mul
// CHECK: %[[A:.*]] = tenon.add
// CHECK: tenon.yield %[[M]], %[[A]]
// CHECK: return %[[G]]#0, %[[G]]#1
func.func @chain(%x: tensor<4x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xf32>) {
  %c = tenon.constant dense<2.0> : tensor<4x8xf32>
  %0 = tenon.exp %x : tensor<4x8xf32>
  %1 = tenon.mul %0, %c : tensor<4x8xf32>
  %2 = tenon.add %1, %0 : tensor<4x8xf32>
  return %1, %2 : tensor<4x8xf32>, tensor<4x8xf32>
}

// -----

// Work before and behind a transpose: one group.
// CHECK-LABEL: func @transpose
// CHECK: tenon.group
// CHECK-NEXT: tenon.relu
// CHECK-NEXT: tenon.transpose
// CHECK-NEXT: tenon.exp
// CHECK-NEXT: tenon.yield
// CHECK-NOT: tenon.group
func.func @transpose(%x: tensor<4x8xf32>) -> tensor<8x4xf32> {
  %0 = tenon.relu %x : tensor<4x8xf32>
  %1 = tenon.transpose %0 permutation [1, 0] : tensor<4x8xf32>
  %2 = tenon.exp %1 : tensor<8x4xf32>
  return %2 : tensor<8x4xf32>
}

// -----

// exp of 8 elements stays 8 exps: a broadcast does not take it in. The
// broadcast itself goes to its reader.
// CHECK-LABEL: func @repeated
// CHECK: %[[E:.*]] = tenon.group {{.*}} -> tensor<8xf32> {
// CHECK-NEXT: tenon.exp
// CHECK-NEXT: tenon.yield
// CHECK: tenon.group ({{.*}} = %[[E]])
// CHECK-NEXT: tenon.broadcast
// CHECK-NEXT: tenon.add
// CHECK-NEXT: tenon.yield
func.func @repeated(%x: tensor<4x8xf32>, %y: tensor<8xf32>) -> tensor<4x8xf32> {
  %0 = tenon.exp %y : tensor<8xf32>
  %1 = tenon.broadcast %0 dims [1] : tensor<8xf32> to tensor<4x8xf32>
  %2 = tenon.add %x, %1 : tensor<4x8xf32>
  return %2 : tensor<4x8xf32>
}

// -----

// What a contraction or an opaque op reads is in memory, broadcasts included.
// CHECK-LABEL: func @memory
// CHECK: tenon.group
// CHECK-NEXT: tenon.broadcast
// CHECK-NEXT: tenon.yield
// CHECK: tenon.group
// CHECK-NEXT: tenon.matmul
// CHECK-NEXT: tenon.yield
// CHECK: tenon.group
// CHECK-NEXT: tenon.concat
// CHECK-NEXT: tenon.yield
func.func @memory(%x: tensor<4x4xf32>, %y: tensor<4xf32>) -> tensor<4x8xf32> {
  %0 = tenon.broadcast %y dims [1] : tensor<4xf32> to tensor<4x4xf32>
  %1 = tenon.matmul %x, %0 : tensor<4x4xf32>, tensor<4x4xf32>
  %2 = tenon.concat %1, %0 axis 1 : tensor<4x4xf32>, tensor<4x4xf32>
  return %2 : tensor<4x8xf32>
}

// -----

// A large splat that a matmul reads is written by a kernel: no weight of its
// size is stored in the artifact.
// CHECK-LABEL: func @lazy
// CHECK: tenon.group () : () -> tensor<64x1024xf32>
// CHECK-NEXT: tenon.constant dense<1.0
// CHECK-NEXT: tenon.yield
func.func @lazy(%x: tensor<4x64xf32>) -> tensor<4x1024xf32> {
  %w = tenon.constant dense<1.0> : tensor<64x1024xf32>
  %0 = tenon.matmul %x, %w : tensor<4x64xf32>, tensor<64x1024xf32>
  return %0 : tensor<4x1024xf32>
}

// -----

// A group has a largest size.
// RUN: tenon-opt %s --tenon-fuse=max-ops=2 --split-input-file | FileCheck %s --check-prefix=SMALL
// SMALL-LABEL: func @long
// SMALL: tenon.group
// SMALL-NEXT: tenon.exp
// SMALL-NEXT: tenon.sin
// SMALL-NEXT: tenon.yield
// SMALL: tenon.group
// SMALL-NEXT: tenon.cos
// SMALL-NEXT: tenon.yield
func.func @long(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tenon.exp %x : tensor<4xf32>
  %1 = tenon.sin %0 : tensor<4xf32>
  %2 = tenon.cos %1 : tensor<4xf32>
  return %2 : tensor<4xf32>
}
