//===-- TensorProto.c - ONNX's tensor message ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
#include "cli/Tensor.h"
#include "cli/Wire.h"
#include "core/Message.h"

#include <stdlib.h>
#include <string.h>

enum field {
  DIMS = 1,
  DATA_TYPE = 2,
  FLOAT_DATA = 4,
  INT32_DATA = 5,
  INT64_DATA = 7,
  RAW_DATA = 9,
  DOUBLE_DATA = 10,
  UINT64_DATA = 11,
  DATA_LOCATION = 14
};

int tn_wire_varint(tn_wire *c, uint64_t *value) {
  *value = 0;
  for (int shift = 0; shift < 64 && c->at < c->end; shift += 7) {
    unsigned char byte = *c->at++;
    *value |= (uint64_t)(byte & 0x7f) << shift;
    if (!(byte & 0x80))
      return 1;
  }
  return 0;
}

int tn_wire_next(tn_wire *c, tn_wire_entry *e) {
  uint64_t key, size;
  memset(e, 0, sizeof(*e));
  e->whole.at = c->at;
  if (!tn_wire_varint(c, &key))
    return 0;
  e->number = key >> 3;
  e->wire = key & 7;
  switch (e->wire) {
  case TN_WIRE_VARINT:
    if (!tn_wire_varint(c, &e->varint))
      return 0;
    e->whole.end = c->at;
    return 1;
  case TN_WIRE_FIXED64:
    size = 8;
    break;
  case TN_WIRE_FIXED32:
    size = 4;
    break;
  case TN_WIRE_COUNTED:
    if (!tn_wire_varint(c, &size))
      return 0;
    break;
  default:
    return 0;
  }
  if (size > (uint64_t)(c->end - c->at))
    return 0;
  e->bytes.at = c->at;
  e->bytes.end = e->whole.end = c->at += size;
  return 1;
}

static int addDim(tn_host_tensor *tensor, uint64_t dim) {
  if (tensor->rank == TN_HOST_MAX_RANK)
    return 0;
  tensor->dims[tensor->rank++] = (int64_t)dim;
  return 1;
}

tn_dtype tn_onnx_dtype(uint64_t type) {
  static const unsigned char dtypes[] = {
      0,       TN_F32, TN_U8,  TN_I8,  TN_U16, TN_I16, TN_I32, TN_I64, 0,
      TN_BOOL, TN_F16, TN_F64, TN_U32, TN_U64, 0,      0,      TN_BF16};
  return type < sizeof(dtypes) ? dtypes[type] : 0;
}

// Which field holds the elements when raw_data does not.
static enum field typedField(tn_dtype dtype) {
  switch (dtype) {
  case TN_F32:
    return FLOAT_DATA;
  case TN_F64:
    return DOUBLE_DATA;
  case TN_I64:
    return INT64_DATA;
  case TN_U32:
  case TN_U64:
    return UINT64_DATA;
  default:
    return INT32_DATA;
  }
}

static tn_status malformed(tn_message *message) {
  return tn_fail(message, TN_CORRUPT,
                 "this is not an ONNX TensorProto, or it is cut off");
}

// First pass: everything but the elements.
static tn_status readShape(tn_wire c, tn_host_tensor *tensor, tn_wire *raw,
                           tn_message *message) {
  tn_wire_entry e;
  uint64_t type = 0;
  raw->at = raw->end = NULL;
  while (c.at < c.end) {
    if (!tn_wire_next(&c, &e))
      return malformed(message);
    int valid = 1;
    if (e.number == DIMS && e.wire == TN_WIRE_VARINT) {
      valid = addDim(tensor, e.varint);
    } else if (e.number == DIMS && e.wire == TN_WIRE_COUNTED) {
      uint64_t dim;
      while (valid && e.bytes.at < e.bytes.end)
        valid = tn_wire_varint(&e.bytes, &dim) && addDim(tensor, dim);
    } else if (e.number == DATA_TYPE) {
      valid = e.wire == TN_WIRE_VARINT;
      type = e.varint;
    } else if (e.number == RAW_DATA) {
      valid = e.wire == TN_WIRE_COUNTED;
      *raw = e.bytes;
    } else if (e.number == DATA_LOCATION && e.wire == TN_WIRE_VARINT &&
               e.varint) {
      return tn_fail(message, TN_INVALID_ARGUMENT,
                     "its data is in another file, which is not supported "
                     "here");
    }
    if (!valid)
      return malformed(message);
  }
  tensor->dtype = tn_onnx_dtype(type);
  if (!tensor->dtype)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "ONNX data type %llu is not supported",
                   (unsigned long long)type);
  return TN_OK;
}

// Writes the low bytes of a value; 0 when there is no room for it.
static int store(tn_host_tensor *tensor, uint64_t *count, uint64_t value) {
  size_t size = tn_dtype_size(tensor->dtype);
  if (*count == tensor->elements)
    return 0;
  if (tensor->dtype == TN_BOOL)
    value = value != 0;
  memcpy((char *)tensor->data + *count * size, &value, size);
  ++*count;
  return 1;
}

// Second pass: the elements of the field that belongs to the dtype.
static tn_status readElements(tn_wire c, tn_host_tensor *tensor,
                              tn_message *message) {
  enum field field = typedField(tensor->dtype);
  size_t fixed = field == FLOAT_DATA ? 4 : field == DOUBLE_DATA ? 8 : 0;
  uint64_t count = 0, value;
  tn_wire_entry e;
  while (c.at < c.end) {
    if (!tn_wire_next(&c, &e))
      return malformed(message);
    if (e.number != field)
      continue;
    int valid = 1;
    if (e.wire == TN_WIRE_VARINT) {
      valid = !fixed && store(tensor, &count, e.varint);
    } else if (fixed) {
      valid = (size_t)(e.bytes.end - e.bytes.at) % fixed == 0;
      for (; valid && e.bytes.at < e.bytes.end; e.bytes.at += fixed) {
        value = 0;
        memcpy(&value, e.bytes.at, fixed);
        valid = store(tensor, &count, value);
      }
    } else {
      valid = e.wire == TN_WIRE_COUNTED;
      while (valid && e.bytes.at < e.bytes.end)
        valid =
            tn_wire_varint(&e.bytes, &value) && store(tensor, &count, value);
    }
    if (!valid)
      return malformed(message);
  }
  if (count != tensor->elements)
    return tn_fail(
        message, TN_CORRUPT, "it holds %llu elements, and its shape needs %llu",
        (unsigned long long)count, (unsigned long long)tensor->elements);
  return TN_OK;
}

tn_status tn_proto_parse(const void *data, uint64_t size,
                         tn_host_tensor *tensor, tn_message *message) {
  memset(tensor, 0, sizeof(*tensor));
  tn_wire all = {data, (const unsigned char *)data + size}, raw;
  tn_status status = readShape(all, tensor, &raw, message);
  // An element takes at least one byte in every encoding.
  if (!status)
    status = tn_host_allocate(tensor, size, message);
  // Some writers leave an empty raw_data beside a typed field.
  if (!status && raw.at == raw.end)
    status = readElements(all, tensor, message);
  else if (!status && (uint64_t)(raw.end - raw.at) != tensor->bytes)
    status = tn_fail(message, TN_CORRUPT,
                     "it holds %llu bytes of data, and its shape needs %llu",
                     (unsigned long long)(raw.end - raw.at),
                     (unsigned long long)tensor->bytes);
  else if (!status)
    memcpy(tensor->data, raw.at, tensor->bytes);
  if (status) {
    tn_host_free(tensor);
    return status;
  }
  return tn_succeed(message);
}
