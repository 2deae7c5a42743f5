//===-- File.h - whole files, read and replaced -----------------*- C -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef TENON_RUNTIME_CLI_FILE_H
#define TENON_RUNTIME_CLI_FILE_H

#include "tenon/abi.h"

// A file's bytes, mapped read-only. An all-zero one is empty, and may be
// closed.
typedef struct tn_mapped_file {
  const void *data; // NULL when the file is empty
  uint64_t size;
} tn_mapped_file;

// TN_NOT_FOUND when there is no such file. Messages name it.
tn_status tn_file_map(const char *path, tn_mapped_file *file,
                      tn_message *message);
void tn_file_unmap(tn_mapped_file *file);

// A piece of what is written.
typedef struct tn_piece {
  const void *data;
  uint64_t size;
} tn_piece;

// Replaces a file by the pieces, one after the other, so that whatever happens
// and whenever, the path names the old bytes or all of the new ones: they are
// written to PATH.tmp, flushed to the disk, and take the name only then.
tn_status tn_file_replace(const char *path, const tn_piece *pieces,
                          uint32_t count, tn_message *message);

// Whether tn_file_replace() would find a folder that it may write to.
tn_status tn_file_can_replace(const char *path, tn_message *message);

#endif // TENON_RUNTIME_CLI_FILE_H
