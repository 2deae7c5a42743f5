#!/usr/bin/env python3
# ===-- run.py - Training artifacts against PyTorch's losses ------------------===#
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compiles the networks of models.py for training, trains them, compares.

    test/Training/run.py [--only MODEL ...] [--cpu NAME]

Values: from the same weights and batches as PyTorch (goldens/, make_goldens.py),
with SGD and momentum and with AdamW, for 100 steps: in f64 the loss of every step
is PyTorch's to 1e-9 relative; in f32 the largest distance from PyTorch's f64 losses
is at most twice that of PyTorch's own f32 losses.

Bits: losses and the state at the end are the same to the bit for 1, 2 and 4 threads
and with fusion off; with dropout too, and when a training is broken off and resumed.

Contracts: a step allocates nothing.

Needs Debian's python3-numpy and python3-onnx and the tools in $TENON_BUILD/bin.
The last line is 'N passed, N failed'.
"""

import argparse
import csv
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

import numpy

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE.parent))
import models  # noqa: E402
from report import Failure, Report  # noqa: E402

F64_TOLERANCE = 1e-9
F32_FACTOR = 2.0
THREADS = (1, 2, 4)
# Steps of a comparison of bits; dropout needs two epochs of them.
BIT_STEPS = 10
# Of one command; a limit against hangs, not a measurement.
SECONDS = 600


def launch(*command, **environment):
    """Runs a command; returns its standard output and standard error."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words, capture_output=True, text=True, check=False, timeout=SECONDS,
            env={**os.environ, **environment},
        )  # fmt: skip
    except (subprocess.TimeoutExpired, OSError) as error:
        raise Failure(str(error)) from error
    if done.returncode != 0:
        lines = (done.stderr + done.stdout).strip().splitlines()[-8:]
        raise Failure("\n    ".join([f"{' '.join(words)}: status {done.returncode}", *lines]))
    return done.stdout, done.stderr


# ===-- Comparisons ----------------------------------------------------------===#


def apart(ours, theirs):
    """The distances of two lists of losses, step by step."""
    if len(ours) != len(theirs):
        raise Failure(f"{len(ours)} losses, not {len(theirs)}")
    if not numpy.isfinite(ours).all():
        raise Failure(f"the loss of step {int(numpy.argmin(numpy.isfinite(ours)))} is not finite")
    return numpy.abs(numpy.subtract(ours, theirs))


def compare_f64(ours, golden, optimizer):
    expected = numpy.array(golden["losses"][f"{optimizer}-f64"])
    relative = apart(ours, expected) / expected
    worst = int(relative.argmax())
    if relative[worst] > F64_TOLERANCE:
        first = int((relative > F64_TOLERANCE).argmax())
        raise Failure(
            f"step {first}: the loss {ours[first]!r} is not {expected[first]!r}"
            f" (relative {relative[first]:.2g}; worst step {worst}: {relative[worst]:.2g})"
        )
    return f"{len(ours)} losses to {relative[worst]:.1e} relative"


def compare_f32(ours, golden, optimizer):
    exact = golden["losses"][f"{optimizer}-f64"]
    mine = apart(ours, exact).max()
    peer = apart(golden["losses"][f"{optimizer}-f32"], exact).max()
    if not mine <= F32_FACTOR * peer:
        raise Failure(f"a loss is off by {mine:.3g}, PyTorch's f32 by {peer:.3g}")
    return f"off by {mine:.2g}, PyTorch by {peer:.2g}: {mine / peer:.2f} of it"


COMPARE = {"f64": compare_f64, "f32": compare_f32}


def planted(golden):
    """The comparisons refuse what they must."""
    wide = numpy.array(golden["losses"]["sgd-f64"])
    narrow = numpy.array(golden["losses"]["sgd-f32"])
    peer = numpy.abs(narrow - wide).max()
    for name, compare, change in (
        ("2e-9 in the last step", compare_f64, wide * (1 + 2e-9 * (numpy.arange(wide.size) == 99))),
        ("a NaN", compare_f64, numpy.where(numpy.arange(wide.size) == 50, numpy.nan, wide)),
        ("a step less", compare_f64, wide[1:]),
        ("the order of steps", compare_f64, wide[::-1]),
        ("2.1 times PyTorch's error", compare_f32, wide + 2.1 * peer),
    ):
        try:
            compare(change, golden, "sgd")
        except Failure:
            continue
        raise Failure(f"{name} was accepted")
    compare_f64(wide, golden, "sgd")
    compare_f32(narrow, golden, "sgd")


# ===-- Trainings ------------------------------------------------------------===#


class Training:
    """One network in one dtype with one optimizer: compiles it and trains it."""

    def __init__(self, args, model, dtype, optimizer):
        self.tools, self.model, self.optimizer = args.tools, model, optimizer
        self.scratch = args.models / f"{model}_{dtype}_{optimizer}"
        self.source = args.models / f"{model}_{dtype}.onnx"
        self.cpu = [f"--cpu={args.cpu}"] if args.cpu else []
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.scratch.mkdir(parents=True)

    def compile(self, name, *options):
        artifact = self.scratch / f"{name}.so"
        launch(
            self.tools / "tenonc", self.source, "--train", "--loss=cross-entropy",
            *models.optimizer_flags(self.model, self.optimizer), "--init=keep", "--bn=batch",
            "--dim", f"batch={models.BATCH}", "-o", artifact, *self.cpu, *options,
        )  # fmt: skip
        return artifact

    def train(self, artifact, data, *options, threads=1, log="steps.csv"):
        """Returns the loss of every step, and a hash of the state at the end."""
        path = self.scratch / log
        output, _ = launch(
            self.tools / "tenon-run", "train", artifact, "--data", data, "--no-shuffle",
            "--threads", threads, "--log", path, *options,
        )  # fmt: skip
        with open(path, newline="", encoding="utf-8") as stream:
            rows = [row for row in csv.DictReader(stream) if row["kind"] == "train"]
        return [float(row["loss"]) for row in rows], json.loads(output)["state_xxh64"]


def first_examples(path, count):
    """Writes the first examples of a .npz beside it."""
    short = path.with_name(f"{path.stem}_{count}.npz")
    with numpy.load(path) as arrays:
        numpy.savez(short, **{name: array[:count] for name, array in arrays.items()})
    return short


def same(training, artifact, data, baseline, *options, **named):
    losses, state = training.train(artifact, data, *options, **named)
    if losses != baseline[0]:
        differ = [i for i, (a, b) in enumerate(zip(losses, baseline[0])) if a != b]
        where = f"from step {differ[0]}" if differ else "in number"
        raise Failure(f"the losses differ {where}: {len(losses)} and {len(baseline[0])} of them")
    if state != baseline[1]:
        raise Failure("the losses are the same, the states at the end are not")


def bits(report, title, training, artifact, data, *options):
    """Threads, and no fusion; returns (losses, state), None if it fails."""
    first, *others = THREADS
    baseline = report.test(f"{title} trains", training.train, artifact, data, *options, threads=first)
    if baseline is None:
        return None
    for threads in others:
        report.test(
            f"{title} bits, {threads} threads", same, training, artifact, data, baseline, *options,
            threads=threads,
        )  # fmt: skip
    unfused = report.test(f"{title} compiles, unfused", training.compile, "unfused", "--fuse=off")
    if unfused is not None:
        report.test(
            f"{title} bits, unfused", same, training, unfused, data, baseline, *options,
            threads=2,
        )  # fmt: skip
    return baseline


def allocations(training, artifact, library):
    """A step does no heap allocation: more steps allocate no more."""
    if not library.is_file():
        raise Failure(f"{library} is missing: build the unit tests")
    counts = []
    for repetitions in (3, 20):
        _, errors = launch(
            training.tools / "tenon-run", "bench", artifact, "--entry", "step", "--threads", 2,
            "--repetitions", repetitions, LD_PRELOAD=str(library),
        )  # fmt: skip
        count = re.search(r"^allocations: (\d+)$", errors, re.MULTILINE)
        if not count:
            raise Failure(f"no count: {errors[:500]}")
        counts.append(int(count[1]))
    # The program itself allocates, so that the count is known to work.
    if counts[0] == 0 or counts[0] != counts[1]:
        raise Failure(f"{counts[0]} allocations in 3 steps, {counts[1]} in 20")


def resumed(training, artifact, data, whole):
    """One epoch, then from its checkpoint the second: as two in one go."""
    checkpoint = training.scratch / "checkpoint"
    options = ("--checkpoint", checkpoint, "--checkpoint-every", BIT_STEPS // 2)
    training.train(artifact, data, *options, "--epochs", 1, log="resumed.csv")
    same(
        training, artifact, data, whole, *options, "--epochs", 2, "--resume", threads=2,
        log="resumed.csv",
    )  # fmt: skip


def dropped(training, artifact, data, whole):
    """Dropout takes place: another seed has other losses from the first on."""
    losses, _ = training.train(artifact, data, "--epochs", 2, "--seed", 1)
    if any(a == b for a, b in zip(losses, whole[0])):
        raise Failure("with another seed some losses are the same: nothing was dropped")
    if len(set(whole[0])) != len(whole[0]):
        raise Failure("steps repeat their losses")


def check_golden(report, args, model):
    with open(HERE / "goldens" / f"{model}.json", encoding="utf-8") as stream:
        golden = json.load(stream)
    if report.test(f"{model} is what the goldens are of", check_digest, model, golden) is None:
        return
    report.test(f"{model}: planted errors are refused", planted, golden)
    for dtype in models.DTYPES:
        source, data = (pathlib.Path(p) for p in models.write(model, dtype, args.models))
        for optimizer in models.RULES:
            title = f"{model} {optimizer} {dtype}"
            training = Training(args, model, dtype, optimizer)
            artifact = report.test(f"{title} compiles", training.compile, "step")
            if artifact is None:
                continue
            trained = report.test(f"{title} runs", training.train, artifact, data, threads=2)
            if trained is not None:
                report.test(f"{title} losses", COMPARE[dtype], trained[0], golden, optimizer)
            if dtype == "f32":
                short = first_examples(data, BIT_STEPS * models.BATCH)
                bits(report, title, training, artifact, short)
                report.test(f"{title} allocates nothing", allocations, training, artifact, args.counter)
            shutil.rmtree(training.scratch)
        source.unlink()
        data.unlink()


def check_digest(model, golden):
    if golden["digest"] != models.digest(model):
        raise Failure("weights or data changed: make_goldens.py if that was intended")
    optimizers = {name: models.settings(model, name) for name in models.RULES}
    if json.loads(json.dumps(optimizers)) != golden["optimizers"]:
        raise Failure("an optimizer's settings changed: make_goldens.py if that was intended")


def check_dropout(report, args):
    _, data = (pathlib.Path(p) for p in models.write("dropout", "f32", args.models))
    short = first_examples(data, BIT_STEPS * models.BATCH)
    training = Training(args, "dropout", "f32", "adamw")
    artifact = report.test("dropout compiles", training.compile, "step")
    if artifact is None:
        return
    whole = bits(report, "dropout", training, artifact, short, "--epochs", 2)
    if whole is not None:
        report.test("dropout drops", dropped, training, artifact, short, whole)
        report.test("dropout bits, resumed", resumed, training, artifact, short, whole)
    report.test("dropout allocates nothing", allocations, training, artifact, args.counter)


def main():
    build = pathlib.Path(os.environ.get("TENON_BUILD") or ROOT / "build")
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=models.ALL_MODELS, metavar="MODEL")
    parser.add_argument("--cpu", help="passed to tenonc")
    parser.add_argument("--tools", type=pathlib.Path, default=build / "bin")
    parser.add_argument("--models", type=pathlib.Path, default=build / "training")
    args = parser.parse_args()
    args.counter = args.tools.parent / "lib" / "libtenon-count-allocations.so"
    shutil.rmtree(args.models, ignore_errors=True)
    args.models.mkdir(parents=True)
    report = Report()
    for model in args.only or models.ALL_MODELS:
        if model == "dropout":
            check_dropout(report, args)
        else:
            check_golden(report, args, model)
    shutil.rmtree(args.models)
    print(f"{report.passed} passed, {report.failed} failed")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
