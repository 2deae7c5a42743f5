#!/usr/bin/env python3
# ===-- make_goldens.py - Expected outputs of the model tests -----------------===#
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs the test models in ONNX Runtime and writes goldens/.

    benchmarks/.venv/bin/python test/Models/make_goldens.py [NAME ...]

Run by hand, in the environment that benchmarks/setup makes, after a model
changed. The models themselves are built by Debian's python3 (build_models.py),
so that their bytes are those of the tests. Where the data archive has an
expected output, ONNX Runtime must agree with it, and only the tensor before
the softmax is added to it.
"""

import argparse
import glob
import json
import os
import subprocess
import sys
import tempfile

import numpy
import onnx
import onnxruntime
from onnx import numpy_helper

import build_models

BUILD = """
import json, os, sys
sys.path.insert(0, sys.argv[1])
import build_models
out, names = sys.argv[2], sys.argv[3:]
build = lambda name: build_models.build(name, os.path.join(out, name), build_models.DATA)
print(json.dumps({name: build(name) for name in names}))
"""


def read_tensor(path):
    with open(path, "rb") as stream:
        return numpy_helper.to_array(onnx.TensorProto.FromString(stream.read()))


def check_golden(name, value, array):
    """An output that hardly varies would pass with wrong strides or channels."""
    distinct = len(numpy.unique(array))
    if not numpy.isfinite(array).all():
        sys.exit(f"{name}: {value} is not finite")
    if array.size > 100 and distinct < 100:
        sys.exit(f"{name}: {value} has only {distinct} distinct values")
    return f"{value} {list(array.shape)} {array.min():.3g}..{array.max():.3g}, {distinct} distinct"


def write_goldens(name, directory):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        build_models.model_path(directory, name), options, providers=["CPUExecutionProvider"]
    )
    values = [value.name for value in session.get_outputs()]
    for dataset in sorted(glob.glob(os.path.join(directory, "test_data_set_*"))):
        inputs = {
            value.name: read_tensor(os.path.join(dataset, f"input_{index}.pb"))
            for index, value in enumerate(session.get_inputs())
        }
        target = os.path.join(build_models.GOLDENS, name, os.path.basename(dataset))
        os.makedirs(target, exist_ok=True)
        for index, array in enumerate(session.run(values, inputs)):
            print(f"  {name} {os.path.basename(dataset)}: {check_golden(name, values[index], array)}")
            given = os.path.join(dataset, f"output_{index}.pb")
            if os.path.exists(given):
                expected = read_tensor(given)
                error = numpy.abs(array - expected).max() / numpy.ptp(expected)
                print(f"    differs from the archive's by {error:.2g} of its range")
                if error > 1e-5:
                    sys.exit(f"{name}: ONNX Runtime disagrees with the archive")
                continue
            build_models.write_tensor(
                os.path.join(target, f"output_{index}.pb"), values[index], array
            )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--python", default="/usr/bin/python3", help="Debian's python3")
    args = parser.parse_args()
    names = args.names or build_models.all_names()
    manifest = {"models": {}}
    if os.path.exists(build_models.MANIFEST):
        with open(build_models.MANIFEST, encoding="utf-8") as stream:
            manifest = json.load(stream)
    with tempfile.TemporaryDirectory() as outdir:
        run = subprocess.run(
            [args.python, "-c", BUILD, build_models.HERE, outdir, *names],
            check=True,
            stdout=subprocess.PIPE,
        )
        for name, digest in json.loads(run.stdout).items():
            if digest is None:
                sys.exit(f"{name}: the data archive is missing (TENON_TEST_DATA)")
            write_goldens(name, os.path.join(outdir, name))
            manifest["models"][name] = {"sha256": digest}
    manifest["made_by"] = f"test/Models/make_goldens.py, ONNX Runtime {onnxruntime.__version__}, 1 thread"
    os.makedirs(build_models.GOLDENS, exist_ok=True)
    with open(build_models.MANIFEST, "w", encoding="utf-8") as stream:
        json.dump(manifest, stream, indent=2, sort_keys=True)
        stream.write("\n")


if __name__ == "__main__":
    main()
