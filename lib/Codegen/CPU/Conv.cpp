//===-- Conv.cpp - direct convolution by register tiles -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Channels last, two spatial dimensions, one group, packed filter. A register
// tile is some pixels of one output row by some filters. Where the window lies
// inside the operand, pixels are read at constant distances from one pointer;
// at the borders each pixel and tap has a pointer of its own, to its elements
// or to zeros, so that padded taps take part in the chain as the contract says.
//===----------------------------------------------------------------------===//

#include "lib/Codegen/CPU/RegisterTile.h"

#include "dialects/Tenon/Linear.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace tenon;
using namespace tenon::cpu;

namespace {

struct Conv {
  Kernel &kernel;
  KernelBuilder &k;
  ConvOp op;
  Kind kind;
  int64_t height, width, channels, outHeight, outWidth, filters, kernelHeight,
      kernelWidth;
  Buffer x, filter;
  Value zeros;

  Conv(Kernel &kernel, ConvOp op) : kernel(kernel), k(kernel.k), op(op) {
    auto in = cast<RankedTensorType>(op.getX().getType());
    auto w = cast<RankedTensorType>(op.getFilter().getType()),
         out = op.getType();
    kind = kindOf(in.getElementType());
    height = in.getDimSize(1), width = in.getDimSize(2),
    channels = in.getDimSize(3);
    outHeight = out.getDimSize(1), outWidth = out.getDimSize(2),
    filters = out.getDimSize(3);
    kernelHeight = w.getDimSize(0), kernelWidth = w.getDimSize(1);
    x = *kernel.evaluator.buffer(op.getX());
    filter = *kernel.evaluator.buffer(
        op.getFilter().getDefiningOp<UnpackOp>().getX());
    if (padded())
      zeros = kernel.zeros(channels * bytesOf(kind));
  }

  int64_t stride(int64_t d) { return op.getStrides()[d]; }
  int64_t dilation(int64_t d) { return op.getDilations()[d]; }
  /// Whether any tap of any output leaves the operand.
  bool padded() {
    auto leaves = [&](int64_t d, int64_t out, int64_t taps, int64_t extent) {
      return op.getLow()[d] > 0 || (out - 1) * stride(d) +
                                           (taps - 1) * dilation(d) -
                                           op.getLow()[d] >=
                                       extent;
    };
    return leaves(0, outHeight, kernelHeight, height) ||
           leaves(1, outWidth, kernelWidth, width);
  }

  /// Pixels [column, column + pixels) of row (image, row), one panel of
  /// filters.
  void microkernel(Value image, Value row, Value column, int64_t pixels,
                   Value panel, Value firstFilter, Columns columns) {
    Value top = k.add(k.mul(row, stride(0)), -op.getLow()[0]);
    Value left = k.add(k.mul(column, stride(1)), -op.getLow()[1]);
    auto emit = [&](bool inside) {
      RegisterTile tile(k, kind, pixels, columns);
      tile.store(kernel, op.getY(),
                 accumulate(tile, image, top, left, pixels, panel, inside),
                 [&](int64_t r, int64_t v) -> SmallVector<Value> {
                   return {image, row, k.add(column, r),
                           k.add(firstFilter, v * kLanes)};
                 });
    };
    if (!padded())
      return emit(true);
    // All of [first, last] lies in [0, extent).
    auto within = [&](Value first, int64_t reach, int64_t extent) {
      if (extent <= reach)
        return k.builder().createOrFold<arith::ConstantIntOp>(k.location(), 0,
                                                              1);
      return k.inRange(first, extent - reach);
    };
    Value inside = k.both(
        within(top, (kernelHeight - 1) * dilation(0), height),
        within(left, (pixels - 1) * stride(1) + (kernelWidth - 1) * dilation(1),
               width));
    k.branch(inside, [&] { emit(true); }, [&] { emit(false); });
  }

  SmallVector<Value> accumulate(RegisterTile &tile, Value image, Value top,
                                Value left, int64_t pixels, Value panel,
                                bool inside) {
    Value panelPointer =
        k.advance(filter.pointer, kind, k.mul(panel, filter.strides[0]));
    int64_t pitch = filter.strides[1];
    return k.loop(
        k.index(0), k.index(kernelHeight), 1, tile.zeros(),
        [&](Value kh, ValueRange a) {
          Value h = k.add(top, k.mul(kh, dilation(0)));
          return k.loop(
              k.index(0), k.index(kernelWidth), 1, a,
              [&](Value kw, ValueRange acc) {
                Value w = k.add(left, k.mul(kw, dilation(1)));
                Value tap = k.add(k.mul(kh, kernelWidth), kw);
                Value taps =
                    k.advance(panelPointer, kind, k.mul(tap, channels * pitch));
                SmallVector<Value> pointers =
                    pixelPointers(image, h, w, pixels, inside);
                return tile.accumulate(
                    channels, acc,
                    [&](Value c, int64_t u, int64_t r) {
                      // One pointer and constant distances inside, a pointer
                      // each outside.
                      Value base = inside ? pointers[0] : pointers[r];
                      int64_t distance = inside ? r * stride(1) * channels : 0;
                      return k.load(k.advance(k.advance(base, kind, c), kind,
                                              distance + u),
                                    kind);
                    },
                    [&](Value c, int64_t u, int64_t v) {
                      return k.load(
                          k.advance(k.advance(taps, kind, k.mul(c, pitch)),
                                    kind, u * pitch + v * kLanes),
                          kind, kLanes);
                    });
              });
        });
  }

  SmallVector<Value> pixelPointers(Value image, Value h, Value w,
                                   int64_t pixels, bool inside) {
    auto at = [&](Value column) {
      Value pixel = k.add(k.mul(k.add(k.mul(image, height), h), width), column);
      return k.advance(x.pointer, kind, k.mul(pixel, channels));
    };
    if (inside)
      return {at(w)};
    SmallVector<Value> pointers;
    Value rowInside = k.inRange(h, height);
    for (int64_t r = 0; r < pixels; ++r) {
      Value column = k.add(w, r * stride(1));
      Value here = k.both(rowInside, k.inRange(column, width));
      // The address outside is computed but never read.
      pointers.push_back(k.select(here, at(column), zeros));
    }
    return pointers;
  }
};

} // namespace

void cpu::emitConv(Kernel &kernel) {
  KernelBuilder &k = kernel.k;
  Conv c(kernel, *kernel.body.getOps<ConvOp>().begin());
  int64_t pixels = kernel.tile(0), panelWidth = kernel.tile(1) * kLanes,
          block = kernel.tile(2);
  int64_t panels = llvm::divideCeil(c.filters, panelWidth);
  int64_t images = cast<RankedTensorType>(c.op.getX().getType()).getDimSize(0);
  int64_t rows = images * c.outHeight, blocks = llvm::divideCeil(rows, block);
  int64_t restPixels = c.outWidth % pixels,
          fullPixels = c.outWidth - restPixels;

  k.loop(kernel.begin, kernel.end, 1, [&](Value t) {
    bool inner = kernel.tile(3);
    SmallVector<Value> where = inner ? k.delinearize(t, {blocks, panels})
                                     : k.delinearize(t, {panels, blocks});
    Value panel = where[inner ? 1 : 0],
          from = k.mul(where[inner ? 0 : 1], block);
    Value firstFilter = k.mul(panel, panelWidth);
    overPanels(k, panel, panels, c.filters, panelWidth, [&](Columns columns) {
      k.loop(from, k.min(k.add(from, block), k.index(rows)), 1, [&](Value r) {
        Value image = images == 1 ? k.index(0) : k.div(r, c.outHeight);
        Value row = images == 1 ? r : k.rem(r, c.outHeight);
        k.loop(k.index(0), k.index(fullPixels), pixels, [&](Value column) {
          c.microkernel(image, row, column, pixels, panel, firstFilter,
                        columns);
        });
        if (restPixels)
          c.microkernel(image, row, k.index(fullPixels), restPixels, panel,
                        firstFilter, columns);
      });
    });
  });
}
