# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The files of the repository, for the linters: tracked and new, not ignored."""

import os
import pathlib
import subprocess

# The linters' own test points them at a tree of planted mistakes.
ROOT = pathlib.Path(os.environ.get("TENON_LINT_ROOT")
                    or pathlib.Path(__file__).resolve().parents[2])


def files():
    """Paths relative to the root, sorted. Falls back to a walk without git."""
    try:
        out = subprocess.run(
            ["git", "ls-files", "-z", "-co", "--exclude-standard"],
            cwd=ROOT, check=True, capture_output=True).stdout
        names = {n for n in out.decode().split("\0") if n}
    except (OSError, subprocess.CalledProcessError):
        names = {
            str(p.relative_to(ROOT)) for p in ROOT.rglob("*")
            if p.is_file() and not p.relative_to(ROOT).parts[0].startswith(
                ("build", ".git"))}
    paths = sorted(pathlib.PurePosixPath(n) for n in names)
    return [p for p in paths if (ROOT / p).is_file()]


def text(path):
    """Content of a text file, or None for a binary one."""
    data = (ROOT / path).read_bytes()
    if b"\0" in data:
        return None
    return data.decode("utf-8", errors="replace")


def report(name, problems):
    """Prints the problems and returns the exit status."""
    for problem in problems:
        print(problem)
    print(f"{name}: {len(problems)} problem(s)")
    return 1 if problems else 0
