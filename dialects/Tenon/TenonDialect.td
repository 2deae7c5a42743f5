//===-- TenonDialect.td - the dialect --------------------------*- tablegen -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_DIALECT_TD
#define TENON_DIALECT_TD

include "mlir/IR/DialectBase.td"

def Tenon_Dialect : Dialect {
  let name = "tenon";
  let cppNamespace = "::tenon";
  let summary = "Differentiable operators on tensors of static shape";
  let description = [{
    Tensor-level operators. Integers are signed when signless (`i32`), unsigned
    when spelled so (`ui8`). Broadcasting and layout are always explicit. Every
    primitive rounds once to its own element type and is defined for every
    input; `docs/numerics.md` is the contract.
  }];
  let useDefaultAttributePrinterParser = 1;
  let hasConstantMaterializer = 1;
}

#endif
