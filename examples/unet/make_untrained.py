#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""make_untrained.py OUT.onnx - The U-Net of this example before any training.

Pictures of 64 x 64 pixels, for any number of them at once, to the probabilities
of four classes for each pixel. Three levels, two 3x3 convolutions with batch norm
in each, max pooling between them and dropout at the bottom; on the way up two
transposed convolutions and one enlargement to the nearest pixel, each beside what
its level kept. Needs python3-onnx. The weights are zeros: `tenonc --train
--init=he` replaces them, and a network that was not trained says nothing.
"""

import sys

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

SIDE, CLASSES = 64, 4
WIDTHS = (8, 16, 32)
BOTTOM = 64
nodes, values = [], []


def add(name, array):
    values.append(numpy_helper.from_array(np.float32(array), name))
    return name


def node(kind, name, inputs, **attributes):
    nodes.append(helper.make_node(kind, inputs, [name + "_out"], name, **attributes))
    return name + "_out"


def conv(name, x, before, after, kernel=3):
    weight = add(name + ".weight", np.zeros((after, before, kernel, kernel)))
    return node("Conv", name, [x, weight], kernel_shape=[kernel] * 2,
                pads=[kernel // 2] * 4)


def layer(name, x, before, after):
    x = conv(name, x, before, after)
    norm = [add(f"{name}.{part}", np.full(after, value)) for part, value in (
        ("scale", 1), ("bias", 0), ("mean", 0), ("variance", 1))]
    x = node("BatchNormalization", name + ".norm", [x, *norm])
    return node("Relu", name + ".relu", [x])


def block(name, x, before, after):
    return layer(name + "b", layer(name + "a", x, before, after), after, after)


def grow(name, x, before, after, transposed):
    if transposed:
        weight = add(name + ".weight", np.zeros((before, after, 2, 2)))
        return node("ConvTranspose", name, [x, weight], kernel_shape=[2, 2],
                    strides=[2, 2])
    scales = add(name + ".scales", [1, 1, 2, 2])
    x = node("Resize", name + ".nearest", [x, "", scales], mode="nearest",
             coordinate_transformation_mode="asymmetric", nearest_mode="floor")
    return layer(name, x, before, after)


at, channels, kept = "images", 1, []
for level, width in enumerate(WIDTHS):
    at = block(f"down{level}", at, channels, width)
    kept.append(at)
    at = node("MaxPool", f"pool{level}", [at], kernel_shape=[2, 2], strides=[2, 2])
    channels = width
at = block("bottom", at, channels, BOTTOM)
at = node("Dropout", "dropout", [at, add("dropout.ratio", 0.2)])
channels = BOTTOM
for level, width in reversed(list(enumerate(WIDTHS))):
    at = grow(f"up{level}", at, channels, width, transposed=level % 2 == 0)
    at = node("Concat", f"skip{level}", [kept[level], at], axis=1)
    at = block(f"join{level}", at, 2 * width, width)
    channels = width
at = conv("scores", at, channels, CLASSES, kernel=1)
nodes.append(helper.make_node("Softmax", [at], ["probabilities"], "softmax", axis=1))
graph = helper.make_graph(
    nodes, "unet",
    [helper.make_tensor_value_info("images", TensorProto.FLOAT,
                                   ["batch", 1, SIDE, SIDE])],
    [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT,
                                   ["batch", CLASSES, SIDE, SIDE])], values)
model = helper.make_model(graph, producer_name="make_untrained",
                          opset_imports=[helper.make_opsetid("", 17)])
model.ir_version = 8
checker.check_model(model, full_check=True)
save(model, sys.argv[1])
