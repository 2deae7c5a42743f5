//===-- Link.h - objects become an artifact ---------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef TENON_TARGET_LINK_H
#define TENON_TARGET_LINK_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>

namespace tenon {

enum class ArtifactKind { SharedLibrary, Executable };

struct LinkOptions {
  ArtifactKind kind = ArtifactKind::SharedLibrary;
  /// The folder of libtnrt.a and its companions: lib/artifact of the build.
  std::string libraryDir;
  /// For executables: the model whose query `main` calls.
  std::string modelName;
};

/// Links objects and the runtime into `output`, which is replaced only on
/// success. Shared libraries need LLVM's ld.lld; executables need the C
/// toolchain's `cc`, because only it knows the start-up files.
llvm::Error linkArtifact(llvm::ArrayRef<std::string> objects,
                         llvm::StringRef output, const LinkOptions &options);

} // namespace tenon

#endif // TENON_TARGET_LINK_H
