//===-- Scatter.cpp - adds slices up by index -----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A tile owns some columns of the result: it clears them, then walks all
// updates in order. Each element is added to in ascending order of updates, as
// its definition says, and no two tiles share one.
//===----------------------------------------------------------------------===//

#include "lib/Codegen/CPU/Nests.h"

#include "dialects/Tenon/Shape.h"

using namespace mlir;
using namespace tenon;
using namespace tenon::cpu;

void cpu::emitScatter(Kernel &kernel) {
  KernelBuilder &k = kernel.k;
  auto op = *kernel.body.getOps<ScatterAddOp>().begin();
  auto type = op.getType();
  auto indices = cast<RankedTensorType>(op.getIndices().getType());
  Kind kind = kindOf(type.getElementType());
  int64_t axis = op.getAxis(), lanes = kernel.tile(0), block = kernel.tile(1);
  int64_t extent = type.getDimSize(axis), updates = indices.getNumElements();
  int64_t inner =
      ShapedType::getNumElements(type.getShape().drop_front(axis + 1));
  Buffer from = *kernel.evaluator.buffer(op.getX()), to = kernel.results[0];
  int64_t blocks = llvm::divideCeil(inner, block);
  Value zero = k.constantOf(HostScalar::ofDouble(kind, 0), lanes);

  k.loop(kernel.begin, kernel.end, 1, [&](Value t) {
    Value outer = k.div(t, blocks),
          first = k.mul(blocks == 1 ? k.index(0) : k.rem(t, blocks), block);
    Value last = k.min(k.add(first, block), k.index(inner));
    // The slice at `row` of a buffer with `rows` of them.
    auto slice = [&](const Buffer &b, int64_t rows, Value row) {
      return k.advance(b.pointer, kind,
                       k.mul(k.add(k.mul(outer, rows), row), inner));
    };
    k.loop(k.index(0), k.index(extent), 1, [&](Value row) {
      Value pointer = slice(to, extent, row);
      k.overLanes(first, last, inner, lanes, [&](Value i, Value mask) {
        k.store(zero, k.advance(pointer, kind, i), kind, mask);
      });
    });
    k.loop(k.index(0), k.index(updates), 1, [&](Value u) {
      Value row = kernel.evaluator.placeAt(
          op.getIndices(), k.delinearize(u, indices.getShape()), extent);
      Value source = slice(from, updates, u), target = slice(to, extent, row);
      k.overLanes(first, last, inner, lanes, [&](Value i, Value mask) {
        Value at = k.advance(target, kind, i);
        Value sum = k.load(at, kind, lanes, 1, mask);
        Value x = k.load(k.advance(source, kind, i), kind, lanes, 1, mask);
        k.store((k.scalar(sum, kind) + k.scalar(x, kind)).value, at, kind,
                mask);
      });
    });
  });
}
