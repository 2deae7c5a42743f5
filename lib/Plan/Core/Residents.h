//===-- Residents.h - what is alive while a schedule grows ------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_LIB_PLAN_CORE_RESIDENTS_H
#define TENON_LIB_PLAN_CORE_RESIDENTS_H

#include "lib/Plan/Core/Schedule.h"

#include <algorithm>
#include <vector>

namespace tenon::plan {

/// A set of values, and how many bytes they have.
class Residents {
public:
  explicit Residents(const Model &model)
      : model(model), present(model.values.size(), false) {}

  bool contains(ValueId v) const { return present[v]; }
  uint64_t bytes() const { return sum; }

  /// By value: not 0 if it is there.
  const std::vector<uint8_t> &flags() const { return present; }

  /// Sorted; changes with `admit` and `drop`.
  const std::vector<ValueId> &values() const { return list; }

  /// Does nothing if `v` is there.
  void admit(ValueId v) {
    if (present[v])
      return;
    present[v] = true;
    sum += model.values[v].bytes;
    list.insert(std::lower_bound(list.begin(), list.end(), v), v);
  }

  /// `v` must be there.
  void drop(ValueId v) {
    present[v] = false;
    sum -= model.values[v].bytes;
    list.erase(std::lower_bound(list.begin(), list.end(), v));
  }

private:
  const Model &model;
  std::vector<uint8_t> present;
  std::vector<ValueId> list;
  uint64_t sum = 0;
};

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_RESIDENTS_H
