//===-- ExternalData.h - tensors that stand in other files ------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "lib/Frontend/ONNX/Model.h"
#include "llvm/Support/MemoryBuffer.h"

namespace tenon::onnx {

/// Maps the files beside a model, each once. A tensor's bytes are views into
/// the mapping, which they keep alive.
class ExternalData {
public:
  explicit ExternalData(llvm::StringRef modelPath) : modelPath(modelPath) {}

  /// Sets `to.bytes` from the entries location, offset and length; or sets
  /// `to.problem`. `expected` is the tensor's size in bytes.
  void read(llvm::ArrayRef<std::pair<llvm::StringRef, llvm::StringRef>> entries,
            uint64_t expected, TensorData &to);

private:
  std::string modelPath;
  llvm::StringMap<std::shared_ptr<llvm::MemoryBuffer>> files;
};

} // namespace tenon::onnx
