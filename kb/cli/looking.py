"""The commands that look at somebody over time and among others: in the terminal, as rows, as a picture."""

from __future__ import annotations

from pathlib import PurePath
from typing import Annotated

import typer

from kb import query
from kb.cli import drawn
from kb.cli.app import DatabaseUrl, app, asking
from kb.cli.options import Outlet, Since, Until, day_of
from kb.cli.output import Format, FormatOption, open_page, write_rows
from kb.kinds import EntityType, QuoteKind
from kb.query import PeriodRow, QuoteFilter, Split, Step, TieRow

_Name = Annotated[str, typer.Argument(help="A name in full, an alias or a uid.")]
_Picture = Annotated[
    typer.FileBinaryWrite | None,
    typer.Option("--svg", atomic=True, metavar="FILE", help="Write a picture instead; needs matplotlib."),
]


@app.command("timeline")
def timeline(  # noqa: PLR0913  (one parameter an option)
    name: _Name,
    db: DatabaseUrl,
    *,
    by: Annotated[
        Step | None, typer.Option(help="The length of a period; else what the days call for.")
    ] = None,
    split: Annotated[Split | None, typer.Option(help="Part the quotes of each period.")] = None,
    kind: Annotated[QuoteKind | None, typer.Option(help="Only words reported so.")] = None,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    svg: _Picture = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Show how often somebody is quoted and named over time, by the days on which articles were published.

    Periods in which nobody quotes them are shown too. Where quotes are parted by kind, mentions are not counted.

    Example: kb timeline "Ushakov" --by day --split kind
    """
    where = QuoteFilter(kind, day_of(since), day_of(until), outlet)
    with asking(db) as connection:
        uid = query.entity_meant(connection, name).uid
        found = query.timeline(connection, uid, where, step=by, split=split)
        days = query.days_covered(connection) if svg else None
    if svg:
        from kb.cli.pictured import picture_timeline  # noqa: PLC0415

        picture_timeline(svg, found, _name_of(db), days)
    elif format == Format.TABLE:
        drawn.show_timeline(open_page(), found)
    else:
        write_rows(found.rows, format, row_type=PeriodRow)


@app.command("network")
def network(
    name: _Name,
    db: DatabaseUrl,
    *,
    type: Annotated[EntityType | None, typer.Option(help="Only people, organisations or places.")] = None,
    least: Annotated[
        int, typer.Option("--min", min=1, help="Named together in at least so many articles.")
    ] = 1,
    limit: Annotated[int, typer.Option(min=1, help="At most so many around them, the closest.")] = 20,
    svg: _Picture = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Show who is named together with somebody, who of them with whom, and who talks about whom.

    Example: kb network "Ushakov" --type PER --limit 15
    """
    with asking(db) as connection:
        uid = query.entity_meant(connection, name).uid
        found = query.network(connection, uid, type=type, least=least, limit=limit)
        days = query.days_covered(connection) if svg else None
    if svg:
        from kb.cli.pictured import picture_network  # noqa: PLC0415

        picture_network(svg, found, _name_of(db), days)
    elif format == Format.TABLE:
        drawn.show_network(open_page(), found)
    else:
        write_rows([*found.ties, *found.between], format, row_type=TieRow)


def _name_of(database: str) -> str:
    """Return a base's name as a picture may tell it: no folder, server or password."""
    return PurePath(database.partition("?")[0]).name
