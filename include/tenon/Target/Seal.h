//===-- Seal.h - the last step of writing an artifact -----------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef TENON_TARGET_SEAL_H
#define TENON_TARGET_SEAL_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace tenon {

/// Appends the seal (tn_seal in abi.h) to a linked shared library, so that
/// tn_open() notices any changed byte before it maps code. To be called once,
/// after everything else that touches the file.
llvm::Error sealArtifact(llvm::StringRef path);

} // namespace tenon

#endif // TENON_TARGET_SEAL_H
