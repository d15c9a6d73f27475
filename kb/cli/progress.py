"""What a long run says on stderr: a bar on a terminal, else a log; in the end one line for people."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from kb.cli.log import Log, message_of
from kb.cli.pace import Pace, lasting
from kb.cli.pages import counted
from kb.way.run import Report

if TYPE_CHECKING:
    from kb.way.run import Outcome


class Watch(Report, Protocol):
    """Who is told how a run gets on, and how it ended."""

    def ended(self, outcome: Outcome) -> None:
        """Hear what the run did."""

    def broke_off(self, error: BaseException) -> None:
        """Hear that it did not come to its end."""


@contextmanager
def open_report() -> Iterator[Watch]:
    """Give what is told of a run: a bar if stderr is a terminal, gone without a trace in the end, else a log."""
    with _open_bar() if sys.stderr.isatty() else _open_log() as watch:
        try:
            yield watch
        except BaseException as error:
            watch.broke_off(error)
            raise


@contextmanager
def _open_log() -> Iterator[Watch]:
    yield Log(sys.stderr)


@contextmanager
def _open_bar() -> Iterator[Watch]:
    console = Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)
    with Progress(BarColumn(), TextColumn("{task.description}"), console=console, transient=True) as progress:
        yield Bar(progress)


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """Give what hears how many there are done and of how many: a bar if stderr is a terminal, else nothing."""
    if not sys.stderr.isatty():
        yield lambda _n_done, _n_all: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda n_done, n_all: progress.update(task, completed=n_done, total=n_all)


class Bar:
    """Shows how many inputs are done with, how fast, and how long the rest takes."""

    def __init__(self, progress: Progress) -> None:
        self._progress, self._pace = progress, Pace()
        self._task = progress.add_task("", total=None)

    def began(self, run_id: int, command: str) -> None:  # noqa: ARG002
        """Show an empty bar."""
        self._show()

    def planned(self, n_inputs: int) -> None:
        """Let so many more be to do."""
        self._pace.plan(n_inputs)
        self._show()

    def advanced(self, n_inputs: int) -> None:
        """Let so many more be done."""
        self._pace.advance(n_inputs)
        self._show()

    def failed(self, stage: str, subject: str, error: Exception) -> None:
        """Say in one line what did not go through."""
        self._progress.console.print(message_of(stage, subject, error))

    def ended(self, outcome: Outcome) -> None:
        """Say nothing: the summary follows."""

    def broke_off(self, error: BaseException) -> None:
        """Say nothing: the error follows."""

    def _show(self) -> None:
        pace = self._pace
        of = "" if pace.n_all is None else f" of {pace.n_all}"
        rate = None if pace.rate is None else f"{pace.rate:.1f}/s"
        left = None if pace.left_s is None else f"{lasting(pace.left_s)} left"
        said = ", ".join(filter(None, (f"{pace.n_done}{of} done", rate, left)))
        self._progress.update(self._task, total=pace.n_all, completed=pace.n_done, description=said)


def summary(outcome: Outcome) -> str:
    """Return what a run did, in one line."""
    counts = outcome.articles
    n_articles = counts.new + counts.changed + counts.unchanged
    gone = f", {counts.gone} gone" if counts.gone else ""
    did = f"{counts.new} new, {counts.changed} changed, {counts.unchanged} unchanged, {counts.failed} failed{gone}"
    parts = [did, f"{counted(outcome.n_quotes, 'quote')}, {counted(outcome.n_mentions, 'mention')}"]
    if (n_again := counts.annotated - counts.new - counts.changed) > 0:
        parts.append(f"{counted(n_again, 'text')} annotated again")
    if outcome.n_waiting:
        parts.append(f"{counted(outcome.n_waiting, 'decision')} not applied: see kb curate log")
    if outcome.n_stale:
        are = "is" if outcome.n_stale == 1 else "are"
        parts.append(f"{counted(outcome.n_stale, 'text')} {are} annotated by another pipeline: kb reingest")
    return f"{counted(n_articles, 'article')}: {'; '.join(parts)}"
