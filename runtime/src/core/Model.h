//===-- Model.h - functions behind the runtime's table ----------*- C -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef TENON_RUNTIME_CORE_MODEL_H
#define TENON_RUNTIME_CORE_MODEL_H

#include "core/Metadata.h"

// Reads the model's metadata and checks that this host can run it.
tn_status tn_model_meta(const tn_model *model, tn_meta *meta,
                        tn_message *message);

tn_status tn_create_context(const tn_model *model,
                            const tn_context_options *options,
                            tn_context **context, tn_message *message);
void tn_destroy_context(tn_context *context);
tn_status tn_run_context(tn_context *context, int32_t entry,
                         const tn_tensor *inputs, uint32_t input_count,
                         const tn_tensor *outputs, uint32_t output_count,
                         tn_message *message);
tn_status tn_init_context(tn_context *context, uint64_t seed,
                          tn_message *message);
tn_status tn_context_memory(const tn_context *context, tn_memory_stats *stats,
                            tn_message *message);

uint64_t tn_model_state_bytes(const tn_model *model);
tn_status tn_save_state(tn_context *context, void *blob, uint64_t size,
                        tn_message *message);
tn_status tn_restore_state(tn_context *context, const void *blob, uint64_t size,
                           tn_message *message);
tn_status tn_find_state(tn_context *context, uint32_t index, const void **data,
                        tn_message *message);

#endif // TENON_RUNTIME_CORE_MODEL_H
