//===-- PrintGraph.cpp - what the planning core sees ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Plan/Passes.h"

#include "lib/Plan/Model.h"
#include "tenon/Plan/TextFormat.h"

#include "llvm/Support/raw_ostream.h"

namespace tenon {
#define GEN_PASS_DEF_PRINTPLANGRAPHPASS
#include "tenon/Plan/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace tenon;

namespace {
struct PrintPlanGraph : tenon::impl::PrintPlanGraphPassBase<PrintPlanGraph> {
  using PrintPlanGraphPassBase::PrintPlanGraphPassBase;

  void runOnOperation() override {
    SmallVector<func::FuncOp> functions;
    for (auto f : getOperation().getOps<func::FuncOp>())
      if (!f.isExternal() && (function.empty() || f.getName() == function))
        functions.push_back(f);
    if (functions.size() != 1) {
      // At the place alone: nobody wants to see the module.
      emitError(getOperation().getLoc())
          << functions.size() << " functions"
          << (function.empty() ? std::string()
                               : " are called '" + function + "'")
          << "; --tenon-print-plan-graph=function=NAME prints the graph of one";
      return signalPassFailure();
    }
    PlanModel model;
    if (failed(buildPlanModel(functions[0], model)))
      return signalPassFailure();
    model.graph.name = functions[0].getName().str();
    llvm::outs() << plan::printGraph(model.graph);
    markAllAnalysesPreserved();
  }
};
} // namespace
