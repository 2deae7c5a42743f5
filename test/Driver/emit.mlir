// Each kind of output, run where it can be run.
// RUN: rm -rf %t && mkdir -p %t && cd %t
// RUN: /usr/bin/python3 -c "import numpy as n; x = n.arange(20, dtype='f4').reshape(4, 5); n.save('a.npy', x); n.save('b.npy', 3 * x); n.save('y.npy', n.sqrt(4 * x)); n.save('short.npy', x[:3]); n.save('double.npy', x.astype('f8'))"
// RUN: tenonc %s -o add.so
// RUN: tenon-run run add.so --input input0=a.npy --input input1=b.npy --out so
// RUN: /usr/bin/python3 -c "import numpy as n; assert n.load('so/output0.npy').tobytes() == n.load('y.npy').tobytes()"
// RUN: tenonc %s --emit=exe -o add
// RUN: ./add run --input input0=a.npy --input input1=b.npy --out exe
// RUN: cmp so/output0.npy exe/output0.npy
// RUN: tenonc %s --emit=ir -o - | FileCheck %s --check-prefix=IR
// RUN: tenonc %s --emit=llvm -o - | FileCheck %s --check-prefix=LLVM
// RUN: tenonc %s --emit=asm --cpu=x86-64-v4 -o - | FileCheck %s --check-prefix=ASM4
// RUN: tenonc %s --emit=asm --cpu=x86-64-v3 -o - | FileCheck %s --check-prefix=ASM3
// IR: tnrt.kernel @add_sqrt_0
// IR: tnrt.schedule @step_main
// LLVM: define hidden void @tn_kernel_add_sqrt_0(ptr
// ASM4: vsqrtps {{.*}}%zmm
// ASM3-NOT: zmm
// ASM3: vsqrtps {{.*}}%ymm

// Without -o the model's name with the ending of its kind, here.
// RUN: cp %s model.mlir
// RUN: tenonc model.mlir && tenon-inspect model.so
// RUN: not tenon-inspect model.so --entry=step 2>&1 | FileCheck %s --check-prefix=ENTRY
// ENTRY: error: the artifact has no entry 'step'
// RUN: tenonc model.mlir --emit=exe && ./model info
// RUN: tenonc model.mlir --emit=llvm && ls model.ll
// RUN: tenonc model.mlir --emit=asm && ls model.s

// What one add costs, with the whole runtime inside.
// RUN: /usr/bin/python3 -c "import os; assert os.path.getsize('add.so') <= 200000, os.path.getsize('add.so')"

// Calls that do not fit the signature.
// RUN: not tenon-run run add.so --input input0=short.npy --input input1=b.npy --out o 2>&1 | FileCheck %s --check-prefix=SHAPE
// RUN: not tenon-run run add.so --input input0=double.npy --input input1=b.npy --out o 2>&1 | FileCheck %s --check-prefix=DTYPE
// RUN: not tenon-run run add.so --input input0=a.npy --out o 2>&1 | FileCheck %s --check-prefix=MISSING
// RUN: not tenon-run run add.so --input input9=a.npy --out o 2>&1 | FileCheck %s --check-prefix=NAME
// SHAPE: error: {{.*}}input0{{.*}}
// DTYPE: error: {{.*}}input0{{.*}}
// MISSING: error: {{.*}}input1
// NAME: error: {{.*}}input9

// Damaged artifacts: cut, and with one bit of the code or the metadata turned.
// RUN: head -c 3000 add.so > cut.so
// RUN: not tenon-run info cut.so 2>&1 | FileCheck %s --check-prefix=DAMAGED
// RUN: not tenon-inspect cut.so 2>&1 | FileCheck %s --check-prefix=DAMAGED
// RUN: /usr/bin/python3 -c "b = bytearray(open('add.so', 'rb').read()); b[len(b) // 2] ^= 4; open('bit.so', 'wb').write(b)"
// RUN: not tenon-run info bit.so 2>&1 | FileCheck %s --check-prefix=DAMAGED
// RUN: not tenon-inspect bit.so 2>&1 | FileCheck %s --check-prefix=DAMAGED
// RUN: not tenon-inspect %s 2>&1 | FileCheck %s --check-prefix=ALIEN
// DAMAGED: error: cannot open '{{.*}}.so':
// ALIEN: error: {{.*}}no artifact of tenonc (not an ELF file)

func.func @main(%a: tensor<4x5xf32>, %b: tensor<4x5xf32>) -> tensor<4x5xf32> {
  %0 = tenon.add %a, %b : tensor<4x5xf32>
  %1 = tenon.sqrt %0 : tensor<4x5xf32>
  return %1 : tensor<4x5xf32>
}
