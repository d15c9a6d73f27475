"""How far a run is, how fast it goes, and how long the rest takes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from time import monotonic

WINDOW_S = 60.0
"""Seconds that a rate is taken from: long enough for a batch, short enough to forget what went quickly."""


class Pace:
    """Counts inputs. What is known already goes by in no time, so the rate is that of the last minute."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._began_at = clock()
        self._samples = deque([(self._began_at, 0)])
        self._planned = 0
        self.n_done = 0

    def plan(self, n_inputs: int) -> None:
        """Count so many more as to be done."""
        self._planned += n_inputs

    def advance(self, n_inputs: int) -> None:
        """Count so many more as done."""
        self.n_done += n_inputs
        now = self._clock()
        while len(self._samples) > 1 and self._samples[1][0] <= now - WINDOW_S:
            self._samples.popleft()
        self._samples.append((now, self.n_done))

    @property
    def n_all(self) -> int | None:
        """How many there are to do, None where that is not known: where nothing was planned, or less than was done."""
        return self._planned if self._planned >= max(self.n_done, 1) else None

    @property
    def rate(self) -> float | None:
        """Inputs a second, None before any is done."""
        at, n_done = self._samples[0]
        took = self._clock() - at
        return (self.n_done - n_done) / took if took > 0 and self.n_done > n_done else None

    @property
    def left_s(self) -> float | None:
        """Seconds until all is done, None where that is not known."""
        return (self.n_all - self.n_done) / self.rate if self.n_all is not None and self.rate else None

    @property
    def took_s(self) -> float:
        """Seconds since it began."""
        return self._clock() - self._began_at


def lasting(seconds: float) -> str:
    """Return how long that is for people: ``40 s``, ``12 min``, ``3 h 5 min``, ``2 d 4 h``."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours = minutes // 60
    return f"{hours} h {minutes % 60} min" if hours < 24 else f"{hours // 24} d {hours % 24} h"
