//===-- Passes.h - kernels become loops -------------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_CODEGEN_PASSES_H
#define TENON_CODEGEN_PASSES_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace tenon {

#define GEN_PASS_DECL
#include "tenon/Codegen/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "tenon/Codegen/Passes.h.inc"

} // namespace tenon

#endif // TENON_CODEGEN_PASSES_H
