#!/usr/bin/env python3
# ===-- arena.py - How many plans lose no byte to fragmentation ----------------===#
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Plans all models and trainings of the tests and examples, and counts.

    test/Models/arena.py [--only NAME ...]

A plan is that of one entry of one artifact: what infers, evaluates or steps. It is
tight if its tensors take exactly the bytes that are alive at once, which no placement
can beat. The bar is 95 % of all plans; each that is not tight is printed.

Models that the tests unpack from archives are left out, and said to be, where
$TENON_UNPACKED_DATA does not name them. Needs Debian's python3-numpy and
python3-onnx and tenonc in $TENON_BUILD/bin. The last line is 'N passed, N failed'.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import onnx

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent / "Training"))
import budget  # noqa: E402
import build_models  # noqa: E402
import models  # noqa: E402

TENONC = pathlib.Path(os.environ.get("TENON_BUILD") or ROOT / "build") / "bin/tenonc"
BAR = 0.95
ENTRIES = ("main", "step", "eval")
TRAIN = ("--train", "--loss=cross-entropy")


def plan(model, *options):
    """Standard error, and {entry: (bytes of tensors, bytes alive at once)}."""
    with tempfile.NamedTemporaryFile(suffix=".mlir") as out:
        done = subprocess.run(
            [TENONC, model, "--compile-to=plan", "-o", out.name, *map(str, options)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        text = pathlib.Path(out.name).read_text()
    if done.returncode:
        return done.stderr.strip() or f"status {done.returncode}", {}
    # One line an entry; within a budget, a certificate stands before the numbers.
    plans = {}
    for entry, alive, tensors in re.findall(
            r"func\.func @(\w+)\(.*tenon\.plan = \{.*\bmax_live = (\d+).*\btensors = (\d+)", text):
        if entry in ENTRIES and int(alive):
            plans[entry] = int(tensors), int(alive)
    return done.stderr, plans


def inference(folder):
    """(name, file, options) of models that infer."""
    for name in build_models.DEFINITIONS:
        path = folder / f"{name}.onnx"
        onnx.save(build_models.make_model(name), path)
        yield name, path, ()
    yield "fashion", ROOT / "examples/fashion/cnn.onnx", ()
    data = os.environ.get("TENON_UNPACKED_DATA")
    for name, case in build_models.ARCHIVED.items():
        path = pathlib.Path(data or "", case, "model.onnx")
        if data and path.is_file():
            yield name, path, ()
        else:
            print(f"{name}: left out, $TENON_UNPACKED_DATA does not hold it")


def training(folder):
    """The same of those that train."""
    for example in ("fashion", "unet"):
        path = ROOT / "examples" / example / "untrained.onnx"
        for batch in (1, 32, 64):
            yield (f"examples/{example}, batch {batch}", path,
                   (*TRAIN, "--init=he,seed=1", "--dim", f"batch={batch}"))  # fmt: skip
    for name in models.ALL_MODELS:
        path = folder / f"{name}.onnx"
        onnx.save(models.onnx_model(name, "f32"), path)
        for optimizer in models.RULES:
            yield (f"{name}, {optimizer}", path,
                   (*TRAIN, *models.optimizer_flags(name, optimizer), "--init=keep",
                    "--bn=batch", "--dim", f"batch={models.BATCH}"))  # fmt: skip


def budgets(folder):
    """The networks of budget.py without a budget, in half of that, in the least."""
    for name, network in budget.SMALL.items():
        (folder / name).mkdir()
        budget.write(name, *network, folder / name)
        path = folder / name / "model.onnx"
        options = (*TRAIN, "--bn=batch", "--dim", f"batch={network[-1]}")
        yield name, path, options
        refusal, _ = plan(path, *options, "--memory-budget=arena:64")
        named = re.search(r"--memory-budget=arena:(\d+) has one", refusal)
        if not named:
            sys.exit(f"{name}: 64 bytes are not refused: {refusal}")
        least = int(named[1])
        for bytes_ in (least, least * 5 // 4):
            yield (f"{name}, {bytes_} bytes", path,
                   (*options, f"--memory-budget=arena:{bytes_}"))  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--only", nargs="+", metavar="NAME")
    only = parser.parse_args().only
    counts = {False: [0, 0], True: [0, 0]}  # within a budget: tight, all
    failed = 0
    with tempfile.TemporaryDirectory() as work:
        folder = pathlib.Path(work)
        for kind in (inference, training, budgets):
            for name, path, options in kind(folder):
                if only and not any(name.startswith(word) for word in only):
                    continue
                said, plans = plan(path, *options)
                if not plans:
                    failed += 1
                    print(f"FAILED: {name}: {said}")
                for entry, (tensors, alive) in plans.items():
                    # Budgets are kept by what steps; the rest is planned as ever.
                    count = counts[kind is budgets and entry == "step"
                                   and "--memory-budget" in str(options)]
                    count[0] += tensors == alive
                    count[1] += 1
                    if tensors != alive:
                        print(f"{name}, {entry}: {tensors} bytes, {alive} alive at once,"
                              f" {100 * (tensors / alive - 1):.2f} % more")  # fmt: skip
    for within, (tight, total) in counts.items():
        kind = "steps within a budget" if within else "plans without one"
        print(f"{tight} of {total} {kind} are tight", flush=True)
    tight, total = (sum(column) for column in zip(*counts.values()))
    print(f"{tight} of {total} plans are tight", flush=True)
    enough = total > 0 and tight >= BAR * total
    print(f"{int(enough)} passed, {failed + (not enough)} failed")
    return failed != 0 or not enough


if __name__ == "__main__":
    sys.exit(main())
