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
    const tn_meta_entry *infer = &h->entries[TN_INFER];
    const tn_meta_entry *step = &h->entries[TN_STEP];
    const tn_meta_entry *eval = &h->entries[TN_EVAL];
    all.input_count = infer->input_count;
    all.output_count = infer->output_count;
    all.max_threads = h->max_threads;
    all.op_count = infer->op_count;
    all.arena_bytes = h->arena_bytes;
    all.workspace_bytes = h->scratch_stride;
    all.weights_bytes = h->weights_bytes;
    all.isa_required = h->isa_required;
    all.target_cpu = meta.strings + h->target_cpu;
    all.json = meta.json;
    all.json_size = h->json_size;
    for (int i = 0; i < TN_ENTRY_COUNT; ++i)
      all.entries |= h->entries[i].present << i;
    all.state_count = h->state_count;
    all.state_bytes = h->state_bytes;
    all.step_input_count = step->input_count;
    all.step_output_count = step->output_count;
    all.step_op_count = step->op_count;
    all.eval_input_count = eval->input_count;
    all.eval_output_count = eval->output_count;
    all.eval_op_count = eval->op_count;
    all.labels = meta.strings + h->labels;
    all.label_classes = h->label_classes;
    all.ignore_label = h->ignore_label;
    all.source_hash = h->source_hash;
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
  static const char *const names[] = {"input",
                                      "output",
                                      "input of the step",
                                      "output of the step",
                                      "input of the evaluation",
                                      "output of the evaluation",
                                      "tensor of the state"};
  if (kind < 0 || kind > TN_STATE)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "kind %d is none of TN_INPUT, ..., TN_STATE", (int)kind);
  const tn_meta_entry *entry = &meta.header->entries[kind / 2];
  uint32_t count = kind == TN_STATE ? meta.header->state_count
                   : kind % 2       ? entry->output_count
                                    : entry->input_count;
  if (index >= count)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "%s %u was asked for; model '%.200s' has %u", names[kind],
                   index, meta.strings + meta.header->model_name, count);
  const tn_meta_tensor *tensor;
  if (kind == TN_STATE) {
    tensor = &meta.states[index].tensor;
    result->state_kind = (int32_t)meta.states[index].kind;
    result->source = meta.strings + meta.states[index].source;
  } else {
    tensor = (kind % 2 ? tn_meta_outputs(&meta, kind / 2)
                       : tn_meta_inputs(&meta, kind / 2)) +
             index;
  }
  result->name = meta.strings + tensor->name;
  result->dtype = tensor->dtype;
  result->rank = (int32_t)tensor->rank;
  result->dims = meta.dims + tensor->dims_index;
  result->bytes = tensor->bytes;
  result->alignment = tensor->alignment;
  return tn_succeed(message);
}
