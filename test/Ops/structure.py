# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Ops of structure: shapes, reductions, windows, contractions, normalisation.

Each definition indexes elements as the op's description does. Values are
two-digit decimals, inexact in binary, so that the order of sums shows.
"""

import itertools
import math
import random

import exact
from exact import FLOATS, INTS, NAN
from generate import Tensor, case, gradient, write

NUMBERS = (*FLOATS, *INTS)
EVERY = (*NUMBERS, "i1")


def some(t, shape, seed=0):
    """Values of all magnitudes near 1, of both signs where there are."""
    r = random.Random(f"{t} {shape} {seed}")
    count = math.prod(shape)
    if t in FLOATS:
        values = [exact.to(t, round(r.uniform(-4, 4), 2)) for _ in range(count)]
    elif t in INTS:
        values = [r.randint(0 if INTS[t][0] else -100, 100) for _ in range(count)]
    else:
        values = [r.random() < 0.5 for _ in range(count)]
    return Tensor(t, shape, values)


def indices(shape):
    return itertools.product(*map(range, shape))


def at(x, index):
    flat = 0
    for i, extent in zip(index, x.shape):
        flat = flat * extent + i
    return x.values[flat]


def build(t, shape, f):
    """The tensor whose element at an index is f(index)."""
    return Tensor(t, shape, [f(i) for i in indices(shape)])


def one(op, text, inputs, output, name, ulps=0):
    """A case of one op; `text` is what stands between its name and its end."""
    return case(name, inputs, ([f"%y = tenon.{op} {text}"], ["%y"]), [output], ulps)


def slope(op, text, shapes, result, linear=True, range_=(-2, 2), name="gradient"):
    return gradient(name, [o if isinstance(o, Tensor) else
                           (Tensor("f64", o, [0.0] * math.prod(o)).type, *range_, [])
                           for o in shapes],
                    ([f"%y = tenon.{op} {text}"], ["%y"]), f"tensor<{''.join(f'{d}x' for d in result)}f64>",
                    linear)


def movements():
    """(op, operand shape, text after the operand, result shape, source index)."""
    rows = [
        ("broadcast", (3,), "dims [1] : {x} to {y}", (2, 3, 2), lambda i: (i[1],)),
        ("reshape", (2, 3), ": {x} to {y}", (3, 1, 2), lambda i: divmod(i[0] * 2 + i[2], 3)),
        ("transpose", (2, 3, 4), "permutation [2, 0, 1] : {x}", (4, 2, 3), lambda i: (i[1], i[2], i[0])),
        ("slice", (3, 7), "starts [2, 1] sizes [2, 3] strides [-2, 2] : {x}", (2, 3),
         lambda i: (2 - 2 * i[0], 1 + 2 * i[1])),
    ]
    for op, shape, text, result, source in rows:
        parts = []
        for t in EVERY:
            x = some(t, shape)
            y = build(t, result, lambda i: at(x, source(i)))
            parts.append(one(op, f"%a " + text.format(x=x.type, y=y.type), [x], y, t))
        x, y = Tensor("f64", shape, [0.0] * math.prod(shape)), Tensor("f64", result, [0.0] * math.prod(result))
        parts.append(slope(op, "%a " + text.format(x=x.type, y=y.type), [shape], result))
        if op == "broadcast":
            x = some("f32", ())
            parts.append(one(op, f"%a dims [] : tensor<f32> to tensor<17xf32>", [x],
                             build("f32", (17,), lambda i: x.values[0]), "scalar"))
        write(op, parts)


def pad():
    """Modes by the index that an element outside takes its value from."""
    modes = {"constant": None,
             "edge": lambda k, n: min(max(k, 0), n - 1),
             "reflect": lambda k, n: -k if k < 0 else 2 * (n - 1) - k if k >= n else k,
             "wrap": lambda k, n: k % n}
    parts = []
    for mode, source in modes.items():
        for t in EVERY if mode == "constant" else ("f32", "i64"):
            x = some(t, (2, 4))
            fill = exact.to(t, 1.5) if t in FLOATS else 1

            def element(i):
                k = (i[0] - 1, i[1] - 2)
                if source:
                    return at(x, (source(k[0], 2), source(k[1], 4)))
                return at(x, k) if 0 <= k[0] < 2 and 0 <= k[1] < 4 else fill
            parts.append(one("pad", f"%a {mode} {1.5 if t in FLOATS else 1.0} low [1, 2] high [0, 3] : {x.type}",
                             [x], build(t, (3, 9), element), f"{mode}_{t}"))
        parts.append(slope("pad", f"%a {mode} 0.0 low [1, 2] high [0, 3] : tensor<2x4xf64>", [(2, 4)],
                           (3, 9), name=f"gradient_{mode}"))
    for t in EVERY:
        x = some(t, (2, 4))
        fill = exact.to(t, 1.5) if t in FLOATS else 1
        y = build(t, (4, 11), lambda i: at(x, (i[0] // 3, (i[1] - 2) // 2))
                  if i[0] % 3 == 0 and 0 <= i[1] - 2 < 8 and i[1] % 2 == 0 else fill)
        parts.append(one("pad", f"%a constant {1.5 if t in FLOATS else 1.0} low [0, 2] high [0, 2] "
                         f"interior [2, 1] : {x.type}", [x], y, f"interior_{t}"))
    parts.append(slope("pad", "%a constant 0.0 low [0, 2] high [0, 2] interior [2, 1] : tensor<2x4xf64>",
                       [(2, 4)], (4, 11), name="gradient_interior"))
    return parts


def joins():
    parts = []
    for t in EVERY:
        a, b, c = some(t, (2, 3)), some(t, (2, 1), 1), some(t, (2, 2), 2)
        y = build(t, (2, 6), lambda i: at(a, i) if i[1] < 3 else at(b, (i[0], 0)) if i[1] == 3
                  else at(c, (i[0], i[1] - 4)))
        parts.append(one("concat", f"%a, %b, %c axis 1 : {a.type}, {b.type}, {c.type}", [a, b, c], y, t))
    parts.append(slope("concat", "%a, %b axis 0 : tensor<2x2xf64>, tensor<1x2xf64>", [(2, 2), (1, 2)], (3, 2)))
    write("concat", parts)

    parts = []
    for t in EVERY:
        kind = {"i8": "i8", "ui8": "ui8", "i32": "i32", "ui32": "ui32"}.get(t, "i64")
        x = some(t, (2, 5))
        wanted = [0, 4, 9, 2, 100, 1] if kind[0] == "u" else [0, 4, -1, -5, 9, -100]
        k = Tensor(kind, (2, 3), wanted)
        y = build(t, (2, 2, 3), lambda i: at(x, (i[0], min(max(
            at(k, i[1:]) + (5 if at(k, i[1:]) < 0 else 0), 0), 4))))
        parts.append(one("gather", f"%a, %b axis 1 : {x.type}, {k.type}", [x, k], y, t))
    k = Tensor("i64", (2, 3), [0, 4, -1, -5, 9, -100])
    parts.append(slope("gather", f"%a, %b axis 1 : tensor<2x5xf64>, {k.type}", [(2, 5), k], (2, 2, 3)))
    k = Tensor("i32", (3,), [1, 0, 1])
    parts.append(slope("gather", f"%a, %b axis 0 : tensor<2x17xf64>, {k.type}", [(2, 17), k], (3, 17),
                       name="gradient_rows"))
    write("gather", parts)

    parts = []
    for t in NUMBERS:
        kind = {"i8": "i8", "ui8": "ui8", "i32": "i32", "ui32": "ui32"}.get(t, "i64")
        for axis, shape, result in ((1, (2, 2, 3), (2, 5)), (0, (2, 3, 17), (5, 17))):
            x = some(t, shape)
            wanted = [0, 4, 9, 2, 4, 4] if kind[0] == "u" else [0, 4, -1, -5, 9, -100]
            k = Tensor(kind, (2, 3), wanted)

            def total(i):
                r = 0.0 if t in FLOATS else 0
                for u in indices(k.shape):
                    row = at(k, u)
                    if min(max(row + (5 if row < 0 else 0), 0), 4) == i[axis]:
                        r = exact.add(t, r, at(x, (*i[:axis], *u, *i[axis + 1:])))
                return r
            y = build(t, result, total)
            parts.append(one("scatter_add", f"%a, %b axis {axis} : {x.type}, {k.type} to {y.type}", [x, k], y,
                             f"{t}_axis_{axis}"))
    k = Tensor("i64", (3,), [1, 0, 1])
    parts.append(slope("scatter_add", f"%a, %b axis 0 : tensor<3x2xf64>, {k.type} to tensor<4x2xf64>",
                       [(3, 2), k], (4, 2)))
    write("scatter_add", parts)

    parts = []
    for t in NUMBERS:
        y = build(t, (2, 5), lambda i: i[1] if t in INTS else float(i[1]))
        parts.append(case(t, [], ([f"%y = tenon.iota axis 1 : {y.type}"], ["%y"]), [y]))
    write("iota", parts)


def rows_of_rows():
    """A second reduction of what the first one gave, and both shapes as results:
    rows along the last dimensions, which are walked as one or not, and across."""
    parts = []
    for shape, dims, scaled in (((3, 5, 7), (1, 2), None), ((2, 3, 32), (1, 2), 2), ((2, 3, 9), (1, 2), 2),
                                ((4, 3, 5), (0, 1, 2), None), ((2, 5, 20), (1,), None), ((37, 35), (0,), 1),
                                ((2, 4, 3, 16), (1, 2), None), ((3, 2, 17), (0, 2), None)):
        t, kept = "f32", [d for d in range(len(shape)) if d not in dims]
        x, w = some(t, shape), some(t, (shape[scaled],) if scaled else ())
        y = build(t, shape, lambda i: exact.mul(t, at(x, i), w.values[i[scaled] if scaled else 0]))
        small, extents = [shape[d] for d in kept], [shape[d] for d in dims]

        def fold(v, f, start):
            def row(i):
                whole = dict(zip(kept, i))
                return exact.lanes16(t, [at(v, tuple({**whole, **dict(zip(dims, r))}[d] for d in range(len(shape))))
                                         for r in indices(extents)], f, start)
            return build(t, small, row)
        top = fold(y, exact.maximum, -math.inf)
        d = build(t, shape, lambda i: exact.sub(t, at(y, i), at(top, [i[k] for k in kept])))
        total = fold(d, exact.add, 0.0)
        z = build(t, shape, lambda i: exact.mul(t, at(d, i), at(total, [i[k] for k in kept])))
        along = f"dims [{', '.join(map(str, dims))}] : {x.type}"
        back = f"dims [{', '.join(map(str, kept))}] : {top.type} to {x.type}"
        lines = [f"%w = tenon.broadcast %b dims [{'' if scaled is None else scaled}] : {w.type} to {x.type}",
                 f"%y = tenon.mul %a, %w : {x.type}", f"%top = tenon.reduce_max %y {along}",
                 f"%t = tenon.broadcast %top {back}", f"%d = tenon.sub %y, %t : {x.type}",
                 f"%s = tenon.reduce_sum %d {along}", f"%u = tenon.broadcast %s {back}",
                 f"%z = tenon.mul %d, %u : {x.type}"]
        parts.append(case(f"rows_{'x'.join(map(str, shape))}_{''.join(map(str, dims))}", [x, w],
                          (lines, ["%s", "%z"]), [total, z]))
    return parts


def reductions():
    rows = {"reduce_sum": (exact.add, lambda t: 0), "reduce_prod": (exact.mul, lambda t: 1),
            "reduce_max": (exact.maximum, lambda t: exact.extremes(t)[0]),
            "reduce_min": (exact.minimum, lambda t: exact.extremes(t)[1])}
    for op, (f, identity) in rows.items():
        parts = []

        def fold(t, values):
            start = identity(t)
            return exact.lanes16(t, values, f, start if t in INTS else float(start))
        for t in NUMBERS:
            x = some(t, (2, 37))
            if op == "reduce_prod" and t in FLOATS:
                x = Tensor(t, x.shape, [exact.to(t, 0.75 + v / 8) for v in x.values])
            y = build(t, (2,), lambda i: fold(t, [at(x, (i[0], k)) for k in range(37)]))
            parts.append(one(op, f"%a dims [1] : {x.type}", [x], y, t))
        x = some("f32", (3, 4, 5), 1)
        y = build("f32", (4,), lambda i: fold("f32", [at(x, (b, i[0], a)) for a in range(5) for b in range(3)]))
        parts.append(one(op, f"%a dims [2, 0] : {x.type}", [x], y, "order_of_dims"))
        x = some("f32", (5, 18), 2)
        y = build("f32", (18,), lambda i: fold("f32", [at(x, (k, i[0])) for k in range(5)]))
        parts.append(one(op, f"%a dims [0] : {x.type}", [x], y, "columns"))
        x = Tensor("f32", (3, 2), [-0.0, -0.0, NAN, 1.0, math.inf, -math.inf])
        y = build("f32", (3,), lambda i: fold("f32", [at(x, (i[0], k)) for k in range(2)]))
        parts.append(one(op, f"%a dims [1] : {x.type}", [x], y, "special"))
        parts.append(slope(op, "%a dims [0, 2] : tensor<2x3x3xf64>", [(2, 3, 3)], (3,), op == "reduce_sum"))
        if op == "reduce_prod":  # rows with no zero, one and two
            mask = Tensor("f64", (3, 3), [1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0])
            parts.append(gradient("gradient_with_zeros", [("tensor<3x3xf64>", -2, 2, []), mask],
                                  (["%x = tenon.mul %a, %b : tensor<3x3xf64>",
                                    "%y = tenon.reduce_prod %x dims [1] : tensor<3x3xf64>"], ["%y"]),
                                  "tensor<3xf64>"))
        if op == "reduce_sum":
            parts += rows_of_rows()
        write(op, parts)

    for op, better in (("arg_max", lambda a, b: a > b), ("arg_min", lambda a, b: a < b)):
        parts = []
        for t in NUMBERS:
            x = some(t, (3, 6))
            v = x.values
            v[1], v[3] = v[0], v[0]  # ties
            v[6 + 2] = v[6 + 5] = (max if op == "arg_max" else min)(v[6:12])
            if t in FLOATS:
                v[12 + 2] = v[12 + 4] = NAN
            for last in (False, True):
                def pick(i):
                    best = 0
                    row = [at(x, (i[0], k)) for k in range(6)]
                    nans = [k for k in range(6) if row[k] != row[k]]
                    if nans:
                        return nans[-1 if last else 0]
                    for k in range(1, 6):
                        if better(row[k], row[best]) or last and row[k] == row[best]:
                            best = k
                    return best
                suffix = " last" if last else ""
                parts.append(one(op, f"%a axis 1{suffix} : {x.type}", [x], build("i64", (3,), pick),
                                 f"{t}{suffix.replace(' ', '_')}"))
        write(op, parts)


def matmul():
    parts = []

    def product(a, b):
        batch = a.shape[:-2]
        k = a.shape[-1]
        return build(a.dtype, (*batch, a.shape[-2], b.shape[-1]), lambda i: exact.chain(
            a.dtype, ((at(a, (*i[:-2], i[-2], p)), at(b, (*i[:-2], p, i[-1]))) for p in range(k))))
    for t in NUMBERS:
        a, b = some(t, (3, 5)), some(t, (5, 4), 1)
        parts.append(one("matmul", f"%a, %b : {a.type}, {b.type}", [a, b], product(a, b), t))
    for name, sa, sb in (("batched", (2, 2, 3), (2, 3, 3)), ("row", (1, 7), (7, 19)),
                         ("column", (17, 3), (3, 1)), ("edges", (9, 2), (2, 33))):
        a, b = some("f32", sa), some("f32", sb, 1)
        parts.append(one("matmul", f"%a, %b : {a.type}, {b.type}", [a, b], product(a, b), name))
    a = Tensor("f32", (2, 2), [math.inf, 0.0, NAN, 1e30])
    b = Tensor("f32", (2, 2), [0.0, 1.0, 1.0, 1e30])
    parts.append(one("matmul", f"%a, %b : {a.type}, {b.type}", [a, b],
                     product(*(Tensor("f32", x.shape, [exact.to("f32", v) for v in x.values]) for x in (a, b))),
                     "special"))
    parts.append(slope("matmul", "%a, %b : tensor<3x4xf64>, tensor<4x2xf64>", [(3, 4), (4, 2)], (3, 2)))
    parts.append(slope("matmul", "%a, %b : tensor<2x2x3xf64>, tensor<2x3x2xf64>", [(2, 2, 3), (2, 3, 2)],
                       (2, 2, 2), name="gradient_batched"))
    write("matmul", parts)


class Window:
    """Spatial extents, and the taps of each output position."""

    def __init__(self, extents, size, strides, low, high, dilations):
        self.extents, self.size, self.strides = extents, size, strides
        self.low, self.high, self.dilations = low, high, dilations
        self.out = tuple((e + l + h - d * (k - 1) - 1) // s + 1 for e, k, s, l, h, d
                         in zip(extents, size, strides, low, high, dilations))

    def taps(self, position):
        """(tap, place in the operand) in ascending order; places may lie outside."""
        for tap in indices(self.size):
            yield tap, tuple(p * s - l + k * d for p, s, l, k, d in
                             zip(position, self.strides, self.low, tap, self.dilations))

    def inside(self, place):
        return all(0 <= p < e for p, e in zip(place, self.extents))

    def text(self, window=True):
        lists = ([("window", self.size)] if window else []) + [
            ("strides", self.strides), ("low", self.low), ("high", self.high), ("dilations", self.dilations)]
        return " ".join(f"{name} [{', '.join(map(str, v))}]" for name, v in lists)


def conv():
    one_d = Window((7,), (3,), (2,), (1,), (0,), (1,))
    plain = Window((5, 4), (3, 3), (1, 1), (1, 1), (1, 1), (1, 1))
    strided = Window((6, 5), (2, 3), (2, 1), (0, 2), (1, 0), (1, 2))
    three_d = Window((2, 3, 3), (2, 2, 1), (1, 1, 2), (0, 1, 0), (0, 0, 0), (1, 1, 1))
    point = Window((3, 3), (1, 1), (1, 1), (0, 0), (0, 0), (1, 1))
    rows = [(f"{t}", t, plain, 1, 2, 3, 1) for t in NUMBERS] + [
        ("one_dimension", "f32", one_d, 2, 2, 3, 1), ("strided", "f32", strided, 1, 2, 2, 1),
        ("three_dimensions", "f32", three_d, 1, 2, 2, 1), ("pointwise", "f32", point, 1, 3, 17, 1),
        ("groups", "f32", plain, 1, 4, 6, 2), ("depthwise", "f32", plain, 1, 18, 18, 18)]
    parts = []
    for name, t, w, n, channels, filters, groups in rows:
        inner = channels // groups
        first = some(t, (n, channels, *w.extents)), some(t, (filters, inner, *w.size), 1)
        if name not in EVERY and t == "f32" and name != "depthwise":
            first[0].values[1] = math.inf  # meets taps of both signs, and zeros outside

        def element(i):
            group = i[1] // (filters // groups)
            pairs = []
            for tap, place in w.taps(i[2:]):
                for c in range(inner):
                    inside = w.inside(place)
                    zero = 0.0 if t in FLOATS else 0
                    pairs.append((at(first[0], (i[0], group * inner + c, *place)) if inside else zero,
                                  at(first[1], (i[1], c, *tap))))
            return exact.chain(t, pairs)
        y = build(t, (n, filters, *w.out), element)
        parts.append(one("conv", f"%a, %b channels_first {w.text(False)} groups {groups} : "
                         f"{first[0].type}, {first[1].type}", list(first), y, name))
        if t in ("f32", "i32"):
            x = channels_last(first[0])
            f = build(t, (*w.size, inner, filters), lambda i: at(first[1], (i[-1], i[-2], *i[:-2])))
            parts.append(one("conv", f"%a, %b channels_last {w.text(False)} groups {groups} : "
                             f"{x.type}, {f.type}", [x, f], channels_last(y), f"{name}_channels_last"))
    write_with_gradients("conv", parts)


# Edge shapes of windows: name, window, batch, channels, filters, groups.
CONVOLUTIONS = [
    ("same", Window((4, 3), (3, 3), (1, 1), (1, 1), (1, 1), (1, 1)), 2, 2, 3, 1),
    ("strided", Window((6, 5), (3, 2), (2, 3), (0, 2), (1, 0), (1, 2)), 1, 2, 2, 1),
    ("skipping", Window((7, 4), (1, 1), (3, 2), (0, 0), (0, 0), (1, 1)), 2, 2, 3, 1),
    ("far_padding", Window((3, 4), (2, 1), (1, 2), (3, 2), (4, 1), (1, 1)), 1, 2, 2, 1),
    ("grouped", Window((3, 3), (2, 2), (1, 1), (1, 0), (0, 1), (1, 1)), 1, 4, 6, 2),
    ("depthwise", Window((4, 3), (3, 3), (2, 1), (1, 1), (1, 1), (1, 1)), 1, 3, 3, 3),
    ("multiplied", Window((3, 3), (2, 2), (1, 1), (1, 1), (0, 0), (1, 1)), 1, 2, 4, 2),
    ("one_dimension", Window((7,), (3,), (2,), (2,), (1,), (2,)), 2, 2, 2, 1),
    ("three_dimensions", Window((2, 3, 3), (2, 2, 1), (1, 1, 2), (0, 1, 0), (0, 0, 0), (1, 1, 1)), 1, 2, 2, 1),
    ("single", Window((1, 1), (1, 1), (1, 1), (0, 0), (0, 0), (1, 1)), 1, 1, 1, 1),
    ("thin", Window((1, 5), (1, 3), (1, 1), (0, 1), (0, 1), (1, 1)), 1, 1, 2, 1),
    ("unread_rest", Window((6, 5), (2, 2), (3, 3), (0, 0), (0, 0), (1, 1)), 1, 2, 2, 1),
]


def both_layouts(op, name, w, n, channels, filters, groups):
    """Gradient tests of a convolution's relative, channels first and last."""
    window = "" if op != "conv_filter_grad" else f"window [{', '.join(map(str, w.size))}] "
    lists = w.text(False)
    if op == "conv_transpose":
        lists = f"strides {list(w.strides)} low {list(w.low)} dilations {list(w.dilations)}"
    parts = []
    for layout in ("channels_first", "channels_last"):
        def of(c, extents):
            return (n, c, *extents) if layout == "channels_first" else (n, *extents, c)
        inner = channels // groups
        x, y = of(channels, w.extents), of(filters, w.out)
        f = (filters, inner, *w.size) if layout == "channels_first" else (*w.size, inner, filters)
        left, right, result = {"conv": (x, f, y), "conv_filter_grad": (x, y, f), "conv_transpose": (y, f, x)}[op]
        types = [f"tensor<{''.join(f'{d}x' for d in s)}f64>" for s in (left, right, result)]
        text = f"%a, %b {layout} {window}{lists} groups {groups} : {types[0]}, {types[1]}"
        if op == "conv_transpose":
            text += f" to {types[2]}"
        parts.append(slope(op, text, [left, right], result, name=f"gradient_{name}_{layout}"))
    return parts


def write_with_gradients(op, parts, edges=()):
    """The op's file, and others for edge shapes."""
    slopes = [s for row in CONVOLUTIONS for s in both_layouts(op, *row)]
    write(op, parts + slopes[:2])
    write(f"{op}-gradients", slopes[2:])
    if edges:
        write(f"{op}-edges", edges)


def filter_gradients():
    rows = [(t, t, CONVOLUTIONS[0][1], 2, 2, 3, 1) for t in NUMBERS] + [
        (name, "f32", *rest) for name, *rest in CONVOLUTIONS] + [
        ("wide", "f32", CONVOLUTIONS[1][1], 3, 3, 35, 1), ("wide_depthwise", "f32", CONVOLUTIONS[5][1], 2, 19, 19, 19)]
    parts, edges = [], []
    for name, t, w, n, channels, filters, groups in rows:
        into = parts if name in EVERY else edges
        inner, per = channels // groups, filters // groups
        zero = 0.0 if t in FLOATS else 0
        x, dy = some(t, (n, channels, *w.extents)), some(t, (n, filters, *w.out), 1)

        def element(i):
            pairs = []
            for b in range(n):
                for o in indices(w.out):
                    place = dict(w.taps(o))[i[2:]]
                    pairs.append((at(x, (b, i[0] // per * inner + i[1], *place)) if w.inside(place) else zero,
                                  at(dy, (b, i[0], *o))))
            return exact.chain(t, pairs)
        dw = build(t, (filters, inner, *w.size), element)
        text = f"{w.text()} groups {groups}"
        into.append(one("conv_filter_grad", f"%a, %b channels_first {text} : {x.type}, {dy.type}", [x, dy], dw, name))
        if t in ("f32", "i32"):
            xl, dyl = channels_last(x), channels_last(dy)
            last = build(t, (*w.size, inner, filters), lambda i: at(dw, (i[-1], i[-2], *i[:-2])))
            into.append(one("conv_filter_grad", f"%a, %b channels_last {text} : {xl.type}, {dyl.type}", [xl, dyl],
                             last, f"{name}_channels_last"))
    write_with_gradients("conv_filter_grad", parts, edges)


def transposed_convolutions():
    rows = [(t, t, CONVOLUTIONS[0][1], 2, 2, 3, 1) for t in NUMBERS] + [
        (name, "f32", *rest) for name, *rest in CONVOLUTIONS]
    parts, edges = [], []
    for name, t, w, n, channels, filters, groups in rows:
        into = parts if name in EVERY else edges
        inner, per = channels // groups, filters // groups
        x, f = some(t, (n, filters, *w.out)), some(t, (filters, inner, *w.size), 1)

        def element(i):
            group = i[1] // inner
            pairs = []
            for tap in reversed(list(indices(w.size))):
                ahead = [p + l - k * d for p, l, k, d in zip(i[2:], w.low, tap, w.dilations)]
                place = [a // s for a, s in zip(ahead, w.strides)]
                if all(a % s == 0 and 0 <= o < e for a, s, o, e in zip(ahead, w.strides, place, w.out)):
                    pairs += [(at(x, (i[0], c, *place)), at(f, (c, i[1] % inner, *tap)))
                              for c in range(group * per, group * per + per)]
            return exact.chain(t, pairs)
        y = build(t, (n, channels, *w.extents), element)
        text = f"strides {list(w.strides)} low {list(w.low)} dilations {list(w.dilations)} groups {groups}"
        into.append(one("conv_transpose", f"%a, %b channels_first {text} : {x.type}, {f.type} to {y.type}",
                         [x, f], y, name))
        if t in ("f32", "i32"):
            fl = build(t, (*w.size, inner, filters), lambda i: at(f, (i[-1], i[-2], *i[:-2])))
            xl, yl = channels_last(x), channels_last(y)
            into.append(one("conv_transpose", f"%a, %b channels_last {text} : {xl.type}, {fl.type} to {yl.type}",
                             [xl, fl], yl, f"{name}_channels_last"))
    write_with_gradients("conv_transpose", parts, edges)


def channels_last(x):
    return build(x.dtype, (x.shape[0], *x.shape[2:], x.shape[1]), lambda i: at(x, (i[0], i[-1], *i[1:-1])))


def pool_slopes(op, name, w, suffix, linear):
    parts = []
    for layout in ("channels_first", "channels_last"):
        def of(extents):
            return (1, 2, *extents) if layout == "channels_first" else (1, *extents, 2)
        type_ = f"tensor<{''.join(f'{d}x' for d in of(w.extents))}f64>"
        parts.append(slope(op, f"%a {layout} {w.text()}{suffix} : {type_}", [of(w.extents)], of(w.out), linear,
                           name=f"gradient_{name}_{layout}"))
    return parts


def winners(x, w):
    """The number of the tap that each window's maximum comes from."""
    def pick(i):
        best = -1, None
        for number, (_, place) in enumerate(w.taps(i[2:])):
            if not w.inside(place):
                continue
            v = at(x, (*i[:2], *place))
            if best[0] < 0 or best[1] == best[1] and (v != v or v > best[1]):
                best = number, v
        return best[0]
    return build("i32", (*x.shape[:2], *w.out), pick)


def pools():
    windows = {"plain": Window((4, 4), (2, 2), (2, 2), (0, 0), (0, 0), (1, 1)),
               "padded": Window((5, 4), (3, 2), (2, 1), (1, 1), (1, 0), (1, 1)),
               "dilated": Window((7,), (3,), (1,), (2,), (2,), (2,)),
               "three_dimensions": Window((3, 2, 3), (2, 2, 2), (1, 1, 2), (1, 0, 0), (0, 0, 1), (1, 1, 1))}

    def values(x, w, i):
        return [at(x, (i[0], i[1], *p)) for _, p in w.taps(i[2:]) if w.inside(p)]

    def both(op, text, x, y, name):
        return [one(op, f"%a channels_first {text} : {x.type}", [x], y, name),
                one(op, f"%a channels_last {text} : {channels_last(x).type}", [channels_last(x)],
                    channels_last(y), f"{name}_channels_last")]
    parts = []
    for name, w in windows.items():
        for t in NUMBERS if name == "padded" else ("f32",):
            x = some(t, (1, 3, *w.extents))
            if t == "f32" and name == "plain":
                x.values[1:4] = [NAN, math.inf, -0.0]

            def largest(i):
                r = exact.extremes(t)[0]
                for v in values(x, w, i):
                    r = exact.maximum(t, r, v)
                return r
            parts += both("max_pool", w.text(), x, build(t, (1, 3, *w.out), largest), f"{name}_{t}")
    for name, w in windows.items():
        parts += pool_slopes("max_pool", name, w, "", False)
    write("max_pool", parts)

    parts = []
    for name, w in windows.items():
        for t in NUMBERS if name == "padded" else ("f32",):
            x = some(t, (1, 3, *w.extents))
            if t == "f32" and name == "plain":
                x.values[1:4] = [NAN, math.inf, -0.0]
            if t == "f32" and name == "dilated":
                x.values[:7] = [-math.inf] * 7
            parts += both("max_pool_index", w.text(), x, winners(x, w), f"{name}_{t}")
    write("max_pool_index", parts)

    parts = []
    for name, w in windows.items():
        for t in NUMBERS if name == "padded" else ("f32",):
            dy = some(t, (1, 3, *w.out), 1)
            k = winners(some(t, (1, 3, *w.extents)), w)
            for picked in (False, True):
                def total(i):
                    r = 0.0 if t in FLOATS else 0
                    for number, tap in enumerate(indices(w.size)):
                        for o in indices(w.out):
                            if dict(w.taps(o))[tap] == i[2:] and not (
                                    picked and at(k, (*i[:2], *o)) != number):
                                r = exact.add(t, r, at(dy, (*i[:2], *o)))
                    return r
                y = build(t, (1, 3, *w.extents), total)
                for layout, turn in (("channels_first", lambda v: v), ("channels_last", channels_last)):
                    if layout == "channels_last" and t != "f32":
                        continue
                    inputs = [turn(dy)] + ([turn(k)] if picked else [])
                    text = (f"%a{', %b' if picked else ''} {layout} {w.text()} : "
                            f"{', '.join(v.type for v in inputs)} to {turn(y).type}")
                    parts.append(one("unpool", text, inputs, turn(y),
                                     f"{name}_{t}{'_picked' if picked else ''}_{layout}"))
        k = winners(some("f64", (1, 2, *w.extents)), w)
        shapes = [(1, 2, *w.out)]
        for extra in ([], [k]):
            types = ", ".join(["tensor<" + "".join(f"{d}x" for d in shapes[0]) + "f64>"] + [v.type for v in extra])
            result = (1, 2, *w.extents)
            parts.append(slope("unpool", f"%a{', %b' if extra else ''} channels_first {w.text()} : {types} to "
                               f"tensor<{''.join(f'{d}x' for d in result)}f64>", shapes + extra, result,
                               name=f"gradient_{name}{'_picked' if extra else ''}"))
    slopes = [part for part in parts if "@gradient" in part]
    write("unpool", [part for part in parts if part not in slopes] + slopes[:1])
    write("unpool-gradients", slopes[1:])

    parts = []
    for name, w in windows.items():
        for t in FLOATS if name == "padded" else ("f32",):
            x = some(t, (1, 3, *w.extents))
            for count_pad in (False, True):
                def mean(i):
                    total = 0.0
                    for v in values(x, w, i):
                        total = exact.add(t, total, v)
                    taps = list(w.taps(i[2:]))
                    count = len(values(x, w, i)) if not count_pad else sum(
                        all(-l <= p < e + h for p, e, l, h in zip(place, w.extents, w.low, w.high))
                        for _, place in taps)
                    return exact.div(t, total, float(count))
                text = w.text() + (" {count_pad}" if count_pad else "")
                parts += both("avg_pool", text, x, build(t, (1, 3, *w.out), mean),
                              f"{name}_{t}" + ("_counting_padding" if count_pad else ""))
        for text in ("", " {count_pad}"):
            parts += pool_slopes("avg_pool", name + ("_counting_padding" if text else ""), w, text, True)
    write("avg_pool", parts)


def normalisation():
    ulps = {"f32": 4, "f64": 4, "f16": 4, "bf16": 4}
    for op in ("softmax", "log_softmax"):
        parts = []

        def define(x, axis):
            t = x.dtype

            def line(i):
                return [at(x, (*i[:axis], k, *i[axis + 1:])) for k in range(x.shape[axis])]

            def element(i):
                row = line(i)
                top = exact.lanes16(t, row, exact.maximum, -math.inf)
                shifted = [exact.sub(t, v, top) for v in row]
                powers = [exact.function("exp", t, v) for v in shifted]
                total = exact.lanes16(t, powers, exact.add, 0.0)
                if op == "softmax":
                    return exact.div(t, powers[i[axis]], total)
                return exact.sub(t, shifted[i[axis]], exact.function("log", t, total))
            return build(t, x.shape, element)
        for t in FLOATS:
            x = some(t, (2, 19))
            parts.append(one(op, f"%a axis 1 : {x.type}", [x], define(x, 1), t, ulps[t]))
        x = some("f32", (3, 18), 1)
        parts.append(one(op, f"%a axis 0 : {x.type}", [x], define(x, 0), "columns", 8))
        x = Tensor("f32", (3, 2), [-math.inf, 1.0, NAN, 0.0, 1000.0, -1000.0])
        parts.append(one(op, f"%a axis 1 : {x.type}", [x], define(x, 1), "special", 4))
        for axis, shape in ((1, (2, 4)), (0, (17, 2)), (1, (2, 3, 2)), (1, (3, 1)), (0, (19,))):
            type_ = Tensor("f64", shape, [0.0] * math.prod(shape)).type
            parts.append(slope(op, f"%a axis {axis} : {type_}", [shape], shape, False,
                               name=f"gradient_{'x'.join(map(str, shape))}"))
        write(op, parts)

    parts = []
    for t in FLOATS:
        x, scale, bias, mean = (some(t, s, k) for k, s in enumerate(((2, 3, 2, 3), (3,), (3,), (3,))))
        variance = Tensor(t, (3,), [exact.to(t, v) for v in (0.3, 1.7, 4.1)])
        epsilon = exact.to(t, 1e-3)

        def element(i):
            c = i[1]
            root = exact.function("sqrt", t, exact.add(t, variance.values[c], epsilon))
            s = exact.div(t, scale.values[c], root)
            shift = exact.sub(t, bias.values[c], exact.mul(t, mean.values[c], s))
            return exact.add(t, exact.mul(t, at(x, i), s), shift)
        parts.append(one("batch_norm", f"%a, %b, %c, %d, %e epsilon 1.0e-3 : {x.type}, {scale.type}",
                         [x, scale, bias, mean, variance], build(t, x.shape, element), t))
    parts.append(slope("batch_norm", "%a, %b, %c, %d, %e epsilon 1.0e-3 : tensor<2x3x2xf64>, tensor<3xf64>",
                       [(2, 3, 2), (3,), (3,), (3,), (3,)], (2, 3, 2), False, (0.5, 2)))
    write("batch_norm", parts)


def storage():
    parts, back = [], []
    for t in EVERY:
        zero = 0.0 if t in FLOATS else 0
        x = some(t, (3, 5))
        y = build(t, (3, 3, 2), lambda i: at(x, (i[1], i[0] * 2 + i[2])) if i[0] * 2 + i[2] < 5 else zero)
        parts.append(one("pack", f"%a panel 2 : {x.type}", [x], y, t))
        back.append(one("unpack", f"%a : {y.type} to {x.type}", [y], x, t))
    write("pack", parts)
    write("unpack", back)

    parts = []
    for t in EVERY:
        x = some(t, (5,))
        parts.append(case(t, [], ([f"%y = tenon.constant {x.dense()}"], ["%y"]), [x]))
    y = Tensor("f32", (2, 17), [0.1] * 34)
    parts.append(case("splat", [], ([f"%y = tenon.constant dense<0.1> : {y.type}"], ["%y"]),
                      [Tensor("f32", y.shape, [exact.to("f32", 0.1)] * 34)]))
    write("constant", parts)


def write_all():
    movements()
    write("pad", pad())
    joins()
    reductions()
    matmul()
    conv()
    filter_gradients()
    transposed_convolutions()
    pools()
    normalisation()
    storage()
