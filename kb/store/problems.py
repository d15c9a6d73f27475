"""What a driver's error is about: the database itself or one statement; and how to mend it."""

from __future__ import annotations

from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError

_NO_ROOM = "make room on its disk and run the command again"
_NO_RIGHT = "give kb the right to write it, of a file to its folder as well"
_NO_SERVER = "see that its server runs, then run the command again"

_MENDS = {
    "SQLITE_FULL": _NO_ROOM,
    "SQLITE_READONLY": _NO_RIGHT,
    "SQLITE_CANTOPEN": _NO_RIGHT,
    "SQLITE_PERM": _NO_RIGHT,
    "SQLITE_BUSY": "another program is writing to it: wait for it and run the command again",
    "SQLITE_IOERR": "look at its disk, then run the command again",
    "SQLITE_CORRUPT": "take a backup of it",
    "SQLITE_NOTADB": "name another with --db",
    "53100": _NO_ROOM,
    "53300": "let others close their connections, or allow more",
    "42501": "grant kb's user the right",
    "57014": "ask for less, or allow more seconds: KB_STATEMENT_TIMEOUT=300 (0: no limit)",
    "55P03": "another program holds what it is about: wait for it and run the command again",
    "25006": "kb's user may only read here: use one that may write",
    "08": _NO_SERVER,
    "57P": _NO_SERVER,
    "psycopg": _NO_SERVER,  # it could not connect, or the connection broke: no code
}
"""By the start of what the driver calls an error: SQLite's name of it, PostgreSQL's SQLSTATE."""


def is_about_database(error: Exception) -> bool:
    """Whether it is locked, full, unreachable (operational), no SQLite file (DatabaseError) or not ours.

    A text that is longer than an index takes is operational to PostgreSQL, and still the fault of that text.
    """
    kind = type(error.orig).__name__ if isinstance(error, DBAPIError) else None
    if kind in ("InsufficientPrivilege", "ReadOnlySqlTransaction", "ProgramLimitExceeded"):
        return kind != "ProgramLimitExceeded"
    return isinstance(error, OperationalError) or type(error) is DatabaseError


def find_mend(error: Exception) -> str | None:
    """Return what a user can do about it; None where we do not know."""
    said = said_by_driver(error)
    code = getattr(said, "sqlite_errorname", None) or getattr(said, "sqlstate", None) or type(said).__module__
    return next((mend for start, mend in _MENDS.items() if code.startswith(start)), None)


def said_by_driver(error: Exception) -> Exception:
    """Return what the driver itself said of a statement, without the statement and all that was in it."""
    return error.orig if isinstance(error, DBAPIError) and isinstance(error.orig, Exception) else error
