"""A statement that is put to an engine, and the clock that says how long the engine has worked on it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine

from kb.errors import OutOfTime


class Clock:
    """Counts the seconds spent inside `running`: a reader who takes a row an hour uses up no time.

    `limit_s` of None or 0 is no limit.
    """

    def __init__(self, limit_s: float | None) -> None:
        self.limit_s = limit_s or None
        self._left_s = limit_s or 0.0
        self._ends_at = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count while the engine works."""
        started_at = time.monotonic()
        self._ends_at = started_at + self._left_s
        try:
            yield
        finally:
            self._left_s = max(self._left_s - (time.monotonic() - started_at), 0.001)

    def is_over(self) -> bool:
        """Whether the time is up, asked while it runs."""
        return self.limit_s is not None and time.monotonic() > self._ends_at

    @property
    def left_ms(self) -> int:
        """What is left, in milliseconds, at least one; 0 without a limit."""
        return max(int(self._left_s * 1000), 1) if self.limit_s else 0

    def out_of_time(self) -> OutOfTime:
        """Return the error to raise when the time is up."""
        mend = "ask for less (a day, a name, a LIMIT), or give it longer with --timeout (0: no limit)"
        return OutOfTime("SQL", f"stopped after {self.limit_s:g} seconds", mend)


@dataclass(frozen=True, slots=True)
class Asked:
    """A statement with the values of its ``:name``, to whom it is put, and the clock that runs meanwhile."""

    engine: Engine
    statement: str
    parameters: dict[str, object]
    clock: Clock

    def place(self, at: int | None) -> str:
        """Return what to call the code point `at` of the statement in a message; None: not known where."""
        if at is None:
            return "SQL"
        before = self.statement[:at]
        return f"SQL, line {before.count(chr(10)) + 1}, column {len(before) - before.rfind(chr(10))}"
