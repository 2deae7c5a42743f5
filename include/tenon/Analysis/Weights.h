//===-- Weights.h - which values are known without an input -----*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "mlir/IR/Block.h"
#include "llvm/ADT/DenseSet.h"

namespace tenon {

/// Bytes of a value's tensor in memory (a bool takes one byte).
int64_t byteSize(mlir::Value v);

/// Whether `v` is one element repeated: a splat constant.
bool isSplatConstant(mlir::Value v);

/// Whether `v` depends on constants and recipes only, through ops without
/// effects. A group's result never does: it is computed by a kernel.
bool isConstantDerived(mlir::Value v);

/// Whether `v` is constant-derived and cheap to store: at most twice the bytes
/// of the constants it is made of, or at most 4 KiB. Weights are evaluated when
/// the artifact is written; what is constant-derived but larger (a repeated
/// bias, a large splat) is computed by the kernel that reads it, so that the
/// artifact stays in proportion to the model file.
bool isWeight(mlir::Value v);

/// The same answers for the ops of one block, found in one walk; valid until
/// the block changes. The functions above walk back from each value asked for.
class Weights {
public:
  explicit Weights(mlir::Block &block);

  bool isConstantDerived(mlir::Value v) const { return derived.contains(v); }
  bool isWeight(mlir::Value v) const {
    return derived.contains(v) && tenon::isWeight(v);
  }

private:
  llvm::DenseSet<mlir::Value> derived;
};

} // namespace tenon
