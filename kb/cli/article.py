"""The commands about one article: what it says, how it changed."""

from __future__ import annotations

from typing import Annotated

import typer

from kb import query
from kb.cli import pages, revisions
from kb.cli.app import DatabaseUrl, article_app, asking
from kb.cli.output import PageFormat, PageFormatOption, open_page, write_rows
from kb.query import ArticlePage, DiffPage, HistoryPage

Ref = Annotated[str, typer.Argument(metavar="ID", help="An article's id, or how only that one begins.")]


@article_app.command("show")
def show_article(ref: Ref, db: DatabaseUrl, format: PageFormatOption = PageFormat.TABLE) -> None:
    """Show an article with its mentions and quotes marked, then each quote with speaker and rule.

    Example: kb article show antara-0412, or shorter kb article antara-0412
    """
    with asking(db) as connection:
        page = query.article_named(connection, ref)
    if format == PageFormat.TABLE:
        pages.show_article(open_page(), page)
    else:
        write_rows([page], PageFormat.JSONL, row_type=ArticlePage)  # one object, which is JSON as well


@article_app.command()
def history(ref: Ref, db: DatabaseUrl, format: PageFormatOption = PageFormat.TABLE) -> None:
    """Show how an article changed: each revision, who changed it, how much, and what became of its quotes.

    Example: kb article history antara-0412
    """
    with asking(db) as connection:
        page = query.article_history(connection, ref)
    if format == PageFormat.TABLE:
        revisions.show_history(open_page(), page)
    else:
        write_rows([page], PageFormat.JSONL, row_type=HistoryPage)


@article_app.command()
def diff(
    ref: Ref,
    db: DatabaseUrl,
    before: Annotated[
        int | None, typer.Argument(metavar="FROM", min=1, help="A revision; else the last but one.")
    ] = None,
    after: Annotated[int | None, typer.Argument(metavar="TO", min=1, help="Another; else the last.")] = None,
    format: PageFormatOption = PageFormat.TABLE,
) -> None:
    """Show what differs between two revisions: title and dates, paragraphs, quotes.

    Example: kb article diff antara-0412 1 3
    """
    with asking(db) as connection:
        page = query.article_diff(connection, ref, before, after)
    if format == PageFormat.TABLE:
        revisions.show_diff(open_page(), page)
    else:
        write_rows([page], PageFormat.JSONL, row_type=DiffPage)
