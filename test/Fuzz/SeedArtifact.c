//===-- SeedArtifact.c - a shared object with an artifact's sections ------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Never run: a start for the fuzz target, which puts the hashes in.
//
//===----------------------------------------------------------------------===//

#include "tenon/abi.h"

typedef struct seed_meta {
  tn_meta_header header;
  tn_meta_tensor tensors[2];
  int64_t dims[2];
  tn_meta_op op;
  uint64_t weights_hash;
  char strings[16];
} seed_meta;

__attribute__((section(".tn.meta"), aligned(8), used)) //
const seed_meta tn_seed_meta = {
    .header = {.magic = TN_META_MAGIC,
               .abi_version = TN_ABI_VERSION,
               .header_size = sizeof(tn_meta_header),
               .total_size = sizeof(seed_meta),
               .arch = TN_ARCH_X86_64,
               .arena_bytes = 4096,
               .scratch_offset = 2048,
               .scratch_stride = 64,
               .max_threads = 16,
               .model_name = 1,
               .target_cpu = 3,
               .tensor_count = 2,
               .op_count = 1,
               .entries = {{1, 1, 1, 1, 0, 0}},
               .states_offset = offsetof(seed_meta, tensors),
               .tensors_offset = offsetof(seed_meta, tensors),
               .dims_offset = offsetof(seed_meta, dims),
               .dims_count = 2,
               .ops_offset = offsetof(seed_meta, op),
               .weights_bytes = 24,
               .weights_hash_offset = offsetof(seed_meta, weights_hash),
               .weights_hash_count = 1,
               .strings_offset = offsetof(seed_meta, strings),
               .strings_size = sizeof(((seed_meta *)0)->strings),
               .json_offset = offsetof(seed_meta, strings)},
    .tensors = {{5, TN_F32, 2, 64, 0, 24}, {5, TN_F32, 2, 64, 0, 24}},
    .dims = {2, 3},
    .op = {7, 9},
    .strings = "\0m\0v\0x\0n\0Add"};

__attribute__((section(".tn.weights"), aligned(4096), used)) //
const char tn_seed_weights[24] = "weights";

static const tn_model model = {.meta = &tn_seed_meta,
                               .meta_size = sizeof(seed_meta),
                               .weights = tn_seed_weights,
                               .weights_size = sizeof tn_seed_weights};

__attribute__((visibility("default"))) const tn_model *tn_seed_query(void) {
  return &model;
}
