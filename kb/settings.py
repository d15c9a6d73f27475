"""Settings: what a user may set once for all commands. Read at the door only, in `kb.cli.app`."""

from __future__ import annotations

import os

from kb.errors import BadQuestion

DATABASE_VARIABLE = "KB_DATABASE"
"""The environment variable that names the database, as ``kb --db`` does."""

DEFAULT_DATABASE = "kb.sqlite3"
"""The SQLite file, in the current folder, that is used when nothing names another."""

TIMEOUT_VARIABLE = "KB_STATEMENT_TIMEOUT"
"""The environment variable that says how many seconds PostgreSQL may work on one statement of a question."""

DEFAULT_TIMEOUT_S = 60.0
"""Longer than any documented question takes in a base of ten million quotes; what works longer went astray."""


def read_timeout_s() -> float:
    """Return the seconds that one statement of a question may take, 0 for no limit. Raises BadQuestion."""
    said = os.environ.get(TIMEOUT_VARIABLE, "").strip()
    try:
        seconds = float(said or DEFAULT_TIMEOUT_S)
    except ValueError:
        seconds = -1
    if not 0 <= seconds < _LONGEST_S:
        raise BadQuestion(TIMEOUT_VARIABLE, f"{said!r} is no number of seconds", "say 60, or 0 for no limit")
    return seconds


_LONGEST_S = 2_000_000  # PostgreSQL counts milliseconds in 31 bits
