//===-- Pointwise.cpp - pointwise ops, by loop or element by element ------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "lib/Reference/Kernels.h"
#include "lib/Reference/Lane.h"
#include "lib/Reference/Semantics.h"

#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/TypeSwitch.h"

#include <vector>

using namespace mlir;
using namespace tenon;
using namespace tenon::reference;

const KernelSet &tenon::reference::kernels() {
#if defined(__x86_64__)
  static const bool hasFMA =
      __builtin_cpu_supports("fma") && __builtin_cpu_supports("avx2");
  if (hasFMA)
    return fmaKernels;
#endif
  return baselineKernels;
}

using KernelTable =
    llvm::StringMap<SmallVector<std::pair<Kind, PointwiseKernel>, 3>>;

PointwiseKernel tenon::reference::findPointwise(StringRef op, Kind kind) {
  static const KernelTable table = [] {
    KernelTable t;
    auto add = [](const char *op, Kind kind, PointwiseKernel kernel,
                  void *context) {
      (*static_cast<KernelTable *>(context))[op].emplace_back(kind, kernel);
    };
    kernels().visitPointwise(add, &t);
    return t;
  }();
  auto found = table.find(op);
  if (found != table.end())
    for (auto [k, kernel] : found->second)
      if (k == kind)
        return kernel;
  return nullptr;
}

//===----------------------------------------------------------------------===//
// Ops whose operand and result types differ
//===----------------------------------------------------------------------===//

namespace {

/// A loop with everything it needs bound.
using Loop =
    std::function<void(const void *const *operands, void *result, int64_t n)>;

template <Kind K>
constexpr int64_t width = widthOf(K) / 8;

template <Kind From, Kind To>
void castLoop(const void *const *operands, void *result, int64_t n) {
  auto *x = static_cast<const char *>(operands[0]);
  auto *y = static_cast<char *>(result);
  for (int64_t i = 0; i < n; ++i)
    store(convert(load(From, x + i * width<From>), To), y + i * width<To>);
}

template <Kind K, Predicate P>
void compareLoop(const void *const *operands, void *result, int64_t n) {
  auto *a = static_cast<const char *>(operands[0]),
       *b = static_cast<const char *>(operands[1]);
  auto *y = static_cast<uint8_t *>(result);
  for (int64_t i = 0; i < n; ++i)
    y[i] = compare(P, load(K, a + i * width<K>), load(K, b + i * width<K>)).i;
}

template <class Word>
void selectLoop(const void *const *operands, void *result, int64_t n) {
  auto *c = static_cast<const uint8_t *>(operands[0]);
  auto *a = static_cast<const Word *>(operands[1]),
       *b = static_cast<const Word *>(operands[2]);
  auto *y = static_cast<Word *>(result);
  for (int64_t i = 0; i < n; ++i)
    y[i] = c[i] ? a[i] : b[i];
}

Loop loopOf(CastOp op) {
  return withKind(kindOf(op.getX().getType().getElementType()), [&](auto from) {
    return withKind(
        kindOf(op.getType().getElementType()), [&](auto to) -> Loop {
          return castLoop<decltype(from)::value, decltype(to)::value>;
        });
  });
}

Loop loopOf(CompareOp op) {
  return withKind(kindOf(op.getLhs().getType().getElementType()),
                  [&](auto k) -> Loop {
                    constexpr Kind K = decltype(k)::value;
                    switch (op.getPredicate()) {
                    case Predicate::EQ:
                      return compareLoop<K, Predicate::EQ>;
                    case Predicate::NE:
                      return compareLoop<K, Predicate::NE>;
                    case Predicate::LT:
                      return compareLoop<K, Predicate::LT>;
                    case Predicate::LE:
                      return compareLoop<K, Predicate::LE>;
                    case Predicate::GT:
                      return compareLoop<K, Predicate::GT>;
                    case Predicate::GE:
                      return compareLoop<K, Predicate::GE>;
                    }
                    llvm_unreachable("unknown predicate");
                  });
}

Loop loopOf(SelectOp op) {
  switch (bytesOf(kindOf(op.getType().getElementType()))) {
  case 1:
    return selectLoop<uint8_t>;
  case 2:
    return selectLoop<uint16_t>;
  case 4:
    return selectLoop<uint32_t>;
  default:
    return selectLoop<uint64_t>;
  }
}

/// One element after the other, through the op's own evalScalar.
Loop loopOf(PointwiseOpInterface op) {
  SmallVector<Kind> kinds;
  for (Type t : op->getOperandTypes())
    kinds.push_back(kindOf(getElementTypeOrSelf(t)));
  int64_t step =
      bytesOf(kindOf(getElementTypeOrSelf(op->getResult(0).getType())));
  return [=](const void *const *operands, void *result, int64_t n) mutable {
    SmallVector<HostScalar> args(kinds.size());
    for (int64_t i = 0; i < n; ++i) {
      for (auto [a, kind, from] :
           llvm::zip(args, kinds, ArrayRef(operands, kinds.size())))
        a = HostScalar::load(kind, static_cast<const char *>(from) +
                                       i * bytesOf(kind));
      op.evalScalar(args).store(static_cast<char *>(result) + i * step);
    }
  };
}

Loop loopOf(Operation *op, Kind kind) {
  return llvm::TypeSwitch<Operation *, Loop>(op)
      .Case<CastOp, CompareOp, SelectOp>([](auto o) { return loopOf(o); })
      .Default([&](Operation *o) -> Loop {
        if (PointwiseKernel kernel =
                findPointwise(o->getName().getStringRef(), kind))
          return kernel;
        return loopOf(cast<PointwiseOpInterface>(o));
      });
}

} // namespace

Tensor tenon::reference::pointwise(Operation *op, ArrayRef<Tensor> operands) {
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  Kind kind = kindOf(type.getElementType());
  if (llvm::all_of(operands, [](const Tensor &t) { return t.isSplat(); })) {
    SmallVector<HostScalar> args;
    for (const Tensor &t : operands)
      args.push_back(t[0]);
    return Tensor::splat(type.getShape(),
                         cast<PointwiseOpInterface>(op).evalScalar(args));
  }

  Tensor result = Tensor::allocate(type);
  if (!result)
    return {};
  // In blocks that fit the cache. A splat is spread over one block, once.
  constexpr int64_t block = 4096;
  SmallVector<Tensor> spread(operands.begin(), operands.end());
  for (Tensor &t : spread)
    if (t.isSplat())
      t = Tensor::splat({std::min(block, result.size())}, t[0]).dense();
  if (llvm::is_contained(
          llvm::map_range(spread, [](const Tensor &t) { return bool(t); }),
          false))
    return {};
  Loop loop = loopOf(op, kind);
  SmallVector<const void *> from(operands.size());
  for (int64_t first = 0; first < result.size(); first += block) {
    for (size_t i = 0; i < operands.size(); ++i)
      from[i] =
          static_cast<const char *>(spread[i].data()) +
          (operands[i].isSplat() ? 0 : first * bytesOf(operands[i].kind()));
    loop(from.data(),
         static_cast<char *>(result.mutableData()) + first * bytesOf(kind),
         std::min(block, result.size() - first));
  }
  return result;
}
