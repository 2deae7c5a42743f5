//===-- State.cpp - variables and the guard -------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tenon/State.h"

using namespace mlir;
using namespace tenon;

#define GET_OP_CLASSES
#include "dialects/Tenon/State.cpp.inc"

FlatSymbolRefAttr tenon::variableOfArgument(FunctionOpInterface function,
                                            unsigned i) {
  return function.getArgAttrOfType<FlatSymbolRefAttr>(i, kVariableAttr);
}

FlatSymbolRefAttr tenon::variableOfResult(FunctionOpInterface function,
                                          unsigned i) {
  return function.getResultAttrOfType<FlatSymbolRefAttr>(i, kVariableAttr);
}

LogicalResult VariableOp::verify() {
  auto type = dyn_cast<RankedTensorType>(getType());
  if (!type || !type.hasStaticShape())
    return emitOpError("must be a tensor of static shape, not ") << getType();
  return success();
}

LogicalResult GuardOp::verify() {
  auto scalar = [](Value v) {
    return cast<RankedTensorType>(v.getType()).getRank() == 0;
  };
  if (!scalar(getLoss()) || !scalar(getBad()))
    return emitOpError("loss, norm and bad must be scalars");
  if (getValues().getTypes() != getGuarded().getTypes())
    return emitOpError("must return the values it guards");
  return success();
}
