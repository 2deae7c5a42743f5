//===-- Interfaces.cpp - generated interface code -------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "dialects/Interfaces/Interfaces.h"

#include "dialects/Interfaces/Enums.cpp.inc"
#include "dialects/Interfaces/Interfaces.cpp.inc"
