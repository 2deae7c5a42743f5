//===-- Safetensors.c - a state as safetensors --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Eight bytes with the length of a JSON header, the header, padded by blanks so
// that data begins at a multiple of 8, then all data without gaps. Larger
// elements come first, which aligns each tensor to its element.
#include "cli/Evaluate.h"
#include "cli/Export.h"
#include "cli/File.h"
#include "core/Message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Pieces before the tensors: the header's length, the header.
enum { FIRST = 2 };

static void putEntry(FILE *header, int first, const tn_tensor_spec *spec,
                     uint64_t offset) {
  static const char *const dtypes[] = {NULL,  "F32", "F64", "F16", "BF16",
                                       "I8",  "U8",  "I16", "U16", "I32",
                                       "U32", "I64", "U64", "BOOL"};
  fputs(first ? "" : ",\n", header);
  tn_json_text(spec->name, header);
  fprintf(header, ":{\"dtype\":\"%s\",\"shape\":[", dtypes[spec->dtype]);
  for (int32_t i = 0; i < spec->rank; ++i)
    fprintf(header, "%s%lld", i ? "," : "", (long long)spec->dims[i]);
  fprintf(header, "],\"data_offsets\":[%llu,%llu]}", (unsigned long long)offset,
          (unsigned long long)(offset + spec->bytes));
}

// Adds all tensors whose elements have `size` bytes to header and pieces.
static tn_status addTensors(const tn_model *model, tn_context *context,
                            uint32_t count, size_t size, FILE *header,
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
    putEntry(header, *used == FIRST, &spec, *offset);
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
  char *text = NULL;
  size_t room = 0;
  FILE *header = open_memstream(&text, &room);
  tn_piece *pieces = calloc(info.state_count + FIRST, sizeof(*pieces));
  if (!header || !pieces)
    status = tn_fail(message, TN_OUT_OF_MEMORY, "no memory for a header");
  uint64_t offset = 0;
  uint32_t used = FIRST;
  if (!status)
    fputc('{', header);
  for (size_t size = 8; size && !status; size /= 2)
    status = addTensors(model, context, info.state_count, size, header, &offset,
                        pieces, &used, message);
  if (!status) {
    fputc('}', header);
    while (ftello(header) % 8)
      fputc(' ', header);
  }
  if (header && fclose(header) != 0 && !status)
    status = tn_fail(message, TN_OUT_OF_MEMORY, "no memory for a header");
  if (!status) {
    uint64_t length = room;
    pieces[0] = (tn_piece){&length, sizeof(length)};
    pieces[1] = (tn_piece){text, room};
    status = tn_file_replace(path, pieces, used, message);
  }
  free(text);
  free(pieces);
  return status;
}
