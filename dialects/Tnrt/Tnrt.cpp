//===-- Tnrt.cpp - the schedule, the last IR before LLVM ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Tnrt/Tnrt.h"

#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace tenon::tnrt;

#include "dialects/Tnrt/TnrtDialect.cpp.inc"
#include "dialects/Tnrt/TnrtEnums.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/Tnrt/TnrtAttrs.cpp.inc"

#define GET_OP_CLASSES
#include "dialects/Tnrt/Tnrt.cpp.inc"

void TnrtDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "dialects/Tnrt/Tnrt.cpp.inc"
      >();
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialects/Tnrt/TnrtAttrs.cpp.inc"
      >();
}
