//===-- Metadata.cpp - fuzz target: an artifact's metadata ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The last byte says whether the bytes are sealed first (magic, version, size
// and hash made right), since no mutation would guess a hash.
//
//===----------------------------------------------------------------------===//

extern "C" {
#include "runtime/src/core/Metadata.h"
#include "runtime/src/core/Hash.h"
}
#include "test/Fuzz/Target.h"

#include <cstring>

static void seal(std::vector<uint64_t> &words, uint64_t size) {
  tn_meta_header header;
  std::memcpy(&header, words.data(), sizeof header);
  header.magic = TN_META_MAGIC;
  header.abi_version = TN_ABI_VERSION;
  header.header_size = sizeof header;
  header.total_size = size;
  std::memcpy(words.data(), &header, sizeof header);
  auto *base = reinterpret_cast<char *>(words.data());
  size_t begin = offsetof(tn_meta_header, abi_version);
  header.hash = tn_hash(base + begin, size - begin);
  std::memcpy(words.data(), &header, sizeof header);
}

// Reads all that an accepted view gives access to.
static void walk(const tn_meta &meta) {
  const tn_meta_header &h = *meta.header;
  volatile uint64_t sink = std::strlen(meta.strings + h.model_name) +
                           std::strlen(meta.strings + h.target_cpu);
  for (uint64_t i = 0; i < h.tensor_count; ++i) {
    const tn_meta_tensor &tensor = meta.tensors[i];
    sink = sink + std::strlen(meta.strings + tensor.name);
    for (uint32_t d = 0; d < tensor.rank; ++d)
      TENON_FUZZ_REQUIRE(meta.dims[tensor.dims_index + d] >= 0);
  }
  for (int32_t e = 0; e < TN_ENTRY_COUNT; ++e) {
    const tn_meta_entry &entry = h.entries[e];
    for (uint32_t i = 0; i < entry.input_count; ++i)
      sink =
          sink + std::strlen(meta.strings + tn_meta_inputs(&meta, e)[i].name);
    for (uint32_t i = 0; i < entry.output_count; ++i)
      sink =
          sink + std::strlen(meta.strings + tn_meta_outputs(&meta, e)[i].name);
    for (uint32_t i = 0; i < entry.op_count; ++i)
      sink = sink + meta.ops[entry.first_op + i].name;
  }
  uint64_t end = 0;
  for (uint32_t i = 0; i < h.state_count; ++i) {
    const tn_meta_state &state = meta.states[i];
    sink = sink + std::strlen(meta.strings + state.tensor.name) +
           std::strlen(meta.strings + state.source);
    TENON_FUZZ_REQUIRE(state.offset >= end);
    end = state.offset + state.tensor.bytes;
    TENON_FUZZ_REQUIRE(end <= h.state_bytes);
  }
  sink = sink + std::strlen(meta.strings + h.labels);
  for (uint32_t i = 0; i < h.op_count; ++i)
    sink = sink + std::strlen(meta.strings + meta.ops[i].name) +
           std::strlen(meta.strings + meta.ops[i].op_type);
  for (uint64_t i = 0; i < h.weights_hash_count; ++i)
    sink = sink + meta.weights_hash[i];
  for (uint64_t i = 0; i < h.json_size; ++i)
    sink = sink + static_cast<uint8_t>(meta.json[i]);
  TENON_FUZZ_REQUIRE(h.scratch_offset + h.max_threads * h.scratch_stride <=
                     h.arena_bytes);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0)
    return 0;
  bool sealed = data[--size] & 1;
  // Exactly as many words as needed, so that a read past the end shows.
  std::vector<uint64_t> words((size + 7) / 8);
  if (size)
    std::memcpy(words.data(), data, size);
  if (sealed && size >= sizeof(tn_meta_header))
    seal(words, size);
  tn_meta meta;
  tn_message message;
  tn_status status = tn_meta_read(words.data(), size, &meta, &message);
  if (status == TN_OK)
    walk(meta);
  else
    TENON_FUZZ_REQUIRE(message.text[0] != '\0');
  return 0;
}

// One input of 2x3 f32, one output, one node, one piece of weights.
std::vector<uint8_t> tenonFuzzSeed() {
  struct {
    tn_meta_header header;
    tn_meta_tensor tensors[2];
    tn_meta_state states[1];
    int64_t dims[2];
    tn_meta_op op;
    uint64_t hash;
    char strings[16];
    uint8_t sealed;
  } seed;
  std::memset(&seed, 0, sizeof seed);
  tn_meta_header &h = seed.header;
  h.arch = TN_ARCH_X86_64;
  h.arena_bytes = 4096;
  h.scratch_offset = 2048;
  h.scratch_stride = 64;
  h.max_threads = 16;
  h.model_name = 1;
  h.target_cpu = 3;
  h.tensor_count = 2;
  h.op_count = h.state_count = 1;
  h.entries[TN_INFER] = {1, 1, 1, 1, 0, 0};
  h.state_bytes = 64;
  h.states_offset = offsetof(decltype(seed), states);
  h.tensors_offset = offsetof(decltype(seed), tensors);
  h.dims_offset = offsetof(decltype(seed), dims);
  h.dims_count = 2;
  h.ops_offset = offsetof(decltype(seed), op);
  h.weights_bytes = 24;
  h.weights_hash_offset = offsetof(decltype(seed), hash);
  h.weights_hash_count = 1;
  h.strings_offset = h.json_offset = offsetof(decltype(seed), strings);
  h.strings_size = h.json_size = sizeof seed.strings;
  for (tn_meta_tensor &tensor : seed.tensors)
    tensor = {5, TN_F32, 2, 64, 0, 24};
  seed.states[0] = {{5, TN_F32, 2, 4, 0, 24}, TN_STATE_PARAMETER, 5, 0};
  seed.dims[0] = 2;
  seed.dims[1] = 3;
  seed.op = {7, 9};
  std::memcpy(seed.strings, "\0m\0v\0x\0n\0Add", 12);
  seed.sealed = 1;
  const auto *bytes = reinterpret_cast<const uint8_t *>(&seed);
  return {bytes, bytes + offsetof(decltype(seed), sealed) + 1};
}
