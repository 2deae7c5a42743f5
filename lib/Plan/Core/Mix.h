//===-- Mix.h - fixed pseudo-random words -----------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_LIB_PLAN_CORE_MIX_H
#define TENON_LIB_PLAN_CORE_MIX_H

#include <cstdint>

namespace tenon::plan {

/// What splitmix64 makes of its state, the same everywhere.
inline uint64_t mixed(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

constexpr uint64_t kMixStep = 0x9e3779b97f4a7c15u;

/// A word per number; the key of a set is the xor over what is in it.
inline uint64_t keyOf(uint32_t number) {
  return mixed((uint64_t(number) + 1) * kMixStep);
}

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_MIX_H
