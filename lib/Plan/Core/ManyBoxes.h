//===-- ManyBoxes.h - offsets in programs of very many clones ---*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_LIB_PLAN_CORE_MANYBOXES_H
#define TENON_LIB_PLAN_CORE_MANYBOXES_H

#include "tenon/Plan/Allocator.h"

#include <vector>

namespace tenon::plan {

/// Places boxes, whose sizes are multiples of the alignment, greedily in
/// several orders, and stops at a height of `maxLive`. For tens of thousands of
/// boxes, most of which live shortly: each is compared only with those near it
/// in time.
Allocation placeMany(const std::vector<Buffer> &boxes, uint64_t maxLive);

/// Gives offsets to the boxes that have `UINT64_MAX`, the lowest that are free.
/// False if two of the others overlap.
bool completeOffsets(const std::vector<Buffer> &boxes,
                     std::vector<uint64_t> &offsets);

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_MANYBOXES_H
