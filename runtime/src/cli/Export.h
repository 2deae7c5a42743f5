//===-- Export.h - trained values for other programs ------------*- C -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef TENON_RUNTIME_CLI_EXPORT_H
#define TENON_RUNTIME_CLI_EXPORT_H

#include "tenon/abi.h"

// Parameters and statistics of the context's state, as safetensors.
tn_status tn_export_safetensors(const tn_model *model, tn_context *context,
                                const char *path, tn_message *message);

// The model file that the artifact was compiled from (which its hash shows),
// with these values in place of its own. Everything else in it stays.
tn_status tn_export_onnx(const tn_model *model, tn_context *context,
                         const char *source, const char *path,
                         tn_message *message);

// By the path's suffix; source may be NULL for safetensors. A NULL context only
// checks what can be known before training.
tn_status tn_export(const tn_model *model, tn_context *context,
                    const char *source, const char *path, tn_message *message);

#endif // TENON_RUNTIME_CLI_EXPORT_H
