//===-- Passes.td - passes from tenon to tenon ---------------*- tablegen -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_TRANSFORMS_PASSES_TD
#define TENON_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

def SimplifyPass : Pass<"tenon-simplify", "::mlir::func::FuncOp"> {
  let summary = "Decompose composites, fold normalisation into contractions";
  let description = [{
    Exporters write one computation in many ways. This pass makes them one:
    composites become primitives, no-ops and dead code go, common
    subexpressions merge (constants with different resources are different).

    A per-channel factor after a convolution or matmul with constant weights
    moves into the weights, a per-channel shift into one shift: `(conv(x, w) + b)
    * s + t` becomes `conv(x, w * s) + (b * s + t)`. This moves roundings, and is
    therefore done here, before targets differ: it is part of the program's
    meaning. Zero padding of spatial dimensions moves into the convolution.

    Limits: a factor before a convolution stays, and so does one after a
    contraction with a second use.

    Tests: `test/Transforms/simplify.mlir`, `test/Transforms/fold-affine.mlir`.
  }];
  let dependentDialects = ["::tenon::TenonDialect"];
}

def CheckContractPass : Pass<"tenon-check-contract", "::mlir::func::FuncOp"> {
  let summary = "Check what a phase promises, without running it";
  let description = [{
    Runs the check that the pipeline runs after the phase of that name, so that
    each rule can be tested on IR that breaks it.

    Tests: `test/Transforms/contracts.mlir`.
  }];
  let options = [Option<"phase", "phase", "std::string", "\"\"",
      "gradient, simplify, layout, fuse or outline-recipes">];
}

#endif
