// What a user can get wrong on the command line: one line that says it, no IR.
// RUN: rm -rf %t && mkdir -p %t/folder.mlir %t/folder.onnx
// RUN: not tenonc %t/none.mlir 2>&1 | FileCheck %s --check-prefix=NONE --implicit-check-not=func
// RUN: not tenonc %t/folder.mlir 2>&1 | FileCheck %s --check-prefix=FOLDER
// RUN: not tenonc %t/folder.onnx 2>&1 | FileCheck %s --check-prefix=FOLDER
// RUN: not tenonc %s -o %t/none/x.so 2>&1 | FileCheck %s --check-prefix=WRITE --implicit-check-not="current operation"
// RUN: not tenonc %s -o %t/folder.mlir 2>&1 | FileCheck %s --check-prefix=OVER
// RUN: not tenonc %s --emit=asm -o %t/none/x.s 2>&1 | FileCheck %s --check-prefix=WRITE
// RUN: not tenonc %s --compile-to=fuse -o %t/none/x.mlir 2>&1 | FileCheck %s --check-prefix=WRITE
// RUN: not tenonc %s --dump-phases-to=%s/phases -o %t/x.so 2>&1 | FileCheck %s --check-prefix=DUMP
// RUN: not tenonc %s -o - 2>&1 | FileCheck %s --check-prefix=STDOUT
// RUN: not tenonc %s --cpu=pentium -o %t/x.so 2>&1 | FileCheck %s --check-prefix=CPU
// RUN: not tenonc %s --target=cuda -o %t/x.so 2>&1 | FileCheck %s --check-prefix=TARGET
// RUN: not tenonc %s --fuse=no -o %t/x.so 2>&1 | FileCheck %s --check-prefix=FUSE
// RUN: not tenonc %s --compile-to=bogus -o %t/x.so 2>&1 | FileCheck %s --check-prefix=PHASE
// RUN: not tenonc %s --max-threads=0 -o %t/x.so 2>&1 | FileCheck %s --check-prefix=THREADS
// RUN: not tenonc %s --dim batch -o %t/x.so 2>&1 | FileCheck %s --check-prefix=DIM
// RUN: not tenonc %s --tiles=%t/none -o %t/x.so 2>&1 | FileCheck %s --check-prefix=TILES
// RUN: env PATH=%t not %{tools}/tenonc %s --emit=exe -o %t/x 2>&1 | FileCheck %s --check-prefix=CC
// RUN: not ls %t/x.so

// NONE: error: cannot read '{{.*}}none.mlir': No such file or directory
// FOLDER: error: cannot read '{{.*}}folder.{{mlir|onnx}}': Is a directory
// WRITE: error: {{.*}}none/x{{.*}}No such file or directory
// OVER: error: cannot write {{.*}}folder.mlir: Is a directory
// DUMP: error: cannot make {{.*}}phases: Not a directory
// STDOUT: error: a library or program cannot go to standard output; name a file: -o FILE
// CPU: error: unknown CPU 'pentium'; choose --cpu=x86-64-v3, --cpu=x86-64-v4 or --cpu=native
// TARGET: error: unknown target 'cuda'; choose --target=cpu or --target=ref
// FUSE: error: --fuse takes on or off, not 'no'
// PHASE: error: unknown phase 'bogus'; choose one of import, gradient, simplify, layout, fuse, configure, plan, lower
// THREADS: error: --max-threads must be 1 to 1024
// DIM: error: --dim takes name=N with N at least 1, not 'batch'
// TILES: error: cannot read the tile rules '{{.*}}none': No such file or directory
// CC: error: cannot find cc; install it: apt-get install gcc libc6-dev

func.func @main(%a: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tenon.exp %a : tensor<4xf32>
  return %0 : tensor<4xf32>
}
