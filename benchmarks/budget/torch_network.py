# ===-- torch_network.py - An ONNX network as a PyTorch module -----------------===#
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The networks of test/Training/budget.py in PyTorch, from the same ONNX file.

Only what those files hold. Batch norms use the batch's statistics and keep
running ones, dropout drops, as torch trains.
"""

import onnx
import torch
from onnx import numpy_helper
from torch.nn import functional as f


def square(values):
    if len(set(values)) != 1:
        raise ValueError(f"{values} is not the same for height and width")
    return values[0]


class Network(torch.nn.Module):
    def __init__(self, path):
        super().__init__()
        graph = onnx.load(path).graph
        self.input, self.output = graph.input[0].name, graph.output[0].name
        self.constants = {}
        running = {name for n in graph.node if n.op_type == "BatchNormalization" for name in n.input[3:]}
        scales = {n.input[2] for n in graph.node if n.op_type == "Resize"}
        for tensor in graph.initializer:
            value = torch.from_numpy(numpy_helper.to_array(tensor).copy())
            name = tensor.name.replace(".", "_")
            if tensor.name in scales:
                self.constants[tensor.name] = value.tolist()
            elif tensor.name in running:
                self.register_buffer(name, value)
            else:
                self.register_parameter(name, torch.nn.Parameter(value))
        self.nodes = [
            (n.op_type, list(n.input), n.output[0],
             {a.name: onnx.helper.get_attribute_value(a) for a in n.attribute})
            for n in graph.node
        ]  # fmt: skip

    def forward(self, x):
        values = {self.input: x}

        def value(name):
            return values[name] if name in values else getattr(self, name.replace(".", "_"))

        # A value is dropped behind its last reader, as Python would drop it.
        last = {name: i for i, (_, inputs, _, _) in enumerate(self.nodes) for name in inputs}
        for i, (kind, inputs, output, attributes) in enumerate(self.nodes):
            operands = [value(n) for n in inputs if n and n not in self.constants]
            scales = [self.constants[n] for n in inputs if n in self.constants]
            values[output] = getattr(self, kind)(*operands, *scales, **attributes)
            for name in inputs:
                if last[name] == i:
                    values.pop(name, None)
        return values[self.output]

    def Conv(self, x, weight, bias=None, *, pads, strides, **_):
        return f.conv2d(x, weight, bias, stride=square(strides), padding=square(pads))

    def ConvTranspose(self, x, weight, *, strides, **_):
        return f.conv_transpose2d(x, weight, stride=square(strides))

    def BatchNormalization(self, x, scale, bias, mean, variance, *, epsilon, momentum):
        return f.batch_norm(x, mean, variance, scale, bias, True, 1 - momentum, epsilon)

    def Relu(self, x):
        return f.relu(x)

    def MaxPool(self, x, *, kernel_shape, strides, **_):
        return f.max_pool2d(x, square(kernel_shape), square(strides))

    def GlobalAveragePool(self, x):
        return x.mean((2, 3), keepdim=True)

    def Flatten(self, x, **_):
        return torch.flatten(x, 1)

    def Gemm(self, x, weight, bias, **_):
        return f.linear(x, weight, bias)

    def Add(self, a, b):
        return a + b

    def Concat(self, *inputs, axis):
        return torch.cat(inputs, axis)

    def Dropout(self, x):
        return f.dropout(x)

    def Resize(self, x, scales, **_):
        return f.interpolate(x, scale_factor=tuple(scales[2:]), mode="nearest")
