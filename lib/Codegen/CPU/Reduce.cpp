//===-- Reduce.cpp - reductions of a row, then what follows from them -----===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "lib/Codegen/CPU/Nests.h"

#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace tenon;
using namespace tenon::cpu;

namespace {

struct Rows {
  Kernel &kernel;
  KernelBuilder &k;
  SmallVector<ReductionOpInterface> reductions;
  RankedTensorType full;
  SmallVector<int64_t> reduced, kept; // dimensions of `full`

  Rows(Kernel &kernel) : kernel(kernel), k(kernel.k) {
    llvm::append_range(reductions, kernel.body.getOps<ReductionOpInterface>());
    full = cast<RankedTensorType>(reductions[0]->getOperand(0).getType());
    llvm::append_range(reduced, reductions[0].getReducedDims());
    for (int64_t d = 0; d < full.getRank(); ++d)
      if (!llvm::is_contained(reduced, d))
        kept.push_back(d);
  }

  SmallVector<int64_t> extents(ArrayRef<int64_t> dims) const {
    SmallVector<int64_t> r;
    for (int64_t d : dims)
      r.push_back(full.getDimSize(d));
    return r;
  }

  /// The point of `full` at the kept indices (and their lanes) of p.
  Point inFull(const Point &p) const {
    Point q = p;
    q.index.assign(full.getRank(), k.index(0));
    q.step.assign(full.getRank(), 0);
    for (auto [i, d] : llvm::enumerate(kept)) {
      q.index[d] = p.index[i];
      q.step[d] = p.step[i];
    }
    return q;
  }

  /// Sixteen lanes along the reduced dimension are the contract's sixteen.
  Value alongRow(ReductionOpInterface reduce, const Point &row) {
    OpBuilder &b = k.builder();
    Location loc = k.location();
    int64_t d = reduced[0], extent = full.getDimSize(d),
            whole = extent / kLanes * kLanes;
    Value identity = k.constantOf(reduce.getIdentity(), kLanes);
    auto element = [&](Value r, Value mask) {
      Point q = inFull(row);
      q.index[d] = r;
      q.step[d] = 1;
      q.lanes = kLanes;
      q.mask = mask;
      return kernel.evaluator.at(reduce->getOperand(0), q);
    };
    Value acc = k.loop(
        k.index(0), k.index(whole), kLanes, ValueRange(identity),
        [&](Value r, ValueRange carried) -> SmallVector<Value> {
          return {reduce.buildCombine(b, loc, carried[0], element(r, {}))};
        })[0];
    if (whole < extent) {
      Value mask = k.maskBelow(k.index(extent - whole), kLanes);
      Value next =
          reduce.buildCombine(b, loc, acc, element(k.index(whole), mask));
      acc = k.select(mask, next, acc);
    }
    for (int64_t half = kLanes / 2; half > 0; half /= 2) {
      SmallVector<int64_t> low, high;
      for (int64_t l = 0; l < half; ++l) {
        low.push_back(l);
        high.push_back(l + half);
      }
      acc = reduce.buildCombine(
          b, loc, vector::ShuffleOp::create(b, loc, acc, acc, low),
          vector::ShuffleOp::create(b, loc, acc, acc, high));
    }
    return vector::ExtractOp::create(b, loc, acc, ArrayRef<int64_t>{0});
  }

  /// Reductions, then results, at the kept indices of `row`.
  void emitRow(const Point &row, bool along) {
    for (ReductionOpInterface reduce : reductions) {
      Value v = along ? alongRow(reduce, row)
                      : kernel.evaluator.at(reduce->getResult(0), row);
      kernel.evaluator.bindValue(reduce->getResult(0), v);
    }
    SmallVector<size_t> fullResults;
    for (auto [i, value] : llvm::enumerate(kernel.yielded())) {
      // A result of the full shape has nothing reduced: it is stored below.
      if (cast<RankedTensorType>(value.getType()).getShape() == full.getShape())
        fullResults.push_back(i);
      else
        kernel.storeResult(i, row);
    }
    if (!fullResults.empty()) {
      auto storeAll = [&](const Point &p) {
        for (size_t i : fullResults)
          kernel.storeResult(i, p);
      };
      if (along) {
        int64_t d = reduced[0], extent = full.getDimSize(d);
        k.overLanes(k.index(0), k.index(extent), extent, kLanes,
                    [&](Value r, Value mask) {
                      Point q = inFull(row);
                      q.index[d] = r;
                      q.step[d] = 1;
                      q.lanes = kLanes;
                      q.mask = mask;
                      storeAll(q);
                    });
      } else {
        SmallVector<int64_t> shape = extents(reduced);
        k.loop(k.index(0), k.index(ShapedType::getNumElements(shape)), 1,
               [&](Value r) {
                 Point q = inFull(row);
                 for (auto [d, v] : llvm::zip(reduced, k.delinearize(r, shape)))
                   q.index[d] = v;
                 storeAll(q);
               });
      }
    }
    for (ReductionOpInterface reduce : reductions)
      kernel.evaluator.unbindValue(reduce->getResult(0));
  }
};

} // namespace

void cpu::emitReduce(Kernel &kernel) {
  KernelBuilder &k = kernel.k;
  Rows rows(kernel);
  enum { AcrossRows, AlongRow, Scalar };
  int64_t mode = kernel.tile(0), block = kernel.tile(1);
  SmallVector<int64_t> outer = rows.extents(rows.kept);
  int64_t last = 1;
  if (mode == AcrossRows)
    last = outer.pop_back_val();
  int64_t count = ShapedType::getNumElements(outer);
  Value to = k.min(k.mul(kernel.end, block), k.index(count));
  k.loop(k.mul(kernel.begin, block), to, 1, [&](Value r) {
    Point row;
    row.index = k.delinearize(r, outer);
    row.step.assign(outer.size(), 0);
    if (mode != AcrossRows)
      return rows.emitRow(row, mode == AlongRow);
    k.overLanes(k.index(0), k.index(last), last, kLanes,
                [&](Value i, Value mask) {
                  Point p = row;
                  p.index.push_back(i);
                  p.step.push_back(1);
                  p.lanes = kLanes;
                  p.mask = mask;
                  rows.emitRow(p, false);
                });
  });
}
