#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""House rules that no formatter knows.

Under lib, dialects and include: no global command-line option, and nothing
that ends the process. Everywhere: a licence line and no open work marker.
"""

import re
import sys

import sources

LIBRARY_ROOTS = ("lib", "dialects", "include")
CODE = {".c", ".cpp", ".h", ".hpp", ".td"}
HEADED = ("lib", "dialects", "include", "tools", "runtime")
SPDX = "SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception"
OPTION = re.compile(r"\bcl::(opt|list|bits|alias)\b")
EXIT = re.compile(r"(?<![\w.>])(std::)?(_?exit|_Exit|quick_exit|abort)\s*\(")
# Spelt in parts so that this file passes its own rule.
MARKER = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
COMMENT_OR_STRING = re.compile(
    r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"', re.DOTALL)


def without_comments(text):
    """Blanks comments and strings, keeping line numbers."""
    return COMMENT_OR_STRING.sub(lambda m: "\n" * m[0].count("\n"), text)


def needs_licence(path, text):
    return (path.suffix in CODE | {".py", ".cmake", ".sh"}
            or text.startswith("#!"))


def main():
    problems = []
    for path in sources.files():
        text = sources.text(path)
        if text is None or path.name == "LICENSE":
            continue
        lines = text.splitlines()
        head = "\n".join(lines[:6])
        if needs_licence(path, text) and SPDX not in head:
            problems.append(f"{path}:1: no '{SPDX}' in the first lines")
        if (path.suffix in CODE and path.parts[0] in HEADED
                and not re.match(rf"(//|/\*)===-+ {re.escape(path.name)}\b",
                                 text)):
            problems.append(
                f"{path}:1: the first line is not "
                f"'//===-- {path.name} - one line ---===//'")
        for number, line in enumerate(lines, 1):
            if MARKER.search(line):
                problems.append(f"{path}:{number}: open work marker; "
                                "file an issue instead")
            if path.suffix in CODE and line != line.rstrip():
                problems.append(f"{path}:{number}: trailing blanks")
        if path.suffix in CODE and path.parts[0] in LIBRARY_ROOTS:
            for number, line in enumerate(
                    without_comments(text).splitlines(), 1):
                if OPTION.search(line):
                    problems.append(f"{path}:{number}: global option; use a "
                                    "pass option or an options struct")
                if EXIT.search(line):
                    problems.append(f"{path}:{number}: only a main may end "
                                    "the process")
    return sources.report("style", problems)


if __name__ == "__main__":
    sys.exit(main())
