//===-- Npy.c - numpy's file format -------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Magic, version, length of the header, header, data. The header is a Python
// dictionary: {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }
// bfloat16, which numpy has no name for, is '<V2' as the ml_dtypes package
// writes it.
#include "cli/Tensor.h"
#include "core/Message.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const descriptions[] = {NULL,  "<f4", "<f8", "<f2", "<V2",
                                           "|i1", "|u1", "<i2", "<u2", "<i4",
                                           "<u4", "<i8", "<u8", "|b1"};

// The header's text that is still to be read.
typedef struct {
  const char *at, *end;
} cursor;

static void skipBlanks(cursor *c) {
  while (c->at < c->end && (*c->at == ' ' || *c->at == '\n'))
    ++c->at;
}

// Skips blanks, then takes the text when it is next.
static int take(cursor *c, const char *text) {
  skipBlanks(c);
  size_t size = strlen(text);
  if ((size_t)(c->end - c->at) < size || memcmp(c->at, text, size))
    return 0;
  c->at += size;
  return 1;
}

// A quoted string without escapes; 0 when it is none or too long.
static int takeString(cursor *c, char *buffer, size_t size) {
  skipBlanks(c);
  if (c->at == c->end || (*c->at != '\'' && *c->at != '"'))
    return 0;
  char quote = *c->at++;
  const char *close = memchr(c->at, quote, (size_t)(c->end - c->at));
  if (!close || (size_t)(close - c->at) >= size)
    return 0;
  size_t length = (size_t)(close - c->at);
  memcpy(buffer, c->at, length);
  buffer[length] = '\0';
  c->at = close + 1;
  return 1;
}

static int takeExtent(cursor *c, int64_t *value) {
  skipBlanks(c);
  const char *begin = c->at;
  *value = 0;
  for (; c->at < c->end && *c->at >= '0' && *c->at <= '9'; ++c->at) {
    if (*value > INT64_MAX / 10 - 1)
      return 0;
    *value = *value * 10 + (*c->at - '0');
  }
  return c->at > begin;
}

static int takeShape(cursor *c, tn_host_tensor *tensor) {
  if (!take(c, "("))
    return 0;
  while (!take(c, ")")) {
    if (tensor->rank == TN_HOST_MAX_RANK ||
        !takeExtent(c, &tensor->dims[tensor->rank]))
      return 0;
    ++tensor->rank;
    if (!take(c, ",")) // Python wants one in (3,), so it is no separator
      return take(c, ")");
  }
  return 1;
}

static tn_status takeDtype(const char *text, tn_dtype *dtype,
                           tn_message *message) {
  // The byte order of single bytes is written in several ways.
  int one_byte = text[0] && text[1] && !strcmp(text + 2, "1");
  for (tn_dtype d = 1; d <= TN_BOOL; ++d)
    if (!strcmp(descriptions[d] + 1, text[0] ? text + 1 : text) &&
        (one_byte || text[0] == descriptions[d][0] || text[0] == '=' ||
         (d == TN_BF16 && text[0] == '|'))) {
      *dtype = d;
      return TN_OK;
    }
  if (text[0] == '>')
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "dtype '%.20s' is big-endian; save "
                   "a.astype(a.dtype.newbyteorder('<'))",
                   text);
  return tn_fail(message, TN_INVALID_ARGUMENT,
                 "dtype '%.20s' is not supported; save a.astype() of a float, "
                 "integer or bool dtype",
                 text);
}

static tn_status parseHeader(cursor c, tn_host_tensor *tensor,
                             tn_message *message) {
  char key[32], text[64] = "";
  int has_order = 0, has_shape = 0, fortran = 0;
  int well_formed = take(&c, "{");
  while (well_formed && !take(&c, "}")) {
    well_formed = takeString(&c, key, sizeof(key)) && take(&c, ":");
    if (!well_formed)
      break;
    if (!strcmp(key, "descr")) {
      if (take(&c, "["))
        return tn_fail(message, TN_INVALID_ARGUMENT,
                       "structured arrays are not supported; save one field");
      well_formed = takeString(&c, text, sizeof(text));
    } else if (!strcmp(key, "fortran_order")) {
      fortran = take(&c, "True");
      has_order = well_formed = fortran || take(&c, "False");
    } else if (!strcmp(key, "shape")) {
      has_shape = !has_shape;
      well_formed = has_shape && takeShape(&c, tensor);
    } else {
      well_formed = 0;
    }
    if (well_formed && !take(&c, ",")) {
      well_formed = take(&c, "}");
      break;
    }
  }
  if (!well_formed || !text[0] || !has_order || !has_shape)
    return tn_fail(message, TN_CORRUPT,
                   "its header is not that of a .npy file");
  tn_status status = takeDtype(text, &tensor->dtype, message);
  if (!status && fortran)
    status = tn_fail(message, TN_INVALID_ARGUMENT,
                     "the array is in Fortran order; save "
                     "numpy.ascontiguousarray(a)");
  return status;
}

tn_status tn_npy_header(const void *data, uint64_t size, tn_host_tensor *tensor,
                        uint64_t *begins, tn_message *message) {
  memset(tensor, 0, sizeof(*tensor));
  const unsigned char *bytes = data;
  if (size < 10 || memcmp(bytes, "\x93NUMPY", 6))
    return tn_fail(message, TN_CORRUPT, "this is not a .npy file");
  unsigned version = bytes[6];
  if (version < 1 || version > 3)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   ".npy version %u is not supported", version);
  uint64_t begin = version == 1 ? 10 : 12;
  uint64_t length = bytes[8] | (uint64_t)bytes[9] << 8;
  if (version > 1 && size >= begin)
    length |= (uint64_t)bytes[10] << 16 | (uint64_t)bytes[11] << 24;
  if (size < begin || length > size - begin)
    return tn_fail(message, TN_CORRUPT, "the file ends in its header");
  cursor header = {(const char *)bytes + begin,
                   (const char *)bytes + begin + length};
  tn_status status = parseHeader(header, tensor, message);
  uint64_t left = size - begin - length;
  if (!status)
    status = tn_host_count(tensor, left, message);
  if (!status && tensor->bytes != left)
    status =
        tn_fail(message, TN_CORRUPT,
                "the file holds %llu bytes of data, and its shape needs "
                "%llu",
                (unsigned long long)left, (unsigned long long)tensor->bytes);
  *begins = begin + length;
  return status ? status : tn_succeed(message);
}

tn_status tn_npy_parse(const void *data, uint64_t size, tn_host_tensor *tensor,
                       tn_message *message) {
  uint64_t begin;
  tn_status status = tn_npy_header(data, size, tensor, &begin, message);
  if (!status)
    status = tn_host_allocate(tensor, size - begin, message);
  if (status) {
    tn_host_free(tensor);
    return status;
  }
  memcpy(tensor->data, (const char *)data + begin, tensor->bytes);
  return tn_succeed(message);
}

tn_status tn_npy_write(const char *path, const tn_host_tensor *tensor,
                       tn_message *message) {
  enum { PREFIX = 10, UNIT = 64, ROOM = 2048 };
  char header[ROOM];
  int used = PREFIX;
  memcpy(header, "\x93NUMPY\x01\x00", 8);
  used += snprintf(header + used, ROOM - used,
                   "{'descr': '%s', 'fortran_order': False, 'shape': (",
                   descriptions[tensor->dtype]);
  for (int32_t i = 0; i < tensor->rank; ++i)
    used +=
        snprintf(header + used, ROOM - used, "%lld,%s",
                 (long long)tensor->dims[i], i + 1 < tensor->rank ? " " : "");
  used += snprintf(header + used, ROOM - used, "), }");
  // Data begins at a multiple of 64, behind blanks and a line end.
  int total = (used + UNIT) / UNIT * UNIT;
  memset(header + used, ' ', (size_t)(total - used));
  header[total - 1] = '\n';
  header[8] = (char)((total - PREFIX) & 0xff);
  header[9] = (char)((total - PREFIX) >> 8);

  FILE *file = fopen(path, "wb");
  if (!file)
    return tn_fail(message, TN_IO_ERROR, "cannot write '%.300s': %s", path,
                   strerror(errno));
  int written = fwrite(header, 1, (size_t)total, file) == (size_t)total &&
                fwrite(tensor->data, 1, tensor->bytes, file) == tensor->bytes;
  if (fclose(file) != 0 || !written)
    return tn_fail(message, TN_IO_ERROR, "cannot write '%.300s': %s", path,
                   strerror(errno));
  return tn_succeed(message);
}
