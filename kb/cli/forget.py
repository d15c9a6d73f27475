"""The command that forgets an article for good."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from kb import query
from kb.cli.app import DatabaseUrl, article_app, asking
from kb.cli.curate import By, author
from kb.cli.pages import counted
from kb.errors import NotFound
from kb.store.database import open_database

if TYPE_CHECKING:
    from kb.forgetting import Forgetting


@article_app.command()
def forget(
    ref: Annotated[str, typer.Argument(metavar="ID", help="The article's id, in full.")],
    db: DatabaseUrl,
    *,
    why: Annotated[str, typer.Option(metavar="TEXT", help="Why: kept, so let it not quote the article.")],
    by: By = None,
    yes: Annotated[bool, typer.Option("--yes", help="Ask no question.")] = False,
) -> None:
    """Erase an article for good, everywhere in the base; it is not taken in again.

    What was read and found, and what was decided about it alone, goes; hashes stay that know it if it comes back.
    It cannot be undone, and copies and backups of the base are not reached.

    Example: kb article forget antara-0412 --why "putusan pengadilan"
    """
    from kb.forgetting import forget as erase  # noqa: PLC0415 (a question needs no linking)
    from kb.forgetting import is_forgotten  # noqa: PLC0415

    with asking(db) as connection:
        is_known = not is_forgotten(connection, ref)
    if is_known and not yes:
        _confirm(db, ref)
    gone = erase(open_database(db), ref, by=by or author(), why=why)
    for line in _told(gone):
        typer.echo(line, err=True)


def _confirm(db: str, ref: str) -> None:
    """Ask on a terminal whether to go on; elsewhere it has to be said beforehand."""
    if not sys.stdin.isatty():
        raise typer.BadParameter("it cannot be undone: say --yes")
    with asking(db) as connection:
        page = query.article_history(connection, ref)
    if page.article != ref:
        raise NotFound(ref, "no article of that id", f"did you mean {page.article}?")
    found = f"{counted(len(page.revisions), 'revision')}, {counted(page.revisions[-1].n_quotes, 'quote')}"
    typer.confirm(f"Forget {page.article} ({found}) for good?", abort=True, err=True)


def _told(gone: Forgetting) -> list[str]:
    lines = [f"{gone.article}: forgotten"]
    if gone.n_decisions or gone.n_changed:
        changed = f", {gone.n_changed} changed" if gone.n_changed else ""
        lines.append(f"{counted(gone.n_decisions, 'decision')} about it went{changed}")
    if gone.naming:
        lines.append(
            f"decisions that still name whom only it named: {', '.join(gone.naming)} (kb curate log)"
        )
    if gone.sharing:
        lines.append(f"its text stands still in {', '.join(gone.sharing)}")
    return lines
