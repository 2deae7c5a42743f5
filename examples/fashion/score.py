#!/usr/bin/env python3
# ===-- score.py - Accuracy of an ONNX file in ONNX Runtime -------------------===#
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Another engine's word on what examples/fashion/run has trained.

    benchmarks/.venv/bin/python examples/fashion/score.py build/fashion/trained.onnx

Runs the model in ONNX Runtime (`benchmarks/setup` makes the environment) on the
test images that `run` left beside it, and prints the share of labels that its
greatest output agrees with.
"""

import argparse
import pathlib

import numpy
import onnxruntime

BATCH = 100


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("--data", type=pathlib.Path, help="default: test.npz beside the model")
    args = parser.parse_args()
    arrays = numpy.load(args.data or args.model.with_name("test.npz"))
    session = onnxruntime.InferenceSession(args.model, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    images, labels = arrays[name], arrays["labels"]
    right = 0
    for first in range(0, len(labels), BATCH):
        batch = slice(first, first + BATCH)
        (scores,) = session.run(None, {name: images[batch]})
        right += int((scores.argmax(1) == labels[batch]).sum())
    print(f"accuracy      {100 * right / len(labels):.2f} % of {len(labels)} test images")


if __name__ == "__main__":
    main()
