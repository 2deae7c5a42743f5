//===-- Model.c - what a model says about itself ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Model.h"
#include "Isa.h"
#include "Message.h"

#include <string.h>

tn_status tn_model_meta(const tn_model *model, tn_meta *meta,
                        tn_message *message) {
  tn_status status = tn_meta_read(model->meta, model->meta_size, meta, message);
  if (status)
    return status;
  if (meta->header->weights_bytes != model->weights_size)
    return tn_fail(message, TN_CORRUPT,
                   "the artifact holds %llu bytes of weights, and its metadata "
                   "says %llu; compile the model again",
                   (unsigned long long)model->weights_size,
                   (unsigned long long)meta->header->weights_bytes);
  const char *name = meta->strings + meta->header->model_name;
  const char *target = meta->strings + meta->header->target_cpu;
  return tn_check_isa(meta->header->arch, meta->header->isa_required,
                      tn_host_isa(), name, target, message);
}

static tn_status check(const tn_model *model, tn_message *message) {
  tn_meta meta;
  return tn_model_meta(model, &meta, message);
}

static tn_status verify(const tn_model *model, tn_message *message) {
  tn_meta meta;
  tn_status status = tn_model_meta(model, &meta, message);
  for (uint64_t i = 0; !status && i < meta.header->weights_hash_count; ++i) {
    uint64_t begin = i * TN_WEIGHTS_HASH_BYTES;
    uint64_t left = model->weights_size - begin;
    status = tn_meta_check_piece(
        &meta, i, model->weights + begin,
        left < TN_WEIGHTS_HASH_BYTES ? left : TN_WEIGHTS_HASH_BYTES, message);
  }
  return status;
}

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

static tn_status info(const tn_model *model, tn_model_info *result,
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

void tn_make_spec(const tn_meta *meta, const tn_meta_tensor *tensor,
                  tn_tensor_spec *spec) {
  spec->name = meta->strings + tensor->name;
  spec->dtype = tensor->dtype;
  spec->rank = (int32_t)tensor->rank;
  spec->dims = meta->dims + tensor->dims_index;
  spec->bytes = tensor->bytes;
  spec->alignment = tensor->alignment;
}

static tn_status spec(const tn_model *model, int32_t kind, uint32_t index,
                      tn_tensor_spec *result, tn_message *message) {
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
  tn_make_spec(&meta, (kind == TN_INPUT ? meta.inputs : meta.outputs) + index,
               result);
  return tn_succeed(message);
}

const tn_vtable tn_runtime_vtable = {TN_ABI_VERSION,
                                     sizeof(tn_vtable),
                                     check,
                                     verify,
                                     info,
                                     spec,
                                     tn_create_context,
                                     tn_destroy_context,
                                     tn_run_context,
                                     tn_context_memory};
