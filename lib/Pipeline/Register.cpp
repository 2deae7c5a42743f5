//===-- Register.cpp - the only registration list -------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Pipeline/Register.h"

#include "dialects/Tenon/Tenon.h"
#include "dialects/Tnrt/Tnrt.h"
#include "tenon/Codegen/Passes.h"
#include "tenon/Conversion/Passes.h"
#include "tenon/Plan/Passes.h"
#include "tenon/Reference/Passes.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassOptions.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"

void tenon::registerDialects(mlir::DialectRegistry &registry) {
  registry.insert<TenonDialect, tnrt::TnrtDialect, mlir::arith::ArithDialect,
                  mlir::func::FuncDialect, mlir::LLVM::LLVMDialect,
                  mlir::math::MathDialect, mlir::scf::SCFDialect,
                  mlir::vector::VectorDialect>();
}

namespace {
struct CheckpointOptions : mlir::PassPipelineOptions<CheckpointOptions> {
  Option<uint64_t> budget{*this, "budget",
                          llvm::cl::desc("Bytes of the arena")};
};
} // namespace

void tenon::registerPasses() {
  // Where to keep and where to compute again is one decision with order and
  // placement: tenon-plan, by the name that the technique has.
  mlir::PassPipelineRegistration<CheckpointOptions>(
      "tenon-checkpoint", "Plan memory within a budget, by recomputation",
      [](mlir::OpPassManager &pm, const CheckpointOptions &options) {
        PlanPassOptions plan;
        plan.budget = options.budget;
        plan.arenaOnly = true;
        pm.addPass(createPlanPass(plan));
      });
  mlir::registerCanonicalizerPass();
  mlir::registerCSEPass();
  registerTransformsPasses();
  registerPlanPasses();
  registerConversionPasses();
  registerCodegenPasses();
  registerReferencePasses();
}
