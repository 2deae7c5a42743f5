//===-- Reduce.cpp - folding dimensions in 16 lanes -----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "lib/Reference/Lane.h"
#include "lib/Reference/Semantics.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace tenon;
using namespace tenon::reference;

namespace {

constexpr int64_t laneCount = 16;

struct Dim {
  int64_t extent, stride; // in elements
};

/// The dimensions `dims` of x, in that order, those that run on merged. A
/// splat's strides are 0.
SmallVector<Dim> dimsOf(const Tensor &x, ArrayRef<int64_t> dims) {
  SmallVector<int64_t> strides(x.rank(), x.isSplat() ? 0 : 1);
  for (int64_t d = x.rank() - 1; d > 0; --d)
    strides[d - 1] = strides[d] * x.shape()[d];
  SmallVector<Dim> out;
  for (int64_t d : dims) {
    Dim dim = {x.shape()[d], strides[d]};
    if (!out.empty() && out.back().stride == dim.extent * dim.stride)
      out.back() = {out.back().extent * dim.extent, dim.stride};
    else
      out.push_back(dim);
  }
  return out;
}

/// Calls f(offset) for each index of `dims`, row-major.
template <class F>
void forEach(ArrayRef<Dim> dims, int64_t offset, F &&f) {
  if (dims.empty())
    return f(offset);
  for (int64_t i = 0; i < dims[0].extent; ++i)
    forEach(dims.drop_front(), offset + i * dims[0].stride, f);
}

/// A combiner as loops over elements in memory.
struct Combiner {
  /// lanes[(first + i) mod 16] takes in x[i * stride], for i < n.
  std::function<void(char *lanes, const char *x, int64_t n, int64_t stride,
                     int64_t first)>
      take;
  /// lanes[i] takes in lanes[i + half], for half = 8, 4, 2, 1.
  std::function<void(char *lanes)> fold;
};

template <class Combine>
void takeAll(char *lanes, const char *x, int64_t n, int64_t stride,
             int64_t first, int64_t width, Combine &&combine) {
  int64_t i = 0, step = stride * width;
  auto one = [&](int64_t i) {
    combine(lanes + (first + i) % laneCount * width, x + i * step);
  };
  for (; i < n && (first + i) % laneCount != 0; ++i)
    one(i);
  for (; i + laneCount <= n; i += laneCount)
    for (int64_t l = 0; l < laneCount; ++l)
      combine(lanes + l * width, x + (i + l) * step);
  for (; i < n; ++i)
    one(i);
}

template <class Combine>
void foldAll(char *lanes, int64_t width, Combine &&combine) {
  for (int64_t half = laneCount / 2; half > 0; half /= 2)
    for (int64_t i = 0; i < half; ++i)
      combine(lanes + i * width, lanes + (i + half) * width);
}

template <class Op>
Combiner typedCombiner(Kind kind) {
  return withKind(kind, [](auto k) -> Combiner {
    constexpr Kind K = decltype(k)::value;
    constexpr int64_t width = widthOf(K) / 8;
    auto combine = [](char *acc, const char *x) {
      store(Op::combine(load(K, acc), load(K, x)), acc);
    };
    return {[=](char *lanes, const char *x, int64_t n, int64_t stride,
                int64_t first) {
              takeAll(lanes, x, n, stride, first, width, combine);
            },
            [=](char *lanes) { foldAll(lanes, width, combine); }};
  });
}

Combiner combinerOf(ReductionOpInterface op, Kind kind) {
  return llvm::TypeSwitch<Operation *, Combiner>(op)
      .Case<ReduceSumOp, ReduceProdOp, ReduceMaxOp, ReduceMinOp>(
          [&](auto o) { return typedCombiner<decltype(o)>(kind); })
      .Default([&](Operation *) -> Combiner {
        int64_t width = bytesOf(kind);
        auto combine = [op, kind](char *acc, const char *x) mutable {
          op.evalCombine(HostScalar::load(kind, acc), HostScalar::load(kind, x))
              .store(acc);
        };
        return {[=](char *lanes, const char *x, int64_t n, int64_t stride,
                    int64_t first) mutable {
                  takeAll(lanes, x, n, stride, first, width, combine);
                },
                [=](char *lanes) mutable { foldAll(lanes, width, combine); }};
      });
}

} // namespace

Tensor tenon::reference::reduce(ReductionOpInterface op, const Tensor &x) {
  SmallVector<int64_t> kept;
  for (int64_t d = 0; d < x.rank(); ++d)
    if (!llvm::is_contained(op.getReducedDims(), d))
      kept.push_back(d);
  SmallVector<int64_t> shape;
  for (int64_t d : kept)
    shape.push_back(x.shape()[d]);
  Tensor y = Tensor::allocate(x.kind(), shape);
  if (!y || y.size() == 0)
    return y;

  SmallVector<Dim> outer = dimsOf(x, op.getReducedDims());
  Dim run = outer.empty() ? Dim{1, 0} : outer.pop_back_val();
  int64_t width = bytesOf(x.kind());
  Combiner combiner = combinerOf(op, x.kind());
  alignas(8) char identity[8 * laneCount], lanes[8 * laneCount];
  for (int64_t i = 0; i < laneCount; ++i)
    op.getIdentity().store(identity + i * width);
  auto *from = static_cast<const char *>(x.data());
  auto *to = static_cast<char *>(y.mutableData());
  forEach(dimsOf(x, kept), 0, [&](int64_t base) {
    std::memcpy(lanes, identity, sizeof lanes);
    int64_t taken = 0;
    forEach(outer, base, [&](int64_t offset) {
      combiner.take(lanes, from + offset * width, run.extent, run.stride,
                    taken);
      taken += run.extent;
    });
    combiner.fold(lanes);
    std::memcpy(to, lanes, width);
    to += width;
  });
  return y;
}

template <Kind K>
static int64_t findExtremum(const char *x, int64_t n, int64_t stride,
                            bool maximum, bool last) {
  constexpr int64_t width = widthOf(K) / 8;
  int64_t best = 0;
  Lane extreme = load(K, x);
  for (int64_t i = 1; i < n; ++i) {
    Lane v = load(K, x + i * stride * width);
    bool nan = isNan(v).i, bestIsNan = isNan(extreme).i;
    bool beyond =
        compare(maximum ? Predicate::GT : Predicate::LT, v, extreme).i;
    bool tied = compare(Predicate::EQ, v, extreme).i || (nan && bestIsNan);
    if ((nan && !bestIsNan) || beyond || (tied && last)) {
      extreme = v;
      best = i;
    }
  }
  return best;
}

Tensor tenon::reference::argExtremum(const Tensor &x, int64_t axis,
                                     bool maximum, bool last) {
  SmallVector<int64_t> shape(x.shape()), kept;
  shape.erase(shape.begin() + axis);
  for (int64_t d = 0; d < x.rank(); ++d)
    if (d != axis)
      kept.push_back(d);
  Tensor y = Tensor::allocate(Kind::I64, shape);
  if (!y || y.size() == 0)
    return y;
  Dim along = dimsOf(x, {axis})[0];
  auto *to = static_cast<int64_t *>(y.mutableData());
  auto find = withKind(
      x.kind(), [](auto k) { return &findExtremum<decltype(k)::value>; });
  forEach(dimsOf(x, kept), 0, [&](int64_t base) {
    *to++ = find(static_cast<const char *>(x.data()) + base * bytesOf(x.kind()),
                 along.extent, along.stride, maximum, last);
  });
  return y;
}
