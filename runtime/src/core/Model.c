//===-- Model.c - the runtime's table of functions ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Model.h"
#include "core/Describe.h"
#include "core/Isa.h"
#include "core/Message.h"

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
  for (int i = 0; i < TN_ENTRY_COUNT; ++i)
    if (!model->entries[i] != !meta->header->entries[i].present)
      return tn_fail(
          message, TN_CORRUPT,
          "the artifact's code and its metadata do not have the same "
          "entries; compile the model again");
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

const tn_vtable tn_runtime_vtable = {TN_ABI_VERSION,
                                     sizeof(tn_vtable),
                                     check,
                                     verify,
                                     tn_describe_model,
                                     tn_describe_tensor,
                                     tn_create_context,
                                     tn_destroy_context,
                                     tn_run_context,
                                     tn_context_memory,
                                     tn_init_context,
                                     tn_model_state_bytes,
                                     tn_save_state,
                                     tn_restore_state,
                                     tn_find_state};
