//===-- Passes.h - the interpreter as a pass --------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "mlir/Pass/Pass.h"

namespace tenon {

#define GEN_PASS_DECL
#include "tenon/Reference/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "tenon/Reference/Passes.h.inc"

} // namespace tenon
