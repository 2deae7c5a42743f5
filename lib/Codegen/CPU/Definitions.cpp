//===-- Definitions.cpp - anchors, one element at a time ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The loops that define each anchor: what target `ref` runs, what a group falls
// back to when no faster nest fits, and what every faster nest must equal.
//===----------------------------------------------------------------------===//

#include "lib/Codegen/CPU/Evaluator.h"

#include "dialects/Tenon/Linear.h"
#include "dialects/Tenon/NN.h"
#include "dialects/Tenon/Reduce.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace tenon;
using namespace tenon::cpu;

static RankedTensorType tensorType(Value v) {
  return cast<RankedTensorType>(v.getType());
}

static Point scalarPoint(SmallVector<Value> index) {
  Point p;
  p.step.assign(index.size(), 0);
  p.index = std::move(index);
  return p;
}

Value Evaluator::reduceAt(Operation *op, const Point &p) {
  auto reduce = cast<ReductionOpInterface>(op);
  Value x = op->getOperand(0);
  auto type = tensorType(x);
  SmallVector<int64_t> extents;
  int64_t total = 1;
  for (int64_t d : reduce.getReducedDims()) {
    extents.push_back(type.getDimSize(d));
    total *= type.getDimSize(d);
  }
  OpBuilder &b = k.builder();
  Location loc = k.location();
  auto element = [&](Value r) {
    Point q = p;
    q.index.assign(type.getRank(), Value());
    q.step.assign(type.getRank(), 0);
    for (auto [i, v] :
         llvm::zip(reduce.getReducedDims(), k.delinearize(r, extents)))
      q.index[i] = v;
    for (int64_t d = 0, next = 0; d < type.getRank(); ++d)
      if (!q.index[d]) {
        q.step[d] = p.step[next];
        q.index[d] = p.index[next++];
      }
    return at(x, q);
  };
  // The contract's sixteen accumulators; whole rounds, then the remainder. They
  // are not the point's lanes, which are other elements of the result.
  SmallVector<Value> lanes(kLanes, k.constantOf(reduce.getIdentity(), p.lanes));
  auto round = [&](Value from, ValueRange carried, int64_t count) {
    SmallVector<Value> next(carried);
    for (int64_t l = 0; l < count; ++l)
      next[l] = reduce.buildCombine(b, loc, next[l], element(k.add(from, l)));
    return next;
  };
  int64_t whole = total / kLanes * kLanes;
  lanes = k.loop(
      k.index(0), k.index(whole), kLanes, lanes,
      [&](Value r, ValueRange carried) { return round(r, carried, kLanes); });
  lanes = round(k.index(whole), lanes, total - whole);
  for (int64_t half = kLanes / 2; half > 0; half /= 2)
    for (int64_t l = 0; l < half; ++l)
      lanes[l] = reduce.buildCombine(b, loc, lanes[l], lanes[l + half]);
  return lanes[0];
}

Value Evaluator::matmulAt(Operation *op, const Point &p) {
  auto matmul = cast<MatmulOp>(op);
  auto type = tensorType(matmul.getLhs());
  Kind kind = kindOf(type.getElementType());
  size_t m = p.index.size() - 2, n = p.index.size() - 1;
  Value zero = k.constantOf(HostScalar::ofInt(kind, 0), 1);
  if (isFloat(kind))
    zero = k.constantOf(HostScalar::ofDouble(kind, 0), 1);
  return k.loop(
      k.index(0), k.index(type.getShape().back()), 1, ValueRange(zero),
      [&](Value i, ValueRange acc) -> SmallVector<Value> {
        SmallVector<Value> l = p.index, r = p.index;
        l[n] = i;
        r[m] = i;
        IRScalar a = k.scalar(at(matmul.getLhs(), scalarPoint(l)), kind);
        IRScalar w = k.scalar(at(matmul.getRhs(), scalarPoint(r)), kind);
        return {fma(a, w, k.scalar(acc[0], kind)).value};
      })[0];
}

namespace {
/// Where the dimensions of a convolution or pool stand.
struct Places {
  bool last;
  int64_t rank, spatial;
  Places(Layout layout, int64_t rank)
      : last(layout == Layout::ChannelsLast), rank(rank), spatial(rank - 2) {}
  int64_t channel() const { return last ? rank - 1 : 1; }
  int64_t space(int64_t d) const { return last ? 1 + d : 2 + d; }
};
} // namespace

Value Evaluator::convAt(Operation *op, const Point &p) {
  auto conv = cast<ConvOp>(op);
  auto type = tensorType(conv.getX()), filter = tensorType(conv.getFilter());
  Kind kind = kindOf(type.getElementType());
  Places places(conv.getLayout(), type.getRank());
  int64_t spatial = places.spatial;
  int64_t perGroup = filter.getDimSize(places.last ? spatial : 1);
  int64_t filters = filter.getDimSize(places.last ? spatial + 1 : 0);
  int64_t filtersPerGroup = filters / conv.getGroups();
  Value f = p.index[places.channel()];
  Value group = conv.getGroups() == 1 ? k.index(0) : k.div(f, filtersPerGroup);
  Value zero = k.constantOf(HostScalar::ofDouble(kind, 0), p.lanes);
  Type registerType = k.registerType(kind, p.lanes);
  // With lanes (depthwise only) group, channel and filter move together.
  auto point = [&](SmallVector<Value> index, int64_t channels) {
    Point q = scalarPoint(std::move(index));
    q.lanes = p.lanes;
    q.mask = p.mask;
    if (p.lanes > 1)
      q.step[channels] = 1;
    return q;
  };

  SmallVector<Value> taps; // the kernel indices of the loops around
  std::function<SmallVector<Value>(int64_t, Value)> nest = [&](int64_t d,
                                                               Value acc) {
    if (d < spatial) {
      int64_t extent = filter.getDimSize(places.last ? d : d + 2);
      return k.loop(k.index(0), k.index(extent), 1, ValueRange(acc),
                    [&](Value t, ValueRange carried) {
                      taps.push_back(t);
                      SmallVector<Value> r = nest(d + 1, carried[0]);
                      taps.pop_back();
                      return r;
                    });
    }
    SmallVector<Value> x(type.getRank()), w(type.getRank());
    x[0] = p.index[0];
    Value inside;
    for (int64_t s = 0; s < spatial; ++s) {
      Value i = k.add(
          k.mul(p.index[places.space(s)], conv.getStrides()[s]),
          k.add(k.mul(taps[s], conv.getDilations()[s]), -conv.getLow()[s]));
      x[places.space(s)] = i;
      Value here = k.inRange(i, type.getDimSize(places.space(s)));
      inside = inside ? k.both(inside, here) : here;
      w[places.last ? s : s + 2] = taps[s];
    }
    w[places.last ? spatial + 1 : 0] = f;
    return k.loop(k.index(0), k.index(perGroup), 1, ValueRange(acc),
                  [&](Value c, ValueRange carried) -> SmallVector<Value> {
                    x[places.channel()] = k.add(k.mul(group, perGroup), c);
                    w[places.last ? spatial : 1] = c;
                    // Outside elements are 0 and take part in the chain.
                    Value a = k.branch(
                        inside, TypeRange(registerType),
                        [&] {
                          return SmallVector<Value>{
                              at(conv.getX(), point(x, places.channel()))};
                        },
                        [&] { return SmallVector<Value>{zero}; })[0];
                    Value b = at(conv.getFilter(),
                                 point(w, places.last ? spatial + 1 : 0));
                    return {fma(k.scalar(a, kind), k.scalar(b, kind),
                                k.scalar(carried[0], kind))
                                .value};
                  });
  };
  return nest(0, zero)[0];
}

Value Evaluator::poolAt(Operation *op, const Point &p) {
  auto max = dyn_cast<MaxPoolOp>(op);
  auto avg = dyn_cast<AvgPoolOp>(op);
  auto get = [&](auto field) { return max ? field(max) : field(avg); };
  Value x = op->getOperand(0);
  auto type = tensorType(x);
  Kind kind = kindOf(type.getElementType());
  Places places(get([](auto o) { return o.getLayout(); }), type.getRank());
  ArrayRef<int64_t> window = get([](auto o) { return o.getWindow(); });
  ArrayRef<int64_t> strides = get([](auto o) { return o.getStrides(); });
  ArrayRef<int64_t> low = get([](auto o) { return o.getLow(); });
  ArrayRef<int64_t> dilations = get([](auto o) { return o.getDilations(); });
  Value zero = k.constantOf(HostScalar::ofDouble(kind, 0), p.lanes);
  Value init = max ? lowest(k.scalar(zero, kind)).value : zero;

  // Taps inside the operand: first <= t < last, from 0 <= o s - low + t d < n.
  Value count = k.index(1);
  SmallVector<Value> firsts, lasts, bases;
  for (int64_t s = 0; s < places.spatial; ++s) {
    int64_t extent = type.getDimSize(places.space(s)), dilation = dilations[s];
    Value base = k.add(k.mul(p.index[places.space(s)], strides[s]), -low[s]);
    auto taps = [&](Value from,
                    int64_t end) { // the least t with from + t d >= end
      Value distance = k.max(k.sub(k.index(end), from), k.index(0));
      return k.min(k.div(k.add(distance, dilation - 1), dilation),
                   k.index(window[s]));
    };
    bases.push_back(base);
    firsts.push_back(taps(base, 0));
    lasts.push_back(taps(base, extent));
    if (!avg)
      continue;
    Value counted = k.sub(lasts[s], firsts[s]);
    if (avg.getCountPad()) {
      int64_t high =
          avg.getCountedHigh() ? (*avg.getCountedHigh())[s] : avg.getHigh()[s];
      counted = taps(base, extent + high);
    }
    count =
        k.builder().createOrFold<arith::MulIOp>(k.location(), count, counted);
  }
  SmallVector<Value> taps;
  std::function<SmallVector<Value>(int64_t, Value)> nest = [&](int64_t d,
                                                               Value acc) {
    if (d < places.spatial)
      return k.loop(firsts[d], lasts[d], 1, ValueRange(acc),
                    [&](Value t, ValueRange carried) {
                      taps.push_back(t);
                      SmallVector<Value> r = nest(d + 1, carried[0]);
                      taps.pop_back();
                      return r;
                    });
    Point q = p;
    for (int64_t s = 0; s < places.spatial; ++s)
      q.index[places.space(s)] = k.add(bases[s], k.mul(taps[s], dilations[s]));
    IRScalar v = k.scalar(at(x, q), kind), a = k.scalar(acc, kind);
    return SmallVector<Value>{(max ? tenon::max(a, v) : a + v).value};
  };
  Value folded = nest(0, init)[0];
  if (max)
    return folded;
  OpBuilder &b = k.builder();
  Value n = arith::IndexCastOp::create(b, k.location(), b.getI64Type(), count);
  IRScalar divisor = convert(k.scalar(n, Kind::I64), kind);
  divisor.value = k.splat(divisor.value, p.lanes);
  return (k.scalar(folded, kind) / divisor).value;
}

Value Evaluator::argAt(Operation *op, const Point &p) {
  auto max = dyn_cast<ArgMaxOp>(op);
  auto min = dyn_cast<ArgMinOp>(op);
  int64_t axis = max ? max.getAxis() : min.getAxis();
  bool last = max ? max.getLast() : min.getLast();
  Value x = op->getOperand(0);
  auto type = tensorType(x);
  Kind kind = kindOf(type.getElementType());
  auto element = [&](Value i) {
    SmallVector<Value> index(p.index);
    index.insert(index.begin() + axis, i);
    return at(x, scalarPoint(std::move(index)));
  };
  SmallVector<Value> init = {element(k.index(0)), k.index(0)};
  SmallVector<Value> r =
      k.loop(k.index(1), k.index(type.getDimSize(axis)), 1, init,
             [&](Value i, ValueRange carried) -> SmallVector<Value> {
               IRScalar best = k.scalar(carried[0], kind),
                        v = k.scalar(element(i), kind);
               IRScalar better = max ? (last ? v >= best : v > best)
                                     : (last ? v <= best : v < best);
               if (isFloat(kind)) {
                 // NaN beats every number; of several NaNs the rule for ties
                 // decides.
                 IRScalar vNan = isNan(v), bestNan = isNan(best);
                 IRScalar nanWins = last ? vNan : vNan & logicalNot(bestNan);
                 better = nanWins | (better & logicalNot(bestNan));
               }
               return {k.select(better.value, v.value, best.value),
                       k.select(better.value, i, carried[1])};
             });
  OpBuilder &b = k.builder();
  return arith::IndexCastOp::create(b, k.location(), b.getI64Type(), r[1]);
}
