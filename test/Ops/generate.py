#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes test/Ops/*.mlir: what each op computes, by exact arithmetic.

Every expectation comes from exact.py and from the definitions below, which
follow the ops' descriptions. Ops of structure (shapes, windows, contractions)
are defined in structure.py, those of training in training.py.
"""

import math
import pathlib
import sys

import exact
from exact import FLOATS, INF, INTS, NAN

HERE = pathlib.Path(__file__).resolve().parent
HEX = {"f64": (INF, "0x7FF0000000000000", "0xFFF0000000000000", "0x7FF8000000000000"),
       "f32": (INF, "0x7F800000", "0xFF800000", "0x7FC00000"),
       "f16": (INF, "0x7C00", "0xFC00", "0x7E00"),
       "bf16": (INF, "0x7F80", "0xFF80", "0x7FC0")}
# Largest finite, least subnormal.
LARGEST = {t: float((2 - 2.0 ** (1 - b)) * 2.0 ** most) for t, (b, _, most) in FLOATS.items()}
TINY = {t: math.ldexp(1.0, least - b + 1) for t, (b, least, _) in FLOATS.items()}


# ---- Text ------------------------------------------------------------------


def literal(t, x):
    if t == "i1":
        return "true" if x else "false"
    if t in INTS:
        return str(x)
    if x != x:
        return HEX[t][3]
    if math.isinf(x):
        return HEX[t][1 if x > 0 else 2]
    for digits in range(1, 18):
        text = f"{x:.{digits}g}"
        if exact.to(t, float(text)) == x:
            break
    mantissa, e, exponent = text.partition("e")
    return mantissa + ("" if "." in mantissa else ".0") + e + exponent


class Tensor:
    """Row-major elements of one type."""

    def __init__(self, dtype, shape, values):
        self.dtype, self.shape, self.values = dtype, tuple(shape), list(values)
        assert len(self.values) == math.prod(self.shape), (shape, len(self.values))

    @property
    def type(self):
        return f"tensor<{''.join(f'{d}x' for d in self.shape)}{self.dtype}>"

    def dense(self):
        def nested(shape, values):
            if not shape:
                return literal(self.dtype, values[0])
            step = len(values) // shape[0]
            return "[" + ", ".join(nested(shape[1:], values[i * step:(i + 1) * step])
                                   for i in range(shape[0])) + "]"
        if not self.values:
            return f"dense<> : {self.type}"
        return f"dense<{nested(self.shape, self.values)}> : {self.type}"


def vector(dtype, values):
    return Tensor(dtype, [len(values)], values)


def case(name, inputs, body, outputs, ulps=0, between=",\n"):
    """`body` is lines over operands %a, %b, ... and the results' names."""
    lines, results = body
    text = [f"func.func @{name}("]
    text.append(",\n".join(f"    %{'abcdefgh'[i]}: {t.type} {{tenon.value = {t.dense()}}}"
                           for i, t in enumerate(inputs)) + ") -> (")
    tolerance = f", tenon.ulps = {float(ulps)} : f64" if ulps else ""
    text.append(between.join(f"    {t.type} {{tenon.expected = {t.dense()}{tolerance}}}"
                           for t in outputs) + ") {")
    text += [f"  {line}" for line in lines]
    text.append(f"  return {', '.join(results)} : {', '.join(t.type for t in outputs)}\n}}\n")
    return "\n".join(text).replace("(\n)", "()").replace("@" + name + "(\n) ->", "@" + name + "() ->")


def gradient(name, operands, body, result_type, linear=False):
    """An operand is (type, least, largest, kinks), or a Tensor to leave alone."""
    lines, results = body
    arguments = []
    for i, o in enumerate(operands):
        if isinstance(o, Tensor):
            arguments.append(f"    %{'abcdefgh'[i]}: {o.type} {{tenon.value = {o.dense()}}}")
            continue
        type_, least, largest, kinks = o
        extra = f", tenon.kinks = [{', '.join(map(str, map(float, kinks)))}]" if kinks else ""
        arguments.append(f"    %{'abcdefgh'[i]}: {type_} "
                         f"{{tenon.range = [{float(least)}, {float(largest)}]{extra}}}")
    attributes = " attributes {tenon.linear}" if linear else ""
    return (f"func.func @{name}(\n" + ",\n".join(arguments) + f") -> {result_type}{attributes} {{\n"
            + "".join(f"  {line}\n" for line in lines)
            + f"  return {', '.join(results)} : {result_type}\n}}\n")


def write(op, parts):
    header = "// Written by generate.py: expectations are exact, rounded once.\n\n"
    (HERE / f"{op}.mlir").write_text(header + "\n".join(parts))


# ---- Pointwise ops ---------------------------------------------------------


def specials(t):
    return [0.0, -0.0, 1.0, -1.0, 0.5, -2.5, INF, -INF, NAN, TINY[t], -TINY[t],
            LARGEST[t], -LARGEST[t]]


def points(t, extra):
    return specials(t) + [exact.to(t, x) for x in extra]


def integers(t):
    least, most = exact.extremes(t)
    return [0, 1, 2, 7, 100, most, most - 1] + ([] if least == 0 else [-1, -2, -100, least])


def unary(op, f, *, attributes="", extra=(), ulps=None, range_=None, kinks=(), ints=None,
          bools=None, floats=tuple(FLOATS), result=None, linear=False, keep=lambda t, x: True):
    """`f(t, x)` defines the op; `ulps` is a tolerance by type."""
    parts = []
    tail = f" {{{attributes}}}" if attributes else ""
    for t in floats:
        xs = [x for x in points(t, extra) if keep(t, x)]
        a, y = vector(t, xs), vector(result or t, [f(t, x) for x in xs])
        parts.append(case(t, [a], ([f"%y = tenon.{op} %a{tail} : {a.type}"], ["%y"]), [y],
                          (ulps or {}).get(t, 0)))
    x = exact.to("f32", extra[0] if extra else 0.5)
    if floats:
        parts.append(case("scalar", [Tensor("f32", [], [x])],
                          ([f"%y = tenon.{op} %a{tail} : tensor<f32>"], ["%y"]),
                          [Tensor(result or "f32", [], [f("f32", x)])], (ulps or {}).get("f32", 0)))
    for t in INTS if ints else ():
        xs = integers(t)
        a, y = vector(t, xs), vector(t, [exact.wrap(t, ints(t, x)) for x in xs])
        parts.append(case(t, [a], ([f"%y = tenon.{op} %a : {a.type}"], ["%y"]), [y]))
    if bools:
        a, y = vector("i1", [False, True, True]), vector("i1", [bools(b) for b in (False, True, True)])
        parts.append(case("i1", [a], ([f"%y = tenon.{op} %a : {a.type}"], ["%y"]), [y]))
    if range_:
        parts.append(gradient("gradient", [("tensor<2x5xf64>", *range_, kinks)],
                              ([f"%y = tenon.{op} %a{tail} : tensor<2x5xf64>"], ["%y"]),
                              "tensor<2x5xf64>", linear))
    write(op, parts)


def same(n):
    """A tolerance for functions computed in f32 or narrower, 1 more in f64's libm."""
    return {"f32": n, "f64": 2, "f16": 1, "bf16": 1}


def of(name):
    return lambda t, x: exact.function(name, t, x)


def sign(t, x):
    zero = x if isinstance(x, float) and x != x else 0.0 * abs(x) if t in FLOATS else 0
    if t in FLOATS:
        return x if x != x else math.copysign(1.0, x) if x else x
    return (x > 0) - (x < 0)


SPREAD = (0.1, -0.3, 0.7, 1.3, -1.7, 2.9, -4.4, 9.5, -11.0, 30.0, -35.0)


def exact_unary():
    unary("neg", lambda t, x: -x, ints=lambda t, x: -x, range_=(-2, 2), linear=True)
    unary("abs", lambda t, x: abs(x), ints=lambda t, x: abs(x), range_=(-2, 2), kinks=[0])
    unary("sign", sign, ints=sign, range_=(-2, 2), kinks=[0])
    unary("reciprocal", lambda t, x: exact.div(t, 1.0, x), extra=SPREAD, range_=(0.5, 2))
    unary("sqrt", of("sqrt"), extra=(2.0, 3.0, 1e-3, 40000.0), range_=(0.5, 4))
    unary("rsqrt", lambda t, x: exact.div(t, 1.0, exact.function("sqrt", t, x)),
          extra=(2.0, 3.0, 1e-3, 40000.0), range_=(0.5, 4))
    steps = (1.5, 2.5, -0.5, -1.5, 0.49, -0.51, 1023.5, -7.0)
    kinks = [k / 2 for k in range(-6, 7)]
    for op, f in (("floor", exact.floor), ("ceil", exact.ceil), ("round", exact.rint)):
        unary(op, lambda t, x, f=f: f(x), extra=steps, range_=(-2, 2), kinks=kinks)
    unary("relu", lambda t, x: x if x != x or x > 0 or x == 0 else 0.0,
          ints=lambda t, x: max(x, 0), range_=(-2, 2), kinks=[0])
    unary("is_nan", lambda t, x: x != x, result="i1")
    unary("not", None, floats=(), ints=lambda t, x: ~x, bools=lambda b: not b)


def functions():
    small = (0.1, -0.3, 0.7, -0.9, 0.9999)
    rows = {  # points beside the special ones, tolerance in f32, where gradients are taken
        "exp": (SPREAD + (88.7, -87.0, -100.0, 10.5), 1, (-2, 2)),
        "log": ((0.1, 0.7, 1.3, 2.9, 1e-4, 3e4, 0.99, 1.01), 1, (0.5, 3)),
        "tanh": (SPREAD + (0.6, 0.63), 2, (-2, 2)),
        "erf": (SPREAD + (0.89, 0.91), 2, (-2, 2)),
        "sin": (SPREAD + (3.14, 100.0), 1, (-3, 3)),
        "cos": (SPREAD + (1.57, 100.0), 1, (-3, 3)),
        "tan": (SPREAD + (1.57, 100.0), 1, (-1, 1)),
        "asin": (small, 1, (-0.8, 0.8)),
        "acos": (small, 1, (-0.8, 0.8)),
        "atan": (SPREAD, 1, (-3, 3)),
        "sinh": (SPREAD, 1, (-2, 2)),
        "cosh": (SPREAD, 1, (-2, 2)),
        "asinh": (SPREAD, 1, (-3, 3)),
        "acosh": ((1.1, 1.5, 3.0, 100.0, 0.9), 1, (1.5, 4)),
        "atanh": (small, 1, (-0.8, 0.8)),
        "sigmoid": (SPREAD + (-80.0, 80.0), 3, (-3, 3)),
        "softplus": (SPREAD + (-80.0, 80.0), 2, (-3, 3)),
    }
    # Arguments that the f64 functions reduce are kept where 150 digits do.
    periodic = {"sin", "cos", "tan"}
    for op, (extra, ulps, range_) in rows.items():
        tolerance = same(ulps)
        if op in ("sigmoid", "softplus"):
            tolerance.update(f64=3, f16=2, bf16=2)
        unary(op, of(op), extra=extra, ulps=tolerance, range_=range_,
              keep=lambda t, x, op=op: not (op in periodic and t == "f64" and 1e30 < abs(x) < INF))


def pairs(t):
    values = [0.0, -0.0, 1.0, -2.5, INF, -INF, NAN, TINY[t], LARGEST[t], 0.1, 7.0, -3.0]
    values = [exact.to(t, v) for v in values]
    pick = [(a, b) for i, a in enumerate(values) for j, b in enumerate(values) if (3 * i + j) % 5 == 0]
    return pick + [(exact.to(t, a), exact.to(t, b)) for a, b in
                   ((0.1, 0.2), (-7.5, 2.0), (7.5, -2.0), (5.0, 3.0), (-5.0, 3.0), (2.0, 10.0),
                    (2.0, 0.5), (-2.0, 3.0), (0.0, 0.0), (-0.0, 0.0), (0.0, -0.0))]


def int_pairs(t):
    values = integers(t)
    return [(a, b) for i, a in enumerate(values) for j, b in enumerate(values)
            if (i + 2 * j) % 4 == 0] + [(7, 3), (6, 2), (values[-1], exact.wrap(t, -1))]


def binary(op, f, *, floats=tuple(FLOATS), ints=tuple(INTS), bools=False, ulps=None, ranges=None,
           kinks=(), linear=False, result=None, prefix="", parts=None, suffix=""):
    own = parts is None
    parts = [] if own else parts
    for t in (*floats, *ints, *(("i1",) if bools else ())):
        data = (pairs(t) if t in FLOATS else int_pairs(t) if t in INTS
                else [(False, False), (False, True), (True, False), (True, True)])
        a, b = (vector(t, list(v)) for v in zip(*data))
        y = vector(result or t, [f(t, p, q) for p, q in data])
        parts.append(case(t + suffix, [a, b],
                          ([f"%y = tenon.{op} {prefix}%a, %b : {a.type}"], ["%y"]), [y],
                          (ulps or {}).get(t, 0)))
    if ranges:
        type_ = "tensor<7xf64>"
        parts.append(gradient("gradient", [(type_, *r, kinks) for r in ranges],
                              ([f"%y = tenon.{op} %a, %b : {type_}"], ["%y"]), type_, linear))
    if own:
        write(op, parts)


def shift_left(t, a, b):
    bits = INTS[t][1]
    return exact.wrap(t, a << b) if 0 <= b < bits else 0


def shift_right(t, a, b):
    return a >> b if 0 <= b < INTS[t][1] else 0


def comparisons():
    rows = {"eq": lambda a, b: a == b, "ne": lambda a, b: a != b, "lt": lambda a, b: a < b,
            "le": lambda a, b: a <= b, "gt": lambda a, b: a > b, "ge": lambda a, b: a >= b}
    parts = []
    for i, (name, f) in enumerate(rows.items()):
        binary("compare", lambda t, a, b, f=f: f(a, b), prefix=f"{name}, ", result="i1",
               floats=("f32",) if i else tuple(FLOATS),
               ints=("i32", "ui32", "i8", "ui64")[i % 4:i % 4 + 1] if i else tuple(INTS),
               bools=i == 0, parts=parts, suffix=f"_{name}")
    write("compare", parts)


def all_binary():
    both = [(-2, 2), (-2, 2)]
    binary("add", exact.add, ranges=both, linear=True)
    binary("sub", exact.sub, ranges=both, linear=True)
    binary("mul", exact.mul, ranges=both, linear=True)
    binary("div", exact.div, ranges=[(-2, 2), (0.5, 2)])
    binary("rem", exact.rem)
    binary("mod", exact.mod)
    binary("pow", exact.power, ulps={"f32": 1, "f64": 1, "f16": 1, "bf16": 1},
           ranges=[(0.5, 2), (-2, 2)])
    binary("max", exact.maximum, ranges=both)
    binary("min", exact.minimum, ranges=both)
    for op, f in (("and", lambda t, a, b: a & b), ("or", lambda t, a, b: a | b),
                  ("xor", lambda t, a, b: a ^ b)):
        binary(op, f, floats=(), bools=True)
    binary("shl", shift_left, floats=())
    binary("shr", shift_right, floats=())
    comparisons()


def select_and_cast():
    parts = []
    for t in (*FLOATS, *INTS, "i1"):
        c = vector("i1", [True, False, True, False, False])
        if t in FLOATS:
            a, b = [0.0, -0.0, NAN, INF, TINY[t]], [1.0, -0.0, 2.0, NAN, -TINY[t]]
        elif t in INTS:
            a, b = integers(t)[:5], integers(t)[-5:]
        else:
            a, b = [True, True, False, False, True], [False, False, True, True, False]
        y = vector(t, [p if k else q for k, p, q in zip(c.values, a, b)])
        parts.append(case(t, [c, vector(t, a), vector(t, b)],
                          ([f"%y = tenon.select %a, %b, %c : {c.type}, {y.type}"], ["%y"]), [y]))
    type_ = "tensor<5xf64>"
    parts.append(gradient("gradient", [c, (type_, -2, 2, []), (type_, -2, 2, [])],
                          ([f"%y = tenon.select %a, %b, %c : tensor<5xi1>, {type_}"], ["%y"]),
                          type_, True))
    write("select", parts)

    parts = []
    every = (*FLOATS, *INTS, "i1")
    for s in every:
        xs = ([0.0, -0.0, 0.9, -1.9, 2.5, 200.0, -200.0, 65519.0, 4e9, -3e9, 1e19, 1e-41, INF, -INF, NAN]
              if s in FLOATS else integers(s) if s in INTS else [False, True])
        xs = [exact.to(s, x) for x in xs] if s in FLOATS else xs
        a = vector(s, xs)
        targets = [t for t in every if t != s]
        lines = [f"%{t} = tenon.cast %a : {a.type} to {vector(t, xs).type}" for t in targets]
        outputs = [vector(t, [exact.cast(s, t, x) for x in xs]) for t in targets]
        parts.append(case(f"from_{s}", [a], (lines, [f"%{t}" for t in targets]), outputs,
                          between=","))
    parts.append(gradient(
        "gradient", [("tensor<4xf64>", -2, 2, [])],
        (["%h = tenon.cast %a : tensor<4xf64> to tensor<4xf64>"], ["%h"]), "tensor<4xf64>", True))
    write("cast", parts)


# ---- Activations -----------------------------------------------------------


class Stepper:
    """A number whose every operation rounds to its type."""

    def __init__(self, t, x):
        self.t, self.x = t, x

    def of(self, other):
        return other if isinstance(other, Stepper) else Stepper(self.t, exact.to(self.t, other))

    def by(self, f, other):
        return Stepper(self.t, f(self.t, self.x, self.of(other).x))

    def __add__(self, o): return self.by(exact.add, o)
    def __sub__(self, o): return self.by(exact.sub, o)
    def __mul__(self, o): return self.by(exact.mul, o)
    def __truediv__(self, o): return self.by(exact.div, o)
    def max(self, o): return self.by(exact.maximum, o)
    def min(self, o): return self.by(exact.minimum, o)
    def at(self, name): return Stepper(self.t, exact.function(name, self.t, self.x))
    def abs(self): return Stepper(self.t, abs(self.x))


def activations():
    """From the definitions in NN.td, each step rounded; the functions in them
    are within their own bounds, hence a tolerance where there is one."""
    def pick(c, a, b):
        return a if c else b
    rows = {
        "leaky_relu": (lambda x: pick(x.x >= 0, x, x * 0.1), {"alpha": 0.1}, [0], 0),
        "elu": (lambda x: pick(x.x > 0, x, (x.at("exp") - 1.0) * 1.5), {"alpha": 1.5}, [0], 4),
        "selu": (lambda x: pick(x.x > 0, x, x.at("exp") * 1.7 - 1.7) * 1.05,
                 {"alpha": 1.7, "beta": 1.05}, [0], 4),
        "celu": (lambda x: x.max(0.0) + (((x / 1.5).at("exp") - 1.0) * 1.5).min(0.0),
                 {"alpha": 1.5}, [0], 4),
        "hard_sigmoid": (lambda x: (x * 0.2 + 0.5).min(1.0).max(0.0),
                         {"alpha": 0.2, "beta": 0.5}, [-2.5, 2.5], 0),
        "hard_swish": (lambda x: x * (x * (1.0 / 6.0) + 0.5).min(1.0).max(0.0), {}, [-3, 3], 0),
        "swish": (lambda x: x * (x * 1.5).at("sigmoid"), {"alpha": 1.5}, [], 4),
        "mish": (lambda x: x * x.at("softplus").at("tanh"), {}, [], 5),
        "softsign": (lambda x: x / (x.abs() + 1.0), {}, [0], 0),
        "gelu": (lambda x: x * 0.5 * ((x * 0.70710678118654752).at("erf") + 1.0), {}, [], 12),
        "gelu_tanh": (lambda x: x * 0.5 * (((x * x * x * 0.044715 + x) * 0.79788456080286536)
                                           .at("tanh") + 1.0), {}, [], 12),
        "thresholded_relu": (lambda x: pick(x.x > 0.75, x, x.of(0.0)), {"alpha": 0.75}, [0.75], 0),
        "shrink": (lambda x: pick(x.x < -0.75, x + 0.25, pick(x.x > 0.75, x - 0.25, x.of(0.0))),
                   {"lambda": 0.75, "bias": 0.25}, [-0.75, 0.75], 0),
    }
    for op, (f, attributes, kinks, ulps) in rows.items():
        def define(t, x, f=f):
            return f(Stepper(t, x)).x
        tolerance = {t: ulps for t in FLOATS}
        unary(op, define, attributes=", ".join(f"{k} = {v} : f64" for k, v in attributes.items()),
              extra=(0.75, -0.75, 3.0, -3.0, 1.7, -1.7), ulps=tolerance, range_=(-4, 4), kinks=kinks)


def main():
    exact_unary()
    functions()
    all_binary()
    select_and_cast()
    activations()
    import structure
    import training
    structure.write_all()
    training.write_all()


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    main()
