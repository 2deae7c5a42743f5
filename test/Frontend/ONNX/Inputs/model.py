#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes an ONNX model from ONNX's text syntax.

    model.py MODEL.txt MODEL.onnx

Every node is named after its first output, and 'n_' before it; a node whose
output starts with 'anon' stays without a name. Lines that start with '#' are
commands, run in order on the parsed model, with `model`, `graph`, `node(name)`,
`onnx`, `helper` and `numpy` in scope: what the syntax cannot say.
"""

import sys

import numpy
import onnx
import onnx.numpy_helper
import onnx.parser
from onnx import helper


def main(source, target):
    with open(source, encoding="utf-8") as stream:
        lines = stream.read().splitlines()
    commands = [line[1:].strip() for line in lines if line.startswith("#")]
    text = "\n".join(line for line in lines if not line.startswith("#"))
    model = onnx.parser.parse_model(text)
    graph = model.graph
    for n in graph.node:
        if n.output and not n.output[0].startswith("anon"):
            n.name = "n_" + n.output[0]

    def node(name):
        return next(n for n in graph.node if n.name == name)

    scope = dict(model=model, graph=graph, node=node, onnx=onnx,
                 helper=helper, numpy=numpy)
    for command in commands:
        exec(command, scope)
    with open(target, "wb") as stream:
        stream.write(model.SerializeToString())


if __name__ == "__main__":
    main(*sys.argv[1:])
