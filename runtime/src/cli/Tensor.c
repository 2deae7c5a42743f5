//===-- Tensor.c - tensors of the command line --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cli/Tensor.h"
#include "core/Message.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

tn_status tn_host_count(tn_host_tensor *tensor, uint64_t limit,
                        tn_message *message) {
  uint64_t elements = 1;
  int empty = 0;
  for (int32_t i = 0; i < tensor->rank; ++i)
    empty |= tensor->dims[i] == 0;
  for (int32_t i = 0; i < tensor->rank && !empty; ++i) {
    uint64_t dim = (uint64_t)tensor->dims[i];
    if (tensor->dims[i] < 0 || dim > limit / elements) {
      char shape[TN_SHAPE_TEXT];
      tn_shape_text(shape, tensor->dtype, tensor->rank, tensor->dims);
      return tn_fail(message, TN_CORRUPT,
                     "the shape %s says more than the file holds", shape);
    }
    elements *= dim;
  }
  tensor->elements = empty ? 0 : elements;
  tensor->bytes = tensor->elements * tn_dtype_size(tensor->dtype);
  return TN_OK;
}

tn_status tn_host_allocate(tn_host_tensor *tensor, uint64_t limit,
                           tn_message *message) {
  tn_status status = tn_host_count(tensor, limit, message);
  if (status)
    return status;
  tensor->data = aligned_alloc(64, (tensor->bytes + 64) / 64 * 64);
  if (!tensor->data)
    return tn_fail(message, TN_OUT_OF_MEMORY,
                   "no memory for a tensor of %llu bytes",
                   (unsigned long long)tensor->bytes);
  memset(tensor->data, 0, tensor->bytes);
  return TN_OK;
}

tn_status tn_host_from_spec(tn_host_tensor *tensor, const tn_tensor_spec *spec,
                            tn_message *message) {
  memset(tensor, 0, sizeof(*tensor));
  tensor->dtype = spec->dtype;
  tensor->rank = spec->rank;
  if (spec->rank)
    memcpy(tensor->dims, spec->dims, (size_t)spec->rank * sizeof(int64_t));
  return tn_host_allocate(tensor, UINT64_C(1) << 46, message);
}

void tn_host_free(tn_host_tensor *tensor) {
  free(tensor->data);
  memset(tensor, 0, sizeof(*tensor));
}

tn_tensor tn_host_view(const tn_host_tensor *tensor) {
  tn_tensor view = {tensor->data, tensor->dtype, tensor->rank, tensor->dims};
  return view;
}

int tn_is_float(tn_dtype dtype) {
  return dtype == TN_F32 || dtype == TN_F64 || dtype == TN_F16 ||
         dtype == TN_BF16;
}

//===-- Elements --------------------------------------------------------===//

static float fromBits(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof(value));
  return value;
}

static double fromHalf(uint16_t half) {
  uint32_t sign = (uint32_t)(half & 0x8000) << 16;
  uint32_t exponent = half >> 10 & 0x1f, fraction = half & 0x3ff;
  if (exponent == 0x1f)
    return fromBits(sign | 0x7f800000 | fraction << 13);
  if (exponent)
    return fromBits(sign | (exponent + 112) << 23 | fraction << 13);
  float subnormal = (float)fraction / (1 << 24);
  return sign ? -subnormal : subnormal;
}

double tn_host_element(const tn_host_tensor *tensor, uint64_t i) {
  const void *data = tensor->data;
  switch (tensor->dtype) {
  case TN_F32:
    return ((const float *)data)[i];
  case TN_F64:
    return ((const double *)data)[i];
  case TN_F16:
    return fromHalf(((const uint16_t *)data)[i]);
  case TN_BF16:
    return fromBits((uint32_t)((const uint16_t *)data)[i] << 16);
  case TN_I8:
    return ((const int8_t *)data)[i];
  case TN_U8:
  case TN_BOOL:
    return ((const uint8_t *)data)[i];
  case TN_I16:
    return ((const int16_t *)data)[i];
  case TN_U16:
    return ((const uint16_t *)data)[i];
  case TN_I32:
    return ((const int32_t *)data)[i];
  case TN_U32:
    return ((const uint32_t *)data)[i];
  case TN_I64:
    return (double)((const int64_t *)data)[i];
  default:
    return (double)((const uint64_t *)data)[i];
  }
}

// SplitMix64's mixing, of the position: no state, so any order gives the same.
static uint64_t randomBits(uint64_t seed, uint64_t i) {
  uint64_t z = seed * UINT64_C(0xD1342543DE82EF95) +
               (i + 1) * UINT64_C(0x9E3779B97F4A7C15);
  z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
  return z ^ (z >> 31);
}

void tn_host_randomize(tn_host_tensor *tensor, uint64_t seed) {
  size_t size = tn_dtype_size(tensor->dtype);
  for (uint64_t i = 0; i < tensor->elements; ++i) {
    uint64_t bits = randomBits(seed, i);
    char *to = (char *)tensor->data + i * size;
    if (tensor->dtype == TN_F32 || tensor->dtype == TN_BF16) {
      // 24 bits; a bfloat16 is the upper half of one.
      float value = (float)(bits >> 40) / (1 << 23) - 1;
      memcpy(to, (char *)&value + (4 - size), size);
    } else if (tensor->dtype == TN_F64) {
      double value = (double)(bits >> 40) / (1 << 23) - 1;
      memcpy(to, &value, size);
    } else if (tensor->dtype == TN_F16) {
      // Sign, and an exponent and fraction below that of 1.
      uint16_t half = (uint16_t)((bits >> 63) << 15 | (bits >> 20) % 0x3c00);
      memcpy(to, &half, size);
    } else {
      *to = (char)(bits >> 63);
    }
  }
}

//===-- Files -----------------------------------------------------------===//

static tn_status readStream(FILE *file, void **data, uint64_t *size,
                            tn_message *message) {
  struct stat info;
  if (fstat(fileno(file), &info) != 0 || !S_ISREG(info.st_mode))
    return tn_fail(message, TN_IO_ERROR, "this is not a regular file");
  *size = (uint64_t)info.st_size;
  *data = malloc(*size + 1);
  if (!*data)
    return tn_fail(message, TN_OUT_OF_MEMORY, "no memory to read %llu bytes",
                   (unsigned long long)*size);
  if (fread(*data, 1, *size, file) != *size)
    return tn_fail(message, TN_IO_ERROR, "reading failed");
  return TN_OK;
}

static int endsWith(const char *text, const char *suffix) {
  size_t a = strlen(text), b = strlen(suffix);
  return a >= b && !strcmp(text + a - b, suffix);
}

tn_status tn_tensor_read(const char *path, tn_host_tensor *tensor,
                         tn_message *message) {
  memset(tensor, 0, sizeof(*tensor));
  tn_message reason;
  tn_status status;
  void *data = NULL;
  uint64_t size = 0;
  int is_npy = endsWith(path, ".npy");
  FILE *file = is_npy || endsWith(path, ".pb") ? fopen(path, "rb") : NULL;
  if (file)
    status = readStream(file, &data, &size, &reason);
  else if (is_npy || endsWith(path, ".pb"))
    status = tn_fail(&reason, TN_NOT_FOUND, "%s", strerror(errno));
  else
    status = tn_fail(&reason, TN_INVALID_ARGUMENT,
                     "its name must end in .npy, or in .pb for an ONNX "
                     "TensorProto");
  if (!status)
    status = is_npy ? tn_npy_parse(data, size, tensor, &reason)
                    : tn_proto_parse(data, size, tensor, &reason);
  free(data);
  if (file)
    fclose(file);
  if (!status)
    return tn_succeed(message);
  tn_host_free(tensor);
  return tn_fail(message, status, "cannot read '%.300s': %.700s", path,
                 reason.text);
}
