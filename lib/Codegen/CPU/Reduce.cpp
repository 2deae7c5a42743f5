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
  SmallVector<int64_t> full;          // the shape of what is reduced
  SmallVector<int64_t> reduced, kept; // dimensions of `full`

  Rows(Kernel &kernel, bool flat) : kernel(kernel), k(kernel.k) {
    llvm::append_range(reductions, kernel.body.getOps<ReductionOpInterface>());
    llvm::append_range(full, fullType().getShape());
    llvm::append_range(reduced, reductions[0].getReducedDims());
    for (int64_t d = 0; d < static_cast<int64_t>(full.size()); ++d)
      if (!llvm::is_contained(reduced, d))
        kept.push_back(d);
    if (flat)
      collapse();
  }

  RankedTensorType fullType() {
    return cast<RankedTensorType>(reductions[0]->getOperand(0).getType());
  }

  /// Makes one dimension of the reduced ones, which are the last.
  void collapse() {
    auto merged = [&](Buffer b) {
      if (ArrayRef(b.shape) != fullType().getShape())
        return b;
      b.shape.resize(kept.size());
      b.strides.resize(kept.size());
      b.shape.push_back(ShapedType::getNumElements(extents(reduced)));
      b.strides.push_back(1);
      return b;
    };
    for (BlockArgument a : kernel.body.getArguments())
      kernel.evaluator.bindBuffer(a, merged(*kernel.evaluator.buffer(a)));
    for (Buffer &b : kernel.results)
      b = merged(b);
    int64_t extent = ShapedType::getNumElements(extents(reduced));
    full.resize(kept.size());
    full.push_back(extent);
    reduced.assign({static_cast<int64_t>(kept.size())});
  }

  SmallVector<int64_t> extents(ArrayRef<int64_t> dims) const {
    SmallVector<int64_t> r;
    for (int64_t d : dims)
      r.push_back(full[d]);
    return r;
  }

  /// The point of `full` at the kept indices (and their lanes) of p.
  Point inFull(const Point &p) const {
    Point q = p;
    q.index.assign(full.size(), k.index(0));
    q.step.assign(full.size(), 0);
    for (auto [i, d] : llvm::enumerate(kept)) {
      q.index[d] = p.index[i];
      q.step[d] = p.step[i];
    }
    return q;
  }

  /// Sixteen elements of a row from its element r on.
  Point alongAt(const Point &row, Value r, Value mask) {
    Point q = inFull(row);
    for (auto [d, i] : llvm::zip(reduced, k.delinearize(r, extents(reduced))))
      q.index[d] = i;
    q.step[reduced.back()] = 1;
    q.lanes = kLanes;
    q.mask = mask;
    return q;
  }

  /// Sixteen lanes along the reduced dimensions are the contract's sixteen.
  Value alongRow(ReductionOpInterface reduce, const Point &row) {
    OpBuilder &b = k.builder();
    Location loc = k.location();
    int64_t extent = ShapedType::getNumElements(extents(reduced)),
            whole = extent / kLanes * kLanes;
    Value identity = k.constantOf(reduce.getIdentity(), kLanes);
    auto element = [&](Value r, Value mask) {
      return kernel.evaluator.at(reduce->getOperand(0), alongAt(row, r, mask));
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
      if (cast<RankedTensorType>(value.getType()).getShape() ==
          fullType().getShape())
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
        int64_t extent = ShapedType::getNumElements(extents(reduced));
        k.overLanes(
            k.index(0), k.index(extent), extent, kLanes,
            [&](Value r, Value mask) { storeAll(alongAt(row, r, mask)); });
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
  enum { AcrossRows, AlongRow, Scalar, AlongFlat };
  int64_t mode = kernel.tile(0), block = kernel.tile(1);
  Rows rows(kernel, mode == AlongFlat);
  SmallVector<int64_t> outer = rows.extents(rows.kept);
  // Across: a row is sixteen columns.
  int64_t last = 1, columns = 1;
  if (mode == AcrossRows) {
    last = outer.pop_back_val();
    columns = std::max<int64_t>(1, llvm::divideCeil(last, kLanes));
  }
  int64_t count = ShapedType::getNumElements(outer) * columns;
  Value to = k.min(k.mul(kernel.end, block), k.index(count));
  k.loop(k.mul(kernel.begin, block), to, 1, [&](Value r) {
    Point row;
    row.index = k.delinearize(k.div(r, columns), outer);
    row.step.assign(outer.size(), 0);
    if (mode != AcrossRows)
      return rows.emitRow(row, mode == AlongRow || mode == AlongFlat);
    Value from = k.mul(k.rem(r, columns), kLanes);
    k.overLanes(from, k.min(k.add(from, kLanes), k.index(last)), last, kLanes,
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
