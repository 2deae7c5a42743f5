// RUN: tenon-opt %s --tenon-tile | FileCheck %s

// Pure operations stand in the order of who reads whom, not of who was built
// first: that is up to the C++ compiler where one call builds two of them.

// exp's last steps are fma(p, r * r, r): p is the first operand. Of the masked
// rest, the address is the first operand of the load and the mask the second.
// CHECK-LABEL: func.func @exp_0(
// CHECK: %[[R:.*]] = math.fma
// CHECK: %[[R2:.*]] = math.fma %{{.*}}, %{{.*}}, %[[R]]
// CHECK-NOT: arith.mulf %[[R2]], %[[R2]]
// CHECK-COUNT-5: math.fma
// CHECK-NOT: math.fma
// CHECK: %[[SQUARE:.*]] = arith.mulf %[[R2]], %[[R2]]
// CHECK: math.fma %{{.*}}, %[[SQUARE]], %[[R2]]
// CHECK: scf.if
// CHECK-NOT: arith.cmpi
// CHECK: %[[P:.*]] = llvm.getelementptr
// CHECK: %[[M:.*]] = arith.cmpi slt
// CHECK: llvm.intr.masked.load %[[P]], %[[M]]
tnrt.kernel @exp_0 #tenon.kernel<"map", tiles = [16, 1024, 1], workspace = 0, grid = 3> {
^bb0(%x: tensor<3000xf32>):
  %0 = tenon.exp %x : tensor<3000xf32>
  tenon.yield %0 : tensor<3000xf32>
}

// What follows from one load is computed before the next one.
// CHECK-LABEL: func.func @add_1(
// CHECK: %[[X:.*]] = llvm.load %{{.*}} -> vector<16xf32>
// CHECK: %[[SX:.*]] = math.sqrt %[[X]]
// CHECK: %[[Y:.*]] = llvm.load %{{.*}} -> vector<16xf32>
// CHECK: %[[SY:.*]] = math.sqrt %[[Y]]
// CHECK: arith.addf %[[SX]], %[[SY]]
tnrt.kernel @add_1 #tenon.kernel<"map", tiles = [16, 1024, 1], workspace = 0, grid = 1> {
^bb0(%x: tensor<1024xf32>, %y: tensor<1024xf32>):
  %0 = tenon.sqrt %x : tensor<1024xf32>
  %1 = tenon.sqrt %y : tensor<1024xf32>
  %2 = tenon.add %0, %1 : tensor<1024xf32>
  tenon.yield %2 : tensor<1024xf32>
}
