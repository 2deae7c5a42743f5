//===-- Passes.td - memory planning over tenon -----------------*- tablegen -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_PLAN_PASSES_TD
#define TENON_PLAN_PASSES_TD

include "mlir/Pass/PassBase.td"

def PlanPass : Pass<"tenon-plan", "::mlir::ModuleOp"> {
  let summary = "Order the groups and place every value in memory";
  let description = [{
    Builds the graph of groups, reshapes (views) and recipes, asks the planning
    core for an order and offsets, and has the independent verifier accept them.
    Groups move into the planned order; `offsets` gives each result its arena
    byte, or -(k + 1) when it is output k. Recipes get their byte in the weight
    section. The function gets `tenon.plan`.

    Within a budget, groups may run more than once: copies, which are the same
    kernel, compute again what was not kept. The budget covers the module's
    variables and the arena, or the arena alone; `tenon.plan` then holds what is
    proven about the plan. Functions are planned each on its own; of several that
    the budget is too small for, the one that needs most is named.

    Tests: `test/Plan/plan.mlir`, `test/Plan/state.mlir`, `test/Plan/budget.mlir`.
  }];
  let options = [
    Option<"maxThreads", "max-threads", "uint32_t", "16", "workers that have scratch">,
    Option<"budget", "budget", "uint64_t", "0", "bytes; 0 is no bound">,
    Option<"arenaOnly", "arena-only", "bool", "false",
           "the budget covers the arena alone">];
}

def CheckPlanPass : Pass<"tenon-check-plan", "::mlir::func::FuncOp"> {
  let summary = "Verify a memory plan that stands in the IR";
  let description = [{
    Runs the check that the pipeline runs after `tenon-plan`: reads order,
    offsets and sizes back from the IR and has the independent verifier replay
    them.

    Tests: `test/Plan/bad-plans.mlir`.
  }];
}

def PrintPlanGraphPass : Pass<"tenon-print-plan-graph", "::mlir::ModuleOp"> {
  let summary = "Print the graph whose memory is planned";
  let description = [{
    Writes to standard output, in the text that `tools/dev/plan` reads, what the
    planning core sees of a function behind `--compile-to=configure`. Changes
    nothing; `tenon-opt -o /dev/null` leaves the graph alone on the output.

    Tests: `test/Plan/graph.mlir`.
  }];
  let options = [
    Option<"function", "function", "std::string", "\"\"",
           "which one, if there are several">];
}

#endif
