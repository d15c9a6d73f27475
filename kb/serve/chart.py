"""The columns of a small diagram: how much somebody was quoted, month by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

WIDTH, HEIGHT = 600, 80
"""Of the drawing, in units of its own: the page scales it."""

_N_MONTHS = 60  # the newest five years: thinner columns could not be hit


@dataclass(frozen=True, slots=True)
class Column:
    """One month (``2024-06``): `n` is what it counts, the rest where it stands in the drawing."""

    month: str
    n: int
    x: float
    width: float
    y: float
    height: float


def columns_of(counts: Mapping[str, int]) -> tuple[Column, ...]:
    """Return a column for each month from the first to the last that is counted, empty ones too."""
    if not counts:
        return ()
    months = _months(min(counts), max(counts))[-_N_MONTHS:]
    step, most = WIDTH / max(len(months), 12), max(counts.get(month, 0) for month in months)
    heights = {month: HEIGHT * counts.get(month, 0) / most for month in months}
    return tuple(
        Column(month, counts.get(month, 0), round(at * step, 1), round(step * 0.8, 1),
               round(HEIGHT - heights[month], 1), round(heights[month], 1))
        for at, month in enumerate(months)
    )  # fmt: skip


def _months(first: str, last: str) -> list[str]:
    numbers = [int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last)]
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(numbers[0], numbers[1] + 1)]
