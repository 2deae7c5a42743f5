//===-- RegisterTile.h - accumulators of a contraction ----------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_CODEGEN_CPU_REGISTERTILE_H
#define TENON_CODEGEN_CPU_REGISTERTILE_H

#include "lib/Codegen/CPU/Nests.h"

namespace tenon::cpu {

/// The columns of a register tile: whole vectors, the last one cut to `last`
/// lanes when that is less than 16.
struct Columns {
  int64_t vectors;
  int64_t last;
};

/// rows x columns accumulators, and the loop over k that fills them.
class RegisterTile {
public:
  RegisterTile(KernelBuilder &k, Kind kind, int64_t rows, Columns columns);

  /// Accumulators of zero, row by row.
  llvm::SmallVector<mlir::Value> zeros();
  /// The mask of vector v; null when it is whole.
  mlir::Value mask(int64_t v) const {
    return v + 1 == columns.vectors ? lastMask : mlir::Value();
  }

  /// acc[r][v] = fma(left(k, r), right(k, v), acc[r][v]) for k ascending in
  /// [0, depth). The callbacks load at i + u; u is a constant of the unrolled
  /// loop. left gives a scalar to repeat, or all lanes of the only vector.
  llvm::SmallVector<mlir::Value> accumulate(
      int64_t depth, mlir::ValueRange acc,
      llvm::function_ref<mlir::Value(mlir::Value i, int64_t u, int64_t row)>
          left,
      llvm::function_ref<mlir::Value(mlir::Value i, int64_t u, int64_t vector)>
          right);

  /// Runs the epilogue on each accumulator, which is `anchor` at index(r, v),
  /// and stores the group's results.
  void
  store(Kernel &kernel, mlir::Value anchor, mlir::ValueRange acc,
        llvm::function_ref<llvm::SmallVector<mlir::Value>(int64_t, int64_t)>
            index);

private:
  KernelBuilder &k;
  Kind kind;
  int64_t rows;
  Columns columns;
  mlir::Value lastMask;
};

/// Calls body with the columns of the panel: those of a whole one, or of the
/// last when it is narrower.
void overPanels(KernelBuilder &k, mlir::Value panel, int64_t panels, int64_t n,
                int64_t width, llvm::function_ref<void(Columns)> body);

} // namespace tenon::cpu

#endif // TENON_CODEGEN_CPU_REGISTERTILE_H
