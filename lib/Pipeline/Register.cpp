//===-- Register.cpp - the only registration list -------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Pipeline/Register.h"

#include "dialects/Tenon/Tenon.h"
#include "dialects/Tnrt/Tnrt.h"
#include "tenon/Codegen/Passes.h"
#include "tenon/Conversion/Passes.h"
#include "tenon/Plan/Passes.h"
#include "tenon/Reference/Passes.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/Transforms/Passes.h"

void tenon::registerDialects(mlir::DialectRegistry &registry) {
  registry.insert<TenonDialect, tnrt::TnrtDialect, mlir::arith::ArithDialect,
                  mlir::func::FuncDialect, mlir::LLVM::LLVMDialect,
                  mlir::math::MathDialect, mlir::scf::SCFDialect,
                  mlir::vector::VectorDialect>();
}

void tenon::registerPasses() {
  mlir::registerCanonicalizerPass();
  mlir::registerCSEPass();
  registerTransformsPasses();
  registerPlanPasses();
  registerConversionPasses();
  registerCodegenPasses();
  registerReferencePasses();
}
