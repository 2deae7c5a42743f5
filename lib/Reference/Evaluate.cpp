//===-- Evaluate.cpp - the interpreter as a pass --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Reference/Compare.h"
#include "tenon/Reference/Interpreter.h"
#include "tenon/Reference/Npy.h"
#include "tenon/Reference/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"

namespace tenon {
#define GEN_PASS_DEF_EVALUATEPASS
#include "tenon/Reference/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace tenon;

/// Compares result `number` with what the function says of it.
static LogicalResult check(func::FuncOp function, unsigned number,
                           const Tensor &got) {
  auto attr =
      function.getResultAttrOfType<ElementsAttr>(number, "tenon.expected");
  if (!attr)
    return success();
  auto ulps = function.getResultAttrOfType<FloatAttr>(number, "tenon.ulps");
  double tolerance = ulps ? ulps.getValueAsDouble() : 0;
  FailureOr<Tensor> expected = Tensor::fromAttr(function.getLoc(), attr);
  if (failed(expected))
    return failure();
  std::string what = "result " + std::to_string(number);
  if (auto sentence = difference(what, got, *expected, tolerance))
    return function.emitError(*sentence);
  return success();
}

static LogicalResult write(Location loc, const std::string &path,
                           const Tensor &tensor) {
  if (llvm::Error error = writeNpy(path, tensor))
    return emitError(loc) << llvm::toString(std::move(error));
  return success();
}

namespace {

struct EvaluatePass : tenon::impl::EvaluatePassBase<EvaluatePass> {
  using EvaluatePassBase::EvaluatePassBase;

  void runOnOperation() override {
    if (failed(evaluateMain(getOperation())))
      signalPassFailure();
    markAllAnalysesPreserved();
  }

private:
  LogicalResult evaluateMain(ModuleOp module) {
    auto main = module.lookupSymbol<func::FuncOp>("main");
    if (!main)
      return module.emitError("the module has no function @main to evaluate");
    SmallVector<Tensor> arguments;
    for (unsigned i = 0; i < main.getNumArguments(); ++i) {
      auto attr = main.getArgAttrOfType<ElementsAttr>(i, "tenon.value");
      if (!attr)
        return main.emitError("argument ")
               << i << " has no value: give it an attribute tenon.value";
      FailureOr<Tensor> t = Tensor::fromAttr(main.getLoc(), attr);
      if (failed(t))
        return failure();
      arguments.push_back(*t);
    }
    FailureOr<SmallVector<Tensor>> results =
        run(cast<FunctionOpInterface>(main.getOperation()), arguments);
    if (failed(results))
      return failure();
    if (!outputsTo.empty() && failed(writeAll(main, arguments, *results)))
      return failure();
    bool agreed = true;
    for (auto [i, result] : llvm::enumerate(*results))
      agreed &= succeeded(check(main, i, result));
    return success(agreed);
  }

  LogicalResult writeAll(func::FuncOp main, ArrayRef<Tensor> arguments,
                         ArrayRef<Tensor> results) {
    if (std::error_code error = llvm::sys::fs::create_directories(outputsTo))
      return main.emitError("cannot make ")
             << outputsTo << ": " << error.message();
    for (auto [i, t] : llvm::enumerate(arguments))
      if (failed(write(main.getLoc(),
                       llvm::formatv("{0}/input_{1}.npy", outputsTo, i), t)))
        return failure();
    for (auto [i, t] : llvm::enumerate(results))
      if (failed(write(main.getLoc(),
                       llvm::formatv("{0}/output_{1}.npy", outputsTo, i), t)))
        return failure();
    return success();
  }
};

} // namespace
