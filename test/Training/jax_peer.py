# ===-- jax_peer.py - The networks of models.py in JAX ------------------------===#
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""One training step in JAX, optimizers written out: nothing shared with PyTorch."""

import functools

import jax
import jax.numpy as jnp
import numpy
from jax import lax

import models

# Else f64 is silently f32.
jax.config.update("jax_enable_x64", True)

ACTIVATIONS = {
    "relu": jax.nn.relu,
    "silu": jax.nn.silu,
    "gelu": functools.partial(jax.nn.gelu, approximate=False),
}
STATISTICS = ("running_mean", "running_var")


def parameters(model, dtype):
    return {
        name: jnp.asarray(value.astype(models.DTYPES[dtype]))
        for name, value in models.weights(model).items()
        if not name.endswith(STATISTICS)
    }


def batch_norm(x, scale, bias):
    """By the statistics of the batch, which are returned for the running ones."""
    mean = x.mean((0, 2, 3))
    variance = jnp.square(x - mean[:, None, None]).mean((0, 2, 3))
    factor = scale / jnp.sqrt(variance + models.EPSILON)
    y = (x - mean[:, None, None]) * factor[:, None, None] + bias[:, None, None]
    return y, (mean, variance)


def logits(p, x, activations):
    statistics = []
    for number in (1, 2):
        if f"conv{number}.weight" not in p:
            continue
        kernel = p[f"conv{number}.weight"]
        x = lax.conv_general_dilated(
            x, kernel, (1, 1), ((1, 1), (1, 1)), dimension_numbers=("NCHW", "OIHW", "NCHW")
        )
        if f"conv{number}.bias" in p:
            x = x + p[f"conv{number}.bias"][:, None, None]
        if f"bn{number}.weight" in p:
            x, batch = batch_norm(x, p[f"bn{number}.weight"], p[f"bn{number}.bias"])
            statistics.append(batch)
        x = jax.nn.relu(x)
        window = (1, 1, 2, 2)
        x = lax.reduce_window(x, -jnp.inf, lax.max, window, window, "VALID")
    x = x.reshape(x.shape[0], -1)
    layers = sorted(name[:-7] for name in p if name.startswith("fc") and name.endswith("weight"))
    names = activations or ["relu"] * (len(layers) - 1)
    for layer, name in zip(layers, [*names, None]):
        x = x @ p[layer + ".weight"].T + p[layer + ".bias"]
        x = ACTIVATIONS[name](x) if name else x
    return x, statistics


def loss(p, x, labels, activations):
    z, statistics = logits(p, x, activations)
    scores = jax.nn.log_softmax(z)
    return -jnp.take_along_axis(scores, labels[:, None], 1).mean(), statistics


def zeros(p):
    return jax.tree.map(jnp.zeros_like, p)


def sgd(p, gradient, state, lr, momentum):
    (velocity,) = state
    velocity = jax.tree.map(lambda v, g: momentum * v + g, velocity, gradient)
    return jax.tree.map(lambda w, v: w - lr * v, p, velocity), (velocity,)


def adamw(p, gradient, state, lr, betas, eps, weight_decay):
    first, second, step = state
    step = step + 1
    # In f64, as PyTorch does: in f32, 1 - 0.999 has 4 digits.
    unbias = [1 - jnp.asarray(beta, "f8") ** step for beta in betas]
    first = jax.tree.map(lambda m, g: betas[0] * m + (1 - betas[0]) * g, first, gradient)
    second = jax.tree.map(lambda v, g: betas[1] * v + (1 - betas[1]) * g * g, second, gradient)

    def update(w, m, v):
        m, v = m / unbias[0].astype(m.dtype), v / unbias[1].astype(v.dtype)
        return w * (1 - lr * weight_decay) - lr * m / (jnp.sqrt(v) + eps)

    return jax.tree.map(update, p, first, second), (first, second, step)


def start(model, optimizer, dtype):
    """Returns (parameters, optimizer's state, running statistics)."""
    p = parameters(model, dtype)
    state = (zeros(p),) if optimizer == "sgd" else (zeros(p), zeros(p), jnp.zeros((), "f8"))
    values = models.weights(model)
    running = [
        tuple(jnp.asarray(values[f"bn{n}.{s}"].astype(models.DTYPES[dtype])) for s in STATISTICS)
        for n in (1, 2)
        if f"bn{n}.running_mean" in values
    ]
    return p, state, running


def make_step(model, optimizer):
    """(parameters, state, running, images, labels) -> the first three anew, loss."""
    rule = {"sgd": sgd, "adamw": adamw}[optimizer]
    options = models.settings(model, optimizer)
    activations = models.ACTIVATIONS.get(model)

    def step(p, state, running, x, labels):
        differentiated = jax.value_and_grad(loss, has_aux=True)
        (value, batch), gradient = differentiated(p, x, labels, activations)
        p, state = rule(p, gradient, state, **options)
        running = [
            tuple(0.9 * old + 0.1 * new for old, new in zip(*pair)) for pair in zip(running, batch)
        ]
        return p, state, running, value

    return jax.jit(step, donate_argnums=(0, 1, 2))


def losses(model, optimizer, dtype):
    """The loss of each of the steps, before its update."""
    images, labels = models.data(model)
    images = images.astype(models.DTYPES[dtype])
    carried = start(model, optimizer, dtype)
    step = make_step(model, optimizer)
    result = []
    for number in range(models.STEPS):
        rows = slice(number * models.BATCH, (number + 1) * models.BATCH)
        *carried, value = step(*carried, jnp.asarray(images[rows]), jnp.asarray(labels[rows]))
        result.append(float(numpy.asarray(value)))
    return result
