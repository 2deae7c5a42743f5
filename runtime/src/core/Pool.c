//===-- Pool.c - worker threads of one context --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A launch is a number of chunks that counts down. A thread that takes a
// positive number owns that chunk, and the job stays in place until every
// owner has reported back; a thread that takes zero or less knows nothing about
// any job and must not look at one. Late workers therefore cost nothing, and a
// launch never waits for a thread that sleeps.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE // sched_getaffinity
#endif
#include "core/Pool.h"
#include "core/Message.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
  CACHE_LINE = 64,
  // Chunks per thread: enough to even out a thread that started late.
  CHUNKS_PER_THREAD = 4,
  // Long enough to bridge the serial code between two launches, short enough
  // not to be felt by others when the step is over.
  SPIN_NANOSECONDS = 50 * 1000,
  SPINS_PER_CLOCK = 32,
  STACK_BYTES = 2 << 20
};

typedef struct {
  tn_pool *pool;
  pthread_t thread;
  uint32_t index;
} worker;

struct tn_pool {
  _Alignas(CACHE_LINE) _Atomic int64_t chunks_left;
  _Alignas(CACHE_LINE) _Atomic int64_t chunks_done;

  // The job; owned by tn_pool_run() except while chunks are.
  _Alignas(CACHE_LINE) tn_kernel_fn fn;
  void *const *args;
  int64_t grid, chunk_size, chunk_count;

  char *scratch;
  uint64_t scratch_step;
  uint32_t threads;
  int64_t spin_nanoseconds;

  _Alignas(CACHE_LINE) _Atomic int sleepers; // workers that wait for work
  _Atomic int waiting;                       // the caller waits for the end
  _Atomic int stop;
  pthread_mutex_t mutex;
  pthread_cond_t work, done;
  uint32_t started;
  worker workers[];
};

uint32_t tn_usable_cpus(void) {
#if defined(__linux__)
  // On a machine with more CPUs than a cpu_set_t holds, this fails and one
  // thread is the safe answer; the caller may ask for more.
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof(set), &set) == 0) {
    int count = CPU_COUNT(&set);
    return count < 1 ? 1 : (uint32_t)count;
  }
#endif
  return 1;
}

uint32_t tn_fp_enter(void) {
#if defined(__x86_64__)
  uint32_t saved = __builtin_ia32_stmxcsr();
  __builtin_ia32_ldmxcsr(0x1f80);
  return saved;
#elif defined(__aarch64__)
  uint64_t saved;
  __asm__ volatile("mrs %0, fpcr" : "=r"(saved));
  __asm__ volatile("msr fpcr, %0" : : "r"(UINT64_C(0)));
  return (uint32_t)saved;
#else
  return 0;
#endif
}

void tn_fp_leave(uint32_t saved) {
#if defined(__x86_64__)
  __builtin_ia32_ldmxcsr(saved);
#elif defined(__aarch64__)
  __asm__ volatile("msr fpcr, %0" : : "r"((uint64_t)saved));
#else
  (void)saved;
#endif
}

static void relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void runChunks(tn_pool *pool, uint32_t index) {
  char *scratch = pool->scratch + index * pool->scratch_step;
  while (atomic_load_explicit(&pool->chunks_left, memory_order_relaxed) > 0) {
    int64_t left = atomic_fetch_sub(&pool->chunks_left, 1);
    if (left <= 0)
      return;
    // Once the last chunk is reported, the job may be replaced: read all of it
    // now.
    int64_t count = pool->chunk_count;
    int64_t begin = (count - left) * pool->chunk_size;
    int64_t end = pool->grid - begin < pool->chunk_size
                      ? pool->grid
                      : begin + pool->chunk_size;
    pool->fn(pool->args, begin, end, scratch);
    if (atomic_fetch_add(&pool->chunks_done, 1) + 1 == count &&
        atomic_load(&pool->waiting)) {
      pthread_mutex_lock(&pool->mutex);
      pthread_cond_signal(&pool->done);
      pthread_mutex_unlock(&pool->mutex);
    }
  }
}

static int hasWork(tn_pool *pool) {
  return atomic_load(&pool->chunks_left) > 0 || atomic_load(&pool->stop);
}

static int allDone(tn_pool *pool) {
  return atomic_load(&pool->chunks_done) == pool->chunk_count;
}

// Spins until ready() or until the time is up; returns whether it was ready.
static int spinUntil(tn_pool *pool, int (*ready)(tn_pool *)) {
  int64_t deadline = 0;
  for (;;) {
    for (int i = 0; i < SPINS_PER_CLOCK; ++i) {
      if (ready(pool))
        return 1;
      relax();
    }
    int64_t t = now();
    if (!deadline)
      deadline = t + pool->spin_nanoseconds;
    else if (t >= deadline)
      return 0;
  }
}

static void *workerMain(void *argument) {
  worker *self = argument;
  tn_pool *pool = self->pool;
  tn_fp_enter();
  while (!atomic_load(&pool->stop)) {
    if (!spinUntil(pool, hasWork)) {
      // The store to sleepers and the load of chunks_left here, against the
      // store to chunks_left and the load of sleepers in tn_pool_run(), are all
      // sequentially consistent: one side sees the other.
      pthread_mutex_lock(&pool->mutex);
      atomic_fetch_add(&pool->sleepers, 1);
      while (!hasWork(pool))
        pthread_cond_wait(&pool->work, &pool->mutex);
      atomic_fetch_sub(&pool->sleepers, 1);
      pthread_mutex_unlock(&pool->mutex);
    }
    runChunks(pool, self->index);
  }
  return NULL;
}

void tn_pool_run(tn_pool *pool, tn_kernel_fn fn, void *const *args,
                 int64_t grid) {
  int64_t pieces = (int64_t)pool->threads * CHUNKS_PER_THREAD;
  int64_t size = grid / pieces + (grid % pieces != 0);
  pool->fn = fn;
  pool->args = args;
  pool->grid = grid;
  pool->chunk_size = size;
  pool->chunk_count = grid / size + (grid % size != 0);
  atomic_store(&pool->chunks_done, 0);
  atomic_store(&pool->chunks_left, pool->chunk_count);
  if (atomic_load(&pool->sleepers)) {
    pthread_mutex_lock(&pool->mutex);
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->mutex);
  }
  runChunks(pool, 0);
  if (allDone(pool) || spinUntil(pool, allDone))
    return;
  pthread_mutex_lock(&pool->mutex);
  atomic_store(&pool->waiting, 1);
  while (!allDone(pool))
    pthread_cond_wait(&pool->done, &pool->mutex);
  atomic_store(&pool->waiting, 0);
  pthread_mutex_unlock(&pool->mutex);
}

tn_status tn_pool_create(uint32_t threads, char *scratch, uint64_t scratch_step,
                         tn_pool **result, tn_message *message) {
  *result = NULL;
  size_t size = sizeof(tn_pool) + threads * sizeof(worker);
  size = (size + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
  tn_pool *pool = aligned_alloc(CACHE_LINE, size);
  if (!pool)
    return tn_fail(message, TN_OUT_OF_MEMORY, "no memory for %u threads",
                   threads);
  memset(pool, 0, size);
  pool->scratch = scratch;
  pool->scratch_step = scratch_step;
  pool->threads = threads;
  // With more threads than CPUs, spinning takes the CPU from who has the work.
  pool->spin_nanoseconds = threads > tn_usable_cpus() ? 0 : SPIN_NANOSECONDS;
  pthread_mutex_init(&pool->mutex, NULL);
  pthread_cond_init(&pool->work, NULL);
  pthread_cond_init(&pool->done, NULL);

  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, STACK_BYTES);
  // The application's signals are for the application's threads.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  int error = 0;
  for (uint32_t i = 1; i < threads && !error; ++i) {
    worker *w = &pool->workers[i];
    w->pool = pool;
    w->index = i;
    error = pthread_create(&w->thread, &attributes, workerMain, w);
    if (!error)
      pool->started = i;
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  pthread_attr_destroy(&attributes);
  if (error) {
    uint32_t started = pool->started;
    tn_pool_destroy(pool);
    return tn_fail(message, TN_OUT_OF_MEMORY,
                   "only %u of %u threads could be started; ask for fewer",
                   started + 1, threads);
  }
  *result = pool;
  return TN_OK;
}

void tn_pool_destroy(tn_pool *pool) {
  if (!pool)
    return;
  pthread_mutex_lock(&pool->mutex);
  atomic_store(&pool->stop, 1);
  pthread_cond_broadcast(&pool->work);
  pthread_mutex_unlock(&pool->mutex);
  for (uint32_t i = 1; i <= pool->started; ++i)
    pthread_join(pool->workers[i].thread, NULL);
  pthread_cond_destroy(&pool->work);
  pthread_cond_destroy(&pool->done);
  pthread_mutex_destroy(&pool->mutex);
  free(pool);
}
