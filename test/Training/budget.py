#!/usr/bin/env python3
# ===-- budget.py - Training steps within budgets ------------------------------===#
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Trains five kinds of networks within budgets from the smallest to store-all.

    test/Training/budget.py [--only MODEL ...] [--budgets N] [--full]

For each network the compiler is asked for the impossible and names the smallest
budget; from there to the arena of store-all, N budgets are compiled and a few steps
run, with unmapped pages around the arena, by one thread and by two. Kept: the
arena is within the budget, and three steps allocate no more than one. Near: the
smallest budget is at most 1.25 times what the compiler proves to be too little. Bits: the
state at the end, which holds parameters, running statistics of batch norms and the
optimizer's moments, is that of store-all.

Small networks by default, for every run of the tests; --full takes VGG-16,
ResNet-50 and DenseNet-121 as they are published, at 64 x 64, in batches of which
half of store-all's arena holds a step.

Needs Debian's python3-numpy and python3-onnx, the tools in $TENON_BUILD/bin and, from
the unit tests, $TENON_BUILD/lib/libtenon-count-allocations.so.
The last line is 'N passed, N failed'.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy
import onnx
from onnx import TensorProto, helper

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE.parent / "Models"))
import build_models  # noqa: E402

BUILD = pathlib.Path(os.environ.get("TENON_BUILD", ROOT / "build"))
TOOLS = BUILD / "bin"
COUNTER = BUILD / "lib" / "libtenon-count-allocations.so"
CLASSES = 10
STEPS = 3


class Network(build_models.Builder):
    """A graph under construction, with the layers that these networks share."""

    def relu_norm_conv(self, name, x, outputs, kernel=3, stride=1):
        x = self.conv(name, x, outputs, kernel, stride, kernel // 2)
        x = self.batch_norm(name + ".bn", x)
        return self.node("Relu", name + ".relu", [x])

    def pool(self, name, x):
        return self.node("MaxPool", name, [x], kernel_shape=[2, 2], strides=[2, 2])

    def concat(self, name, inputs):
        channels = sum(self.channels[x] for x in inputs)
        x = self.node("Concat", name, inputs, axis=1)
        self.channels[name] = channels
        return x

    def head(self, x):
        x = self.node("GlobalAveragePool", "average", [x])
        x = self.node("Flatten", "flatten", [x], axis=1)
        return self.linear("scores", x, CLASSES)

    def grow(self, name, x, transposed):
        """Twice the height and width, half the channels."""
        channels = self.channels[x]
        if transposed:
            shape = (channels, channels // 2, 2, 2)
            values = self.random.standard_normal(shape) / channels**0.5
            x = self.node("ConvTranspose", name, [x, self.weight(name + ".weight", values)],
                          kernel_shape=[2, 2], strides=[2, 2])  # fmt: skip
            self.channels[name] = channels // 2
            return x
        scales = self.weight(name + ".scales", numpy.array([1, 1, 2, 2]))
        x = self.node("Resize", name, [x, "", scales], mode="nearest",
                      coordinate_transformation_mode="asymmetric",
                      nearest_mode="floor")  # fmt: skip
        return self.relu_norm_conv(name + ".conv", x, channels // 2)


def mlp(b, x, layers, width):
    for i in range(layers):
        x = b.linear(f"fc{i}", x, width)
        b.channels[x] = width
        x = b.node("Relu", f"relu{i}", [x])
    x = b.node("Dropout", "dropout", [x])
    return b.linear("scores", x, CLASSES)


def vgg(b, x, plan):
    for i, width in enumerate(plan):
        x = b.pool(f"pool{i}", x) if width is None else b.relu_norm_conv(f"c{i}", x, width)
    x = b.node("Dropout", "dropout", [x])
    return b.head(x)


def resnet(b, x, width, stages):
    x = b.relu_norm_conv("stem", x, width, 3)
    for stage, blocks in enumerate(stages):
        for block in range(blocks):
            name, inner = f"s{stage}b{block}", width << stage
            stride = 2 if stage and not block else 1
            y = b.relu_norm_conv(name + "a", x, inner, 1)
            y = b.relu_norm_conv(name + "b", y, inner, 3, stride)
            y = b.conv(name + "c", y, 4 * inner, 1)
            y = b.batch_norm(name + "c.bn", y, scale=0.25)
            if not block:
                x = b.conv(name + "d", x, 4 * inner, 1, stride)
            y = b.node("Add", name + "add", [y, x])
            x = b.node("Relu", name + "relu", [y])
    return b.head(x)


def densenet(b, x, growth, blocks):
    x = b.relu_norm_conv("stem", x, 2 * growth)
    for block, layers in enumerate(blocks):
        for layer in range(layers):
            name = f"b{block}l{layer}"
            y = b.relu_norm_conv(name + "a", x, 4 * growth, 1)
            y = b.relu_norm_conv(name + "b", y, growth)
            x = b.concat(name, [x, y])
        if block + 1 < len(blocks):
            x = b.relu_norm_conv(f"t{block}", x, b.channels[x] // 2, 1)
            x = b.pool(f"p{block}", x)
    return b.head(x)


def unet(b, x, width, depth):
    """Half of the upsampling by transposed convolution, half by nearest."""
    kept = []
    for level in range(depth):
        x = b.relu_norm_conv(f"down{level}", x, width << level)
        kept.append(x)
        x = b.pool(f"pool{level}", x)
    x = b.relu_norm_conv("bottom", x, width << depth)
    for level in reversed(range(depth)):
        x = b.grow(f"up{level}", x, transposed=level % 2 == 0)
        x = b.concat(f"skip{level}", [kept[level], x])
        x = b.relu_norm_conv(f"join{level}", x, width << level)
    return b.conv("scores", x, 2, 1, bias=True)


POOL = None
SMALL = {
    "mlp": (mlp, (64, 32), (48,), 256),
    "vgg": (vgg, ([8, 8, POOL, 16, 16, POOL, 32, 32, POOL],), (3, 32, 32), 4),
    "resnet": (resnet, (8, [2, 2]), (3, 16, 16), 4),
    "densenet": (densenet, (8, [3, 3]), (3, 16, 16), 4),
    "unet": (unet, (8, 3), (1, 32, 32), 2),
}
VGG16 = [64, 64, POOL, 128, 128, POOL, 256, 256, 256, POOL,
         512, 512, 512, POOL, 512, 512, 512, POOL]  # fmt: skip
FULL = {
    "mlp": (mlp, (64, 256), (256,), 1024),
    "vgg": (vgg, (VGG16,), (3, 64, 64), 64),
    "resnet": (resnet, (64, [3, 4, 6, 3]), (3, 64, 64), 8),
    "densenet": (densenet, (32, [6, 12, 24, 16]), (3, 64, 64), 8),
    "unet": (unet, (32, 4), (1, 128, 128), 8),
}


# How far the smallest budget may be above what no plan whatever can do with.
NEAR = 1.25


def write(name, definition, arguments, shape, batch, folder):
    b = Network(seed=len(name))
    b.channels["x"] = shape[0]
    scores = definition(b, "x", *arguments)
    pixels = name == "unet"
    classes = 2 if pixels else CLASSES
    out = ["batch", classes, *(shape[1:] if pixels else [])]
    graph = helper.make_graph(
        b.nodes, name,
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", *shape])],
        [helper.make_tensor_value_info(scores, TensorProto.FLOAT, out)],
        b.weights,
    )  # fmt: skip
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
    model.ir_version = 7
    onnx.save(model, folder / "model.onnx")
    random = numpy.random.RandomState(1)
    x = random.standard_normal((STEPS * batch, *shape)).astype("f4")
    shape = (STEPS * batch, *(shape[1:] if pixels else []))
    labels = random.randint(0, classes, shape)
    numpy.savez(folder / "data.npz", x=x, labels=labels)
    numpy.savez(folder / "first.npz", x=x[:batch], labels=labels[:batch])


def call(*command, **variables):
    return subprocess.run(
        [str(word) for word in command], capture_output=True, text=True,
        env={**os.environ, **variables},
    )  # fmt: skip


def compile_model(folder, batch, budget=None, out="model.so"):
    """With `budget` bytes of arena, or as many as a step takes."""
    return call(
        TOOLS / "tenonc", folder / "model.onnx", "--train", "--dim", f"batch={batch}",
        "--bn=batch", "--optimizer=adamw", "--lr=0.001", "-o", folder / out,
        *([f"--memory-budget=arena:{budget}"] if budget else []),
    )  # fmt: skip


def train(folder, threads, data="data.npz"):
    """What tenon-run says, and its allocations; or, as a string, why it failed."""
    run = call(TOOLS / "tenon-run", "train", folder / "model.so", "--data", folder / data,
               "--threads", threads, "--guard-pages", LD_PRELOAD=str(COUNTER))  # fmt: skip
    if run.returncode:
        return run.stderr.strip()
    count = re.search(r"^allocations: ([1-9]\d*)$", run.stderr, re.MULTILINE)
    if not count:
        return f"no count of allocations: {run.stderr[-500:]}"
    return {**json.loads(run.stdout), "allocations": int(count[1])}


def problem_of(result, whole, budget, one_step):
    if isinstance(result, str):
        return result
    if isinstance(one_step, str):
        return one_step
    if result["arena_bytes"] > budget:
        return f"takes {result['arena_bytes']} bytes"
    if result["state_xxh64"] != whole["state_xxh64"]:
        return "other bits than store-all"
    if result["allocations"] != one_step["allocations"]:
        return f"{result['allocations']} allocations, {one_step['allocations']} in one step"
    return None


def check(name, network, budgets):
    """Yields (what, problem or None) for each budget."""
    batch = network[-1]
    with tempfile.TemporaryDirectory() as work:
        folder = pathlib.Path(work)
        write(name, *network, folder)
        done = compile_model(folder, batch)
        if done.returncode:
            yield "store-all", done.stderr
            return
        whole = train(folder, 1)
        if isinstance(whole, str):
            yield "store-all", whole
            return
        refusal = compile_model(folder, batch, 64)
        named = re.search(r"--memory-budget=arena:(\d+) has one", refusal.stderr)
        proven = re.search(r"no plan whatever can do with less than (\d+) bytes", refusal.stderr)
        if not named or not proven:
            yield "refusal", refusal.stderr or "64 bytes were enough"
            return
        least, most = int(named[1]), whole["arena_bytes"]
        ratio = least / int(proven[1])
        yield (f"smallest budget {least}, {ratio:.3f} of the bound {proven[1]}",
               None if ratio <= NEAR else f"more than {NEAR}")  # fmt: skip
        if least >= most:
            yield "smallest", f"{least} bytes, no less than store-all's {most}"
            return
        for i in range(budgets):
            budget = least + (most - least) * i // max(1, budgets - 1)
            done = compile_model(folder, batch, budget)
            if done.returncode:
                yield f"{budget}", done.stderr
                continue
            for threads in (1, 2):
                what = f"{budget / most:.3f} of store-all's {most}, threads {threads}"
                one_step = train(folder, threads, "first.npz")
                yield what, problem_of(train(folder, threads), whole, budget, one_step)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--only", nargs="+", choices=SMALL, default=list(SMALL))
    parser.add_argument("--budgets", type=int, default=3)
    parser.add_argument("--full", action="store_true")
    options = parser.parse_args()
    if not COUNTER.is_file():
        sys.exit(f"{COUNTER} is missing: build the unit tests")
    passed = failed = 0
    for name in options.only:
        for what, problem in check(name, (FULL if options.full else SMALL)[name],
                                   options.budgets):  # fmt: skip
            passed += problem is None
            failed += problem is not None
            print(f"{name}: {what}: {problem or 'good'}", flush=True)
    print(f"{passed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
