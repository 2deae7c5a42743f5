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
tn_status tn_run_context(tn_context *context, const tn_tensor *inputs,
                         uint32_t input_count, const tn_tensor *outputs,
                         uint32_t output_count, tn_message *message);
tn_status tn_context_memory(const tn_context *context, tn_memory_stats *stats,
                            tn_message *message);

#endif // TENON_RUNTIME_CORE_MODEL_H
