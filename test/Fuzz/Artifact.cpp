//===-- Artifact.cpp - fuzz target: an artifact's file --------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// All that tn_open() reads before any code of the artifact is mapped. Where the
// metadata is found its hash is made right first, or no mutation gets past it.
//
//===----------------------------------------------------------------------===//

extern "C" {
#include "runtime/src/core/Hash.h"
#include "runtime/src/load/Elf.h"
}
#include "test/Fuzz/Target.h"

#include <cstdlib>
#include <cstring>

static void seal(std::vector<uint8_t> &file, const tn_elf &elf) {
  size_t begin = offsetof(tn_meta_header, abi_version);
  if (elf.meta_size < sizeof(tn_meta_header))
    return;
  uint8_t *meta = file.data() + elf.meta_offset;
  uint64_t hash = tn_hash(meta + begin, elf.meta_size - begin);
  std::memcpy(meta + offsetof(tn_meta_header, hash), &hash, sizeof hash);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::vector<uint8_t> file(data, data + size);
  tn_source source = tn_memory_source(file.data(), file.size());
  tn_elf elf;
  tn_message message;
  tn_status status = tn_elf_read(&source, &elf, &message);
  if (status == TN_OK) {
    TENON_FUZZ_REQUIRE(elf.meta_offset + elf.meta_size <= size);
    TENON_FUZZ_REQUIRE(elf.weights_offset + elf.weights_size <= size);
    seal(file, elf);
    void *meta_data = nullptr;
    tn_meta meta;
    status = tn_elf_read_meta(&source, &elf, &meta_data, &meta, &message);
    if (status == TN_OK)
      status = tn_elf_check_seal(&source, &elf, &message);
    if (status == TN_OK)
      status = tn_elf_check_weights(&source, &elf, &meta, &message);
    std::free(meta_data);
  }
  TENON_FUZZ_REQUIRE(status == TN_OK || message.text[0] != '\0');
  return 0;
}
