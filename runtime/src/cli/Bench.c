//===-- Bench.c - the verb `bench` --------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cli/Cli.h"
#include "core/Message.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { WARM_UP = 3, LEAST = 10, MOST = 1000, TARGET_NANOSECONDS = 1000000000 };

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

// Shell's sort. The C library's allocates memory for many samples but not for
// few, and who counts allocations would find a step's.
static void sort(int64_t *values, uint64_t count) {
  for (uint64_t gap = count / 2; gap; gap /= 2)
    for (uint64_t i = gap; i < count; ++i) {
      int64_t value = values[i];
      uint64_t k = i;
      for (; k >= gap && values[k - gap] > value; k -= gap)
        values[k] = values[k - gap];
      values[k] = value;
    }
}

// The value that a share of all samples is not above, in milliseconds.
static double quantile(const int64_t *sorted, uint64_t count, double share) {
  return (double)sorted[(uint64_t)(share * (double)(count - 1) + 0.5)] * 1e-6;
}

static void report(const tn_session *s, const tn_cli_options *options,
                   const tn_memory_stats *memory, const int64_t *sorted,
                   uint64_t count) {
  double median = quantile(sorted, count, 0.5);
  double p10 = quantile(sorted, count, 0.1);
  double p90 = quantile(sorted, count, 0.9);
  double least = quantile(sorted, count, 0);
  if (options->json) {
    printf("{\"threads\": %u, \"repetitions\": %llu, \"median_ms\": %.6f, "
           "\"p10_ms\": %.6f, \"p90_ms\": %.6f, \"min_ms\": %.6f, "
           "\"arena_bytes\": %llu, \"weights_bytes\": %llu, "
           "\"state_bytes\": %llu, \"samples_ms\": [",
           memory->threads, (unsigned long long)count, median, p10, p90, least,
           (unsigned long long)memory->arena_bytes,
           (unsigned long long)memory->weights_bytes,
           (unsigned long long)memory->state_bytes);
    for (uint64_t i = 0; i < count; ++i)
      printf("%s%.6f", i ? ", " : "", (double)sorted[i] * 1e-6);
    printf("]}\n");
    return;
  }
  printf("model: %s\nthreads: %u\nrepetitions: %llu\n", s->info.name,
         memory->threads, (unsigned long long)count);
  printf("median: %.3f ms\np10: %.3f ms\np90: %.3f ms\nmin: %.3f ms\n", median,
         p10, p90, least);
  printf("arena: %llu bytes (activations %llu, workspace %llu)\n",
         (unsigned long long)memory->arena_bytes,
         (unsigned long long)memory->activation_bytes,
         (unsigned long long)memory->workspace_bytes);
  printf("weights: %llu bytes\n", (unsigned long long)memory->weights_bytes);
  if (memory->state_bytes)
    printf("state: %llu bytes\n", (unsigned long long)memory->state_bytes);
}

// Launches by time, slowest first, with the model's nodes. The metadata was
// checked when the context was made.
static void reportProfile(const tn_session *s, uint64_t steps) {
  const tn_meta_header *h = s->model->meta;
  const char *base = s->model->meta;
  const tn_meta_op *ops = (const tn_meta_op *)(base + h->ops_offset) +
                          h->entries[s->entry].first_op;
  const char *strings = base + h->strings_offset;
  double total = 0;
  for (uint32_t i = 0; i < s->profile_count; ++i)
    total += (double)s->profile[i];
  printf("%8s %6s  %-4s %-40s %s\n", "us/step", "share", "#", "kernel",
         "nodes");
  for (uint32_t shown = 0; shown < s->profile_count; ++shown) {
    uint32_t top = 0;
    for (uint32_t i = 1; i < s->profile_count; ++i)
      if (s->profile[i] > s->profile[top])
        top = i;
    double time = (double)s->profile[top];
    if (time == 0)
      break;
    printf("%8.1f %5.1f%%  %-4u %-40s %.120s\n", time * 1e-3 / (double)steps,
           100 * time / total, top, strings + ops[top].op_type,
           strings + ops[top].name);
    s->profile[top] = 0;
  }
}

// Runs once and adds the time it took.
static tn_status sample(tn_session *s, int64_t *time, tn_message *message) {
  int64_t begin = now();
  tn_status status = tn_session_run(s, message);
  *time = now() - begin;
  return status;
}

int tn_cli_bench(tn_session *s, const tn_cli_options *options,
                 tn_message *message) {
  tn_memory_stats memory = {.struct_size = sizeof(memory)};
  tn_status status = tn_memory(s->context, &memory, message);
  for (uint32_t i = 0; !status && i < s->input_count; ++i)
    status = tn_session_random_input(s, i, options->seed, message);
  int64_t time = 0;
  for (int i = 0; !status && i < WARM_UP; ++i)
    status = sample(s, &time, message);
  uint64_t count = options->repetitions;
  if (!count) {
    int64_t fitting = TARGET_NANOSECONDS / (time + 1);
    count = (uint64_t)(fitting < LEAST  ? LEAST
                       : fitting > MOST ? MOST
                                        : fitting);
  }
  int64_t *times = status ? NULL : calloc(count, sizeof(*times));
  if (!status && !times)
    status = tn_fail(message, TN_OUT_OF_MEMORY, "no memory for %llu samples",
                     (unsigned long long)count);
  for (uint32_t i = 0; s->profile && i < s->profile_count; ++i)
    s->profile[i] = 0;
  for (uint64_t i = 0; !status && i < count; ++i)
    status = sample(s, &times[i], message);
  if (!status) {
    sort(times, count);
    report(s, options, &memory, times, count);
    if (s->profile && !options->json)
      reportProfile(s, count);
  }
  free(times);
  return status ? TN_EXIT_FAILED : TN_EXIT_OK;
}
