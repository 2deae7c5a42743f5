//===-- SegmentClasses.h - segments of a chain that look alike --*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Chains repeat themselves: layers, unrolled steps. What is computed of one
// segment holds for all that look alike.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_PLAN_CORE_SEGMENTCLASSES_H
#define TENON_LIB_PLAN_CORE_SEGMENTCLASSES_H

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tenon::plan {

class SegmentClasses {
public:
  /// A segment [begin, end), the first of its class.
  struct Segment {
    uint32_t begin = 0, end = 0;
    uint32_t length() const { return end - begin; }
  };

  /// Numbers all segments by growing length: two have the same number if their
  /// elements have equal `kinds`, one by one. Stops once there are more than
  /// `most` classes, see `complete`.
  SegmentClasses(const std::vector<uint32_t> &kinds, size_t most);

  bool complete() const { return isComplete; }
  size_t size() const { return segments.size(); }
  const Segment &operator[](size_t c) const { return segments[c]; }
  /// The class of the segment [begin, end), which is not empty.
  uint32_t of(uint32_t begin, uint32_t end) const {
    return classOf[begin][end - begin - 1];
  }

private:
  std::vector<Segment> segments;
  std::vector<std::vector<uint32_t>> classOf; ///< [begin][end - begin - 1]
  bool isComplete = false;
};

} // namespace tenon::plan

#endif // TENON_LIB_PLAN_CORE_SEGMENTCLASSES_H
