//===-- Resize.cpp - Resize and Upsample by whole factors -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/Shape.h"
#include "lib/Frontend/ONNX/NodeImporter.h"

using namespace mlir;
using namespace tenon;
using namespace tenon::onnx;

/// Repeats each element factors[d] times along dimension d.
static Value repeat(NodeImporter &n, Value x, ArrayRef<int64_t> factors) {
  SmallVector<int64_t> spread, dims, merged;
  for (auto [extent, factor] : llvm::zip(n.shape(x), factors)) {
    dims.push_back(spread.size());
    spread.push_back(extent);
    if (factor != 1)
      spread.push_back(factor);
    merged.push_back(extent * factor);
  }
  return n.reshape(n.broadcastAlong(x, spread, dims), merged);
}

/// Whether the nearest neighbour of output o is o / factor, rounded down.
static bool repeats(StringRef coordinates, StringRef rounding, int64_t factor) {
  if (factor == 1)
    return coordinates != "tf_crop_and_resize";
  if (coordinates == "asymmetric")
    return rounding == "floor" ||
           (rounding == "round_prefer_floor" && factor == 2);
  // Centres fall between the borders of their element, never on them.
  if (coordinates == "half_pixel" || coordinates == "pytorch_half_pixel" ||
      coordinates == "half_pixel_symmetric")
    return rounding.starts_with("round_prefer");
  return false;
}

static LogicalResult importResize(NodeImporter &n) {
  Value x = n.input(0);
  int64_t rank = n.rank(x);
  bool roi = n.opset >= 11;
  size_t scalesAt = roi ? 2 : 1, sizesAt = 3;
  if (n.string("mode", "nearest") != "nearest")
    return n.unsupported("mode '" + n.string("mode", "nearest") +
                             "' is not supported",
                         "nearest by whole factors is");
  if (n.string("keep_aspect_ratio_policy", "stretch") != "stretch")
    return n.unsupported("keep_aspect_ratio_policy is not supported",
                         "stretch is");
  if (n.has("axes"))
    return n.unsupported("attribute axes is not supported",
                         "give one scale for each dimension");
  SmallVector<int64_t> factors;
  if (n.input(sizesAt)) {
    FailureOr<SmallVector<int64_t>> sizes =
        n.constantInts(sizesAt, "the sizes");
    if (failed(sizes))
      return failure();
    if (static_cast<int64_t>(sizes->size()) != rank)
      return n.invalid("there must be one size for each dimension");
    for (auto [size, extent] : llvm::zip(*sizes, n.shape(x)))
      factors.push_back(extent > 0 && size % extent == 0 ? size / extent : 0);
  } else if (n.input(scalesAt)) {
    FailureOr<SmallVector<double>> scales =
        n.constantNumbers(scalesAt, "the scales");
    if (failed(scales))
      return failure();
    if (static_cast<int64_t>(scales->size()) != rank)
      return n.invalid("there must be one scale for each dimension");
    for (double scale : *scales)
      factors.push_back(scale >= 1 && scale < 65536 &&
                                scale == static_cast<int64_t>(scale)
                            ? static_cast<int64_t>(scale)
                            : 0);
  } else {
    return n.invalid("needs sizes or scales");
  }
  StringRef coordinates = n.string("coordinate_transformation_mode",
                                   roi ? "half_pixel" : "asymmetric");
  StringRef rounding =
      n.string("nearest_mode", roi ? "round_prefer_floor" : "floor");
  for (auto [d, factor] : llvm::enumerate(factors)) {
    if (factor < 1)
      return n.unsupported("dimension " + Twine(d) +
                               " does not grow by a whole factor",
                           "only whole factors are supported");
    if (!repeats(coordinates, rounding, factor))
      return n.unsupported("coordinates '" + coordinates + "' with rounding '" +
                               rounding + "' are not supported",
                           "asymmetric with floor, and half_pixel with "
                           "round_prefer_floor, are");
  }
  SmallVector<int64_t> shape;
  for (auto [extent, factor] : llvm::zip(n.shape(x), factors)) {
    if (extent > std::numeric_limits<int64_t>::max() / factor)
      return n.invalid("its result has too many elements");
    shape.push_back(extent * factor);
  }
  std::string problem = problemOf(shape, n.elementType(x));
  if (!problem.empty())
    return n.invalid("its result " + problem);
  return n.yield(repeat(n, x, factors));
}

static const Row rows[] = {
    {"Resize", 10, 1, 4, importResize},
    {"Upsample", 9, 2, 2, importResize},
};

ArrayRef<Row> tenon::onnx::resizeRows() { return rows; }
