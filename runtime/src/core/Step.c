//===-- Step.c - running the entries of a model -------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Context.h"
#include "core/Hash.h"
#include "core/Message.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

//===-- Called by generated code ----------------------------------------===//

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

void tn_launch(tn_exec *exec, tn_kernel_fn fn, void *const *args,
               int64_t grid) {
  if (grid <= 0)
    return;
  int64_t launch = exec->launch++;
  uint64_t begin = launch < exec->profiled ? now() : 0;
  if (grid == 1 || !exec->pool)
    fn(args, 0, grid, exec->scratch);
  else
    tn_pool_run(exec->pool, fn, args, grid);
  if (launch < exec->profiled)
    exec->profile[launch] += now() - begin;
}

// Which of several tiles reports first is chance; which error is kept is not.
void tn_report_error(tn_exec *exec, int32_t op, int64_t index) {
  while (atomic_flag_test_and_set_explicit(&exec->error_lock,
                                           memory_order_acquire)) {
  }
  int keep = exec->has_error &&
             (exec->error_launch < exec->launch ||
              (exec->error_launch == exec->launch &&
               (exec->error_op < op ||
                (exec->error_op == op && exec->error_index <= index))));
  if (!keep) {
    exec->has_error = 1;
    exec->error_launch = exec->launch;
    exec->error_op = op;
    exec->error_index = index;
  }
  atomic_flag_clear_explicit(&exec->error_lock, memory_order_release);
}

// Whether the number at p is finite; *value gets it, as far as messages need.
static int isFinite(const void *p, tn_dtype dtype, double *value) {
  uint16_t half = 0;
  float single = 0;
  switch (dtype) {
  case TN_F64:
    memcpy(value, p, sizeof(*value));
    break;
  case TN_F32:
    memcpy(&single, p, sizeof(single));
    *value = single;
    break;
  default: { // the halves differ in where the exponent begins
    memcpy(&half, p, sizeof(half));
    int mantissa = dtype == TN_F16 ? 10 : 7;
    int exponent = 0x7fff >> mantissa;
    int special = (half >> mantissa & exponent) == exponent;
    *value = !special                       ? 0
             : half & ((1 << mantissa) - 1) ? NAN
             : half & 0x8000                ? -INFINITY
                                            : INFINITY;
  }
  }
  return isfinite(*value);
}

int32_t tn_guard(tn_exec *exec, const void *loss, const void *norm,
                 tn_dtype dtype, const int64_t *bad_label) {
  tn_guard_reason reason = TN_GUARD_NONE;
  if (exec->has_error)
    reason = TN_GUARD_ERROR;
  else if (bad_label && *bad_label >= 0)
    reason = TN_GUARD_LABEL;
  else if (loss && !isFinite(loss, dtype, &exec->guard_value))
    reason = TN_GUARD_LOSS;
  else if (norm && !isFinite(norm, dtype, &exec->guard_value))
    reason = TN_GUARD_NORM;
  if (reason == TN_GUARD_LABEL)
    exec->guard_label = *bad_label;
  exec->guard_reason = reason;
  return reason ? TN_STEP_ERROR : TN_OK;
}

//===-- Errors of a step ------------------------------------------------===//

enum { REASON_SIZE = 640 };

static void describeOp(const tn_context_impl *c, int32_t entry, char *text) {
  const tn_meta_entry *e = &c->meta.header->entries[entry];
  const char *name = "?", *type = "node";
  int32_t op = c->exec.error_op;
  if (op >= 0 && (uint32_t)op < e->op_count) {
    name = c->meta.strings + c->meta.ops[e->first_op + op].name;
    type = c->meta.strings + c->meta.ops[e->first_op + op].op_type;
  }
  snprintf(text, REASON_SIZE,
           "%.100s '%.400s' met a value out of its range, first at element "
           "%lld",
           type, name, (long long)c->exec.error_index);
}

// The label itself, where the input that holds it is known.
static void describeLabel(const tn_context_impl *c, int32_t entry, char *text) {
  const tn_meta_header *h = c->meta.header;
  const tn_meta_tensor *inputs = tn_meta_inputs(&c->meta, entry);
  const char *name = c->meta.strings + h->labels;
  int64_t at = c->exec.guard_label;
  int used = snprintf(text, REASON_SIZE, "label %lld", (long long)at);
  for (uint32_t i = 0; *name && i < h->entries[entry].input_count; ++i) {
    size_t size = tn_dtype_size(inputs[i].dtype);
    if (strcmp(c->meta.strings + inputs[i].name, name) ||
        (inputs[i].dtype != TN_I64 && inputs[i].dtype != TN_I32) ||
        (uint64_t)at >= inputs[i].bytes / size)
      continue;
    int64_t value;
    const char *p = (const char *)c->pointers[i] + (uint64_t)at * size;
    if (size == sizeof(int64_t)) {
      memcpy(&value, p, sizeof(value));
    } else {
      int32_t narrow;
      memcpy(&narrow, p, sizeof(narrow));
      value = narrow;
    }
    used += snprintf(text + used, REASON_SIZE - used,
                     " of input '%.200s' is %lld", name, (long long)value);
  }
  if (h->label_classes > 0)
    snprintf(
        text + used, REASON_SIZE - used,
        ", out of range: labels are from 0 to %lld, and %lld takes no part",
        (long long)h->label_classes - 1, (long long)h->ignore_label);
  else
    snprintf(text + used, REASON_SIZE - used, ", out of range");
}

// The state that an error leaves behind, and the message about both.
static tn_status refuse(tn_context_impl *c, int32_t entry, int32_t code,
                        tn_message *message) {
  char reason[REASON_SIZE];
  tn_exec *exec = &c->exec;
  if (exec->has_error)
    describeOp(c, entry, reason);
  else if (exec->guard_reason == TN_GUARD_LABEL)
    describeLabel(c, entry, reason);
  else if (exec->guard_reason == TN_GUARD_LOSS)
    snprintf(reason, sizeof(reason),
             "the loss is %g; check the inputs, or lower the learning rate",
             exec->guard_value);
  else if (exec->guard_reason == TN_GUARD_NORM)
    snprintf(reason, sizeof(reason),
             "the squared norm of the gradient is %g; check the inputs, or "
             "lower the learning rate",
             exec->guard_value);
  else
    snprintf(reason, sizeof(reason), "the step ended with code %d", (int)code);
  const char *after = "";
  if (entry == TN_INIT ||
      (entry == TN_STEP && exec->guard_reason == TN_GUARD_NONE)) {
    c->has_state = c->meta.header->state_count == 0;
    after = "; the state is lost, set it by tn_init() or tn_set_state()";
  } else if (entry == TN_STEP) {
    after = "; the step was refused, and the state is as before it";
  }
  return tn_fail(message, TN_STEP_ERROR, "%s%s", reason, after);
}

//===-- Entries ---------------------------------------------------------===//

static tn_status run(tn_context_impl *c, int32_t entry, tn_message *message) {
  tn_exec *exec = &c->exec;
  exec->has_error = 0;
  exec->launch = 0;
  exec->guard_reason = TN_GUARD_NONE;
  uint64_t before = 0;
  if (c->arena.guarded) {
    tn_arena_poison(&c->arena);
    before = tn_hash(c->arena.state, c->arena.state_bytes);
  }
  uint32_t fp = tn_fp_enter();
  int32_t code = c->model->entries[entry](
      exec, c->pointers,
      c->pointers + c->meta.header->entries[entry].input_count,
      c->arena.activations, c->model->weights, c->arena.state);
  tn_fp_leave(fp);
  if (c->arena.guarded) {
    tn_status status = tn_arena_check(&c->arena, message);
    if (status)
      return status;
    int may_write =
        entry == TN_INIT || (entry == TN_STEP && !exec->guard_reason);
    if (!may_write && before != tn_hash(c->arena.state, c->arena.state_bytes))
      return tn_fail(message, TN_INTERNAL,
                     "a kernel wrote to the state where none may");
  }
  if (exec->has_error || code)
    return refuse(c, entry, code, message);
  return tn_succeed(message);
}

static tn_status checkEntry(const tn_context_impl *c, int32_t entry,
                            tn_message *message) {
  static const char *const names[] = {"run", "train", "evaluate", "set up"};
  const char *model = c->meta.strings + c->meta.header->model_name;
  if (entry < 0 || entry >= TN_ENTRY_COUNT)
    return tn_fail(message, TN_INVALID_ARGUMENT, "there is no entry %d",
                   (int)entry);
  if (!c->meta.header->entries[entry].present)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "model '%.200s' cannot be asked to %s; compile it %s", model,
                   names[entry],
                   entry == TN_INFER
                       ? "without --train"
                       : "with --train --loss=... --optimizer=...");
  if (!c->has_state && entry != TN_INIT)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "this context of model '%.200s' has no state yet; call "
                   "tn_init() or tn_set_state() first",
                   model);
  return TN_OK;
}

tn_status tn_run_context(tn_context *base, int32_t entry,
                         const tn_tensor *inputs, uint32_t input_count,
                         const tn_tensor *outputs, uint32_t output_count,
                         tn_message *message) {
  tn_context_impl *c = (tn_context_impl *)base;
  tn_status status = tn_context_enter(c, message);
  if (status)
    return status;
  status = entry == TN_INIT
               ? tn_fail(message, TN_INVALID_ARGUMENT, "call tn_init()")
               : checkEntry(c, entry, message);
  if (!status)
    status = tn_check_call(c, entry, inputs, input_count, outputs, output_count,
                           message);
  if (!status)
    status = run(c, entry, message);
  tn_context_leave(c);
  return status;
}

tn_status tn_init_context(tn_context *base, uint64_t seed,
                          tn_message *message) {
  tn_context_impl *c = (tn_context_impl *)base;
  tn_status status = tn_context_enter(c, message);
  if (status)
    return status;
  status = checkEntry(c, TN_INIT, message);
  if (!status) {
    c->pointers[0] = &seed;
    status = run(c, TN_INIT, message);
    if (!status)
      c->has_state = 1;
  }
  tn_context_leave(c);
  return status;
}
