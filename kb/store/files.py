"""An SQLite file, opened so that nothing can be written: neither to it nor, but for SQLite's own locks, beside it."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

_BUSY_S = 30.0


def connect_to_read(path: str, *, typed: bool = False) -> sqlite3.Connection:
    """Return a connection on which the engine itself refuses every change.

    `typed` gives the values of DATE, DATETIME, BOOLEAN and JSON columns as such, not as the text or number that is
    stored (``sqlite3.PARSE_DECLTYPES``). A file that keeps a write-ahead log needs two files beside it even to be
    read; where they cannot be made, it is read as a file that nobody writes to (https://sqlite.org/wal.html#readonly).
    """
    try:
        return _connect(path, "mode=ro", typed=typed)
    except sqlite3.OperationalError:
        if not _can_be_frozen(path):
            raise
        return _connect(path, "mode=ro&immutable=1", typed=typed)


def _connect(path: str, how: str, *, typed: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"file:{quote(os.path.abspath(path))}?{how}",
        uri=True,
        timeout=_BUSY_S,
        isolation_level=None,
        check_same_thread=False,
        detect_types=sqlite3.PARSE_DECLTYPES if typed else 0,
    )
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _can_be_frozen(path: str) -> bool:
    """Whether a file is all there is: nothing stands in a log, and we may not make one."""
    log = Path(f"{path}-wal")
    is_whole = not log.exists() or log.stat().st_size == 0
    return is_whole and not os.access(Path(path).resolve().parent, os.W_OK, effective_ids=True)
