//===-- Importer.h - graphs, scopes, folding --------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "lib/Frontend/ONNX/Model.h"
#include "lib/Frontend/ONNX/NodeImporter.h"
#include "mlir/IR/BuiltinOps.h"
#include "tenon/Frontend/ONNX.h"
#include "llvm/ADT/StringSet.h"

namespace tenon::onnx {

/// What names mean within a graph or a function's body.
struct Scope {
  /// The scope of the graph around this one; null around a function's body.
  Scope *outer = nullptr;
  /// Null values stand for those that an unsupported node would have made.
  llvm::StringMap<mlir::Value> values;
  llvm::StringMap<const TensorData *> initializers;
  /// A function's inputs that the call leaves out.
  llvm::StringSet<> absent;
  llvm::StringMap<const ValueInfo *> declared;
  const llvm::StringMap<int64_t> *opsets = nullptr;
  /// Within a function's body: the call, and where it stands.
  const Node *call = nullptr;
  const Scope *caller = nullptr;
  unsigned depth = 0;

  /// The attribute of a node here, seen through the calls around it.
  const NodeAttribute *attribute(const Node &node, llvm::StringRef name) const;
};

class Importer {
public:
  Importer(mlir::MLIRContext &context, const Model &model, llvm::StringRef file,
           const ImportOptions &options, std::vector<NodeReport> &report);

  mlir::FailureOr<mlir::OwningOpRef<mlir::ModuleOp>> run();

private:
  mlir::LogicalResult
  declareInputs(Scope &scope, llvm::SmallVectorImpl<mlir::Type> &types,
                llvm::SmallVectorImpl<llvm::StringRef> &names);
  mlir::LogicalResult enterGraph(const Graph &graph, Scope &scope);
  /// Fails only where there is no point in going on.
  mlir::LogicalResult importNodes(llvm::ArrayRef<Node> nodes, Scope &scope);
  mlir::LogicalResult importNode(const Node &node, Scope &scope);
  /// Gives the node new weights if it is the one that options name, or adds the
  /// bias to it. Says why it cannot.
  std::string enterHead(const Node &node,
                        llvm::MutableArrayRef<mlir::Value> inputs);
  void importSupported(const Node &node, Scope &scope, const Row &row,
                       int64_t opset, llvm::ArrayRef<mlir::Value> inputs,
                       NodeReport &entry);
  mlir::LogicalResult importCall(const Node &node, const Function &function,
                                 Scope &scope,
                                 llvm::ArrayRef<mlir::Value> inputs);
  /// Imports the branch that the condition, a constant, selects.
  mlir::LogicalResult importIf(const Node &node, Scope &scope,
                               llvm::ArrayRef<mlir::Value> inputs,
                               NodeReport &entry);
  /// Finds the value of a name, making the constant of an initializer at its
  /// first use. None where nothing defines it; the node is then invalid.
  std::optional<mlir::Value> lookup(llvm::StringRef name, Scope &scope,
                                    std::string &problem);
  void define(llvm::StringRef name, mlir::Value value, Scope &scope);
  /// Marks a node's outputs as values that nothing made.
  void poison(const Node &node, Scope &scope);
  void reject(const Node &node, NodeReport &entry, llvm::StringRef reason,
              llvm::StringRef cure);
  /// Verifies and folds the ops from `first` to the end of the block, updating
  /// `results`. Fails with the node's reason set.
  bool settle(mlir::Operation *before, NodeImporter &n);
  void foldOp(mlir::Operation *op, llvm::MutableArrayRef<mlir::Value> results);
  mlir::LogicalResult finish(const Scope &scope,
                             llvm::ArrayRef<llvm::StringRef> names);
  mlir::Location locationOf(llvm::StringRef name) const;
  const Function *findFunction(const Node &node) const;

  mlir::MLIRContext &context;
  const Model &model;
  mlir::Location file;
  std::string path;
  const ImportOptions &options;
  std::vector<NodeReport> &report;
  mlir::OpBuilder b;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  mlir::Block *body = nullptr;
  /// The text of diagnostics raised while a node is imported.
  std::string captured;
  /// By domain and name.
  llvm::StringMap<const Function *> functions;
  size_t imported = 0;
  /// What the new head computes; null until it is met.
  mlir::Value head;
  /// Bytes of the constants that folding made.
  int64_t foldedBytes = 0;
  bool rejected = false;
};

/// The nodes in an order in which every value is defined before it is used:
/// the given one where that is such an order. Fails with the names of the nodes
/// on a cycle, or of a value defined twice.
llvm::Expected<llvm::SmallVector<const Node *>>
sorted(llvm::ArrayRef<Node> nodes);

} // namespace tenon::onnx
