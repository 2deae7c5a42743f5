//===-- Register.h - the only registration list -----------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace tenon {

/// Adds every dialect that a phase reads or makes, with the interfaces that
/// lowering needs on them.
void registerDialects(mlir::DialectRegistry &registry);

/// Makes every pass of Tenon, and MLIR's canonicalize and cse, known by name to
/// pass pipelines. Call it once per process.
void registerPasses();

} // namespace tenon
