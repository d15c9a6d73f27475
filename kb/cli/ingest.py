"""The commands that read articles in and show what did not go through."""

from __future__ import annotations

from typing import Annotated

import typer

from kb.cli.app import DatabaseUrl, Exit, app, asking
from kb.cli.output import Format, FormatOption, open_page, write_rows
from kb.store.failures import StoredFailure, load_failures


@app.command()
def ingest(
    inputs: Annotated[
        list[str], typer.Argument(metavar="FILE|FOLDER|-", help="Text or JSON Lines; - is standard input.")
    ],
    db: DatabaseUrl,
    any_language: Annotated[
        bool, typer.Option("--any-language", help="Keep articles that are not Indonesian as well.")
    ] = False,
    workers: Annotated[
        int,
        typer.Option("--workers", min=1, help="Processes that annotate, each on one core with half a GB."),
    ] = 1,
) -> None:
    """Read articles in, find names and quotes, store all of it. What is known already is not done again.

    Makes the database if there is none. Exit code 4: some inputs failed, `kb failures` lists them.

    Example: kb ingest --workers 2 berita/ arsip.jsonl
    """
    from kb.cli.progress import Counter, summary  # noqa: PLC0415 (only this command needs the pipeline)
    from kb.pipeline import Options  # noqa: PLC0415
    from kb.pipeline import ingest as run  # noqa: PLC0415
    from kb.store.database import open_base  # noqa: PLC0415

    with Counter() as counter:
        options = Options(workers=workers, any_language=any_language)
        outcome = run(open_base(db), inputs, options=options, report=counter)
    typer.echo(summary(outcome), err=True)
    if outcome.articles.failed:
        raise typer.Exit(Exit.PARTIAL)


@app.command()
def failures(
    db: DatabaseUrl,
    resolved: Annotated[bool, typer.Option("--all", help="Those too that went through later.")] = False,
    format: FormatOption = Format.TABLE,
) -> None:
    """List the inputs that did not go through: where, why, how often tried.

    Example: kb failures --format csv
    """
    with asking(db) as connection:
        found = load_failures(connection, resolved=resolved)
    if format != Format.TABLE:
        write_rows(found, format, row_type=StoredFailure)
        return
    page = open_page()
    for failure in found:
        page.print(f"{failure.failed_at:%Y-%m-%d %H:%M}Z  {failure.stage}  {failure.message}")
    if not found:
        page.print("No failures.")
