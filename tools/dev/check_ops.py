#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Fails unless every op of the tenon dialect is complete.

The op list comes from TableGen, so that nobody keeps it by hand. An op has a
summary, a description with an example, a derivative (its own, that of its
decomposition, or NoGradient) and test/Ops/<op>.mlir with its numbers.
Terminators need the documentation only.
"""

import json
import os
import re
import subprocess
import sys

import sources

PREFIX = os.environ.get("TENON_LLVM_PREFIX", "/usr/lib/llvm-22")
DERIVATIVE = {"VJPOpInterface", "CompositeOpInterface", "NoGradient"}
TESTS = sources.ROOT / "test" / "Ops"


def records(td):
    run = subprocess.run(
        [f"{PREFIX}/bin/llvm-tblgen", "--dump-json", "-I", f"{PREFIX}/include",
         "-I", str(sources.ROOT), str(sources.ROOT / td)],
        capture_output=True, text=True)
    if run.returncode:
        raise SystemExit(f"{td}: TableGen failed\n{run.stderr}")
    return json.loads(run.stdout)


def trait_names(all_records, op):
    """The names of the traits, those inside trait lists included."""
    pending, names = list(op["traits"]), set()
    while pending:
        trait = pending.pop()["def"]
        record = all_records[trait]
        names |= {trait, record.get("cppInterfaceName"), record.get("trait")}
        pending += record.get("traits") or []
    return names


def ops():
    found = {}
    for td in sources.files():
        if td.parts[:2] != ("dialects", "Tenon") or td.suffix != ".td":
            continue
        if not re.search(r"^def\b", sources.text(td), re.MULTILINE):
            continue
        all_records = records(td)
        for name in all_records["!instanceof"].get("Op", []):
            op = all_records[name]
            dialect = all_records[op["opDialect"]["def"]]
            if dialect["name"] == "tenon":
                found[op["opName"]] = (td, op, trait_names(all_records, op))
    return found


def problems_of(name, td, op, traits):
    where = f"{td}: tenon.{name}"
    if not op["summary"]:
        yield f"{where} has no summary"
    description = op["description"] or ""
    if f"tenon.{name}" not in description:
        yield f"{where} has no description with an example of the op"
    # Nothing to compute: the end of a body, a declaration.
    if traits & {"Terminator", "SymbolOpInterface"}:
        return
    if not traits & DERIVATIVE:
        yield (f"{where} has no derivative: implement VJPOpInterface or "
               "CompositeOpInterface, or say NoGradient")
    test = TESTS / f"{name}.mlir"
    if not test.is_file():
        yield f"{where} has no numeric test {test.relative_to(sources.ROOT)}"
    elif f"tenon.{name}" not in test.read_text():
        yield f"{test.relative_to(sources.ROOT)} does not use tenon.{name}"


def main():
    found = ops()
    problems = [] if found else ["dialects/Tenon: no ops found"]
    for name, entry in sorted(found.items()):
        problems += problems_of(name, *entry)
    for test in sorted(TESTS.glob("*.mlir")):
        op = test.stem.split("-")[0]  # more of it in <op>-<what>.mlir
        if op not in found:
            problems.append(f"test/Ops/{test.name}: there is no op tenon.{op}")
    print(f"{len(found)} ops")
    return sources.report("ops", problems)


if __name__ == "__main__":
    sys.exit(main())
