//===-- Tenon.cpp - the tenon dialect -------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/TenonAll.h"

#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace tenon;

#include "dialects/Tenon/TenonDialect.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/Tenon/TenonAttrs.cpp.inc"

void TenonDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "dialects/Tenon/Control.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/Tenon/Elementwise.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/Tenon/Linear.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/Tenon/Loss.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/Tenon/NN.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/Tenon/Random.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/Tenon/Reduce.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/Tenon/Shape.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/Tenon/State.cpp.inc"
      >();
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialects/Tenon/TenonAttrs.cpp.inc"
      >();
}

mlir::Operation *TenonDialect::materializeConstant(mlir::OpBuilder &b,
                                                   mlir::Attribute value,
                                                   mlir::Type type,
                                                   mlir::Location loc) {
  auto elements = llvm::dyn_cast<mlir::ElementsAttr>(value);
  if (!elements || elements.getShapedType() != type)
    return nullptr;
  return ConstantOp::create(b, loc, type, elements);
}
