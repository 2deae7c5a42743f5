# ===-- step_worker.py - One budgeted training in one engine, on request -------===#
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""step_worker.py ENGINE FILE THREADS DATA.npz:BATCH

Trains a network of test/Training/budget.py with AdamW and serves on its standard
input, one JSON answer a line:

    time N    N steps; for each its duration and its processor time in nanoseconds
    losses N  the losses of N more steps
    peak      bytes that a step takes beside parameters and optimizer
    info      what the engine says of itself

ENGINE is tenon (FILE is an artifact, its plan made for a budget) or torch:R (FILE
is the ONNX file): torch.compile with torch's activation_memory_budget R, 1 for
none; torch:eager is not compiled. A step is forward, backward, optimizer, and the
loss as a number that Python has read.

The peak is exact for tenon, which allocates its arena once and nothing in a step.
For torch it is measured: the greatest resident size within one step (VmHWM, reset
before it by /proc/self/clear_refs) above the resident size between two steps, when
gradients are freed; during it the C library gives freed memory back at once.
"""

import ctypes
import gc
import json
import os
import pathlib
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import numpy  # noqa: E402

LEARNING_RATE = 1e-3


class Tenon:
    def __init__(self, path, threads, batches):
        import worker

        self.engine = worker.Tenon(path, threads, batches[0], worker.STEP)
        self.engine.call("init", self.engine.context, 0)
        self.batches, self.number = batches, 0
        self.info = self.engine.info

    def step(self):
        for (array, _), given in zip(self.engine.tensors, self.batches[self.number]):
            array[...] = given
        self.number = (self.number + 1) % len(self.batches)
        self.engine.run()
        return float(self.engine.outputs[0])

    def peak(self):
        return self.engine.info["arena_bytes"]


class Torch:
    def __init__(self, path, threads, batches, budget):
        import torch
        import torch_network

        torch.set_num_threads(threads)
        torch.manual_seed(0)
        network = torch_network.Network(path)
        # A plain graph of operators, as if it had been written out.
        self.network = torch.fx.symbolic_trace(network).train()
        compiled = self.network
        if budget != "eager":
            import torch._functorch.config as config

            config.activation_memory_budget = float(budget)
            compiled = torch.compile(self.network)
        self.forward = compiled
        self.loss = torch.nn.functional.cross_entropy
        self.batches = [[torch.from_numpy(a) for a in batch] for batch in batches]
        self.number = 0
        self.rule = torch.optim.AdamW(self.network.parameters(), lr=LEARNING_RATE, fused=True)
        self.info = {"version": torch.__version__}

    def step(self):
        x, labels = self.batches[self.number]
        self.number = (self.number + 1) % len(self.batches)
        loss = self.loss(self.forward(x), labels)
        loss.backward()
        self.rule.step()
        self.rule.zero_grad(set_to_none=True)
        return loss.item()

    def peak(self):
        give_back(1 << 16)
        self.step()
        gc.collect()
        ctypes.CDLL("libc.so.6").malloc_trim(0)
        with open("/proc/self/clear_refs", "w", encoding="ascii") as stream:
            stream.write("5")
        before = resident("VmRSS")
        self.step()
        peak = resident("VmHWM") - before
        # Where the library's own adaption of this threshold ends.
        give_back(1 << 25)
        return peak


def give_back(size):
    """Memory of `size` bytes and more leaves the process when it is freed."""
    libc = ctypes.CDLL("libc.so.6")
    for parameter, value in ((-3, size), (-1, 2 * size)):  # M_MMAP_, M_TRIM_THRESHOLD
        if libc.mallopt(parameter, value) != 1:
            raise SystemExit(f"mallopt({parameter}, {value}) failed")


def resident(what):
    with open("/proc/self/status", encoding="ascii") as stream:
        for line in stream:
            if line.startswith(what + ":"):
                return 1024 * int(line.split()[1])
    raise SystemExit(f"/proc/self/status has no {what}")


def read_batches(path, batch):
    with numpy.load(path) as data:
        x, labels = data["x"], data["labels"].astype(numpy.int64)
    parts = [slice(i, i + batch) for i in range(0, len(x), batch)]
    return [(numpy.ascontiguousarray(x[p]), labels[p]) for p in parts]


def main():
    name, path, threads, where = sys.argv[1:]
    data, batch = where.rsplit(":", 1)
    # The processors are given from outside (taskset); a pool is made of all of them.
    os.environ.setdefault("OMP_NUM_THREADS", threads)
    # Compile in this process: a pool of others would outlive the compilation.
    os.environ.setdefault("TORCHINDUCTOR_COMPILE_THREADS", "1")
    batches = read_batches(data, int(batch))
    if name == "tenon":
        engine = Tenon(path, int(threads), batches)
    else:
        engine = Torch(path, int(threads), batches, name.split(":")[1])
    for line in sys.stdin:
        words = line.split()
        if words[0] == "time":
            answer = []
            for _ in range(int(words[1])):
                start = time.perf_counter_ns(), time.process_time_ns()
                engine.step()
                end = time.perf_counter_ns(), time.process_time_ns()
                answer.append([end[0] - start[0], end[1] - start[1]])
        elif words[0] == "losses":
            answer = [engine.step() for _ in range(int(words[1]))]
        elif words[0] == "peak":
            answer = engine.peak()
        else:
            answer = engine.info
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
