"""Whether a base and its runs are as they should be: a finding for each thing that can be amiss, and how to mend it.

Nothing is written, no model is loaded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from kb.errors import DatabaseProblem, ModelMissing
from kb.pipeline import own_pipeline
from kb.query.plan import find_stale
from kb.store.condition import count_touched, disk_of, find_damage, is_writable
from kb.store.database import check_schema, open_database, reading, shown
from kb.store.failures import StoredFailure, load_failures
from kb.store.feeds import FeedRow, load_feed_rows
from kb.store.lock import is_held, load_ledger
from kb.store.runs import StoredRun
from kb.store.tables import SCHEMA
from kb.store.write import find_pipeline

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

LEAST_FREE = 100 * 2**20
"""Bytes on the disk below which a run must be expected to fail."""

LITTLE_FREE = 2**30
"""Bytes on the disk below which it is time to make room; or less than the base has: it may be written anew whole."""

RECENT = timedelta(days=7)
"""A command that was cut off is not told of for longer."""

LATE = 3
"""Intervals after which something that is read in intervals is late; and an hour at the least."""


class Level(StrEnum):
    """How bad it is: with ``fail`` kb does not do what it is there for."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found on one question; `mend` is None where all is well."""

    check: str
    level: Level
    what: str
    mend: str | None = None


def check_up(url: str) -> Iterator[Finding]:
    """Yield a finding for each question about the base at `url`; ends early where there is none to be asked."""
    yield _check_models()
    try:
        engine = open_database(url)
        yield _check_writing(engine)
        check_schema(engine)
    except DatabaseProblem as problem:
        yield Finding("database", Level.FAIL, f"{problem.subject}: {problem.what}", problem.mend)
        return
    yield Finding("schema", Level.OK, SCHEMA)
    yield from _check_files(engine)
    runs = load_ledger(engine, limit=1000)
    yield _check_lock(engine, runs)
    yield _check_runs(runs)
    with reading(engine) as connection:
        rows = load_feed_rows(connection)
        yield _check_pipeline(connection)
        yield _check_links(connection)
        yield from _check_failures(load_failures(connection))
    yield from _check_feeds(rows)
    yield from _check_sync(rows, runs)


def _check_models() -> Finding:
    try:
        own_pipeline()
    except ModelMissing as missing:
        return Finding("models", Level.FAIL, f"{missing.subject}: {missing.what}", missing.mend)
    return Finding("models", Level.OK, "there, and as they were made")


def _check_writing(engine: Engine) -> Finding:
    if is_writable(engine):
        return Finding("database", Level.OK, f"{shown(engine)} can be read and written")
    mend = "give its user the right to write, or ingest as another user"
    return Finding("database", Level.WARN, f"{shown(engine)} cannot be written by this user", mend)


def _check_files(engine: Engine) -> Iterator[Finding]:
    if damage := find_damage(engine):
        yield Finding("integrity", Level.FAIL, "; ".join(damage), "take the newest backup that is whole")
    elif disk_of(engine):
        yield Finding("integrity", Level.OK, "no damage found")
    if disk := disk_of(engine):
        free, size = disk
        level = Level.FAIL if free < LEAST_FREE else Level.WARN if free < max(LITTLE_FREE, size) else Level.OK
        what = f"{free / 2**30:.1f} GB free, the base has {size / 2**30:.2f} GB"
        yield Finding("disk", level, what, None if level is Level.OK else "make room")


def _check_lock(engine: Engine, runs: Sequence[StoredRun]) -> Finding:
    if not is_held(engine):
        return Finding("lock", Level.OK, "no run is at work")
    who = next((_who(run) for run in runs if run.state == "running"), "somebody who is not in the ledger yet")
    return Finding("lock", Level.OK, f"held by {who}")


def _who(run: StoredRun) -> str:
    since = f"since {run.started_at:%Y-%m-%d %H:%M}Z"
    return f"run {run.id} ({run.command}; process {run.pid} on {run.host}, {since})"


def _check_runs(runs: Sequence[StoredRun]) -> Finding:
    """Look for commands whose newest run did not come to its end: what they had not done is still to be done."""
    newest = {run.command: run for run in reversed(runs)}
    recent = [run for run in newest.values() if run.started_at > datetime.now(UTC) - RECENT]
    broken = [run for run in recent if run.state in ("failed", "interrupted")]
    if not broken:
        return Finding("runs", Level.OK, "none of the last days was cut off")
    last = max(broken, key=lambda run: run.id)
    how = f"failed: {last.error}" if last.error else "was cut off"
    more = f"; {len(broken) - 1} other commands too" if len(broken) > 1 else ""
    mend = f"the same command goes on where it stopped: {last.command}"
    return Finding("runs", Level.WARN, f"run {last.id} {how}{more}", mend)


def _check_pipeline(connection: Connection) -> Finding:
    try:
        stale = find_stale(connection, find_pipeline(connection, own_pipeline()))
    except ModelMissing:
        return Finding("pipeline", Level.WARN, "cannot be told without the models", "see models")
    if not stale.n_texts:
        return Finding("pipeline", Level.OK, "all texts are annotated by this program's pipeline")
    what = f"{stale.n_texts} texts are annotated by another pipeline"
    return Finding("pipeline", Level.WARN, what, "kb reingest --plan, then kb reingest")


def _check_links(connection: Connection) -> Finding:
    if n_touched := count_touched(connection):
        what = f"{n_touched} changes are not linked yet"
        return Finding("links", Level.WARN, what, "the next run does it: kb sync")
    return Finding("links", Level.OK, "made of all that was annotated")


def _check_failures(failures: Sequence[StoredFailure]) -> Iterator[Finding]:
    stopped = [one.subject for one in failures if one.stage == "guard"]
    if stopped:
        what = f"stopped {', '.join(stopped)}"
        yield Finding("loss guard", Level.WARN, what, "see kb failures; kb sync --accept-loss goes on")
    stages = Counter(one.stage for one in failures if one.stage != "guard")
    if stages:
        what = ", ".join(f"{n} at {stage}" for stage, n in sorted(stages.items()))
        yield Finding("failures", Level.WARN, f"{stages.total()} open: {what}", "kb failures list")
    else:
        yield Finding("failures", Level.OK, "none open")


def _check_feeds(rows: Sequence[FeedRow]) -> Iterator[Finding]:
    active = [row for row in rows if row.state != "paused"]
    for row in active:
        if row.failing_since:
            since = f"{row.failing_since:%Y-%m-%d %H:%M}Z"
            times = "once" if row.n_failed == 1 else f"{row.n_failed} times"
            what = f"{row.address} could not be read, {times} since {since}"
            yield Finding("feed", Level.WARN, what, "kb failures tells why; kb feed pause or remove ends it")
        elif row.last_read_at is None:
            yield Finding("feed", Level.WARN, f"{row.address} was never read", "kb sync")
        elif row.due_at and row.every_minutes and datetime.now(UTC) - row.due_at > _late(row.every_minutes):
            what = f"{row.address} is due since {row.due_at:%Y-%m-%d %H:%M}Z"
            yield Finding("feed", Level.WARN, what, "let kb sync run more often: kb schedule print")
    n_paused = f", {len(rows) - len(active)} paused" if len(active) < len(rows) else ""
    yield Finding("feeds", Level.OK, f"{len(active)} on the schedule{n_paused}")


def _check_sync(rows: Sequence[FeedRow], runs: Sequence[StoredRun]) -> Iterator[Finding]:
    every = min((row.every_minutes or 0 for row in rows if row.state != "paused"), default=0)
    if not every:
        return
    last = next((run for run in runs if run.command.split()[:2] == ["kb", "sync"]), None)
    if last is None:
        yield Finding("sync", Level.WARN, "has never run", "kb schedule print sets a timer up")
    elif datetime.now(UTC) - last.started_at > _late(every):
        what = f"has not run since {last.started_at:%Y-%m-%d %H:%M}Z"
        yield Finding("sync", Level.WARN, what, "see whether its timer runs: kb schedule print")
    else:
        yield Finding("sync", Level.OK, f"last run {last.started_at:%Y-%m-%d %H:%M}Z")


def _late(every_minutes: int) -> timedelta:
    return max(LATE * timedelta(minutes=every_minutes), timedelta(hours=1))
