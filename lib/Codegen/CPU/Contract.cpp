//===-- Contract.cpp - matrix products by register tiles ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Accumulators live in registers for all of k, one fma per element in ascending
// order: the bits do not depend on the tile. The right operand is read in whole
// vectors (packed panels, or rows as they are), the left one element at a time
// and repeated. The epilogue runs on the accumulators before the only store.
//===----------------------------------------------------------------------===//

#include "lib/Codegen/CPU/RegisterTile.h"

#include "dialects/Tenon/Linear.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace tenon;
using namespace tenon::cpu;

namespace {

struct Contract {
  Kernel &kernel;
  KernelBuilder &k;
  MatmulOp op;
  Kind kind;
  int64_t batch, m, n, depth;
  /// The right operand: packed panels, a plain buffer, or anything else.
  std::optional<Buffer> packed;
  const Buffer *left, *right;

  Contract(Kernel &kernel, MatmulOp op) : kernel(kernel), k(kernel.k), op(op) {
    auto l = cast<RankedTensorType>(op.getLhs().getType()), y = op.getType();
    kind = kindOf(y.getElementType());
    batch = y.getRank() == 3 ? y.getDimSize(0) : 1;
    m = y.getShape().drop_back().back();
    n = y.getShape().back();
    depth = l.getShape().back();
    left = kernel.evaluator.buffer(op.getLhs());
    right = kernel.evaluator.buffer(op.getRhs());
    if (auto unpack = op.getRhs().getDefiningOp<UnpackOp>())
      if (const Buffer *b = kernel.evaluator.buffer(unpack.getX()))
        packed = *b;
  }

  SmallVector<Value> at(Value b, Value row, Value column) {
    if (batch == 1 && op.getType().getRank() == 2)
      return {row, column};
    return {b, row, column};
  }

  /// Rows [row, row + rows) by the columns of `tile`, which start at column.
  void microkernel(Value b, Value row, int64_t rows, Value panel, Value column,
                   Columns columns) {
    RegisterTile tile(k, kind, rows, columns);
    Value leftRow, rightPanel;
    if (left)
      leftRow =
          k.advance(left->pointer, kind, k.mul(k.add(k.mul(b, m), row), depth));
    if (packed)
      rightPanel =
          k.advance(packed->pointer, kind, k.mul(panel, packed->strides[0]));
    else if (right)
      rightPanel =
          k.advance(right->pointer, kind, k.add(k.mul(b, depth * n), column));
    int64_t pitch = packed ? packed->strides[1] : n;
    SmallVector<Value> acc = tile.accumulate(
        depth, tile.zeros(),
        [&](Value i, int64_t u, int64_t r) -> Value {
          if (left)
            return k.load(
                k.advance(k.advance(leftRow, kind, i), kind, r * depth + u),
                kind);
          Point p;
          p.index = at(b, k.add(row, r), k.add(i, u));
          p.step.assign(p.index.size(), 0);
          return kernel.evaluator.at(op.getLhs(), p);
        },
        [&](Value i, int64_t u, int64_t v) -> Value {
          Value mask = packed ? Value() : tile.mask(v);
          if (rightPanel)
            return k.load(
                k.advance(k.advance(rightPanel, kind, k.mul(i, pitch)), kind,
                          u * pitch + v * kLanes),
                kind, kLanes, 1, mask);
          Point p;
          p.index = at(b, k.add(i, u), k.add(column, v * kLanes));
          p.step.assign(p.index.size(), 0);
          p.step.back() = 1;
          p.lanes = kLanes;
          p.mask = mask;
          return kernel.evaluator.at(op.getRhs(), p);
        });
    tile.store(kernel, op.getY(), acc, [&](int64_t r, int64_t v) {
      return at(b, k.add(row, r), k.add(column, v * kLanes));
    });
  }
};

} // namespace

void cpu::emitContract(Kernel &kernel) {
  KernelBuilder &k = kernel.k;
  auto op = *kernel.body.getOps<MatmulOp>().begin();
  Contract c(kernel, op);
  int64_t rows = kernel.tile(0), width = kernel.tile(1) * kLanes,
          block = kernel.tile(2);
  int64_t panels = llvm::divideCeil(c.n, width),
          blocks = llvm::divideCeil(c.m, block);
  int64_t restRows = c.m % rows, fullRows = c.m - restRows;

  k.loop(kernel.begin, kernel.end, 1, [&](Value t) {
    SmallVector<Value> where =
        kernel.tile(3) ? k.delinearize(t, {c.batch, blocks, panels})
                       : k.delinearize(t, {c.batch, panels, blocks});
    Value b = where[0], panel = where[kernel.tile(3) ? 2 : 1];
    Value from = k.mul(where[kernel.tile(3) ? 1 : 2], block);
    Value column = k.mul(panel, width);
    auto overRows = [&](Columns columns) {
      Value to = k.min(k.add(from, block), k.index(fullRows));
      k.loop(from, to, rows, [&](Value row) {
        c.microkernel(b, row, rows, panel, column, columns);
      });
      if (restRows)
        k.branch(k.builder().createOrFold<arith::CmpIOp>(
                     k.location(), arith::CmpIPredicate::sge,
                     k.add(from, block), k.index(c.m)),
                 [&] {
                   c.microkernel(b, k.index(fullRows), restRows, panel, column,
                                 columns);
                 });
    };
    overPanels(k, panel, panels, c.n, width, overRows);
  });
}
