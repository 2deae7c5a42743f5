//===-- SweepAllocator.h - placement along time -----------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_LIB_PLAN_CORE_SWEEPALLOCATOR_H
#define TENON_LIB_PLAN_CORE_SWEEPALLOCATOR_H

#include "tenon/Plan/Allocator.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tenon::plan {

enum class Sweep { Found, Stuck, TooDear };

/// Places the buffers within `capacity` in the order in which they begin, as a
/// beam search: of all ways to lay out what is alive, the `width` best are
/// followed. Good are those whose gaps stay in one piece as buffers end, and in
/// which what comes next has room. Made for long programs of few buffers at a
/// time, such as the schedules of low budgets, which a search buffer by buffer
/// does not see to the end of. All buffers have bytes and extent.
///
/// Spends at most about `limit`, in steps of the exact search, little of it
/// where that is seen not to be enough, and adds what it spent to `work`.
/// `offsets` is set when found, which it is not always where it could be, and
/// `stuckAt` when stuck: the time at which no layout had room.
Sweep allocateAlongTime(const std::vector<Buffer> &buffers, uint64_t capacity,
                        size_t width, uint64_t limit, uint64_t &work,
                        std::vector<uint64_t> &offsets,
                        uint64_t *stuckAt = nullptr);

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_SWEEPALLOCATOR_H
