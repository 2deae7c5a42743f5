#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Plants one mistake after the other; each linter must name it."""

import os
import pathlib
import subprocess
import sys
import tempfile

DEV = pathlib.Path(__file__).resolve().parent
LICENCE = "// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception\n"


def code(path, body):
    name = path.split("/")[-1]
    return f"//===-- {name} - planted ---===//\n{LICENCE}{body}\n"


def op(body, traits=""):
    return code("Ops.td", f'''
include "dialects/Interfaces/Interfaces.td"
def D : Dialect {{ let name = "tenon"; let cppNamespace = "::tenon"; }}
def FooOp : Op<D, "foo", [{traits}]> {{ {body} }}''')


INTERFACES = code("Interfaces.td", '''include "mlir/IR/OpBase.td"
def NoGradient : NativeOpTrait<"NoGradient">;''')
DOCUMENTED = 'let summary = "x"; let description = "Example: tenon.foo";'
CLEAN = code("A.cpp", '#include "tenon/Support/A.h"\n#include "mlir/IR/Value.h"')
WORK_MARKER = "// TO" + "DO: later"

# linter, planted file, its content, what the report must contain ("" = clean)
CASES = [
    ("layering", "lib/Analysis/A.cpp", CLEAN, ""),
    ("layering", "lib/Support/A.cpp",
     code("A.cpp", '#include "tenon/Pipeline/P.h"'),
     "Support may not include Pipeline"),
    ("layering", "lib/Transforms/A.cpp",
     code("A.cpp", '#include "lib/Codegen/CPU/T.h"'),
     "Transforms may not include Codegen"),
    ("layering", "lib/Plan/Core/A.cpp",
     code("A.cpp", '#include "llvm/ADT/StringRef.h"'), "no LLVM here"),
    ("layering", "lib/Support/A.cpp",
     code("A.cpp", '#include "llvm/ADT/StringRef.h"'), "no LLVM here"),
    ("layering", "lib/Plan/Core/A.cpp",
     code("A.cpp", '#include "tenon/Support/A.h"'), ""),
    ("layering", "lib/Plan/Core/A.cpp",
     code("A.cpp", '#include "tenon/Kernels/A.h"'),
     "Plan may not include Kernels"),
    ("layering", "runtime/src/a.c",
     code("a.c", '#include "tenon/Plan/Graph.h"'),
     "runtime may not include Plan"),
    ("layering", "dialects/Interfaces/I.h",
     code("I.h", '#include "dialects/Tenon/Linear.h"'),
     "dialects/Interfaces may not include dialects/Tenon"),
    ("layering", "lib/Target/A.cpp",
     code("A.cpp", '#include "runtime/src/core/pool.h"'),
     "Target may not include runtime"),
    ("layering", "lib/Support/A.cpp", code("A.cpp", '#include "A.h"'),
     "does not start with a room"),
    ("layering", "lib/Pipeline/A.cpp",
     code("A.cpp", '#include "mlir/InitAllDialects.h"'), "only under tools/"),
    ("sizes", "lib/Support/A.cpp", code("A.cpp", "\n" * 990), ""),
    ("sizes", "lib/Support/A.cpp", code("A.cpp", "\n" * 1000), "the gate is"),
    ("sizes", "dialects/Tenon/A.td", "\n" * 801, "the gate is 800"),
    ("sizes", "test/Ops/a.mlir", "\n" * 301, "the gate is 300"),
    ("sizes", "lib/a/b/c/d/A.cpp", "\n", "deeper than"),
    ("style", "lib/Support/A.cpp",
     code("A.cpp", "// exit(1) and cl::opt in a comment"), ""),
    ("style", "lib/Support/A.cpp",
     code("A.cpp", "static llvm::cl::opt<bool> x;"), "global option"),
    ("style", "lib/Support/A.cpp", code("A.cpp", "void f() { std::exit(1); }"),
     "only a main may end"),
    ("style", "lib/Support/A.cpp", code("A.cpp", WORK_MARKER),
     "open work marker"),
    ("style", "lib/Support/A.cpp", "int x;\n", "SPDX"),
    ("style", "lib/Support/A.cpp", code("B.cpp", ""), "the first line is not"),
    ("ops", "dialects/Tenon/Ops.td", op(DOCUMENTED, "NoGradient"),
     "no numeric test"),
    ("ops", "dialects/Tenon/Ops.td", op(DOCUMENTED), "no derivative"),
    ("ops", "dialects/Tenon/Ops.td", op('let summary = "x";', "NoGradient"),
     "no description"),
    ("ops", "dialects/Tenon/Ops.td", op('', "NoGradient"), "no summary"),
    ("ops", "dialects/Tenon/Base.td", code("Base.td", ""), "no ops found"),
]


def lint(linter, planted):
    """Status and report of one linter over a tree of these files."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        subprocess.run(["git", "init", "-q", folder], check=True)
        for path, content in planted.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(content)
        run = subprocess.run(
            [sys.executable, DEV / f"check_{linter}.py"],
            capture_output=True, text=True,
            env={**os.environ, "TENON_LINT_ROOT": folder})
        return run.returncode, run.stdout + run.stderr


def main():
    failed = 0
    cases = [(l, {p: c}, e) for l, p, c, e in CASES]
    cases.append(("ops", {"dialects/Tenon/Ops.td": op(DOCUMENTED, "NoGradient"),
                          "test/Ops/foo.mlir": "tenon.foo"}, ""))
    for linter, planted, expected in cases:
        if linter == "ops":
            planted["dialects/Interfaces/Interfaces.td"] = INTERFACES
        status, report = lint(linter, planted)
        if status != (1 if expected else 0) or expected not in report:
            failed += 1
            print(f"check_{linter} with {sorted(planted)}: expected "
                  f"'{expected or 'no problem'}', got status {status}\n{report}")
    print(f"{len(cases) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
