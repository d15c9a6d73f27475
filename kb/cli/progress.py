"""What a long run says on stderr: a line for each input that failed, and a counter on a terminal only."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from kb.errors import KbError
from kb.run import Outcome


class Counter:
    """Counts inputs while they are worked on; a context manager, gone without a trace when it ends."""

    def __init__(self) -> None:
        self._console = Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)
        columns = (SpinnerColumn(), TextColumn("{task.completed} read"), TimeElapsedColumn())
        shown = self._console.is_terminal
        self._progress = Progress(*columns, console=self._console, transient=True, disable=not shown)
        self._task = self._progress.add_task("ingest", total=None)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def planned(self, n_inputs: int) -> None:
        """Count inputs that are to come."""

    def failed(self, stage: str, subject: str, error: Exception) -> None:
        """Say in one line what did not go through."""
        self._console.print(str(error) if isinstance(error, KbError) else _line_of(stage, subject, error))

    def advanced(self, n_inputs: int) -> None:
        """Count inputs that are done with."""
        self._progress.advance(self._task, n_inputs)


def summary(outcome: Outcome) -> str:
    """Return what a run did, in one line."""
    counts = outcome.articles
    n_articles = counts.new + counts.changed + counts.unchanged
    states = (
        f"{counts.new} new, {counts.changed} changed, {counts.unchanged} unchanged, {counts.failed} failed"
    )
    found = f"{_counted(outcome.n_quotes, 'quote')}, {_counted(outcome.n_mentions, 'mention')}"
    waiting = (
        f"; {_counted(outcome.n_waiting, 'decision')} not applied: see kb curate log"
        if outcome.n_waiting
        else ""
    )
    return f"{_counted(n_articles, 'article')}: {states}; {found}{waiting}"


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _line_of(stage: str, subject: str, error: Exception) -> str:
    said = " ".join(str(error).split())
    return f"{subject}: {stage} failed ({type(error).__name__}: {said}); kept as a failure"
