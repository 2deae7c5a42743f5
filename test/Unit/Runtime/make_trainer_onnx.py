#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""make_trainer_onnx.py OUT CLASSES - The file that FakeTrainer.c pretends to be of.

trainer.onnx has its 3 classes, trainer-wide.onnx 5: its head was replaced. That
one is of IR version 3, in which initializers are inputs too.

Values of all kinds that the export has to find: W an initializer with typed
data, B a Constant, seen an initializer with raw data beside others.
"""
import sys

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save

classes = int(sys.argv[2])
weights = [numpy_helper.from_array(np.arange(4, dtype="i8"), "other"),
           helper.make_tensor("W", TensorProto.FLOAT, [2, classes],
                              range(2 * classes)),
           numpy_helper.from_array(np.zeros(1, "f4"), "seen")]
old = classes == 5
graph = helper.make_graph(
    [helper.make_node("Constant", [], ["B"], name="bias", value=helper.make_tensor(
        "of_bias", TensorProto.FLOAT, [classes], [0.5] * classes)),
     helper.make_node("Constant", [], ["unused"], value_float=1.0),
     helper.make_node("Gemm", ["images", "W", "B"], ["logits"], name="gemm"),
     helper.make_node("Softmax", ["logits"], ["scores"], name="softmax", axis=1)],
    "trainer",
    [helper.make_tensor_value_info("images", TensorProto.FLOAT, [4, 2]),
     *(helper.make_tensor_value_info(w.name, w.data_type, w.dims)
       for w in weights if old)],
    [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [4, classes])],
    weights,
    value_info=[helper.make_tensor_value_info(
        "logits", TensorProto.FLOAT, [4, classes])])
model = helper.make_model(graph, producer_name="make_trainer_onnx",
                          opset_imports=[helper.make_opsetid("", 13)])
model.ir_version = 3 if old else 8
save(model, sys.argv[1])
