"""Write a backup: one SQLite file that is a whole base as it was at one moment, while others write.

Of SQLite by its online backup (https://www.sqlite.org/backup.html), of PostgreSQL by `kb.store.copy`, so that a backup
is a base like any other: it can be asked, and `kb db copy` brings it back to either engine.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from kb.errors import DatabaseProblem
from kb.store.condition import file_of, find_damage
from kb.store.copy import Told, copy_base, make_empty
from kb.store.database import open_database, reading, shown


def back_up(
    engine: Engine,
    path: Path,
    *,
    force: bool = False,
    pages: int = 1000,
    told: Told = lambda _n_done, _n_all: None,
) -> None:
    """Write the base into the file `path`, which appears when it is whole and verified.

    `told` hears how far it is, with SQLite after so many `pages` each.
    Raises DatabaseProblem if the file is there already (with `force`: if it is the base itself) or what was
    written is not sound.
    """
    _check_place(engine, path, force=force)
    with _made_whole(path) as unfinished:
        if engine.dialect.name == "sqlite":
            _copy_pages(engine, unfinished, pages, told)
        else:
            _copy_rows(engine, unfinished, told)
        _verify(unfinished)
        _check_place(engine, path, force=force)


def _check_place(engine: Engine, path: Path, *, force: bool) -> None:
    if not path.parent.is_dir():
        raise DatabaseProblem(str(path), "its folder is not there", "make the folder")
    own = file_of(engine)
    if path.exists() and own is not None and path.samefile(own):
        raise DatabaseProblem(str(path), "is the database itself", "name another file")
    if path.exists() and not (force and path.is_file()):
        raise DatabaseProblem(str(path), "is there already", "name another file, or say --force")


@contextmanager
def _made_whole(path: Path) -> Iterator[Path]:
    """Give a file to write that takes the name `path` at the end, or goes."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield unfinished
        _write_through(unfinished)
        unfinished.replace(path)
    except OSError as error:
        raise DatabaseProblem(str(path), f"cannot be written ({error.strerror or error})") from error
    finally:
        for name in ("", "-wal", "-shm", "-journal", ".lock"):
            unfinished.with_name(unfinished.name + name).unlink(missing_ok=True)


def _copy_pages(engine: Engine, path: Path, pages: int, told: Told) -> None:
    with reading(engine) as connection, closing(sqlite3.connect(path)) as target:
        connection.execute(
            text("SELECT count(*) FROM alembic_version")
        ).one()  # from here on it sees one state
        _driver(connection).backup(
            target, pages=pages, progress=lambda _status, left, n_all: told(n_all - left, n_all)
        )
        target.execute("PRAGMA journal_mode = WAL")


def _copy_rows(engine: Engine, path: Path, told: Told) -> None:
    copy = open_database(str(path), create=True)
    make_empty(copy)
    copy_base(engine, copy, told=told)
    copy.dispose()


def _verify(path: Path) -> None:
    copy = open_database(str(path))
    damage = find_damage(copy)
    copy.dispose()
    if damage:
        raise DatabaseProblem(shown(copy), f"what was written is damaged ({damage[0]})", "look at the disk")


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _write_through(path: Path) -> None:
    """Wait until the disk has the file: what follows is a rename."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
