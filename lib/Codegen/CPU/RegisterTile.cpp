//===-- RegisterTile.cpp - accumulators of a contraction ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "lib/Codegen/CPU/RegisterTile.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace tenon;
using namespace tenon::cpu;

/// Steps of k per loop iteration: enough to hide the loop's own cost.
static constexpr int64_t kUnroll = 4;

RegisterTile::RegisterTile(KernelBuilder &k, Kind kind, int64_t rows,
                           Columns columns)
    : k(k), kind(kind), rows(rows), columns(columns) {
  if (columns.last < kLanes)
    lastMask = k.maskBelow(k.index(columns.last), kLanes);
}

SmallVector<Value> RegisterTile::zeros() {
  Value zero = k.constantOf(HostScalar::ofDouble(kind, 0), kLanes);
  return SmallVector<Value>(rows * columns.vectors, zero);
}

SmallVector<Value>
RegisterTile::accumulate(int64_t depth, ValueRange acc,
                         function_ref<Value(Value, int64_t, int64_t)> left,
                         function_ref<Value(Value, int64_t, int64_t)> right) {
  auto step = [&](Value i, ValueRange carried, int64_t count) {
    SmallVector<Value> next(carried);
    for (int64_t u = 0; u < count; ++u) {
      SmallVector<IRScalar> b;
      for (int64_t v = 0; v < columns.vectors; ++v)
        b.push_back(k.scalar(right(i, u, v), kind));
      for (int64_t r = 0; r < rows; ++r) {
        Value l = left(i, u, r);
        IRScalar a = k.scalar(
            isa<VectorType>(l.getType()) ? l : k.splat(l, kLanes), kind);
        for (int64_t v = 0; v < columns.vectors; ++v) {
          Value &c = next[r * columns.vectors + v];
          c = fma(a, b[v], k.scalar(c, kind)).value;
        }
      }
    }
    return next;
  };
  int64_t whole = depth / kUnroll * kUnroll;
  SmallVector<Value> result = k.loop(
      k.index(0), k.index(whole), kUnroll, acc,
      [&](Value i, ValueRange carried) { return step(i, carried, kUnroll); });
  return step(k.index(whole), result, depth - whole);
}

void RegisterTile::store(
    Kernel &kernel, Value anchor, ValueRange acc,
    function_ref<SmallVector<Value>(int64_t, int64_t)> index) {
  for (int64_t r = 0; r < rows; ++r)
    for (int64_t v = 0; v < columns.vectors; ++v) {
      Point p;
      p.index = index(r, v);
      p.step.assign(p.index.size(), 0);
      p.step.back() = 1;
      p.lanes = kLanes;
      p.mask = mask(v);
      kernel.evaluator.bindValue(anchor, acc[r * columns.vectors + v]);
      kernel.storeResults(p);
    }
  kernel.evaluator.unbindValue(anchor);
}

void cpu::overPanels(KernelBuilder &k, Value panel, int64_t panels, int64_t n,
                     int64_t width, function_ref<void(Columns)> body) {
  int64_t rest = n % width;
  Columns whole{width / kLanes, kLanes};
  if (rest == 0)
    return body(whole);
  int64_t vectors = llvm::divideCeil(rest, kLanes);
  Columns narrow{vectors, rest - (vectors - 1) * kLanes};
  if (panels == 1)
    return body(narrow);
  Value isLast = k.builder().createOrFold<arith::CmpIOp>(
      k.location(), arith::CmpIPredicate::eq, panel, k.index(panels - 1));
  k.branch(isLast, [&] { body(narrow); }, [&] { body(whole); });
}
