//===-- Passes.td - the interpreter as a pass ----------------*- tablegen -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_REFERENCE_PASSES_TD
#define TENON_REFERENCE_PASSES_TD

include "mlir/Pass/PassBase.td"

def EvaluatePass : Pass<"tenon-evaluate", "::mlir::ModuleOp"> {
  let summary = "Run @main on the reference interpreter and check its results";
  let description = [{
    Operands and expectations stand in the IR, so that one file says what an op
    computes, for the interpreter and for every code generator.

    Each argument of `@main` has its value in `tenon.value`. A result with
    `tenon.expected` must equal it to the bit; with `tenon.ulps` as well it may
    differ by so many units in the last place of the expected element. NaN
    equals NaN. The first element that differs is a diagnostic.

    With `outputs-to` the operands are written to that folder as `input_N.npy`
    and what the interpreter computed as `output_N.npy`, which is what
    `tenon-run verify --dir` compares an artifact with.

    ```mlir
    func.func @main(%x: tensor<2xf32> {tenon.value = dense<[4.0, 9.0]> : tensor<2xf32>})
        -> (tensor<2xf32> {tenon.expected = dense<[2.0, 3.0]> : tensor<2xf32>}) {
      %y = tenon.sqrt %x : tensor<2xf32>
      return %y : tensor<2xf32>
    }
    ```

    Tests: `test/Reference/evaluate.mlir`, and all of `test/Ops`.
  }];
  let options = [
    Option<"outputsTo", "outputs-to", "std::string", "",
           "Folder for operands and results as .npy files">];
}

#endif
