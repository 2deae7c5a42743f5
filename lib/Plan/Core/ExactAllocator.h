//===-- ExactAllocator.h - branch and bound placement -----------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_LIB_PLAN_CORE_EXACTALLOCATOR_H
#define TENON_LIB_PLAN_CORE_EXACTALLOCATOR_H

#include "tenon/Plan/Allocator.h"

#include <cstdint>
#include <vector>

namespace tenon::plan {

enum class Outcome { Found, Impossible, OutOfWork };

/// Looks for offsets within `capacity`. All buffers have bytes and extent.
/// Spends at most about `limit` and adds what it spent to `work`. `offsets` is
/// set when found.
Outcome allocateExactly(const std::vector<Buffer> &buffers, uint64_t capacity,
                        uint64_t limit, uint64_t &work,
                        std::vector<uint64_t> &offsets);

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_EXACTALLOCATOR_H
