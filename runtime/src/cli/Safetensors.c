//===-- Safetensors.c - a state as safetensors --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Eight bytes with the length of a JSON header, the header, padded by blanks so
// that data begins at a multiple of 8, then all data without gaps. Larger
// elements come first, which aligns each tensor to its element.
#include "cli/Export.h"
#include "cli/File.h"
#include "core/Message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// NULL when memory ran out.
typedef struct {
  char *text;
  size_t size, room;
} buffer;

static void put(buffer *b, const char *text, size_t size) {
  if (!b->text)
    return;
  if (b->size + size > b->room) {
    size_t room = (b->size + size) * 2;
    char *grown = realloc(b->text, room);
    if (!grown) {
      free(b->text);
      b->text = NULL;
      return;
    }
    b->text = grown;
    b->room = room;
  }
  memcpy(b->text + b->size, text, size);
  b->size += size;
}

static void putText(buffer *b, const char *text) { put(b, text, strlen(text)); }

static void putQuoted(buffer *b, const char *text) {
  putText(b, "\"");
  for (; *text; ++text) {
    char escaped[8];
    if ((unsigned char)*text < 0x20)
      snprintf(escaped, sizeof(escaped), "\\u%04x", (unsigned char)*text);
    else
      snprintf(escaped, sizeof(escaped), "%s%c",
               *text == '"' || *text == '\\' ? "\\" : "", *text);
    putText(b, escaped);
  }
  putText(b, "\"");
}

static void putEntry(buffer *b, const tn_tensor_spec *spec, uint64_t offset) {
  static const char *const dtypes[] = {NULL,  "F32", "F64", "F16", "BF16",
                                       "I8",  "U8",  "I16", "U16", "I32",
                                       "U32", "I64", "U64", "BOOL"};
  char text[64];
  putText(b, b->size > 1 ? ",\n" : "");
  putQuoted(b, spec->name);
  putText(b, ":{\"dtype\":\"");
  putText(b, dtypes[spec->dtype]);
  putText(b, "\",\"shape\":[");
  for (int32_t i = 0; i < spec->rank; ++i) {
    snprintf(text, sizeof(text), "%s%lld", i ? "," : "",
             (long long)spec->dims[i]);
    putText(b, text);
  }
  snprintf(text, sizeof(text), "],\"data_offsets\":[%llu,%llu]}",
           (unsigned long long)offset,
           (unsigned long long)(offset + spec->bytes));
  putText(b, text);
}

// Adds all tensors whose elements have `size` bytes to header and pieces.
static tn_status addTensors(const tn_model *model, tn_context *context,
                            uint32_t count, size_t size, buffer *header,
                            uint64_t *offset, tn_piece *pieces, uint32_t *used,
                            tn_message *message) {
  for (uint32_t i = 0; i < count; ++i) {
    tn_tensor_spec spec;
    tn_piece *piece = &pieces[*used];
    tn_status status = tn_spec(model, TN_STATE, i, &spec, message);
    if (status)
      return status;
    if (tn_dtype_size(spec.dtype) != size ||
        (spec.state_kind != TN_STATE_PARAMETER &&
         spec.state_kind != TN_STATE_STATISTIC))
      continue;
    status = tn_state_data(context, i, &piece->data, message);
    if (status)
      return status;
    piece->size = spec.bytes;
    putEntry(header, &spec, *offset);
    *offset += spec.bytes;
    ++*used;
  }
  return TN_OK;
}

tn_status tn_export_safetensors(const tn_model *model, tn_context *context,
                                const char *path, tn_message *message) {
  tn_model_info info = {.struct_size = sizeof(info)};
  tn_status status = tn_info(model, &info, message);
  if (status)
    return status;
  buffer header = {malloc(4096), 0, 4096};
  tn_piece *pieces = calloc(info.state_count + 2u, sizeof(*pieces));
  if (!header.text || !pieces)
    status = tn_fail(message, TN_OUT_OF_MEMORY, "no memory for a header");
  uint64_t offset = 0, length = 0;
  uint32_t used = 2;
  putText(&header, "{");
  for (size_t size = 8; size && !status; size /= 2)
    status = addTensors(model, context, info.state_count, size, &header,
                        &offset, pieces, &used, message);
  putText(&header, "}");
  while (header.text && header.size % 8)
    putText(&header, " ");
  if (!status && !header.text)
    status = tn_fail(message, TN_OUT_OF_MEMORY, "no memory for a header");
  if (!status) {
    length = header.size;
    pieces[0].data = &length;
    pieces[0].size = sizeof(length);
    pieces[1].data = header.text;
    pieces[1].size = header.size;
    status = tn_file_replace(path, pieces, used, message);
  }
  free(header.text);
  free(pieces);
  return status;
}
