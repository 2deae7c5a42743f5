//===-- Map.cpp - every result element on its own -------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "lib/Codegen/CPU/Nests.h"

using namespace mlir;
using namespace tenon;
using namespace tenon::cpu;

void cpu::emitMap(Kernel &kernel) {
  KernelBuilder &k = kernel.k;
  int64_t lanes = kernel.tile(0), block = kernel.tile(1);
  bool flat = kernel.tile(2);
  auto type = cast<RankedTensorType>(kernel.yielded()[0].getType());

  if (flat) {
    // Collapsed: every tensor is a row of all elements, or one element.
    auto collapse = [](Buffer b) {
      int64_t n = 1;
      for (int64_t e : b.shape)
        n *= e;
      b.shape = n == 1 ? SmallVector<int64_t>{} : SmallVector<int64_t>{n};
      b.strides.assign(b.shape.size(), 1);
      return b;
    };
    for (BlockArgument a : kernel.body.getArguments())
      kernel.evaluator.bindBuffer(a, collapse(*kernel.evaluator.buffer(a)));
    for (Buffer &b : kernel.results) {
      b.shape = {type.getNumElements()};
      b.strides = {1};
    }
    int64_t extent = type.getNumElements();
    Value from = k.mul(kernel.begin, block);
    Value to = k.min(k.mul(kernel.end, block), k.index(extent));
    k.overLanes(from, to, extent, lanes, [&](Value i, Value mask) {
      kernel.storeResults({{i}, {1}, lanes, mask});
    });
    return;
  }

  ArrayRef<int64_t> shape = type.getShape();
  ArrayRef<int64_t> outer = shape.empty() ? shape : shape.drop_back();
  int64_t rows = 1, last = shape.empty() ? 1 : shape.back();
  for (int64_t e : outer)
    rows *= e;
  Value from = k.mul(kernel.begin, block);
  Value to = k.min(k.mul(kernel.end, block), k.index(rows));
  k.loop(from, to, 1, [&](Value row) {
    SmallVector<Value> index = k.delinearize(row, outer);
    k.overLanes(
        k.index(0), k.index(last), last, lanes, [&](Value i, Value mask) {
          Point p{index, SmallVector<int64_t>(shape.size(), 0), lanes, mask};
          if (!shape.empty()) {
            p.index.push_back(i);
            p.step.back() = 1;
          }
          kernel.storeResults(p);
        });
  });
}
