//===-- Metadata.h - checked view of an artifact's metadata -----*- C -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef TENON_RUNTIME_CORE_METADATA_H
#define TENON_RUNTIME_CORE_METADATA_H

#include "tenon/abi.h"

// Views into the bytes given to tn_meta_read().
typedef struct tn_meta {
  const tn_meta_header *header;
  const tn_meta_tensor *inputs;
  const tn_meta_tensor *outputs;
  const tn_meta_op *ops;
  const int64_t *dims;
  const uint64_t *weights_hash;
  const char *strings;
  const char *json;
} tn_meta;

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
