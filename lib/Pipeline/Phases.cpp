//===-- Phases.cpp - the compiler's table of contents ---------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Each phase is a list of passes and the contract that holds afterwards. The
// tools' --compile-to and --dump-phases-to take these names; docs print them.
//===----------------------------------------------------------------------===//

#include "tenon/Pipeline/Compile.h"

#include "tenon/Conversion/Passes.h"
#include "tenon/Kernels/Configure.h"
#include "tenon/Plan/Passes.h"
#include "tenon/Transforms/Configure.h"
#include "tenon/Transforms/Contracts.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Pass/PassManager.h"

using namespace mlir;
using namespace tenon;

static LogicalResult
runOnFunctions(ModuleOp module,
               llvm::function_ref<void(OpPassManager &)> build) {
  PassManager pm(module.getContext(), ModuleOp::getOperationName());
  build(pm.nest<func::FuncOp>());
  return pm.run(module);
}

/// A contract of functions as one of the module.
template <LogicalResult (*check)(func::FuncOp)>
static LogicalResult eachFunction(ModuleOp module) {
  bool ok = true;
  for (auto function : module.getOps<func::FuncOp>())
    if (!function.isExternal())
      ok &= succeeded(check(function));
  return success(ok);
}

// A model that is to learn gets loss and optimizer; training programs get their
// reverse half: no tenon.grad is left.
static LogicalResult gradient(ModuleOp module, const CompileOptions &options) {
  if (options.train && failed(buildTrainingProgram(module, *options.train)))
    return failure();
  PassManager pm(module.getContext(), ModuleOp::getOperationName());
  pm.addPass(createGradientPass());
  return pm.run(module);
}

// Only primitives are left, and what is constant is known to be.
static LogicalResult simplify(ModuleOp module, const CompileOptions &) {
  return runOnFunctions(module, [](OpPassManager &pm) {
    pm.addPass(createOrderPass());
    pm.addPass(createSimplifyPass());
    // Decompositions are expressions, too.
    pm.addPass(createOrderPass());
  });
}

// Channels stand last wherever a window slides; transposes are explicit.
static LogicalResult layout(ModuleOp module, const CompileOptions &) {
  return runOnFunctions(module, [](OpPassManager &pm) {
    pm.addPass(createLayoutPass());
    pm.addPass(createOrderPass());
  });
}

// Every compute op is in one group.
static LogicalResult fuse(ModuleOp module, const CompileOptions &options) {
  return runOnFunctions(module, [&](OpPassManager &pm) {
    FusePassOptions fusion;
    fusion.enabled = options.fuse && !options.reference;
    pm.addPass(createFusePass(fusion));
  });
}

// Groups, kernels and the layout of every weight are frozen from here.
static LogicalResult configure(ModuleOp module, const CompileOptions &options) {
  return runOnFunctions(module, [&](OpPassManager &pm) {
    ConfigurePassOptions target;
    target.target = options.reference ? "ref" : "cpu";
    target.cpu = options.cpu;
    target.tiles = options.tiles;
    pm.addPass(createConfigurePass(target));
    pm.addPass(createOutlineRecipesPass());
  });
}
static LogicalResult checkConfiguredAndOutlined(func::FuncOp function) {
  return success(succeeded(checkConfigured(function)) &&
                 succeeded(checkOutlined(function)));
}

// Order and memory are decided and have been verified.
static LogicalResult plan(ModuleOp module, const CompileOptions &options) {
  PlanPassOptions memory;
  memory.maxThreads = options.maxThreads;
  memory.budget = options.memoryBudget;
  memory.arenaOnly = options.budgetArenaOnly;
  PassManager pm(module.getContext(), ModuleOp::getOperationName());
  pm.addPass(createPlanPass(memory));
  return pm.run(module);
}

// The step is a schedule of launches; equal groups share one kernel.
static LogicalResult lower(ModuleOp module, const CompileOptions &) {
  PassManager pm(module.getContext(), ModuleOp::getOperationName());
  pm.addPass(createLowerPass());
  return pm.run(module);
}

llvm::ArrayRef<Phase> tenon::phases() {
  static const Phase list[] = {
      {"gradient", "loss, optimizer and reverse mode", gradient,
       eachFunction<checkGradient>},
      {"simplify", "primitives only; normalisation folded into weights",
       simplify, eachFunction<checkSimplified>},
      {"layout", "channels last", layout, eachFunction<checkLayout>},
      {"fuse", "ops become groups", fuse, eachFunction<checkFused>},
      {"configure", "loop nest and tiles of each group", configure,
       eachFunction<checkConfiguredAndOutlined>},
      {"plan", "order and memory", plan, eachFunction<checkPlanned>},
      {"lower", "launches of distinct kernels", lower, checkLowered},
  };
  return list;
}
