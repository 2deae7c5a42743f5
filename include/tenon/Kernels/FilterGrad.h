//===-- FilterGrad.h - x^T dy over positions, as one loop -------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_KERNELS_FILTERGRAD_H
#define TENON_KERNELS_FILTERGRAD_H

#include "dialects/Tenon/Linear.h"
#include "mlir/IR/Block.h"
#include "mlir/IR/Value.h"
#include "llvm/ADT/SmallVector.h"

#include <optional>

namespace tenon {

/// How a result of runs of rows is cut into register tiles: parts of one run,
/// or several whole ones.
struct FilterGradTiling {
  int64_t rows;   ///< of one run in a tile
  int64_t perRun; ///< tiles that a run is cut into
  int64_t runs;   ///< runs in a tile; above 1 only where perRun is 1
  int64_t outer;  ///< all runs

  int64_t count() const { return perRun * ((outer + runs - 1) / runs); }
};

/// conv_filter_grad without padding, channels_last, of one group or depthwise,
/// or a matmul of a transposed operand: result row m, column f is the sum over
/// positions k of x[base(k) + off(m)] dy[k columns + f]; depthwise, x's element
/// is f elements further. Strides are in elements.
struct FilterGradShape {
  mlir::Value x, dy;
  bool depthwise;
  /// Rows come in runs that are evenly spaced in x; `runDims` are the result's
  /// dimensions within a run, `outerExtents` those before it.
  int64_t run, runStride;
  llvm::SmallVector<int64_t> runDims, outerExtents, outerStrides;
  int64_t columns;
  /// Positions come in lines of `inner`, `innerStride` apart in x; after the
  /// lines comes one of `tail` positions, if that is not 0.
  int64_t inner, innerStride, tail;
  llvm::SmallVector<int64_t> lineExtents, lineStrides;

  /// None where the op has not this form, or its operands are not in memory.
  static std::optional<FilterGradShape> of(mlir::Operation *op);

  int64_t rows() const;
  int64_t lines() const;
  int64_t positions() const { return lines() * inner + tail; }
  /// The tiles of at most `rows` rows.
  FilterGradTiling tiling(int64_t rows) const;
};

/// Whether every channel has one filter and every filter one channel.
bool isDepthwise(ConvFilterGradOp op);

/// The op of a group's body that has that form; null if none has.
mlir::Operation *filterGradOf(mlir::Block &body);

} // namespace tenon

#endif // TENON_KERNELS_FILTERGRAD_H
