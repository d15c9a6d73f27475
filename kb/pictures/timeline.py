"""Bars over time, parted where there are parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, BinaryIO

from kb.pictures.frame import BLUE, GREEN, GREY, INK, ORANGE, PALE, Caption, drawing, write_key

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_FILLS = (BLUE, ORANGE, GREEN, "#999999")
MOST_PARTS = len(_FILLS)
_MOST_LABELS = 9
_FEWEST = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """One period: its first day, its name, a number for each part; `behind` is drawn as a pale bar behind them."""

    since: date
    name: str
    numbers: tuple[int, ...]
    behind: int | None = None


def draw_timeline(
    stream: BinaryIO, bars: Sequence[Bar], parts: Sequence[str], caption: Caption, *, behind: str
) -> None:
    """Draw bars from left to right; `parts` name their numbers, `behind` what is drawn behind. At most MOST_PARTS."""
    with drawing(stream, caption, size=(10, 5)) as (_, axes):
        _draw_bars(axes, bars)
        words = [
            *zip(parts, _FILLS, strict=False),
            *([(behind, "#8c8c8c")] if any(bar.behind for bar in bars) else []),
        ]
        write_key(axes, [(f"■ {word}", colour) for word, colour in words], height=1.04)
        _name_highest(axes, bars)
        _mark_time(axes, [bar.since for bar in bars], [bar.name for bar in bars])
        _mark_numbers(axes)


def _draw_bars(axes: Axes, bars: Sequence[Bar]) -> None:
    """Draw what is behind wide and pale, the parts narrow before it, so that nobody takes them for one pile."""
    places, behind = range(len(bars)), [bar.behind or 0 for bar in bars]
    axes.bar(places, behind, width=0.86, color=PALE)
    below = [0] * len(bars)
    for part, fill in zip(range(len(bars[0].numbers)), _FILLS, strict=False):
        numbers = [bar.numbers[part] for bar in bars]
        axes.bar(places, numbers, bottom=below, width=0.5 if any(behind) else 0.8, color=fill)
        below = [low + n for low, n in zip(below, numbers, strict=True)]
    free = max(0.0, (_FEWEST - len(bars)) / 2)  # few bars stand in the middle, no wider than others
    axes.set_xlim(-0.6 - free, len(bars) - 0.4 + free)


def _name_highest(axes: Axes, bars: Sequence[Bar]) -> None:
    totals = [sum(bar.numbers) for bar in bars]
    highest = max(range(len(bars)), key=totals.__getitem__)
    if totals[highest] and len(bars) > 1:
        side = "center"
        if len(bars) > 12 and not 0.1 < highest / len(bars) < 0.9:
            side = "left" if highest < len(bars) / 2 else "right"
        where = (highest, max(totals[highest], bars[highest].behind or 0))
        axes.annotate(
            f"{_spelt(bars[highest])}: {totals[highest]:,} quotes",
            where,
            xytext=(0, 3),
            textcoords="offset points",
            ha=side,
            fontsize=9,
            color=INK,
        )


def _spelt(bar: Bar) -> str:
    """Return a period's name in words: ``June 2024`` has seven characters in ISO 8601, ``1 June 2024`` ten."""
    month = f"{bar.since:%B %Y}" if len(bar.name) in (7, 10) else bar.name
    return f"{bar.since.day} {month}" if len(bar.name) == 10 else month


def _mark_time(axes: Axes, days: Sequence[date], names: Sequence[str]) -> None:
    """Label the first period of a year or month where there are many, else periods at even distances."""
    firsts = [n for n, day in enumerate(days) if day.month == 1 and (not n or days[n - 1].year < day.year)]
    if len(names[0]) == 7 and len(days) > 18 and 3 <= len(firsts) <= _MOST_LABELS:  # months of several years
        axes.set_xticks(firsts, [str(days[n].year) for n in firsts])
    else:
        step = -(-len(days) // _MOST_LABELS)
        shown = range(0, len(days), step)
        axes.set_xticks(list(shown), [_label(days, names, n, step) for n in shown])
    axes.tick_params(axis="x", length=4, width=0.6)


def _label(days: Sequence[date], names: Sequence[str], n: int, step: int) -> str:
    """Return a period's label: a month or day by its name, with the year where it is the first shown of one."""
    day, name = days[n], names[n]
    if len(name) not in (7, 10):  # a year or a week
        return name
    word = f"{day:%b}" if len(name) == 7 else f"{day.day} {day:%b}"
    return f"{word}\n{day.year}" if n == 0 or days[n - step].year != day.year else word


def _mark_numbers(axes: Axes) -> None:
    from matplotlib.ticker import MaxNLocator, StrMethodFormatter  # noqa: PLC0415

    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    axes.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    axes.grid(axis="y", color="#e6e6e6", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
    axes.margins(y=0.12)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(GREY)
