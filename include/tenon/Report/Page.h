//===-- Page.h - an artifact's memory as a page to look at ------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef TENON_REPORT_PAGE_H
#define TENON_REPORT_PAGE_H

#include "tenon/abi.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <array>
#include <cstdint>
#include <string>

namespace tenon::report {

/// What a page is about. All sizes are bytes.
struct Subject {
  std::string model, cpu;
  uint64_t weightsBytes = 0;
  uint64_t stateBytes = 0;
  /// What the state is made of, by TN_STATE_PARAMETER and so on.
  std::array<uint64_t, TN_STATE_COUNTER + 1> stateParts = {};
  std::string json; ///< As parseDescription() reads it.
};

/// Writes one self-contained HTML page: memory along every entry's launches,
/// with and without its budget, which tensors hold the peak, what runs again
/// and what is proven. It loads nothing, shows everything without JavaScript,
/// and takes every name as text. `entry` chooses one entry; empty is all but
/// `init`.
llvm::Expected<std::string> writePage(const Subject &subject,
                                      llvm::StringRef entry = "");

/// The file that --report=html[:FILE] of a tool means; without FILE it stands
/// beside the artifact, whose ending becomes .html.
llvm::Expected<std::string> reportFile(llvm::StringRef option,
                                       llvm::StringRef artifact);

/// Writes to a file, or standard output for "-".
llvm::Error writeReport(llvm::StringRef file, llvm::StringRef page);

} // namespace tenon::report

#endif // TENON_REPORT_PAGE_H
