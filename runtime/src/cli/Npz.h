//===-- Npz.h - numpy's archives --------------------------------*- C -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A .npz is a zip archive of .npy files. Members that are stored, as
// numpy.savez stores them, are used where they lie in the file, which need not
// fit in memory; compressed ones are refused.
//
//===--------------------------------------------------------------------===//
#ifndef TENON_RUNTIME_CLI_NPZ_H
#define TENON_RUNTIME_CLI_NPZ_H

#include "cli/File.h"
#include "cli/Tensor.h"

typedef struct tn_npz_member {
  const char *name; // not NUL-terminated; with the .npy at its end
  uint32_t name_size;
  uint32_t method; // 0: stored
  uint32_t crc;    // of the content
  int encrypted;
  uint64_t header; // of the member, where its content follows
  uint64_t size;
} tn_npz_member;

typedef struct tn_npz {
  const char *path; // the caller's, for messages
  tn_mapped_file file;
  int is_mapped;
  uint64_t count;
  tn_npz_member *members;
} tn_npz;

// An array of an archive, for as long as that is open.
typedef struct tn_npz_array {
  tn_host_tensor shape; // without data
  const void *data;     // not aligned
  uint32_t crc;
} tn_npz_array;

// Any bytes may be in the file. Messages name it.
tn_status tn_npz_open(const char *path, tn_npz *npz, tn_message *message);
// The same of bytes in memory, which stay the caller's.
tn_status tn_npz_parse(const char *path, const void *data, uint64_t size,
                       tn_npz *npz, tn_message *message);
void tn_npz_close(tn_npz *npz);

// TN_NOT_FOUND, and the names that are there, when there is no such array.
tn_status tn_npz_find(const tn_npz *npz, const char *name, tn_npz_array *array,
                      tn_message *message);

#endif // TENON_RUNTIME_CLI_NPZ_H
