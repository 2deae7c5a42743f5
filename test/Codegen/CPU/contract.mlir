// RUN: not tenon-opt %s --tenon-check-generated --split-input-file 2>&1 | FileCheck %s

// CHECK: error: 'tenon.exp' op is a tenon op and is left in generated code (an internal error)
func.func @op(%x: tensor<4xf32>) {
  %0 = tenon.exp %x : tensor<4xf32>
  return
}

// -----

// CHECK: error: 'arith.addf' op holds a tensor and is left in generated code
func.func @tensor(%x: tensor<4xf32>) {
  %0 = arith.addf %x, %x : tensor<4xf32>
  return
}

// -----

// CHECK: error: 'llvm.alloca' op may allocate and is left in generated code
func.func @stack(%n: i64) {
  %0 = llvm.alloca %n x f32 : (i64) -> !llvm.ptr
  return
}

// -----

// CHECK: error: 'llvm.call' op may allocate and is left in generated code
llvm.func @malloc(i64) -> !llvm.ptr
func.func @heap(%n: i64) {
  %0 = llvm.call @malloc(%n) : (i64) -> !llvm.ptr
  return
}

// -----

// Nothing is wrong with this one.
// CHECK-NOT: error:
func.func @good(%p: !llvm.ptr, %x: vector<16xf32>) {
  %0 = math.fma %x, %x, %x : vector<16xf32>
  llvm.store %0, %p : vector<16xf32>, !llvm.ptr
  return
}
