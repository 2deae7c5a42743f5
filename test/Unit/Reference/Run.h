//===-- Run.h - runs IR text in tests ---------------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "dialects/Tenon/TenonAll.h"
#include "tenon/Reference/Interpreter.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"

namespace tenon {

/// A context with the dialects, which collects diagnostics as text.
class Run : public testing::Test {
protected:
  Run()
      : handler(&context, [this](mlir::Diagnostic &d) {
          diagnostics += d.str() + "\n";
          return mlir::success();
        }) {
    context.loadDialect<TenonDialect, mlir::func::FuncDialect>();
    context.printOpOnDiagnostic(false);
  }

  mlir::OwningOpRef<mlir::ModuleOp> parse(llvm::StringRef text) {
    auto module = mlir::parseSourceString<mlir::ModuleOp>(text, &context);
    EXPECT_TRUE(module) << diagnostics;
    return module;
  }

  /// The results of the only function; none, with a failure, on error.
  llvm::SmallVector<Tensor> run(llvm::StringRef text,
                                llvm::SmallVector<Tensor> arguments = {}) {
    auto module = parse(text);
    if (!module)
      return {};
    auto results = tenon::run(*module, "", std::move(arguments));
    EXPECT_TRUE(mlir::succeeded(results)) << diagnostics;
    return mlir::succeeded(results) ? *results : llvm::SmallVector<Tensor>();
  }

  /// `body` computes %y of `type` from nothing.
  Tensor value(llvm::StringRef body, llvm::StringRef type) {
    auto results = run(("func.func @f() -> " + type + " {\n" + body +
                        "\nreturn %y : " + type + "\n}")
                           .str());
    return results.empty() ? Tensor() : results[0];
  }

  mlir::MLIRContext context;
  std::string diagnostics;
  mlir::ScopedDiagnosticHandler handler;
};

/// The elements as doubles.
inline std::vector<double> elements(const Tensor &t) {
  std::vector<double> v;
  for (int64_t i = 0; t && i < t.size(); ++i)
    v.push_back(t[i].toDouble());
  return v;
}

} // namespace tenon
