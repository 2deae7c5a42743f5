//===-- Context.c - contexts and steps ----------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Arena.h"
#include "core/Describe.h"
#include "core/Message.h"
#include "core/Model.h"
#include "core/Pool.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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
};

typedef struct {
  tn_context base;
  const tn_model *model;
  tn_meta meta;
  tn_arena arena;
  uint32_t threads;
  atomic_flag running;
  tn_exec exec;
  void *pointers[]; // inputs, then outputs
} context;

static tn_status readOptions(const tn_context_options *given,
                             const tn_meta_header *plan,
                             tn_context_options *options, tn_message *message) {
  memset(options, 0, sizeof(*options));
  if (given) {
    size_t size = given->struct_size;
    if (size < offsetof(tn_context_options, flags))
      return tn_fail(message, TN_INVALID_ARGUMENT,
                     "struct_size of the context options is not set; set it "
                     "to sizeof(tn_context_options)");
    // Fields that this runtime does not know must not be dropped silently.
    for (size_t i = sizeof(*options); i < size; ++i)
      if (((const char *)given)[i])
        return tn_fail(message, TN_INCOMPATIBLE,
                       "the context options use a field that this artifact is "
                       "too old for; compile the model again");
    memcpy(options, given, size < sizeof(*options) ? size : sizeof(*options));
  }
  if (options->flags & ~(uint32_t)TN_CONTEXT_GUARD_PAGES)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "unknown flags 0x%x in the context options", options->flags);
  if (options->threads > plan->max_threads)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "%u threads were asked for, and the plan has memory for "
                   "%u; ask for fewer, or compile with --max-threads=%u",
                   options->threads, plan->max_threads, options->threads);
  if (options->threads == 0) {
    uint32_t cpus = tn_usable_cpus();
    options->threads = cpus < plan->max_threads ? cpus : plan->max_threads;
  }
  if (options->withhold_bytes &&
      (!(options->flags & TN_CONTEXT_GUARD_PAGES) ||
       options->withhold_bytes % TN_ARENA_ALIGNMENT ||
       options->withhold_bytes > plan->scratch_offset))
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "withhold_bytes must be a multiple of 64, at most the "
                   "activations' %llu, and needs TN_CONTEXT_GUARD_PAGES",
                   (unsigned long long)plan->scratch_offset);
  return TN_OK;
}

tn_status tn_create_context(const tn_model *model,
                            const tn_context_options *given,
                            tn_context **result, tn_message *message) {
  *result = NULL;
  tn_meta meta;
  tn_status status = tn_model_meta(model, &meta, message);
  if (status)
    return status;
  tn_context_options options;
  status = readOptions(given, meta.header, &options, message);
  if (status)
    return status;

  size_t pointers =
      (size_t)meta.header->input_count + meta.header->output_count;
  context *c = calloc(1, sizeof(context) + pointers * sizeof(void *));
  if (!c)
    return tn_fail(message, TN_OUT_OF_MEMORY, "no memory for a context");
  c->base.vtable = model->vtable;
  c->model = model;
  c->meta = meta;
  c->threads = options.threads;
  atomic_flag_clear(&c->running);
  atomic_flag_clear(&c->exec.error_lock);
  status = tn_arena_map(meta.header, c->threads,
                        options.flags & TN_CONTEXT_GUARD_PAGES,
                        options.withhold_bytes, &c->arena, message);
  c->exec.scratch = c->arena.scratch;
  c->exec.profile = options.launch_nanoseconds;
  c->exec.profiled = options.launch_nanoseconds ? options.launch_count : 0;
  if (!status && c->threads > 1)
    status = tn_pool_create(c->threads, c->arena.scratch, c->arena.scratch_step,
                            &c->exec.pool, message);
  if (status) {
    tn_destroy_context(&c->base);
    return status;
  }
  *result = &c->base;
  return tn_succeed(message);
}

void tn_destroy_context(tn_context *base) {
  if (!base)
    return;
  context *c = (context *)base;
  tn_pool_destroy(c->exec.pool);
  tn_arena_unmap(&c->arena);
  free(c);
}

tn_status tn_context_memory(const tn_context *base, tn_memory_stats *stats,
                            tn_message *message) {
  const context *c = (const context *)base;
  const tn_meta_header *h = c->meta.header;
  tn_memory_stats all = {0};
  all.arena_bytes = h->arena_bytes;
  all.activation_bytes = h->scratch_offset;
  all.workspace_bytes = h->arena_bytes - h->scratch_offset;
  all.weights_bytes = h->weights_bytes;
  all.threads = c->threads;
  return tn_fill(stats, &all, sizeof(all), message);
}

//===-- Checks of a call ------------------------------------------------===//

static tn_status checkTensor(const context *c, const char *what, uint32_t index,
                             const tn_meta_tensor *expected,
                             const tn_tensor *given, tn_message *message) {
  const char *name = c->meta.strings + expected->name;
  const int64_t *dims = c->meta.dims + expected->dims_index;
  int same =
      given->dtype == expected->dtype && given->rank == (int64_t)expected->rank;
  if (same && expected->rank)
    same = given->dims &&
           !memcmp(given->dims, dims, expected->rank * sizeof(*dims));
  if (!same) {
    char wanted[TN_SHAPE_TEXT], got[TN_SHAPE_TEXT];
    tn_shape_text(wanted, expected->dtype, expected->rank, dims);
    tn_shape_text(got, given->dtype, given->rank < 64 ? given->rank : 64,
                  given->dims);
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "%s %u '%.200s' must be %s, and is %s%s", what, index, name,
                   wanted, got,
                   given->rank && !given->dims ? " without dims" : "");
  }
  if (!given->data && expected->bytes)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "%s %u '%.200s' has no data (NULL)", what, index, name);
  if ((uintptr_t)given->data % expected->alignment)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "%s %u '%.200s' must be aligned to %u bytes", what, index,
                   name, expected->alignment);
  return TN_OK;
}

static tn_status checkCount(const char *what, uint32_t expected, uint32_t given,
                            const tn_tensor *tensors, tn_message *message) {
  if (given != expected)
    return tn_fail(message, TN_INVALID_ARGUMENT,
                   "the model has %u %s%s, and %u %s given", expected, what,
                   expected == 1 ? "" : "s", given,
                   given == 1 ? "was" : "were");
  if (given && !tensors)
    return tn_fail(message, TN_INVALID_ARGUMENT, "the array of %ss is NULL",
                   what);
  return TN_OK;
}

static int overlaps(const void *a, uint64_t a_bytes, const void *b,
                    uint64_t b_bytes) {
  uintptr_t x = (uintptr_t)a, y = (uintptr_t)b;
  return a_bytes && b_bytes && (x <= y ? y - x < a_bytes : x - y < b_bytes);
}

// Kernels run while the step still reads inputs, so an output in their place
// would change them.
static tn_status checkOverlap(const context *c, const tn_tensor *inputs,
                              uint32_t input_count, const tn_tensor *outputs,
                              uint32_t output_count, tn_message *message) {
  for (uint32_t i = 0; i < output_count; ++i) {
    const tn_meta_tensor *out = &c->meta.outputs[i];
    for (uint32_t j = 0; j < input_count + i; ++j) {
      int is_input = j < input_count;
      uint32_t k = is_input ? j : j - input_count;
      const tn_meta_tensor *other =
          is_input ? &c->meta.inputs[k] : &c->meta.outputs[k];
      const void *data = is_input ? inputs[k].data : outputs[k].data;
      if (overlaps(outputs[i].data, out->bytes, data, other->bytes))
        return tn_fail(message, TN_INVALID_ARGUMENT,
                       "output %u '%.200s' overlaps %s %u '%.200s'; give it a "
                       "buffer of its own",
                       i, c->meta.strings + out->name,
                       is_input ? "input" : "output", k,
                       c->meta.strings + other->name);
    }
  }
  return TN_OK;
}

static tn_status checkCall(context *c, const tn_tensor *inputs,
                           uint32_t input_count, const tn_tensor *outputs,
                           uint32_t output_count, tn_message *message) {
  const tn_meta_header *h = c->meta.header;
  tn_status status =
      checkCount("input", h->input_count, input_count, inputs, message);
  if (!status)
    status =
        checkCount("output", h->output_count, output_count, outputs, message);
  void **pointer = c->pointers;
  for (uint32_t i = 0; !status && i < input_count; ++i) {
    status =
        checkTensor(c, "input", i, &c->meta.inputs[i], &inputs[i], message);
    *pointer++ = inputs[i].data;
  }
  for (uint32_t i = 0; !status && i < output_count; ++i) {
    status =
        checkTensor(c, "output", i, &c->meta.outputs[i], &outputs[i], message);
    *pointer++ = outputs[i].data;
  }
  if (!status)
    status =
        checkOverlap(c, inputs, input_count, outputs, output_count, message);
  return status;
}

//===-- Steps -----------------------------------------------------------===//

static tn_status describeError(const context *c, tn_message *message) {
  const tn_exec *exec = &c->exec;
  const char *name = "?", *type = "node";
  if (exec->error_op >= 0 &&
      (uint32_t)exec->error_op < c->meta.header->op_count) {
    name = c->meta.strings + c->meta.ops[exec->error_op].name;
    type = c->meta.strings + c->meta.ops[exec->error_op].op_type;
  }
  return tn_fail(message, TN_STEP_ERROR,
                 "%.100s '%.400s' met a value out of its range, first at "
                 "element %lld",
                 type, name, (long long)exec->error_index);
}

static tn_status runStep(context *c, tn_message *message) {
  c->exec.has_error = 0;
  c->exec.launch = 0;
  if (c->arena.guarded)
    tn_arena_poison(&c->arena);
  uint32_t fp = tn_fp_enter();
  int32_t code = c->model->step(&c->exec, c->pointers,
                                c->pointers + c->meta.header->input_count,
                                c->arena.activations, c->model->weights);
  tn_fp_leave(fp);
  if (c->arena.guarded) {
    tn_status status = tn_arena_check(&c->arena, message);
    if (status)
      return status;
  }
  if (c->exec.has_error)
    return describeError(c, message);
  if (code)
    return tn_fail(message, TN_STEP_ERROR, "the step ended with code %d",
                   (int)code);
  return tn_succeed(message);
}

tn_status tn_run_context(tn_context *base, const tn_tensor *inputs,
                         uint32_t input_count, const tn_tensor *outputs,
                         uint32_t output_count, tn_message *message) {
  context *c = (context *)base;
  if (atomic_flag_test_and_set_explicit(&c->running, memory_order_acquire))
    return tn_fail(message, TN_BUSY,
                   "this context is running another step; create one context "
                   "for each thread that calls");
  tn_status status =
      checkCall(c, inputs, input_count, outputs, output_count, message);
  if (!status)
    status = runStep(c, message);
  atomic_flag_clear_explicit(&c->running, memory_order_release);
  return status;
}

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
