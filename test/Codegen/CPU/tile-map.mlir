// RUN: tenon-opt %s --tenon-tile | FileCheck %s

// Flat: one loop over the collapsed tensor, 16 elements at a time, in tiles of
// 1024. 3000 is 187 vectors and 8 elements, which are masked.
// CHECK-LABEL: func.func @sqrt_add_0(
// CHECK-DAG: arith.constant 1024 : index
// CHECK-DAG: arith.constant 2992 : index
// CHECK: scf.for
// CHECK: %[[X:.*]] = llvm.load %{{.*}} -> vector<16xf32>
// CHECK: %[[S:.*]] = math.sqrt %[[X]] : vector<16xf32>
// CHECK: %[[Y:.*]] = arith.addf %[[S]], %{{.*}} : vector<16xf32>
// CHECK: llvm.store %[[Y]]
// CHECK: scf.if
// CHECK: llvm.intr.masked.load
// CHECK: llvm.intr.masked.store
// CHECK-NOT: llvm.store
// CHECK: return
tnrt.kernel @sqrt_add_0 #tenon.kernel<"map", tiles = [16, 1024, 1], workspace = 0, grid = 3> {
^bb0(%x: tensor<3000xf32>, %z: tensor<3000xf32>):
  %0 = tenon.sqrt %x : tensor<3000xf32>
  %1 = tenon.add %0, %z : tensor<3000xf32>
  tenon.yield %1 : tensor<3000xf32>
}

// A transpose is read where its elements are; nothing is stored in between.
// CHECK-LABEL: func.func @transpose_exp_1(
// CHECK: scf.for
// CHECK-NOT: vector<16xf32>
// CHECK: math.sqrt %{{.*}} : f32
// CHECK: llvm.store
// CHECK-NOT: llvm.store
// CHECK: return
tnrt.kernel @transpose_exp_1 #tenon.kernel<"map", tiles = [1, 8, 0], workspace = 0, grid = 3> {
^bb0(%x: tensor<5x24xf32>):
  %0 = tenon.transpose %x permutation [1, 0] : tensor<5x24xf32>
  %1 = tenon.sqrt %0 : tensor<24x5xf32>
  tenon.yield %1 : tensor<24x5xf32>
}
