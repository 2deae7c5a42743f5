//===-- Npy.h - tensors in NumPy's file format ------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "tenon/Reference/Tensor.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace tenon {

/// Reads versions 1 to 3, little endian, C or Fortran order. NumPy has no
/// bfloat16: its two-byte void type `V2` is read as that. The file is mapped
/// where its data is aligned, else copied.
llvm::Expected<Tensor> readNpy(llvm::StringRef path);

/// Writes version 1.0, C order. Splats are written out.
llvm::Error writeNpy(llvm::StringRef path, const Tensor &tensor);

} // namespace tenon
