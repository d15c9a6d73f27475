"""The one door of the program: run a command, turn an error into one line and an exit code."""

from __future__ import annotations

import os
import sys

from kb.cli.starting import importing


def main() -> None:
    """Run the command line and leave with its exit code."""
    with importing():
        from kb.cli.door import run  # noqa: PLC0415  (typer, which takes a tenth of a second)

    code = run()
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # who read the answer has gone; the flush at exit must not complain about it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)
