//===-- Cost.cpp - what running a group costs -----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Kernels/Cost.h"

#include "dialects/Tenon/Elementwise.h"
#include "dialects/Tenon/Linear.h"
#include "dialects/Tenon/Random.h"
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

static constexpr uint64_t kBytes = 16;

uint64_t tenon::costOfWriting(Value v) { return 2 * kBytes * byteSize(v); }

uint64_t tenon::costOfReading(Value v) { return kBytes * byteSize(v); }

uint64_t tenon::costOfKeeping(Value v) { return 5 * kBytes * byteSize(v); }

/// Sixteenths of a byte that could be moved while one byte of result is
/// computed, measured in loops of sixteen f32 lanes (x86-64-v4). A write, a
/// read and a place are 8; functions are charged 8/3 of their time, for the
/// place takes none: one is repeated instead of being written and read where
/// that is no slower.
static uint64_t weightOf(Operation *op) {
  if (isa<ExpOp, SigmoidOp>(op)) // 2.6 and 3.1 bytes
    return 15 * kBytes / 2;
  if (isa<LogOp, TanhOp>(op)) // 3.7 and 4.1
    return 11 * kBytes;
  if (isa<ErfOp, SoftplusOp, PhiloxOp>(op)) // 6.4, 5.4 and 5.5
    return 17 * kBytes;
  if (isa<SinOp, CosOp, TanOp, AsinOp, AcosOp, AtanOp, SinhOp, CoshOp, AsinhOp,
          AcoshOp, AtanhOp, PowOp, RemOp, ModOp>(op))
    return 100 * kBytes;
  if (isa<DivOp, ReciprocalOp, SqrtOp, RsqrtOp>(op)) {
    // Integers are divided one by one.
    Type element = tensorType(op->getResult(0)).getElementType();
    return isa<FloatType>(element) ? kBytes : 100 * kBytes;
  }
  return 1;
}

uint64_t tenon::costOfRepeating(Operation *op) {
  int64_t bytes = byteSize(op->getResult(0));
  for (Value operand : op->getOperands())
    bytes = std::max(bytes, byteSize(operand));
  return weightOf(op) * bytes;
}
