//===-- Hash.h - XXH64 ------------------------------------------*- C -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef TENON_RUNTIME_CORE_HASH_H
#define TENON_RUNTIME_CORE_HASH_H

#include <stddef.h>
#include <stdint.h>

// XXH64 with seed 0, as llvm::xxHash64 computes it.
uint64_t tn_hash(const void *data, size_t size);

#endif // TENON_RUNTIME_CORE_HASH_H
