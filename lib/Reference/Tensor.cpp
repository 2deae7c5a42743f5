//===-- Tensor.cpp - a tensor in host memory ------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Reference/Tensor.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "llvm/Support/MathExtras.h"

#include <cstring>
#include <new>

using namespace mlir;
using namespace tenon;

//===----------------------------------------------------------------------===//
// Making tensors
//===----------------------------------------------------------------------===//

std::optional<int64_t> tenon::elementCount(Kind kind, ArrayRef<int64_t> shape) {
  int64_t bytes = bytesOf(kind);
  bool empty = llvm::is_contained(shape, 0);
  for (int64_t extent : shape) {
    if (extent < 0)
      return std::nullopt;
    if (!empty && llvm::MulOverflow(bytes, extent, bytes))
      return std::nullopt;
  }
  return empty ? 0 : bytes / bytesOf(kind);
}

static std::shared_ptr<const void> allocateBytes(size_t size) {
  constexpr std::align_val_t align{Tensor::alignment};
  // At least one byte, so that an empty tensor is not a null one.
  void *p = ::operator new(std::max<size_t>(size, 1), align, std::nothrow);
  if (!p)
    return nullptr;
  return {p, [](const void *p) {
            ::operator delete(const_cast<void *>(p), align);
          }};
}

Tensor Tensor::allocate(Kind kind, ArrayRef<int64_t> shape) {
  std::optional<int64_t> n = elementCount(kind, shape);
  if (!n)
    return {};
  Tensor t;
  t.bytes = allocateBytes(*n * bytesOf(kind));
  t.extents.assign(shape.begin(), shape.end());
  t.count = *n;
  t.elementKind = kind;
  return t;
}

Tensor Tensor::allocate(RankedTensorType type) {
  return allocate(kindOf(type.getElementType()), type.getShape());
}

Tensor Tensor::splat(ArrayRef<int64_t> shape, HostScalar value) {
  std::optional<int64_t> n = elementCount(value.kind, shape);
  if (!n)
    return {};
  Tensor t = allocate(value.kind, {});
  value.store(t.mutableData());
  t.extents.assign(shape.begin(), shape.end());
  t.count = *n;
  t.isOneForAll = true;
  return t;
}

Tensor Tensor::view(Kind kind, ArrayRef<int64_t> shape, ArrayRef<char> bytes,
                    std::shared_ptr<const void> owner) {
  std::optional<int64_t> n = elementCount(kind, shape);
  if (!n || static_cast<uint64_t>(*n) * bytesOf(kind) != bytes.size())
    return {};
  // Memory holds 0 or 1 for a Bool; a file may hold anything.
  bool asTheyAre =
      reinterpret_cast<uintptr_t>(bytes.data()) % bytesOf(kind) == 0 &&
      !(kind == Kind::Bool &&
        llvm::any_of(bytes, [](char c) { return c & ~1; }));
  if (asTheyAre && !bytes.empty()) {
    Tensor t;
    t.bytes = std::shared_ptr<const void>(std::move(owner), bytes.data());
    t.extents.assign(shape.begin(), shape.end());
    t.count = *n;
    t.elementKind = kind;
    return t;
  }
  Tensor t = allocate(kind, shape);
  if (!t)
    return {};
  auto *to = static_cast<char *>(t.mutableData());
  if (kind == Kind::Bool)
    llvm::transform(bytes, to, [](char c) { return char(c != 0); });
  else if (!bytes.empty())
    std::memcpy(to, bytes.data(), bytes.size());
  return t;
}

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

static bool isElement(Type t) {
  if (auto i = dyn_cast<IntegerType>(t))
    return i.isInteger(1) ||
           (!i.isSigned() &&
            llvm::is_contained({8u, 16u, 32u, 64u}, i.getWidth()));
  return t.isF32() || t.isF64() || t.isF16() || t.isBF16();
}

static Tensor fromDense(Kind kind, ArrayRef<int64_t> shape,
                        DenseElementsAttr d) {
  // MLIR packs i1 to bits in some forms: ask for bool values.
  if (d.isSplat()) {
    if (kind == Kind::Bool)
      return Tensor::splat(shape, HostScalar::ofBool(d.getSplatValue<bool>()));
    return Tensor::splat(shape, HostScalar::load(kind, d.getRawData().data()));
  }
  if (kind != Kind::Bool)
    return Tensor::view(kind, shape, d.getRawData());
  Tensor t = Tensor::allocate(kind, shape);
  if (t)
    llvm::copy(d.getValues<bool>(), static_cast<char *>(t.mutableData()));
  return t;
}

FailureOr<Tensor> Tensor::fromAttr(Location loc, ElementsAttr value) {
  auto type = dyn_cast<RankedTensorType>(value.getShapedType());
  if (!type || !type.hasStaticShape() || !isElement(type.getElementType()))
    return emitError(loc)
           << "constant of type " << value.getShapedType()
           << " is no tensor of static shape and supported elements";
  Kind kind = kindOf(type.getElementType());
  std::optional<int64_t> n = elementCount(kind, type.getShape());
  if (!n)
    return emitError(loc) << "constant of type " << type
                          << " is too large for 64-bit sizes";
  Tensor t;
  if (auto d = dyn_cast<DenseIntOrFPElementsAttr>(value)) {
    t = fromDense(kind, type.getShape(), d);
  } else if (auto r = dyn_cast<DenseResourceElementsAttr>(value)) {
    AsmResourceBlob *blob = r.getRawHandle().getBlob();
    if (!blob)
      return emitError(loc)
             << "resource '" << r.getRawHandle().getKey() << "' has no bytes";
    size_t expected = *n * bytesOf(kind);
    if (blob->getData().size() != expected)
      return emitError(loc) << "resource '" << r.getRawHandle().getKey()
                            << "' has " << blob->getData().size() << " bytes, "
                            << type << " needs " << expected;
    t = view(kind, type.getShape(), blob->getData());
  } else {
    return emitError(loc)
           << "constant is neither dense elements nor a resource";
  }
  if (!t)
    return emitError(loc) << "no memory for a constant of type " << type;
  return t;
}

DenseElementsAttr Tensor::toAttr(MLIRContext *context) const {
  RankedTensorType t = type(context);
  auto *p = static_cast<const char *>(data());
  size_t stored = isOneForAll ? std::min<int64_t>(count, 1) : count;
  if (elementKind == Kind::Bool)
    return DenseElementsAttr::get(
        t, ArrayRef(reinterpret_cast<const bool *>(p), stored));
  return DenseElementsAttr::getFromRawBuffer(
      t, {p, stored * bytesOf(elementKind)});
}

RankedTensorType Tensor::type(MLIRContext *context) const {
  return RankedTensorType::get(extents, typeOf(elementKind, context));
}

bool Tensor::hasType(Type type) const {
  auto t = dyn_cast<RankedTensorType>(type);
  return t && isElement(t.getElementType()) &&
         kindOf(t.getElementType()) == elementKind && t.getShape() == shape();
}

//===----------------------------------------------------------------------===//
// Forms
//===----------------------------------------------------------------------===//

Tensor Tensor::dense() const {
  if (!isOneForAll)
    return *this;
  Tensor t = allocate(elementKind, extents);
  if (!t || count == 0)
    return t;
  auto *to = static_cast<char *>(t.mutableData());
  size_t width = bytesOf(elementKind), size = count * width;
  std::memcpy(to, data(), width);
  // Doubles what is there, in blocks that stay in cache.
  for (size_t done = width; done < size;) {
    size_t block = std::min({done, size - done, size_t(1) << 16});
    std::memcpy(to + done, to, block);
    done += block;
  }
  return t;
}

Tensor Tensor::reshaped(ArrayRef<int64_t> shape) const {
  std::optional<int64_t> n = elementCount(elementKind, shape);
  assert(n && *n == count && "reshape keeps the number of elements");
  Tensor t = *this;
  t.extents.assign(shape.begin(), shape.end());
  t.count = *n;
  return t;
}

bool tenon::bitwiseEqual(const Tensor &a, const Tensor &b) {
  if (a.kind() != b.kind() || a.shape() != b.shape())
    return false;
  if (a.size() == 0)
    return true;
  size_t width = bytesOf(a.kind());
  if (a.isSplat() == b.isSplat())
    return std::memcmp(a.data(), b.data(),
                       a.isSplat() ? width : a.sizeInBytes()) == 0;
  const Tensor &one = a.isSplat() ? a : b, &all = a.isSplat() ? b : a;
  auto *p = static_cast<const char *>(all.data());
  for (int64_t i = 0; i < all.size(); ++i)
    if (std::memcmp(one.data(), p + i * width, width) != 0)
      return false;
  return true;
}
