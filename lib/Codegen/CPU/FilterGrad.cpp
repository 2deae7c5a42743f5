//===-- FilterGrad.cpp - x^T dy over positions, by register tiles ---------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The gradient of a convolution's filter, and a matmul whose left operand is
// transposed. k runs over positions: dy has its vectors there, and x, at a
// constant distance for each row of the result, the element to repeat, or,
// depthwise, vectors along the same channels. k is cut into blocks that stay in
// the cache while all tiles of a worker pass over them; between blocks the
// accumulators wait in the workspace. No step is left out or exchanged, so the
// bits do not depend on the blocks.
//===----------------------------------------------------------------------===//

#include "lib/Codegen/CPU/RegisterTile.h"

#include "dialects/Tenon/Linear.h"
#include "dialects/Tenon/Shape.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "tenon/Kernels/FilterGrad.h"

using namespace mlir;
using namespace tenon;
using namespace tenon::cpu;

namespace {

struct FilterGrad {
  Kernel &kernel;
  KernelBuilder &k;
  Value anchor;
  FilterGradShape shape;
  Buffer x, dy;
  Kind kind;
  int64_t rows, vectors;

  FilterGrad(Kernel &kernel, Operation *op)
      : kernel(kernel), k(kernel.k), anchor(op->getResult(0)),
        shape(*FilterGradShape::of(op)), rows(kernel.tile(0)),
        vectors(kernel.tile(1)) {
    x = *kernel.evaluator.buffer(shape.x);
    dy = *kernel.evaluator.buffer(shape.dy);
    kind = x.kind;
  }

  /// A register tile: `runs` neighbouring runs of rows, from `row` to
  /// `row + count` of each.
  struct Tile {
    SmallVector<Value> outer; // the first run's indices
    int64_t runs;
    Value row;
    int64_t count;

    int64_t rows() const { return runs * count; }
  };

  /// Where row r of the tile stands beside its first, in x.
  int64_t distance(const Tile &tile, int64_t r) {
    int64_t run = r / tile.count;
    return r % tile.count * shape.runStride +
           (run ? run * shape.outerStrides.back() : 0);
  }

  /// The index of row r of a tile and of a column in the result.
  SmallVector<Value> resultIndex(const Tile &tile, int64_t r, Value column) {
    SmallVector<Value> index(tile.outer);
    if (int64_t run = r / tile.count)
      index.back() = k.add(index.back(), run);
    Value row = k.add(tile.row, r % tile.count);
    if (shape.runDims.size() > 1)
      llvm::append_range(index, k.delinearize(row, shape.runDims));
    else
      index.push_back(row);
    index.push_back(column);
    return index;
  }

  /// Where the tile's first row stands in x at the first position.
  Value offset(const Tile &tile, Value column) {
    Value at = k.mul(tile.row, shape.runStride);
    if (shape.depthwise)
      at = k.add(at, column);
    for (auto [i, stride] : llvm::zip(tile.outer, shape.outerStrides))
      at = k.add(at, k.mul(i, stride));
    return at;
  }

  /// All of k's lines [from, to), each of `inner` positions.
  SmallVector<Value> accumulate(RegisterTile &registers, const Tile &tile,
                                Value column, Value from, Value to,
                                int64_t inner, ValueRange acc) {
    Value first = offset(tile, column);
    int64_t step = shape.innerStride, n = shape.columns;
    return k.loop(from, to, 1, acc, [&](Value line, ValueRange carried) {
      Value at = first;
      SmallVector<Value> index = k.delinearize(line, shape.lineExtents);
      for (auto [i, stride] : llvm::zip(index, shape.lineStrides))
        at = k.add(at, k.mul(i, stride));
      Value left = k.advance(x.pointer, kind, at);
      Value right = k.advance(dy.pointer, kind,
                              k.add(k.mul(line, shape.inner * n), column));
      return registers.accumulate(
          inner, carried,
          [&](Value i, int64_t u, int64_t r) {
            Value from = k.advance(k.advance(left, kind, k.mul(i, step)), kind,
                                   u * step + distance(tile, r));
            return shape.depthwise
                       ? k.load(from, kind, kLanes, 1, registers.mask(0))
                       : k.load(from, kind);
          },
          [&](Value i, int64_t u, int64_t v) {
            return k.load(k.advance(k.advance(right, kind, k.mul(i, n)), kind,
                                    u * n + v * kLanes),
                          kind, kLanes, 1, registers.mask(v));
          });
    });
  }

  /// Asks for what positions [from, to), counted from line `first` on, hold of
  /// both operands: the columns, and the last rows, since the ones before came
  /// with earlier positions.
  void prefetch(Value first, Value from, Value to, Value column) {
    int64_t perLine = 64 / bytesOf(kind), n = shape.columns;
    int64_t ahead = 0;
    for (auto [extent, stride] :
         llvm::zip(shape.outerExtents, shape.outerStrides))
      ahead += (extent - 1) * stride;
    auto ask = [&](Value pointer, int64_t elements) {
      for (int64_t i = 0; i < elements; i += perLine)
        LLVM::Prefetch::create(k.builder(), k.location(),
                               k.advance(pointer, kind, i), /*rw=*/0,
                               /*hint=*/2, /*cache=*/1);
    };
    k.loop(from, to, 1, [&](Value position) {
      Value line = k.add(first, k.div(position, shape.inner)),
            i = k.rem(position, shape.inner);
      Value at = k.add(k.mul(i, shape.innerStride), ahead);
      for (auto [j, stride] :
           llvm::zip(k.delinearize(line, shape.lineExtents), shape.lineStrides))
        at = k.add(at, k.mul(j, stride));
      int64_t width = std::min(n, vectors * kLanes);
      if (shape.depthwise)
        ask(k.advance(x.pointer, kind, k.add(at, column)), width);
      else
        ask(k.advance(x.pointer, kind, at),
            std::min<int64_t>(shape.innerStride, 16 * perLine));
      Value right = k.add(k.mul(k.add(k.mul(line, shape.inner), i), n), column);
      ask(k.advance(dy.pointer, kind, right), width);
    });
  }

  /// Calls body for tile number t, which is of one of at most two forms.
  void visit(Value t, function_ref<void(const Tile &)> body) {
    int64_t outerCount = ShapedType::getNumElements(shape.outerExtents);
    FilterGradTiling tiling = shape.tiling(rows);
    if (tiling.runs > 1) {
      // Whole runs, several at once.
      Value first = k.mul(t, tiling.runs);
      auto tile = [&](int64_t runs) {
        return Tile{{first}, runs, k.index(0), shape.run};
      };
      int64_t rest = outerCount % tiling.runs;
      if (!rest)
        return body(tile(tiling.runs));
      return k.branch(
          isLast(t, tiling.count()), [&] { body(tile(rest)); },
          [&] { body(tile(tiling.runs)); });
    }
    int64_t perRun = tiling.perRun, rest = shape.run % tiling.rows;
    Value number = perRun == 1 ? k.index(0) : k.rem(t, perRun);
    auto tile = [&](int64_t count) {
      return Tile{
          k.delinearize(perRun == 1 ? t : k.div(t, perRun), shape.outerExtents),
          1, k.mul(number, tiling.rows), count};
    };
    if (!rest)
      return body(tile(tiling.rows));
    k.branch(
        isLast(number, perRun), [&] { body(tile(rest)); },
        [&] { body(tile(tiling.rows)); });
  }

  Value isLast(Value number, int64_t count) {
    return k.builder().createOrFold<arith::CmpIOp>(
        k.location(), arith::CmpIPredicate::eq, number, k.index(count - 1));
  }
};

} // namespace

void cpu::emitFilterGrad(Kernel &kernel) {
  KernelBuilder &k = kernel.k;
  Operation *op = filterGradOf(kernel.body);
  FilterGrad g(kernel, op);
  int64_t steps = kernel.tile(2), share = kernel.tile(3),
          width = g.vectors * kLanes;
  int64_t panels = llvm::divideCeil(g.shape.columns, width),
          tiles = g.shape.tiling(g.rows).count(),
          shares = llvm::divideCeil(tiles, share);
  int64_t lines = g.shape.lines(), tail = g.shape.tail,
          blocks = llvm::divideCeil(lines + (tail ? 1 : 0), steps);
  bool waits = blocks > 1;
  int64_t tileElements = g.rows * width;
  if (waits)
    kernel.workspace = share * tileElements * bytesOf(g.kind);

  auto overTiles = [&](Value from, Value column, Columns columns, auto body) {
    Value to = k.min(k.add(from, share), k.index(tiles));
    k.loop(from, to, 1, [&](Value t) {
      Value slot = waits ? k.advance(kernel.scratch, g.kind,
                                     k.mul(k.sub(t, from), tileElements))
                         : Value();
      g.visit(t, [&](const FilterGrad::Tile &tile) {
        RegisterTile registers(k, g.kind, tile.rows(), columns);
        int64_t count = tile.rows() * columns.vectors;
        auto load = [&] {
          SmallVector<Value> acc;
          for (int64_t i = 0; i < count; ++i)
            acc.push_back(
                k.load(k.advance(slot, g.kind, i * kLanes), g.kind, kLanes));
          return acc;
        };
        auto store = [&](ValueRange acc) {
          for (int64_t i = 0; i < count; ++i)
            k.store(acc[i], k.advance(slot, g.kind, i * kLanes), g.kind);
        };
        auto finish = [&](ValueRange acc) {
          registers.store(kernel, g.anchor, acc, [&](int64_t r, int64_t v) {
            return g.resultIndex(tile, r, k.add(column, v * kLanes));
          });
        };
        body(t, tile, registers, load, store, finish);
      });
    });
  };

  k.loop(kernel.begin, kernel.end, 1, [&](Value t) {
    SmallVector<Value> where = k.delinearize(t, {panels, shares});
    Value column = k.mul(where[0], width), from = k.mul(where[1], share);
    overPanels(k, where[0], panels, g.shape.columns, width, [&](Columns c) {
      auto through = [&](const FilterGrad::Tile &tile, RegisterTile &registers,
                         Value first, Value last, ValueRange acc) {
        return g.accumulate(registers, tile, column, first, last, g.shape.inner,
                            acc);
      };
      auto throughTail = [&](const FilterGrad::Tile &tile,
                             RegisterTile &registers, ValueRange acc) {
        if (!tail)
          return SmallVector<Value>(acc);
        return g.accumulate(registers, tile, column, k.index(lines),
                            k.index(lines + 1), tail, acc);
      };
      if (!waits)
        return overTiles(
            from, column, c,
            [&](Value, auto &tile, auto &registers, auto, auto, auto finish) {
              finish(throughTail(tile, registers,
                                 through(tile, registers, k.index(0),
                                         k.index(lines), registers.zeros())));
            });
      overTiles(from, column, c,
                [&](Value, auto &, auto &registers, auto, auto store, auto) {
                  store(registers.zeros());
                });
      // Each tile fetches its part of the next block, where there are enough
      // of them to hide that.
      int64_t positions = steps * g.shape.inner,
              part = llvm::divideCeil(positions, std::min(share, tiles));
      bool fetches = std::min(share, tiles) >= 8;
      k.loop(k.index(0), k.index(lines), steps, [&](Value first) {
        Value next = k.add(first, steps), last = k.min(next, k.index(lines));
        Value more = k.builder().createOrFold<arith::CmpIOp>(
            k.location(), arith::CmpIPredicate::sle, k.add(next, steps),
            k.index(lines));
        Value ahead = k.select(more, k.index(positions), k.index(0));
        overTiles(from, column, c,
                  [&](Value t, auto &tile, auto &registers, auto load,
                      auto store, auto) {
                    Value begin = k.mul(k.sub(t, from), part);
                    if (fetches)
                      g.prefetch(next, begin, k.min(k.add(begin, part), ahead),
                                 column);
                    store(through(tile, registers, first, last, load()));
                  });
      });
      overTiles(
          from, column, c,
          [&](Value, auto &tile, auto &registers, auto load, auto,
              auto finish) { finish(throughTail(tile, registers, load())); });
    });
  });
}
