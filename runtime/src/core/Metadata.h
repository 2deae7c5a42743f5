//===-- Metadata.h - checked view of an artifact's metadata -----*- C -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef TENON_RUNTIME_CORE_METADATA_H
#define TENON_RUNTIME_CORE_METADATA_H

#include "tenon/abi.h"

// Views into the bytes given to tn_meta_read().
typedef struct tn_meta {
  const tn_meta_header *header;
  const tn_meta_tensor *tensors; // of all entries
  const tn_meta_op *ops;
  const tn_meta_state *states;
  const int64_t *dims;
  const uint64_t *weights_hash;
  const char *strings;
  const char *json;
} tn_meta;

// The first input and output of an entry; entry is below TN_ENTRY_COUNT.
static inline const tn_meta_tensor *tn_meta_inputs(const tn_meta *meta,
                                                   int32_t entry) {
  return meta->tensors + meta->header->entries[entry].first_tensor;
}
static inline const tn_meta_tensor *tn_meta_outputs(const tn_meta *meta,
                                                    int32_t entry) {
  return tn_meta_inputs(meta, entry) + meta->header->entries[entry].input_count;
}

// Checks size bytes at data, which must be 8-byte aligned: magic, ABI version,
// hash, and that every reference stays inside. Any bytes may be given.
tn_status tn_meta_read(const void *data, uint64_t size, tn_meta *meta,
                       tn_message *message);

// The same without the hash and the checks, for bytes that passed them.
void tn_meta_view(const void *data, tn_meta *meta);

// Compares one piece of weights with its hash; index counts pieces of
// TN_WEIGHTS_HASH_BYTES.
tn_status tn_meta_check_piece(const tn_meta *meta, uint64_t index,
                              const void *data, uint64_t size,
                              tn_message *message);

#endif // TENON_RUNTIME_CORE_METADATA_H
