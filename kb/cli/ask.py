"""The commands that answer questions; each asks `kb.query` once and shows what it gets."""

from __future__ import annotations

from typing import Annotated

import typer

from kb import query
from kb.cli import pages
from kb.cli.app import DatabaseUrl, app, asking
from kb.cli.lists import give
from kb.cli.options import Limit, MinConfidence, Outlet, Since, Until, day_of, one_more, page_limit
from kb.cli.output import (
    Format,
    FormatOption,
    PageFormat,
    PageFormatOption,
    open_page,
    write_rows,
)
from kb.kinds import EntityType, QuoteKind
from kb.query import (
    EntityPage,
    EntityRow,
    QuoteFilter,
    StatementRow,
)


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
    min_confidence: MinConfidence = None,
    cluster: Annotated[
        bool, typer.Option(help="Show a statement once, with all articles that report it, or every quote.")
    ] = True,
    limit: Limit = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Show what somebody is reported as saying: how, when, where. --limit counts for each speaker.

    Example: kb who-said "Ushakov" --kind direct --since 2024-06-01
    """
    where = QuoteFilter(kind, day_of(since), day_of(until), outlet, about, min_confidence)
    with asking(db) as connection:
        answers = query.who_said(connection, name, where, limit=page_limit(limit, format), cluster=cluster)
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
    limit: Limit = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """List who and what the articles name, the most mentioned first.

    Example: kb entities --type PER --like lavrov
    """
    with asking(db) as connection:
        rows = query.entities(connection, type=type, like=like, limit=one_more(limit, format))
        give(rows, format, limit=limit, row_type=EntityRow)


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
