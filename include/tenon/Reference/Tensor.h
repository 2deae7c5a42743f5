//===-- Tensor.h - a tensor in host memory ----------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "dialects/Interfaces/Scalar.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

#include <memory>
#include <optional>

namespace tenon {

/// Elements of one kind in row-major order. Copies share the bytes; the last
/// one frees them. Needs no MLIRContext.
///
/// A splat keeps one element for all: a large constant fill costs its element,
/// until someone asks for dense bytes.
class Tensor {
public:
  /// Bytes are aligned to this.
  static constexpr size_t alignment = 64;

  /// A null tensor; only assignment and `operator bool` are allowed on it.
  Tensor() = default;

  /// Uninitialised elements. Null if the machine has not that much memory, or
  /// if an extent is negative or the size overflows.
  static Tensor allocate(Kind kind, llvm::ArrayRef<int64_t> shape);
  static Tensor allocate(mlir::RankedTensorType type);
  /// One element for all. Null as above, but for memory.
  static Tensor splat(llvm::ArrayRef<int64_t> shape, HostScalar value);
  /// The caller's bytes, in memory layout (Bool: one byte, 0 or 1), which
  /// `owner` keeps alive; null if there are not as many as the shape says.
  /// Bytes not aligned to their element are copied.
  static Tensor view(Kind kind, llvm::ArrayRef<int64_t> shape,
                     llvm::ArrayRef<char> bytes,
                     std::shared_ptr<const void> owner = nullptr);
  /// A copy of `elements`; the C++ type must have the kind's width.
  template <class T>
  static Tensor of(Kind kind, llvm::ArrayRef<int64_t> shape,
                   llvm::ArrayRef<T> elements) {
    assert(sizeof(T) == bytesOf(kind));
    Tensor t = allocate(kind, shape);
    if (!t || t.size() != static_cast<int64_t>(elements.size()))
      return {};
    llvm::copy(elements, static_cast<T *>(t.mutableData()));
    return t;
  }

  /// The value of an attribute of static shape. Splats stay splats; a resource
  /// is viewed, not copied, and must outlive the tensor. Fails with a
  /// diagnostic at `loc`.
  static mlir::FailureOr<Tensor> fromAttr(mlir::Location loc,
                                          mlir::ElementsAttr value);
  /// Splats stay splats; anything else is copied into the context.
  mlir::DenseElementsAttr toAttr(mlir::MLIRContext *context) const;

  explicit operator bool() const { return bytes != nullptr; }
  Kind kind() const { return elementKind; }
  llvm::ArrayRef<int64_t> shape() const { return extents; }
  int64_t rank() const { return extents.size(); }
  /// The number of elements.
  int64_t size() const { return count; }
  /// Of the dense form.
  size_t sizeInBytes() const { return count * bytesOf(elementKind); }
  mlir::RankedTensorType type(mlir::MLIRContext *context) const;
  bool hasType(mlir::Type type) const;

  /// One stored element stands for all.
  bool isSplat() const { return isOneForAll; }
  /// All elements stored; null if there is no memory for them.
  Tensor dense() const;
  /// The same elements in another shape of equal size; shares the bytes.
  Tensor reshaped(llvm::ArrayRef<int64_t> shape) const;

  /// Row-major bytes; a splat has only one element here.
  const void *data() const { return bytes.get(); }
  /// For the maker of a tensor from `allocate`, before it is shared.
  void *mutableData() { return const_cast<void *>(bytes.get()); }
  /// The elements as C++ values of the kind's width. Not for splats.
  template <class T>
  llvm::ArrayRef<T> elements() const {
    assert(!isOneForAll && sizeof(T) == bytesOf(elementKind));
    return {static_cast<const T *>(bytes.get()), static_cast<size_t>(count)};
  }
  /// Element `index` in row-major order.
  HostScalar operator[](int64_t index) const {
    return HostScalar::load(
        elementKind, static_cast<const char *>(bytes.get()) +
                         (isOneForAll ? 0 : index * bytesOf(elementKind)));
  }

private:
  std::shared_ptr<const void> bytes;
  llvm::SmallVector<int64_t, 4> extents;
  int64_t count = 0;
  Kind elementKind = Kind::F32;
  bool isOneForAll = false;
};

/// The number of elements; none if an extent is negative or if the elements'
/// bytes do not fit 63 bits.
std::optional<int64_t> elementCount(Kind kind, llvm::ArrayRef<int64_t> shape);

/// Whether kind, shape and every bit are equal.
bool bitwiseEqual(const Tensor &a, const Tensor &b);

} // namespace tenon
