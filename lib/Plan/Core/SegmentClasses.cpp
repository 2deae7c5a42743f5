//===-- SegmentClasses.cpp - segments of a chain that look alike ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "lib/Plan/Core/SegmentClasses.h"

#include <unordered_map>

namespace tenon::plan {

/// A segment is its first element and a shorter segment: pairs of numbers name
/// it.
SegmentClasses::SegmentClasses(const std::vector<uint32_t> &kinds,
                               size_t most) {
  uint32_t n = uint32_t(kinds.size());
  classOf.resize(n);
  for (uint32_t length = 1; length <= n; ++length) {
    std::unordered_map<uint64_t, uint32_t> known;
    for (uint32_t begin = 0; begin + length <= n; ++begin) {
      uint64_t rest =
          length == 1 ? 0 : classOf[begin + 1][length - 2] + uint64_t(1);
      uint64_t key = uint64_t(kinds[begin]) << 32 | rest;
      auto [it, isNew] = known.try_emplace(key, uint32_t(segments.size()));
      if (isNew)
        segments.push_back({begin, begin + length});
      classOf[begin].push_back(it->second);
    }
    if (segments.size() > most)
      return;
  }
  isComplete = true;
}

} // namespace tenon::plan
