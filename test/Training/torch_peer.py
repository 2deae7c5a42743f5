# ===-- torch_peer.py - The networks of models.py in PyTorch ------------------===#
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""One training step in PyTorch, in the words of its own library."""

import torch
from torch.nn import functional

import models


class Network(torch.nn.Module):
    """Layers are named like the weights of models.py; returns the logits."""

    def __init__(self, model, dtype, seed=None):
        super().__init__()
        shapes = dict(models.SHAPES[model])
        for name, shape in shapes.items():
            layer, what = name.split(".")
            if what != "weight":
                continue
            if layer.startswith("fc"):
                made = torch.nn.Linear(shape[1], shape[0])
            elif layer.startswith("conv"):
                biased = layer + ".bias" in shapes
                made = torch.nn.Conv2d(shape[1], shape[0], 3, padding=1, bias=biased)
            else:
                made = torch.nn.BatchNorm2d(shape[0], eps=models.EPSILON)
            self.add_module(layer, made)
        values = models.weights(model) if seed is None else models.renumbered(model, seed)
        values = {n: torch.from_numpy(v.copy()) for n, v in values.items()}
        missing, unexpected = self.load_state_dict(values, strict=False)
        if unexpected or any(not m.endswith("num_batches_tracked") for m in missing):
            raise ValueError(f"{model}: missing {missing}, unexpected {unexpected}")
        self.activations = models.ACTIVATIONS.get(model)
        self.to({"f32": torch.float32, "f64": torch.float64}[dtype])

    def forward(self, x):
        layers = dict(self.named_children())
        for number in (1, 2):
            if f"conv{number}" in layers:
                x = layers[f"conv{number}"](x)
                x = layers[f"bn{number}"](x) if f"bn{number}" in layers else x
                x = functional.max_pool2d(functional.relu(x), 2)
        x = x.flatten(1)
        linear = [layers[name] for name in sorted(layers) if name.startswith("fc")]
        names = self.activations or ["relu"] * (len(linear) - 1)
        for layer, name in zip(linear, names):
            x = getattr(functional, name)(layer(x))
        return linear[-1](x)


def make_optimizer(model, name, network, **options):
    rule = {"sgd": torch.optim.SGD, "adamw": torch.optim.AdamW}[name]
    return rule(network.parameters(), **models.settings(model, name), **options)


def losses(model, optimizer_name, dtype, seed=None):
    """The loss of each of the steps, before its update.

    With a seed, of the network with its hidden units in another order.
    """
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    network = Network(model, dtype, seed).train()
    optimizer = make_optimizer(model, optimizer_name, network)
    images, labels = models.data(model)
    images = torch.from_numpy(images.astype(models.DTYPES[dtype]))
    labels = torch.from_numpy(labels)
    result = []
    for step in range(models.STEPS):
        rows = slice(step * models.BATCH, (step + 1) * models.BATCH)
        loss = functional.cross_entropy(network(images[rows]), labels[rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        result.append(loss.item())
    return result
