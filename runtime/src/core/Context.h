//===-- Context.h - what the files about contexts share ---------*- C -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef TENON_RUNTIME_CORE_CONTEXT_H
#define TENON_RUNTIME_CORE_CONTEXT_H

#include "core/Arena.h"
#include "core/Model.h"
#include "core/Pool.h"

#include <stdatomic.h>

// Why tn_guard() refused.
typedef enum {
  TN_GUARD_NONE,
  TN_GUARD_ERROR, // reported before, see error_op
  TN_GUARD_LABEL,
  TN_GUARD_LOSS,
  TN_GUARD_NORM
} tn_guard_reason;

struct tn_exec {
  tn_pool *pool; // NULL with one thread
  char *scratch;
  int64_t launch;    // number of the current one, for the error that is kept
  uint64_t *profile; // the caller's: nanoseconds of each launch
  int64_t profiled;

  atomic_flag error_lock;
  int has_error;
  int64_t error_launch;
  int32_t error_op;
  int64_t error_index;

  tn_guard_reason guard_reason;
  double guard_value;  // of the loss or the norm
  int64_t guard_label; // element of the labels
};

typedef struct {
  tn_context base;
  const tn_model *model;
  tn_meta meta;
  tn_arena arena;
  uint32_t threads;
  int has_state; // the model has none, or it was set
  atomic_flag running;
  tn_exec exec;
  void *pointers[]; // inputs, then outputs, of the running entry
} tn_context_impl;

// Takes the context for one call; TN_BUSY when another has it.
tn_status tn_context_enter(tn_context_impl *context, tn_message *message);
void tn_context_leave(tn_context_impl *context);

// Compares a call's tensors with the entry's signature and stores their data
// pointers in the context.
tn_status tn_check_call(tn_context_impl *context, int32_t entry,
                        const tn_tensor *inputs, uint32_t input_count,
                        const tn_tensor *outputs, uint32_t output_count,
                        tn_message *message);

#endif // TENON_RUNTIME_CORE_CONTEXT_H
