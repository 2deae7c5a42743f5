//===-- CpuTarget.cpp - the processor that kernels are for ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Kernels/CpuTarget.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/X86TargetParser.h"

using namespace llvm;
using namespace tenon;

std::vector<std::string> CpuTarget::features() const {
  SmallVector<StringRef> list;
  X86::getFeaturesForCPU(name, list);
  std::vector<std::string> result(list.begin(), list.end());
  llvm::sort(result);
  return result;
}

Expected<CpuTarget> CpuTarget::get(StringRef name) {
  static const CpuTarget levels[] = {{"x86-64-v4", 32}, {"x86-64-v3", 8}};
  if (name.empty() || name == "native") {
    const StringMap<bool> host = sys::getHostCPUFeatures();
    for (const CpuTarget &level : levels)
      if (llvm::all_of(level.features(), [&](const std::string &f) {
            // Features of every x86-64 are not always listed.
            auto i = host.find(f);
            return i == host.end() || i->second;
          }))
        return level;
    return createStringError(
        "this machine is below x86-64-v3, the least that Tenon generates "
        "code for; name another one: --cpu=x86-64-v3");
  }
  for (const CpuTarget &level : levels)
    if (level.name == name)
      return level;
  return createStringError(
      "unknown CPU '" + name +
      "'; choose --cpu=x86-64-v3, --cpu=x86-64-v4 or --cpu=native");
}
