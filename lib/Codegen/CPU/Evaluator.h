//===-- Evaluator.h - values of a group at a point --------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Fusion by demand: a loop nest asks for the value of a tensor at a point, and
// the evaluator builds what that takes: loads from the group's arguments,
// scalar bodies of pointwise ops, moved indices for ops that move elements. A
// nest that has computed a value itself (an accumulator) binds it first.
//===----------------------------------------------------------------------===//

#ifndef TENON_CODEGEN_CPU_EVALUATOR_H
#define TENON_CODEGEN_CPU_EVALUATOR_H

#include "lib/Codegen/CPU/KernelBuilder.h"
#include "llvm/ADT/DenseMap.h"

namespace tenon::cpu {

/// `lanes` elements of a tensor: lane l stands at index[d] + l * step[d].
struct Point {
  llvm::SmallVector<mlir::Value> index;
  llvm::SmallVector<int64_t> step;
  int64_t lanes = 1;
  /// vector<lanes x i1>; lanes outside read nothing. Null: all.
  mlir::Value mask;
};

class Evaluator {
public:
  Evaluator(KernelBuilder &k) : k(k) {}

  /// Says where a group argument lives.
  void bindBuffer(mlir::Value argument, Buffer buffer) {
    buffers[argument] = buffer;
  }
  const Buffer *buffer(mlir::Value argument) const;

  /// Says what a tensor is at every point asked for until it is rebound.
  void bindValue(mlir::Value tensor, mlir::Value value) {
    values[tensor] = value;
  }
  void unbindValue(mlir::Value tensor) { values.erase(tensor); }

  /// The register value of `tensor` at p, each operand of it computed once.
  mlir::Value at(mlir::Value tensor, const Point &p);
  /// An element of an index tensor as a place in a dimension of `extent`.
  mlir::Value placeAt(mlir::Value indices, llvm::ArrayRef<mlir::Value> where,
                      int64_t extent);

private:
  /// What was computed at one point of one shape.
  using Memo = llvm::DenseMap<mlir::Value, mlir::Value>;
  mlir::Value at(mlir::Value tensor, const Point &p, Memo &memo);
  mlir::Value compute(mlir::Value tensor, const Point &p, Memo &memo);
  mlir::Value load(const Buffer &buffer, const Point &p);
  /// first + lane * step, an integer that is converted to `kind`.
  mlir::Value lanesFrom(mlir::Value first, int64_t step, int64_t lanes,
                        Kind kind);

  // The definitions, one element at a time: what every faster nest must equal.
  mlir::Value reduceAt(mlir::Operation *op, const Point &p);
  mlir::Value matmulAt(mlir::Operation *op, const Point &p);
  mlir::Value convAt(mlir::Operation *op, const Point &p);
  mlir::Value poolAt(mlir::Operation *op, const Point &p);
  mlir::Value maxPoolIndexAt(mlir::Operation *op, const Point &p);
  mlir::Value unpoolAt(mlir::Operation *op, const Point &p);
  mlir::Value filterGradAt(mlir::Operation *op, const Point &p);
  mlir::Value argAt(mlir::Operation *op, const Point &p);
  mlir::Value scatterAddAt(mlir::Operation *op, const Point &p);
  mlir::Value concatAt(mlir::Operation *op, const Point &p);
  mlir::Value padAt(mlir::Operation *op, const Point &p);
  mlir::Value gatherAt(mlir::Operation *op, const Point &p);
  mlir::Value packAt(mlir::Operation *op, const Point &p);

  KernelBuilder &k;
  llvm::DenseMap<mlir::Value, Buffer> buffers;
  llvm::DenseMap<mlir::Value, mlir::Value> values;
};

} // namespace tenon::cpu

#endif // TENON_CODEGEN_CPU_EVALUATOR_H
