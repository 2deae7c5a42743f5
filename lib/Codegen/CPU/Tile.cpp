//===-- Tile.cpp - kernels as loops, and the check of what is left --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Codegen/Kernel.h"
#include "tenon/Codegen/Passes.h"

#include "dialects/Tnrt/Tnrt.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace tenon {
#define GEN_PASS_DEF_CHECKGENERATEDPASS
#define GEN_PASS_DEF_TILEPASS
#include "tenon/Codegen/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace tenon;

/// Why this op must not be in generated code; empty when it may.
static StringRef objection(Operation *op) {
  if (isa<TenonDialect>(op->getDialect()))
    return "is a tenon op";
  // A kernel's memory is its arguments and its workspace.
  if (isa<LLVM::AllocaOp, LLVM::CallOp, func::CallOp>(op))
    return "may allocate";
  if (!isa<arith::ArithDialect, cf::ControlFlowDialect, func::FuncDialect,
           LLVM::LLVMDialect, math::MathDialect, scf::SCFDialect, ub::UBDialect,
           vector::VectorDialect>(op->getDialect()))
    return "is of no dialect that code generation ends in";
  auto inMemory = [](Type t) { return isa<TensorType, BaseMemRefType>(t); };
  if (llvm::any_of(op->getOperandTypes(), inMemory) ||
      llvm::any_of(op->getResultTypes(), inMemory))
    return "holds a tensor";
  return {};
}

LogicalResult tenon::checkGenerated(func::FuncOp kernel) {
  bool ok = true;
  kernel.walk(
      [&](Operation *op) {
        if (StringRef why = objection(op); !why.empty()) {
          op->emitOpError(why)
              << " and is left in generated code (an internal error)";
          ok = false;
        }
      });
  return success(ok);
}

namespace {

struct Tile : tenon::impl::TilePassBase<Tile> {
  void runOnOperation() override {
    for (auto kernel :
         llvm::to_vector(getOperation().getOps<tnrt::KernelOp>())) {
      auto config = dyn_cast<KernelAttr>(kernel.getConfig());
      if (!config) {
        kernel.emitError("has no #tenon.kernel");
        return signalPassFailure();
      }
      auto function = emitKernel(getOperation(), kernel.getSymName(),
                                 kernel.getBody(), config);
      if (failed(function))
        return signalPassFailure();
      // In its place: the order of kernels is the order of their first launch.
      (*function)->moveBefore(kernel);
      kernel.erase();
      if (failed(checkGenerated(*function)))
        return signalPassFailure();
    }
  }
};

struct CheckGenerated : tenon::impl::CheckGeneratedPassBase<CheckGenerated> {
  void runOnOperation() override {
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (failed(checkGenerated(function)))
        signalPassFailure();
  }
};

} // namespace
