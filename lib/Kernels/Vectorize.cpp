//===-- Vectorize.cpp - what can be computed for several lanes ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Kernels/Configure.h"

#include "dialects/Tenon/Elementwise.h"
#include "dialects/Tenon/Linear.h"
#include "dialects/Tenon/NN.h"
#include "dialects/Tenon/Reduce.h"
#include "dialects/Tenon/Shape.h"
#include "tenon/Kernels/FilterGrad.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace tenon;

static RankedTensorType tensorType(Value v) {
  return cast<RankedTensorType>(v.getType());
}

/// Whether lanes move by one along the last dimension, the channels.
static bool lanesAlongChannels(Layout layout, ArrayRef<int64_t> step) {
  return layout == Layout::ChannelsLast && step.back() == 1 &&
         llvm::all_of(step.drop_back(), [](int64_t s) { return s == 0; });
}

/// Channels last: every channel has one filter and every filter one channel.
static bool channelsAreGroups(ConvOp op) {
  int64_t groups = op.getGroups();
  return groups == tensorType(op.getFilter()).getShape().back() &&
         groups == tensorType(op.getX()).getShape().back();
}

bool tenon::isVectorizable(Value tensor, ArrayRef<int64_t> step) {
  if (isa<BlockArgument>(tensor))
    return true;
  Operation *op = tensor.getDefiningOp();
  if (isa<PointwiseOpInterface>(op))
    return llvm::all_of(op->getOperands(),
                        [&](Value v) { return isVectorizable(v, step); });
  SmallVector<int64_t> inner(step);
  return TypeSwitch<Operation *, bool>(op)
      .Case<ConstantOp, IotaOp, LinearIndexOp>([](auto) { return true; })
      .Case([&](BroadcastOp broadcast) {
        inner.clear();
        for (int64_t d : broadcast.getDims())
          inner.push_back(step[d]);
        return isVectorizable(broadcast.getX(), inner);
      })
      .Case([&](TransposeOp transpose) {
        for (auto [i, d] : llvm::enumerate(transpose.getPermutation()))
          inner[d] = step[i];
        return isVectorizable(transpose.getX(), inner);
      })
      .Case([&](SliceOp slice) {
        for (size_t d = 0; d < inner.size(); ++d)
          inner[d] *= slice.getStrides()[d];
        return isVectorizable(slice.getX(), inner);
      })
      .Case([&](PadOp pad) {
        // Along a padded dimension lanes are masked, one step at a time.
        for (size_t d = 0; d < inner.size(); ++d) {
          bool around = pad.getLow()[d] || pad.getHigh()[d];
          bool masked = pad.getMode() == PadMode::Constant && step[d] == 1;
          if (step[d] && (pad.getInteriorOf(d) || (around && !masked)))
            return false;
        }
        return isVectorizable(pad.getX(), inner);
      })
      .Case([&](PackOp pack) {
        SmallVector<int64_t> along(tensorType(pack.getX()).getRank(), 0);
        along.back() = 1;
        return step[2] == 1 && step[0] == 0 && step[1] == 0 &&
               pack.getPanel() % 16 == 0 && isVectorizable(pack.getX(), along);
      })
      .Case([&](GatherOp gather) {
        int64_t axis = gather.getAxis(),
                rank = tensorType(gather.getIndices()).getRank();
        for (int64_t d = axis; d < axis + rank; ++d)
          if (step[d])
            return false;
        inner.erase(inner.begin() + axis, inner.begin() + axis + rank);
        inner.insert(inner.begin() + axis, 0);
        SmallVector<int64_t> still(rank, 0);
        return isVectorizable(gather.getX(), inner) &&
               isVectorizable(gather.getIndices(), still);
      })
      .Case([&](ReductionOpInterface reduce) {
        SmallVector<int64_t> outer(tensorType(op->getOperand(0)).getRank(), 0);
        for (size_t d = 0, next = 0; d < outer.size(); ++d)
          if (!llvm::is_contained(reduce.getReducedDims(), int64_t(d)))
            outer[d] = step[next++];
        return isVectorizable(op->getOperand(0), outer);
      })
      .Case<MaxPoolOp, MaxPoolIndexOp, AvgPoolOp>([&](auto pool) {
        return lanesAlongChannels(pool.getLayout(), step) &&
               isVectorizable(pool.getX(), step);
      })
      .Case([&](UnpoolOp unpool) {
        return lanesAlongChannels(unpool.getLayout(), step) &&
               llvm::all_of(unpool->getOperands(),
                            [&](Value v) { return isVectorizable(v, step); });
      })
      .Case([&](ConvOp conv) {
        // One group: along the filters. Depthwise: lane, channel and filter
        // run together.
        auto filter = tensorType(conv.getFilter());
        SmallVector<int64_t> along(filter.getRank(), 0);
        along.back() = 1;
        return lanesAlongChannels(conv.getLayout(), step) &&
               isVectorizable(conv.getFilter(), along) &&
               (conv.getGroups() == 1 ||
                (channelsAreGroups(conv) && isVectorizable(conv.getX(), step)));
      })
      .Case([&](ConvFilterGradOp grad) {
        return lanesAlongChannels(grad.getLayout(), step) &&
               isVectorizable(grad.getDy(), step) &&
               (grad.getGroups() == 1 ||
                (isDepthwise(grad) && isVectorizable(grad.getX(), step)));
      })
      .Case([&](ScatterAddOp scatter) {
        int64_t axis = scatter.getAxis(),
                rank = tensorType(scatter.getIndices()).getRank();
        if (step[axis])
          return false;
        SmallVector<int64_t> still(rank, 0);
        inner.erase(inner.begin() + axis);
        inner.insert(inner.begin() + axis, rank, 0);
        return isVectorizable(scatter.getX(), inner) &&
               isVectorizable(scatter.getIndices(), still);
      })
      .Default([](Operation *) { return false; });
}
