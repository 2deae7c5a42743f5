//===-- Link.cpp - objects become an artifact -----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "tenon/Target/Link.h"

#include "tenon/Target/Metadata.h"
#include "tenon/Target/Seal.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"

using namespace llvm;
using namespace tenon;

/// Debian's folder first: an ld.lld on PATH may be of another LLVM.
static Expected<std::string> findTool(StringRef program, StringRef package) {
  std::string own =
      ("/usr/lib/llvm-" + Twine(LLVM_VERSION_MAJOR) + "/bin").str();
  if (auto p = sys::findProgramByName(program, {own}))
    return *p;
  if (auto p = sys::findProgramByName(program))
    return *p;
  return createStringError("cannot find " + program +
                           "; install it: apt-get install " + package);
}

static Error execute(const std::vector<std::string> &command) {
  SmallString<128> log;
  if (std::error_code e =
          sys::fs::createTemporaryFile("tenon-link", "log", log))
    return createStringError("cannot make a temporary file: " + e.message());
  SmallVector<StringRef> words(command.begin(), command.end());
  std::optional<StringRef> redirects[] = {StringRef(""), StringRef(log),
                                          StringRef(log)};
  std::string message;
  int status = sys::ExecuteAndWait(command[0], words, std::nullopt, redirects,
                                   0, 0, &message);
  std::string said;
  if (auto text = MemoryBuffer::getFile(log))
    said = (*text)->getBuffer().trim().str();
  sys::fs::remove(log);
  if (status)
    return createStringError("linking failed (" + Twine(status) +
                             "): " + message + said);
  return Error::success();
}

Error tenon::linkArtifact(ArrayRef<std::string> objects, StringRef output,
                          const LinkOptions &o) {
  auto library = [&](StringRef name) {
    return (o.libraryDir + "/" + name).str();
  };
  std::string partial = (output + ".partial").str();
  std::vector<std::string> command;
  if (o.kind == ArtifactKind::SharedLibrary) {
    auto linker = findTool("ld.lld", "lld-22");
    if (!linker)
      return linker.takeError();
    command = {*linker,
               "-shared",
               "--gc-sections",
               "-z",
               "defs",
               "-z",
               "now",
               "--build-id=none",
               "--strip-all",
               "--no-undefined-version",
               "-o",
               partial};
    command.insert(command.end(), objects.begin(), objects.end());
    // By file name, so that no -dev package is needed; libm holds what kernels
    // call in f64.
    command.insert(command.end(),
                   {library("libtnrt.a"), "-L/lib/x86_64-linux-gnu",
                    "-L/usr/lib/x86_64-linux-gnu", "--as-needed",
                    "-l:libm.so.6", "-l:libc.so.6"});
  } else {
    auto compiler = findTool("cc", "gcc libc6-dev");
    if (!compiler)
      return compiler.takeError();
    command = {*compiler,
               "-Wl,--build-id=none",
               "-Wl,--gc-sections",
               "-s",
               "-Wl,--defsym=tn_exe_query=tn_" +
                   sanitizeModelName(o.modelName) + "_query",
               "-o",
               partial};
    command.insert(command.end(), objects.begin(), objects.end());
    command.insert(command.end(),
                   {library("libtnrun_main.a"), library("libtncli.a"),
                    library("libtnrt.a"), "-lm", "-pthread"});
  }
  if (Error e = execute(command)) {
    sys::fs::remove(partial);
    return e;
  }
  if (o.kind == ArtifactKind::SharedLibrary)
    if (Error e = sealArtifact(partial)) {
      sys::fs::remove(partial);
      return e;
    }
  if (std::error_code e = sys::fs::rename(partial, output)) {
    sys::fs::remove(partial);
    return createStringError("cannot write " + output + ": " + e.message());
  }
  return Error::success();
}
