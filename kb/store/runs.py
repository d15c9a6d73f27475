"""The ledger of runs: what was asked for, how far it has come, how it ended, what it read where."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select, update

from kb import __version__
from kb.store.tables import fetch, run
from kb.store.texts import storable


@dataclass(frozen=True, slots=True)
class RunCounts:
    """How many articles a run found new, changed, unchanged, gone; bodies it annotated; inputs that failed."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    annotated: int = 0
    failed: int = 0
    gone: int = 0


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A line of the ledger; times are aware UTC, None where it has not come to that."""

    id: int
    command: str
    version: str
    state: str
    started_at: datetime
    finished_at: datetime | None
    heartbeat_at: datetime | None
    host: str | None
    pid: int | None
    n_new: int
    n_changed: int
    n_unchanged: int
    n_annotated: int
    n_failed: int
    n_gone: int
    error: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading one address: a URL, a file or a folder.

    `status` is that of HTTP, None for files and where no answer came; `n_bytes` and `sha256` are of the content.
    """

    address: str
    status: int | None = None
    final_url: str | None = None
    n_bytes: int | None = None
    sha256: str | None = None
    error: str | None = None


def begin_run(
    connection: Connection, command: str, *, pipeline_id: int | None = None, seeds: str | None = None
) -> int:
    """Note that a command starts writing and return the run's id.

    Whoever calls this holds the lock: runs that still look as if they ran were cut off, and are noted so.
    """
    now = datetime.now(UTC)
    cut_off = update(run).where(run.c.state == "running")
    connection.execute(cut_off.values(state="interrupted"))
    started = {
        "command": storable(command),
        "version": __version__,
        "state": "running",
        "started_at": now,
        "heartbeat_at": now,
        "host": storable(socket.gethostname()),
        "pid": os.getpid(),
        "pipeline_id": pipeline_id,
        "seeds": seeds,
    }
    run_id: int = connection.execute(insert(run).values(**started).returning(run.c.id)).scalar_one()
    return run_id


def last_seeds(connection: Connection) -> str | None:
    """Return the hash of the seeds that the last run which read any has brought the base in step with."""
    known = select(run.c.seeds).where(run.c.seeds.is_not(None)).order_by(run.c.id.desc())
    return connection.scalar(known.limit(1))


def beat(connection: Connection, run_id: int, counts: RunCounts) -> None:
    """Note how far a run has come."""
    values = {**_columns(counts), "heartbeat_at": datetime.now(UTC)}
    connection.execute(update(run).where(run.c.id == run_id).values(**values))


def end_run(
    connection: Connection,
    run_id: int,
    counts: RunCounts,
    *,
    state: str | None = None,
    error: str | None = None,
) -> None:
    """Note how a run ended: ``ok``, ``partial``, ``failed`` or ``interrupted``; the counts tell the first two."""
    now = datetime.now(UTC)
    ended = {
        **_columns(counts),
        "state": state or ("partial" if counts.failed else "ok"),
        "heartbeat_at": now,
        "finished_at": now,
        "error": error and storable(error),
    }
    connection.execute(update(run).where(run.c.id == run_id).values(**ended))


def save_fetch(
    connection: Connection, run_id: int, reading: Reading, *, feed_id: int | None, at: datetime | None = None
) -> int:
    """Note one reading of one address and return its row number."""
    row = {
        name: storable(value) if isinstance(value, str) else value for name, value in asdict(reading).items()
    }
    made = insert(fetch).values(run_id=run_id, feed_id=feed_id, fetched_at=at or datetime.now(UTC), **row)
    fetch_id: int = connection.execute(made.returning(fetch.c.id)).scalar_one()
    return fetch_id


def load_runs(connection: Connection, *, limit: int | None = None) -> list[StoredRun]:
    """Return runs, the newest first."""
    columns = [run.c[name] for name in StoredRun.__slots__]
    rows = connection.execute(select(*columns).order_by(run.c.id.desc()).limit(limit))
    return [StoredRun(*row) for row in rows]


def _columns(counts: RunCounts) -> Mapping[str, int]:
    return {f"n_{name}": n for name, n in asdict(counts).items()}
