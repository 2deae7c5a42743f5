//===-- Context.c - creating and ending contexts ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Context.h"
#include "core/Describe.h"
#include "core/Message.h"

#include <stdlib.h>
#include <string.h>

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

  // Entries run one at a time and share the place for their arguments.
  size_t pointers = 0;
  for (int i = 0; i < TN_ENTRY_COUNT; ++i) {
    const tn_meta_entry *entry = &meta.header->entries[i];
    size_t count = (size_t)entry->input_count + entry->output_count;
    pointers = count > pointers ? count : pointers;
  }
  tn_context_impl *c =
      calloc(1, sizeof(tn_context_impl) + pointers * sizeof(void *));
  if (!c)
    return tn_fail(message, TN_OUT_OF_MEMORY, "no memory for a context");
  c->base.vtable = model->vtable;
  c->model = model;
  c->meta = meta;
  c->threads = options.threads;
  c->has_state = meta.header->state_count == 0;
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
  tn_context_impl *c = (tn_context_impl *)base;
  tn_pool_destroy(c->exec.pool);
  tn_arena_unmap(&c->arena);
  free(c);
}

tn_status tn_context_memory(const tn_context *base, tn_memory_stats *stats,
                            tn_message *message) {
  const tn_context_impl *c = (const tn_context_impl *)base;
  const tn_meta_header *h = c->meta.header;
  tn_memory_stats all = {0};
  all.arena_bytes = h->arena_bytes;
  all.activation_bytes = h->scratch_offset;
  all.workspace_bytes = h->arena_bytes - h->scratch_offset;
  all.weights_bytes = h->weights_bytes;
  all.state_bytes = h->state_bytes;
  all.threads = c->threads;
  return tn_fill(stats, &all, sizeof(all), message);
}

tn_status tn_context_enter(tn_context_impl *c, tn_message *message) {
  if (atomic_flag_test_and_set_explicit(&c->running, memory_order_acquire))
    return tn_fail(message, TN_BUSY,
                   "this context is running another step; create one context "
                   "for each thread that calls");
  return TN_OK;
}

void tn_context_leave(tn_context_impl *c) {
  atomic_flag_clear_explicit(&c->running, memory_order_release);
}
