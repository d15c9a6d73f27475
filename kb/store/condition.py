"""How the database itself is: may it be written, is it whole, is there room. Nothing is changed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select, text

from kb.errors import DatabaseProblem
from kb.store.database import outside_transactions, reading
from kb.store.tables import touched

SHOWN = 3
"""Damages that are told of, of each kind."""


def is_writable(engine: Engine) -> bool:
    """Whether we may write into the base: file and folder with SQLite, the tables with PostgreSQL."""
    path = file_of(engine)
    if path is not None:
        return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    asked = "SELECT NOT pg_is_in_recovery() AND current_setting('default_transaction_read_only') = 'off' "
    asked += "AND has_table_privilege('article', 'INSERT')"
    with reading(engine) as connection:
        return bool(connection.scalar(text(asked)))


def find_damage(engine: Engine) -> list[str]:
    """Return what SQLite finds wrong in its file, the first of it; PostgreSQL looks after itself."""
    if engine.dialect.name != "sqlite":
        return []
    try:
        with outside_transactions(engine) as execute:
            found = [str(row[0]) for row in execute(f"PRAGMA integrity_check({SHOWN})")]
            orphans = execute("PRAGMA foreign_key_check")[:SHOWN]
    except DatabaseProblem as error:
        return [error.what]
    return [one for one in found if one != "ok"] + [
        f"row {number} of {table} points to nothing in {parent}" for table, number, parent, _ in orphans
    ]


def disk_of(engine: Engine) -> tuple[int, int] | None:
    """Return the free bytes of the disk that SQLite's file is on, and the bytes of the file; None for PostgreSQL."""
    path = file_of(engine)
    return None if path is None else (shutil.disk_usage(path.parent).free, path.stat().st_size)


def file_of(engine: Engine) -> Path | None:
    """Return SQLite's file, None for PostgreSQL and for what is in memory only."""
    name = engine.url.database
    is_file = engine.dialect.name == "sqlite" and name and name != ":memory:"
    return Path(str(name)).resolve() if is_file else None


def count_touched(connection: Connection) -> int:
    """Return how many marks there are of changes that are not linked yet."""
    return connection.execute(select(func.count()).select_from(touched)).scalar_one()
