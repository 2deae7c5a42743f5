//===-- ExactAllocator.h - branch and bound placement -----------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_LIB_PLAN_CORE_EXACTALLOCATOR_H
#define TENON_LIB_PLAN_CORE_EXACTALLOCATOR_H

#include "tenon/Plan/Allocator.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace tenon::plan {

enum class Outcome { Found, Impossible, OutOfWork };

class ExactAllocator {
public:
  /// All buffers have bytes and extent.
  explicit ExactAllocator(const std::vector<Buffer> &buffers);
  ~ExactAllocator();

  /// Looks for offsets within `capacity`. Spends at most about `limit` and adds
  /// what it spent to `work`. `offsets` is set when found. What comes out does
  /// not depend on calls before.
  Outcome fit(uint64_t capacity, uint64_t limit, uint64_t &work,
              std::vector<uint64_t> &offsets);

private:
  class Search;
  uint64_t unit = 0; ///< Divides all sizes.
  size_t count;      ///< Of buffers.
  std::unique_ptr<Search> search;
};

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_EXACTALLOCATOR_H
