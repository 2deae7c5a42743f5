//===-- Passes.td - kernels become loops -----------------------*- tablegen -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_CODEGEN_PASSES_TD
#define TENON_CODEGEN_PASSES_TD

include "mlir/Pass/PassBase.td"

def TilePass : Pass<"tenon-tile", "::mlir::ModuleOp"> {
  let summary = "Kernels become loops over registers";
  let description = [{
    Each `tnrt.kernel` becomes the `func.func` of its name that the compiler
    generates from it, as the loop nest and tiles in its `#tenon.kernel` say:
    pointers in, scalars and 1-D vectors inside, nothing returned. Everything
    else in the module stays.

    Tests: `test/Codegen/CPU/tile-contract.mlir`, `tile-map.mlir`,
    `tile-errors.mlir`.
  }];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::func::FuncDialect", "::mlir::LLVM::LLVMDialect",
    "::mlir::math::MathDialect", "::mlir::scf::SCFDialect", "::mlir::vector::VectorDialect"];
}

def CheckGeneratedPass : Pass<"tenon-check-generated", "::mlir::ModuleOp"> {
  let summary = "Check what code generation promises, without running it";
  let description = [{
    Runs the check that follows the generation of every kernel: no tensor, no
    tenon op and no allocation is left.

    Tests: `test/Codegen/CPU/contract.mlir`.
  }];
}

#endif
