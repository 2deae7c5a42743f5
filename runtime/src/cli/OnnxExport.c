//===-- OnnxExport.c - a state inside the model file it came from -------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Copies the file field by field and puts other data into the initializers and
// constants that the state's tensors replace. What this code does not know, it
// copies; lengths of the messages around are written anew.
#include "cli/Export.h"
#include "cli/File.h"
#include "cli/Wire.h"
#include "core/Hash.h"
#include "core/Message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_RANK = 64 };

// Numbers of fields.
enum { MODEL_GRAPH = 7 };
enum {
  GRAPH_NODE = 1,
  GRAPH_INITIALIZER = 5,
  GRAPH_INPUT = 11,
  GRAPH_OUTPUT = 12,
  GRAPH_VALUE_INFO = 13
};
enum { VALUE_NAME = 1, VALUE_TYPE = 2, TYPE_TENSOR = 1 };
enum { TENSOR_TYPE_SHAPE = 2, SHAPE_EXTENT = 1, EXTENT_VALUE = 1 };
enum { NODE_OUTPUT = 2, NODE_OP_TYPE = 4, NODE_ATTRIBUTE = 5 };
enum { ATTRIBUTE_NAME = 1, ATTRIBUTE_TENSOR = 5 };
enum {
  TENSOR_DIMS = 1,
  TENSOR_DATA_TYPE = 2,
  TENSOR_NAME = 8,
  TENSOR_RAW_DATA = 9,
  TENSOR_EXTERNAL = 13,
  TENSOR_LOCATION = 14
};

typedef struct {
  tn_tensor_spec spec;
  const void *data; // NULL while only checking
  int seen;
} replacement;

typedef struct {
  const tn_model *model;
  const char *path; // of the source
  replacement *list;
  uint32_t count;
  int reshaped; // one is of another shape, and with it what follows from it
  tn_message *message;
} rewriter;

//===-- Output ----------------------------------------------------------===//

typedef struct {
  unsigned char *bytes;
  uint64_t size, room;
} buffer;

static int put(buffer *b, const void *bytes, uint64_t size) {
  if (size > b->room - b->size) {
    uint64_t room = (b->size + size) * 3 / 2 + 256;
    unsigned char *grown = realloc(b->bytes, room);
    if (!grown)
      return 0;
    b->bytes = grown;
    b->room = room;
  }
  if (size)
    memcpy(b->bytes + b->size, bytes, size);
  b->size += size;
  return 1;
}

static int putVarint(buffer *b, uint64_t value) {
  unsigned char bytes[10];
  int size = 0;
  do {
    bytes[size++] = (unsigned char)((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
    value >>= 7;
  } while (value);
  return put(b, bytes, (uint64_t)size);
}

static int putCounted(buffer *b, uint64_t number, const void *bytes,
                      uint64_t size) {
  return putVarint(b, number << 3 | TN_WIRE_COUNTED) && putVarint(b, size) &&
         put(b, bytes, size);
}

static int putEntry(buffer *b, const tn_wire_entry *e) {
  return put(b, e->whole.at, (uint64_t)(e->whole.end - e->whole.at));
}

//===-- Rewriting -------------------------------------------------------===//

static tn_status malformed(rewriter *r) {
  return tn_fail(r->message, TN_CORRUPT, "'%.300s' is no ONNX model", r->path);
}

static tn_status noMemory(rewriter *r) {
  return tn_fail(r->message, TN_OUT_OF_MEMORY,
                 "no memory for a copy of '%.300s'", r->path);
}

static int isText(tn_wire bytes, const char *text) {
  size_t size = strlen(text);
  return (size_t)(bytes.end - bytes.at) == size &&
         !memcmp(bytes.at, text, size);
}

static replacement *findReplacement(rewriter *r, tn_wire name) {
  for (uint32_t i = 0; i < r->count; ++i)
    if (isText(name, r->list[i].spec.source))
      return &r->list[i];
  return NULL;
}

// The last field `number` of a message; 0 when the message is malformed.
static int findField(tn_wire message, uint64_t number, tn_wire *bytes) {
  tn_wire_entry e;
  bytes->at = bytes->end = NULL;
  while (message.at < message.end) {
    if (!tn_wire_next(&message, &e))
      return 0;
    if (e.number == number && e.wire == TN_WIRE_COUNTED)
      *bytes = e.bytes;
  }
  return 1;
}

// Dimensions come one by one, or packed.
static int takeDims(const tn_wire_entry *e, int64_t dims[MAX_RANK],
                    int32_t *rank) {
  tn_wire packed = e->bytes;
  uint64_t dim = e->varint;
  int more = e->wire == TN_WIRE_VARINT || packed.at < packed.end;
  while (more) {
    if (*rank == MAX_RANK ||
        (e->wire != TN_WIRE_VARINT && !tn_wire_varint(&packed, &dim)))
      return 0;
    dims[(*rank)++] = (int64_t)dim;
    more = e->wire != TN_WIRE_VARINT && packed.at < packed.end;
  }
  return 1;
}

// Copies a tensor with other data, which must be of its dtype and rank. A layer
// that was given another number of classes has other extents.
static tn_status rewriteTensor(rewriter *r, tn_wire tensor, replacement *with,
                               buffer *out) {
  const tn_tensor_spec *spec = &with->spec;
  tn_wire_entry e;
  uint64_t type = 0;
  int64_t dims[MAX_RANK];
  int32_t rank = 0;
  int external = 0;
  while (tensor.at < tensor.end) {
    if (!tn_wire_next(&tensor, &e))
      return malformed(r);
    if (e.number == TENSOR_DIMS && !takeDims(&e, dims, &rank))
      return malformed(r);
    if (e.number == TENSOR_DATA_TYPE && e.wire == TN_WIRE_VARINT)
      type = e.varint;
    external |=
        e.number == TENSOR_EXTERNAL ||
        (e.number == TENSOR_LOCATION && e.wire == TN_WIRE_VARINT && e.varint);
    // Dimensions are written anew, all fields with elements go.
    int is_old = e.number == TENSOR_DIMS || (e.number >= 4 && e.number <= 7) ||
                 (e.number >= TENSOR_RAW_DATA && e.number <= 11);
    if (!is_old && !putEntry(out, &e))
      return noMemory(r);
  }
  if (external)
    return tn_fail(r->message, TN_INVALID_ARGUMENT,
                   "'%.200s' of '%.300s' has its data in another file; save "
                   "the model in one file (onnx.save with "
                   "save_as_external_data=False) and compile that",
                   spec->source, r->path);
  if (tn_onnx_dtype(type) != spec->dtype || rank != spec->rank) {
    char wanted[TN_SHAPE_TEXT], got[TN_SHAPE_TEXT];
    tn_shape_text(wanted, spec->dtype, spec->rank, spec->dims);
    tn_shape_text(got, tn_onnx_dtype(type), rank, dims);
    return tn_fail(r->message, TN_INVALID_ARGUMENT,
                   "'%.200s' is %s in '%.300s', and %s in the state; export "
                   "to a .safetensors file instead",
                   spec->source, got, r->path, wanted);
  }
  ++with->seen;
  for (int32_t i = 0; i < rank; ++i) {
    r->reshaped |= dims[i] != spec->dims[i];
    if (!putVarint(out, TENSOR_DIMS << 3 | TN_WIRE_VARINT) ||
        !putVarint(out, (uint64_t)spec->dims[i]))
      return noMemory(r);
  }
  if (with->data && !putCounted(out, TENSOR_RAW_DATA, with->data, spec->bytes))
    return noMemory(r);
  return TN_OK;
}

// Writes a message that a rewriting function fills as field `number`.
typedef tn_status (*rewrite)(rewriter *, tn_wire, replacement *, buffer *);
static tn_status nest(rewriter *r, uint64_t number, tn_wire message,
                      rewrite function, replacement *with, buffer *out) {
  buffer inner = {0};
  tn_status status = function(r, message, with, &inner);
  if (!status && !putCounted(out, number, inner.bytes, inner.size))
    status = noMemory(r);
  free(inner.bytes);
  return status;
}

// Rewrites the fields of one number, each a message, and copies the others.
static tn_status rewriteLevel(rewriter *r, tn_wire message, uint64_t number,
                              rewrite next, replacement *with, buffer *out) {
  tn_wire_entry e;
  while (message.at < message.end) {
    if (!tn_wire_next(&message, &e))
      return malformed(r);
    tn_status status = TN_OK;
    if (e.number == number && e.wire == TN_WIRE_COUNTED)
      status = nest(r, number, e.bytes, next, with, out);
    else if (!putEntry(out, &e))
      status = noMemory(r);
    if (status)
      return status;
  }
  return TN_OK;
}

static tn_status rewriteAttribute(rewriter *r, tn_wire attribute,
                                  replacement *with, buffer *out) {
  return rewriteLevel(r, attribute, ATTRIBUTE_TENSOR, rewriteTensor, with, out);
}

// A Constant whose attribute `value` is a tensor.
static tn_status rewriteConstant(rewriter *r, tn_wire node, replacement *with,
                                 buffer *out) {
  tn_wire_entry e;
  while (node.at < node.end) {
    if (!tn_wire_next(&node, &e))
      return malformed(r);
    tn_status status = TN_OK;
    tn_wire name = {NULL, NULL};
    if (e.number == NODE_ATTRIBUTE && e.wire == TN_WIRE_COUNTED &&
        !findField(e.bytes, ATTRIBUTE_NAME, &name))
      return malformed(r);
    if (isText(name, "value"))
      status = nest(r, NODE_ATTRIBUTE, e.bytes, rewriteAttribute, with, out);
    else if (!putEntry(out, &e))
      status = noMemory(r);
    if (status)
      return status;
  }
  if (!with->seen)
    return tn_fail(r->message, TN_INVALID_ARGUMENT,
                   "the Constant '%.200s' of '%.300s' has no attribute 'value' "
                   "with a tensor; export to a .safetensors file instead",
                   with->spec.source, r->path);
  return TN_OK;
}

// Copies an extent that the artifact's output has, too, or that has a name.
static tn_status rewriteExtent(rewriter *r, tn_wire extent, replacement *with,
                               buffer *out) {
  tn_wire_entry e;
  int64_t dim = with->spec.dims[with->seen++];
  while (extent.at < extent.end) {
    if (!tn_wire_next(&extent, &e))
      return malformed(r);
    int done = e.number == EXTENT_VALUE && e.wire == TN_WIRE_VARINT
                   ? putVarint(out, EXTENT_VALUE << 3 | TN_WIRE_VARINT) &&
                         putVarint(out, (uint64_t)dim)
                   : putEntry(out, &e);
    if (!done)
      return noMemory(r);
  }
  return TN_OK;
}

static tn_status rewriteShape(rewriter *r, tn_wire shape, replacement *with,
                              buffer *out) {
  tn_wire_entry e;
  while (shape.at < shape.end) {
    if (!tn_wire_next(&shape, &e))
      return malformed(r);
    tn_status status = TN_OK;
    if (e.number == SHAPE_EXTENT && e.wire == TN_WIRE_COUNTED &&
        with->seen < with->spec.rank)
      status = nest(r, e.number, e.bytes, rewriteExtent, with, out);
    else if (!putEntry(out, &e))
      status = noMemory(r);
    if (status)
      return status;
  }
  return TN_OK;
}

static tn_status rewriteTensorType(rewriter *r, tn_wire type, replacement *with,
                                   buffer *out) {
  return rewriteLevel(r, type, TENSOR_TYPE_SHAPE, rewriteShape, with, out);
}
static tn_status rewriteType(rewriter *r, tn_wire type, replacement *with,
                             buffer *out) {
  return rewriteLevel(r, type, TYPE_TENSOR, rewriteTensorType, with, out);
}
static tn_status rewriteOutput(rewriter *r, tn_wire value, replacement *with,
                               buffer *out) {
  return rewriteLevel(r, value, VALUE_TYPE, rewriteType, with, out);
}

// What the artifact says about the output of this name.
static int findOutput(const rewriter *r, tn_wire name, tn_tensor_spec *spec) {
  for (uint32_t i = 0; !tn_spec(r->model, TN_OUTPUT, i, spec, NULL); ++i)
    if (isText(name, spec->name))
      return 1;
  return 0;
}

static tn_status rewriteGraph(rewriter *r, tn_wire graph, replacement *unused,
                              buffer *out) {
  tn_wire_entry e;
  replacement output = {.seen = 0};
  (void)unused;
  while (graph.at < graph.end) {
    if (!tn_wire_next(&graph, &e))
      return malformed(r);
    replacement *with = NULL;
    rewrite function = rewriteTensor;
    tn_wire name, type;
    if (e.number == GRAPH_INITIALIZER && e.wire == TN_WIRE_COUNTED) {
      if (!findField(e.bytes, TENSOR_NAME, &name))
        return malformed(r);
      with = findReplacement(r, name);
    } else if (e.number == GRAPH_NODE && e.wire == TN_WIRE_COUNTED) {
      if (!findField(e.bytes, NODE_OP_TYPE, &type) ||
          !findField(e.bytes, NODE_OUTPUT, &name))
        return malformed(r);
      with = isText(type, "Constant") ? findReplacement(r, name) : NULL;
      function = rewriteConstant;
    } else if (r->reshaped && e.wire == TN_WIRE_COUNTED &&
               (e.number == GRAPH_OUTPUT || e.number == GRAPH_INPUT)) {
      if (!findField(e.bytes, VALUE_NAME, &name))
        return malformed(r);
      output.seen = 0;
      if (e.number == GRAPH_OUTPUT) {
        with = findOutput(r, name, &output.spec) ? &output : NULL;
      } else if ((with = findReplacement(r, name))) {
        // Up to IR version 3, initializers are inputs, too.
        output.spec = with->spec;
        with = &output;
      }
      function = rewriteOutput;
    } else if (r->reshaped && e.number == GRAPH_VALUE_INFO) {
      continue; // recomputed by whoever reads it
    }
    tn_status status = TN_OK;
    if (with)
      status = nest(r, e.number, e.bytes, function, with, out);
    else if (!putEntry(out, &e))
      status = noMemory(r);
    if (status)
      return status;
  }
  return TN_OK;
}

static tn_status rewriteModel(rewriter *r, tn_wire model, buffer *out) {
  tn_wire_entry e;
  int graphs = 0;
  while (model.at < model.end) {
    if (!tn_wire_next(&model, &e))
      return malformed(r);
    tn_status status = TN_OK;
    if (e.number == MODEL_GRAPH && e.wire == TN_WIRE_COUNTED) {
      status = ++graphs > 1
                   ? malformed(r)
                   : nest(r, MODEL_GRAPH, e.bytes, rewriteGraph, NULL, out);
    } else if (!putEntry(out, &e)) {
      status = noMemory(r);
    }
    if (status)
      return status;
  }
  if (!graphs)
    return malformed(r);
  for (uint32_t i = 0; i < r->count; ++i)
    if (r->list[i].seen != 1)
      return tn_fail(r->message, TN_INVALID_ARGUMENT,
                     "'%.300s' has %s '%.200s' among its initializers and "
                     "constants; export to a .safetensors file instead",
                     r->path, r->list[i].seen ? "several" : "no",
                     r->list[i].spec.source);
  // What readers of protobuf accept.
  if (out->size > INT32_MAX)
    return tn_fail(r->message, TN_INVALID_ARGUMENT,
                   "the model would have more than 2 GiB; export to a "
                   ".safetensors file instead");
  return TN_OK;
}

//===-- Entry -----------------------------------------------------------===//

static tn_status collect(const tn_model *model, tn_context *context,
                         uint32_t count, rewriter *r, tn_message *message) {
  for (uint32_t i = 0; i < count; ++i) {
    replacement *next = &r->list[r->count];
    memset(next, 0, sizeof(*next));
    tn_status status = tn_spec(model, TN_STATE, i, &next->spec, message);
    if (status)
      return status;
    if (next->spec.state_kind != TN_STATE_PARAMETER &&
        next->spec.state_kind != TN_STATE_STATISTIC)
      continue;
    if (!next->spec.source[0])
      return tn_fail(message, TN_INVALID_ARGUMENT,
                     "'%.200s' of the state has no place in '%.300s'; export "
                     "to a .safetensors file instead",
                     next->spec.name, r->path);
    if (context)
      status = tn_state_data(context, i, &next->data, message);
    if (status)
      return status;
    ++r->count;
  }
  return TN_OK;
}

static tn_status checkSource(const tn_model_info *info, rewriter *r,
                             const tn_mapped_file *file, tn_message *message) {
  if (!info->source_hash)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "the artifact does not say from which ONNX file it was "
                   "compiled; compile it from the .onnx file");
  if (tn_hash(file->data, file->size) != info->source_hash)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "'%.300s' is not the file that the artifact was compiled "
                   "from (its hash differs)",
                   r->path);
  return TN_OK;
}

tn_status tn_export_onnx(const tn_model *model, tn_context *context,
                         const char *source, const char *path,
                         tn_message *message) {
  tn_model_info info = {.struct_size = sizeof(info)};
  tn_mapped_file file = {0};
  tn_status status = tn_info(model, &info, message);
  if (!status)
    status = tn_file_map(source, &file, message);
  if (status)
    return status;
  rewriter r = {.model = model, .path = source, .message = message};
  buffer out = {0};
  r.list = calloc(info.state_count + 1u, sizeof(*r.list));
  if (!r.list)
    status = tn_fail(message, TN_OUT_OF_MEMORY, "no memory for the export");
  if (!status)
    status = checkSource(&info, &r, &file, message);
  if (!status)
    status = collect(model, context, info.state_count, &r, message);
  const unsigned char *bytes = file.data;
  tn_wire all = {bytes, bytes + file.size};
  if (!status)
    status = rewriteModel(&r, all, &out);
  if (!status && r.reshaped) {
    // Only now is it known that shapes change.
    out.size = 0;
    for (uint32_t i = 0; i < r.count; ++i)
      r.list[i].seen = 0;
    status = rewriteModel(&r, all, &out);
  }
  tn_piece piece = {out.bytes, out.size};
  if (!status && context)
    status = tn_file_replace(path, &piece, 1, message);
  free(out.bytes);
  free(r.list);
  tn_file_unmap(&file);
  return status;
}

static int endsWith(const char *text, const char *suffix) {
  size_t a = strlen(text), b = strlen(suffix);
  return a >= b && !strcmp(text + a - b, suffix);
}

tn_status tn_export(const tn_model *model, tn_context *context,
                    const char *source, const char *path, tn_message *message) {
  if (endsWith(path, ".safetensors"))
    return context ? tn_export_safetensors(model, context, path, message)
                   : TN_OK;
  if (!endsWith(path, ".onnx"))
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "cannot export to '%.300s': its name must end in "
                   ".safetensors or .onnx",
                   path);
  if (!source)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "--export %.300s needs --source IN.onnx, the file that the "
                   "artifact was compiled from",
                   path);
  return tn_export_onnx(model, context, source, path, message);
}
