#!/usr/bin/env python3
# ===-- run.py - Whole models against ONNX Runtime's outputs ------------------===#
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compiles and runs the test models, and compares values and bits.

    test/Models/run.py [--only NAME ...] [--cpu NAME]

Values: for every input set the largest error of every output, the tensor before
the softmax among them, is at most 1e-4 of the expected output's max - min. An
expected output of 100 elements or more with fewer than 100 distinct values is
refused: it would pass with wrong strides or channels.

Bits: the outputs are the same to the bit for 1, 2 and 4 threads, for every
variant of the compilation in VARIANTS, for the executables, and on the reference
interpreter.

Contracts: a step allocates nothing, the arena is neither larger nor smaller than
what the step needs, and the planned peak is close to what is alive (contracts.py).

Needs Debian's python3-numpy and python3-onnx, the tools in $TENON_BUILD/bin and
the test data (see build_models.py). The last line is 'N passed, N failed'.
"""

import argparse
import glob
import os
import pathlib
import re
import shutil
import subprocess
import sys

import numpy
import onnx
from onnx import numpy_helper

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import build_models  # noqa: E402
import contracts  # noqa: E402
from report import Failure, Report  # noqa: E402

ROOT = pathlib.Path(build_models.ROOT)
TOLERANCE = 1e-4
THREADS = (1, 2, 4)
# Of one command; a limit against hangs, not a measurement.
SECONDS = 600

# How else a model can be compiled without a bit of its outputs changing.
VARIANTS = {
    "ref": ["--target=ref"],
    "unfused": ["--fuse=off"],
    "tiles": [f"--tiles={pathlib.Path(build_models.HERE) / 'other.tiles'}"],
}
EXECUTABLES = ("mnist", "resnet50")


def call(*command):
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words, capture_output=True, text=True, check=False, timeout=SECONDS
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise Failure(str(error)) from error
    if done.returncode != 0:
        lines = (done.stderr + done.stdout).strip().splitlines()[:8]
        raise Failure("\n    ".join([f"{' '.join(words)}: status {done.returncode}", *lines]))


def read_tensor(path):
    with open(path, "rb") as stream:
        tensor = onnx.TensorProto()
        tensor.ParseFromString(stream.read())
    return tensor.name, numpy_helper.to_array(tensor)


def read_tensors(dataset, kind):
    paths = sorted(glob.glob(os.path.join(dataset, f"{kind}_*.pb")))
    return [read_tensor(path) for path in paths]


def refuse_dull(name, expected):
    distinct = len(numpy.unique(expected))
    if expected.size >= 100 and distinct < 100:
        raise Failure(f"the expected {name} has only {distinct} distinct values")


def compare(name, actual, expected):
    """Raises unless actual is within the tolerance; returns the error."""
    refuse_dull(name, expected)
    if actual.shape != expected.shape or actual.dtype != expected.dtype:
        raise Failure(
            f"{name} is {actual.dtype} {list(actual.shape)},"
            f" not {expected.dtype} {list(expected.shape)}"
        )
    if not numpy.isfinite(actual).all():
        raise Failure(f"{name} is not finite")
    error = float(numpy.abs(actual.astype("f8") - expected).max() / numpy.ptp(expected))
    if error > TOLERANCE:
        raise Failure(f"{name} is wrong by {error:.2g} of its range")
    return error


class Model:
    """One built model: compiles it and runs its artifacts."""

    def __init__(self, name, directory, tools, cpu):
        self.name, self.directory, self.tools = name, pathlib.Path(directory), tools
        self.cpu = [f"--cpu={cpu}"] if cpu else []
        self.datasets = sorted(self.directory.glob("test_data_set_*"))
        self.scratch = self.directory / "run"
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.scratch.mkdir()

    def compile(self, suffix, *options):
        artifact = self.scratch / (self.name + suffix)
        source = self.directory / f"{self.name}.onnx"
        call(self.tools / "tenonc", source, "-o", artifact, *self.cpu, *options)
        return artifact

    def input_names(self, dataset):
        return [name for name, _ in read_tensors(dataset, "input")]

    def interpret(self, dataset):
        """The outputs as the reference interpreter computes them."""
        out = self.scratch / "out"
        shutil.rmtree(out, ignore_errors=True)
        command = [self.tools / "tenon-interpret", self.directory / f"{self.name}.onnx"]
        for name, value in read_tensors(dataset, "input"):
            numpy.save(self.scratch / "input.npy", value)
            command += ["--input", f"{name}={self.scratch / 'input.npy'}"]
        call(*command, "--out", out)
        return self.outputs(out, dataset)

    def run(self, artifact, dataset, threads, executable=False):
        """Returns the outputs in the order of the dataset's output_N.pb."""
        out = self.scratch / "out"
        shutil.rmtree(out, ignore_errors=True)
        command = [artifact, "run"] if executable else [self.tools / "tenon-run", "run", artifact]
        for index, (name, _) in enumerate(read_tensors(dataset, "input")):
            command += ["--input", f"{name}={dataset / f'input_{index}.pb'}"]
        call(*command, "--out", out, "--threads", threads)
        return self.outputs(out, dataset)

    def outputs(self, out, dataset):
        # tenon-run's rule for names that are no file names.
        files = [
            out / (re.sub(r"[^A-Za-z0-9_.-]|^[.]", "_", name) + ".npy")
            for name, _ in read_tensors(dataset, "output")
        ]
        if sorted(files) != sorted(out.iterdir()):
            raise Failure(f"wrote {sorted(p.name for p in out.iterdir())}, not {files}")
        return [numpy.load(path) for path in files]


def planted():
    """The comparison refuses what it must."""
    ramp = numpy.linspace(0, 1, 1000, dtype="f4")
    off = ramp.copy()
    off[500] += 2 * TOLERANCE
    nan = ramp.copy()
    nan[0] = numpy.nan
    for name, actual, expected in (
        ("a dull output", ramp.round(1), ramp.round(1)),
        ("an error of 2e-4", off, ramp),
        ("a NaN", nan, ramp),
        ("another shape", ramp.reshape(10, 100), ramp),
    ):
        try:
            compare(name, actual, expected)
        except Failure:
            continue
        raise Failure(f"{name} was accepted")
    compare("an equal output", ramp, ramp)


def values(model, artifact, dataset):
    expected = read_tensors(dataset, "output")
    outputs = model.run(artifact, dataset, THREADS[0])
    worst = [compare(name, a, e) for a, (name, e) in zip(outputs, expected)]
    return "error/range " + ", ".join(f"{error:.1e}" for error in worst)


def same_bits(model, artifact, dataset, threads, executable, baseline):
    compare_bits(model.run(artifact, dataset, threads, executable), baseline)


def interpreted(model, dataset, baseline):
    compare_bits(model.interpret(dataset), baseline)


def compare_bits(outputs, baseline):
    for index, (actual, first) in enumerate(zip(outputs, baseline)):
        if actual.tobytes() != first.tobytes():
            raise Failure(f"{numpy.count_nonzero(actual != first)} elements of output {index} differ")


def check_model(report, model):
    title = model.name
    phases, other_phases = model.scratch / "phases", model.scratch / "other-phases"
    dump = f"--dump-phases-to={phases}"
    artifact = report.test(f"{title} compiles", model.compile, ".so", dump)
    if artifact is None:
        return
    for dataset in model.datasets:
        report.test(f"{title} {dataset.name} values", values, model, artifact, dataset)
    dataset = model.datasets[0]
    baseline = report.test(f"{title} runs", model.run, artifact, dataset, THREADS[0])
    if baseline is None:
        return

    def bits(what, artifact, threads=THREADS[0], executable=False):
        arguments = (model, artifact, dataset, threads, executable, baseline)
        report.test(f"{title} bits, {what}", same_bits, *arguments)

    for threads in THREADS[1:]:
        bits(f"{threads} threads", artifact, threads)
    report.test(f"{title} bits, interpreter", interpreted, model, dataset, baseline)
    for variant, options in VARIANTS.items():
        if variant == "tiles":
            options = [*options, f"--dump-phases-to={other_phases}"]
        other = report.test(f"{title} compiles, {variant}", model.compile, f".{variant}.so", *options)
        if other is not None:
            bits(variant, other)
            other.unlink()
    if model.name in EXECUTABLES:
        program = report.test(f"{title} compiles, executable", model.compile, ".exe", "--emit=exe")
        if program is not None:
            bits("executable", program, executable=True)
    report.test(f"{title} tiles differ", contracts.different_tiles, phases, other_phases)
    report.test(f"{title} planned peak", contracts.planned_peak, model, phases)
    library = model.tools.parent / "lib" / "libtenon-count-allocations.so"
    report.test(f"{title} allocates nothing", contracts.allocations, model, artifact, library)
    report.test(f"{title} arena is guarded", contracts.guarded, model, artifact, dataset)


def main():
    build = pathlib.Path(os.environ.get("TENON_BUILD") or ROOT / "build")
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=build_models.all_names(), metavar="NAME")
    parser.add_argument("--cpu", help="passed to tenonc")
    parser.add_argument("--tools", type=pathlib.Path, default=build / "bin")
    parser.add_argument("--models", type=pathlib.Path, default=build / "models")
    args = parser.parse_args()
    names = args.only or build_models.all_names()
    report = Report()
    report.test("planted errors are refused", planted)
    built = [build_models.HERE + "/build_models.py", args.models, "--only", *names]
    if report.test("models are built", call, sys.executable, *built) is not None:
        for name in names:
            model = Model(name, args.models / name, args.tools, args.cpu)
            check_model(report, model)
            shutil.rmtree(model.scratch)
    print(f"{report.passed} passed, {report.failed} failed")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
