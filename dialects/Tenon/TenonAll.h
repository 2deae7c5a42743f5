//===-- TenonAll.h - every op of the dialect --------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Only for code that is about all ops (the interpreter, the importer's table).
//===----------------------------------------------------------------------===//

#pragma once

#include "dialects/Tenon/Control.h"
#include "dialects/Tenon/Elementwise.h"
#include "dialects/Tenon/Linear.h"
#include "dialects/Tenon/Loss.h"
#include "dialects/Tenon/NN.h"
#include "dialects/Tenon/Random.h"
#include "dialects/Tenon/Reduce.h"
#include "dialects/Tenon/Shape.h"
#include "dialects/Tenon/State.h"
