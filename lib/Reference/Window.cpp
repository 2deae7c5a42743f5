//===-- Window.cpp - pools ------------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "lib/Reference/Lane.h"
#include "lib/Reference/Semantics.h"

using namespace mlir;
using namespace tenon;
using namespace tenon::reference;

namespace {

/// One spatial dimension of a pool; strides of the operand in elements.
struct Axis {
  int64_t in, out, window, stride, low, high, counted, dilation, elementStride;
};

/// A pool over up to three spatial dimensions; missing ones are of extent 1.
struct Pool {
  Axis axes[3];
  int64_t batch, channels, batchStride, channelStride;
  bool channelsLast;
};

/// The pool with this op's attributes from tensors like x to those like y.
template <class Op>
Pool poolOf(Op op, Type from, Type to, ArrayRef<int64_t> countedHigh) {
  auto x = cast<RankedTensorType>(from), y = cast<RankedTensorType>(to);
  int64_t spatial = x.getRank() - 2;
  bool last = op.getLayout() == Layout::ChannelsLast;
  int64_t first = last ? 1 : 2;
  SmallVector<int64_t> strides(x.getRank(), 1);
  for (int64_t d = x.getRank() - 1; d > 0; --d)
    strides[d - 1] = strides[d] * x.getDimSize(d);
  Pool p;
  for (Axis &a : p.axes)
    a = {1, 1, 1, 1, 0, 0, 0, 1, 0};
  for (int64_t d = 0; d < spatial; ++d)
    p.axes[3 - spatial + d] = {
        x.getDimSize(first + d), y.getDimSize(first + d), op.getWindow()[d],
        op.getStrides()[d],      op.getLow()[d],          op.getHigh()[d],
        countedHigh[d],          op.getDilations()[d],    strides[first + d]};
  int64_t c = last ? x.getRank() - 1 : 1;
  p.batch = x.getDimSize(0);
  p.channels = x.getDimSize(c);
  p.batchStride = strides[0];
  p.channelStride = strides[c];
  p.channelsLast = last;
  return p;
}

/// The taps of output position `o` that lie in [-low, in + high).
struct Taps {
  int64_t begin, end, origin; // tap t reads origin + t * dilation

  Taps(const Axis &a, int64_t o, int64_t low, int64_t high) {
    origin = o * a.stride - a.low;
    begin = 0;
    while (begin < a.window && origin + begin * a.dilation < -low)
      ++begin;
    end = begin;
    while (end < a.window && origin + end * a.dilation < a.in + high)
      ++end;
  }
  int64_t count() const { return end - begin; }
};

/// Calls f(operand plane, taps of each axis, result element) for each result.
template <class F>
void forEachOutput(const Pool &p, F &&f) {
  SmallVector<Taps> taps[3];
  for (int d = 0; d < 3; ++d)
    for (int64_t o = 0; o < p.axes[d].out; ++o)
      taps[d].emplace_back(p.axes[d], o, 0, 0);
  int64_t outer = p.channelsLast ? 1 : p.channels,
          inner = p.channelsLast ? p.channels : 1;
  int64_t result = 0;
  for (int64_t n = 0; n < p.batch; ++n)
    for (int64_t c0 = 0; c0 < outer; ++c0)
      for (int64_t i = 0; i < p.axes[0].out; ++i)
        for (int64_t j = 0; j < p.axes[1].out; ++j)
          for (int64_t k = 0; k < p.axes[2].out; ++k)
            for (int64_t c1 = 0; c1 < inner; ++c1)
              f(n * p.batchStride + (c0 + c1) * p.channelStride, taps[0][i],
                taps[1][j], taps[2][k], result++, i, j, k);
}

/// Calls f(operand element, number of the tap within the window).
template <class F>
void forEachTap(const Pool &p, int64_t plane, const Taps &a, const Taps &b,
                const Taps &c, F &&f) {
  for (int64_t i = a.begin; i < a.end; ++i)
    for (int64_t j = b.begin; j < b.end; ++j)
      for (int64_t k = c.begin; k < c.end; ++k)
        f(plane +
              (a.origin + i * p.axes[0].dilation) * p.axes[0].elementStride +
              (b.origin + j * p.axes[1].dilation) * p.axes[1].elementStride +
              (c.origin + k * p.axes[2].dilation) * p.axes[2].elementStride,
          (i * p.axes[1].window + j) * p.axes[2].window + k);
}

} // namespace

/// A pool's result: `fill` writes it, given the operand's kind, the pool and
/// both tensors' bytes.
template <class Op, class Fill>
static Tensor pooled(Op op, const Tensor &operand, ArrayRef<int64_t> counted,
                     Fill &&fill) {
  Tensor x = operand.dense(),
         y = Tensor::allocate(cast<RankedTensorType>(op.getType()));
  if (!x || !y)
    return {};
  Pool p = poolOf(op, op.getX().getType(), op.getType(), counted);
  withKind(x.kind(), [&](auto kind) {
    fill(kind, p, static_cast<const char *>(x.data()), y.mutableData());
  });
  return y;
}

Tensor tenon::reference::maxPool(MaxPoolOp op, const Tensor &operand) {
  return pooled(op, operand, op.getHigh(),
                [](auto kind, const Pool &p, const char *from, void *data) {
                  constexpr Kind K = decltype(kind)::value;
                  constexpr int64_t width = widthOf(K) / 8;
                  auto *to = static_cast<char *>(data);
                  forEachOutput(p, [&](int64_t plane, const Taps &a,
                                       const Taps &b, const Taps &c,
                                       int64_t result, int64_t, int64_t,
                                       int64_t) {
                    Lane best = lowest(Lane{K, 0, 0, 0});
                    forEachTap(p, plane, a, b, c, [&](int64_t at, int64_t) {
                      best = max(best, load(K, from + at * width));
                    });
                    store(best, to + result * width);
                  });
                });
}

Tensor tenon::reference::maxPoolIndex(MaxPoolIndexOp op,
                                      const Tensor &operand) {
  return pooled(op, operand, op.getHigh(),
                [](auto kind, const Pool &p, const char *from, void *data) {
                  constexpr Kind K = decltype(kind)::value;
                  constexpr int64_t width = widthOf(K) / 8;
                  auto *to = static_cast<int32_t *>(data);
                  forEachOutput(p, [&](int64_t plane, const Taps &a,
                                       const Taps &b, const Taps &c,
                                       int64_t result, int64_t, int64_t,
                                       int64_t) {
                    Lane best = lowest(Lane{K, 0, 0, 0});
                    int32_t index = -1;
                    forEachTap(p, plane, a, b, c, [&](int64_t at, int64_t tap) {
                      Lane v = load(K, from + at * width);
                      bool wins = (v > best).i;
                      if (isFloat(K))
                        wins |= isNan(v).i && !isNan(best).i;
                      if (index >= 0 && !wins)
                        return;
                      best = v;
                      index = tap;
                    });
                    to[result] = index;
                  });
                });
}

Tensor tenon::reference::unpool(UnpoolOp op, const Tensor &operand,
                                const Tensor &indices) {
  Kind of = operand.kind();
  Tensor dy = operand.dense(), index = indices ? indices.dense() : Tensor();
  Tensor y = Tensor::splat(cast<RankedTensorType>(op.getType()).getShape(),
                           HostScalar::ofInt(of, 0))
                 .dense();
  if (!dy || !y || (indices && !index))
    return {};
  Pool p = poolOf(op, op.getType(), op.getDy().getType(), op.getHigh());
  auto *from = static_cast<const char *>(dy.data());
  auto *to = static_cast<char *>(y.mutableData());
  int64_t taps = p.axes[0].window * p.axes[1].window * p.axes[2].window;
  withKind(of, [&](auto kind) {
    constexpr Kind K = decltype(kind)::value;
    constexpr int64_t width = widthOf(K) / 8;
    // Each element takes at most one value from each tap, so that passes over
    // all positions, tap by tap, add in the order of taps.
    for (int64_t wanted = 0; wanted < taps; ++wanted)
      forEachOutput(p, [&](int64_t plane, const Taps &a, const Taps &b,
                           const Taps &c, int64_t position, int64_t, int64_t,
                           int64_t) {
        if (index && index.elements<int32_t>()[position] != wanted)
          return;
        forEachTap(p, plane, a, b, c, [&](int64_t at, int64_t tap) {
          if (tap == wanted)
            store(load(K, to + at * width) + load(K, from + position * width),
                  to + at * width);
        });
      });
  });
  return y;
}

Tensor tenon::reference::avgPool(AvgPoolOp op, const Tensor &operand) {
  Tensor x = operand.dense(),
         y = Tensor::allocate(cast<RankedTensorType>(op.getType()));
  if (!x || !y)
    return {};
  Pool p = poolOf(op, op.getX().getType(), op.getType(),
                  op.getCountedHigh().value_or(op.getHigh()));
  bool countPad = op.getCountPad();
  auto *from = static_cast<const char *>(x.data());
  auto *to = static_cast<char *>(y.mutableData());
  withKind(x.kind(), [&](auto kind) {
    constexpr Kind K = decltype(kind)::value;
    constexpr int64_t width = widthOf(K) / 8;
    forEachOutput(p, [&](int64_t plane, const Taps &a, const Taps &b,
                         const Taps &c, int64_t result, int64_t i, int64_t j,
                         int64_t k) {
      Lane sum = lit(Lane{K, 0, 0, 0}, 0.0);
      forEachTap(p, plane, a, b, c, [&](int64_t at, int64_t) {
        sum = sum + load(K, from + at * width);
      });
      int64_t count = a.count() * b.count() * c.count();
      if (countPad) {
        count = 1;
        int64_t o[3] = {i, j, k};
        for (int d = 0; d < 3; ++d)
          count *=
              Taps(p.axes[d], o[d], p.axes[d].low, p.axes[d].counted).count();
      }
      store(sum / lit(sum, double(count)), to + result * width);
    });
  });
  return y;
}
