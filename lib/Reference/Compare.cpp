//===-- Compare.cpp - whether two tensors agree ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "tenon/Reference/Compare.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>

using namespace tenon;

/// The distance to the next larger magnitude of the kind.
static double ulpAt(Kind kind, double value) {
  int digits = kind == Kind::F64   ? 53
               : kind == Kind::F32 ? 24
               : kind == Kind::F16 ? 11
                                   : 8;
  int lowest = kind == Kind::F64 ? -1022 : kind == Kind::F16 ? -14 : -126;
  int exponent = value == 0 ? lowest : std::max(std::ilogb(value), lowest);
  return std::ldexp(1.0, exponent - digits + 1);
}

static bool agrees(HostScalar got, HostScalar expected, double ulps) {
  if (isFloat(got.kind)) {
    double a = got.toDouble(), b = expected.toDouble();
    if (std::isnan(a) || std::isnan(b))
      return std::isnan(a) && std::isnan(b);
    if (ulps > 0 && std::isfinite(b) && (a != 0 || b != 0))
      return std::fabs(a - b) <= ulps * ulpAt(got.kind, b);
    return a == b && std::signbit(a) == std::signbit(b);
  }
  return got.i == expected.i;
}

static std::string spell(HostScalar s) {
  if (isFloat(s.kind))
    return llvm::formatv("{0} ({1})", s.toDouble(),
                         llvm::format("%a", s.toDouble()));
  return s.kind == Kind::U64 ? std::to_string(static_cast<uint64_t>(s.i))
                             : std::to_string(s.i);
}

std::optional<std::string> tenon::difference(llvm::StringRef what,
                                             const Tensor &got,
                                             const Tensor &expected,
                                             double ulps) {
  if (expected.kind() != got.kind() || expected.shape() != got.shape())
    return (what + " has another type than expected").str();
  for (int64_t i = 0; i < got.size(); ++i)
    if (!agrees(got[i], expected[i], ulps))
      return llvm::formatv("element {0} of {1} is {2}, expected {3}", i, what,
                           spell(got[i]), spell(expected[i]));
  return std::nullopt;
}
