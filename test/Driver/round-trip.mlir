// The IR after each phase is a model like any other: compiled from there on, it
// gives the same file, names of nodes included.
// RUN: rm -rf %t && mkdir -p %t
// RUN: tenonc %s --cpu=x86-64-v3 -o %t/whole.so --dump-phases-to=%t/phases
// RUN: tenonc %s --cpu=x86-64-v3 --compile-to=import -o %t/import.mlir
// RUN: tenonc %t/import.mlir --cpu=x86-64-v3 -o %t/import.so && cmp %t/import.so %t/whole.so
// RUN: tenonc %s --cpu=x86-64-v3 --compile-to=simplify -o %t/simplify.mlir
// RUN: tenonc %t/simplify.mlir --cpu=x86-64-v3 -o %t/simplify.so && cmp %t/simplify.so %t/whole.so
// RUN: tenonc %s --cpu=x86-64-v3 --compile-to=layout -o %t/layout.mlir
// RUN: tenonc %t/layout.mlir --cpu=x86-64-v3 -o %t/layout.so && cmp %t/layout.so %t/whole.so
// RUN: tenonc %s --cpu=x86-64-v3 --compile-to=fuse -o %t/fuse.mlir
// RUN: tenonc %t/fuse.mlir --cpu=x86-64-v3 -o %t/fuse.so && cmp %t/fuse.so %t/whole.so
// RUN: tenonc %s --cpu=x86-64-v3 --compile-to=configure -o %t/configure.mlir
// RUN: tenonc %t/configure.mlir --cpu=x86-64-v3 -o %t/configure.so && cmp %t/configure.so %t/whole.so
// RUN: tenonc %s --cpu=x86-64-v3 --compile-to=plan -o %t/plan.mlir
// RUN: tenonc %t/plan.mlir --cpu=x86-64-v3 -o %t/plan.so && cmp %t/plan.so %t/whole.so
// RUN: tenonc %s --cpu=x86-64-v3 --compile-to=lower -o %t/lower.mlir
// RUN: tenonc %t/lower.mlir --cpu=x86-64-v3 -o %t/lower.so && cmp %t/lower.so %t/whole.so

// tenon-opt reads them as well, and each pass of the pipeline runs alone.
// RUN: tenon-opt %t/import.mlir --tenon-gradient --tenon-simplify -o %t/1.mlir
// RUN: tenon-opt %t/1.mlir --tenon-layout -o %t/2.mlir
// RUN: tenon-opt %t/2.mlir --tenon-fuse -o %t/3.mlir
// RUN: tenon-opt %t/3.mlir --tenon-configure=cpu=x86-64-v3 --tenon-outline-recipes -o %t/4.mlir
// RUN: tenon-opt %t/4.mlir --tenon-plan -o %t/5.mlir
// RUN: tenon-opt %t/5.mlir --tenon-lower -o %t/6.mlir
// RUN: tenon-opt %t/6.mlir --tenon-tile | FileCheck %s --check-prefix=TILE
// TILE-NOT: tnrt.kernel
// TILE: func.func @conv_
// TILE: math.fma

// One file a phase, in order; weights are left out of them.
// RUN: ls %t/phases | FileCheck %s --check-prefix=FILES
// FILES: 00-import.mlir
// FILES-NEXT: 01-gradient.mlir
// FILES-NEXT: 02-simplify.mlir
// FILES-NEXT: 03-layout.mlir
// FILES-NEXT: 04-fuse.mlir
// FILES-NEXT: 05-configure.mlir
// FILES-NEXT: 06-plan.mlir
// FILES-NEXT: 07-lower.mlir
// FILES-NOT: {{.}}

// A module cannot go back, nor to a phase that there is not; and it keeps the
// contract of the phase that it claims to have been through.
// RUN: not tenonc %t/plan.mlir --compile-to=fuse -o - 2>&1 | FileCheck %s --check-prefix=BACK
// BACK: error: the module has been through phase "plan" already, which is later than 'fuse'
// RUN: sed 's/tenon.phase = "plan"/tenon.phase = "emit"/' %t/plan.mlir > %t/claim.mlir
// RUN: not tenonc %t/claim.mlir -o %t/claim.so 2>&1 | FileCheck %s --check-prefix=CLAIM
// CLAIM: error: tenon.phase is "emit", which is no phase
// RUN: sed 's/tenon.phase = "simplify"/tenon.phase = "lower"/' %t/simplify.mlir > %t/false.mlir
// RUN: not tenonc %t/false.mlir -o %t/claim.so 2>&1 | FileCheck %s --check-prefix=FALSE
// FALSE: error: lower left no @main with its schedule @step_main
// RUN: not ls %t/claim.so

module attributes {tenon.model_name = "round"} {
  func.func @main(%x: tensor<1x3x8x8xf32>) -> tensor<1x4xf32> attributes {tenon.input_names = ["x"], tenon.output_names = ["y"]} {
    %w = tenon.constant dense<0.125> : tensor<4x3x3x3xf32> loc("w")
    %0 = tenon.conv %x, %w channels_first strides [1, 1] low [1, 1] high [1, 1]
         dilations [1, 1] groups 1 : tensor<1x3x8x8xf32>, tensor<4x3x3x3xf32> loc("conv1")
    %1 = tenon.relu %0 : tensor<1x4x8x8xf32> loc("relu1")
    %2 = tenon.reduce_max %1 dims [2, 3] : tensor<1x4x8x8xf32> loc("pool")
    %v = tenon.constant dense<[[1.0, 2.0, 3.0, 4.0], [0.5, 0.25, 0.125, 1.0], [-1.0, 1.0, -1.0, 1.0], [3.0, 1.0, 4.0, 1.0]]> : tensor<4x4xf32>
    %3 = tenon.matmul %2, %v : tensor<1x4xf32>, tensor<4x4xf32> loc("fc")
    return %3 : tensor<1x4xf32>
  }
}
