//===-- Allocator.h - offsets for buffers with known lifetimes --*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Dynamic storage allocation: place rectangles of given height and given extent
// in time so that none overlap and the total height is small.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_PLAN_ALLOCATOR_H
#define TENON_PLAN_ALLOCATOR_H

#include <cstdint>
#include <vector>

namespace tenon::plan {

/// A buffer of `size` bytes, alive in the half-open interval [lower, upper).
struct Buffer {
  uint64_t lower = 0;
  uint64_t upper = 0;
  uint64_t size = 0;
};

struct AllocatorOptions {
  /// Offsets are multiples of this, and sizes are rounded up to it.
  uint64_t alignment = 64;
  /// A height up to this is good enough; 0 asks for the smallest height.
  uint64_t capacity = 0;
  /// Bound on the exact search, in steps over buffers and their spans; 0
  /// means greedy placement alone. Large buffers alone are searched for before,
  /// ten times at most within as much each. Counted, never timed, so that
  /// results repeat on any machine.
  uint64_t workLimit = 1'000'000'000;
};

struct Allocation {
  std::vector<uint64_t> offsets; ///< Parallel to the buffers.
  uint64_t height = 0;
  /// Most bytes alive at once, a bound that no placement can beat.
  uint64_t maxLive = 0;
  uint64_t work = 0; ///< Spent in the exact search.
};

/// Places the buffers. Buffers of no bytes or no extent get offset 0.
Allocation allocate(const std::vector<Buffer> &buffers,
                    const AllocatorOptions &options = {});

} // namespace tenon::plan

#endif // TENON_PLAN_ALLOCATOR_H
