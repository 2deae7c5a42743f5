//===-- Windows.cpp - kernel_shape, strides, pads, auto_pad ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "lib/Frontend/ONNX/Windows.h"

using namespace mlir;
using namespace tenon::onnx;

ArrayRef<int64_t> tenon::onnx::spatial(NodeImporter &n, Value x) {
  return n.shape(x).drop_front(std::min<size_t>(2, n.rank(x)));
}

FailureOr<Windows>
tenon::onnx::readWindows(NodeImporter &n, ArrayRef<int64_t> extents,
                         std::optional<ArrayRef<int64_t>> kernel) {
  size_t count = extents.size();
  if (count < 1 || count > 3)
    return n.unsupported("only 1 to 3 spatial dimensions are supported, not " +
                         Twine(count));
  SmallVector<int64_t> ones(count, 1);
  Windows w;
  std::optional<SmallVector<int64_t>> given = n.integers("kernel_shape");
  if (given && kernel && ArrayRef<int64_t>(*given) != *kernel)
    return n.invalid("kernel_shape differs from the filter's extents");
  if (!given && !kernel)
    return n.invalid("has no kernel_shape");
  w.kernel = given ? *given : SmallVector<int64_t>(*kernel);
  w.strides = n.integers("strides").value_or(ones);
  w.dilations = n.integers("dilations").value_or(ones);
  SmallVector<int64_t> pads =
      n.integers("pads").value_or(SmallVector<int64_t>(2 * count, 0));
  if (w.kernel.size() != count || w.strides.size() != count ||
      w.dilations.size() != count || pads.size() != 2 * count)
    return n.invalid("kernel_shape, strides, dilations and pads do not fit " +
                     Twine(count) + " spatial dimensions");
  // Bounds within which nothing below overflows.
  constexpr int64_t limit = int64_t(1) << 30;
  for (size_t d = 0; d < count; ++d)
    for (int64_t v : {w.kernel[d], w.strides[d], w.dilations[d]})
      if (v < 1 || v > limit)
        return n.invalid(
            "kernel_shape, strides and dilations must be at least 1");
  for (int64_t v : pads)
    if (v < 0 || v > limit)
      return n.unsupported("negative pads are not supported");
  for (int64_t v : extents)
    if (v > limit)
      return n.invalid("its input is too large");

  llvm::StringRef automatic = n.string("auto_pad", "NOTSET");
  bool upper = automatic == "SAME_UPPER", lower = automatic == "SAME_LOWER";
  if (!upper && !lower && automatic != "VALID" && automatic != "NOTSET" &&
      !automatic.empty())
    return n.invalid("auto_pad '" + automatic + "' does not exist");
  bool ceil = n.integer("ceil_mode", 0);
  for (size_t d = 0; d < count; ++d) {
    int64_t in = extents[d], stride = w.strides[d];
    int64_t covered = w.dilations[d] * (w.kernel[d] - 1) + 1;
    int64_t low = automatic == "VALID" ? 0 : pads[d];
    int64_t high = automatic == "VALID" ? 0 : pads[count + d];
    if (upper || lower) {
      int64_t out = (in + stride - 1) / stride;
      int64_t total = std::max<int64_t>((out - 1) * stride + covered - in, 0);
      low = upper ? total / 2 : total - total / 2;
      high = total - low;
    }
    w.low.push_back(low);
    w.declaredHigh.push_back(high);
    int64_t room = in + low + high - covered;
    if (ceil && !upper && !lower && room >= 0) {
      int64_t out = (room + stride - 1) / stride + 1;
      // A window may not start in the padding at the end.
      if ((out - 1) * stride >= in + low)
        --out;
      high += std::max<int64_t>((out - 1) * stride - room, 0);
    }
    w.high.push_back(high);
  }
  return w;
}
