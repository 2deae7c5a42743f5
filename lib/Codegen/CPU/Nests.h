//===-- Nests.h - the loop nests a kernel can be ----------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A nest runs tiles [begin, end) of a group's grid. Its `tiles` stand in
// #tenon.kernel in the order stated here; lib/Kernels chooses them.
//===----------------------------------------------------------------------===//

#ifndef TENON_CODEGEN_CPU_NESTS_H
#define TENON_CODEGEN_CPU_NESTS_H

#include "dialects/Tenon/Tenon.h"
#include "lib/Codegen/CPU/Evaluator.h"
#include "mlir/IR/Block.h"

namespace mlir::func {
class FuncOp;
} // namespace mlir::func

namespace tenon::cpu {

/// One kernel under construction.
struct Kernel {
  KernelBuilder &k;
  Evaluator &evaluator;
  /// The group's body; its arguments have buffers in the evaluator.
  mlir::Block &body;
  KernelAttr config;
  /// Where each yielded value goes.
  llvm::SmallVector<Buffer> results;
  /// The tiles to run, and the worker's scratch.
  mlir::Value begin, end, scratch;
  /// Inserts module-level constants.
  llvm::function_ref<mlir::Value(int64_t bytes)> zeros;
  /// Bytes of its worker's scratch that the nest uses; it must add them here.
  int64_t workspace = 0;

  mlir::ValueRange yielded() { return body.getTerminator()->getOperands(); }
  int64_t tile(size_t i) const { return config.getTiles()[i]; }
  /// Evaluates yielded value i at p and stores it there.
  void storeResult(size_t i, const Point &p);
  /// The same for all of them, which have one shape.
  void storeResults(const Point &p);
  void storeValue(size_t i, mlir::Value v, const Point &p);
};

/// map, tiles [lanes, block, flat]: every result element on its own, `lanes` at
/// a time along the last dimension; a tile is `block` rows, or, when flat, that
/// many elements of the collapsed tensor.
void emitMap(Kernel &kernel);

/// reduce, tiles [mode, block]: all reductions of the group for one row, then
/// the results; a tile is `block` rows. Mode 0: lanes run along the last
/// dimension, which is kept, and a row is sixteen of its elements; 1: along the
/// reduced dimensions, which are the last: one, or any whose last extent is a
/// multiple of 16; 2: one element at a time; 3: as 1, for any extents, where
/// all of the full shape can be computed as if these dimensions were one.
void emitReduce(Kernel &kernel);

/// contract, tiles [rows, vectors, block, inner]: matmul by register tiles of
/// rows x (vectors * 16); a tile of the grid is `block` rows by one panel;
/// `inner` says that panels run before blocks.
void emitContract(Kernel &kernel);

/// conv, tiles [pixels, vectors, block, inner]: direct convolution,
/// channels_last, by register tiles of pixels of one output row x
/// (vectors * 16) filters; a grid tile is `block` output rows by one panel.
void emitConv(Kernel &kernel);

/// Puts the operations of all blocks into an order that does not depend on the
/// one in which pure operations were built, and removes those without a use.
/// Operations with regions or with an effect on memory keep their order.
void orderOperations(mlir::func::FuncOp kernel);

/// filter_grad, tiles [rows, vectors, steps, share]: x^T dy over positions
/// (FilterGradShape) by register tiles of at most `rows` x (vectors * 16);
/// a grid tile is `share` register tiles of one panel, which pass together over
/// `steps` lines of positions at a time.
void emitFilterGrad(Kernel &kernel);

/// scatter, tiles [lanes, block]: scatter_add alone; a grid tile is `block`
/// columns behind the axis at one index before it.
void emitScatter(Kernel &kernel);

} // namespace tenon::cpu

#endif // TENON_CODEGEN_CPU_NESTS_H
