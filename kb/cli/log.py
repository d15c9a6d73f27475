"""What a run says where nobody sits at a terminal: an event a line, for the log of a timer or a service.

A line is logfmt, in UTC: ``2026-11-22T10:15:00Z level=info event=progress run=12 done=640 rate=9.3/s``.
Events: begin, progress (every ten seconds at most), failed (an input was kept as a failure), stopped (the loss guard
stopped a feed), end. `of` and `left` stand where it is known how much there is to do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, TextIO

from kb.cli.marks import clean
from kb.cli.pace import Pace
from kb.errors import KbError

if TYPE_CHECKING:
    from kb.way.run import Outcome

EVERY_S = 10.0
"""Seconds between two lines of progress."""

_BARE = re.compile(r"[^\s\"=\\]+")  # a value that needs no quotes


class Log:
    """Writes the events of a run; its number stands in each line."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = monotonic) -> None:
        self._stream, self._clock = stream, clock
        self._pace = Pace(clock)
        self._told_at = clock()
        self._run: int | None = None

    def began(self, run_id: int, command: str) -> None:
        """Say which run this is."""
        self._run = run_id
        self._write("info", "begin", {"command": command})

    def planned(self, n_inputs: int) -> None:
        """Let so many more be to do."""
        self._pace.plan(n_inputs)

    def advanced(self, n_inputs: int) -> None:
        """Let so many more be done, and say so from time to time."""
        self._pace.advance(n_inputs)
        if self._clock() - self._told_at >= EVERY_S:
            self._told_at = self._clock()
            self._write("info", "progress", _progress(self._pace))

    def failed(self, stage: str, subject: str, error: Exception) -> None:
        """Say what did not go through."""
        level, event = ("error", "stopped") if stage == "guard" else ("warning", "failed")
        self._write(
            level, event, {"stage": stage, "subject": subject, "message": message_of(stage, subject, error)}
        )

    def ended(self, outcome: Outcome) -> None:
        """Say what the run did."""
        level, state = ("warning", "partial") if outcome.articles.failed else ("info", "ok")
        found = {"quotes": outcome.n_quotes, "mentions": outcome.n_mentions, "stale": outcome.n_stale}
        self._end(level, state, {**asdict(outcome.articles), **found})

    def broke_off(self, error: BaseException) -> None:
        """Say that the run did not come to its end; nothing if it never began."""
        if isinstance(error, KeyboardInterrupt | SystemExit):
            self._end("warning", "interrupted", {})
        else:
            self._end("error", "failed", {"error": f"{type(error).__name__}: {error}"})

    def _end(self, level: str, state: str, said: Mapping[str, object]) -> None:
        if self._run is not None:
            self._write(level, "end", {"state": state, "took": f"{self._pace.took_s:.1f}s", **said})

    def _write(self, level: str, event: str, said: Mapping[str, object]) -> None:
        line = logfmt({"level": level, "event": event, "run": self._run, **said})
        self._stream.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {line}\n")
        self._stream.flush()


def logfmt(fields: Mapping[str, object]) -> str:
    """Return ``name=value`` for each field that is not None, quoted where needed; always one line."""
    return " ".join(f"{name}={_value(value)}" for name, value in fields.items() if value is not None)


def message_of(stage: str, subject: str, error: Exception) -> str:
    """Return in one line what did not go through."""
    said = " ".join(str(error).split())
    if not isinstance(error, KbError):
        said = f"{subject}: {stage} failed ({type(error).__name__}: {said}); kept as a failure"
    return clean(said)


def _value(value: object) -> str:
    text = clean(" ".join(str(value).split()))
    return text if _BARE.fullmatch(text) else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _progress(pace: Pace) -> Mapping[str, object]:
    rate = None if pace.rate is None else f"{pace.rate:.1f}/s"
    left = None if pace.left_s is None else f"{pace.left_s:.0f}s"
    return {"done": pace.n_done, "of": pace.n_all, "rate": rate, "left": left}
