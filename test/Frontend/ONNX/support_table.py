#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Fails unless docs/onnx-support.md lists the importer's operators, all of them
and no other, each with the oldest opset of its row."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]


def main():
    rows = {"If": "1"}  # not a row: it imports a graph
    for path in sorted((ROOT / "lib/Frontend/ONNX").glob("*.cpp")):
        for op, since in re.findall(
                r'^\s*\{"(\w+)", (\d+), \d+, (?:\d+|variadic),',
                path.read_text(encoding="utf-8"), re.MULTILINE):
            rows[op] = since
    text = (ROOT / "docs/onnx-support.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| (\w+) \| (\d+) \|", text, re.MULTILINE))
    if len(rows) < 100:
        print(f"found only {len(rows)} rows; has their form changed?")
        return 1
    wrong = sorted(set(rows.items()) ^ set(listed.items()))
    for op, since in wrong:
        where = "importer" if rows.get(op) == since else "docs/onnx-support.md"
        print(f"{op}, opset {since}: only in the {where}")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
