//===-- CpuTarget.h - the processor that kernels are for --------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_KERNELS_CPUTARGET_H
#define TENON_KERNELS_CPUTARGET_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace tenon {

/// An x86-64 micro-architecture level. Kernels use exactly what the level
/// promises, so bits are the same on every processor of that level.
struct CpuTarget {
  /// "x86-64-v3" or "x86-64-v4": what LLVM and messages call it.
  std::string name;
  /// Vectors of 16 f32 lanes that the register file holds.
  int64_t vectorRegisters;

  /// `name` as the user gave it; "native" or empty is the highest level that
  /// this machine has. Fails, naming the choices, for anything else.
  static llvm::Expected<CpuTarget> get(llvm::StringRef name);
  /// LLVM's features of the level, without the leading '+'.
  std::vector<std::string> features() const;
};

} // namespace tenon

#endif // TENON_KERNELS_CPUTARGET_H
