"""One run at a time in one base: a lock that ends with the process that holds it, however it ends.

SQLite: a lock of the operating system on a file beside the base (flock). PostgreSQL: an advisory lock of the
session. Neither is left behind by a process that was killed, so nobody ever has to clear it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine, text

from kb.errors import AnotherRun, DatabaseProblem
from kb.store.database import reading, shown
from kb.store.runs import StoredRun, load_runs

_KEY = 0x6B625F72756E  # "kb_run"; advisory locks are of one database


@contextmanager
def holding_lock(engine: Engine) -> Iterator[None]:
    """Hold the base's lock. Raises AnotherRun, at once, if another process holds it."""
    lock = _on_file if engine.dialect.name == "sqlite" else _on_server
    with lock(engine):
        yield


@contextmanager
def _on_file(engine: Engine) -> Iterator[None]:
    path = engine.url.database
    if not path or path == ":memory:":
        yield
        return
    lock = FileLock(str(Path(path).resolve()) + ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise _another(engine) from None
    except OSError as error:
        what = f"cannot be written ({error.strerror or error})"
        raise DatabaseProblem(shown(engine), what, "give kb the right to write in its folder") from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _on_server(engine: Engine) -> Iterator[None]:
    with reading(engine.execution_options(isolation_level="AUTOCOMMIT")) as connection:
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _KEY}):
            raise _another(engine)
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _KEY})


def is_held(engine: Engine) -> bool:
    """Whether a run is at work in the base. Where nobody here may write the lock's file, nobody holds it."""
    if engine.dialect.name == "sqlite":
        try:
            with _on_file(engine):
                return False
        except AnotherRun:
            return True
        except DatabaseProblem:
            return False
    asked = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database = ("
    asked += "SELECT oid FROM pg_database WHERE datname = current_database()) AND objsubid = 1 "
    asked += "AND (classid::bigint << 32) + objid::bigint = :key"
    with reading(engine) as connection:
        return connection.execute(text(asked), {"key": _KEY}).first() is not None


def load_ledger(engine: Engine, *, limit: int | None = None) -> list[StoredRun]:
    """Return runs, the newest first; one that looks as if it ran while nobody holds the lock was cut off."""
    with reading(engine) as connection:
        runs = load_runs(connection, limit=limit)
    if all(run.state != "running" for run in runs) or is_held(engine):
        return runs
    return [replace(run, state="interrupted") if run.state == "running" else run for run in runs]


def _another(engine: Engine) -> AnotherRun:
    with reading(engine) as connection:
        runs = [run for run in load_runs(connection, limit=1) if run.state == "running"]
    who = (
        f" ({run.command}; process {run.pid} on {run.host}, since {run.started_at:%Y-%m-%d %H:%M} UTC)"
        for run in runs
    )
    return AnotherRun(
        shown(engine), f"another run is at work{next(who, '')}", "wait for it; kb runs shows how far it is"
    )
