// A page about memory: what is alive and what holds the peak, what runs again
// and what is proven, with names from the file as text.
// RUN: rm -rf %t && mkdir %t
// RUN: tenonc %s --fuse=off --cpu=x86-64-v3 --max-threads=1 -o %t/all.so --report=html
// RUN: FileCheck %s --check-prefix=ALL < %t/all.html
// RUN: tenonc %s --fuse=off --cpu=x86-64-v3 --max-threads=1 -o %t/tight.so --memory-budget=arena:40000 --report=html:%t/tight.html
// RUN: FileCheck %s --check-prefix=TIGHT < %t/tight.html
// RUN: tenon-inspect %t/tight.so --report=html:- > %t/inspected.html
// RUN: cmp %t/tight.html %t/inspected.html
// RUN: tenon-inspect %t/tight.so --memory | FileCheck %s --check-prefix=TEXT
//
// RUN: not tenon-inspect %t/tight.so --report=html --entry=step 2>&1 | FileCheck %s --check-prefix=ENTRY
// RUN: not tenonc %s -o %t/x.so --report=pdf 2>&1 | FileCheck %s --check-prefix=KIND
// RUN: not tenonc %s -o %t/x.s --emit=asm --report=html 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not tenonc %s -o %t/x.html --report=html 2>&1 | FileCheck %s --check-prefix=SELF
// RUN: not tenonc %s -o %t/x.so --report=html:%t/none/x.html 2>&1 | FileCheck %s --check-prefix=FOLDER
//
// ENTRY: error: the artifact has no entry 'step'
// KIND: error: --report takes html[:FILE], not 'pdf'
// NONE: error: --report is about an artifact, and none is made
// SELF: error: the report would overwrite {{.*}}x.html; name another file
// FOLDER: error: cannot write {{.*}}x.html: No such file or directory

// A chain of four and its way back, 16384 bytes a tensor, as in
// test/Plan/budget.mlir: the results of the first three are wanted again. With
// all kept, four are alive at once, when the fourth is made.
// ALL: <title>Memory of report</title>
// ALL-NOT: <script
// ALL: The arena takes <strong>64 KiB</strong>; there is no budget
// ALL: The arena is no larger than what is alive at the peak.
// ALL-NOT: budget-line"></i>
// ALL: 4 tensors are alive at launch <a href="#infer-3">3</a>
// ALL-SAME: <span class="name">h4</span>.</p>
// ALL-COUNT-4: <td class="n">25 %</td>{{.*}}<td class="plain">4096xf32</td>
// ALL: <details><summary>All 7 launches</summary>
// ALL-COUNT-1: <script>
// ALL-NOT: <script

// With two tensors at once, the second is made again from the first, which is
// made again, and then once more.
// TIGHT: The arena takes <strong>32 KiB</strong> of the 39.1 KiB
// TIGHT-SAME: with everything kept it would take 64 KiB
// TIGHT-SAME: <strong>3 of 10 launches run again</strong>
// TIGHT: budget-line"></i>budget for the arena 39.1 KiB
// TIGHT-SAME: without-line"></i>without the budget, arena 64 KiB
// TIGHT: <h3>What runs again</h3>
// TIGHT-DAG: <td class="n">16,384</td>{{.*}}&lt;script&gt;alert(1)&lt;/script&gt;{{.*}}>exp_
// TIGHT-DAG: <td class="n">16,384</td>{{.*}}&lt;/script&gt;&amp;&quot;h2{{.*}}>tanh_
// TIGHT-DAG: <td class="n">16,384</td>{{.*}}&lt;script&gt;alert(1)&lt;/script&gt;{{.*}}>exp_
// TIGHT: <h3>Certificate</h3>
// TIGHT: <dt>budget for the arena</dt><dd>40,000 bytes</dd><dt>arena with everything kept</dt><dd>65,536 bytes</dd>
// TIGHT-SAME: <dt>smallest arena found</dt><dd>32,768 bytes</dd><dt>no plan has an arena below</dt><dd>32,768 bytes</dd>
// TIGHT: <td class="n" data-c="without">64 KiB</td>
// TIGHT-COUNT-1: <script>
// TIGHT-NOT: <script

// TEXT: budget of infer: 40000 bytes for the arena, 65536 without recomputation, no plan whatever below 32768
// TEXT-COUNT-3: 32768 {{#+}} {{.*}} (again)

func.func @main(%x: tensor<4096xf32>) -> tensor<4096xf32> {
  %h1 = tenon.exp %x : tensor<4096xf32> loc("<script>alert(1)</script>")
  %h2 = tenon.tanh %h1 : tensor<4096xf32> loc("</script>&\22h2")
  %h3 = tenon.sin %h2 : tensor<4096xf32> loc("h3")
  %h4 = tenon.cos %h3 : tensor<4096xf32> loc("h4")
  %g3 = tenon.mul %h4, %h3 : tensor<4096xf32> loc("g3")
  %g2 = tenon.sub %g3, %h2 : tensor<4096xf32> loc("g2")
  %g1 = tenon.div %g2, %h1 : tensor<4096xf32> loc("g1")
  return %g1 : tensor<4096xf32>
}
