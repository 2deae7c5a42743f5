//===-- Movement.cpp - ops that move elements without computing -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "lib/Reference/Lane.h"
#include "lib/Reference/Semantics.h"

#include "llvm/Support/MathExtras.h"

#include <algorithm>
#include <cstring>

using namespace mlir;
using namespace tenon;
using namespace tenon::reference;

namespace {

struct Dim {
  int64_t extent, from, to; // strides in elements
};

/// Row-major strides in elements.
SmallVector<int64_t> stridesOf(ArrayRef<int64_t> shape) {
  SmallVector<int64_t> strides(shape.size(), 1);
  for (size_t d = shape.size(); d-- > 1;)
    strides[d - 1] = strides[d] * shape[d];
  return strides;
}

/// Drops dimensions of extent 1 and merges those that run on.
SmallVector<Dim> merged(ArrayRef<Dim> dims) {
  SmallVector<Dim> out;
  for (const Dim &d : dims) {
    if (d.extent == 1)
      continue;
    if (!out.empty() && out.back().from == d.extent * d.from &&
        out.back().to == d.extent * d.to)
      out.back() = {out.back().extent * d.extent, d.from, d.to};
    else
      out.push_back(d);
  }
  return out;
}

template <class Word>
void copyRow(const Word *from, Word *to, const Dim &d) {
  if (d.from == 1 && d.to == 1) {
    std::memcpy(to, from, d.extent * sizeof(Word));
    return;
  }
  for (int64_t i = 0; i < d.extent; ++i)
    to[i * d.to] = from[i * d.from];
}

/// Two dimensions, in square tiles: each line of cache that is touched is used
/// whole before it leaves, in whichever direction it runs.
template <class Word>
void copyPlane(const Word *from, Word *to, const Dim &outer, const Dim &inner) {
  constexpr int64_t tile = 16;
  for (int64_t a = 0; a < outer.extent; a += tile)
    for (int64_t b = 0; b < inner.extent; b += tile) {
      int64_t endA = std::min(a + tile, outer.extent),
              endB = std::min(b + tile, inner.extent);
      for (int64_t i = a; i < endA; ++i)
        for (int64_t j = b; j < endB; ++j)
          to[i * outer.to + j * inner.to] =
              from[i * outer.from + j * inner.from];
    }
}

template <class Word>
void copyDims(const Word *from, Word *to, ArrayRef<Dim> dims) {
  if (dims.empty()) {
    *to = *from;
    return;
  }
  if (dims.size() == 1)
    return copyRow(from, to, dims[0]);
  if (dims.size() == 2 && dims[1].from != 1 && dims[0].from == 1)
    return copyPlane(from, to, dims[0], dims[1]);
  for (int64_t i = 0; i < dims[0].extent; ++i)
    copyDims(from + i * dims[0].from, to + i * dims[0].to, dims.drop_front());
}

/// Copies element (i, j, ...) at `from` + i * dims[0].from + ... to the like
/// place at `to`; addresses of the first element.
void copyStrided(unsigned width, const void *from, void *to,
                 ArrayRef<Dim> all) {
  if (llvm::any_of(all, [](const Dim &d) { return d.extent == 0; }))
    return;
  SmallVector<Dim> dims = merged(all);
  // The dimension that is contiguous in the source goes next to the innermost
  // one, where copyPlane finds it.
  if (dims.size() > 2 && dims.back().from != 1) {
    auto contiguous =
        llvm::find_if(dims, [](const Dim &d) { return d.from == 1; });
    if (contiguous != dims.end())
      std::rotate(contiguous, contiguous + 1, dims.end() - 1);
  }
  auto as = [&](auto word) {
    copyDims(static_cast<const decltype(word) *>(from),
             static_cast<decltype(word) *>(to), ArrayRef<Dim>(dims));
  };
  switch (width) {
  case 1:
    return as(uint8_t());
  case 2:
    return as(uint16_t());
  case 4:
    return as(uint32_t());
  default:
    return as(uint64_t());
  }
}

const char *at(const Tensor &t, int64_t element) {
  return static_cast<const char *>(t.data()) + element * bytesOf(t.kind());
}
char *at(Tensor &t, int64_t element) {
  return static_cast<char *>(t.mutableData()) + element * bytesOf(t.kind());
}

/// A result of `shape` whose element (i, j, ...) is element `first` + i *
/// strides[0] + ... of x; a splat stays one.
Tensor gathered(const Tensor &x, ArrayRef<int64_t> shape, int64_t first,
                ArrayRef<int64_t> strides) {
  if (x.isSplat())
    return Tensor::splat(shape, x[0]);
  Tensor y = Tensor::allocate(x.kind(), shape);
  if (!y)
    return {};
  SmallVector<Dim> dims;
  for (auto [extent, from, to] : llvm::zip(shape, strides, stridesOf(shape)))
    dims.push_back({extent, from, to});
  copyStrided(bytesOf(x.kind()), at(x, first), y.mutableData(), dims);
  return y;
}

} // namespace

Tensor tenon::reference::broadcast(BroadcastOp op, const Tensor &x) {
  SmallVector<int64_t> strides(op.getType().getRank(), 0);
  for (auto [d, stride] : llvm::zip(op.getDims(), stridesOf(x.shape())))
    strides[d] = stride;
  return gathered(x, op.getType().getShape(), 0, strides);
}

Tensor tenon::reference::transpose(const Tensor &x,
                                   ArrayRef<int64_t> permutation) {
  SmallVector<int64_t> from = stridesOf(x.shape()), shape, strides;
  for (int64_t d : permutation) {
    shape.push_back(x.shape()[d]);
    strides.push_back(from[d]);
  }
  return gathered(x, shape, 0, strides);
}

Tensor tenon::reference::slice(SliceOp op, const Tensor &x) {
  int64_t first = 0;
  SmallVector<int64_t> strides;
  for (auto [start, stride, from] :
       llvm::zip(op.getStarts(), op.getStrides(), stridesOf(x.shape()))) {
    first += start * from;
    strides.push_back(stride * from);
  }
  // An empty window may start anywhere.
  if (llvm::is_contained(op.getSizes(), 0))
    first = 0;
  return gathered(x, op.getSizes(), first, strides);
}

Tensor tenon::reference::pad(PadOp op, const Tensor &x) {
  auto type = cast<RankedTensorType>(op.getType());
  ArrayRef<int64_t> shape = type.getShape(), low = op.getLow();
  HostScalar value =
      HostScalar::ofDouble(x.kind(), op.getValue().convertToDouble());
  // The interior first; then each dimension in turn repeats what is there.
  Tensor y = Tensor::splat(shape, value).dense();
  Tensor whole = x.dense();
  if (!y || !whole)
    return {};
  if (y.size() == 0)
    return y;
  SmallVector<int64_t> to = stridesOf(shape), from = stridesOf(x.shape());
  SmallVector<Dim> dims;
  int64_t first = 0;
  for (int64_t d = 0; d < type.getRank(); ++d) {
    dims.push_back({x.shape()[d], from[d], to[d] * (op.getInteriorOf(d) + 1)});
    first += low[d] * to[d];
  }
  unsigned width = bytesOf(x.kind());
  copyStrided(width, whole.data(), at(y, first), dims);
  if (op.getMode() == PadMode::Constant)
    return y;
  for (int64_t d = 0; d < type.getRank(); ++d) {
    // Dimensions before d are whole, those after it only their interior, so
    // that every source element is set.
    SmallVector<Dim> plane;
    int64_t origin = 0;
    for (int64_t e = 0; e < type.getRank(); ++e) {
      if (e == d)
        continue;
      bool done = e < d;
      plane.push_back({done ? shape[e] : x.shape()[e], to[e], to[e]});
      origin += done ? 0 : low[e] * to[e];
    }
    for (int64_t i = 0; i < shape[d]; ++i) {
      int64_t source =
          padSource(op.getMode(), i - low[d], x.shape()[d]) + low[d];
      if (source != i)
        copyStrided(width, at(y, origin + source * to[d]),
                    at(y, origin + i * to[d]), plane);
    }
  }
  return y;
}

Tensor tenon::reference::concat(ConcatOp op, ArrayRef<Tensor> inputs) {
  auto type = cast<RankedTensorType>(op.getType());
  Tensor y = Tensor::allocate(type);
  if (!y)
    return {};
  int64_t axis = op.getAxis(), offset = 0;
  SmallVector<int64_t> to = stridesOf(type.getShape());
  for (const Tensor &x : inputs) {
    SmallVector<int64_t> from = stridesOf(x.shape());
    SmallVector<Dim> dims;
    for (int64_t d = 0; d < type.getRank(); ++d)
      dims.push_back({x.shape()[d], x.isSplat() ? 0 : from[d], to[d]});
    copyStrided(bytesOf(y.kind()), x.data(), at(y, offset), dims);
    offset += x.shape()[axis] * to[axis];
  }
  return y;
}

/// Where indices point to in a dimension of `extent`.
static SmallVector<int64_t> positionsOf(const Tensor &indices, int64_t extent) {
  SmallVector<int64_t> positions(indices.size());
  for (int64_t i = 0; i < indices.size(); ++i) {
    HostScalar index = indices[i];
    // A u64 beyond 2^63 is past the end, not negative.
    int64_t p = index.kind == Kind::U64 && index.i < 0 ? extent : index.i;
    p = p < 0 ? p + extent : p;
    positions[i] = std::clamp<int64_t>(p, 0, extent - 1);
  }
  return positions;
}

Tensor tenon::reference::gather(GatherOp op, const Tensor &x,
                                const Tensor &indices) {
  auto type = cast<RankedTensorType>(op.getType());
  if (x.isSplat())
    return Tensor::splat(type.getShape(), x[0]);
  Tensor y = Tensor::allocate(type);
  if (!y || y.size() == 0)
    return y;
  int64_t axis = op.getAxis(), extent = x.shape()[axis],
          inner = stridesOf(x.shape())[axis];
  int64_t outer = x.size() / (extent * inner);
  size_t bytes = inner * bytesOf(x.kind());
  SmallVector<int64_t> positions = positionsOf(indices, extent);
  char *to = at(y, 0);
  for (int64_t o = 0; o < outer; ++o)
    for (int64_t p : positions) {
      std::memcpy(to, at(x, (o * extent + p) * inner), bytes);
      to += bytes;
    }
  return y;
}

Tensor tenon::reference::scatterAdd(ScatterAddOp op, const Tensor &operand,
                                    const Tensor &indices) {
  auto type = cast<RankedTensorType>(op.getType());
  Kind kind = operand.kind();
  Tensor x = operand.dense(),
         y = Tensor::splat(type.getShape(), HostScalar::ofInt(kind, 0)).dense();
  if (!x || !y || y.size() == 0)
    return y;
  int64_t axis = op.getAxis(), extent = y.shape()[axis],
          inner = stridesOf(y.shape())[axis];
  int64_t outer = y.size() / (extent * inner);
  SmallVector<int64_t> positions = positionsOf(indices, extent);
  withKind(kind, [&](auto constant) {
    constexpr Kind K = decltype(constant)::value;
    constexpr int64_t width = widthOf(K) / 8;
    const char *from = at(x, 0);
    for (int64_t o = 0; o < outer; ++o)
      for (int64_t p : positions) {
        char *to = at(y, (o * extent + p) * inner);
        for (int64_t i = 0; i < inner; ++i, from += width, to += width)
          store(load(K, to) + load(K, from), to);
      }
  });
  return y;
}

Tensor tenon::reference::iota(IotaOp op) {
  auto type = cast<RankedTensorType>(op.getType());
  Kind kind = kindOf(type.getElementType());
  Tensor y = Tensor::allocate(type);
  if (!y || y.size() == 0)
    return y;
  int64_t extent = type.getDimSize(op.getAxis()),
          inner = stridesOf(type.getShape())[op.getAxis()];
  for (int64_t i = 0; i < y.size(); ++i)
    convert(HostScalar::ofInt(Kind::I64, i / inner % extent), kind)
        .store(at(y, i));
  return y;
}

Tensor tenon::reference::linearIndex(LinearIndexOp op) {
  auto type = cast<RankedTensorType>(op.getType());
  Kind kind = kindOf(type.getElementType());
  Tensor y = Tensor::allocate(type);
  if (!y)
    return y;
  SmallVector<int64_t> index(type.getRank(), 0);
  int64_t position = 0;
  for (int64_t i = 0; i < y.size(); ++i) {
    convert(HostScalar::ofInt(Kind::I64, position), kind).store(at(y, i));
    for (int64_t d = type.getRank() - 1; d >= 0; --d) {
      position += op.getStrides()[d];
      if (++index[d] < type.getDimSize(d))
        break;
      position -= index[d] * op.getStrides()[d];
      index[d] = 0;
    }
  }
  return y;
}

Tensor tenon::reference::pack(const Tensor &x, int64_t panel) {
  // A matrix of its last dimension by all before it.
  int64_t n = x.shape().back(), k = n ? x.size() / n : 0,
          panels = llvm::divideCeil(n, panel);
  Tensor whole = x.dense();
  // +0.0 is all zero bits in every kind.
  Tensor y = Tensor::allocate(x.kind(), {panels, k, panel});
  if (!whole || !y)
    return {};
  unsigned width = bytesOf(x.kind());
  for (int64_t p = 0; p < panels; ++p) {
    int64_t used = std::min(panel, n - p * panel);
    for (int64_t row = 0; row < k; ++row) {
      char *to = at(y, (p * k + row) * panel);
      std::memcpy(to, at(whole, row * n + p * panel), used * width);
      std::memset(to + used * width, 0, (panel - used) * width);
    }
  }
  return y;
}

Tensor tenon::reference::unpack(const Tensor &x, ArrayRef<int64_t> shape) {
  int64_t panels = x.shape()[0], k = x.shape()[1], panel = x.shape()[2];
  int64_t columns = shape.back();
  if (x.isSplat())
    return Tensor::splat(shape, x[0]);
  Tensor y = Tensor::allocate(x.kind(), shape);
  if (!y)
    return {};
  for (int64_t row = 0; row < k; ++row)
    for (int64_t p = 0; p < panels; ++p) {
      int64_t used = std::min(panel, columns - p * panel);
      std::memcpy(at(y, row * columns + p * panel),
                  at(x, (p * k + row) * panel), used * bytesOf(x.kind()));
    }
  return y;
}
