#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""make_untrained.py OUT.onnx - The CNN of this example before any training.

Three blocks of 3x3 convolution, batch norm, ReLU and max pooling, one linear
layer and a softmax, for any number of images at once. Needs python3-onnx. The
weights are zeros: `tenonc --train --init=he` replaces them, and a network that
was not trained says nothing.
"""
import sys

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

CHANNELS = (1, 16, 32, 64)
nodes, values = [], []


def add(name, array):
    values.append(numpy_helper.from_array(np.float32(array), name))
    return name


at = "images"
for i, (before, after) in enumerate(zip(CHANNELS, CHANNELS[1:]), 1):
    weight = add(f"conv{i}.weight", np.zeros((after, before, 3, 3)))
    norm = [add(f"norm{i}.{part}", np.full(after, value)) for part, value in (
        ("scale", 1), ("bias", 0), ("mean", 0), ("variance", 1))]
    nodes += [
        helper.make_node("Conv", [at, weight], [f"conv{i}_out"], f"conv{i}",
                         kernel_shape=[3, 3], pads=[1, 1, 1, 1]),
        helper.make_node("BatchNormalization", [f"conv{i}_out", *norm],
                         [f"norm{i}_out"], f"norm{i}"),
        helper.make_node("Relu", [f"norm{i}_out"], [f"relu{i}_out"], f"relu{i}"),
        helper.make_node("MaxPool", [f"relu{i}_out"], [f"pool{i}_out"],
                         f"pool{i}", kernel_shape=[2, 2], strides=[2, 2])]
    at = f"pool{i}_out"
nodes += [
    helper.make_node("Flatten", [at], ["features"], "flatten"),
    helper.make_node("Gemm", ["features",
                              add("fc.weight", np.zeros((10, CHANNELS[-1] * 9))),
                              add("fc.bias", np.zeros(10))],
                     ["logits"], "fc", transB=1),
    helper.make_node("Softmax", ["logits"], ["probabilities"], "softmax", axis=1)]
graph = helper.make_graph(
    nodes, "fashion",
    [helper.make_tensor_value_info("images", TensorProto.FLOAT,
                                   ["batch", 1, 28, 28])],
    [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT,
                                   ["batch", 10])], values)
model = helper.make_model(graph, producer_name="make_untrained",
                          opset_imports=[helper.make_opsetid("", 17)])
model.ir_version = 8
checker.check_model(model, full_check=True)
save(model, sys.argv[1])
