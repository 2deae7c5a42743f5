# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What an artifact promises beside its values, shown on whole models."""

import os
import re
import shutil
import subprocess

from report import Failure

SECONDS = 600


def launch(*command, **environment):
    return subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, check=False,
        timeout=SECONDS, env={**os.environ, **environment},
    )


def allocations(model, artifact, library):
    """A step does no heap allocation: more steps allocate no more."""
    if not library.is_file():
        raise Failure(f"{library} is missing: build the unit tests")
    counts = []
    for repetitions in (3, 20):
        command = (model.tools / "tenon-run", "bench", artifact, "--threads", 2)
        done = launch(*command, "--repetitions", repetitions, LD_PRELOAD=str(library))
        count = re.search(r"^allocations: (\d+)$", done.stderr, re.MULTILINE)
        if done.returncode or not count:
            raise Failure(f"status {done.returncode}: {done.stderr[:500]}")
        counts.append(int(count[1]))
    # The program itself allocates, so that the count is known to work.
    if counts[0] == 0 or counts[0] != counts[1]:
        raise Failure(f"{counts[0]} allocations in 3 steps, {counts[1]} in 20")


def guarded(model, artifact, dataset):
    """The arena ends at an unmapped page: it suffices, 64 bytes less do not."""
    inputs = [
        f"--input={name}={dataset / f'input_{index}.pb'}"
        for index, name in enumerate(model.input_names(dataset))
    ]
    out = model.scratch / "guarded"
    command = (model.tools / "tenon-run", "run", artifact, *inputs, "--out", out,
               "--threads", 2, "--guard-pages")
    whole = launch(*command)
    if whole.returncode:
        raise Failure(f"status {whole.returncode}: {whole.stderr[:500]}")
    short = launch(*command, "--withhold-bytes", 64)
    if short.returncode >= 0:
        raise Failure(f"with 64 bytes less the status is {short.returncode}, not a signal")
    shutil.rmtree(out)


def planned_peak(model, folder):
    """The planned memory is at most 1.10 times what is alive at once."""
    plan = next(folder.glob("*-plan.mlir")).read_text()
    attribute = re.search(r"tenon\.plan = \{([^}]*)\}", plan)[1]
    sizes = {key: int(value) for key, value in re.findall(r"(\w+) = (\d+) : i64", attribute)}
    ratio = sizes["tensors"] / sizes["max_live"]
    if ratio > 1.10:
        raise Failure(f"{sizes['tensors']} bytes planned, {sizes['max_live']} alive at once")
    return f"{sizes['tensors']} bytes, {ratio:.3f} of what is alive at once"


def different_tiles(folder, other):
    """Two tile tables that make the same kernels would show nothing."""
    def kernels(where):
        text = next(where.glob("*-configure.mlir")).read_text()
        return re.findall(r"#tenon\.kernel<\"(contract|conv)\", tiles = \[(\d+), (\d+)", text)

    pairs = list(zip(kernels(folder), kernels(other), strict=True))
    same = sum(a == b for a, b in pairs)
    # Where a shape is odd enough, its best tile may be one of the odd ones.
    if not pairs or same * 10 > len(pairs):
        raise Failure(f"{same} of {len(pairs)} register tiles are the same")
    return f"{len(pairs)} contractions, {same} with the same register tile"
