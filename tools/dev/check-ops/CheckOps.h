//===-- CheckOps.h - numeric tests of ops, on every backend -----*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_TOOLS_CHECKOPS_H
#define TENON_TOOLS_CHECKOPS_H

#include "tenon/Reference/Tensor.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

#include <string>
#include <vector>

namespace tenon::checkops {

struct Options {
  std::string cpu = "native";
  std::string runtimeLibraryDir;
};

/// What was found in one file.
struct Report {
  unsigned passed = 0, failed = 0;
  std::string text; ///< a line or more per failure

  void pass() { ++passed; }
  void fail(const llvm::Twine &test, const llvm::Twine &why);
};

/// A function on operands, and what the interpreter made of them.
struct Case {
  mlir::func::FuncOp function;
  llvm::SmallVector<Tensor> inputs;
  llvm::SmallVector<Tensor> results;
  bool hasExpectations = false; ///< as attributes of the function
};

struct Backend {
  llvm::StringLiteral name;
  bool reference;
  bool fuse;
};
inline constexpr Backend backends[] = {{"ref", true, false},
                                       {"cpu", false, true},
                                       {"cpu, fusion off", false, false}};

/// Whether the function is a test of a gradient: it says of an argument where
/// its values lie, not what they are.
bool isGradientTest(mlir::func::FuncOp function);

/// A test of a gradient, as functions that were added to its module.
struct GradientTest {
  mlir::func::FuncOp function; ///< as written
  /// Operands and weights to the scalar sum of (weight x result element).
  mlir::func::FuncOp loss;
  /// The same operands to that scalar and its gradient by each of `wrt`.
  mlir::func::FuncOp gradient;
  llvm::SmallVector<int64_t> wrt;
};

/// Adds loss and gradient functions beside `function`.
mlir::FailureOr<GradientTest> addGradientTest(mlir::func::FuncOp function);

/// Operands for `loss` and `gradient`: those that the function states a range
/// for are drawn from it, away from its kinks and from each other.
mlir::FailureOr<llvm::SmallVector<Tensor>>
drawOperands(const GradientTest &test, uint64_t seed);

/// Compares `gradient`, looked up in `differentiated`, with central differences
/// of `loss`, for each seed. Linear functions are also held to the adjoint's
/// definition.
void checkGradient(const GradientTest &test, mlir::ModuleOp differentiated,
                   Report &report);

/// Compiles one program of all cases for the backend, runs it in this process
/// and compares every bit. `module` holds the functions that they call.
void checkBackend(mlir::ModuleOp module, llvm::ArrayRef<Case> cases,
                  const Backend &backend, const Options &options,
                  Report &report);

} // namespace tenon::checkops

#endif // TENON_TOOLS_CHECKOPS_H
