#!/usr/bin/env python3
# ===-- build_models.py - Write the test CNNs from their definitions ----------===#
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes the CNNs of the model tests with their inputs and expected outputs.

    build_models.py OUTDIR [--only NAME ...] [--data ARCHIVE|FOLDER]

needs Debian's python3, python3-numpy and python3-onnx. For each model it makes

    OUTDIR/<name>/<name>.onnx
    OUTDIR/<name>/test_data_set_<n>/{input,output}_<i>.pb

resnet50, squeezenet and mobilenetv2 are written from their public definitions
(torchvision: ResNet-50 v1.5 with the stride in the 3x3, SqueezeNet 1.1,
MobileNetV2) with seeded random weights: He-normal, batch-norm mean N(0, 0.1),
variance U(0.5, 1.5). fashion is examples/fashion/cnn.onnx. mnist and ultraface
come from the data archive and are left out, with a message, where there is none.

Output 0.. are the model's own; the last output is always the tensor before the
last softmax, since softmax hides errors. Bytes are the same on every machine:
goldens/manifest.json keeps the SHA-256 of each file, and a file that differs is
an error, because the expected outputs (make_goldens.py) belong to those bytes.
"""

import argparse
import hashlib
import json
import os
import shutil
import sys
import tarfile

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
GOLDENS = os.path.join(HERE, "goldens")
MANIFEST = os.path.join(GOLDENS, "manifest.json")
DATA = os.environ.get("TENON_UNPACKED_DATA") or os.path.join(
    os.environ.get("TENON_TEST_DATA") or os.path.join(ROOT, "..", "shared", "data"),
    "ext-dev.tar.xz",
)

# Opset 13 and IR 7 are what Debian 12's onnx 1.12 and every peer still read.
OPSET = 13
IR_VERSION = 7

# Members of ext-dev.tar.xz.
ARCHIVED = {
    "mnist": "onnxmlir/docs__mnist_example__mnist",
    "ultraface": "ortex/mobile__examples__Maui__MauiVisionSample__MauiVisionSample"
    "__Resources__Raw__Ultraface_version-RFB-320",
}


class Builder:
    """Appends nodes to one graph; every method returns its output's name.

    The legacy RandomState is used on purpose: numpy guarantees its streams.
    """

    def __init__(self, seed):
        self.random = numpy.random.RandomState(seed)
        self.nodes, self.weights, self.channels = [], [], {}

    def node(self, op_type, name, inputs, **attributes):
        self.nodes.append(
            helper.make_node(op_type, inputs, [name], name="/" + name, **attributes)
        )
        if inputs[0] in self.channels:
            self.channels[name] = self.channels[inputs[0]]
        return name

    def weight(self, name, values):
        array = numpy.ascontiguousarray(values, dtype="<f4")
        self.weights.append(numpy_helper.from_array(array, name))
        return name

    def conv(self, name, x, outputs, kernel, stride=1, pad=0, group=1, bias=False):
        inputs = self.channels[x] // group
        fan_in = inputs * kernel * kernel
        shape = (outputs, inputs, kernel, kernel)
        values = self.random.standard_normal(shape) * numpy.sqrt(2.0 / fan_in)
        operands = [x, self.weight(name + ".weight", values)]
        if bias:
            values = self.random.standard_normal(outputs) * 0.05
            operands.append(self.weight(name + ".bias", values))
        self.node(
            "Conv",
            name,
            operands,
            dilations=[1, 1],
            group=group,
            kernel_shape=[kernel, kernel],
            pads=[pad] * 4,
            strides=[stride, stride],
        )
        self.channels[name] = outputs
        return name

    def batch_norm(self, name, x, scale=1.0):
        """`scale` damps a residual branch: without it, variance doubles with
        each of a random network's residual sums and the logits saturate."""
        channels = self.channels[x]
        gamma = self.random.uniform(0.5, 1.5, channels) * scale
        beta = self.random.standard_normal(channels) * 0.1
        mean = self.random.standard_normal(channels) * 0.1
        variance = self.random.uniform(0.5, 1.5, channels)
        return self.node(
            "BatchNormalization",
            name,
            [
                x,
                self.weight(name + ".weight", gamma),
                self.weight(name + ".bias", beta),
                self.weight(name + ".running_mean", mean),
                self.weight(name + ".running_var", variance),
            ],
            epsilon=1e-5,
            momentum=0.9,
        )

    def max_pool(self, name, x, pad=0, ceil_mode=0):
        return self.node(
            "MaxPool",
            name,
            [x],
            ceil_mode=ceil_mode,
            kernel_shape=[3, 3],
            pads=[pad] * 4,
            strides=[2, 2],
        )

    def linear(self, name, x, outputs):
        inputs = self.channels[x]
        values = self.random.standard_normal((outputs, inputs)) * numpy.sqrt(2.0 / inputs)
        bias = self.random.standard_normal(outputs) * 0.05
        operands = [x, self.weight(name + ".weight", values), self.weight(name + ".bias", bias)]
        return self.node("Gemm", name, operands, alpha=1.0, beta=1.0, transB=1)


def resnet50(b, x):
    x = b.conv("conv1", x, 64, 7, stride=2, pad=3)
    x = b.batch_norm("bn1", x)
    x = b.node("Relu", "relu", [x])
    x = b.max_pool("maxpool", x, pad=1)
    for stage, (width, blocks) in enumerate([(64, 3), (128, 4), (256, 6), (512, 3)], 1):
        for block in range(blocks):
            prefix = f"layer{stage}.{block}."
            stride = 2 if stage > 1 and block == 0 else 1
            y = b.conv(prefix + "conv1", x, width, 1)
            y = b.batch_norm(prefix + "bn1", y)
            y = b.node("Relu", prefix + "relu1", [y])
            y = b.conv(prefix + "conv2", y, width, 3, stride=stride, pad=1)
            y = b.batch_norm(prefix + "bn2", y)
            y = b.node("Relu", prefix + "relu2", [y])
            y = b.conv(prefix + "conv3", y, 4 * width, 1)
            y = b.batch_norm(prefix + "bn3", y, scale=0.25)
            if block == 0:
                x = b.conv(prefix + "downsample.0", x, 4 * width, 1, stride=stride)
                # The shortcut carries the sum's mean square into the next stage.
                x = b.batch_norm(prefix + "downsample.1", x, scale=0.5)
            y = b.node("Add", prefix + "add", [y, x])
            x = b.node("Relu", prefix + "relu3", [y])
    x = b.node("GlobalAveragePool", "avgpool", [x])
    x = b.node("Flatten", "flatten", [x], axis=1)
    return b.linear("logits", x, 1000)


def squeezenet(b, x):
    x = b.conv("features.0", x, 64, 3, stride=2, bias=True)
    x = b.node("Relu", "features.1", [x])
    x = b.max_pool("features.2", x, ceil_mode=1)
    index = 3
    # A number is a fire module's squeeze width, None a pooling layer.
    for squeeze in [16, 16, None, 32, 32, None, 48, 48, 64, 64]:
        prefix = f"features.{index}"
        index += 1
        if squeeze is None:
            x = b.max_pool(prefix, x, ceil_mode=1)
            continue
        x = b.conv(prefix + ".squeeze", x, squeeze, 1, bias=True)
        x = b.node("Relu", prefix + ".squeeze_activation", [x])
        halves = []
        for kernel in (1, 3):
            name = f"{prefix}.expand{kernel}x{kernel}"
            y = b.conv(name, x, 4 * squeeze, kernel, pad=kernel // 2, bias=True)
            halves.append(b.node("Relu", name + "_activation", [y]))
        x = b.node("Concat", prefix + ".concat", halves, axis=1)
        b.channels[x] = 8 * squeeze
    x = b.conv("classifier.1", x, 1000, 1, bias=True)
    x = b.node("Relu", "classifier.2", [x])
    x = b.node("GlobalAveragePool", "classifier.3", [x])
    return b.node("Flatten", "logits", [x], axis=1)


def mobilenetv2(b, x):
    low = b.weight("relu6.min", numpy.array(0.0))
    high = b.weight("relu6.max", numpy.array(6.0))

    def unit(prefix, x, outputs, kernel, stride=1, group=1):
        x = b.conv(prefix + ".0", x, outputs, kernel, stride, kernel // 2, group)
        x = b.batch_norm(prefix + ".1", x)
        return b.node("Clip", prefix + ".2", [x, low, high])

    x = unit("features.0", x, 32, 3, stride=2)
    index = 1
    for expansion, outputs, repeats, first_stride in [
        (1, 16, 1, 1),
        (6, 24, 2, 2),
        (6, 32, 3, 2),
        (6, 64, 4, 2),
        (6, 96, 3, 1),
        (6, 160, 3, 2),
        (6, 320, 1, 1),
    ]:
        for repeat in range(repeats):
            prefix = f"features.{index}.conv"
            index += 1
            stride = first_stride if repeat == 0 else 1
            inputs = b.channels[x]
            hidden, y = inputs * expansion, x
            if expansion != 1:
                y = unit(prefix + ".expand", y, hidden, 1)
            y = unit(prefix + ".depthwise", y, hidden, 3, stride, group=hidden)
            y = b.conv(prefix + ".project", y, outputs, 1)
            residual = stride == 1 and inputs == outputs
            # A linear bottleneck has no Relu to halve its mean square.
            y = b.batch_norm(prefix + ".project_bn", y, scale=0.4 if residual else 0.7)
            x = b.node("Add", prefix + ".add", [y, x]) if residual else y
    x = unit("features.18", x, 1280, 1)
    x = b.node("GlobalAveragePool", "avgpool", [x])
    x = b.node("Flatten", "flatten", [x], axis=1)
    return b.linear("logits", x, 1000)


# name -> (definition, seed)
DEFINITIONS = {
    "resnet50": (resnet50, 50),
    "squeezenet": (squeezenet, 11),
    "mobilenetv2": (mobilenetv2, 2),
}
IMAGE_SHAPE = [1, 3, 224, 224]
INPUT_SETS = 3


def make_model(name):
    definition, seed = DEFINITIONS[name]
    b = Builder(seed)
    b.channels["image"] = IMAGE_SHAPE[1]
    logits = definition(b, "image")
    b.node("Softmax", "probabilities", [logits], axis=1)
    outputs = [
        helper.make_tensor_value_info(output, TensorProto.FLOAT, [1, 1000])
        for output in ("probabilities", logits)
    ]
    image = helper.make_tensor_value_info("image", TensorProto.FLOAT, IMAGE_SHAPE)
    graph = helper.make_graph(b.nodes, name, [image], outputs, b.weights)
    model = helper.make_model(
        graph,
        producer_name="test/Models/build_models.py",
        opset_imports=[helper.make_opsetid("", OPSET)],
    )
    model.ir_version = IR_VERSION
    onnx.checker.check_model(model)
    return model


def expose_logits(model):
    """Makes the input of the last (Log)Softmax one more graph output."""
    softmax = [n for n in model.graph.node if n.op_type in ("Softmax", "LogSoftmax")][-1]
    like = next((o for o in model.graph.output if o.name == softmax.output[0]), None)
    if like is None:
        raise ValueError("the last softmax is not an output of the graph")
    logits = model.graph.output.add()
    logits.CopyFrom(like)
    logits.name = softmax.input[0]
    return model


def random_image(random, shape):
    """Normal noise on a coarse grid plus fine noise: fine noise alone averages
    out before the last pooling, and all inputs would give the same logits."""
    *outer, height, width = shape
    cell = max(height, width) // 8
    coarse = random.standard_normal([*outer, -(-height // cell), -(-width // cell)])
    image = numpy.kron(coarse, numpy.ones((cell, cell)))[..., :height, :width]
    return image + 0.5 * random.standard_normal(shape)


def random_inputs(model, pixels=False, count=INPUT_SETS):
    """Yields `count` lists of (name, array): normalised images, mean 0, or
    `pixels` in 0..1."""
    initialisers = {weight.name for weight in model.graph.initializer}
    values = [v for v in model.graph.input if v.name not in initialisers]
    for seed in range(count):
        random = numpy.random.RandomState(1000 + seed)
        arrays = []
        for value in values:
            shape = [dim.dim_value for dim in value.type.tensor_type.shape.dim]
            image = random_image(random, shape)
            if pixels:
                image = numpy.clip(0.3 + 0.3 * image, 0.0, 1.0)
            arrays.append((value.name, image.astype("<f4")))
        yield arrays


def write_tensor(path, name, array):
    with open(path, "wb") as stream:
        stream.write(numpy_helper.from_array(array, name).SerializeToString())


def write_model(path, model):
    data = model.SerializeToString(deterministic=True)
    with open(path, "wb") as stream:
        stream.write(data)
    return hashlib.sha256(data).hexdigest()


def archived_case(data, prefix, directory):
    """Copies one case of the data archive; false if there is no archive."""
    if not os.path.exists(data):
        return False
    if os.path.isdir(data):
        shutil.copytree(os.path.join(data, prefix), directory, dirs_exist_ok=True)
        return True
    with tarfile.open(data) as tar:
        for member in tar:
            if member.isfile() and member.name.lstrip("./").startswith(prefix + "/"):
                target = os.path.join(directory, member.name.lstrip("./")[len(prefix) + 1 :])
                os.makedirs(os.path.dirname(target), exist_ok=True)
                with open(target, "wb") as stream:
                    shutil.copyfileobj(tar.extractfile(member), stream)
    return True


def model_path(directory, name):
    """The file is named after the model, as its exported query will be."""
    return os.path.join(directory, name + ".onnx")


def build(name, directory, data):
    """Writes one model and its inputs; returns its SHA-256, None if no data."""
    os.makedirs(directory, exist_ok=True)
    path = model_path(directory, name)
    if name in ARCHIVED:
        if not archived_case(data, ARCHIVED[name], directory):
            return None
        given = os.path.join(directory, "model.onnx")
        digest = write_model(path, expose_logits(onnx.load(given)))
        os.remove(given)
        return digest
    if name == "fashion":
        source = os.path.join(ROOT, "examples", "fashion", "cnn.onnx")
        model = expose_logits(onnx.load(source))
    else:
        model = make_model(name)
    digest = write_model(path, model)
    for index, arrays in enumerate(random_inputs(model, pixels=name == "fashion")):
        dataset = os.path.join(directory, f"test_data_set_{index}")
        os.makedirs(dataset, exist_ok=True)
        for position, (value, array) in enumerate(arrays):
            write_tensor(os.path.join(dataset, f"input_{position}.pb"), value, array)
    return digest


def copy_goldens(name, directory):
    """Puts the committed expected outputs beside the inputs."""
    source = os.path.join(GOLDENS, name)
    for dataset in sorted(os.listdir(source)):
        target = os.path.join(directory, dataset)
        os.makedirs(target, exist_ok=True)
        for output in sorted(os.listdir(os.path.join(source, dataset))):
            shutil.copyfile(
                os.path.join(source, dataset, output), os.path.join(target, output)
            )


def all_names():
    return [*DEFINITIONS, "fashion", *ARCHIVED]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("outdir")
    parser.add_argument("--only", nargs="+", choices=all_names(), metavar="NAME")
    parser.add_argument(
        "--data",
        default=DATA,
        help="archive or folder with mnist and ultraface (default: $TENON_UNPACKED_DATA,"
        " else $TENON_TEST_DATA/ext-dev.tar.xz)",
    )
    args = parser.parse_args()
    with open(MANIFEST, encoding="utf-8") as stream:
        manifest = json.load(stream)["models"]
    failed = False
    for name in args.only or all_names():
        directory = os.path.join(args.outdir, name)
        digest = build(name, directory, args.data)
        if digest is None:
            print(f"{name}: SKIPPED, {args.data} is missing", file=sys.stderr)
            failed |= bool(args.only)
            continue
        if digest != manifest[name]["sha256"]:
            print(
                f"{name}: its bytes changed (sha256 {digest}), so the expected outputs"
                " are of another model; run make_goldens.py if that was intended",
                file=sys.stderr,
            )
            failed = True
            continue
        copy_goldens(name, directory)
        print(f"{name}: {os.path.getsize(model_path(directory, name))} bytes")
    sys.exit(failed)


if __name__ == "__main__":
    main()
