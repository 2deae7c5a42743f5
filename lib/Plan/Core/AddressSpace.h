//===-- AddressSpace.h - where values lie while a schedule grows *- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_LIB_PLAN_CORE_ADDRESSSPACE_H
#define TENON_LIB_PLAN_CORE_ADDRESSSPACE_H

#include "lib/Plan/Core/Schedule.h"

#include <vector>

namespace tenon::plan {

/// Addresses from 0 to a limit, some of which values occupy.
class AddressSpace {
public:
  static constexpr uint64_t kNowhere = UINT64_MAX;

  AddressSpace(const Model &model, uint64_t bytes)
      : model(model), limit(bytes), address(model.values.size(), kNowhere) {}

  uint64_t addressOf(ValueId v) const { return address[v]; }

  void place(ValueId v, uint64_t at);
  void release(ValueId v);

  /// The start of the gap that fits most tightly, at its end if `high`;
  /// `kNowhere` if there is none.
  uint64_t tightestGap(uint64_t bytes, bool high) const;

  /// Adjacent values, and what it costs to give each of them up, negative where
  /// that must not be: where to have `bytes` for the least sum. Sets `victims`
  /// to what lies there. `kNowhere` if there is no such place.
  uint64_t cheapestRoom(uint64_t bytes, const std::vector<double> &prices,
                        bool high, std::vector<ValueId> &victims) const;

  /// Sorted by address.
  const std::vector<ValueId> &values() const { return list; }

private:
  uint64_t endOf(ValueId v) const { return address[v] + model.values[v].bytes; }

  const Model &model;
  uint64_t limit;
  std::vector<uint64_t> address; ///< By value.
  std::vector<ValueId> list;
};

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_ADDRESSSPACE_H
