//===-- Passes.td - from groups to a schedule ------------------*- tablegen -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_CONVERSION_PASSES_TD
#define TENON_CONVERSION_PASSES_TD

include "mlir/Pass/PassBase.td"

def LowerPass : Pass<"tenon-lower", "::mlir::ModuleOp"> {
  let summary = "Turn planned groups into launches of distinct kernels";
  let description = [{
    Each planned function becomes a `tnrt.schedule`; each distinct group body
    (equal ops, attributes, types and kernel) becomes one `tnrt.kernel`, however
    many launches share it. Recipes stay, as they are the weight section.

    Tests: `test/Conversion/TenonToTnrt/lower.mlir`.
  }];
  let dependentDialects = ["::tenon::tnrt::TnrtDialect"];
}

def CheckLoweredPass : Pass<"tenon-check-lowered", "::mlir::ModuleOp"> {
  let summary = "Check a schedule that stands in the IR";
  let description = [{
    Runs the check that the pipeline runs after `tenon-lower`: every launch runs
    all tiles of a kernel that is there, on buffers that exist and are as large
    as the kernel takes them to be.

    Tests: `test/Conversion/TenonToTnrt/bad-schedules.mlir`.
  }];
}

#endif
