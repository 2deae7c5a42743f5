//===-- Kernel.h - a group's body becomes machine code ----------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_CODEGEN_KERNEL_H
#define TENON_CODEGEN_KERNEL_H

#include "dialects/Tenon/Tenon.h"
#include "mlir/IR/BuiltinOps.h"

namespace mlir::func {
class FuncOp;
} // namespace mlir::func

namespace tenon {

/// Adds to `module` the function `name(args, begin, end, scratch)`, the ABI's
/// tn_kernel_fn, which runs grid tiles [begin, end) of a group's body: args are
/// the body's arguments, then where its results go. Loops are scf over scalars
/// and 1-D vectors. `body` holds tenon ops and ends in a yield; it is not
/// changed. Fails, with a diagnostic, when `config` names no loop nest, gives
/// it tiles that it cannot have, or declares another workspace than it uses.
mlir::FailureOr<mlir::func::FuncOp> emitKernel(mlir::ModuleOp module,
                                               llvm::StringRef name,
                                               mlir::Region &body,
                                               KernelAttr config);

/// The contract at the end of code generation: no tensor, no tenon op and
/// nothing that allocates is left. A diagnostic for each op that breaks it.
mlir::LogicalResult checkGenerated(mlir::func::FuncOp kernel);

/// Lowers what emitKernel built, and llvm dialect code beside it, to the LLVM
/// dialect alone.
mlir::LogicalResult lowerToLLVM(mlir::ModuleOp module);

} // namespace tenon

#endif // TENON_CODEGEN_KERNEL_H
