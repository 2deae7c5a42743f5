# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The stages of tools/dev/check: each test of each stage is counted."""

import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile
import time
import xml.etree.ElementTree as xml

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"
LOGS = BUILD / "check"
DEV = ROOT / "tools" / "dev"
DATA = pathlib.Path(
    os.environ.get("TENON_TEST_DATA") or ROOT / ".." / "shared" / "data")
REQUIRE_DATA = os.environ.get("TENON_REQUIRE_DATA") == "1"
JOBS = os.environ.get("TENON_JOBS") or str(min(os.cpu_count() or 1, 8))
TESTDATA = BUILD / "testdata"
ARCHIVES = ("onnx-dev.tar.xz", "ext-dev.tar.xz")


class Results:
    """Counts tests; prints a failure with the end of its log."""

    def __init__(self):
        self.passed, self.failed, self.skipped = 0, [], []

    def add(self, name, ok, detail=""):
        if ok:
            self.passed += 1
        else:
            self.failed.append(name)
            print(f"FAILED: {name}\n{detail}".rstrip(), flush=True)

    def skip(self, name, why):
        self.skipped.append(name)
        print(f"SKIPPED: {name}: {why}", flush=True)


def run(name, command, results=None, cwd=ROOT, env=None):
    """Runs one command into LOGS/name.log; counts it as a test if asked."""
    log = LOGS / f"{name}.log"
    with open(log, "w") as out:
        code = subprocess.run(
            [str(c) for c in command], cwd=cwd, stdout=out,
            stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            env={**os.environ, "TENON_TEST_DATA": str(DATA.resolve()),
                 **(env or {})}).returncode
    if results is not None:
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-40:])
        results.add(name, code == 0, f"{tail}\n(full log: {log})")
    return code == 0


def lint(results):
    run("test_linters", ["python3", DEV / "test_linters.py"], results)
    run("format", [DEV / "format", "--check"], results)
    for check in ("layering", "sizes", "style", "ops"):
        run(f"check_{check}", ["python3", DEV / f"check_{check}.py"], results)


def build(results):
    if not run("build", [DEV / "build", "release"], results):
        return
    run("link_check", [DEV / "build", "release", "tenon-link-check"], results)


def data(results):
    """Unpacks the test data once; a changed archive unpacks again."""
    missing = [a for a in ARCHIVES if not (DATA / a).is_file()]
    if missing:
        why = f"no {', '.join(missing)} in {DATA} (set TENON_TEST_DATA)"
        if REQUIRE_DATA:
            results.add("data", False, why)
        else:
            results.skip("data", why + "; every test that needs it is skipped")
        return
    digest = hashlib.sha256()
    for archive in ARCHIVES:
        digest.update((DATA / archive).read_bytes())
    stamp = TESTDATA / ".complete"
    if not stamp.is_file() or stamp.read_text() != digest.hexdigest():
        shutil.rmtree(TESTDATA, ignore_errors=True)
        TESTDATA.mkdir(parents=True)
        for archive in ARCHIVES:
            with tarfile.open(DATA / archive) as tar:
                if hasattr(tarfile, "data_filter"):  # Python 3.11.4 and later
                    tar.extraction_filter = tarfile.data_filter
                tar.extractall(TESTDATA)
        stamp.write_text(digest.hexdigest())
    results.add("data", True)


def ctest(results, name, directory, *options, env=None):
    """Each test that CTest knows, and `options` do not leave out, is one test."""
    report = LOGS / f"{name}.xml"
    report.unlink(missing_ok=True)
    ok = run(name, ["ctest", "--output-on-failure", "-j", JOBS, "--no-tests=error",
                    "--output-junit", report, *options], cwd=directory, env=env)
    cases = xml.parse(report).iter("testcase") if report.is_file() else ()
    failures = 0
    for case in cases:
        title = f"{name}: {case.get('name')}"
        if case.get("status") == "run":
            results.add(title, True)
        elif case.find("skipped") is not None:
            results.skip(title, "skipped by the test")
        else:
            failures += 1
            results.add(title, False, (case.findtext("system-out") or "")[-4000:])
    if not ok and not failures:
        log = (LOGS / f"{name}.log").read_text(errors="replace")
        results.add(name, False, log[-4000:])


def unit(results):
    # CMake leaves them out where gtest is missing.
    results.add("unit tests are built", (BUILD / "unit" / "PlanTests").is_file())
    ctest(results, "unit", BUILD)


def lit_tests(results, name, directory):
    report = LOGS / f"{name}.json"
    report.unlink(missing_ok=True)
    lit = cache_value(directory, "TENON_LIT")
    ok = run(name, [lit, "-sv", "-j", JOBS, "--output", report,
                    directory / "test"])
    tests = json.loads(report.read_text())["tests"] if report.is_file() else []
    failures = 0
    for test in tests:
        title = test["name"].replace("tenon :: ", f"{name}: ")
        if test["code"] in ("PASS", "XFAIL", "FLAKYPASS"):
            results.add(title, True)
        elif test["code"] in ("UNSUPPORTED", "SKIPPED", "EXCLUDED"):
            results.skip(title, test["output"].strip() or test["code"].lower())
        else:
            failures += 1
            results.add(title, False, f"{test['code']}\n{test['output']}"[-4000:])
    if not tests or (not ok and not failures):
        log = (LOGS / f"{name}.log").read_text(errors="replace")
        results.add(name, False, log[-4000:])


def cache_value(directory, key):
    for line in (directory / "CMakeCache.txt").read_text().splitlines():
        if line.startswith(f"{key}:"):
            return line.split("=", 1)[1]
    raise SystemExit(f"{directory}: {key} is not configured")


def lit(results):
    lit_tests(results, "lit", BUILD)


def ops(results):
    """Every op's numbers and gradient, on the interpreter and all targets."""
    ok = run("ops", [BUILD / "bin" / "tenon-check-ops", "-j", JOBS,
                     ROOT / "test" / "Ops"])
    add_counted(results, "ops", ok)


def dev(results):
    """Another compiler, with assertions, from another folder."""
    clone = ROOT / "build-dev" / "source"
    if not copy_sources(clone, results):
        return
    if not run("dev_build", [clone / "tools" / "dev" / "build", "dev"], results):
        return
    built = clone / "build-dev"
    link = built / "testdata"
    if (TESTDATA / ".complete").is_file() and not link.exists():
        link.symlink_to(TESTDATA)
    ctest(results, "dev_unit", built)
    lit_tests(results, "dev_lit", built)


def copy_sources(target, results):
    """A second checkout of what is here; times kept, so that ninja skips."""
    sys.path.insert(0, str(DEV))
    import sources
    try:
        wanted = {str(f) for f in sources.files()}
        for f in sorted(wanted):
            to = target / f
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / f, to)
        for old in target.rglob("*"):
            name = str(old.relative_to(target))
            if (not name.startswith("build") and old.is_file()
                    and name not in wanted):
                old.unlink()
    except OSError as error:
        results.add("dev_copy", False, str(error))
        return False
    return True


def sanitize(results):
    """All that is free of MLIR under ASan with UBSan, then what has threads under
    TSan: the planner has one."""
    for preset, options in (("asan", []), ("tsan", ["-E", "^PlanTests"])):
        if run(f"{preset}_build", [DEV / "build", preset], results):
            ctest(results, preset, ROOT / f"build-{preset}", *options)


def script(results, name, path, *arguments):
    """A test program of its own; its last line is 'N passed, N failed'."""
    if not (TESTDATA / ".complete").is_file():
        if not REQUIRE_DATA:
            return results.skip(name, "no test data")
        return results.add(name, False, "no test data")
    ok = run(name, ["/usr/bin/python3", ROOT / path, *arguments], env={
        "TENON_BUILD": str(BUILD), "TENON_UNPACKED_DATA": str(TESTDATA),
        "TENON_JOBS": JOBS})
    add_counted(results, name, ok)


def add_counted(results, name, ok):
    """Adds what the last line of a test program's log counts."""
    lines = (LOGS / f"{name}.log").read_text(errors="replace").splitlines()
    words = lines[-1].replace(",", "").split() if lines else []
    if len(words) != 4 or words[1::2] != ["passed", "failed"]:
        tail = "\n".join(lines[-40:])
        return results.add(name, False, f"{tail}\n(no count in its last line)")
    results.passed += int(words[0])
    for index in range(int(words[2])):
        results.add(f"{name} ({index + 1})", False,
                    "\n".join(lines[-40:]) if index == 0 else "")
    if not ok and words[2] == "0":
        results.add(name, False, "it counts no failure, but its status is one")


def models(results):
    script(results, "models", "test/Models/run.py")
    # The level below the one that a recent host has by default.
    script(results, "models_v3", "test/Models/run.py", "--cpu=x86-64-v3")


def training(results):
    """Trained artifacts against PyTorch's losses, and within budgets; an example,
    in short. Needs no test data."""
    for name, path in (("training", "run.py"), ("budget", "budget.py")):
        ok = run(name, ["/usr/bin/python3", ROOT / "test/Training" / path],
                 env={"TENON_BUILD": str(BUILD)})
        add_counted(results, name, ok)
    run("unet", [ROOT / "examples/unet/run", "12MiB", "2", "320"], results,
        env={"TENON_BUILD": str(BUILD)})


def conformance(results):
    script(results, "conformance", "test/Conformance/run.py")


def reproducible(results):
    run("reproducible", [DEV / "reproducible"], results)


STAGES = (lint, build, data, unit, lit, ops, dev, sanitize, models, training,
          conformance, reproducible)


# The others compile everything once more: name them, or say `all`.
DEFAULT = [s.__name__ for s in STAGES if s not in (dev, reproducible)]


def main(names):
    if names == ["all"]:
        names = [stage.__name__ for stage in STAGES]
    known = {stage.__name__: stage for stage in STAGES}
    unknown = [n for n in names if n not in known]
    if unknown:
        print(f"check: unknown stage {unknown[0]}: {' '.join(known)}",
              file=sys.stderr)
        return 2
    LOGS.mkdir(parents=True, exist_ok=True)
    results = Results()
    for stage in STAGES:
        if stage.__name__ not in (names or DEFAULT):
            continue
        start, before = time.monotonic(), results.passed
        print(f"== {stage.__name__}", flush=True)
        stage(results)
        print(f"   {results.passed - before} passed,"
              f" {time.monotonic() - start:.0f} s", flush=True)
        if stage is build and "build" in results.failed:
            print("nothing else can run without a build")
            break
    if results.skipped:
        print(f"NOT RUN: {len(results.skipped)} test(s) were skipped, see above")
    for name in results.failed:
        print(f"failed: {name}")
    print(f"{results.passed} passed, {len(results.failed)} failed")
    return 1 if results.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
