//===-- Compare.h - whether two tensors agree -------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "tenon/Reference/Tensor.h"

#include <string>

namespace tenon {

/// The first element in which `got` differs from `expected`, as a sentence;
/// none if they agree. A finite element may differ by `ulps` units in the last
/// place of the expected one; otherwise it must be equal. Zeros agree in sign,
/// whatever the tolerance, and NaN equals NaN. `what` names `got` in the
/// sentence.
std::optional<std::string> difference(llvm::StringRef what, const Tensor &got,
                                      const Tensor &expected, double ulps = 0);

} // namespace tenon
