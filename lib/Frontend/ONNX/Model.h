//===-- Model.h - an ONNX model as plain structures -------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the importer reads of an ONNX file. Strings and tensor bytes are views
// into Model::storage. Only Proto.cpp knows protobuf.
//===----------------------------------------------------------------------===//

#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tenon::onnx {

/// TensorProto.DataType, as far as the importer names its members.
enum DataType : int32_t {
  Undefined = 0,
  Float = 1,
  UInt8 = 2,
  Int8 = 3,
  UInt16 = 4,
  Int16 = 5,
  Int32 = 6,
  Int64 = 7,
  String = 8,
  Bool = 9,
  Float16 = 10,
  Double = 11,
  UInt32 = 12,
  UInt64 = 13,
  BFloat16 = 16
};

/// "float32", "int64", ...; "type 23" for one that has no name here.
std::string nameOf(int32_t dataType);
/// Bytes of one element, 0 where Tenon has no such element type.
unsigned bytesOf(int32_t dataType);

/// A tensor constant, in memory layout (Bool: one byte an element).
struct TensorData {
  llvm::StringRef name;
  int32_t dataType = Undefined;
  llvm::SmallVector<int64_t> dims;
  llvm::ArrayRef<char> bytes;
  /// Why `bytes` cannot be had, for a diagnostic where the tensor is used.
  std::string problem;
  /// Keeps `bytes` alive; shared with the attributes made from it.
  std::shared_ptr<const void> owner;
};

struct Graph;

struct NodeAttribute {
  /// AttributeProto.AttributeType.
  enum Type {
    Unknown = 0,
    Float = 1,
    Int = 2,
    String = 3,
    Tensor = 4,
    Graph = 5,
    Floats = 6,
    Ints = 7,
    Strings = 8
  };
  llvm::StringRef name;
  int type = Unknown;
  int64_t i = 0;
  float f = 0;
  llvm::StringRef s;
  llvm::ArrayRef<int64_t> ints;
  llvm::ArrayRef<float> floats;
  llvm::SmallVector<llvm::StringRef, 0> strings;
  std::unique_ptr<onnx::TensorData> t;
  std::unique_ptr<onnx::Graph> g;
  /// In a function's body: the attribute of the call that stands here.
  llvm::StringRef reference;

  NodeAttribute() = default;
  NodeAttribute(NodeAttribute &&) noexcept = default;
  NodeAttribute(const NodeAttribute &) = delete;
};

struct Node {
  llvm::StringRef name, opType, domain;
  llvm::SmallVector<llvm::StringRef, 4> inputs, outputs;
  std::vector<NodeAttribute> attributes;
  size_t index = 0;

  Node() = default;
  Node(Node &&) noexcept = default;
  Node(const Node &) = delete;
  const NodeAttribute *find(llvm::StringRef attribute) const;
  /// The name, or "<op type>#<index>" where it has none.
  std::string label() const;
};

struct Dimension {
  std::optional<int64_t> value;
  llvm::StringRef symbol;
};

struct ValueInfo {
  llvm::StringRef name;
  bool isTensor = false;
  int32_t dataType = Undefined;
  /// Absent where the model does not tell the rank.
  std::optional<std::vector<Dimension>> shape;
};

struct Graph {
  llvm::StringRef name;
  std::vector<Node> nodes;
  std::vector<ValueInfo> inputs, outputs, values;
  std::vector<TensorData> initializers;
  bool hasSparseInitializers = false;
};

struct Function {
  llvm::StringRef name, domain;
  llvm::SmallVector<llvm::StringRef> inputs, outputs;
  std::vector<Node> nodes;
  llvm::StringMap<int64_t> opsets;

  Function() = default;
  Function(Function &&) noexcept = default;
  Function(const Function &) = delete;
};

struct Model {
  Graph graph;
  llvm::StringMap<int64_t> opsets;
  std::vector<Function> functions;
  std::shared_ptr<const void> storage;
};

/// Parses `bytes`. External data is looked for beside `path`; an empty path
/// means that the model has no place in the file system.
llvm::Expected<std::unique_ptr<Model>> parseModel(llvm::MemoryBufferRef bytes,
                                                  llvm::StringRef path);

} // namespace tenon::onnx
