//===-- Html.cpp - words and numbers on a page ----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "lib/Report/Html.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

using namespace llvm;

namespace tenon::report {

std::string escape(StringRef text) {
  std::string valid = json::isUTF8(text) ? text.str() : json::fixUTF8(text);
  std::string result;
  for (char c : valid) {
    switch (c) {
    case '&':
      result += "&amp;";
      break;
    case '<':
      result += "&lt;";
      break;
    case '>':
      result += "&gt;";
      break;
    case '"':
      result += "&quot;";
      break;
    case '\'':
      result += "&#39;";
      break;
    default:
      // No control character stands for anything in a name.
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
        result += "\xef\xbf\xbd";
      else
        result += c;
    }
  }
  return result;
}

std::string escapeNames(ArrayRef<std::string> names) {
  std::string result;
  for (const std::string &name : names)
    result += (result.empty() ? "" : ", ") + escape(name);
  return result;
}

std::string grouped(uint64_t n) {
  std::string digits = std::to_string(n);
  for (size_t at = digits.size(); at > 3;)
    digits.insert(at -= 3, ",");
  return digits;
}

/// Three digits: "1.18", "11.8", "118", "1,024"; no trailing ".00".
static std::string threeDigits(double value) {
  if (value >= 999.5)
    return grouped(std::llround(value));
  int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  std::string text;
  raw_string_ostream(text) << format("%.*f", decimals, value);
  if (decimals) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.')
      text.pop_back();
  }
  return text;
}

/// The largest binary unit that `bytes` reaches, as a power of 1024.
static unsigned unitOf(uint64_t bytes) {
  unsigned unit = 0;
  while (unit < 4 && bytes >> (10 * (unit + 1)))
    ++unit;
  return unit;
}

static const char *const kUnits[] = {"B", "KiB", "MiB", "GiB", "TiB"};

std::string bytesText(uint64_t bytes) { return bytesText(bytes, bytes); }

std::string bytesText(uint64_t bytes, uint64_t like) {
  unsigned unit = unitOf(like);
  return threeDigits(std::ldexp(double(bytes), -10 * int(unit))) + " " +
         kUnits[unit];
}

std::string percent(double part, double whole) {
  double share = whole > 0 ? 100 * part / whole : 0;
  if (share == 0)
    return "0 %";
  std::string text;
  raw_string_ostream(text) << format(std::fabs(share) < 9.95 ? "%.1f" : "%.0f",
                                     share);
  if (text == "0.0")
    return "under 0.1 %";
  return text + " %";
}

std::string timeText(double ns) {
  if (ns < 999.5)
    return threeDigits(ns) + " ns";
  if (ns < 999.5e3)
    return threeDigits(ns / 1e3) + " µs";
  if (ns < 999.5e6)
    return threeDigits(ns / 1e6) + " ms";
  return threeDigits(ns / 1e9) + " s";
}

/// The smallest of `first`, 1, 2, 5, 10, 20, ... times `unit` of which `most`
/// takes at most `count`.
static uint64_t stepFor(uint64_t most, uint64_t unit, uint64_t count,
                        ArrayRef<uint64_t> first) {
  auto few = [&](uint64_t step) { return (most + step - 1) / step <= count; };
  for (uint64_t step : first)
    if (step && few(step))
      return step;
  for (uint64_t scale = unit;; scale *= 10)
    for (uint64_t step : {scale, 2 * scale, 5 * scale})
      if (few(step))
        return step;
}

std::vector<uint64_t> byteTicks(uint64_t most) {
  uint64_t unit = UINT64_C(1) << (10 * unitOf(most));
  uint64_t step = stepFor(most, unit, 7, {unit / 8, unit / 4, unit / 2});
  std::vector<uint64_t> ticks = {0};
  while (ticks.back() < most)
    ticks.push_back(ticks.back() + step);
  return ticks;
}

std::vector<uint64_t> countTicks(uint64_t count) {
  uint64_t step = stepFor(count, 1, 12, {});
  std::vector<uint64_t> ticks;
  for (uint64_t t = 0; t < count; t += step)
    ticks.push_back(t);
  return ticks;
}

} // namespace tenon::report
