// RUN: rm -rf %t && mkdir %t && split-file %s %t
// RUN: tenon-opt %t/agrees.mlir --tenon-evaluate=outputs-to=%t/out -o /dev/null
// RUN: ls %t/out | FileCheck %s --check-prefix=FILES
// RUN: not tenon-opt %t/differs.mlir --tenon-evaluate 2>&1 | FileCheck %s --check-prefix=DIFFERS
// RUN: not tenon-opt %t/open.mlir --tenon-evaluate 2>&1 | FileCheck %s --check-prefix=OPEN
// RUN: not tenon-opt %t/empty.mlir --tenon-evaluate 2>&1 | FileCheck %s --check-prefix=EMPTY

// FILES: input_0.npy
// FILES-NEXT: output_0.npy
// FILES-NEXT: output_1.npy

//--- agrees.mlir
func.func @main(%x: tensor<2xf32> {tenon.value = dense<[4.0, 9.0]> : tensor<2xf32>})
    -> (tensor<2xf32> {tenon.expected = dense<[2.0, 3.0]> : tensor<2xf32>},
        tensor<2xf32> {tenon.expected = dense<[54.0, 8103.0]> : tensor<2xf32>, tenon.ulps = 1.6e5 : f64}) {
  %y = tenon.sqrt %x : tensor<2xf32>
  %z = tenon.exp %x : tensor<2xf32>
  return %y, %z : tensor<2xf32>, tensor<2xf32>
}

//--- differs.mlir
// DIFFERS: element 1 of result 0 is 3{{.*}} (0x1.8p+1), expected 4{{.*}} (0x1p+2)
func.func @main(%x: tensor<2xf32> {tenon.value = dense<[4.0, 9.0]> : tensor<2xf32>})
    -> (tensor<2xf32> {tenon.expected = dense<[2.0, 4.0]> : tensor<2xf32>}) {
  %y = tenon.sqrt %x : tensor<2xf32>
  return %y : tensor<2xf32>
}

//--- open.mlir
// OPEN: argument 0 has no value: give it an attribute tenon.value
func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> {
  return %x : tensor<2xf32>
}

//--- empty.mlir
// EMPTY: the module has no function @main to evaluate
module {}
