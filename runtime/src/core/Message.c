//===-- Message.c - filling a tn_message --------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Message.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

tn_status tn_succeed(tn_message *message) {
  if (message)
    message->text[0] = '\0';
  return TN_OK;
}

tn_status tn_fail(tn_message *message, tn_status status, const char *format,
                  ...) {
  if (message) {
    va_list args;
    va_start(args, format);
    vsnprintf(message->text, sizeof(message->text), format, args);
    va_end(args);
  }
  return status;
}

void tn_shape_text(char text[TN_SHAPE_TEXT], tn_dtype dtype, int64_t rank,
                   const int64_t *dims) {
  static const char *const names[] = {"?",   "f32", "f64", "f16", "bf16",
                                      "i8",  "u8",  "i16", "u16", "i32",
                                      "u32", "i64", "u64", "bool"};
  int used;
  if (dtype > 0 && dtype <= TN_BOOL)
    used = snprintf(text, TN_SHAPE_TEXT, "%s[", names[dtype]);
  else
    used = snprintf(text, TN_SHAPE_TEXT, "dtype %d[", (int)dtype);
  if (!dims)
    rank = 0;
  for (int64_t i = 0; i < rank; ++i) {
    // Room for the longest extent, an "x" and the closing "...]".
    if (used > TN_SHAPE_TEXT - 28) {
      used += snprintf(text + used, TN_SHAPE_TEXT - used, "x...");
      break;
    }
    used += snprintf(text + used, TN_SHAPE_TEXT - used, "%s%lld", i ? "x" : "",
                     (long long)dims[i]);
  }
  snprintf(text + used, TN_SHAPE_TEXT - used, "]");
}
