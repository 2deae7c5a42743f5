//===-- Arena.h - the memory of one context ---------------------*- C -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef TENON_RUNTIME_CORE_ARENA_H
#define TENON_RUNTIME_CORE_ARENA_H

#include "core/Metadata.h"

typedef struct tn_arena {
  char *map; // NULL when nothing is mapped
  uint64_t map_bytes;
  char *activations;
  uint64_t activation_bytes;
  char *scratch; // of worker w: scratch + w * scratch_step
  uint64_t scratch_step;
  uint64_t scratch_bytes; // of one worker
  uint32_t workers;
  char *state_map; // NULL when the model has no state
  uint64_t state_map_bytes;
  char *state;
  uint64_t state_bytes;
  int guarded;
} tn_arena;

// Maps exactly the plan's bytes, and the state beside them; or, with guard
// pages, activations, state and every worker's workspace each between unmapped
// pages, the activations withhold bytes short.
tn_status tn_arena_map(const tn_meta_header *plan, uint32_t threads,
                       int guarded, uint64_t withhold, tn_arena *arena,
                       tn_message *message);
void tn_arena_unmap(tn_arena *arena);

// For a guarded arena, before a step: fills it so that reading what the step
// has not written shows (the state only when it is mapped); after it: whether
// the bytes in front are untouched.
void tn_arena_poison(tn_arena *arena);
tn_status tn_arena_check(const tn_arena *arena, tn_message *message);

#endif // TENON_RUNTIME_CORE_ARENA_H
