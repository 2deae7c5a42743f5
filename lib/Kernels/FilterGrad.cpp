//===-- FilterGrad.cpp - x^T dy over positions, as one loop ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Kernels/FilterGrad.h"

#include "dialects/Tenon/Linear.h"
#include "dialects/Tenon/Shape.h"

#include <algorithm>

using namespace mlir;
using namespace tenon;

/// Positions of a matmul that make a line.
static constexpr int64_t kLine = 64;

static RankedTensorType tensorType(Value v) {
  return cast<RankedTensorType>(v.getType());
}

bool tenon::isDepthwise(ConvFilterGradOp op) {
  bool last = op.getLayout() == Layout::ChannelsLast;
  auto channels = [&](Value v) {
    return tensorType(v).getDimSize(last ? tensorType(v).getRank() - 1 : 1);
  };
  int64_t groups = op.getGroups();
  return groups > 1 && groups == channels(op.getX()) &&
         groups == channels(op.getDy());
}

static std::optional<FilterGradShape> ofConvolution(ConvFilterGradOp op) {
  auto x = tensorType(op.getX()), dy = tensorType(op.getDy());
  auto isZero = [](int64_t v) { return v == 0; };
  FilterGradShape s;
  s.depthwise = isDepthwise(op);
  if (op.getLayout() != Layout::ChannelsLast ||
      (op.getGroups() != 1 && !s.depthwise) ||
      !llvm::all_of(op.getLow(), isZero) || !llvm::all_of(op.getHigh(), isZero))
    return std::nullopt;
  s.x = op.getX(), s.dy = op.getDy();
  int64_t rank = x.getRank(), spatial = rank - 2,
          channels = x.getShape().back();
  SmallVector<int64_t> strides(rank, 1); // of x
  for (int64_t d = rank - 1; d > 0; --d)
    strides[d - 1] = strides[d] * x.getDimSize(d);
  // Neighbouring taps of the last dimension are neighbours in x; of one channel
  // they are evenly spaced.
  bool joined = s.depthwise || op.getDilations().back() == 1;
  for (int64_t d = 0; d < spatial - joined; ++d) {
    s.outerExtents.push_back(op.getWindow()[d]);
    s.outerStrides.push_back(op.getDilations()[d] * strides[1 + d]);
  }
  if (joined)
    s.runDims.push_back(op.getWindow().back());
  s.runDims.push_back(s.depthwise ? 1 : channels);
  s.runStride = s.depthwise ? op.getDilations().back() * channels : 1;
  s.run = ShapedType::getNumElements(s.runDims);
  s.columns = dy.getShape().back();
  s.lineExtents.push_back(x.getDimSize(0));
  s.lineStrides.push_back(strides[0]);
  for (int64_t d = 0; d < spatial - 1; ++d) {
    s.lineExtents.push_back(dy.getDimSize(1 + d));
    s.lineStrides.push_back(op.getStrides()[d] * strides[1 + d]);
  }
  s.inner = dy.getDimSize(spatial);
  s.innerStride = op.getStrides().back() * channels;
  s.tail = 0;
  return s;
}

static std::optional<FilterGradShape> ofMatmul(MatmulOp op) {
  auto transpose = op.getLhs().getDefiningOp<TransposeOp>();
  if (!transpose || op.getType().getRank() != 2 ||
      transpose.getPermutation()[0] != 1)
    return std::nullopt;
  auto x = tensorType(transpose.getX());
  int64_t k = x.getDimSize(0), m = x.getDimSize(1);
  FilterGradShape s;
  s.x = transpose.getX(), s.dy = op.getRhs();
  s.depthwise = false;
  s.run = m;
  s.runStride = 1;
  s.runDims = {m};
  s.columns = op.getType().getDimSize(1);
  s.inner = std::min(kLine, k);
  s.innerStride = m;
  s.lineExtents = {k / s.inner};
  s.lineStrides = {s.inner * m};
  s.tail = k % s.inner;
  return s;
}

std::optional<FilterGradShape> FilterGradShape::of(Operation *op) {
  if (op->getNumResults() != 1 ||
      tensorType(op->getResult(0)).getNumElements() == 0 ||
      llvm::any_of(op->getOperands(),
                   [](Value v) { return tensorType(v).getNumElements() == 0; }))
    return std::nullopt;
  std::optional<FilterGradShape> s;
  if (auto grad = dyn_cast<ConvFilterGradOp>(op))
    s = ofConvolution(grad);
  else if (auto matmul = dyn_cast<MatmulOp>(op))
    s = ofMatmul(matmul);
  if (s && isa<BlockArgument>(s->x) && isa<BlockArgument>(s->dy))
    return s;
  return std::nullopt;
}

int64_t FilterGradShape::rows() const {
  return ShapedType::getNumElements(outerExtents) * run;
}

int64_t FilterGradShape::lines() const {
  return ShapedType::getNumElements(lineExtents);
}

FilterGradTiling FilterGradShape::tiling(int64_t rows) const {
  FilterGradTiling t;
  t.outer = ShapedType::getNumElements(outerExtents);
  t.rows = std::min(rows, run);
  t.perRun = (run + t.rows - 1) / t.rows;
  t.runs = 1;
  if (run < rows && outerExtents.size() == 1)
    t.runs = std::min(rows / run, t.outer);
  return t;
}

Operation *tenon::filterGradOf(Block &body) {
  for (Operation &op : body)
    if (isa<ConvFilterGradOp, MatmulOp>(op) && FilterGradShape::of(&op))
      return &op;
  return nullptr;
}
