//===-- Arena.c - the memory of one context -----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef _GNU_SOURCE
#define _GNU_SOURCE // MAP_ANONYMOUS
#endif
#include "core/Arena.h"
#include "core/Message.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { CANARY = 0xa5, POISON = 0xff }; // POISON makes NaN of any float

static uint64_t roundUp(uint64_t value, uint64_t unit) {
  return (value + unit - 1) / unit * unit;
}

static tn_status noMemory(uint64_t bytes, tn_message *message) {
  return tn_fail(message, TN_OUT_OF_MEMORY,
                 "cannot map the arena of %llu bytes; compile with a smaller "
                 "--memory-budget, or free memory",
                 (unsigned long long)bytes);
}

static tn_status noStateMemory(uint64_t bytes, tn_message *message) {
  return tn_fail(message, TN_OUT_OF_MEMORY,
                 "cannot map the state of %llu bytes; free memory",
                 (unsigned long long)bytes);
}

// With guard pages: guard | room, the state flush right | guard
static tn_status mapState(tn_arena *arena, tn_message *message) {
  if (arena->state_bytes == 0)
    return TN_OK;
  uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
  uint64_t room = roundUp(arena->state_bytes, page);
  uint64_t guard = arena->guarded ? page : 0;
  uint64_t bytes = room + 2 * guard;
  char *map = mmap(NULL, bytes, guard ? PROT_NONE : PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (map == MAP_FAILED)
    return noStateMemory(bytes, message);
  arena->state_map = map;
  arena->state_map_bytes = bytes;
  arena->state = map;
  if (!guard)
    return TN_OK;
  if (mprotect(map + page, room, PROT_READ | PROT_WRITE))
    return noStateMemory(bytes, message);
  arena->state = map + page + room - arena->state_bytes;
  memset(map + page, CANARY, room - arena->state_bytes);
  memset(arena->state, POISON, arena->state_bytes);
  return TN_OK;
}

static tn_status mapPlain(const tn_meta_header *plan, tn_arena *arena,
                          tn_message *message) {
  if (plan->arena_bytes == 0)
    return TN_OK;
  void *map = mmap(NULL, plan->arena_bytes, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (map == MAP_FAILED)
    return noMemory(plan->arena_bytes, message);
  arena->map = map;
  arena->map_bytes = plan->arena_bytes;
  arena->activations = arena->map;
  arena->scratch = arena->map + plan->scratch_offset;
  arena->scratch_step = plan->scratch_stride;
  return TN_OK;
}

// guard | room, activations flush right | guard | room, scratch 0 flush right
// | guard | ...
static tn_status mapGuarded(const tn_meta_header *plan, tn_arena *arena,
                            tn_message *message) {
  uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
  uint64_t first = roundUp(arena->activation_bytes, page);
  uint64_t each = roundUp(plan->scratch_stride, page);
  arena->map_bytes = page + first + page + arena->workers * (each + page);
  void *map = mmap(NULL, arena->map_bytes, PROT_NONE,
                   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (map == MAP_FAILED)
    return noMemory(arena->map_bytes, message);
  arena->map = map;
  int error = 0;
  char *room = arena->map + page;
  if (first)
    error |= mprotect(room, first, PROT_READ | PROT_WRITE);
  arena->activations = room + first - arena->activation_bytes;
  room += first + page;
  arena->scratch = room + each - plan->scratch_stride;
  arena->scratch_step = each + page;
  for (uint32_t w = 0; w < arena->workers && each; ++w)
    error |= mprotect(room + w * (each + page), each, PROT_READ | PROT_WRITE);
  if (error) {
    tn_arena_unmap(arena);
    return noMemory(arena->map_bytes, message);
  }
  return TN_OK;
}

// The bytes between the start of the page and p.
static uint64_t slack(const char *p) {
  return (uintptr_t)p % (uint64_t)sysconf(_SC_PAGESIZE);
}

tn_status tn_arena_map(const tn_meta_header *plan, uint32_t threads,
                       int guarded, uint64_t withhold, tn_arena *arena,
                       tn_message *message) {
  memset(arena, 0, sizeof(*arena));
  arena->guarded = guarded;
  arena->workers = threads;
  arena->activation_bytes = plan->scratch_offset;
  arena->scratch_bytes = plan->scratch_stride;
  arena->state_bytes = plan->state_bytes;
  tn_status status = mapState(arena, message);
  if (status)
    return status;
  if (!guarded)
    return mapPlain(plan, arena, message);
  arena->activation_bytes -= withhold;
  status = mapGuarded(plan, arena, message);
  if (status)
    return status;
  uint64_t before = slack(arena->activations);
  memset(arena->activations - before, CANARY, before);
  for (uint32_t w = 0; w < threads && arena->scratch_bytes; ++w) {
    char *scratch = arena->scratch + w * arena->scratch_step;
    before = slack(scratch);
    memset(scratch - before, CANARY, before);
  }
  return TN_OK;
}

void tn_arena_unmap(tn_arena *arena) {
  if (arena->map)
    munmap(arena->map, arena->map_bytes);
  arena->map = NULL;
  if (arena->state_map)
    munmap(arena->state_map, arena->state_map_bytes);
  arena->state_map = NULL;
}

void tn_arena_poison(tn_arena *arena) {
  memset(arena->activations, POISON, arena->activation_bytes);
  for (uint32_t w = 0; w < arena->workers && arena->scratch_bytes; ++w)
    memset(arena->scratch + w * arena->scratch_step, POISON,
           arena->scratch_bytes);
}

static int touched(const char *p) {
  for (uint64_t n = slack(p); n; --n)
    if ((unsigned char)p[-(int64_t)n] != CANARY)
      return 1;
  return 0;
}

tn_status tn_arena_check(const tn_arena *arena, tn_message *message) {
  if (arena->state_map && touched(arena->state))
    return tn_fail(message, TN_INTERNAL,
                   "a kernel wrote in front of the state");
  if (touched(arena->activations))
    return tn_fail(message, TN_INTERNAL,
                   "a kernel wrote in front of the arena");
  for (uint32_t w = 0; w < arena->workers && arena->scratch_bytes; ++w)
    if (touched(arena->scratch + w * arena->scratch_step))
      return tn_fail(message, TN_INTERNAL,
                     "a kernel wrote in front of the workspace of worker %u",
                     w);
  return TN_OK;
}
