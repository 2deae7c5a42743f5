//===-- Window.cpp - sliding windows: extents and checks ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Window.h"
#include "mlir/IR/Diagnostics.h"

using namespace mlir;

FailureOr<SmallVector<int64_t>>
tenon::windowExtents(std::optional<Location> loc, ArrayRef<int64_t> extents,
                     const Window &w) {
  // Bounds that keep every product below within 64 bits.
  constexpr int64_t limit = int64_t(1) << 31;
  size_t n = extents.size();
  if (w.size.size() != n || w.strides.size() != n || w.low.size() != n ||
      w.high.size() != n || w.dilations.size() != n)
    return emitOptionalError(
        loc, "needs ", n, " entries in window, strides, low, high, dilations");
  SmallVector<int64_t> out;
  for (size_t d = 0; d < n; ++d) {
    auto within = [](int64_t v, int64_t least) {
      return v >= least && v <= limit;
    };
    if (!within(w.size[d], 1) || !within(w.strides[d], 1) ||
        !within(w.dilations[d], 1) || !within(w.low[d], 0) ||
        !within(w.high[d], 0) || extents[d] > limit)
      return emitOptionalError(
          loc, "window, stride and dilation of spatial dimension ", d,
          " must be at least 1, padding at least 0, none above 2^31");
    int64_t covered = w.dilations[d] * (w.size[d] - 1) + 1;
    int64_t room = extents[d] + w.low[d] + w.high[d] - covered;
    if (room < 0)
      return emitOptionalError(loc, "window covers ", covered,
                               " elements of spatial dimension ", d,
                               ", which has ", extents[d], " and ",
                               w.low[d] + w.high[d], " of padding");
    out.push_back(room / w.strides[d] + 1);
  }
  return out;
}
