# ===-- train_worker.py - One training in one engine, timed on request --------===#
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""train_worker.py ENGINE ARTIFACT THREADS MODEL-OPTIMIZER

Trains one of the networks of test/Training/models.py in f32 and serves on its
standard input, one JSON answer a line:

    time N      N steps from the initial weights; their durations in nanoseconds
    losses N    the losses of N steps from the initial weights
    info        what the engine says of itself

ENGINE is one of

    tenon           the artifact, which no other engine reads
    torch           PyTorch as its documentation trains
    torch-tuned     the same with fused optimizer and channels last
    torch-compile   that through torch.compile
    jax             one jitted function that is given its arguments to reuse

A step is everything from a batch in memory to the next weights: forward,
backward, optimizer, and the loss as a number that Python has read.
"""

import ctypes
import json
import os
import pathlib
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "test" / "Training"))

import models  # noqa: E402


class Tenon:
    def __init__(self, path, threads, model, optimizer):
        import worker

        self.worker = worker
        images, labels = batches(model)
        self.engine = worker.Tenon(path, threads, [images[0], labels[0]], worker.STEP)
        image, label = (tensor for _, tensor in self.engine.tensors[:2])
        pair = worker.Tensor * 2
        # Views of the batches where they are: nothing is copied.
        self.batches = [
            pair(
                worker.Tensor(x.ctypes.data, image.dtype, image.rank, image.dims),
                worker.Tensor(y.ctypes.data, label.dtype, label.rank, label.dims),
            )
            for x, y in zip(images, labels)
        ]
        self.keep = images, labels
        self.info = self.engine.info

    def start(self):
        self.engine.call("init", self.engine.context, 0)

    def step(self, number):
        ctypes.memmove(self.engine.inputs, self.batches[number % models.STEPS], self.size)
        self.engine.run()
        return float(self.engine.outputs[0])

    @property
    def size(self):
        return ctypes.sizeof(self.engine.inputs)


class Torch:
    def __init__(self, threads, model, optimizer, tuned, compiled):
        import torch
        import torch_peer

        torch.set_num_threads(threads)
        self.peer, self.torch = torch_peer, torch
        self.model, self.optimizer = model, optimizer
        self.tuned = tuned
        images, labels = batches(model)
        self.images = [self.formatted(torch.from_numpy(x)) for x in images]
        self.labels = [torch.from_numpy(y) for y in labels]
        self.network = self.formatted(torch_peer.Network(model, "f32").train())

        def loss(x, y):
            return torch.nn.functional.cross_entropy(self.network(x), y)

        self.loss = torch.compile(loss) if compiled else loss
        self.initial = {n: v.clone() for n, v in self.network.state_dict().items()}
        self.info = {"version": torch.__version__}

    def formatted(self, value):
        image = not hasattr(value, "ndim") or value.ndim == 4
        if self.tuned and self.model != "mlp" and image:
            return value.to(memory_format=self.torch.channels_last)
        return value

    def start(self):
        self.network.load_state_dict(self.initial)
        options = {"fused": True} if self.tuned else {}
        self.rule = self.peer.make_optimizer(self.model, self.optimizer, self.network, **options)

    def step(self, number):
        number %= models.STEPS
        loss = self.loss(self.images[number], self.labels[number])
        self.rule.zero_grad()
        loss.backward()
        self.rule.step()
        return loss.item()


class Jax:
    def __init__(self, model, optimizer):
        import jax
        import jax.numpy as jnp
        import jax_peer

        images, labels = batches(model)
        self.images = [jnp.asarray(x) for x in images]
        self.labels = [jnp.asarray(y) for y in labels]
        self.begin = lambda: jax_peer.start(model, optimizer, "f32")
        self.function = jax_peer.make_step(model, optimizer)
        self.info = {"version": jax.__version__}

    def start(self):
        self.carried = self.begin()

    def step(self, number):
        number %= models.STEPS
        *self.carried, loss = self.function(
            *self.carried, self.images[number], self.labels[number]
        )
        return float(loss)


def batches(model):
    """The batches one by one, each on a boundary that any engine is content with."""
    import numpy

    def aligned(array):
        raw = numpy.zeros(array.nbytes + 64, numpy.uint8)
        start = -raw.ctypes.data % 64
        view = raw[start : start + array.nbytes].view(array.dtype).reshape(array.shape)
        view[...] = array
        return view

    images, labels = models.data(model)
    parts = [slice(i, i + models.BATCH) for i in range(0, len(images), models.BATCH)]
    return [aligned(images[p]) for p in parts], [aligned(labels[p]) for p in parts]


def make(name, path, threads, model, optimizer):
    if name == "tenon":
        return Tenon(path, threads, model, optimizer)
    if name == "jax":
        return Jax(model, optimizer)
    return Torch(threads, model, optimizer, name != "torch", name == "torch-compile")


def main():
    name, path, threads, what = sys.argv[1:]
    # The processors are given from outside (taskset); a pool is made of all of them.
    os.environ.setdefault("OMP_NUM_THREADS", threads)
    # Compile in this process: a pool of others would outlive the compilation.
    os.environ.setdefault("TORCHINDUCTOR_COMPILE_THREADS", "1")
    engine = make(name, path, int(threads), *what.split("-"))
    for line in sys.stdin:
        words = line.split()
        if words[0] == "time":
            answer = []
            engine.start()
            for number in range(int(words[1])):
                start = time.perf_counter_ns()
                engine.step(number)
                answer.append(time.perf_counter_ns() - start)
        elif words[0] == "losses":
            engine.start()
            answer = [engine.step(number) for number in range(int(words[1]))]
        else:
            answer = engine.info
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
