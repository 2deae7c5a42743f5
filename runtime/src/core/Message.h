//===-- Message.h - filling a tn_message ------------------------*- C -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef TENON_RUNTIME_CORE_MESSAGE_H
#define TENON_RUNTIME_CORE_MESSAGE_H

#include "tenon/abi.h"

// Empties the message, which may be NULL, and returns TN_OK.
tn_status tn_succeed(tn_message *message);

// Formats the message, which may be NULL, and returns status.
__attribute__((format(printf, 3, 4))) tn_status tn_fail(tn_message *message,
                                                        tn_status status,
                                                        const char *format,
                                                        ...);

#define TN_SHAPE_TEXT 96

// Writes "f32[1x3x224x224]" into text, cut short with "..." when too long.
// A dtype that is none is written as its number. dims may be NULL.
void tn_shape_text(char text[TN_SHAPE_TEXT], tn_dtype dtype, int64_t rank,
                   const int64_t *dims);

#endif // TENON_RUNTIME_CORE_MESSAGE_H
