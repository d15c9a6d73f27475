"""The commands that answer questions; each asks `kb.query` once and shows what it gets."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Annotated, Any

import typer

from kb import query
from kb.cli import pages
from kb.cli.app import DatabaseUrl, app, asking
from kb.cli.filters import Outlet, Since, Until, day_of
from kb.cli.output import (
    Format,
    FormatOption,
    PageFormat,
    PageFormatOption,
    open_page,
    write_rows,
)
from kb.model import EntityType, QuoteKind
from kb.query import (
    ArticleRow,
    EntityPage,
    EntityRow,
    QuoteFilter,
    StatementRow,
)

PAGE_LIMIT = 20
"""Quotes of each speaker, or lines of a list, on a page to read; rows have no limit but the one asked for."""

_Limit = Annotated[
    int | None,
    typer.Option(min=1, help=f"At most so many. Without it a page has {PAGE_LIMIT}, rows are all."),
]


@app.command("who-said")
def who_said(  # noqa: PLR0913  (one parameter an option)
    name: Annotated[str, typer.Argument(help="A name in full, a short name or an alias.")],
    db: DatabaseUrl,
    *,
    kind: Annotated[QuoteKind | None, typer.Option(help="Only words reported so.")] = None,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    about: Annotated[
        str | None, typer.Option(help="Only quotes with these words, or that name somebody known so.")
    ] = None,
    min_confidence: Annotated[
        float | None, typer.Option(min=0, max=1, help="Only attributions at least so likely to be right.")
    ] = None,
    cluster: Annotated[
        bool, typer.Option(help="Show a statement once, with all articles that report it, or every quote.")
    ] = True,
    limit: _Limit = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Show what somebody is reported as saying: how, when, where. --limit counts for each speaker.

    Example: kb who-said "Ushakov" --kind direct --since 2024-06-01
    """
    where = QuoteFilter(kind, day_of(since), day_of(until), outlet, about, min_confidence)
    with asking(db) as connection:
        answers = query.who_said(connection, name, where, limit=_limit(limit, format), cluster=cluster)
        if format == Format.TABLE:
            pages.show_answers(open_page(), name, list(answers))
        else:
            rows = (quote for answer in answers for quote in answer.quotes)
            write_rows(rows, format, row_type=StatementRow)


@app.command("entities")
def entities(
    db: DatabaseUrl,
    type: Annotated[EntityType | None, typer.Option(help="Only people, organisations or places.")] = None,
    like: Annotated[str | None, typer.Option(help="Only names and aliases with this in them.")] = None,
    limit: _Limit = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """List who and what the articles name, the most mentioned first.

    Example: kb entities --type PER --like lavrov
    """
    with asking(db) as connection:
        rows = query.entities(connection, type=type, like=like, limit=_one_more(limit, format))
        _give(rows, format, limit=limit, row_type=EntityRow)


@app.command("entity")
def entity(
    name: Annotated[str, typer.Argument(help="A name, a short name, an alias or a uid.")],
    db: DatabaseUrl,
    format: PageFormatOption = PageFormat.TABLE,
) -> None:
    """Show what is known of an entity: names, ids, counts, company, newest articles and quotes.

    Example: kb entity "Kim Jong Un"
    """
    with asking(db) as connection:
        found = query.entities_named(connection, name)
        rows = (query.entity_page(connection, row) for row in found)
        if format == PageFormat.TABLE:
            pages.show_entity_pages(open_page(), rows)
        else:
            write_rows(rows, format, row_type=EntityPage)


@app.command("articles")
def articles(
    db: DatabaseUrl,
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
    limit: _Limit = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """List articles, the newest first.

    Example: kb articles --outlet antara --since 2024-06-18
    """
    first, last = day_of(since), day_of(until)
    with asking(db) as connection:
        rows = query.articles(
            connection, outlet=outlet, since=first, until=last, limit=_one_more(limit, format)
        )
        _give(rows, format, limit=limit, row_type=ArticleRow)


def _give(rows: Iterator[Any], format: Format, *, limit: int | None, row_type: type) -> None:
    """Show a list as a page, or write its rows; on a page, the row beyond the limit says there is more."""
    if format != Format.TABLE:
        write_rows(rows, format, row_type=row_type)
        return
    page, n_shown = open_page(), limit or PAGE_LIMIT
    pages.show_list(page, islice(rows, n_shown))
    if next(rows, None) is not None:
        pages.show_more(page, f"more than {n_shown}: --limit shows more")


def _limit(limit: int | None, format: Format) -> int | None:
    return PAGE_LIMIT if limit is None and format == Format.TABLE else limit


def _one_more(limit: int | None, format: Format) -> int | None:
    """Return the limit of a list; on a page, one row beyond it."""
    return (limit or PAGE_LIMIT) + 1 if format == Format.TABLE else limit
