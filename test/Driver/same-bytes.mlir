// An artifact's bytes depend on the model, the compiler and its flags: not on
// the folder, the run or the number of threads that compile.
// RUN: rm -rf %t && mkdir -p %t/here %t/there/deeper
// RUN: cp %s %t/here/model.mlir && cp %s %t/there/deeper/model.mlir
// RUN: cd %t/here && tenonc model.mlir --cpu=x86-64-v3 --compile-threads=1 -o model.so
// RUN: cd %t/there/deeper && tenonc %t/there/deeper/model.mlir --cpu=x86-64-v3 --compile-threads=4 -o ../other.so
// RUN: cmp %t/here/model.so %t/there/other.so
// RUN: cd %t/here && tenonc model.mlir --cpu=x86-64-v3 -o again.so && cmp model.so again.so
// RUN: tenonc %t/here/model.mlir --cpu=x86-64-v3 --emit=asm --compile-threads=1 -o %t/one.s
// RUN: tenonc %t/here/model.mlir --cpu=x86-64-v3 --emit=asm --compile-threads=3 -o %t/three.s
// RUN: cmp %t/one.s %t/three.s

// Nothing says where or when it was made.
// RUN: not grep -c "%t" %t/here/model.so

// Another level is another file: the comparison above can fail.
// RUN: tenonc %t/here/model.mlir --cpu=x86-64-v4 -o %t/v4.so
// RUN: not cmp %t/v4.so %t/here/model.so

func.func @main(%x: tensor<32x32xf32>) -> (tensor<32x32xf32>, tensor<32x32xf32>, tensor<32xf32>) {
  %0 = tenon.matmul %x, %x : tensor<32x32xf32>, tensor<32x32xf32>
  %1 = tenon.tanh %x : tensor<32x32xf32>
  %2 = tenon.reduce_sum %x dims [1] : tensor<32x32xf32>
  return %0, %1, %2 : tensor<32x32xf32>, tensor<32x32xf32>, tensor<32xf32>
}
