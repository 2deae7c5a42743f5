//===-- Evaluate.cpp - the interpreter as a pass --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Reference/Interpreter.h"
#include "tenon/Reference/Npy.h"
#include "tenon/Reference/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>

namespace tenon {
#define GEN_PASS_DEF_EVALUATEPASS
#include "tenon/Reference/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace tenon;

/// The distance to the next larger magnitude of the kind.
static double ulpAt(Kind kind, double value) {
  int digits = kind == Kind::F64   ? 53
               : kind == Kind::F32 ? 24
               : kind == Kind::F16 ? 11
                                   : 8;
  int lowest = kind == Kind::F64 ? -1022 : kind == Kind::F16 ? -14 : -126;
  int exponent = value == 0 ? lowest : std::max(std::ilogb(value), lowest);
  return std::ldexp(1.0, exponent - digits + 1);
}

static bool agrees(HostScalar got, HostScalar expected, double ulps) {
  if (isFloat(got.kind)) {
    double a = got.toDouble(), b = expected.toDouble();
    if (std::isnan(a) || std::isnan(b))
      return std::isnan(a) && std::isnan(b);
    if (ulps > 0 && std::isfinite(b))
      return std::fabs(a - b) <= ulps * ulpAt(got.kind, b);
    return a == b && std::signbit(a) == std::signbit(b);
  }
  return got.i == expected.i;
}

static std::string spell(HostScalar s) {
  if (isFloat(s.kind))
    return llvm::formatv("{0} ({1})", s.toDouble(),
                         llvm::format("%a", s.toDouble()));
  return s.kind == Kind::U64 ? std::to_string(static_cast<uint64_t>(s.i))
                             : std::to_string(s.i);
}

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
  if (expected->kind() != got.kind() || expected->shape() != got.shape())
    return function.emitError("tenon.expected of result ")
           << number << " has another type than the result";
  for (int64_t i = 0; i < got.size(); ++i)
    if (!agrees(got[i], (*expected)[i], tolerance))
      return function.emitError("element ")
             << i << " of result " << number << " is " << spell(got[i])
             << ", expected " << spell((*expected)[i]);
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
