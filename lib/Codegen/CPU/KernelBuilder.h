//===-- KernelBuilder.h - index arithmetic, memory, loops -------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A kernel is one function over raw pointers. Loops are scf, values are scalars
// or 1-D vectors in arith, math and vector; memory is the LLVM dialect's loads
// and stores at element offsets from a pointer. There is no tensor, no memref
// and so nothing to bufferise: the emitter decides every load and store.
//===----------------------------------------------------------------------===//

#ifndef TENON_CODEGEN_CPU_KERNELBUILDER_H
#define TENON_CODEGEN_CPU_KERNELBUILDER_H

#include "dialects/Interfaces/Scalar.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"

namespace tenon::cpu {

/// A dense row-major tensor in memory.
struct Buffer {
  mlir::Value pointer; // !llvm.ptr
  Kind kind;
  llvm::SmallVector<int64_t> shape;
  /// In elements.
  llvm::SmallVector<int64_t> strides;

  static Buffer rowMajor(mlir::Value pointer, mlir::RankedTensorType type);
};

/// Vector lanes every kernel is written for, whatever the hardware's width.
constexpr int64_t kLanes = 16;

class KernelBuilder {
public:
  KernelBuilder(mlir::OpBuilder &b, mlir::Location loc) : b(b), loc(loc) {}

  mlir::OpBuilder &builder() { return b; }
  mlir::Location location() const { return loc; }
  IRScalar scalar(mlir::Value v, Kind kind) { return {v, kind, &b, loc}; }

  // Index arithmetic folds constants as it goes.
  mlir::Value index(int64_t v);
  mlir::Value add(mlir::Value l, mlir::Value r);
  mlir::Value add(mlir::Value l, int64_t r) { return add(l, index(r)); }
  mlir::Value sub(mlir::Value l, mlir::Value r);
  mlir::Value mul(mlir::Value l, int64_t r);
  mlir::Value div(mlir::Value l, int64_t r);
  mlir::Value rem(mlir::Value l, int64_t r);
  mlir::Value min(mlir::Value l, mlir::Value r);
  mlir::Value max(mlir::Value l, mlir::Value r);
  /// Whether 0 <= v < extent.
  mlir::Value inRange(mlir::Value v, int64_t extent);
  mlir::Value both(mlir::Value l, mlir::Value r);
  mlir::Value select(mlir::Value c, mlir::Value l, mlir::Value r);
  /// The indices of the row-major element `linear` of `shape`.
  llvm::SmallVector<mlir::Value> delinearize(mlir::Value linear,
                                             llvm::ArrayRef<int64_t> shape);
  /// The constant that `v` is, if it is one.
  std::optional<int64_t> constant(mlir::Value v);

  // Types.
  mlir::Type registerType(Kind kind, int64_t lanes);

  /// pointer + offset elements of `kind`.
  mlir::Value advance(mlir::Value pointer, Kind kind, mlir::Value offset);
  mlir::Value advance(mlir::Value pointer, Kind kind, int64_t offset) {
    return advance(pointer, kind, index(offset));
  }

  /// Loads `lanes` elements at pointer, `stride` elements apart (0: one element
  /// repeated). With a mask (vector<lanes x i1>) the others are not touched and
  /// read as 0.
  mlir::Value load(mlir::Value pointer, Kind kind, int64_t lanes = 1,
                   int64_t stride = 1, mlir::Value mask = {});
  /// Stores the value's lanes contiguously.
  void store(mlir::Value value, mlir::Value pointer, Kind kind,
             mlir::Value mask = {});

  mlir::Value splat(mlir::Value scalar, int64_t lanes);
  /// The splat of a host value in register form.
  mlir::Value constantOf(HostScalar value, int64_t lanes);
  /// vector<lanes x i1>: lane < count.
  mlir::Value maskBelow(mlir::Value count, int64_t lanes);
  /// The lane numbers 0, 1, ... of an integer vector type.
  mlir::Value laneNumbers(mlir::Type element, int64_t lanes);

  /// for (i = from; i < to; i += step) body(i).
  void loop(mlir::Value from, mlir::Value to, int64_t step,
            llvm::function_ref<void(mlir::Value)> body);
  /// The same with carried values; body returns the next ones.
  llvm::SmallVector<mlir::Value>
  loop(mlir::Value from, mlir::Value to, int64_t step, mlir::ValueRange init,
       llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::Value,
                                                         mlir::ValueRange)>
           body);
  /// Covers [from, to) of [0, extent) by whole vectors of `lanes`, then one
  /// masked for what is left: body(index, mask), the mask null when whole. A
  /// `to` other than extent is a multiple of lanes.
  void overLanes(mlir::Value from, mlir::Value to, int64_t extent,
                 int64_t lanes,
                 llvm::function_ref<void(mlir::Value, mlir::Value)> body);
  void branch(mlir::Value condition, llvm::function_ref<void()> then,
              llvm::function_ref<void()> otherwise = {});
  llvm::SmallVector<mlir::Value>
  branch(mlir::Value condition, mlir::TypeRange types,
         llvm::function_ref<llvm::SmallVector<mlir::Value>()> then,
         llvm::function_ref<llvm::SmallVector<mlir::Value>()> otherwise);

private:
  mlir::OpBuilder &b;
  mlir::Location loc;
};

} // namespace tenon::cpu

#endif // TENON_CODEGEN_CPU_KERNELBUILDER_H
