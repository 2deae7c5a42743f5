//===-- Contraction.cpp - matrix products and convolutions ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "lib/Reference/Kernels.h"
#include "lib/Reference/Semantics.h"

#include <algorithm>
#include <cstring>
#include <vector>

using namespace mlir;
using namespace tenon;
using namespace tenon::reference;

namespace {

bool isHalf(Kind k) { return k == Kind::F16 || k == Kind::BF16; }

/// The form that kernels compute in: dense, halves widened to f32.
Tensor prepared(const Tensor &t) {
  Tensor d = t.dense();
  if (!d || !isHalf(d.kind()))
    return d;
  Tensor wide = Tensor::allocate(Kind::F32, d.shape());
  if (!wide)
    return {};
  auto *to = static_cast<float *>(wide.mutableData());
  for (int64_t i = 0; i < d.size(); ++i)
    to[i] = d[i].f;
  return wide;
}

/// Back to `kind`, exactly: every step was rounded to it.
Tensor finished(Tensor t, Kind kind) {
  if (!isHalf(kind))
    return t;
  Tensor half = Tensor::allocate(kind, t.shape());
  if (!half)
    return {};
  auto *to = static_cast<char *>(half.mutableData());
  for (auto [i, v] : llvm::enumerate(t.elements<float>())) {
    HostScalar h;
    h.kind = kind;
    h.f = v;
    h.store(to + i * 2);
  }
  return half;
}

/// A convolution over three spatial dimensions; missing ones are of extent 1.
/// Strides in elements.
struct Convolution {
  struct Axis {
    int64_t in, out, kernel, stride, low, dilation, xStride, wStride;
  } axes[3];
  int64_t batch, groups, channels, filters; // the last two per group
  int64_t xBatch, xChannel, wChannel, wFilter, yBatch, yFilter, yPosition;
};

SmallVector<int64_t> stridesOf(RankedTensorType t) {
  SmallVector<int64_t> strides(t.getRank(), 1);
  for (int64_t d = t.getRank() - 1; d > 0; --d)
    strides[d - 1] = strides[d] * t.getDimSize(d);
  return strides;
}

/// The convolution with this op's attributes between tensors of these types.
template <class Op>
Convolution describe(Op op, Type operand, Type filter, Type result) {
  auto x = cast<RankedTensorType>(operand), w = cast<RankedTensorType>(filter),
       y = cast<RankedTensorType>(result);
  SmallVector<int64_t> xs = stridesOf(x), ws = stridesOf(w), ys = stridesOf(y);
  int64_t rank = x.getRank(), spatial = rank - 2;
  bool last = op.getLayout() == Layout::ChannelsLast;
  int64_t first = last ? 1 : 2, firstKernel = last ? 0 : 2;
  int64_t xc = last ? rank - 1 : 1, wc = last ? rank - 2 : 1,
          wf = last ? rank - 1 : 0;
  Convolution c;
  for (auto &a : c.axes)
    a = {1, 1, 1, 1, 0, 1, 0, 0};
  for (int64_t d = 0; d < spatial; ++d)
    c.axes[3 - spatial + d] = {x.getDimSize(first + d),
                               y.getDimSize(first + d),
                               w.getDimSize(firstKernel + d),
                               op.getStrides()[d],
                               op.getLow()[d],
                               op.getDilations()[d],
                               xs[first + d],
                               ws[firstKernel + d]};
  c.batch = x.getDimSize(0);
  c.groups = op.getGroups();
  c.channels = w.getDimSize(wc);
  c.filters = w.getDimSize(wf) / c.groups;
  c.xBatch = xs[0];
  c.xChannel = xs[xc];
  c.wChannel = ws[wc];
  c.wFilter = ws[wf];
  c.yBatch = ys[0];
  c.yFilter = ys[xc];
  c.yPosition = last ? ys[rank - 2] : 1;
  return c;
}

/// The filters of one group as a matrix, filter by k, k = (kernel..., channel).
template <class T>
void gatherFilters(const Convolution &c, const T *w, int64_t group,
                   std::vector<T> &matrix) {
  matrix.clear();
  for (int64_t f = 0; f < c.filters; ++f)
    for (int64_t i = 0; i < c.axes[0].kernel; ++i)
      for (int64_t j = 0; j < c.axes[1].kernel; ++j)
        for (int64_t k = 0; k < c.axes[2].kernel; ++k)
          for (int64_t ch = 0; ch < c.channels; ++ch)
            matrix.push_back(w[(group * c.filters + f) * c.wFilter +
                               i * c.axes[0].wStride + j * c.axes[1].wStride +
                               k * c.axes[2].wStride + ch * c.wChannel]);
}

/// The operand under the window of `count` output positions from `first` on,
/// as a matrix, k by position; 0 outside.
template <class T>
void gatherPatches(const Convolution &c, const T *x, int64_t first,
                   int64_t count, std::vector<T> &matrix) {
  T *to = matrix.data();
  auto source = [](const Convolution::Axis &a, int64_t o, int64_t tap) {
    return o * a.stride - a.low + tap * a.dilation;
  };
  std::vector<int64_t> offsets(count); // -1 outside
  for (int64_t i = 0; i < c.axes[0].kernel; ++i)
    for (int64_t j = 0; j < c.axes[1].kernel; ++j)
      for (int64_t k = 0; k < c.axes[2].kernel; ++k) {
        for (int64_t p = 0; p < count; ++p) {
          int64_t o = first + p, o2 = o % c.axes[2].out,
                  o1 = o / c.axes[2].out % c.axes[1].out;
          int64_t o0 = o / c.axes[2].out / c.axes[1].out;
          int64_t a = source(c.axes[0], o0, i), b = source(c.axes[1], o1, j);
          int64_t d = source(c.axes[2], o2, k);
          bool inside = a >= 0 && a < c.axes[0].in && b >= 0 &&
                        b < c.axes[1].in && d >= 0 && d < c.axes[2].in;
          offsets[p] = inside ? a * c.axes[0].xStride + b * c.axes[1].xStride +
                                    d * c.axes[2].xStride
                              : -1;
        }
        for (int64_t ch = 0; ch < c.channels; ++ch, to += count)
          for (int64_t p = 0; p < count; ++p)
            to[p] = offsets[p] < 0 ? T(0) : x[offsets[p] + ch * c.xChannel];
      }
}

template <class T>
void convolve(const Convolution &c, GemmKernel gemm, const T *x, const T *w,
              T *y) {
  int64_t depth =
      c.axes[0].kernel * c.axes[1].kernel * c.axes[2].kernel * c.channels;
  int64_t positions = c.axes[0].out * c.axes[1].out * c.axes[2].out;
  // Patches of a block of positions stay in the second-level cache.
  int64_t block = std::clamp<int64_t>(
      (int64_t(1) << 18) / std::max<int64_t>(depth, 1) / 16 * 16, 16, 512);
  std::vector<T> filters, patches(depth * block), sums(c.filters * block);
  for (int64_t group = 0; group < c.groups; ++group) {
    gatherFilters(c, w, group, filters);
    for (int64_t n = 0; n < c.batch; ++n)
      for (int64_t first = 0; first < positions; first += block) {
        int64_t count = std::min(block, positions - first);
        gatherPatches(c, x + n * c.xBatch + group * c.channels * c.xChannel,
                      first, count, patches);
        gemm(c.filters, count, depth, filters.data(), depth, patches.data(),
             count, sums.data(), count);
        T *to = y + n * c.yBatch + group * c.filters * c.yFilter +
                first * c.yPosition;
        for (int64_t f = 0; f < c.filters; ++f)
          for (int64_t p = 0; p < count; ++p)
            to[f * c.yFilter + p * c.yPosition] = sums[f * count + p];
      }
  }
}

/// Tap by tap: the operand under the tap, channel by position, times dy,
/// position by filter.
template <class T>
void filterGradient(const Convolution &c, GemmKernel gemm, const T *x,
                    const T *dy, T *dw) {
  int64_t positions = c.axes[0].out * c.axes[1].out * c.axes[2].out;
  int64_t depth = c.batch * positions;
  std::vector<T> left(c.channels * depth), right(depth * c.filters),
      sums(c.channels * c.filters);
  // A filter of one tap, which gatherPatches reads at its place.
  Convolution one = c;
  std::vector<T> patches(c.channels * positions);
  for (int64_t group = 0; group < c.groups; ++group) {
    for (int64_t n = 0; n < c.batch; ++n)
      for (int64_t p = 0; p < positions; ++p)
        for (int64_t f = 0; f < c.filters; ++f)
          right[(n * positions + p) * c.filters + f] =
              dy[n * c.yBatch + p * c.yPosition +
                 (group * c.filters + f) * c.yFilter];
    for (int64_t i = 0; i < c.axes[0].kernel; ++i)
      for (int64_t j = 0; j < c.axes[1].kernel; ++j)
        for (int64_t k = 0; k < c.axes[2].kernel; ++k) {
          int64_t taps[] = {i, j, k};
          for (int d = 0; d < 3; ++d) {
            one.axes[d].kernel = 1;
            one.axes[d].low = c.axes[d].low - taps[d] * c.axes[d].dilation;
          }
          for (int64_t n = 0; n < c.batch; ++n) {
            gatherPatches(one,
                          x + n * c.xBatch + group * c.channels * c.xChannel, 0,
                          positions, patches);
            for (int64_t ch = 0; ch < c.channels; ++ch)
              std::copy_n(patches.data() + ch * positions, positions,
                          left.data() + ch * depth + n * positions);
          }
          gemm(c.channels, c.filters, depth, left.data(), depth, right.data(),
               c.filters, sums.data(), c.filters);
          for (int64_t ch = 0; ch < c.channels; ++ch)
            for (int64_t f = 0; f < c.filters; ++f)
              dw[(group * c.filters + f) * c.wFilter + ch * c.wChannel +
                 i * c.axes[0].wStride + j * c.axes[1].wStride +
                 k * c.axes[2].wStride] = sums[ch * c.filters + f];
        }
  }
}

/// Calls f with a zero of the C++ type that `kind` is computed in.
template <class F>
void withWord(Kind kind, F &&f) {
  switch (kind) {
  case Kind::F32:
    return f(float());
  case Kind::F64:
    return f(double());
  case Kind::I16:
  case Kind::U16:
    return f(uint16_t());
  case Kind::I32:
  case Kind::U32:
    return f(uint32_t());
  case Kind::I64:
  case Kind::U64:
    return f(uint64_t());
  default:
    return f(uint8_t());
  }
}

} // namespace

Tensor tenon::reference::matmul(MatmulOp op, const Tensor &lhs,
                                const Tensor &rhs) {
  Tensor a = prepared(lhs), b = prepared(rhs);
  if (!a || !b)
    return {};
  auto type = cast<RankedTensorType>(op.getType());
  Tensor c = Tensor::allocate(a.kind(), type.getShape());
  if (!c)
    return {};
  int64_t m = a.shape()[a.rank() - 2], k = a.shape().back(),
          n = b.shape().back();
  int64_t batches = a.rank() == 3 ? a.shape()[0] : 1, width = bytesOf(a.kind());
  GemmKernel gemm = kernels().gemm(lhs.kind());
  for (int64_t i = 0; i < batches; ++i)
    gemm(m, n, k, static_cast<const char *>(a.data()) + i * m * k * width, k,
         static_cast<const char *>(b.data()) + i * k * n * width, n,
         static_cast<char *>(c.mutableData()) + i * m * n * width, n);
  return finished(c, lhs.kind());
}

Tensor tenon::reference::conv(ConvOp op, const Tensor &x,
                              const Tensor &filter) {
  Tensor a = prepared(x), w = prepared(filter);
  if (!a || !w)
    return {};
  Tensor y = Tensor::allocate(a.kind(),
                              cast<RankedTensorType>(op.getType()).getShape());
  if (!y)
    return {};
  Convolution c =
      describe(op, op.getX().getType(), op.getFilter().getType(), op.getType());
  withWord(a.kind(), [&](auto word) {
    using T = decltype(word);
    convolve(c, kernels().gemm(x.kind()), static_cast<const T *>(a.data()),
             static_cast<const T *>(w.data()),
             static_cast<T *>(y.mutableData()));
  });
  return finished(y, x.kind());
}

Tensor tenon::reference::convFilterGrad(ConvFilterGradOp op, const Tensor &x,
                                        const Tensor &dy) {
  Tensor a = prepared(x), g = prepared(dy);
  if (!a || !g)
    return {};
  Tensor dw = Tensor::allocate(a.kind(),
                               cast<RankedTensorType>(op.getType()).getShape());
  if (!dw)
    return {};
  Convolution c =
      describe(op, op.getX().getType(), op.getType(), op.getDy().getType());
  withWord(a.kind(), [&](auto word) {
    using T = decltype(word);
    filterGradient(
        c, kernels().gemm(x.kind()), static_cast<const T *>(a.data()),
        static_cast<const T *>(g.data()), static_cast<T *>(dw.mutableData()));
  });
  return finished(dw, x.kind());
}
