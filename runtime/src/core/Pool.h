//===-- Pool.h - worker threads of one context ------------------*- C -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef TENON_RUNTIME_CORE_POOL_H
#define TENON_RUNTIME_CORE_POOL_H

#include "tenon/abi.h"

typedef struct tn_pool tn_pool;

// CPUs that this process may run on, at least 1.
uint32_t tn_usable_cpus(void);

// Starts threads - 1 workers; the caller of tn_pool_run() is worker 0. Worker w
// has the workspace scratch + w * scratch_step. threads is at least 2.
tn_status tn_pool_create(uint32_t threads, char *scratch, uint64_t scratch_step,
                         tn_pool **pool, tn_message *message);

// Joins the workers; NULL does nothing.
void tn_pool_destroy(tn_pool *pool);

// Runs fn over [0, grid) on all workers and waits for the end. One caller at a
// time. Allocates nothing.
void tn_pool_run(tn_pool *pool, tn_kernel_fn fn, void *const *args,
                 int64_t grid);

// What kernels compute must not depend on the thread they land on, nor on what
// the application did to its own: rounding to nearest, subnormals kept, no
// traps. tn_fp_enter() sets that and returns what was there before.
uint32_t tn_fp_enter(void);
void tn_fp_leave(uint32_t saved);

#endif // TENON_RUNTIME_CORE_POOL_H
