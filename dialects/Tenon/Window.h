//===-- Window.h - sliding windows: extents and checks ----------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "mlir/IR/Location.h"
#include "mlir/Support/LLVM.h"
#include "llvm/ADT/SmallVector.h"

namespace tenon {

/// The window of a convolution or pool, one entry per spatial dimension.
struct Window {
  llvm::ArrayRef<int64_t> size, strides, low, high, dilations;
};

/// Output extents: (in + low + high - dilation (size - 1) - 1) / stride + 1.
/// Fails with a diagnostic at `loc` unless every entry makes sense and every
/// output extent is at least 1.
mlir::FailureOr<llvm::SmallVector<int64_t>>
windowExtents(std::optional<mlir::Location> loc,
              llvm::ArrayRef<int64_t> extents, const Window &window);

} // namespace tenon
