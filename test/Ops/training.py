# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Ops that training adds: random numbers, losses, normalisation by the batch.

As in structure.py each definition follows the op's description, element by
element; Philox follows the paper, on Python's integers.
"""

import math
import random

import exact
from exact import FLOATS, INTS
from generate import Tensor, case, gradient, write
from structure import at, build, indices, one, slope, some

KEYS = [0, 1, 0x9E3779B97F4A7C15, 2**64 - 1]


def sequence(op, text, inputs, outputs, name, ulps=0):
    """A case of an op of several results."""
    names = [f"%{'yzw'[i]}" for i in range(len(outputs))]
    return case(name, inputs, ([f"{', '.join(names)} = tenon.{op} {text}"], names), outputs, ulps)


def ranged(shape, least, most, kinks=()):
    return (Tensor("f64", shape, [0.0] * math.prod(shape)).type, least, most, kinks)


def key(k):
    return Tensor("ui64", (), [k])


# ---- Random numbers --------------------------------------------------------


def philox4x32(counter, k):
    """Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3."""
    c, k = list(counter), list(k)
    for _ in range(10):
        p, q = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(q >> 32) ^ c[1] ^ k[0], q % 2**32, (p >> 32) ^ c[3] ^ k[1], p % 2**32]
        k = [(k[0] + 0x9E3779B9) % 2**32, (k[1] + 0xBB67AE85) % 2**32]
    return c


# The known answers published with Random123, and the first step of pi's.
assert philox4x32([0] * 4, [0] * 2) == [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]
assert philox4x32([2**32 - 1] * 4, [2**32 - 1] * 2) == [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD]
assert philox4x32([0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344], [0xA4093822, 0x299F31D0]) == [
    0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1]


def bits(counter, k):
    words = philox4x32([counter % 2**32, counter >> 32, 0, 0], [k % 2**32, k >> 32])
    return words[0] | words[1] << 32


def uniform(t, counter, k):
    count = FLOATS[t][0]
    return math.ldexp(bits(counter, k) >> (64 - count), -count)


def position(index, shape):
    flat = 0
    for i, extent in zip(index, shape):
        flat = flat * extent + i
    return flat


def positions():
    parts = []
    for t in INTS:
        y = build(t, (2, 3, 4), lambda i: exact.wrap(t, 12 * i[0] + 4 * i[1] + i[2]))
        parts.append(case(t, [], ([f"%y = tenon.linear_index strides [12, 4, 1] : {y.type}"], ["%y"]), [y]))
    y = build("ui64", (4, 2, 35), lambda i: i[0] + 140 * i[1] + 4 * i[2])
    parts.append(case("permuted", [], ([f"%y = tenon.linear_index strides [1, 140, 4] : {y.type}"], ["%y"]), [y]))
    y = build("i64", (3, 17), lambda i: -2 * i[1])
    parts.append(case("any_strides", [], ([f"%y = tenon.linear_index strides [0, -2] : {y.type}"], ["%y"]), [y]))
    y = Tensor("i64", (), [0])
    parts.append(case("scalar", [], ([f"%y = tenon.linear_index strides [] : {y.type}"], ["%y"]), [y]))
    write("linear_index", parts)


def random_numbers():
    counters = [0, 1, 2, 2**32 - 1, 2**32, 2**64 - 1, 0x85A308D3243F6A88]
    pairs = [(c, k) for c in counters for k in KEYS]
    a, b = (Tensor("ui64", (len(pairs),), list(v)) for v in zip(*pairs))
    y = Tensor("ui64", a.shape, [bits(c, k) for c, k in pairs])
    write("philox", [
        one("philox", f"%a, %b : {a.type}", [a, b], y, "pairs"),
        one("philox", f"%a, %b {{replay}} : {a.type}", [a, b], y, "again"),
        one("philox", "%a, %b : tensor<ui64>", [key(5), key(7)], key(bits(5, 7)), "scalar")])

    write("fold_in", [one("fold_in", "%a, %b", [key(k), key(d)], key(bits(d, k)), f"case{i}")
                      for i, (k, d) in enumerate([(0, 0), (2**64 - 1, 3), (12345678901234567890, 2**63)])])

    parts = []
    for t in FLOATS:
        for i, shape in enumerate([(), (3, 17), (2, 2, 5)]):
            y = build(t, shape, lambda i: uniform(t, position(i, shape), KEYS[2]))
            parts.append(one("random_uniform", f"%a : {y.type}", [key(KEYS[2])], y, f"{t}_{len(shape)}"))
    write("random_uniform", parts)

    parts = []
    for p in (0.0, 1e-9, 0.25, 1 / 3, 1.0):
        y = build("i1", (5, 13), lambda i: uniform("f32", position(i, (5, 13)), KEYS[1]) < p)
        parts.append(one("random_bernoulli", f"%a probability {p:.12f} : {y.type}", [key(KEYS[1])], y,
                         f"p{str(p).replace('.', '_').replace('-', '_')}"))
    write("random_bernoulli", parts)

    def normal(t, i, k):
        if t in ("f16", "bf16"):
            return exact.to(t, normal("f32", i, k))
        u, v = uniform(t, 2 * i, k), uniform(t, 2 * i + 1, k)
        logarithm = exact.function("log", t, exact.sub(t, 1.0, u))
        radius = exact.function("sqrt", t, exact.mul(t, logarithm, -2.0))
        angle = exact.mul(t, v, exact.to(t, 6.2831853071795865))
        return exact.mul(t, radius, exact.function("cos", t, angle))
    parts = []
    for t in FLOATS:
        y = build(t, (3, 19), lambda i: normal(t, position(i, (3, 19)), KEYS[2]))
        parts.append(one("random_normal", f"%a : {y.type}", [key(KEYS[2])], y, t, 3))
    write("random_normal", parts)


def dropouts():
    parts = []
    for t in FLOATS:
        x = some(t, (3, 7))
        parts.append(one("dropout", f'%a ratio 0.5 id "d" : {x.type}', [x], x, t))
    parts.append(slope("dropout", '%a ratio 0.5 id "d" : tensor<2x3xf64>', [(2, 3)], (2, 3)))
    write("dropout", parts)

    parts = []
    for ratio in (0.0, 0.3, 0.5, 1.0):
        for t in FLOATS if ratio == 0.3 else ("f32",):
            x = some(t, (3, 4, 9))
            scale = exact.to(t, 1 / (1 - ratio) if ratio < 1 else 0.0)
            y = build(t, x.shape, lambda i: exact.mul(t, at(x, i), scale)
                      if uniform("f32", position(i, x.shape), KEYS[3]) >= ratio else 0.0)
            parts.append(one("dropout_train", f"%a, %b ratio {ratio} : {x.type}", [x, key(KEYS[3])], y,
                             f"{t}_{str(ratio).replace('.', '_')}"))
    for name, shape in (("gradient", (5, 7)), ("gradient_scalar", ()), ("gradient_image", (2, 3, 3, 4))):
        x = Tensor("f64", shape, [0.0] * math.prod(shape))
        parts.append(slope("dropout_train", f"%a, %b ratio 0.3 : {x.type}", [shape, key(17)], shape, name=name))
    write("dropout_train", parts)


# ---- Sums ------------------------------------------------------------------


def total(t, values):
    return exact.lanes16(t, values, exact.add, 0.0)


def total_of_all(x):
    """Rows of dimension 0, then those."""
    if len(x.shape) < 2:
        return total(x.dtype, x.values)
    columns = math.prod(x.shape[1:])
    rows = [x.values[i * columns:(i + 1) * columns] for i in range(x.shape[0])]
    return total(x.dtype, [total(x.dtype, r) for r in rows])


def per_channel(x):
    """Over space first where there is much of it."""
    t, space = x.dtype, list(indices(x.shape[2:]))

    def channel(c):
        if len(space) >= 16:
            return total(t, [total(t, [at(x, (n, c, *s)) for s in space]) for n in range(x.shape[0])])
        return total(t, [at(x, (n, c, *s)) for n in range(x.shape[0]) for s in space])
    return [channel(c) for c in range(x.shape[1])]


def batch_norm():
    parts = []
    rows = [(t, t, (3, 2, 2, 2)) for t in FLOATS] + [("rows", "f32", (19, 18)), ("image", "f32", (2, 3, 4, 5)),
                                                     ("line", "f32", (2, 2, 17)), ("single", "f32", (1, 3, 2)),
                                                     ("volume", "f64", (2, 2, 2, 3, 3))]
    for name, t, shape in rows:
        x, scale, bias = (some(t, s, k) for k, s in enumerate((shape, shape[1:2], shape[1:2])))
        count, epsilon = float(math.prod(shape) // shape[1]), exact.to(t, 1e-3)
        mean = Tensor(t, shape[1:2], [exact.div(t, s, count) for s in per_channel(x)])

        def square(i):
            d = exact.sub(t, at(x, i), mean.values[i[1]])
            return exact.mul(t, d, d)
        variance = Tensor(t, shape[1:2], [exact.div(t, s, count) for s in per_channel(build(t, shape, square))])

        def element(i):
            c = i[1]
            root = exact.function("sqrt", t, exact.add(t, variance.values[c], epsilon))
            s = exact.mul(t, scale.values[c], exact.div(t, 1.0, root))
            shift = exact.sub(t, bias.values[c], exact.mul(t, mean.values[c], s))
            return exact.add(t, exact.mul(t, at(x, i), s), shift)
        parts.append(sequence("batch_norm_train", f"%a, %b, %c epsilon 1.0e-3 : {x.type}, {scale.type}",
                              [x, scale, bias], [build(t, shape, element), mean, variance], name))
    for name, shape in (("gradient", (2, 3, 2, 2)), ("gradient_rows", (5, 2)), ("gradient_image", (2, 2, 4, 5)),
                        ("gradient_line", (3, 1, 16)), ("gradient_single", (1, 2, 4))):
        x, c = ranged(shape, -2, 2), ranged(shape[1:2], 0.5, 2)
        parts.append(gradient(name, [x, c, c], (
            [f"%y, %m, %v = tenon.batch_norm_train %a, %b, %c epsilon 1.0e-3 : {x[0]}, {c[0]}"], ["%y"]), x[0]))
    write("batch_norm_train", parts)


# ---- Losses ----------------------------------------------------------------


def log_softmax(x):
    """Along dimension 1."""
    t = x.dtype

    def element(i):
        row = [at(x, (i[0], k, *i[2:])) for k in range(x.shape[1])]
        top = exact.lanes16(t, row, exact.maximum, -math.inf)
        shifted = [exact.sub(t, v, top) for v in row]
        powers = total(t, [exact.function("exp", t, v) for v in shifted])
        return exact.sub(t, shifted[i[1]], exact.function("log", t, powers))
    return build(t, x.shape, element)


def cross_entropy(x, labels, ignore):
    """Loss, number and first bad one."""
    t, logs = x.dtype, log_softmax(x)

    def term(i):
        label = at(labels, i)
        taken = 0 <= label < x.shape[1] and label != ignore
        return at(logs, (i[0], label, *i[1:])) if taken else 0.0
    inside = [0 <= v < x.shape[1] for v in labels.values]
    valid = sum(a and v != ignore for a, v in zip(inside, labels.values))
    bad = [i for i, (a, v) in enumerate(zip(inside, labels.values)) if not a and v != ignore]
    loss = exact.sub(t, 0.0, total_of_all(build(t, labels.shape, term)))
    return [Tensor(t, (), [exact.div(t, loss, float(max(valid, 1)))]), Tensor(t, (), [float(valid)]),
            Tensor("i64", (), [bad[0] if bad else -1])]


def losses():
    def labelled(name, t, shape, kind, values, ignore, seed=0):
        x = some(t, shape, seed)
        labels = Tensor(kind, (shape[0], *shape[2:]), values)
        return sequence("cross_entropy", f"%a, %b ignore_index {ignore} : {x.type}, {labels.type}",
                        [x, labels], cross_entropy(x, labels, ignore), name, 24)
    r = random.Random(1)
    parts = [labelled(t, t, (5, 7), "i64", [0, 6, -100, 3, 2], -100) for t in FLOATS]
    parts += [labelled(t, "f32", (4, 3), t, [2, 0, 1, 2], 1) for t in INTS]
    parts += [
        labelled("image", "f32", (2, 4, 3, 3), "i32", [r.randrange(4) for _ in range(18)], 3),
        labelled("many_classes", "f32", (2, 300), "ui8", [255, 4], -1),
        labelled("many_rows", "f32", (37, 2), "i64", [r.randrange(2) for _ in range(37)], -1),
        labelled("one_class", "f32", (2, 1), "i64", [0, 0], -1),
        labelled("all_ignored", "f32", (2, 3), "i64", [-7, -7], -7),
        labelled("bad", "f32", (5, 3), "i64", [0, -1, 3, 1, 2], 1),
        labelled("far", "f32", (4, 3), "i64", [2**32, 2**63 - 1, -2**63, 1], 0),
        labelled("bad_in_image", "f32", (2, 3, 2), "i32", [0, 1, 2, 5], 0),
    ]
    x = Tensor("f32", (2, 3), [1000.0, -1000.0, 0.0, -math.inf, 1.0, 2.0])
    labels = Tensor("i64", (2,), [1, 2])
    parts.append(sequence("cross_entropy", f"%a, %b ignore_index -1 : {x.type}, {labels.type}", [x, labels],
                          cross_entropy(x, labels, -1), "large", 4))
    for name, shape, values, ignore in (
            ("gradient", (4, 5), [0, 4, 2, 2], -1), ("gradient_ignored", (4, 3), [1, 7, 2, -3], 1),
            ("gradient_none", (2, 3), [9, 9], 9), ("gradient_image", (2, 3, 2, 2), [0, 1, 2, 0, 1, 1, 2, 2], 0),
            ("gradient_one_class", (2, 1), [0, 0], -1), ("gradient_many", (3, 19), [18, 0, 16], -1)):
        a, labels = ranged(shape, -2, 2), Tensor("i64", (shape[0], *shape[2:]), values)
        parts.append(gradient(name, [a, labels], (
            [f"%y, %v, %b1 = tenon.cross_entropy %a, %b ignore_index {ignore} : {a[0]}, {labels.type}"], ["%y"]),
            "tensor<f64>"))
    write("cross_entropy", parts)

    def scalar(t, value):
        return Tensor(t, (), [value])

    def mean(x):
        return scalar(x.dtype, exact.div(x.dtype, total_of_all(x), float(len(x.values))))

    def soft(x, p):
        t, logs = x.dtype, log_softmax(x)
        rows = build(t, (x.shape[0], *x.shape[2:]), lambda i: total(t, [
            exact.mul(t, at(p, (i[0], k, *i[1:])), at(logs, (i[0], k, *i[1:]))) for k in range(x.shape[1])]))
        return scalar(t, exact.div(t, exact.sub(t, 0.0, total_of_all(rows)), float(len(rows.values))))

    def squares(x, y):
        t = x.dtype
        d = [exact.sub(t, a, b) for a, b in zip(x.values, y.values)]
        return mean(Tensor(t, x.shape, [exact.mul(t, v, v) for v in d]))

    def binary(x, p):
        t = x.dtype
        return mean(Tensor(t, x.shape, [exact.sub(t, exact.function("softplus", t, a), exact.mul(t, a, b))
                                        for a, b in zip(x.values, p.values)]))

    def probabilities(t, shape):
        r = random.Random(f"{t} {shape} p")
        return Tensor(t, shape, [exact.to(t, round(r.random(), 2)) for _ in range(math.prod(shape))])
    for op, define, ulps, shapes in (("soft_cross_entropy", soft, 24, [(4, 5), (2, 3, 5), (1, 1), (19, 2)]),
                                     ("mse", squares, 0, [(4, 5), (37,), (), (3, 2, 9)]),
                                     ("binary_cross_entropy", binary, 24, [(4, 5), (37,), (), (3, 2, 9)])):
        parts = []
        for t in FLOATS:
            for shape in shapes if t == "f32" else shapes[:1]:
                x, y = some(t, shape), probabilities(t, shape)
                parts.append(one(op, f"%a, %b : {x.type}", [x, y], define(x, y),
                                 f"{t}_{'x'.join(map(str, shape))}", ulps))
        if op == "binary_cross_entropy":
            x, y = Tensor("f32", (3,), [1000.0, -1000.0, 0.0]), Tensor("f32", (3,), [1.0, 0.0, 0.5])
            parts.append(one(op, f"%a, %b : {x.type}", [x, y], define(x, y), "large", 2))
        for shape in shapes:
            a, b = ranged(shape, -2, 2), ranged(shape, 0.1, 1)
            parts.append(gradient(f"gradient_{'x'.join(map(str, shape))}", [a, b],
                                  ([f"%y = tenon.{op} %a, %b : {a[0]}"], ["%y"]), "tensor<f64>"))
        write(op, parts)


def write_all():
    positions()
    random_numbers()
    dropouts()
    batch_norm()
    losses()
