//===-- Describe.c - what a model says about itself ---------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Describe.h"
#include "core/Message.h"
#include "core/Metadata.h"

#include <string.h>

// Copies a filled struct of ours to the caller's, which may be of an older or a
// newer version and so shorter or longer.
tn_status tn_fill(void *to, const void *from, size_t size,
                  tn_message *message) {
  size_t wanted;
  memcpy(&wanted, to, sizeof(wanted));
  if (wanted < sizeof(wanted))
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "struct_size is not set; set it to sizeof the struct");
  memset((char *)to + sizeof(wanted), 0, wanted - sizeof(wanted));
  size_t common = wanted < size ? wanted : size;
  memcpy((char *)to + sizeof(wanted), (const char *)from + sizeof(wanted),
         common - sizeof(wanted));
  return tn_succeed(message);
}

tn_status tn_describe_model(const tn_model *model, tn_model_info *result,
                            tn_message *message) {
  tn_meta meta;
  // No CPU check: a tool may ask about a model that cannot run here.
  tn_status status =
      tn_meta_read(model->meta, model->meta_size, &meta, message);
  tn_model_info all = {0};
  if (!status) {
    const tn_meta_header *h = meta.header;
    all.name = meta.strings + h->model_name;
    all.input_count = h->input_count;
    all.output_count = h->output_count;
    all.max_threads = h->max_threads;
    all.op_count = h->op_count;
    all.arena_bytes = h->arena_bytes;
    all.workspace_bytes = h->scratch_stride;
    all.weights_bytes = h->weights_bytes;
    all.isa_required = h->isa_required;
    all.target_cpu = meta.strings + h->target_cpu;
    all.json = meta.json;
    all.json_size = h->json_size;
  }
  tn_status filled =
      tn_fill(result, &all, sizeof(all), status ? NULL : message);
  return status ? status : filled;
}

tn_status tn_describe_tensor(const tn_model *model, int32_t kind,
                             uint32_t index, tn_tensor_spec *result,
                             tn_message *message) {
  memset(result, 0, sizeof(*result));
  tn_meta meta;
  tn_status status =
      tn_meta_read(model->meta, model->meta_size, &meta, message);
  if (status)
    return status;
  if (kind != TN_INPUT && kind != TN_OUTPUT)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "kind %d is neither TN_INPUT nor TN_OUTPUT", (int)kind);
  uint32_t count =
      kind == TN_INPUT ? meta.header->input_count : meta.header->output_count;
  if (index >= count)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "%s %u was asked for; model '%.200s' has %u",
                   kind == TN_INPUT ? "input" : "output", index,
                   meta.strings + meta.header->model_name, count);
  const tn_meta_tensor *tensor =
      (kind == TN_INPUT ? meta.inputs : meta.outputs) + index;
  result->name = meta.strings + tensor->name;
  result->dtype = tensor->dtype;
  result->rank = (int32_t)tensor->rank;
  result->dims = meta.dims + tensor->dims_index;
  result->bytes = tensor->bytes;
  result->alignment = tensor->alignment;
  return tn_succeed(message);
}
