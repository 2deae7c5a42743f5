# ===-- plot.py - Curves as a PNG, from numpy alone -----------------------------===#
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""write(path, panels, columns): panels of curves with axes, ticks and a legend.

A panel is (title, label of the x axis, {name: [(x, y), ...]}). Both axes begin at
zero. Letters are lower case, 5 x 7 points.
"""

import math
import struct
import zlib

import numpy

PANEL = (560, 400)  # width and height
LEFT, RIGHT, TOP, BOTTOM = 80, 24, 44, 60
BLACK, GRAY, COLOURS = (0, 0, 0), (221, 221, 221), [(31, 119, 180), (255, 127, 14), (44, 160, 44)]
SIZE = 2  # pixels of a point of a letter

# Seven rows from the top, five bits each.
FONT = {
    "0": (14, 17, 19, 21, 25, 17, 14), "1": (4, 12, 4, 4, 4, 4, 14),
    "2": (14, 17, 1, 2, 4, 8, 31), "3": (31, 2, 4, 2, 1, 17, 14),
    "4": (2, 6, 10, 18, 31, 2, 2), "5": (31, 16, 30, 1, 1, 17, 14),
    "6": (6, 8, 16, 30, 17, 17, 14), "7": (31, 1, 2, 4, 8, 8, 8),
    "8": (14, 17, 17, 14, 17, 17, 14), "9": (14, 17, 17, 15, 1, 2, 12),
    ".": (0, 0, 0, 0, 0, 12, 12), ",": (0, 0, 0, 0, 12, 4, 8),
    "-": (0, 0, 0, 31, 0, 0, 0), ":": (0, 12, 12, 0, 12, 12, 0),
    "a": (0, 0, 14, 1, 15, 17, 15), "b": (16, 16, 30, 17, 17, 17, 30),
    "c": (0, 0, 14, 17, 16, 17, 14), "d": (1, 1, 15, 17, 17, 17, 15),
    "e": (0, 0, 14, 17, 31, 16, 14), "f": (6, 8, 28, 8, 8, 8, 8),
    "g": (0, 0, 15, 17, 15, 1, 14), "h": (16, 16, 30, 17, 17, 17, 17),
    "i": (4, 0, 12, 4, 4, 4, 14), "j": (2, 0, 6, 2, 2, 18, 12),
    "k": (16, 16, 18, 20, 24, 20, 18), "l": (12, 4, 4, 4, 4, 4, 14),
    "m": (0, 0, 26, 21, 21, 21, 21), "n": (0, 0, 30, 17, 17, 17, 17),
    "o": (0, 0, 14, 17, 17, 17, 14), "p": (0, 0, 30, 17, 30, 16, 16),
    "q": (0, 0, 15, 17, 15, 1, 1), "r": (0, 0, 22, 25, 16, 16, 16),
    "s": (0, 0, 15, 16, 14, 1, 30), "t": (8, 8, 28, 8, 8, 9, 6),
    "u": (0, 0, 17, 17, 17, 17, 15), "v": (0, 0, 17, 17, 17, 10, 4),
    "w": (0, 0, 17, 17, 21, 21, 10), "x": (0, 0, 17, 10, 4, 10, 17),
    "y": (0, 0, 17, 17, 15, 1, 14), "z": (0, 0, 31, 2, 4, 8, 31),
}  # fmt: skip


def box(canvas, x, y, width, height, colour):
    canvas[max(0, y) : max(0, y + height), max(0, x) : max(0, x + width)] = colour


def text(canvas, x, y, words):
    for letter in words:
        for row, bits in enumerate(FONT.get(letter, ())):
            for column in range(5):
                if bits >> (4 - column) & 1:
                    box(canvas, x + column * SIZE, y + row * SIZE, SIZE, SIZE, BLACK)
        x += 6 * SIZE


def width_of(words):
    return 6 * SIZE * len(words)


def line(canvas, start, end, colour):
    steps = int(max(abs(end[0] - start[0]), abs(end[1] - start[1]))) + 1
    for i in range(steps + 1):
        x, y = (a + (b - a) * i / steps for a, b in zip(start, end))
        box(canvas, int(x), int(y), 2, 2, colour)


def step_of(greatest):
    """A round distance between ticks, of which four to eight fit."""
    power = 10 ** math.floor(math.log10(greatest / 4))
    return next(power * k for k in (1, 2, 5, 10) if greatest / (power * k) <= 8)


def number(value):
    return f"{value:.6g}"


def panel(canvas, title, label, lines):
    points = [p for curve in lines.values() for p in curve]
    if not points:
        return
    most = [max(p[axis] for p in points) or 1 for axis in (0, 1)]
    steps = [step_of(m) for m in most]
    most[1] = steps[1] * math.ceil(most[1] / steps[1] + 0.05)
    inner = PANEL[0] - LEFT - RIGHT, PANEL[1] - TOP - BOTTOM

    def place(x, y):
        return LEFT + x / most[0] * inner[0], PANEL[1] - BOTTOM - y / most[1] * inner[1]

    for i in range(int(most[1] / steps[1]) + 1):
        y = int(place(0, i * steps[1])[1])
        box(canvas, LEFT, y, inner[0], 1, GRAY)
        words = number(i * steps[1])
        text(canvas, LEFT - 8 - width_of(words), y - 7, words)
    for i in range(int(most[0] / steps[0] + 1e-9) + 1):
        x = int(place(i * steps[0], 0)[0])
        box(canvas, x, PANEL[1] - BOTTOM, 2, 6, BLACK)
        words = number(i * steps[0])
        text(canvas, x - width_of(words) // 2, PANEL[1] - BOTTOM + 10, words)
    box(canvas, LEFT, TOP, 2, inner[1], BLACK)
    box(canvas, LEFT, PANEL[1] - BOTTOM, inner[0], 2, BLACK)
    text(canvas, LEFT, 12, title)
    text(canvas, LEFT + (inner[0] - width_of(label)) // 2, PANEL[1] - 26, label)
    for i, (name, curve) in enumerate(lines.items()):
        colour, placed = COLOURS[i % len(COLOURS)], [place(*p) for p in sorted(curve)]
        for start, end in zip(placed, placed[1:]):
            line(canvas, start, end, colour)
        for x, y in placed:
            box(canvas, int(x) - 3, int(y) - 3, 8, 8, colour)
        y = PANEL[1] - BOTTOM - 22 * (len(lines) - i)
        x = PANEL[0] - RIGHT - width_of(max(lines, key=len)) - 34
        box(canvas, x, y + 3, 20, 8, colour)
        text(canvas, x + 28, y, name)


def write(path, panels, columns):
    rows = -(-len(panels) // columns)
    picture = numpy.full((rows * PANEL[1], columns * PANEL[0], 3), 255, numpy.uint8)
    for i, (title, label, lines) in enumerate(panels):
        y, x = i // columns * PANEL[1], i % columns * PANEL[0]
        panel(picture[y : y + PANEL[1], x : x + PANEL[0]], title, label, lines)
    height, width, _ = picture.shape
    # Each row begins with its filter: none.
    raw = numpy.concatenate([numpy.zeros((height, 1), numpy.uint8), picture.reshape(height, -1)], 1)

    def chunk(kind, content):
        crc = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", crc)

    with open(path, "wb") as stream:
        stream.write(b"\x89PNG\r\n\x1a\n")
        stream.write(chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)))
        stream.write(chunk(b"IDAT", zlib.compress(raw.tobytes(), 9)))
        stream.write(chunk(b"IEND", b""))
