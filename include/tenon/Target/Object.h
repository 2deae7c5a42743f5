//===-- Object.h - LLVM modules become machine code -------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef TENON_TARGET_OBJECT_H
#define TENON_TARGET_OBJECT_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <memory>

namespace llvm {
class Module;
class TargetMachine;
} // namespace llvm

namespace tenon {

enum class ObjectKind { Object, Assembly };

/// A code generator for x86-64 Linux and one CPU level, position independent,
/// that never contracts floating-point operations. One per thread.
llvm::Expected<std::unique_ptr<llvm::TargetMachine>>
makeTargetMachine(llvm::StringRef cpu);

/// Sets triple, layout and function attributes, then optimises in place.
void optimize(llvm::Module &module, llvm::TargetMachine &machine);

/// Appends the object or assembly text to `out`.
llvm::Error emitObject(llvm::Module &module, llvm::TargetMachine &machine,
                       ObjectKind kind, llvm::SmallVectorImpl<char> &out);

} // namespace tenon

#endif // TENON_TARGET_OBJECT_H
