//===-- Scalar.h - one vocabulary, two meanings: host and IR ----*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The scalar body of a pointwise op is one expression over these functions. It
// is instantiated with HostScalar (the reference interpreter computes it) and
// with IRScalar (the code generator builds it). Each function rounds once to
// its operands' kind; f16 and bf16 are computed in f32 and rounded after every
// function. Integers wrap. Every function is defined for every input: x / 0 is
// 0 for integers, shifts by too much give 0, float to integer saturates and
// maps NaN to 0 (to true for Bool).
//===----------------------------------------------------------------------===//

#pragma once

#include "mlir/IR/Builders.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/Types.h"

#include <cstdint>

#include "dialects/Interfaces/Enums.h.inc"

namespace tenon {

/// Element kinds. Signless integer types are signed.
enum class Kind : uint8_t {
  F32,
  F64,
  F16,
  BF16,
  I8,
  U8,
  I16,
  U16,
  I32,
  U32,
  I64,
  U64,
  Bool
};

/// The kind of an element type; the type must satisfy Tenon_Element.
Kind kindOf(mlir::Type elementType);
/// The tenon element type of a kind (`ui8` for U8).
mlir::Type typeOf(Kind kind, mlir::MLIRContext *context);
/// The signless type that registers and memory hold; Bool is i8 in memory, and
/// BF16 is i16: it is only ever converted.
mlir::Type storageTypeOf(Kind kind, mlir::MLIRContext *context);
unsigned bytesOf(Kind kind);
bool isFloat(Kind kind);
bool isUnsigned(Kind kind);

/// A host value. Floats live in `f` (f16 and bf16 widened to f32), f64 in `d`,
/// integers and Bool in `i`, wrapped to the kind's width (U64: its bits).
struct HostScalar {
  Kind kind;
  union {
    float f;
    double d;
    int64_t i;
  };

  static HostScalar ofDouble(Kind kind, double value);
  static HostScalar ofInt(Kind kind, int64_t value);
  static HostScalar ofBool(bool value) { return ofInt(Kind::Bool, value); }
  /// The value as a double: exact but for 64-bit integers beyond 2^53.
  double toDouble() const;
  /// Reads or writes one element in memory layout (Bool: one byte, 0 or 1).
  static HostScalar load(Kind kind, const void *address);
  void store(void *address) const;
};

/// A value in IR: a scalar, or a 1-D vector, of the kind's storage type (Bool
/// is i1). Carries the builder so that expressions need no other argument.
struct IRScalar {
  mlir::Value value;
  Kind kind;
  mlir::OpBuilder *builder;
  mlir::Location loc;
};

// The primitives. Both sets have the same signatures; see the file comment.
#define TENON_SCALAR_FUNCTIONS(V)                                              \
  V lit(V like, double value);                                                 \
  V operator+(V a, V b);                                                       \
  V operator-(V a, V b);                                                       \
  V operator*(V a, V b);                                                       \
  V operator/(V a, V b);                                                       \
  V operator-(V a);                                                            \
  V fma(V a, V b, V c);                                                        \
  /* Sign of the dividend, as C's fmod and %. */                               \
  V rem(V a, V b);                                                             \
  /* NaN if either operand is NaN. */                                          \
  V max(V a, V b);                                                             \
  V min(V a, V b);                                                             \
  V abs(V a);                                                                  \
  V sqrt(V a);                                                                 \
  V floor(V a);                                                                \
  V ceil(V a);                                                                 \
  V trunc(V a);                                                                \
  V rint(V a);                                                                 \
  V copysign(V a, V b);                                                        \
  V compare(Predicate p, V a, V b);                                            \
  V select(V condition, V a, V b);                                             \
  /* Bitwise on integers, logical on Bool. */                                  \
  V operator&(V a, V b);                                                       \
  V operator|(V a, V b);                                                       \
  V operator^(V a, V b);                                                       \
  V shl(V a, V b);                                                             \
  V shr(V a, V b);                                                             \
  V convert(V a, Kind to);                                                     \
  /* f32 to i32 where |a| < 2^31 is known; any value for NaN. */               \
  V truncToInt(V a);                                                           \
  /* Same width, same bits: f32 <-> i32, f64 <-> i64. */                       \
  V bitcast(V a, Kind to);                                                     \
  /* Exact libm in f64; other float kinds go through f64. */                   \
  V libm(const char *name, V a);                                               \
  V libm(const char *name, V a, V b);

TENON_SCALAR_FUNCTIONS(HostScalar)
TENON_SCALAR_FUNCTIONS(IRScalar)
#undef TENON_SCALAR_FUNCTIONS

} // namespace tenon

#include "dialects/Interfaces/ScalarMath.h"
