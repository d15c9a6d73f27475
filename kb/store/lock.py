"""One run at a time in one base: a lock that ends with the process that holds it, however it ends.

SQLite: a lock of the operating system on a file beside the base (flock). PostgreSQL: an advisory lock of the
session. Neither is left behind by a process that was killed, so nobody ever has to clear it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine, text

from kb.errors import AnotherRun, DatabaseProblem
from kb.store.database import reading, shown
from kb.store.runs import load_runs

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
