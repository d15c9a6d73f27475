"""The pages of what is drawn: bars over time, ties to others; figures beside every bar, which needs no colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from kb.cli.marks import TYPE_STYLES, Page, Part, show
from kb.cli.pages import counted

if TYPE_CHECKING:
    from kb.query import Network, PeriodRow, TieRow, Timeline

_FILLS = "█▓▒░"
"""The bars of parts, the largest first; told apart without colour."""
_STYLES = ("cyan", "blue", "magenta", "dim")
_EIGHTHS = " ▏▎▍▌▋▊▉"
_HEAD = 12  # characters of a part's name above its column; below it stands in full
_BAR = 20  # columns of the longest bar of ties
MOST_BETWEEN = 20
"""Ties between neighbours on a page, the strongest."""
_REST = "others"
_UNKNOWN = "unknown"


def show_timeline(page: Page, found: Timeline) -> None:
    """Show a line for each period: how often quoted, how often named, a bar of the quotes."""
    entity = found.entity
    show(page, (entity.name, f"bold {TYPE_STYLES[entity.type]}"), f" · {entity.type} · by {found.step}")
    if not found.rows:
        show(page, "No dated article quotes or names them.")
    else:
        _show_periods(page, found)
    if any(found.n_undated):
        show(page, (f"{undated(found)} more in articles without a date.", "dim"))


def undated(found: Timeline) -> str:
    """Return how many quotes and mentions are in no period."""
    numbers = zip(found.n_undated, ("quote", "mention"), strict=True)
    return " and ".join(counted(n, noun) for n, noun in numbers if n)


def _show_periods(page: Page, found: Timeline) -> None:
    parts, rows = few_parts(found.parts), list(lines_of(found))
    heads = ["quotes", *(() if rows[0][2] is None else ("named",))]
    if len(parts) > 1:
        heads += [part if len(part) <= _HEAD else f"{part[: _HEAD - 1]}…" for part in parts]
    widths = [max(len(head), 6) for head in heads]
    label = max(len(name) for name, *_ in rows)
    title = "  ".join(f"{head:>{width}}" for head, width in zip(heads, widths, strict=True))
    show(page)
    show(page, (f"{'':{label}}  {title}", "dim"))
    room = max(page.width - label - sum(widths) - 2 * len(widths) - 4, _BAR)
    most = max(sum(numbers) for _, numbers, _ in rows)
    for name, numbers, named in rows:
        figures = [sum(numbers), *(() if named is None else (named,)), *(numbers if len(parts) > 1 else ())]
        cells = "  ".join(f"{n:>{width}}" for n, width in zip(figures, widths, strict=True))
        show(page, f"{name:{label}}  ", cells, *_bars(numbers, most, room))
    if len(parts) > 1:
        show(page)
        show(page, *_legend(parts))


def few_parts(parts: Sequence[str | None]) -> list[str]:
    """Return the names of the parts that get a bar of their own, and of the rest of them."""
    names = [part or _UNKNOWN for part in parts]
    return names if len(names) <= len(_FILLS) else [*names[: len(_FILLS) - 1], _REST]


def lines_of(found: Timeline) -> Iterator[tuple[str, list[int], int | None]]:
    """Yield each period with the quotes of its parts, those without a bar of their own in one, and its mentions."""
    n_own = len(few_parts(found.parts))
    for name, group in groupby(found.rows, key=lambda row: row.period):
        rows: list[PeriodRow] = list(group)
        numbers = [row.n_quotes for row in rows]
        own = numbers if len(numbers) == n_own else [*numbers[: n_own - 1], sum(numbers[n_own - 1 :])]
        named = [row.n_mentions for row in rows if row.n_mentions is not None]
        yield name, own, sum(named) if named else None


def _bars(numbers: Sequence[int], most: int, room: int) -> Iterator[Part]:
    """Yield bars one behind the other: together `room` wide where they come to `most`; nothing for nothing."""
    if not sum(numbers):
        return
    yield "  "
    if len(numbers) == 1:
        eighths = round(8 * room * numbers[0] / most)
        yield "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip(), _STYLES[0]
        return
    done = total = 0
    for place, n in enumerate(numbers):
        total += n
        end = round(room * total / most)
        yield _FILLS[place] * (end - done), _STYLES[place]
        done = end


def _legend(parts: Sequence[str]) -> Iterator[Part]:
    for place, part in enumerate(parts):
        yield ("   " if place else "") + _FILLS[place] * 2, _STYLES[place]
        yield f" {part}"


def show_network(page: Page, found: Network) -> None:
    """Show who is named with an entity, a line each with a bar, then who of them with whom."""
    entity = found.entity
    near = counted(found.n_neighbours, "neighbour")
    show(page, (entity.name, f"bold {TYPE_STYLES[entity.type]}"), f" · {entity.type} · {near}")
    _show_ties(page, found.ties, [tie.other_name for tie in found.ties])
    n_more = found.n_neighbours - len(found.ties)
    if n_more:
        show(page, (f"… and {n_more} more: --limit shows more", "dim"))
    if found.between:
        show(page)
        show(page, ("Among them:", "bold"))
        shown = found.between[:MOST_BETWEEN]
        _show_ties(page, shown, [f"{tie.name} – {tie.other_name}" for tie in shown])
        if len(found.between) > len(shown):
            more = (
                f"… and {len(found.between) - len(shown)} weaker ties: the formats of rows have all of them"
            )
            show(page, (more, "dim"))


def _show_ties(page: Page, ties: Sequence[TieRow], names: Sequence[str]) -> None:
    """Show a line a tie: in how many articles and sentences both are named, a bar, who talks about whom."""
    label = max(map(len, names), default=0)
    most = max((tie.n_articles for tie in ties), default=1)
    show(page)
    if ties:
        show(page, (f"{'':{label}}  articles  sentences", "dim"))
    for name, tie in zip(names, ties, strict=True):
        talk = _talk(tie)
        bar = list(_bars([tie.n_articles], most, _BAR))
        width = sum(len(part if isinstance(part, str) else part[0]) for part in bar)
        behind = " " * (_BAR + 4 - width) + talk if talk else ""
        show(page, f"{name:{label}}  {tie.n_articles:8}  {tie.n_sentences:9}", *bar, behind)


def _talk(tie: TieRow) -> str:
    """Return who talks about whom, if anybody."""
    said = ((tie.n_said, tie.name, tie.other_name), (tie.n_said_back, tie.other_name, tie.name))
    return "; ".join(f"{who} on {whom}: {n}" for n, who, whom in said if n)
