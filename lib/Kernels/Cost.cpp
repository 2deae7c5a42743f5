//===-- Cost.cpp - what running a group costs -----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Kernels/Cost.h"

#include "dialects/Tenon/Linear.h"
#include "tenon/Analysis/Weights.h"

using namespace mlir;
using namespace tenon;

// One core of a machine that nobody has: recomputation is planned alike
// everywhere.
static constexpr double kFlopsPerNanosecond = 64;
static constexpr double kBytesPerNanosecond = 8;
static constexpr double kLaunchNanoseconds = 1000;

static RankedTensorType tensorType(Value v) {
  return cast<RankedTensorType>(v.getType());
}

/// Products and sums of an op; 0 for what memory bounds.
static double flopsOf(Operation &op) {
  auto elements = [](Value v) {
    return double(tensorType(v).getNumElements());
  };
  if (auto matmul = dyn_cast<MatmulOp>(op))
    return 2 * elements(matmul.getY()) *
           tensorType(matmul.getLhs()).getShape().back();
  if (auto conv = dyn_cast<ConvOp>(op)) {
    auto filter = tensorType(conv.getFilter());
    int64_t filters = filter.getDimSize(
        conv.getLayout() == Layout::ChannelsLast ? filter.getRank() - 1 : 0);
    return 2 * elements(conv.getY()) * elements(conv.getFilter()) /
           std::max<int64_t>(1, filters);
  }
  if (auto grad = dyn_cast<ConvFilterGradOp>(op)) {
    auto dy = tensorType(grad.getDy());
    int64_t filters = dy.getDimSize(
        grad.getLayout() == Layout::ChannelsLast ? dy.getRank() - 1 : 1);
    return 2 * elements(grad.getDw()) * dy.getNumElements() /
           std::max<int64_t>(1, filters);
  }
  return 0;
}

uint64_t tenon::costOf(GroupOp group) {
  double flops = 0, bytes = 0;
  for (Operation &op : group.getBody().front())
    flops += flopsOf(op);
  for (Value v : group.getInputs())
    bytes += byteSize(v);
  for (Value v : group.getResults())
    bytes += byteSize(v);
  return kLaunchNanoseconds +
         std::max(flops / kFlopsPerNanosecond, bytes / kBytesPerNanosecond);
}
