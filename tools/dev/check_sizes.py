#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Fails on files past their size gate and on paths deeper than five parts."""

import sys

import sources

CODE = (600, 1000)  # warn, fail
GATES = {".cpp": CODE, ".c": CODE, ".h": CODE, ".hpp": CODE, ".py": CODE,
         ".td": (700, 800), ".mlir": (250, 300), ".test": (250, 300)}
MAX_DEPTH = 5
MAX_BYTES = 1_000_000


def main():
    problems = []
    for path in sources.files():
        size = (sources.ROOT / path).stat().st_size
        if size > MAX_BYTES:
            problems.append(f"{path}: {size} bytes, the gate is {MAX_BYTES}")
        if path.suffix not in GATES:
            continue
        if len(path.parts) > MAX_DEPTH:
            problems.append(f"{path}: deeper than {MAX_DEPTH} components")
        warn, fail = GATES[path.suffix]
        lines = (sources.text(path) or "").count("\n")
        if lines > fail:
            problems.append(f"{path}: {lines} lines, the gate is {fail}")
        elif lines > warn:
            print(f"warning: {path}: {lines} lines, think of splitting at "
                  f"{warn}")
    return sources.report("sizes", problems)


if __name__ == "__main__":
    sys.exit(main())
