#!/usr/bin/env python3
# ===-- make_goldens.py - Losses of the training tests, by PyTorch ------------===#
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Trains the networks of models.py in PyTorch and writes goldens/<model>.json.

    benchmarks/.venv/bin/python test/Training/make_goldens.py [MODEL ...] [--check]

Run by hand, in the environment that `benchmarks/setup --torch` makes, after a model,
its data or an optimizer's settings changed. Each file keeps the loss of every step
for each optimizer in f64 and f32, one thread, and the digest of what was trained.
All is computed again in JAX, from code of its own: the f64 losses must agree to 1e-10
relative at every step. The f32 losses of JAX, and of PyTorch with the hidden units in
another order, must pass the test that they are kept for: be at most twice as far from
them as the f32 losses of PyTorch. --check does this with the committed files and writes
nothing.
"""

import argparse
import datetime
import json
import os
import platform
import sys

import jax
import torch

import jax_peer
import models
import torch_peer

HERE = os.path.dirname(os.path.abspath(__file__))
AGREEMENT = 1e-10
# Of other orders of the hidden units.
SEEDS = (1, 2)


def path_of(model):
    return os.path.join(HERE, "goldens", model + ".json")


def make(model):
    runs = {}
    for optimizer in models.RULES:
        for dtype in models.DTYPES:
            runs[f"{optimizer}-{dtype}"] = torch_peer.losses(model, optimizer, dtype)
    return {
        "model": model,
        "digest": models.digest(model),
        "made_by": f"test/Training/make_goldens.py, PyTorch {torch.__version__}, 1 thread,"
        f" {platform.machine()}; f64 agrees with JAX {jax.__version__}",
        "date": datetime.date.today().isoformat(),
        "batch": models.BATCH,
        "optimizers": {name: models.settings(model, name) for name in models.RULES},
        "losses": runs,
    }


def check(golden):
    """Trains in JAX; returns what is wrong with the golden, "" if nothing."""
    model, losses = golden["model"], golden["losses"]
    for optimizer in models.RULES:
        wide, narrow = losses[f"{optimizer}-f64"], losses[f"{optimizer}-f32"]
        again = jax_peer.losses(model, optimizer, "f64")
        relative = max(abs(a - b) / abs(b) for a, b in zip(again, wide, strict=True))
        others = [
            jax_peer.losses(model, optimizer, "f32"),
            *(torch_peer.losses(model, optimizer, "f32", seed) for seed in SEEDS),
        ]
        off = [
            max(abs(a - b) for a, b in zip(f32, wide, strict=True)) for f32 in (narrow, *others)
        ]
        print(
            f"{model} {optimizer}: {wide[0]:.4f} -> {wide[-1]:.4f}; JAX's f64 differs by"
            f" {relative:.2g} of it; f32 is off by {off[0]:.2g}, JAX's by {off[1]:.2g},"
            f" other orders of units by {', '.join(f'{o:.2g}' for o in off[2:])}",
            flush=True,
        )
        if not relative <= AGREEMENT:
            return f"JAX and PyTorch differ by more than {AGREEMENT} in f64"
        if max(off) > 2 * off[0]:
            return "another f32 would not pass: choose another learning rate"
    return ""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("models", nargs="*", metavar="MODEL", default=models.GOLDEN_MODELS)
    parser.add_argument("--check", action="store_true", help="compare only")
    args = parser.parse_args()
    for model in args.models:
        if args.check:
            with open(path_of(model), encoding="utf-8") as stream:
                golden = json.load(stream)
        else:
            golden = make(model)
        if golden["digest"] != models.digest(model):
            sys.exit(f"{model}: the golden file is of other weights or data")
        if wrong := check(golden):
            sys.exit(f"{model}: {wrong}")
        if args.check:
            continue
        os.makedirs(os.path.dirname(path_of(model)), exist_ok=True)
        with open(path_of(model), "w", encoding="utf-8") as stream:
            # Python writes the shortest digits that give the same number back.
            json.dump(golden, stream, indent=1)
            stream.write("\n")


if __name__ == "__main__":
    main()
