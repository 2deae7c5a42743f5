//===-- Expr.h - tensor arithmetic that reads as mathematics ----*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#pragma once

#include "dialects/Tenon/Elementwise.h"
#include "dialects/Tenon/Shape.h"

namespace tenon {

/// A tensor value with operators. A double mixes in as a splat of the other
/// operand's type. Operands of one expression have one shape.
class Expr {
public:
  Expr(mlir::OpBuilder &b, mlir::Location loc, mlir::Value v)
      : b(&b), loc(loc), v(v) {}
  operator mlir::Value() const { return v; }
  mlir::RankedTensorType type() const {
    return mlir::cast<mlir::RankedTensorType>(v.getType());
  }
  /// The constant `value` in this expression's type.
  Expr splat(double value) const {
    return {*b, loc, ConstantOp::splat(*b, loc, type(), value)};
  }
  template <class Op, class... Operands>
  Expr make(Operands &&...operands) const {
    return {*b, loc, Op::create(*b, loc, std::forward<Operands>(operands)...)};
  }

private:
  mlir::OpBuilder *b;
  mlir::Location loc;
  mlir::Value v;
};

#define TENON_EXPR_BINARY(name, op)                                            \
  inline Expr name(Expr l, Expr r) { return l.make<op>(l, r); }                \
  inline Expr name(Expr l, double r) { return l.make<op>(l, l.splat(r)); }     \
  inline Expr name(double l, Expr r) { return r.make<op>(r.splat(l), r); }
TENON_EXPR_BINARY(operator+, AddOp)
TENON_EXPR_BINARY(operator-, SubOp)
TENON_EXPR_BINARY(operator*, MulOp)
TENON_EXPR_BINARY(operator/, DivOp)
TENON_EXPR_BINARY(max, MaxOp)
TENON_EXPR_BINARY(min, MinOp)
TENON_EXPR_BINARY(pow, PowOp)
#undef TENON_EXPR_BINARY

#define TENON_EXPR_COMPARE(symbol, p)                                          \
  inline Expr operator symbol(Expr l, Expr r) {                                \
    return l.make<CompareOp>(Predicate::p, l, r);                              \
  }                                                                            \
  inline Expr operator symbol(Expr l, double r) { return l symbol l.splat(r); }
TENON_EXPR_COMPARE(<, LT)
TENON_EXPR_COMPARE(<=, LE)
TENON_EXPR_COMPARE(>, GT)
TENON_EXPR_COMPARE(>=, GE)
#undef TENON_EXPR_COMPARE

#define TENON_EXPR_UNARY(name, op)                                             \
  inline Expr name(Expr x) { return x.make<op>(x); }
TENON_EXPR_UNARY(operator-, NegOp)
TENON_EXPR_UNARY(abs, AbsOp)
TENON_EXPR_UNARY(sign, SignOp)
TENON_EXPR_UNARY(sqrt, SqrtOp)
TENON_EXPR_UNARY(exp, ExpOp)
TENON_EXPR_UNARY(log, LogOp)
TENON_EXPR_UNARY(sin, SinOp)
TENON_EXPR_UNARY(cos, CosOp)
TENON_EXPR_UNARY(sinh, SinhOp)
TENON_EXPR_UNARY(cosh, CoshOp)
TENON_EXPR_UNARY(tanh, TanhOp)
TENON_EXPR_UNARY(erf, ErfOp)
TENON_EXPR_UNARY(sigmoid, SigmoidOp)
TENON_EXPR_UNARY(relu, ReluOp)
TENON_EXPR_UNARY(softplus, SoftplusOp)
#undef TENON_EXPR_UNARY

inline Expr select(Expr c, Expr l, Expr r) { return l.make<SelectOp>(c, l, r); }
inline Expr select(Expr c, Expr l, double r) {
  return select(c, l, l.splat(r));
}
inline Expr select(Expr c, double l, Expr r) {
  return select(c, r.splat(l), r);
}
/// dy in x's element type. The gradient phase asks for float operands only.
inline Expr castLike(Expr dy, Expr x) { return x.make<CastOp>(x.type(), dy); }

} // namespace tenon
