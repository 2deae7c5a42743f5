//===-- ONNX.h - ONNX models become tenon modules ---------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The result is a module with one public function @main whose arguments are
// the model's inputs and whose results are its outputs, every shape static.
//
//   module attributes {tenon.model_name = "resnet50"}
//   func.func @main(...) attributes {tenon.input_names = ["x"],
//                                    tenon.output_names = ["y"]}
//
// Each op's location is a NameLoc that carries the ONNX node's name (or
// "Conv#12", the op type and the node's position, where it has none) around a
// location in the model file. Weights are `dense_resource` handles to the bytes
// of the file, which stay alive as long as the context.
//===----------------------------------------------------------------------===//

#pragma once

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBufferRef.h"

#include <string>
#include <vector>

namespace tenon {

struct ImportOptions {
  /// Extents of symbolic dimensions by name. Dimension i of input x also goes
  /// by the name "x.i", its only name where the model gives none.
  llvm::StringMap<int64_t> dims;
  /// Mark floating constants with `#tenon.parameter`: what they are to the
  /// nodes that read them, for training.
  bool parameters = false;
  /// Gives the weights of the node of this name, a Conv, Gemm or MatMul,
  /// another number of outputs, and fresh values ("tenon.fresh" is their seed).
  std::string newHead;
  int64_t newHeadClasses = 0;
  int64_t newHeadSeed = 0;
};

/// What the importer has to say about one node.
struct NodeReport {
  /// The node's name, or "<op type>#<position>".
  std::string name;
  std::string op, domain;
  int64_t opset = 0;
  /// "float32[1,3,224,224]"; "" for an absent input, "?" for one of unknown
  /// type.
  std::vector<std::string> inputs;
  bool supported = true;
  /// Why not supported, and what to do about it; empty where supported.
  std::string reason, cure;
};

/// {"nodes": N, "unsupported": [{"name", "op", "domain", "opset", "inputs",
/// "reason", "cure"}, ...]}
llvm::json::Value toJSON(llvm::ArrayRef<NodeReport> report);

/// Reads an ONNX file. Everything wrong with the model is a diagnostic; all
/// nodes that are not supported are reported before failing, one diagnostic
/// each, and listed in `report` together with those that are.
mlir::FailureOr<mlir::OwningOpRef<mlir::ModuleOp>>
importOnnx(mlir::MLIRContext &context, llvm::StringRef path,
           const ImportOptions &options,
           std::vector<NodeReport> *report = nullptr);

/// The same from memory. The bytes are not needed after the call. External
/// data is looked for beside the buffer's identifier if that is a file.
mlir::FailureOr<mlir::OwningOpRef<mlir::ModuleOp>>
importOnnx(mlir::MLIRContext &context, llvm::MemoryBufferRef buffer,
           const ImportOptions &options,
           std::vector<NodeReport> *report = nullptr);

} // namespace tenon
