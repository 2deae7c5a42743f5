#!/usr/bin/env python3
# ===-- run_test.py - The conformance runner against fake tools ---------------===#
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Plants one case of each kind and checks that the runner sees through it.

The fake tools do what a case's model.onnx, a text here, says per step.
"""

import contextlib
import io
import os
import pathlib
import tempfile
import unittest

import run

TENONC = """#!/bin/sh
model=$1
case "$*" in
*--check*)
  grep -q refuse $model && { echo "model.onnx: error: Foo is not supported" >&2; exit 1; }
  grep -q mute $model && exit 1
  grep -q crash-check $model && kill -SEGV $$
  exit 0 ;;
*--target=ref*) grep -q fail-ref $model && { echo "error: no" >&2; exit 1; } ;;
*--target=cpu*) grep -q crash-cpu $model && kill -ABRT $$ ;;
esac
cp $model $3
"""
TENON_RUN = """#!/bin/sh
grep -q wrong $2 && { echo "output 0: largest error 3" ; exit 1; }
grep -q hang $2 && exec sleep 30
[ -d "$4" ]
"""


class RunnerTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.root = pathlib.Path(scratch.name)
        for tool, text in (("tenonc", TENONC), ("tenon-run", TENON_RUN)):
            path = self.root / "bin" / tool
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
            os.chmod(path, 0o755)

    def result(self, listed, *options, **cases):
        """Runs over cases {name: behaviour}; returns (status, output)."""
        for name, behaviour in cases.items():
            case = self.root / "cases" / "node" / name
            (case / "test_data_set_0").mkdir(parents=True)
            (case / "model.onnx").write_text(behaviour)
        names = self.root / "list.txt"
        names.write_text("".join(f"node/{name}\n" for name in listed))
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            status = run.main(
                ["--cases", str(self.root / "cases"), "--tools", str(self.root / "bin")]
                + ["--list", str(names), *options]
            )
        return status, output.getvalue()

    def expect(self, listed, message, **cases):
        status, output = self.result(listed, **cases)
        self.assertEqual(status, 1, output)
        self.assertIn(message, output)

    def test_accepts_what_is_as_listed(self):
        status, output = self.result(["a"], a="fine", b="refuse")
        self.assertEqual(status, 0, output)
        self.assertTrue(output.endswith("\n1 passed, 0 failed\n"), output)
        self.assertIn("2 cases on ref and cpu: 1 pass, 1 refused", output)

    def test_unexpected_pass(self):
        self.expect([], "UNEXPECTED PASS: node/a", a="fine")

    def test_listed_but_refused(self):
        self.expect(["a"], "NOT PASSING: node/a", a="refuse")

    def test_listed_but_absent(self):
        self.expect(["a", "b"], "NOT FOUND: node/b", a="fine")

    def test_wrong_numbers_listed_or_not(self):
        self.expect(["a"], "BROKEN: node/a", a="wrong")
        self.expect([], "largest error 3", b="wrong")

    def test_claimed_but_not_compiled(self):
        self.expect([], "tenonc --target=ref: status 1", a="fail-ref")

    def test_crashes(self):
        self.expect([], "killed by signal 11", a="crash-check")
        self.expect([], "tenonc --target=cpu: killed by signal 6", b="crash-cpu")

    def test_refusal_without_reason(self):
        self.expect([], "refused without a reason", a="mute")

    def test_time_out(self):
        seconds, run.SECONDS = run.SECONDS, 0.5
        self.addCleanup(setattr, run, "SECONDS", seconds)
        self.expect([], "timed out", a="hang")

    def test_unsorted_list(self):
        with self.assertRaisesRegex(SystemExit, "sorted"):
            self.result(["b", "a"], a="fine", b="fine")

    def test_update_writes_the_passes(self):
        self.result([], "--update", a="fine", b="refuse", c="wrong")
        self.assertEqual(run.read_list(self.root / "list.txt"), {"node/a"})


if __name__ == "__main__":
    unittest.main()
