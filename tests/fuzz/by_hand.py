"""Atheris over the targets, by hand and for as long as you like: it looks for inputs that reach new code.

Not part of the test run: `pip install atheris` into an environment with the program, then for one target

    python -m tests.fuzz.by_hand html -max_total_time=600 -max_len=4000 corpus/

What it finds becomes a case of FOUND in `test_fuzz.py`.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["crawler", "protego", "email", "tomllib"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"name one of {', '.join(TARGETS)}")
    name = sys.argv.pop(1)
    atheris.Setup(sys.argv, TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
