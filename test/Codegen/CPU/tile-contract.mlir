// RUN: tenon-opt %s --tenon-tile | FileCheck %s
// RUN: tenon-opt %s --tenon-tile | FileCheck %s --check-prefix=CLEAN
// RUN: tenon-opt %s --tenon-tile | tenon-opt --tenon-check-generated -o /dev/null

// A tile of 6 rows by 2 vectors: 12 accumulators in registers for all of k. A
// step of the loop is 4 of k: for each, 2 vectors of the panel and 6 repeated
// elements make 12 fma. Nothing is stored before the relu.
// CHECK-LABEL: func.func @matmul_relu_0(
// CHECK-SAME: !llvm.ptr, %{{.*}}: i64, %{{.*}}: i64, %{{.*}}: !llvm.ptr) {
// CHECK: scf.for
// CHECK: scf.for
// CHECK-NOT: llvm.store
// CHECK: scf.for {{.*}} -> (vector<16xf32>, vector<16xf32>, vector<16xf32>, vector<16xf32>, vector<16xf32>, vector<16xf32>, vector<16xf32>, vector<16xf32>, vector<16xf32>, vector<16xf32>, vector<16xf32>, vector<16xf32>) {
// CHECK-NOT: llvm.store
// CHECK-COUNT-48: math.fma %{{.*}} : vector<16xf32>
// CHECK-NOT: math.fma
// CHECK: scf.yield
// 24 rows are two whole blocks of 12 and 64 columns two whole panels: there is
// no second copy of the tile for what is left over, and no mask.
// CHECK-NOT: masked
// CHECK-COUNT-12: llvm.store %{{.*}} : vector<16xf32>, !llvm.ptr
// CHECK-NOT: llvm.store
// CHECK: return

// CLEAN-NOT: tensor
// CLEAN-NOT: tenon.
// CLEAN-NOT: tnrt.
// CLEAN-NOT: alloc
tnrt.kernel @matmul_relu_0 #tenon.kernel<"contract", tiles = [6, 2, 12, 1], workspace = 0, grid = 4> {
^bb0(%x: tensor<24x64xf32>, %w: tensor<2x64x32xf32>):
  %0 = tenon.unpack %w : tensor<2x64x32xf32> to tensor<64x64xf32>
  %1 = tenon.matmul %x, %0 : tensor<24x64xf32>, tensor<64x64xf32>
  %2 = tenon.relu %1 : tensor<24x64xf32>
  tenon.yield %2 : tensor<24x64xf32>
}

// 7 rows: a tile of 6 and a tile of 1, both of 2 vectors; 3 of k need no loop
// of 4. 20 columns: the second vector is masked in loads and stores.
// CHECK-LABEL: func.func @rest_1(
// CHECK-COUNT-36: math.fma
// CHECK: scf.if
// CHECK-COUNT-6: math.fma
// CHECK-NOT: math.fma
// CHECK: llvm.intr.masked.store
// CHECK: return
tnrt.kernel @rest_1 #tenon.kernel<"contract", tiles = [6, 2, 6, 1], workspace = 0, grid = 2> {
^bb0(%x: tensor<7x3xf32>, %w: tensor<1x3x32xf32>):
  %0 = tenon.unpack %w : tensor<1x3x32xf32> to tensor<3x20xf32>
  %1 = tenon.matmul %x, %0 : tensor<7x3xf32>, tensor<3x20xf32>
  tenon.yield %1 : tensor<7x20xf32>
}
