#!/usr/bin/env python3
# ===-- run.py - The ONNX backend suite against a strict list -----------------===#
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compiles and runs every case of the ONNX backend suite.

    test/Conformance/run.py [--cases DIR] [--filter REGEX] [--target NAME ...]

Every case ends in one of three ways:

    pass     each target compiled it, and its outputs are the expected ones
    refused  `tenonc --check` said, with status 1 and an error message, what is
             not supported: the importer does not claim the case
    broken   all else: a claimed case that does not compile or gives wrong
             numbers, a crash, a refusal without a reason, a time-out

expected-passes.txt names the cases that pass. The list is strict: a listed case
that does not pass fails, an unlisted one that passes fails too (add it), and a
broken one always fails.

The tools come from $TENON_BUILD/bin, the cases from $TENON_UNPACKED_DATA or,
without it, from $TENON_TEST_DATA/onnx-dev.tar.xz. The last line is
'N passed, N failed', over listed and broken cases; status 1 if any failed.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SUITES = re.compile(r"^(node|simple|pytorch-.*)$")
SECONDS = 60

Outcome = collections.namedtuple("Outcome", "kind detail")
PASS, REFUSED, BROKEN = "pass", "refused", "broken"


def run(command):
    """Returns (status, stdout, stderr); status is None after a time-out."""
    try:
        done = subprocess.run(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None, "", f"no answer after {SECONDS} s"
    decode = lambda data: data.decode("utf-8", "replace")
    return done.returncode, decode(done.stdout), decode(done.stderr)


def describe(step, status, stderr):
    how = "timed out" if status is None else f"status {status}"
    if status is not None and status < 0:
        how = f"killed by signal {-status}"
    lines = stderr.strip().splitlines()
    return f"{step}: {how}" + "".join("\n      " + line for line in lines[:6])


class Runner:
    def __init__(self, tenonc, tenon_run, targets, scratch):
        self.tenonc, self.tenon_run = tenonc, tenon_run
        self.targets, self.scratch = targets, pathlib.Path(scratch)
        self.unsupported = collections.Counter()

    def check(self, model):
        """None if the importer claims the model, else how it was refused."""
        status, out, err = run([self.tenonc, model, "--check", "--json"])
        if status == 0:
            return None
        if status != 1:
            return Outcome(BROKEN, describe("tenonc --check", status, err))
        if "error:" not in err + out and '"unsupported"' not in out:
            return Outcome(BROKEN, "tenonc --check: refused without a reason")
        try:
            operators = {entry["op"] for entry in json.loads(out)["unsupported"]}
        except (ValueError, KeyError, TypeError):
            operators = {"(no JSON)"}
        self.unsupported.update(operators)
        return Outcome(REFUSED, (err.strip().splitlines() or [""])[0])

    def compile_and_verify(self, name, case, target):
        """None if this target passes, else what happened."""
        artifact = self.scratch / f"{name.replace('/', '__')}.{target}.so"
        try:
            status, _, err = run(
                [self.tenonc, case / "model.onnx", "-o", artifact, f"--target={target}"]
            )
            if status != 0:
                return describe(f"tenonc --target={target}", status, err)
            datasets = sorted(case.glob("test_data_set_*"))
            if not datasets:
                return "the case has no test_data_set_*"
            for dataset in datasets:
                status, out, err = run([self.tenon_run, "verify", artifact, "--dir", dataset])
                if status != 0:
                    step = f"tenon-run verify, {target}, {dataset.name}"
                    return describe(step, status, err + out)
        finally:
            artifact.unlink(missing_ok=True)
        return None

    def case(self, name, case):
        refused = self.check(case / "model.onnx")
        if refused:
            return refused
        faults = [self.compile_and_verify(name, case, target) for target in self.targets]
        faults = [fault for fault in faults if fault]
        return Outcome(BROKEN, "\n    ".join(faults)) if faults else Outcome(PASS, "")


def find_cases(root, pattern):
    """Maps '<suite>/<case>' to its folder."""
    return {
        f"{model.parts[-3]}/{model.parts[-2]}": model.parent
        for model in sorted(root.glob("*/*/model.onnx"))
        if SUITES.match(model.parts[-3])
        and re.search(pattern, f"{model.parts[-3]}/{model.parts[-2]}")
    }


def read_list(path):
    with open(path, encoding="utf-8") as stream:
        lines = [line.split("#")[0].strip() for line in stream]
    names = [line for line in lines if line]
    if len(names) != len(set(names)) or names != sorted(names):
        raise SystemExit(f"{path}: must be sorted, without duplicates")
    return set(names)


def unpack(directory):
    data = os.environ.get("TENON_TEST_DATA") or ROOT / ".." / "shared" / "data"
    archive = pathlib.Path(data) / "onnx-dev.tar.xz"
    if not archive.is_file():
        raise SystemExit(f"{archive} is missing; set TENON_TEST_DATA or give --cases")
    with tarfile.open(archive) as tar:
        # Debian 12 has no extraction filters; the archive is our own test data.
        tar.extractall(directory)
    return pathlib.Path(directory)


def parse_arguments(arguments):
    build = pathlib.Path(os.environ.get("TENON_BUILD") or ROOT / "build")
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", default=os.environ.get("TENON_UNPACKED_DATA"))
    parser.add_argument("--tools", type=pathlib.Path, default=build / "bin")
    parser.add_argument("--list", type=pathlib.Path, default=HERE / "expected-passes.txt")
    parser.add_argument("--target", nargs="+", default=["ref", "cpu"], dest="targets")
    parser.add_argument("--filter", default="", metavar="REGEX", help="only these cases")
    parser.add_argument("--jobs", type=int, default=int(os.environ.get("TENON_JOBS") or 2))
    parser.add_argument(
        "--update", action="store_true", help="write the list: review the difference"
    )
    parser.add_argument(
        "--missing", action="store_true", help="print the operators that refusals name"
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="print every case")
    return parser.parse_args(arguments)


def report(outcomes, listed, verbose):
    """Prints every deviation; returns the numbers of passed and failed."""
    passed = failed = 0
    for name, outcome in sorted(outcomes.items()):
        if outcome.kind == BROKEN:
            problem = f"BROKEN: {name}\n    {outcome.detail}"
        elif outcome.kind == PASS and name not in listed:
            problem = f"UNEXPECTED PASS: {name} (add it to the list)"
        elif outcome.kind == REFUSED and name in listed:
            problem = f"NOT PASSING: {name}\n    {outcome.detail}"
        else:
            problem = None
            passed += outcome.kind == PASS
        failed += problem is not None
        if problem or verbose:
            print(problem or f"{outcome.kind}: {name}", flush=True)
    return passed, failed


def main(arguments=None):
    args = parse_arguments(arguments)
    for tool in ("tenonc", "tenon-run"):
        if not shutil.which(args.tools / tool):
            raise SystemExit(f"{args.tools / tool} is missing; build it or give --tools")
    listed = set() if args.update and not args.list.exists() else read_list(args.list)
    with tempfile.TemporaryDirectory() as scratch:
        root = pathlib.Path(args.cases) if args.cases else unpack(scratch)
        cases = find_cases(root, args.filter)
        if not cases:
            raise SystemExit(f"{root}: no case matches '{args.filter}'")
        runner = Runner(args.tools / "tenonc", args.tools / "tenon-run", args.targets, scratch)
        with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
            outcomes = dict(zip(cases, pool.map(lambda n: runner.case(n, cases[n]), cases)))
    if args.update:
        kept = {name for name in listed if name not in cases}
        passes = {name for name, outcome in outcomes.items() if outcome.kind == PASS}
        with open(args.list, "w", encoding="utf-8") as stream:
            stream.write("# Cases of the ONNX backend suite that pass on ref and cpu.\n")
            stream.writelines(name + "\n" for name in sorted(kept | passes))
        listed = kept | passes
    passed, failed = report(outcomes, listed, args.verbose)
    if not args.filter:
        for name in sorted(listed - set(cases)):
            print(f"NOT FOUND: {name} is listed, but there is no such case")
            failed += 1
    if args.missing:
        for operator, count in runner.unsupported.most_common():
            print(f"{count:5} refused for {operator}")
    kinds = collections.Counter(outcome.kind for outcome in outcomes.values())
    print(
        f"{len(cases)} cases on {' and '.join(args.targets)}: {kinds[PASS]} pass,"
        f" {kinds[REFUSED]} refused with a reason, {kinds[BROKEN]} broken"
    )
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
