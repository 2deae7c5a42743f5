//===-- Html.h - words and numbers on a page --------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TENON_LIB_REPORT_HTML_H
#define TENON_LIB_REPORT_HTML_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tenon::report {

/// `text` for HTML, inside an element or a quoted attribute: any bytes become
/// plain characters, those that a page may not hold a replacement character.
std::string escape(llvm::StringRef text);

/// Names joined by ", ", escaped.
std::string escapeNames(llvm::ArrayRef<std::string> names);

/// "1,234,567"
std::string grouped(uint64_t n);

/// "1.18 MiB", to three digits; below 1 KiB "640 B".
std::string bytesText(uint64_t bytes);

/// The same in the unit that `like` has.
std::string bytesText(uint64_t bytes, uint64_t like);

/// "4.2 %", and "0 %" for nothing at all; `part` of `whole`, which may be 0.
std::string percent(double part, double whole);

/// Nominal nanoseconds as "3.4 µs", "12 ms".
std::string timeText(double nanoseconds);

/// Values for an axis from 0 to at least `most`: round in the unit of the
/// largest, at most eight.
std::vector<uint64_t> byteTicks(uint64_t most);

/// The numbers 0, s, 2s, ... below `count` for a round s, at most twelve.
std::vector<uint64_t> countTicks(uint64_t count);

} // namespace tenon::report

#endif // TENON_LIB_REPORT_HTML_H
