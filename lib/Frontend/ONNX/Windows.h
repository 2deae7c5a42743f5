//===-- Windows.h - kernel_shape, strides, pads, auto_pad -------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "lib/Frontend/ONNX/NodeImporter.h"

namespace tenon::onnx {

/// A sliding window, one entry per spatial dimension.
struct Windows {
  llvm::SmallVector<int64_t> kernel, strides, dilations, low, high;
  /// `high` before ceil_mode rounded the output extents up.
  llvm::SmallVector<int64_t> declaredHigh;
};

/// Reads the attributes of a convolution or pool over spatial dimensions of
/// these extents and resolves auto_pad and ceil_mode. `kernel` is the extent of
/// the filter, where there is one. Marks the node invalid on failure.
mlir::FailureOr<Windows>
readWindows(NodeImporter &n, llvm::ArrayRef<int64_t> extents,
            std::optional<llvm::ArrayRef<int64_t>> kernel);

/// The extents of the dimensions after the second one.
llvm::ArrayRef<int64_t> spatial(NodeImporter &n, mlir::Value x);

} // namespace tenon::onnx
