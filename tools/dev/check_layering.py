#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Fails if a source file includes from a room it may not depend on.

A room is a folder of lib/ with its headers in include/tenon/, or one of
dialects, runtime, tools. Quoted includes start with the room, so that a
dependency is visible to grep: "dialects/Tenon/Linear.h",
"tenon/Transforms/Passes.h", "lib/Codegen/CPU/Tiling.h" (private headers).
"""

import re
import sys

import sources

LOWER = {"Kernels", "dialects", "Analysis", "Reference", "Support"}
LIB = LOWER | {"Frontend", "Transforms", "Plan", "Conversion", "Codegen",
               "Target", "Report", "Pipeline"}
MAY_INCLUDE = {  # room -> other rooms
    "dialects": set(),
    "Support": set(),
    "Reference": {"dialects", "Support"},
    "Analysis": {"dialects", "Support"},
    "Frontend": {"dialects", "Support", "Reference"},
    "Kernels": {"dialects", "Analysis", "Support"},
    "Transforms": LOWER,
    "Plan": LOWER,
    "Conversion": LOWER,
    "Codegen": LOWER,
    "Target": {"dialects", "Support", "Reference", "abi"},
    "Report": {"Support", "abi"},
    "Pipeline": LIB,
    "tools": {"Pipeline", "Reference", "Report", "dialects", "Support", "runtime",
              "abi"},
    "runtime": {"abi"},
    "examples": {"abi"},
}
# The planning core and Support are libraries of their own, without LLVM; the
# core's command-line tool stands on them alone.
PASS_HEADERS = {"Passes.h", "Passes.td"}
DIALECT_ORDER = {"Interfaces": set(), "Tenon": {"Interfaces"},
                 "Tnrt": {"Interfaces"}, "Check": {"Interfaces"}}
# These pull in every dialect or pass of MLIR: seconds and gigabytes per file.
HEAVY = re.compile(r"mlir/(InitAll\w+|Conversion/Passes)\.h$")
SUFFIXES = {".h", ".hpp", ".c", ".cpp", ".td"}
INCLUDE = re.compile(r'\s*#?\s*include\s+(["<])([^">]+)[">]')


def room_of(path):
    parts = path.parts
    if parts[0] == "lib" and len(parts) > 2:
        return parts[1]
    if parts[:2] == ("include", "tenon") and len(parts) > 3:
        return parts[2]
    return parts[0]


def is_core(path):
    return (path.parts[:3] == ("lib", "Plan", "Core")
            or (path.parts[:3] == ("include", "tenon", "Plan")
                and path.name not in PASS_HEADERS))


def included_room(include):
    parts = include.split("/")
    if include in ("tenon/abi.h", "tenon/tn.hpp", "tn.hpp"):
        return "abi"
    if parts[0] == "tenon":
        # With one component below tenon/ it is a header of the runtime.
        return parts[1] if len(parts) > 2 else "runtime"
    if parts[0] == "lib" and len(parts) > 2:
        return parts[1]
    if parts[0] in ("dialects", "runtime", "tools"):
        return parts[0]
    return None


def problems_of(path, line, quote, include):
    room = room_of(path)
    target = included_room(include)
    foreign = include.startswith(("mlir/", "llvm/", "mlir-c/", "llvm-c/"))
    if foreign and (room in ("runtime", "examples", "Support") or is_core(path)):
        yield f"{path}:{line}: no LLVM here, but includes {include}"
    if HEAVY.search(include) and room != "tools":
        yield f"{path}:{line}: {include} only under tools/"
    if (quote == '"' and target is None and not foreign
            and room not in ("runtime", "examples", "tools")):
        yield f'{path}:{line}: include "{include}" does not start with a room'
    if target is None or target == room:
        if room == "dialects" and target == "dialects":
            mine, theirs = path.parts[1], include.split("/")[1]
            allowed = DIALECT_ORDER.get(mine, set()) | {mine}
            if theirs not in allowed:
                yield (f"{path}:{line}: dialects/{mine} may not include "
                       f"dialects/{theirs}: {include}")
        if target == "Plan" and is_core(path):
            if include.split("/")[-1] in PASS_HEADERS:
                yield f"{path}:{line}: the planning core stands alone: {include}"
        return
    allowed = {"Support"} if is_core(path) else set(MAY_INCLUDE[room])
    if path.parts[:2] == ("tools", "dev"):
        allowed.add("Plan")
    if target not in allowed:
        yield f"{path}:{line}: {room} may not include {target}: {include}"


def main():
    problems = []
    for path in sources.files():
        if path.suffix not in SUFFIXES:
            continue
        room = room_of(path)
        if room in ("test", "benchmarks", "include", "lib"):
            if room in ("include", "lib"):
                problems.append(f"{path}: stands in no room")
            continue
        if room not in MAY_INCLUDE:
            problems.append(f"{path}: unknown room '{room}'")
            continue
        for number, line in enumerate(sources.text(path).splitlines(), 1):
            match = INCLUDE.match(line)
            if match:
                problems += problems_of(path, number, match[1], match[2])
    return sources.report("layering", problems)


if __name__ == "__main__":
    sys.exit(main())
