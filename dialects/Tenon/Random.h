//===-- Random.h - random ops --------------------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "dialects/Tenon/Tenon.h"

#define GET_OP_CLASSES
#include "dialects/Tenon/Random.h.inc"
