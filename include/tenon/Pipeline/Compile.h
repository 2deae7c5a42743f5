//===-- Compile.h - from a model file to an artifact ------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_PIPELINE_COMPILE_H
#define TENON_PIPELINE_COMPILE_H

#include "tenon/Transforms/Train.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/ADT/StringMap.h"

#include <optional>
#include <string>

namespace tenon {

enum class EmitKind { SharedLibrary, Executable, IR, LLVM, Assembly };

/// One compilation. Everything that can change the artifact's bytes is here.
struct CompileOptions {
  std::string input;  ///< .onnx, .mlir or .mlirbc
  std::string output; ///< "-" for standard output of the textual kinds
  EmitKind emit = EmitKind::SharedLibrary;
  bool reference = false; ///< target `ref` instead of `cpu`
  std::string cpu = "native";
  bool fuse = true;
  std::string tiles; ///< a file of tile rules
  llvm::StringMap<int64_t> dims;
  unsigned maxThreads = 16;
  /// How many kernels compile at once; 0 is one per processor. No effect on
  /// the result.
  unsigned compileThreads = 0;
  std::string compileTo;         ///< stop after this phase and print the IR
  std::string dumpPhasesTo;      ///< a folder for the IR after each phase
  std::string runtimeLibraryDir; ///< lib/artifact of the build
  /// Makes a training artifact.
  std::optional<TrainOptions> train;
  /// Bytes of variables and arena, or of the arena alone; 0 is no bound.
  uint64_t memoryBudget = 0;
  bool budgetArenaOnly = false;
  /// A file for a page about the artifact's memory (tenon/Report/Page.h); empty
  /// is none.
  std::string report;
};

/// Reads a model. Diagnostics go to the context's handler.
mlir::FailureOr<mlir::OwningOpRef<mlir::ModuleOp>>
importModel(mlir::MLIRContext &context, const CompileOptions &options);

/// Says on `out` which nodes of an ONNX model are not supported, in words or as
/// JSON, without compiling; succeeds when all are. What is wrong beyond nodes
/// goes to the context's handler.
mlir::LogicalResult checkModel(mlir::MLIRContext &context,
                               const CompileOptions &options, bool json,
                               llvm::raw_ostream &out);

/// Prints every parameter that could be trained: name, shape, whether it is
/// (by options.train, or by default), and why.
mlir::LogicalResult listParameters(mlir::MLIRContext &context,
                                   const CompileOptions &options,
                                   llvm::raw_ostream &out);

/// Runs all phases and writes the output. Diagnostics go to the context's
/// handler; nothing is written on failure.
mlir::LogicalResult compile(mlir::MLIRContext &context,
                            const CompileOptions &options);

/// Writes a module on which all phases before `emit` have run.
mlir::LogicalResult emitArtifact(mlir::ModuleOp module,
                                 const CompileOptions &options);

/// One entry of the phase list.
struct Phase {
  llvm::StringLiteral name;
  llvm::StringLiteral what;
  mlir::LogicalResult (*run)(mlir::ModuleOp, const CompileOptions &);
  /// What holds at the phase's end: a diagnostic for each broken rule.
  mlir::LogicalResult (*check)(mlir::ModuleOp);
};

/// All phases between `import` and `emit`, in order.
llvm::ArrayRef<Phase> phases();

} // namespace tenon

#endif // TENON_PIPELINE_COMPILE_H
