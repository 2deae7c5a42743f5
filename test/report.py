# ===-- report.py - What the test programs in Python count ---------------------===#
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""One line for each test, and how many of them passed."""


class Failure(Exception):
    """What a test raises to fail, with the reason."""


class Report:
    def __init__(self):
        self.passed = self.failed = 0

    def test(self, name, function, *arguments, **named):
        """Runs one test; returns its result (True for none), None if it failed."""
        try:
            result = function(*arguments, **named)
        except Failure as failure:
            self.failed += 1
            print(f"FAILED: {name}: {failure}", flush=True)
            return None
        self.passed += 1
        print(f"passed: {name}{'' if not isinstance(result, str) else ': ' + result}", flush=True)
        return True if result is None else result
