//===-- Describe.h - what a model says about itself -------------*- C -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Needs nothing of a model but its metadata.
//
//===--------------------------------------------------------------------===//
#ifndef TENON_RUNTIME_CORE_DESCRIBE_H
#define TENON_RUNTIME_CORE_DESCRIBE_H

#include "tenon/abi.h"

// Behind tn_info() and tn_spec().
tn_status tn_describe_model(const tn_model *model, tn_model_info *result,
                            tn_message *message);
tn_status tn_describe_tensor(const tn_model *model, int32_t kind,
                             uint32_t index, tn_tensor_spec *result,
                             tn_message *message);

// Copies `from`, a struct of `size` bytes that begins with struct_size, to the
// caller's, whose struct_size may be another.
tn_status tn_fill(void *to, const void *from, size_t size, tn_message *message);

#endif // TENON_RUNTIME_CORE_DESCRIBE_H
