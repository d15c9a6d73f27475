"""Run a command, turn an error into one line and an exit code."""

from __future__ import annotations

import sys

from kb.cli.app import Exit, front
from kb.errors import AnotherRun, KbError, ModelMissing, SchemaMismatch


def run() -> int:
    """Run the command that the program was called with; return its exit code."""
    try:
        front()
    except KbError as error:
        print(error, file=sys.stderr)
        return _exit_of(error)
    except KeyboardInterrupt:
        return _interrupted()
    except SystemExit as leaving:
        return _interrupted() if leaving.code == Exit.INTERRUPTED else int(leaving.code or 0)
    return Exit.OK


def _interrupted() -> int:
    print("kb: interrupted; what was finished is kept, run it again to go on", file=sys.stderr)
    return Exit.INTERRUPTED


def _exit_of(error: KbError) -> Exit:
    return next((code for kind, code in _EXITS.items() if isinstance(error, kind)), Exit.ERROR)


_EXITS = {AnotherRun: Exit.BUSY, SchemaMismatch: Exit.SCHEMA, ModelMissing: Exit.MODEL}
