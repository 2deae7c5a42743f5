//===-- Seal.cpp - the last step of writing an artifact -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tenon/Target/Seal.h"

#include "tenon/abi.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Object/ELF.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"
#include <algorithm>

using namespace llvm;

namespace tenon {
namespace {

uint64_t hashBytes(StringRef bytes) {
  return xxHash64(ArrayRef<uint8_t>(
      reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size()));
}

uint64_t chain(uint64_t hash, StringRef part) {
  while (!part.empty()) {
    size_t size = std::min<size_t>(part.size(), TN_WEIGHTS_HASH_BYTES);
    uint64_t pair[] = {hash, hashBytes(part.take_front(size))};
    hash = hashBytes({reinterpret_cast<const char *>(pair), sizeof(pair)});
    part = part.drop_front(size);
  }
  return hash;
}

/// The file offset and size of the weights; both 0 without weights.
Expected<std::pair<uint64_t, uint64_t>> findWeights(StringRef file) {
  auto elf = object::ELF64LEFile::create(file);
  if (!elf)
    return elf.takeError();
  auto sections = elf->sections();
  if (!sections)
    return sections.takeError();
  for (const auto &section : *sections) {
    auto name = elf->getSectionName(section);
    if (!name)
      return name.takeError();
    if (*name == TN_WEIGHTS_SECTION)
      return std::pair<uint64_t, uint64_t>(section.sh_offset, section.sh_size);
  }
  return std::pair<uint64_t, uint64_t>(0, 0);
}

} // namespace

Error sealArtifact(StringRef path) {
  auto buffer = MemoryBuffer::getFile(path, /*IsText=*/false,
                                      /*RequiresNullTerminator=*/false);
  if (!buffer)
    return createStringError(buffer.getError(),
                             "cannot read back '" + path +
                                 "': " + buffer.getError().message());
  StringRef file = (*buffer)->getBuffer();
  auto weights = findWeights(file);
  if (!weights)
    return weights.takeError();
  auto [offset, size] = *weights;

  tn_seal seal{};
  seal.magic = TN_SEAL_MAGIC;
  seal.file_size = file.size();
  seal.hash = chain(0, file.take_front(offset));
  seal.hash = chain(seal.hash, file.drop_front(offset + size));

  std::error_code code;
  raw_fd_ostream out(path, code, sys::fs::CD_OpenExisting, sys::fs::FA_Write,
                     sys::fs::OF_Append);
  if (!code) {
    out.write(reinterpret_cast<const char *>(&seal), sizeof(seal));
    out.close();
    code = out.error();
    out.clear_error();
  }
  if (code)
    return createStringError(code,
                             "cannot seal '" + path + "': " + code.message());
  return Error::success();
}

} // namespace tenon
