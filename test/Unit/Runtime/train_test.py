#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""train_test.py TENON_RUN TRAINER.so SOURCE.onnx WIDE.so WIDE.onnx FAULTY_FILES.so
              [--kills N]

`tenon-run train` and `eval` as a user meets them, on FakeTrainer.c. With
--kills only the test that ends the program at N random instants.
"""
import argparse
import json
import os
import pathlib
import random
import resource
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import unittest
import zipfile
import zlib

import numpy as np
import onnx
from onnx import numpy_helper

options = None


def examples(count, seed, classes=3):
    """Points and which of three directions they lie in."""
    random = np.random.RandomState(seed)
    images = random.randn(count, 2).astype("f4")
    towards = np.array([[2, 0], [-2, 1], [0, -2]], "f4")[:classes]
    return {"images": images, "labels": (images @ towards.T).argmax(1)}


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tenon_train_"))
        self.addCleanup(shutil.rmtree, self.folder)
        np.savez(self.folder / "train.npz", **examples(403, 0))
        np.savez(self.folder / "valid.npz", **examples(101, 1))

    def path(self, name):
        return str(self.folder / name)

    def call(self, *arguments, code=0, **kwargs):
        done = subprocess.run(
            [options.tool, *map(str, arguments)], cwd=self.folder,
            capture_output=True, text=True,
            errors="replace", timeout=300, **kwargs)
        self.assertEqual(done.returncode, code, done.stderr)
        return done

    def train(self, *arguments, **kwargs):
        return self.call("train", options.artifact, "--data", "train.npz",
                         *arguments, **kwargs)

    def result(self, *arguments, **kwargs):
        return json.loads(self.train(*arguments, **kwargs).stdout)

    def refused(self, *words, arguments=(), data="train.npz", **kwargs):
        done = self.call("train", options.artifact, "--data", data, *arguments,
                         code=1, **kwargs)
        for word in words:
            self.assertIn(word, done.stderr)
        return done


def read_safetensors(path):
    data = pathlib.Path(path).read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + size])
    header.pop("__metadata__", None)
    body, at, tensors = data[8 + size:], 0, {}
    for name, entry in sorted(header.items(), key=lambda e: e[1]["data_offsets"]):
        begin, end = entry["data_offsets"]
        assert begin == at and end <= len(body)
        at = end
        assert entry["dtype"] == "F32"
        tensors[name] = np.frombuffer(body[begin:end], "<f4").reshape(
            entry["shape"])
    assert at == len(body) and (8 + size) % 8 == 0
    return tensors


def loss_of(tensors, data):
    logits = data["images"].astype("f8") @ tensors["W"] + tensors["B"]
    logits -= np.log(np.exp(logits).sum(1, keepdims=True))
    labels = data["labels"]
    return (-logits[np.arange(len(labels)), labels].mean(),
            (logits.argmax(1) == labels).mean())


class Training(Case):
    def test_learns_and_tells(self):
        done = self.train("--valid", "valid.npz", "--epochs", 4, "--seed", 3,
                          "--log", "log.csv", "--curve", "curve.png",
                          "--export", "out.safetensors")
        result = json.loads(done.stdout)
        self.assertEqual(result["steps"], 400)
        self.assertGreater(result["valid"]["accuracy"], 0.9)
        self.assertGreater(result["valid_before"]["loss"],
                           2 * result["valid"]["loss"])
        for words in ("before training: valid loss", "epoch 4/4", "examples/s",
                      "403 examples are 100 batches of 4; another 3"):
            self.assertIn(words, done.stderr)
        # The exported values give the reported numbers, by other code. 101
        # examples are no number of whole batches.
        tensors = read_safetensors(self.path("out.safetensors"))
        self.assertEqual(sorted(tensors), ["B", "W", "seen"])
        self.assertEqual(tensors["seen"], 1600)
        loss, accuracy = loss_of(tensors, np.load(self.path("valid.npz")))
        self.assertAlmostEqual(result["valid"]["loss"], loss, 5)
        self.assertAlmostEqual(result["valid"]["accuracy"], accuracy, 6)
        rows = (self.folder / "log.csv").read_text().splitlines()
        self.assertEqual(rows[0], "kind,step,epoch,loss,accuracy")
        kinds = [row.split(",")[0] for row in rows[1:]]
        self.assertEqual((kinds.count("train"), kinds.count("valid")), (400, 4))
        last = [float(r.split(",")[3]) for r in rows if r.startswith("train")]
        self.assertAlmostEqual(np.mean(last[-100:]), result["train"]["loss"], 6)

    def test_picture_is_a_png(self):
        self.train("--epochs", 30, "--curve", "curve.png")
        data = (self.folder / "curve.png").read_bytes()
        self.assertEqual(data[:8], b"\x89PNG\r\n\x1a\n")
        at, chunks = 8, {}
        while at < len(data):
            size, kind = struct.unpack(">I4s", data[at:at + 8])
            body = data[at + 8:at + 8 + size]
            crc = struct.unpack(">I", data[at + 8 + size:at + 12 + size])[0]
            self.assertEqual(crc, zlib.crc32(kind + body))
            chunks[kind] = body
            at += 12 + size
        self.assertEqual(list(chunks), [b"IHDR", b"PLTE", b"IDAT", b"IEND"])
        width, height, bits, color = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
        rows = zlib.decompress(chunks[b"IDAT"]) # checks adler32
        self.assertEqual((bits, color), (4, 3))
        self.assertEqual(len(rows), height * (1 + width // 2))
        used = {p for b in rows for p in (b >> 4, b & 15)}
        self.assertLess(max(used), len(chunks[b"PLTE"]) // 3)
        self.assertGreaterEqual(len(used), 4)

    def test_depends_on_the_seed_alone(self):
        state = lambda *a: self.result("--epochs", 2, *a)["state_xxh64"]
        one = state("--seed", 1, "--threads", 1)
        self.assertEqual(one, state("--seed", 1, "--threads", 2))
        self.assertEqual(one, state("--seed", 1, "--threads", 4))
        self.assertEqual(one, state("--seed", 1, "--guard-pages"))
        self.assertNotEqual(one, state("--seed", 2))

    def test_shuffles_every_epoch_anew(self):
        # A batch whose labels all take no part has the loss 0, whatever the
        # state: where those batches stand tells the order alone.
        data = examples(400, 5)
        data["labels"][40:] = -100
        np.savez(self.folder / "train.npz", **data)
        self.train("--epochs", 2, "--log", "log.csv")
        rows = [r.split(",") for r in
                (self.folder / "log.csv").read_text().splitlines()[1:]]
        first, second = ([float(r[3]) == 0 for r in rows if r[2] == epoch]
                         for epoch in "12")
        self.assertEqual(len(first), len(second))
        self.assertIn(True, first)
        self.assertNotEqual(first, second)

    def test_takes_examples_in_order_when_told(self):
        # The first batch in the file's order is known by its loss, computed
        # here from the parameters that it met.
        self.train("--no-shuffle", "--log", "log.csv", "--seed", 4)
        state = self.train("--no-shuffle", "--checkpoint", "ck",
                           "--seed", 5).stdout
        first = (self.folder / "log.csv").read_text().splitlines()[1]
        self.assertEqual(first.split(",")[:3], ["train", "1", "1"])
        data = np.load(self.path("train.npz"))
        np.savez(self.folder / "first.npz",
                 **{name: data[name][:4] for name in data.files})
        begin = json.loads(self.call(
            "eval", options.artifact, "--data", "first.npz", "--seed", 4).stdout)
        self.assertAlmostEqual(float(first.split(",")[3]), begin["loss"], 6)
        shuffled = self.train("--seed", 5).stdout
        hash_of = lambda text: json.loads(text)["state_xxh64"]
        self.assertNotEqual(hash_of(state), hash_of(shuffled))
        self.refused("was trained with --no-shuffle", arguments=(
            "--checkpoint", "ck", "--resume", "--epochs", 2, "--seed", 5))

    def test_eval_uses_seed_or_checkpoint(self):
        result = self.result("--valid", "valid.npz", "--seed", 9,
                             "--checkpoint", "ck")
        ask = lambda *a: json.loads(self.call(
            "eval", options.artifact, "--data", "valid.npz", *a).stdout)
        self.assertEqual(ask("--seed", 9), result["valid_before"])
        self.assertEqual(ask("--checkpoint", "ck"), result["valid"])
        missing = self.call("eval", options.artifact, "--data", "valid.npz",
                            "--checkpoint", "none", code=1)
        self.assertIn("cannot read 'none'", missing.stderr)

    def test_run_and_bench_take_a_checkpoint(self):
        self.train("--checkpoint", "ck", "--export", "out.safetensors")
        images = examples(4, 3)["images"]
        np.save(self.folder / "in.npy", images)
        self.call("run", options.artifact, "--checkpoint", "ck", "--input",
                  "in.npy", "--out", "out")
        tensors = read_safetensors(self.path("out.safetensors"))
        scores = np.exp(images @ tensors["W"] + tensors["B"])
        scores /= scores.sum(1, keepdims=True)
        np.testing.assert_allclose(np.load(self.path("out/scores.npy")), scores,
                                   rtol=1e-5)
        for entry in "infer", "step", "eval":
            done = self.call("bench", options.artifact, "--entry", entry,
                             "--repetitions", 5, "--profile", "--json")
            self.assertEqual(json.loads(done.stdout)["state_bytes"], 384)


class Exports(Case):
    def test_onnx_has_the_new_values_and_nothing_else_new(self):
        shutil.copy(options.source, self.folder / "in.onnx")
        self.train("--export", "out.onnx", "--source", "in.onnx", "--export",
                   "out.safetensors")
        tensors = read_safetensors(self.path("out.safetensors"))
        old = onnx.load(self.path("in.onnx"))
        new = onnx.load(self.path("out.onnx"))
        onnx.checker.check_model(new, full_check=True)
        values = {i.name: i for i in new.graph.initializer}
        for name in "W", "seen":
            np.testing.assert_array_equal(
                numpy_helper.to_array(values[name]), tensors[name])
        bias = new.graph.node[0].attribute[0].t
        np.testing.assert_array_equal(numpy_helper.to_array(bias), tensors["B"])
        # With the old values put back it is the old model.
        new.graph.node[0].attribute[0].t.CopyFrom(old.graph.node[0].attribute[0].t)
        for mine, theirs in zip(new.graph.initializer, old.graph.initializer):
            self.assertEqual(mine.name, theirs.name)
            mine.CopyFrom(theirs)
        self.assertEqual(new, old)

    def test_onnx_with_another_number_of_classes(self):
        shutil.copy(options.wide_source, self.folder / "in.onnx")
        self.call("train", options.wide, "--data", "train.npz", "--export",
                  "out.onnx", "--source", "in.onnx", "--export",
                  "out.safetensors")
        tensors = read_safetensors(self.path("out.safetensors"))
        new = onnx.load(self.path("out.onnx"))
        # Nothing in it contradicts the new shapes.
        onnx.checker.check_model(new, full_check=True)
        inferred = onnx.shape_inference.infer_shapes(new, strict_mode=True)
        extents = lambda value: [
            d.dim_value for d in value.type.tensor_type.shape.dim]
        self.assertEqual(extents(inferred.graph.output[0]), [4, 3])
        self.assertEqual({i.name: extents(i) for i in new.graph.input},
                         {"images": [4, 2], "other": [4], "W": [2, 3], "seen": [1]})
        np.testing.assert_array_equal(
            numpy_helper.to_array(new.graph.initializer[1]), tensors["W"])

    def test_refuses_what_it_cannot_export_before_training(self):
        shutil.copy(options.source, self.folder / "in.onnx")
        with open(self.path("in.onnx"), "ab") as file:
            file.write(b"\x12\x01x") # another producer, the same model
        self.refused("'in.onnx' is not the file", "hash", arguments=(
            "--export", "out.onnx", "--source", "in.onnx", "--checkpoint", "ck"))
        self.assertFalse(os.path.exists(self.path("ck")))
        self.refused("needs --source", arguments=("--export", "out.onnx"))
        self.refused("must end in .safetensors or .onnx",
                     arguments=("--export", "out.pt"))
        for option in "--curve", "--checkpoint", "--log":
            done = self.refused("cannot write 'no/out'", arguments=(option, "no/out"))
            self.assertNotIn("epoch 1/1", done.stderr)
        done = self.refused("cannot write 'no/out.safetensors'",
                            arguments=("--export", "no/out.safetensors"))
        self.assertNotIn("epoch 1/1", done.stderr)


class Data(Case):
    def save(self, **changes):
        data = {**examples(40, 0), **changes}
        np.savez(self.folder / "bad.npz",
                 **{k: v for k, v in data.items() if v is not None})

    def bad(self, *words, **changes):
        self.save(**changes)
        self.refused(*words, data="bad.npz")

    def test_refuses_wrong_arrays(self):
        data = examples(40, 0)
        self.bad("no array 'labels'", "it has 'images'", labels=None)
        self.bad("array 'images' of 'bad.npz' must be f32[40x2]",
                 "is f64[40x2]", images=data["images"].astype("f8"))
        self.bad("must be f32[40x2]", "is f32[40x3]",
                 images=np.zeros((40, 3), "f4"))
        self.bad("array 'labels' of 'bad.npz' must be i64[40]", "is i32[40]",
                 labels=data["labels"].astype("i4"))
        self.bad("must be i64[40]", "is i64[40x1]", labels=data["labels"][:, None])
        self.bad("has 39 examples, and the first array 40",
                 labels=data["labels"][:39])
        self.bad("must be f32[0x2]", "is f32[]", images=np.float32(1))
        self.bad("Fortran order", images=np.asfortranarray(data["images"]))
        self.bad("structured arrays", images=np.zeros(40, [("a", "f4")]))
        self.bad("is empty", images=np.zeros((0, 2), "f4"),
                 labels=np.zeros(0, "i8"))
        self.bad("3 examples, which do not fill a batch of 4",
                 **{k: v[:3] for k, v in data.items()})

    def test_refuses_compressed_arrays_with_the_cure(self):
        np.savez_compressed(self.folder / "bad.npz", **examples(40, 0))
        self.refused("is compressed", "numpy.savez instead of", data="bad.npz")

    def test_refuses_what_is_no_archive(self):
        for content in b"", b"PK", b"x" * 5000:
            (self.folder / "bad.npz").write_bytes(content)
            self.refused("'bad.npz'", data="bad.npz")
        self.refused("No such file", data="none.npz")
        self.refused("not a regular file", data=".")

    def test_reads_zip64_and_comments(self):
        plain = self.result()["state_xxh64"]
        data = dict(np.load(self.path("train.npz")))
        with zipfile.ZipFile(self.path("train.npz"), "w") as archive:
            archive.comment = b"PK\x05\x06 in a comment"
            for name in data:
                with archive.open(name + ".npy", "w", force_zip64=True) as file:
                    np.save(file, data[name])
        self.assertEqual(self.result()["state_xxh64"], plain)

    def test_any_damage_is_an_error_or_harmless(self):
        whole = (self.folder / "valid.npz").read_bytes()
        generator = random.Random(4)
        refused = 0
        for i in range(150):
            bad = bytearray(whole)
            if i % 3 == 0:
                bad = bad[:generator.randrange(len(bad))]
            tail = generator.random() < 0.5
            for _ in range(generator.randrange(1, 4)):
                if bad:
                    at = generator.randrange(max(0, len(bad) - 200) if tail else 0,
                                             len(bad))
                    bad[at] = generator.choice([0, 255, generator.randrange(256)])
            (self.folder / "bad.npz").write_bytes(bad)
            done = subprocess.run(
                [options.tool, "train", options.artifact, "--data", "bad.npz"],
                cwd=self.folder, capture_output=True, text=True,
                errors="replace", timeout=60)
            self.assertIn(done.returncode, (0, 1), done.stderr)
            refused += done.returncode
        self.assertGreater(refused, 50)


class Errors(Case):
    def test_labels_and_numbers_stop_it_with_the_state_saved(self):
        data = examples(40, 0)
        data["labels"][17] = 3
        np.savez(self.folder / "bad.npz", **data)
        done = self.refused("of input 'labels' is 3, out of range: labels are from "
                            "0 to 2, and -100 takes no part",
                            "the state is as before it and saved",
                            data="bad.npz", arguments=("--checkpoint", "ck"))
        batch = int(done.stderr.split("batch ")[-1].split(":")[0])
        # All before it are done, and it is not.
        self.refused(f"resumed 'ck' after step {batch - 1}\n",
                     f"epoch 1, batch {batch}: ", data="bad.npz",
                     arguments=("--checkpoint", "ck", "--resume"))
        data = examples(40, 0)
        data["images"][3, 1] = np.nan
        np.savez(self.folder / "bad.npz", **data)
        self.refused("the loss is", "nan", "state is as before", data="bad.npz")
        self.train("--epochs", 1)
        data["labels"][:] = -100
        np.savez(self.folder / "bad.npz", **data)
        self.refused("no example of 'bad.npz' takes part",
                     arguments=("--valid", "bad.npz"))

    def test_usage(self):
        for arguments, words in [
                ((), "needs --data"),
                (("--data", "x", "--resume"), "'--resume' needs --checkpoint"),
                (("--data", "x", "--checkpoint-every", "5"),
                 "'--checkpoint-every' needs --checkpoint"),
                (("--data", "x", "--epochs", "0"), "'--epochs' has a wrong"),
                (("--data", "x", "--dir", "y"), "unknown option '--dir'")]:
            done = self.call("train", options.artifact, *arguments, code=2)
            self.assertIn(words, done.stderr)

    def test_an_existing_checkpoint_is_not_overwritten(self):
        self.train("--checkpoint", "ck")
        before = (self.folder / "ck").read_bytes()
        self.refused("is there already", "--resume",
                     arguments=("--checkpoint", "ck"))
        self.assertEqual((self.folder / "ck").read_bytes(), before)

    def test_other_seeds_and_data_are_no_resumption(self):
        resume = ("--checkpoint", "ck", "--resume", "--epochs", 2)
        self.train("--checkpoint", "ck", "--seed", 4)
        self.refused("trained with --seed 4", arguments=(*resume, "--seed", 5))
        np.savez(self.folder / "other.npz", **examples(403, 6))
        self.refused("trained on other data", data="other.npz", arguments=resume)
        np.savez(self.folder / "other.npz", **examples(401, 0))
        self.refused("trained on other data", data="other.npz", arguments=resume)
        self.train(*resume, "--seed", 4)

    def test_damaged_checkpoints_are_refused(self):
        self.train("--checkpoint", "ck")
        whole = (self.folder / "ck").read_bytes()
        generator = random.Random(1)
        for i in range(80):
            bad = bytearray(whole)
            if i % 4 == 0:
                bad = bad[:generator.randrange(len(bad))]
            else:
                bad[generator.randrange(len(bad))] ^= 1 << generator.randrange(8)
            (self.folder / "ck").write_bytes(bad)
            self.refused("'ck'", arguments=("--checkpoint", "ck", "--resume"))
        for foreign in b"", b"x" * 30000, (self.folder / "train.npz").read_bytes():
            (self.folder / "ck").write_bytes(foreign)
            self.refused("'ck'", arguments=("--checkpoint", "ck", "--resume"))

    def faulty(self, fault):
        return {**os.environ, "LD_PRELOAD": options.faulty,
                "FAULTY_FILES": fault}

    @unittest.skipIf("TENON_SANITIZED" in os.environ, "no LD_PRELOAD")
    def test_no_space_leaves_the_previous_checkpoint(self):
        self.train("--checkpoint", "ck")
        before = (self.folder / "ck").read_bytes()
        resume = ("--checkpoint", "ck", "--resume", "--epochs", 2,
                  "--checkpoint-every", 1)
        for fault in "write:0", "write:1", "fsync:0", "rename:0":
            self.refused("cannot write 'ck': No space left on device",
                         arguments=resume, env=self.faulty(fault))
            self.assertEqual((self.folder / "ck").read_bytes(), before, fault)
            self.assertFalse(os.path.exists(self.path("ck.tmp")), fault)
        self.refused("cannot write 'out.safetensors': No space", env=self.faulty(
            "write:1"), arguments=("--export", "out.safetensors"))
        self.assertFalse(os.path.exists(self.path("out.safetensors")))
        self.refused("cannot write '/dev/full': No space",
                     arguments=("--log", "/dev/full"))
        straight = self.result("--epochs", 2)["state_xxh64"]
        self.assertEqual(self.result(*resume)["state_xxh64"], straight)

    def test_a_file_size_limit_is_an_error(self):
        self.train("--checkpoint", "ck")
        before = (self.folder / "ck").read_bytes()
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))
        self.refused("cannot write 'ck': File too large", "ulimit -f",
                     preexec_fn=limit, arguments=(
                         "--checkpoint", "ck", "--resume", "--epochs", 2))
        self.assertEqual((self.folder / "ck").read_bytes(), before)
        self.assertFalse(os.path.exists(self.path("ck.tmp")))

    def test_a_missing_folder_is_an_error(self):
        self.refused("cannot write 'no/ck': No such file",
                     arguments=("--checkpoint", "no/ck"))


class Interruption(Case):
    arguments = ("--epochs", 2, "--seed", 2, "--valid", "valid.npz", "--log",
                 "log.csv", "--curve", "curve.png", "--export",
                 "out.safetensors", "--checkpoint-every", 1, "--checkpoint")
    files = "log.csv", "curve.png", "out.safetensors"

    def contents(self):
        return [(self.folder / name).read_bytes() for name in self.files]

    def straight(self):
        """The result, the files and the checkpoint without interruption."""
        result = self.result(*self.arguments, "whole")
        return (result["state_xxh64"], self.contents(),
                (self.folder / "whole").read_bytes())

    def start(self, **kwargs):
        return subprocess.Popen(
            [options.tool, "train", options.artifact, "--data", "train.npz",
             *map(str, self.arguments), "ck", "--resume"], cwd=self.folder,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, **kwargs)

    def written(self):
        path = self.folder / "ck"
        return path.stat().st_mtime_ns if path.exists() else None

    def finish(self, expected):
        result = self.result(*self.arguments, "ck", "--resume")
        self.assertEqual(result["state_xxh64"], expected[0])
        self.assertEqual(self.contents(), expected[1])
        self.assertEqual((self.folder / "ck").read_bytes(), expected[2])

    def test_a_signal_saves_and_stops(self):
        expected = self.straight()
        for kind in signal.SIGINT, signal.SIGTERM:
            written = self.written()
            process = self.start()
            while self.written() == written and process.poll() is None:
                time.sleep(0.001)
            process.send_signal(kind)
            process.communicate()
            self.assertIn(process.returncode, (128 + kind, 0))
        self.finish(expected)

    def test_a_signal_saves_in_the_middle_of_an_epoch(self):
        np.savez(self.folder / "long.npz", **examples(60_000, 0))
        go = [options.tool, "train", options.artifact, "--data", "long.npz",
              "--log", "long.csv", "--checkpoint", "saved"]
        process = subprocess.Popen(go, cwd=self.folder, text=True,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        log = self.folder / "long.csv"
        while process.poll() is None and not (log.exists() and log.stat().st_size):
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        said = process.communicate()[1]
        self.assertEqual(process.returncode, 128 + signal.SIGINT, said)
        step = said.split("stopped after step ")[1].split(";")[0]
        done = self.call(*map(str, go[1:]), "--resume")
        self.assertIn(f"resumed 'saved' after step {step}\n", done.stderr)

    def test_kill_at_any_instant(self):
        expected = self.straight()
        env = dict(os.environ)
        if "TENON_SANITIZED" not in os.environ:
            env.update(LD_PRELOAD=options.faulty, FAULTY_FILES="slow")
        generator = random.Random(8)
        kills = inside = finished = 0
        while kills < options.kills:
            started = time.time_ns()
            process = self.start(env=env)
            time.sleep(generator.uniform(0.004, 0.3))
            process.kill()
            process.communicate()
            if process.returncode == 0: # was done before
                finished += 1
                self.finish(expected)
                os.remove(self.path("ck"))
                continue
            self.assertEqual(process.returncode, -signal.SIGKILL)
            kills += 1
            # An older one is of an earlier kill; it must not disturb.
            left = self.folder / "ck.tmp"
            if left.exists() and left.stat().st_size:
                inside += left.stat().st_mtime_ns > started
        self.finish(expected)
        print(f"{kills} kills, {inside} of them inside the write of a "
              f"checkpoint, {finished + 1} trainings finished, each with the "
              "bits of one without interruption", flush=True)
        self.assertGreater(kills, 0)
        if "TENON_SANITIZED" not in os.environ:
            self.assertGreaterEqual(inside, 0.3 * kills)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for name in "tool", "artifact", "source", "wide", "wide_source", "faulty":
        parser.add_argument(name, type=os.path.abspath)
    parser.add_argument("--kills", type=int)
    options, rest = parser.parse_known_args()
    if options.kills:
        rest = ["Interruption.test_kill_at_any_instant", *rest]
    options.kills = options.kills or 8
    unittest.main(argv=[sys.argv[0], *rest])
