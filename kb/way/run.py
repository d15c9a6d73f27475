"""A run: one call of a command that writes. It holds the base's lock and keeps a line in the ledger of what it does.

While it is under way the line says how far it has come (the heartbeat); in the end how it went. What fails on the
way is kept with its payload, so that it can be tried again when its source is long gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from kb.curation import count_waiting
from kb.errors import DatabaseProblem, LossGuard
from kb.ingest import Raw
from kb.linking import relink
from kb.model import Pipeline
from kb.store import feeds, runs, write
from kb.store.database import reading, writing
from kb.store.failures import Payload
from kb.store.lock import holding_lock
from kb.store.seed import find_seed_file, hash_seeds, read_seeds, save_seeds

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


class Report(Protocol):
    """Who is told how a run gets on."""

    def began(self, run_id: int, command: str) -> None:
        """Hear that the run holds the lock and has its line in the ledger."""

    def planned(self, n_inputs: int) -> None:
        """Hear how many inputs there will be, where that is known, or that there will be so many more."""

    def advanced(self, n_inputs: int) -> None:
        """Hear that so many more inputs are done with."""

    def failed(self, stage: str, subject: str, error: Exception) -> None:
        """Hear of an input that did not go through."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did: how many articles came to what, and what was found in the bodies it annotated.

    `n_waiting` is how many decisions of people do not fit the base as it is now, `n_stale` how many texts another
    pipeline has annotated.
    """

    articles: runs.RunCounts
    n_quotes: int
    n_mentions: int
    n_waiting: int = 0
    n_stale: int = 0

    @property
    def is_stale(self) -> bool:
        """Whether `kb reingest` has something to do."""
        return self.n_stale > 0


@dataclass(frozen=True, slots=True)
class Run:
    """A run under way: where it writes, whom it tells, what it has counted, which subjects went through.

    `stopped` are the row numbers of feeds of which the loss guard takes no more.
    """

    engine: Engine
    id: int
    pipeline_id: int
    report: Report
    counts: Counter[str] = field(default_factory=Counter)
    subjects: set[str] = field(default_factory=set)
    stopped: set[int | None] = field(default_factory=set)

    def beat(self, connection: Connection) -> None:
        """Write down how far the run has come."""
        runs.beat(connection, self.id, self.so_far())

    def so_far(self) -> runs.RunCounts:
        """Return what has been counted."""
        return runs.RunCounts(**{name: self.counts[name] for name in asdict(runs.RunCounts())})

    def fail(
        self,
        stage: str,
        subject: str,
        error: Exception,
        *,
        raw: Raw | None = None,
        feed_id: int | None = None,
    ) -> None:
        """Keep a failure, tell of it and go on; one that a person ignores is only kept."""
        with writing(self.engine) as connection:
            counts = write.save_failure(
                connection,
                self.id,
                stage=stage,
                subject=subject,
                error=error,
                payload=None if raw is None else make_payload(raw),
                feed_id=feed_id,
            )
        if counts:
            self.counts["failed"] += 1
            self.report.failed(stage, subject, error)

    def stop_feed(self, feed_id: int | None, *, lost: int, had: int) -> None:
        """Keep that the loss guard stopped a feed."""
        self.stopped.add(feed_id)
        address = self._address_of(feed_id)
        what = f"would lose {lost} of its {had} quotes and was stopped"
        error = LossGuard(address, what, "--accept-loss takes it all the same")
        self.fail("guard", address, error, feed_id=feed_id)

    def went_through(self, feed_ids: Iterable[int | None]) -> None:
        """Note that these feeds are done with, unless they were stopped."""
        self.subjects.update(self._address_of(feed_id) for feed_id in feed_ids if feed_id not in self.stopped)

    def _address_of(self, feed_id: int | None) -> str:
        if feed_id is None:
            return "articles without a feed"
        with reading(self.engine) as connection:
            return feeds.load_feed(connection, feed_id).address


def make_payload(raw: Raw) -> Payload:
    """Return what is kept of bytes that failed."""
    names = ("form", "subject", "origin", "place", "url", "encoding")
    return Payload(raw.content, {name: getattr(raw, name) for name in names})


@contextmanager
def running(engine: Engine, command: str, pipeline: Pipeline, report: Report) -> Iterator[Run]:
    """Give a run that holds the lock, and note in the ledger how it ends, errors included.

    Raises AnotherRun if another process is at work in the base.
    """
    with holding_lock(engine):
        run = _begin(engine, command, pipeline, report)
        report.began(run.id, command)
        try:
            yield run
        except BaseException as error:
            with suppress(DatabaseProblem):  # the base may be what is broken
                _break_off(run, error)
            raise


def _begin(engine: Engine, command: str, pipeline: Pipeline, report: Report) -> Run:
    with writing(engine) as connection:
        path = find_seed_file()
        seeds = hash_seeds(path) if path else None
        if path and seeds != runs.last_seeds(connection):
            save_seeds(connection, read_seeds(path))
        pipeline_id = write.save_pipeline(connection, pipeline)
        run_id = runs.begin_run(connection, command, pipeline_id=pipeline_id, seeds=seeds)
    return Run(engine, run_id, pipeline_id, report)


def _break_off(run: Run, error: BaseException) -> None:
    is_asked = isinstance(error, KeyboardInterrupt | SystemExit)
    state, said = ("interrupted", None) if is_asked else ("failed", f"{type(error).__name__}: {error}")
    with writing(run.engine) as connection:
        runs.end_run(connection, run.id, run.so_far(), state=state, error=said)


def finish(run: Run) -> Outcome:
    """Link what the run changed, resolve what went through at last, and close its line in the ledger."""
    with writing(run.engine) as connection:
        relink(connection)
        n_waiting = count_waiting(connection)
        write.resolve_failures(connection, *run.subjects, before_run=run.id, but_feeds=run.stopped)
        n_stale = write.count_other_annotations(connection, run.pipeline_id)
        runs.end_run(connection, run.id, run.so_far())
    return Outcome(run.so_far(), run.counts["quotes"], run.counts["mentions"], n_waiting, n_stale)


def now() -> datetime:
    """Return this moment, aware."""
    return datetime.now(UTC)
