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
#include "dialects/Tenon/Shape.h"
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
  // Lanes run along the filters. In one group all read the same element of the
  // operand; else (depthwise) group, channel and filter move together.
  auto point = [&](SmallVector<Value> index, int64_t channels) {
    Point q = scalarPoint(std::move(index));
    q.lanes = p.lanes;
    q.mask = p.mask;
    if (p.lanes > 1)
      q.step[channels] = 1;
    return q;
  };
  auto operandAt = [&](SmallVector<Value> index) {
    return conv.getGroups() == 1
               ? k.splat(at(conv.getX(), scalarPoint(std::move(index))),
                         p.lanes)
               : at(conv.getX(), point(std::move(index), places.channel()));
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
                        [&] { return SmallVector<Value>{operandAt(x)}; },
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

/// Along one dimension of a window, the taps [first, last) of output position
/// `o` that lie inside an operand of `extent`; tap t reads base + t dilation.
static SmallVector<Value, 3> tapsInside(KernelBuilder &k, Value o,
                                        int64_t stride, int64_t low,
                                        int64_t dilation, int64_t window,
                                        int64_t extent) {
  Value base = k.add(k.mul(o, stride), -low);
  auto firstFrom = [&](int64_t end) { // the least t with base + t d >= end
    Value distance = k.max(k.sub(k.index(end), base), k.index(0));
    return k.min(k.div(k.add(distance, dilation - 1), dilation),
                 k.index(window));
  };
  return {base, firstFrom(0), firstFrom(extent)};
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
    int64_t extent = type.getDimSize(places.space(s));
    auto inside = [&](int64_t extent) {
      return tapsInside(k, p.index[places.space(s)], strides[s], low[s],
                        dilations[s], window[s], extent);
    };
    SmallVector<Value, 3> range = inside(extent);
    bases.push_back(range[0]);
    firsts.push_back(range[1]);
    lasts.push_back(range[2]);
    if (!avg)
      continue;
    Value counted = k.sub(lasts[s], firsts[s]);
    if (avg.getCountPad()) {
      int64_t high =
          avg.getCountedHigh() ? (*avg.getCountedHigh())[s] : avg.getHigh()[s];
      counted = inside(extent + high)[2];
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

/// The row-major number of a tap, as i32.
static Value tapNumber(KernelBuilder &k, ArrayRef<Value> taps,
                       ArrayRef<int64_t> window) {
  Value number = k.index(0);
  for (auto [t, extent] : llvm::zip(taps, window))
    number = k.add(k.mul(number, extent), t);
  return arith::IndexCastOp::create(k.builder(), k.location(),
                                    k.builder().getI32Type(), number);
}

Value Evaluator::maxPoolIndexAt(Operation *op, const Point &p) {
  auto pool = cast<MaxPoolIndexOp>(op);
  auto type = tensorType(pool.getX());
  Kind kind = kindOf(type.getElementType());
  Places places(pool.getLayout(), type.getRank());
  Value zero = k.constantOf(HostScalar::ofDouble(kind, 0), p.lanes);
  SmallVector<Value> init = {
      lowest(k.scalar(zero, kind)).value,
      k.constantOf(HostScalar::ofInt(Kind::I32, -1), p.lanes)};
  SmallVector<Value> taps;
  Point q = p;
  std::function<SmallVector<Value>(int64_t, ValueRange)> nest =
      [&](int64_t d, ValueRange acc) -> SmallVector<Value> {
    if (d < places.spatial) {
      auto inside =
          tapsInside(k, p.index[places.space(d)], pool.getStrides()[d],
                     pool.getLow()[d], pool.getDilations()[d],
                     pool.getWindow()[d], type.getDimSize(places.space(d)));
      return k.loop(inside[1], inside[2], 1, acc,
                    [&](Value t, ValueRange carried) {
                      taps.push_back(t);
                      q.index[places.space(d)] =
                          k.add(inside[0], k.mul(t, pool.getDilations()[d]));
                      SmallVector<Value> r = nest(d + 1, carried);
                      taps.pop_back();
                      return r;
                    });
    }
    IRScalar best = k.scalar(acc[0], kind), index = k.scalar(acc[1], Kind::I32);
    IRScalar v = k.scalar(at(pool.getX(), q), kind);
    IRScalar wins = (index < lit(index, 0)) | (v > best);
    if (isFloat(kind))
      wins = wins | (isNan(v) & logicalNot(isNan(best)));
    Value number = k.splat(tapNumber(k, taps, pool.getWindow()), p.lanes);
    return {k.select(wins.value, v.value, best.value),
            k.select(wins.value, number, index.value)};
  };
  return nest(0, init)[1];
}

Value Evaluator::unpoolAt(Operation *op, const Point &p) {
  auto unpool = cast<UnpoolOp>(op);
  auto pooled = tensorType(unpool.getDy());
  Kind kind = kindOf(pooled.getElementType());
  Places places(unpool.getLayout(), pooled.getRank());
  SmallVector<Value> taps;
  Point q = p;
  // The output position whose tap t reads this element: (i + low - t d) / s,
  // where that divides and is one.
  std::function<Value(int64_t, Value, Value)> nest =
      [&](int64_t d, Value inside, Value acc) -> Value {
    if (d == places.spatial)
      return k.branch(
          inside, TypeRange(acc.getType()),
          [&]() -> SmallVector<Value> {
            IRScalar sum = k.scalar(acc, kind);
            IRScalar next = sum + k.scalar(at(unpool.getDy(), q), kind);
            if (!unpool.getIndex())
              return {next.value};
            IRScalar tap = k.scalar(
                k.splat(tapNumber(k, taps, unpool.getWindow()), p.lanes),
                Kind::I32);
            IRScalar index = k.scalar(at(unpool.getIndex(), q), Kind::I32);
            return {k.select(compare(Predicate::EQ, index, tap).value,
                             next.value, sum.value)};
          },
          [&] { return SmallVector<Value>{acc}; })[0];
    int64_t stride = unpool.getStrides()[d], window = unpool.getWindow()[d],
            dilation = unpool.getDilations()[d];
    int64_t extent = pooled.getDimSize(places.space(d));
    Value i = k.add(p.index[places.space(d)], unpool.getLow()[d]);
    auto visit = [&](Value t, Value acc) {
      Value distance = k.sub(i, k.mul(t, dilation));
      // Below 0 the quotient is huge.
      Value o = k.div(distance, stride), here = k.inRange(o, extent);
      if (dilation > 1 && stride > 1)
        here = k.both(here, k.inRange(k.rem(distance, stride), 1));
      taps.push_back(t);
      q.index[places.space(d)] = o;
      Value sum = nest(d + 1, inside ? k.both(inside, here) : here, acc);
      taps.pop_back();
      return sum;
    };
    // Without dilation every stride-th tap divides.
    if (dilation == 1 && window == stride)
      return visit(k.rem(i, stride), acc);
    return k.loop(dilation == 1 ? k.rem(i, stride) : k.index(0),
                  k.index(window), dilation == 1 ? stride : 1, ValueRange(acc),
                  [&](Value t, ValueRange carried) -> SmallVector<Value> {
                    return {visit(t, carried[0])};
                  })[0];
  };
  return nest(0, {}, k.constantOf(HostScalar::ofDouble(kind, 0), p.lanes));
}

Value Evaluator::filterGradAt(Operation *op, const Point &p) {
  auto grad = cast<ConvFilterGradOp>(op);
  auto from = tensorType(grad.getX()), dy = tensorType(grad.getDy()),
       filter = tensorType(grad.getDw());
  Kind kind = kindOf(from.getElementType());
  Places places(grad.getLayout(), from.getRank());
  int64_t spatial = places.spatial, groups = grad.getGroups();
  int64_t filterDim = places.last ? spatial + 1 : 0,
          channelDim = places.last ? spatial : 1;
  Value f = p.index[filterDim];
  Value group = groups == 1 ? k.index(0)
                            : k.div(f, filter.getDimSize(filterDim) / groups);
  Value channel =
      k.add(k.mul(group, filter.getDimSize(channelDim)), p.index[channelDim]);
  Value zero = k.constantOf(HostScalar::ofDouble(kind, 0), p.lanes);
  SmallVector<Value> x(from.getRank()), y(from.getRank());
  x[places.channel()] = channel;
  y[places.channel()] = f;
  auto along = [&](const SmallVector<Value> &index) {
    Point q = scalarPoint(index);
    q.lanes = p.lanes;
    q.mask = p.mask;
    if (p.lanes > 1)
      q.step[places.channel()] = 1;
    return q;
  };
  // Lanes run along the filters: in one group they share x's element, else
  // (depthwise) the channel moves with them.
  auto operand = [&] {
    return groups == 1 ? k.splat(at(grad.getX(), scalarPoint(x)), p.lanes)
                       : at(grad.getX(), along(x));
  };
  std::function<Value(int64_t, Value, Value)> nest =
      [&](int64_t d, Value inside, Value acc) -> Value {
    if (d == spatial) {
      Value a = k.branch(
          inside, TypeRange(zero.getType()),
          [&] { return SmallVector<Value>{operand()}; },
          [&] { return SmallVector<Value>{zero}; })[0];
      Value g = at(grad.getDy(), along(y));
      return fma(k.scalar(a, kind), k.scalar(g, kind), k.scalar(acc, kind))
          .value;
    }
    return k.loop(
        k.index(0), k.index(dy.getDimSize(places.space(d))), 1, ValueRange(acc),
        [&](Value o, ValueRange carried) {
          Value tap = p.index[places.last ? d : d + 2];
          Value i = k.add(
              k.mul(o, grad.getStrides()[d]),
              k.add(k.mul(tap, grad.getDilations()[d]), -grad.getLow()[d]));
          x[places.space(d)] = i;
          y[places.space(d)] = o;
          Value here = k.inRange(i, from.getDimSize(places.space(d)));
          return SmallVector<Value>{
              nest(d + 1, inside ? k.both(inside, here) : here, carried[0])};
        })[0];
  };
  return k.loop(k.index(0), k.index(dy.getDimSize(0)), 1, ValueRange(zero),
                [&](Value n, ValueRange carried) -> SmallVector<Value> {
                  x[0] = y[0] = n;
                  return {nest(0, {}, carried[0])};
                })[0];
}

Value Evaluator::scatterAddAt(Operation *op, const Point &p) {
  auto scatter = cast<ScatterAddOp>(op);
  auto indices = tensorType(scatter.getIndices());
  Kind kind = kindOf(tensorType(scatter.getY()).getElementType());
  int64_t axis = scatter.getAxis(),
          extent = tensorType(scatter.getY()).getDimSize(axis);
  Value zero = k.constantOf(HostScalar::ofDouble(kind, 0), p.lanes);
  return k.loop(
      k.index(0), k.index(indices.getNumElements()), 1, ValueRange(zero),
      [&](Value u, ValueRange carried) -> SmallVector<Value> {
        SmallVector<Value> where = k.delinearize(u, indices.getShape());
        Value row = placeAt(scatter.getIndices(), where, extent);
        Value here = k.builder().createOrFold<arith::CmpIOp>(
            k.location(), arith::CmpIPredicate::eq, row, p.index[axis]);
        return k.branch(
            here, TypeRange(zero.getType()),
            [&]() -> SmallVector<Value> {
              Point q = p;
              q.index.erase(q.index.begin() + axis);
              q.index.insert(q.index.begin() + axis, where.begin(),
                             where.end());
              q.step.erase(q.step.begin() + axis);
              q.step.insert(q.step.begin() + axis, where.size(), 0);
              return {(k.scalar(carried[0], kind) +
                       k.scalar(at(scatter.getX(), q), kind))
                          .value};
            },
            [&] { return SmallVector<Value>{carried[0]}; });
      })[0];
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
