//===-- GreedyAllocator.h - placement buffer by buffer ----------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_LIB_PLAN_CORE_GREEDYALLOCATOR_H
#define TENON_LIB_PLAN_CORE_GREEDYALLOCATOR_H

#include "tenon/Plan/Allocator.h"

#include <cstdint>
#include <vector>

namespace tenon::plan {

/// Most bytes alive at once.
uint64_t maxLiveBytes(const std::vector<Buffer> &buffers);

/// Places every buffer at the lowest gap, or the tightest, between those placed
/// before it, in several orders, and returns the lowest result. All buffers
/// have bytes and extent. Returns early at a height of `goal` or less.
std::vector<uint64_t> allocateGreedily(const std::vector<Buffer> &buffers,
                                       uint64_t goal);

/// Gives offsets to the buffers that have `UINT64_MAX`, in gaps between the
/// others, in several orders, of which the lowest counts. False if that takes
/// `enough` bytes or more; then the offsets are as they were.
bool placeBetween(const std::vector<Buffer> &buffers, uint64_t enough,
                  std::vector<uint64_t> &offsets);

/// Top of the highest buffer.
uint64_t heightOf(const std::vector<Buffer> &buffers,
                  const std::vector<uint64_t> &offsets);

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_GREEDYALLOCATOR_H
