//===-- Interfaces.h - what every tenon op can say of itself ----*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "dialects/Interfaces/Scalar.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/OpDefinition.h"

namespace tenon {

/// How an op takes part in fusion (after TVM's OpPatternKind).
enum class FusionKind {
  Pointwise,   ///< element i of the result from element i of the operands
  Injective,   ///< moves elements: transpose, slice, pad, broadcast
  Reduction,   ///< folds dimensions in the fixed 16-lane order
  Window,      ///< pools: folds a sliding window
  Contraction, ///< matmul and convolution: ascending-k fma
  View,        ///< changes the shape only, never the row-major bytes
  Source,      ///< constants
  Opaque       ///< a loop nest of its own, never fused
};

/// Marks an op through which no gradient may be asked for.
template <typename ConcreteType>
class NoGradient : public mlir::OpTrait::TraitBase<ConcreteType, NoGradient> {};

} // namespace tenon

#include "dialects/Interfaces/Interfaces.h.inc"
