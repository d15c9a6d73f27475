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
    undated = [counted(n, noun) for n, noun in zip(found.n_undated, ("quote", "mention"), strict=True) if n]
    if undated:
        show(page, (f"{' and '.join(undated)} more in articles without a date.", "dim"))


def _show_periods(page: Page, found: Timeline) -> None:
    parts, rows = few_parts(found.parts), list(lines_of(found))
    n_mentions = [None if row[2] is None else row[2] for row in rows]
    heads = ["quotes", *(() if n_mentions[0] is None else ("named",)), *(parts if len(parts) > 1 else ())]
    widths = [max(len(head), 6) for head in heads]
    label = max(len(name) for name, *_ in rows)
    title = "  ".join(f"{head:>{width}}" for head, width in zip(heads, widths, strict=True))
    show(page)
    show(page, (f"{'':{label}}  {title}", "dim"))
    room = page.width - label - sum(widths) - 2 * len(widths) - 4
    most = max(sum(numbers) for _, numbers, _ in rows)
    for name, numbers, named in rows:
        figures = [sum(numbers), *(() if named is None else (named,)), *(numbers if len(parts) > 1 else ())]
        cells = "  ".join(f"{n:>{width}}" for n, width in zip(figures, widths, strict=True))
        show(page, f"{name:{label}}  ", cells, "  ", *_bars(numbers, most, room))
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
    """Yield bars one behind the other: together `room` wide where they come to `most`."""
    if len(numbers) == 1:
        eighths = round(8 * room * numbers[0] / most) if most else 0
        yield "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip(), _STYLES[0]
        return
    done = total = 0
    for place, n in enumerate(numbers):
        total += n
        end = round(room * total / most) if most else 0
        yield _FILLS[place] * (end - done), _STYLES[place]
        done = end


def _legend(parts: Sequence[str]) -> Iterator[Part]:
    for place, part in enumerate(parts):
        yield _FILLS[place] * 2, _STYLES[place]
        yield f" {part}   "


def show_network(page: Page, found: Network) -> None:
    """Show who is named with an entity, a line each with a bar, then who of them with whom."""
    entity = found.entity
    near = counted(found.n_neighbours, "neighbour")
    show(page, (entity.name, f"bold {TYPE_STYLES[entity.type]}"), f" · {entity.type} · {near}")
    _show_ties(page, found.ties, with_first=False)
    if found.between:
        show(page)
        show(page, ("Among them:", "bold"))
        _show_ties(page, found.between, with_first=True)
    if found.n_neighbours > len(found.ties):
        show(page, (f"… and {found.n_neighbours - len(found.ties)} more: --limit shows more", "dim"))


def _show_ties(page: Page, ties: Sequence[TieRow], *, with_first: bool) -> None:
    names = [f"{tie.name} – {tie.other_name}" if with_first else tie.other_name for tie in ties]
    label = min(max(map(len, names), default=0), page.width // 2)
    most = max((tie.n_articles for tie in ties), default=1)
    show(page)
    for name, tie in zip(names, ties, strict=True):
        figures = f"{tie.n_articles:>8}  {tie.n_sentences:>9}  "
        show(page, f"{name:{label}}", figures, *_bars([tie.n_articles], most, 20), "  ", _talk(tie))


def _talk(tie: TieRow) -> str:
    """Return who talks about whom, if anybody."""
    said = ((tie.n_said, tie.name, tie.other_name), (tie.n_said_back, tie.other_name, tie.name))
    return "; ".join(f"{who} on {whom}: {n}" for n, who, whom in said if n)
