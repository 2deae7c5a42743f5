//===-- Assets.h - style and script of a page -------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_LIB_REPORT_ASSETS_H
#define TENON_LIB_REPORT_ASSETS_H

#include "llvm/ADT/StringRef.h"

namespace tenon::report {

/// The page's style sheet, light, dark and for print.
extern const llvm::StringLiteral kStyle;

/// Pointing at a chart names the launch and the tensor; nothing on the page
/// waits for it.
extern const llvm::StringLiteral kScript;

} // namespace tenon::report

#endif // TENON_LIB_REPORT_ASSETS_H
