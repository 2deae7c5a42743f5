# ===-- worker.py - One model in one engine, timed on request -----------------===#
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""worker.py {tenon,onnxruntime} FILE THREADS DATASET

Loads FILE, binds the inputs of DATASET (input_N.pb), and serves on its standard
input, one JSON answer a line:

    time N    N inferences; their durations in nanoseconds
    check     largest error per output over its range, against output_N.pb
    info      what the engine says of itself

Each engine has a process of its own, so that neither's threads, allocator or
page cache is the other's; both are called with bound buffers, so that nothing
is converted or allocated by Python inside the timed call.
"""

import ctypes
import glob
import json
import os
import sys
import time

import numpy
import onnx
from onnx import numpy_helper

# tn_dtype of abi.h
DTYPES = {
    1: "f4", 2: "f8", 3: "f2", 5: "i1", 6: "u1", 7: "i2", 8: "u2",
    9: "i4", 10: "u4", 11: "i8", 12: "u8", 13: "?",
}  # fmt: skip
MESSAGE_SIZE = 1024
# Entries of a model, of which tn_spec's kinds are twice and twice plus one.
INFER, STEP = 0, 1


def read_tensors(dataset, kind):
    arrays = []
    while os.path.exists(path := os.path.join(dataset, f"{kind}_{len(arrays)}.pb")):
        with open(path, "rb") as stream:
            tensor = onnx.TensorProto.FromString(stream.read())
        arrays.append(numpy.ascontiguousarray(numpy_helper.to_array(tensor)))
    return arrays


class OnnxRuntime:
    def __init__(self, path, threads, inputs):
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(
            path, options, providers=["CPUExecutionProvider"]
        )
        self.binding = self.session.io_binding()
        for value, array in zip(self.session.get_inputs(), inputs, strict=True):
            self.binding.bind_cpu_input(value.name, array)
        for value in self.session.get_outputs():
            self.binding.bind_output(value.name, "cpu")
        self.session.run_with_iobinding(self.binding)
        # From now on into the same buffers, as an application would.
        self.outputs = [numpy.empty_like(a) for a in self.binding.copy_outputs_to_cpu()]
        for value, array in zip(self.session.get_outputs(), self.outputs):
            self.binding.bind_output(
                value.name, "cpu", 0, array.dtype, array.shape, array.ctypes.data
            )
        self.info = {"version": onnxruntime.__version__}

    def run(self):
        self.session.run_with_iobinding(self.binding)


class Vtable(ctypes.Structure):
    _fields_ = [("abi_version", ctypes.c_uint32), ("struct_size", ctypes.c_uint32)] + [
        (name, ctypes.c_void_p)
        for name in (
            "check", "verify", "info", "spec", "context_create", "context_destroy", "run", "memory",
            "init",
        )
    ]  # fmt: skip


class Tensor(ctypes.Structure):
    _fields_ = [
        ("data", ctypes.c_void_p),
        ("dtype", ctypes.c_int32),
        ("rank", ctypes.c_int32),
        ("dims", ctypes.POINTER(ctypes.c_int64)),
    ]


class Spec(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_char_p),
        ("dtype", ctypes.c_int32),
        ("rank", ctypes.c_int32),
        ("dims", ctypes.POINTER(ctypes.c_int64)),
        ("bytes", ctypes.c_uint64),
        ("alignment", ctypes.c_uint64),
        ("state_kind", ctypes.c_int32),
        ("source", ctypes.c_char_p),
    ]


class Options(ctypes.Structure):
    _fields_ = [
        ("struct_size", ctypes.c_size_t),
        ("threads", ctypes.c_uint32),
        ("flags", ctypes.c_uint32),
        ("withhold_bytes", ctypes.c_uint64),
    ]


class Memory(ctypes.Structure):
    _fields_ = [
        ("struct_size", ctypes.c_size_t),
        ("arena_bytes", ctypes.c_uint64),
        ("activation_bytes", ctypes.c_uint64),
        ("workspace_bytes", ctypes.c_uint64),
        ("weights_bytes", ctypes.c_uint64),
        ("threads", ctypes.c_uint32),
        ("reserved", ctypes.c_uint32),
        ("state_bytes", ctypes.c_uint64),
    ]


def aligned(spec):
    """A zeroed array of the specification's shape, on a 64-byte boundary."""
    raw = numpy.zeros(spec.bytes + 64, numpy.uint8)
    start = -raw.ctypes.data % 64
    view = raw[start : start + spec.bytes].view(DTYPES[spec.dtype])
    return view.reshape(spec.dims[: spec.rank])


class Tenon:
    """The C interface of runtime/include/tenon/abi.h, version 2, by ctypes."""

    def __init__(self, path, threads, inputs, entry=INFER):
        self.library = ctypes.CDLL(os.path.abspath(path))
        stem = os.path.splitext(os.path.basename(path))[0]
        query = getattr(self.library, f"tn_{stem}_query")
        query.restype = ctypes.c_void_p
        self.model = query()
        vtable_address = ctypes.cast(self.model, ctypes.POINTER(ctypes.c_void_p))[0]
        self.vtable = ctypes.cast(vtable_address, ctypes.POINTER(Vtable))[0]
        if self.vtable.abi_version != 2:
            raise SystemExit(f"{path}: ABI version {self.vtable.abi_version}, not 2")
        self.message = ctypes.create_string_buffer(MESSAGE_SIZE)

        self.outputs, self.tensors = [], []
        context = ctypes.c_void_p()
        options = Options(ctypes.sizeof(Options), threads, 0, 0)
        self.call(
            "context_create", ctypes.c_void_p(self.model), ctypes.byref(options), ctypes.byref(context)
        )
        self.context = context
        if entry != INFER:
            self.call("init", context, 0)
        for index, given in enumerate(inputs):
            array, tensor = self.buffer(2 * entry, index)
            if array.shape != given.shape or array.dtype != given.dtype:
                raise SystemExit(f"{path}: input {index} is {array.dtype} {array.shape}")
            array[...] = given
            self.tensors.append((array, tensor))
        index = 0
        while (made := self.buffer(2 * entry + 1, index)) is not None:
            self.outputs.append(made[0])
            self.tensors.append(made)
            index += 1
        count = len(inputs)
        self.inputs = (Tensor * count)(*(t for _, t in self.tensors[:count]))
        self.results = (Tensor * index)(*(t for _, t in self.tensors[count:]))
        run_type = ctypes.CFUNCTYPE(
            ctypes.c_int32, ctypes.c_void_p, ctypes.c_int32, ctypes.c_void_p, ctypes.c_uint32,
            ctypes.c_void_p, ctypes.c_uint32, ctypes.c_void_p,
        )  # fmt: skip
        function = run_type(self.vtable.run)
        arguments = (
            context, entry, ctypes.addressof(self.inputs), count,
            ctypes.addressof(self.results), index, ctypes.addressof(self.message),
        )  # fmt: skip
        self.step = lambda: function(*arguments)
        self.run()
        memory = Memory(struct_size=ctypes.sizeof(Memory))
        self.call("memory", context, ctypes.byref(memory))
        self.info = {
            "arena_bytes": memory.arena_bytes,
            "weights_bytes": memory.weights_bytes,
            "state_bytes": memory.state_bytes,
            "threads": memory.threads,
        }

    def status(self, name, *arguments):
        function = ctypes.CFUNCTYPE(ctypes.c_int32, *[ctypes.c_void_p] * (len(arguments) + 1))
        # Integers travel as pointers in the same registers.
        words = [ctypes.cast(a, ctypes.c_void_p) if not isinstance(a, int) else a for a in arguments]
        return function(getattr(self.vtable, name))(*words, ctypes.cast(self.message, ctypes.c_void_p))

    def call(self, name, *arguments):
        status = self.status(name, *arguments)
        if status != 0:
            raise SystemExit(f"tn_{name}: status {status}: {self.message.value.decode()}")

    def buffer(self, kind, index):
        """Array and tensor of one input or output; None past the end."""
        spec = Spec()
        if self.status("spec", self.model, kind, index, ctypes.byref(spec)) != 0:
            return None
        array = aligned(spec)
        return array, Tensor(array.ctypes.data, spec.dtype, spec.rank, spec.dims)

    def run(self):
        if status := self.step():
            raise SystemExit(f"tn_run: status {status}: {self.message.value.decode()}")


def errors(outputs, expected):
    worst = []
    for array, golden in zip(outputs, expected, strict=True):
        span = float(numpy.ptp(golden.astype(numpy.float64))) or 1.0
        difference = numpy.abs(array.astype(numpy.float64) - golden)
        worst.append(float(difference.max() / span) if numpy.isfinite(array).all() else float("inf"))
    return worst


def serve(engine, dataset):
    for line in sys.stdin:
        words = line.split()
        if words[0] == "time":
            answer = []
            for _ in range(int(words[1])):
                start = time.perf_counter_ns()
                engine.run()
                answer.append(time.perf_counter_ns() - start)
        elif words[0] == "check":
            answer = errors(engine.outputs, read_tensors(dataset, "output"))
        else:
            answer = engine.info
        print(json.dumps(answer), flush=True)


def main():
    name, path, threads, dataset = sys.argv[1:]
    engine = {"tenon": Tenon, "onnxruntime": OnnxRuntime}[name]
    serve(engine(path, int(threads), read_tensors(dataset, "input")), dataset)


if __name__ == "__main__":
    main()
