#!/usr/bin/env python3
# ===-- train_cnn.py - Train and export the Fashion-MNIST example ------------===#
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Trains the small CNN of this example with PyTorch and writes cnn.onnx.

Needs PyTorch and onnx (`benchmarks/setup --torch` makes an environment with
both) and the Debian package dataset-fashion-mnist. The network is trained on
the 60,000 training images alone: the last 5,000 of them are held out while
the schedule is judged (`--holdout`), and the committed file comes from a run
of the same schedule over all of them. The last epoch is taken whatever it
gives; the 10,000 test images are read once, after the file is written.
"""

import argparse
import gzip
import os
import struct

import numpy
import onnx
import torch

CLASSES = 10


def read_idx(path):
    """Returns the uint8 array of a gzipped IDX file."""
    with gzip.open(path, "rb") as stream:
        zero, kind, rank = struct.unpack(">HBB", stream.read(4))
        if zero != 0 or kind != 0x08:
            raise SystemExit(f"{path}: not an IDX file of unsigned bytes")
        shape = struct.unpack(f">{rank}I", stream.read(4 * rank))
        return numpy.frombuffer(stream.read(), numpy.uint8).reshape(shape)


def load(directory, split):
    """Returns images [N,1,28,28] in 0..1 and labels [N] of one split."""
    images = read_idx(os.path.join(directory, f"{split}-images-idx3-ubyte.gz"))
    labels = read_idx(os.path.join(directory, f"{split}-labels-idx1-ubyte.gz"))
    pixels = torch.from_numpy(images.astype(numpy.float32) / 255.0).unsqueeze(1)
    return pixels, torch.from_numpy(labels.astype(numpy.int64))


def make_network():
    def block(inputs, outputs):
        return [
            torch.nn.Conv2d(inputs, outputs, 3, padding=1, bias=False),
            torch.nn.BatchNorm2d(outputs),
            torch.nn.ReLU(),
            torch.nn.MaxPool2d(2),
        ]

    return torch.nn.Sequential(
        *block(1, 32),
        *block(32, 64),
        *block(64, 64),
        torch.nn.Flatten(),
        torch.nn.Linear(64 * 3 * 3, CLASSES),
    )


def accuracy(network, images, labels):
    network.eval()
    with torch.no_grad():
        hits = sum(
            (network(images[i : i + 1000]).argmax(1) == labels[i : i + 1000]).sum().item()
            for i in range(0, len(images), 1000)
        )
    return hits / len(images)


def train(network, images, labels, epochs, batch):
    optimizer = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=1e-2)
    steps = len(images) // batch
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, max_lr=4e-3, total_steps=epochs * steps
    )
    for epoch in range(epochs):
        network.train()
        order = torch.randperm(len(images))
        total = 0.0
        for step in range(steps):
            rows = order[step * batch : (step + 1) * batch]
            inputs = images[rows]
            # A mirrored garment is the same garment.
            mirrored = torch.rand(batch) < 0.5
            inputs[mirrored] = inputs[mirrored].flip(3)
            loss = torch.nn.functional.cross_entropy(network(inputs), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: training loss {total / steps:.4f}", flush=True)


def export(network, path, batch):
    """Writes [batch,1,28,28] -> class probabilities, batch norms kept as nodes."""
    network = torch.nn.Sequential(network, torch.nn.Softmax(1)).eval()
    torch.onnx.export(
        network,
        torch.zeros(batch, 1, 28, 28),
        path,
        input_names=["image"],
        output_names=["probabilities"],
        opset_version=17,
        # Kept as exported by default, batch norms would arrive folded and the
        # compiler's own folding would have nothing to do.
        training=torch.onnx.TrainingMode.PRESERVE,
        do_constant_folding=False,
        dynamo=False,
    )
    model = onnx.load(path)
    for node in model.graph.node:
        node.doc_string = ""
    model.doc_string = (
        "Fashion-MNIST CNN, trained and exported by examples/fashion/train_cnn.py"
        " on the training split of Debian's dataset-fashion-mnist (MIT)."
    )
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default="/usr/share/datasets/fashion-mnist")
    parser.add_argument("--output", default=os.path.join(os.path.dirname(__file__), "cnn.onnx"))
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--batch", type=int, default=100, help="batch size of training and of the file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--holdout",
        action="store_true",
        help="train on 55,000 images, report accuracy on the other 5,000, write nothing",
    )
    args = parser.parse_args()

    torch.manual_seed(args.seed)
    images, labels = load(args.data, "train")
    network = make_network()
    if args.holdout:
        train(network, images[:-5000], labels[:-5000], args.epochs, args.batch)
        print(f"held-out accuracy {accuracy(network, images[-5000:], labels[-5000:]):.4f}")
        return
    train(network, images, labels, args.epochs, args.batch)
    export(network, args.output, args.batch)
    images, labels = load(args.data, "t10k")
    print(f"{args.output}: {os.path.getsize(args.output)} bytes")
    print(f"test accuracy {accuracy(network, images, labels):.4f}")


if __name__ == "__main__":
    main()
