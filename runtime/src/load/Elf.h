//===-- Elf.h - finding an artifact's parts in its file ---------*- C -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef TENON_RUNTIME_LOAD_ELF_H
#define TENON_RUNTIME_LOAD_ELF_H

#include "core/Metadata.h"

// Random access to a file's bytes. read returns 0, or an errno.
typedef struct tn_source {
  int (*read)(const struct tn_source *source, uint64_t offset, void *buffer,
              size_t count);
  const void *data; // read's own
  int file;         // read's own
  uint64_t size;
} tn_source;

// An open file, respectively bytes in memory.
tn_source tn_file_source(int file, uint64_t size);
tn_source tn_memory_source(const void *data, uint64_t size);

typedef struct tn_elf {
  uint64_t meta_offset, meta_size;
  uint64_t weights_offset, weights_size; // 0 when there are none
  char query[256];                       // name of the exported function
} tn_elf;

// Reads `count` bytes, with an error where the file has fewer.
tn_status tn_source_read(const tn_source *source, uint64_t offset, void *buffer,
                         uint64_t count, tn_message *message);

// Finds the parts and checks every table that leads to them, and those that
// the system's loader will follow, against the file's size.
tn_status tn_elf_read(const tn_source *source, tn_elf *elf,
                      tn_message *message);

// Checks the seal when there is one.
tn_status tn_elf_check_seal(const tn_source *source, const tn_elf *elf,
                            tn_message *message);

// Reads and checks the metadata. *data is the caller's to free(); meta points
// into it.
tn_status tn_elf_read_meta(const tn_source *source, const tn_elf *elf,
                           void **data, tn_meta *meta, tn_message *message);

// Compares the weights with their hashes.
tn_status tn_elf_check_weights(const tn_source *source, const tn_elf *elf,
                               const tn_meta *meta, tn_message *message);

#endif // TENON_RUNTIME_LOAD_ELF_H
