"""Save what a run has made, and link it in the same transaction: readers see an article as it was or as it is.

A transaction holds a batch, or several where linking takes long (in a large base): linking takes at most a fifth of a
run's time. One that breaks, in saving or in linking, is tried again in halves, down to the one thing that breaks it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

from kb.linking import relink
from kb.store.database import writing
from kb.store.problems import is_about_database, said_by_driver
from kb.way.run import Run

if TYPE_CHECKING:
    from sqlalchemy import Connection

LINKING_SHARE = 0.2
"""Most of a run's time that may go into linking."""


@dataclass(frozen=True, slots=True)
class Work:
    """A thing to save: `save` does it and returns what to count, `fail` keeps it as a failure of a stage."""

    save: Callable[[Connection], Counter[str]]
    fail: Callable[[str, Exception], None]


class Unsaved(Exception):
    """One of several things broke `stage` (``store`` or ``link``); its cause says how."""

    def __init__(self, stage: str) -> None:
        self.stage = stage
        super().__init__(stage)


@dataclass(slots=True)
class Saver:
    """Saves works, in their order."""

    run: Run
    _pending: list[Work] = field(default_factory=list)
    _linking_s: float = 0.0
    _linked_at: float = field(default_factory=monotonic)

    def add(self, works: Sequence[Work]) -> None:
        """Save these, now or together with those that come next."""
        self._pending += works
        if monotonic() - self._linked_at >= self._linking_s * (1 / LINKING_SHARE - 1):
            self.flush()

    def flush(self) -> None:
        """Save all that was added."""
        works, self._pending = self._pending, []
        if works:
            self._commit(works)

    def _commit(self, works: Sequence[Work]) -> None:
        try:
            self._write(works)
        except Unsaved as unsaved:
            if unsaved.stage == "link":
                self._link_nothing()
            if len(works) == 1:
                works[0].fail(unsaved.stage, _cause_of(unsaved))
                self.run.report.advanced(1)
                return
            half = len(works) // 2
            self._commit(works[:half])
            self._commit(works[half:])
        else:
            self.run.report.advanced(len(works))

    def _link_nothing(self) -> None:
        """Break if linking breaks without anything new: then no article is to blame."""
        with writing(self.run.engine) as connection:
            relink(connection)

    def _write(self, works: Sequence[Work]) -> None:
        with writing(self.run.engine) as connection:
            counts = _save_all(connection, works)
            began = monotonic()
            with _breaking("link"):
                relink(connection)
            self._linked_at = monotonic()
            self._linking_s = self._linked_at - began
            self.run.counts.update(counts)
            self.run.beat(connection)


def _save_all(connection: Connection, works: Sequence[Work]) -> Counter[str]:
    counts = Counter[str]()
    for work in works:
        with _breaking("store"):
            counts.update(work.save(connection))
    return counts


@contextmanager
def _breaking(stage: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # a broad catch: an article must not end the run
        if is_about_database(error):
            raise  # full, locked, gone: it is not the article that is wrong
        raise Unsaved(stage) from error


def _cause_of(unsaved: Unsaved) -> Exception:
    return said_by_driver(unsaved.__cause__) if isinstance(unsaved.__cause__, Exception) else unsaved
