# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Arithmetic as docs/numerics.md states it, in rationals and long decimals.

It shares nothing with the compiler: each result is computed exactly (or to 150
digits) and rounded once to the element type. Element values are Python floats
that the type can represent, or Python ints, or bools.
"""

import decimal
import math
from decimal import Decimal as D
from fractions import Fraction

INF, NAN = math.inf, math.nan
# Significant bits, and the exponents of the least and largest normal number.
FLOATS = {"f64": (53, -1022, 1023), "f32": (24, -126, 127),
          "f16": (11, -14, 15), "bf16": (8, -126, 127)}
INTS = {f"{s}{n}": (s == "ui", n) for s in ("i", "ui") for n in (8, 16, 32, 64)}
decimal.setcontext(decimal.Context(prec=150, Emax=10**9, Emin=-10**9))


def round_to(dtype, exact):
    """The nearest element to a nonzero Fraction; ties to even."""
    bits, least, most = FLOATS[dtype]
    magnitude = abs(exact)
    exponent = magnitude.numerator.bit_length() - magnitude.denominator.bit_length()
    if Fraction(2) ** exponent > magnitude:
        exponent -= 1
    unit = Fraction(2) ** (max(exponent, least) - bits + 1)
    rounded = round(magnitude / unit) * unit  # round() of Fraction: ties to even
    value = INF if rounded >= Fraction(2) ** (most + 1) else float(rounded)
    return -value if exact < 0 else value


def to(dtype, x):
    """A float, int, Fraction or Decimal as an element of the type."""
    if dtype in INTS:
        return wrap(dtype, x)
    if dtype == "i1":
        return bool(x)
    if isinstance(x, float) and (x == 0 or not math.isfinite(x)):
        return x
    exact = Fraction(x)
    return round_to(dtype, exact) if exact else 0.0


def wrap(dtype, x):
    unsigned, bits = INTS[dtype]
    x &= (1 << bits) - 1
    return x if unsigned or x < 1 << (bits - 1) else x - (1 << bits)


def extremes(dtype):
    """The least and the largest element."""
    if dtype in FLOATS:
        return -INF, INF
    unsigned, bits = INTS[dtype]
    return (0, (1 << bits) - 1) if unsigned else (-1 << (bits - 1), (1 << (bits - 1)) - 1)


# ---- Arithmetic ------------------------------------------------------------


def _float(dtype, a, b, ieee, exact):
    """Specials and signs of zero by IEEE double, all else exactly."""
    if not (math.isfinite(a) and math.isfinite(b)):
        return ieee(a, b)
    value = exact(Fraction(a), Fraction(b))
    return round_to(dtype, value) if value else ieee(a, b)


def add(t, a, b):
    return wrap(t, a + b) if t in INTS else _float(t, a, b, lambda x, y: x + y, lambda x, y: x + y)


def sub(t, a, b):
    return wrap(t, a - b) if t in INTS else _float(t, a, b, lambda x, y: x - y, lambda x, y: x - y)


def mul(t, a, b):
    return wrap(t, a * b) if t in INTS else _float(t, a, b, lambda x, y: x * y, lambda x, y: x * y)


def div(t, a, b):
    if t in INTS:
        if b == 0:
            return 0
        return wrap(t, abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1))
    if b == 0:
        return NAN if a == 0 or a != a else math.copysign(INF, a) * math.copysign(1, b)
    return _float(t, a, b, lambda x, y: x / y, lambda x, y: x / y)


def rem(t, a, b):
    """The dividend's sign."""
    if t in INTS:
        return a - b * (abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)) if b else 0
    if a != a or b != b or math.isinf(a) or b == 0:
        return NAN
    return math.fmod(a, b)  # exact


def mod(t, a, b):
    """The divisor's sign."""
    r = rem(t, a, b)
    return add(t, r, b) if r == r and r != 0 and (r < 0) != (b < 0) else r


def fma(t, a, b, c):
    """a b + c, rounded once."""
    if t in INTS:
        return wrap(t, a * b + c)
    if t in ("f16", "bf16"):  # by way of f32
        return to(t, fma("f32", a, b, c))
    if not all(map(math.isfinite, (a, b, c))):
        if math.isfinite(a) and math.isfinite(b):
            return c
        return a * b + c
    exact = Fraction(a) * Fraction(b) + Fraction(c)
    return round_to(t, exact) if exact else a * b + c


def maximum(t, a, b):
    if a != a or b != b:
        return NAN
    if a == b == 0 and t in FLOATS:  # -0 < +0
        return a if math.copysign(1, a) > 0 else b
    return max(a, b)


def minimum(t, a, b):
    if a != a or b != b:
        return NAN
    if a == b == 0 and t in FLOATS:
        return a if math.copysign(1, a) < 0 else b
    return min(a, b)


def power(t, a, b):
    if t in INTS:
        if b < 0:
            return {1: 1, -1: -1 if b % 2 else 1}.get(a, 0)
        return wrap(t, pow(a, b, 1 << 64))
    special = not (math.isfinite(a) and math.isfinite(b))
    if special or a == 0 or b == 0 or a == 1:
        try:
            return math.pow(a, b)
        except (ValueError, ZeroDivisionError):  # 0 to a negative power
            odd = b % 2 == 1
            return math.copysign(INF, a) if odd else INF
    if a < 0 and b != int(b):
        return NAN
    exponent = D(abs(a)).ln() * D(b)
    value = exponent.exp() if abs(exponent) < 3000 else D(0) if exponent < 0 else INF
    if value == 0:
        return math.copysign(0.0, -1 if a < 0 and int(b) % 2 else 1)
    return to(t, -value if a < 0 and int(b) % 2 else value)


# ---- Functions of one number -----------------------------------------------


def _pi():
    """16 atan(1/5) - 4 atan(1/239)."""
    def atan_inverse(n):
        total, term, k = D(0), D(1) / n, 1
        while abs(term) > D(10) ** -160:
            total += term / k if k % 4 == 1 else -term / k
            term /= n * n
            k += 2
        return total
    return 16 * atan_inverse(D(5)) - 4 * atan_inverse(D(239))


PI = _pi()


def _series(first, ratio):
    """first + first ratio(1) + first ratio(1) ratio(2) + ..."""
    total, term, k = D(0), first, 0
    while abs(term) > D(10) ** -160 * max(abs(total), D(10) ** -400):
        total += term
        k += 1
        term *= ratio(k)
    return total


def _reduced(x):
    return x.remainder_near(2 * PI)


def _sin(x):
    r = _reduced(x)
    return _series(r, lambda k: -r * r / (2 * k * (2 * k + 1)))


def _cos(x):
    r = _reduced(x)
    return _series(D(1), lambda k: -r * r / (2 * k * (2 * k - 1)))


def _atan(x):
    halvings = 0
    while abs(x) > D("0.1"):  # atan x = 2 atan(x / (1 + sqrt(1 + x^2)))
        x /= 1 + (1 + x * x).sqrt()
        halvings += 1
    total, power_, k = D(0), x, 0
    while abs(power_) > D(10) ** -160 * abs(x):
        total += power_ / (2 * k + 1)
        power_ *= -x * x
        k += 1
    return total * 2 ** halvings


def _asin(x):
    return _atan(x / (1 - x * x).sqrt()) if abs(x) < 1 else PI.copy_sign(x) / 2


def _sinh(x):
    if abs(x) < 1:
        return _series(x, lambda k: x * x / (2 * k * (2 * k + 1)))
    return (x.exp() - (-x).exp()) / 2


def _log1p(x):
    """ln(1 + x), x >= 0 and perhaps tiny."""
    if x > D("0.01"):
        return (1 + x).ln()
    total, power_, k = D(0), x, 1
    while abs(power_) > D(10) ** -160 * abs(x):
        total += power_ / k
        power_ *= -x
        k += 1
    return total


def _asinh(x):
    return _log1p(abs(x) + x * x / (1 + (1 + x * x).sqrt())).copy_sign(x)


def _atanh(x):
    return (_log1p(2 * abs(x) / (1 - abs(x))) / 2).copy_sign(x)


def _erf(x):
    if abs(x) > 12:
        return D(1).copy_sign(x)
    # erf x = 2 / sqrt(pi) x e^-x^2 sum (2 x^2)^k / (1 3 5 ... (2k + 1))
    s = _series(x, lambda k: 2 * x * x / (2 * k + 1))
    return 2 / PI.sqrt() * (-x * x).exp() * s


def _sigmoid(x):
    return 1 / (1 + (-x).exp()) if x > 0 else x.exp() / (1 + x.exp())


# name: (exact, at -inf, at inf, at zero or None for exact, least, largest);
# outside (least, largest) the value is NaN.
_FUNCTIONS = {
    "exp": (D.exp, 0.0, INF, 1.0, -INF, INF),
    "log": (D.ln, NAN, INF, -INF, 0, INF),
    "tanh": (lambda x: _sinh(x) / (1 + _sinh(x) ** 2).sqrt(), -1.0, 1.0, "x", -INF, INF),
    "erf": (_erf, -1.0, 1.0, "x", -INF, INF),
    "sin": (_sin, NAN, NAN, "x", -INF, INF),
    "cos": (_cos, NAN, NAN, 1.0, -INF, INF),
    "tan": (lambda x: _sin(x) / _cos(x), NAN, NAN, "x", -INF, INF),
    "asin": (_asin, NAN, NAN, "x", -1, 1),
    "acos": (lambda x: PI / 2 - _asin(x), NAN, NAN, None, -1, 1),
    "atan": (_atan, None, None, "x", -INF, INF),
    "sinh": (_sinh, -INF, INF, "x", -INF, INF),
    "cosh": (lambda x: (x.exp() + (-x).exp()) / 2, INF, INF, 1.0, -INF, INF),
    "asinh": (_asinh, -INF, INF, "x", -INF, INF),
    "acosh": (lambda x: _log1p(x - 1 + (x * x - 1).sqrt()), NAN, INF, NAN, 1, INF),
    "atanh": (_atanh, NAN, NAN, "x", -1, 1),
    "sigmoid": (_sigmoid, 0.0, 1.0, 0.5, -INF, INF),
    "softplus": (lambda x: max(x, D(0)) + _log1p((-abs(x)).exp()), 0.0, INF, None, -INF, INF),
    "sqrt": (D.sqrt, NAN, INF, "x", 0, INF),
}


def function(name, t, x):
    exact, at_minus, at_plus, at_zero, least, largest = _FUNCTIONS[name]
    if x != x:
        return NAN
    if math.isinf(x):
        value = at_plus if x > 0 else at_minus
        return value if value is not None else to(t, (PI / 2).copy_sign(D(x)))
    if x == 0 and at_zero is not None:
        return x if at_zero == "x" else at_zero
    if x < least or x > largest:
        return NAN
    if name == "atanh" and abs(x) == 1:
        return math.copysign(INF, x)
    if name in ("exp", "sinh", "cosh") and abs(x) > 2000:
        return math.copysign(INF, x) if x > 0 or name == "sinh" else 0.0 if name == "exp" else INF
    if name in ("sigmoid", "softplus", "tanh") and abs(x) > 2000:
        return {"sigmoid": float(x > 0), "softplus": max(x, 0.0), "tanh": math.copysign(1, x)}[name]
    value = exact(D(x))
    if value == 0:
        return 0.0
    return to(t, value)


def rint(x):
    return math.copysign(float(round(x)), x) if math.isfinite(x) else x


def floor(x):
    return math.copysign(float(math.floor(x)), x) if math.isfinite(x) and x else x


def ceil(x):
    return math.copysign(float(math.ceil(x)), x) if math.isfinite(x) and x else x


def cast(source, target, x):
    """By the table of docs/numerics.md."""
    if target == "i1":
        return x != 0
    if target in FLOATS:
        return to(target, float(x) if source == "i1" or isinstance(x, float) else Fraction(x))
    if source not in FLOATS:
        return wrap(target, int(x))
    if x != x:
        return 0
    least, most = extremes(target)
    return most if x >= most else least if x <= least else int(x)


# ---- Folds -----------------------------------------------------------------


def lanes16(t, values, combine, identity):
    """The order of the reductions: 16 lanes, then halves."""
    lanes = [identity] * 16
    for r, x in enumerate(values):
        lanes[r % 16] = combine(t, lanes[r % 16], x)
    width = 8
    while width:
        for i in range(width):
            lanes[i] = combine(t, lanes[i], lanes[i + width])
        width //= 2
    return lanes[0]


def chain(t, pairs):
    """A contraction: ascending fused multiply-adds from 0."""
    acc = 0 if t in INTS else 0.0
    for a, b in pairs:
        acc = fma(t, a, b, acc)
    return acc
