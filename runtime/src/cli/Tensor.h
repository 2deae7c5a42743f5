//===-- Tensor.h - tensors of the command line ------------------*- C -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef TENON_RUNTIME_CLI_TENSOR_H
#define TENON_RUNTIME_CLI_TENSOR_H

#include "tenon/abi.h"

enum { TN_HOST_MAX_RANK = 64 };

// Owns its data. An all-zero one is empty, and may be freed.
typedef struct tn_host_tensor {
  tn_dtype dtype;
  int32_t rank;
  int64_t dims[TN_HOST_MAX_RANK];
  uint64_t elements;
  uint64_t bytes;
  void *data; // 64-byte aligned, never NULL once allocated
} tn_host_tensor;

// Computes elements and bytes from dtype, rank and dims. TN_CORRUPT when there
// are more than limit elements.
tn_status tn_host_count(tn_host_tensor *tensor, uint64_t limit,
                        tn_message *message);
// The same, and allocates zeroed data.
tn_status tn_host_allocate(tn_host_tensor *tensor, uint64_t limit,
                           tn_message *message);
tn_status tn_host_from_spec(tn_host_tensor *tensor, const tn_tensor_spec *spec,
                            tn_message *message);
void tn_host_free(tn_host_tensor *tensor);

// The same memory, as tn_run() takes it.
tn_tensor tn_host_view(const tn_host_tensor *tensor);

// Fills with values that depend on seed and position alone: floats in [-1, 1),
// integers 0 or 1.
void tn_host_randomize(tn_host_tensor *tensor, uint64_t seed);

// Element i as a number; exact for every dtype but the last bits of 64-bit
// integers.
double tn_host_element(const tn_host_tensor *tensor, uint64_t i);
int tn_is_float(tn_dtype dtype);

//===-- Formats ---------------------------------------------------------===//
// Readers take any bytes, and allocate no more than they justify.

// Only dtype, shape and where the data begins; the file must hold all of it.
tn_status tn_npy_header(const void *data, uint64_t size, tn_host_tensor *tensor,
                        uint64_t *begins, tn_message *message);
tn_status tn_npy_parse(const void *data, uint64_t size, tn_host_tensor *tensor,
                       tn_message *message);
tn_status tn_npy_write(const char *path, const tn_host_tensor *tensor,
                       tn_message *message);
// An ONNX TensorProto.
tn_status tn_proto_parse(const void *data, uint64_t size,
                         tn_host_tensor *tensor, tn_message *message);
// By suffix: .npy or .pb. Messages name the file.
tn_status tn_tensor_read(const char *path, tn_host_tensor *tensor,
                         tn_message *message);

#endif // TENON_RUNTIME_CLI_TENSOR_H
