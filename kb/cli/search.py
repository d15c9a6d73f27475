"""The commands that list quotes and articles, by the words that they have."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from kb import query
from kb.cli import pages
from kb.cli.app import DatabaseUrl, app, asking
from kb.cli.lists import give
from kb.cli.options import Limit, MinConfidence, Outlet, Since, Until, day_of, one_more
from kb.cli.output import Format, FormatOption
from kb.model import QuoteKind
from kb.query import ArticleRow, FoundArticleRow, QuoteFilter, QuoteRow
from kb.query.search import RANKED

Rank = Annotated[bool, typer.Option("--rank", help=f"The best first, among the newest {RANKED:,} that fit.")]


@app.command("quotes")
def quotes(  # noqa: PLR0913  (one parameter an option)
    text: Annotated[str, typer.Argument(help="What the quotes must have; see below.")],
    db: DatabaseUrl,
    *,
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only what they said whom this may mean.")
    ] = None,
    kind: Annotated[QuoteKind | None, typer.Option(help="Only words reported so.")] = None,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    min_confidence: MinConfidence = None,
    rank: Rank = False,
    limit: Limit = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Search in what was said: the quotes with these words, the newest first.

    \b
    harga cabai             both words; case, accents and apostrophes do not matter
    '"harga cabai"'         one behind the other (also “harga cabai”)
    'pang*'                 a word that begins so
    'harga cabai OR beras'  harga, and one of the two
    'harga -impor'          without this word, "phrase" or beginning*

    Example: kb quotes '"harga cabai" -impor' --since 2024-06-01
    """
    where = QuoteFilter(kind, day_of(since), day_of(until), outlet, min_confidence=min_confidence)
    wanted = query.read_wanted(text)
    with asking(db) as connection:
        speakers = None if by is None else [row.uid for row in query.entities_named(connection, by)]
        n = one_more(limit, format)
        found = query.quotes_with(connection, text, where, speakers=speakers, limit=n, rank=rank)
        show = partial(pages.show_found_quotes, wanted=wanted)
        give(found, format, limit=limit, row_type=QuoteRow, show=show)


@app.command("articles")
def articles(
    db: DatabaseUrl,
    *,
    text: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Only with these words, written as for kb quotes.")
    ] = None,
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
    rank: Rank = False,
    limit: Limit = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """List articles, the newest first; with --text those with such words, and a piece around the first of them.

    Example: kb articles --outlet antara --since 2024-06-18
    """
    if rank and text is None:
        raise typer.BadParameter("--rank orders what --text finds")
    where = QuoteFilter(outlet=outlet, since=day_of(since), until=day_of(until))
    n = one_more(limit, format)
    with asking(db) as connection:
        if text is None:
            rows = query.articles(connection, outlet=outlet, since=where.since, until=where.until, limit=n)
            give(rows, format, limit=limit, row_type=ArticleRow)
        else:
            show = partial(pages.show_found_articles, wanted=query.read_wanted(text))
            found = query.articles_with(connection, text, where, limit=n, rank=rank)
            give(found, format, limit=limit, row_type=FoundArticleRow, show=show)
