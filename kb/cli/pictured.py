"""What the pictures are told: which numbers, under which words."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from kb import __version__
from kb.cli.drawn import few_parts, lines_of, undated
from kb.errors import NotFound
from kb.pictures.frame import Caption
from kb.pictures.network import Node, draw_network
from kb.pictures.timeline import Bar, draw_timeline

if TYPE_CHECKING:
    from datetime import date

    from kb.query import Network, Timeline

MOST_TIES = 30
"""Ties between neighbours that a picture has, the strongest: more of them hide each other."""


def picture_timeline(stream: BinaryIO, found: Timeline, base: str, days: tuple[date, date] | None) -> None:
    """Write the picture of a timeline; `base` and the `days` of its articles are named as the source.

    NotFound if there is nothing to draw.
    """
    if not found.rows:
        raise NotFound(
            found.entity.name, "no dated article quotes or names them, so there is nothing to draw"
        )
    since = {row.period: row.since for row in found.rows}
    parts = few_parts(found.parts) if len(found.parts) > 1 else ["quotes"]
    named = len(found.parts) == 1 and found.rows[0].n_mentions is not None
    what = "Quotes, and how often articles name them" if named else "Quotes"
    shown = f"{what}, by {found.step}, on the days on which the articles were published."
    if any(found.n_undated):
        shown += f" Articles without a day are left out: {undated(found)}."
    bars = [
        Bar(since[name], name, tuple(numbers), n if named else None) for name, numbers, n in lines_of(found)
    ]
    caption = Caption(f"How often {found.entity.name} is quoted", shown, _source(base, days))
    draw_timeline(stream, bars, parts, caption, behind="named")


def picture_network(stream: BinaryIO, found: Network, base: str, days: tuple[date, date] | None) -> None:
    """Write the picture of a network, likewise."""
    around = [Node(tie.other_name, tie.other_type, tie.n_articles) for tie in found.ties]
    places = {tie.other_uid: place for place, tie in enumerate(found.ties)}
    ties = {(places[tie.uid], places[tie.other_uid]): tie.n_articles for tie in found.between[:MOST_TIES]}
    left_out = len(found.between) - len(ties)
    some = f", the {MOST_TIES} strongest of {len(found.between)}" if left_out > 0 else ""
    shown = (
        f"The number beside a name says how many articles name it with {found.entity.name}; the more, the thicker "
        f"the line. Grey: ties among the others{some}."
    )
    caption = Caption(f"With whom {found.entity.name} is named", shown, _source(base, days))
    centre = Node(found.entity.name, found.entity.type, found.entity.n_articles)
    draw_network(stream, centre, around, ties, caption)


def _source(base: str, days: tuple[date, date] | None) -> str:
    of = f", articles of {days[0].isoformat()} to {days[1].isoformat()}" if days else ""
    return f"Source: {base}{of}. Drawn by kb {__version__}."
