"""The commands that take articles in: what is named, what is due, and what another pipeline annotated."""

from __future__ import annotations

from typing import Annotated

import typer

from kb.cli.app import DatabaseUrl, app, find_base
from kb.cli.output import PageFormat, PageFormatOption
from kb.cli.planned import show_plan
from kb.cli.running import AcceptLoss, AllowPrivate, AnyLanguage, Workers, watch
from kb.store.database import open_base


@app.command()
def ingest(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="URL|FILE|FOLDER|-",
            help="Addresses of pages and feeds; text, JSON Lines, HTML and WARC files; folders of them; "
            "- is standard input.",
        ),
    ],
    db: DatabaseUrl,
    *,
    any_language: AnyLanguage = False,
    allow_private: AllowPrivate = False,
    accept_loss: AcceptLoss = False,
    workers: Workers = 1,
) -> None:
    """Read articles in, find names and quotes, store all of it. What is known already is not done again.

    Makes the database if there is none. Of a feed all pages that it lists are read, once: `kb feed add` has it read
    again and again. Exit code 4: some inputs failed, `kb failures` lists them.

    Example: kb ingest --workers 2 berita/ arsip.jsonl https://kabarpagi.example/rss
    """
    from kb import pipeline  # noqa: PLC0415 (questions need no pipeline)

    options = pipeline.Options(workers, any_language, accept_loss, allow_private)
    watch(lambda report: pipeline.ingest(open_base(db), inputs, options=options, report=report))


@app.command()
def sync(
    db: DatabaseUrl,
    *,
    now: Annotated[bool, typer.Option("--now", help="Read all that is on the schedule, due or not.")] = False,
    any_language: AnyLanguage = False,
    accept_loss: AcceptLoss = False,
    workers: Workers = 1,
) -> None:
    """Read all that is due: feeds, what they list, pages that may have changed, folders. For a timer to call.

    `kb feed add` says what is read, `kb schedule print` sets a timer up. Exit code 4: some inputs failed; 5: another
    run is at work, and this one did nothing.

    Example: kb sync --workers 2
    """
    from kb import pipeline  # noqa: PLC0415

    options = pipeline.Options(workers, any_language, accept_loss)
    watch(lambda report: pipeline.sync(find_base(db), all_due=now, options=options, report=report))


@app.command()
def reingest(
    db: DatabaseUrl,
    *,
    plan: Annotated[
        bool, typer.Option("--plan", help="Show what there is to do and how long it takes, and do nothing.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option(min=1, help="At most so many texts, the newest articles'.")
    ] = None,
    accept_loss: AcceptLoss = False,
    workers: Workers = 1,
    format: PageFormatOption = PageFormat.TABLE,
) -> None:
    """Annotate again what another pipeline annotated, the newest articles first. Nothing is fetched or read.

    Each article changes at once, and whole. It can be stopped at any time, and goes on where it stopped. --format is
    that of the plan.

    Example: kb reingest --plan
    """
    if plan:
        show_plan(db, format, workers)
        return
    from kb import pipeline  # noqa: PLC0415

    options = pipeline.Options(workers, accept_loss=accept_loss)
    watch(lambda report: pipeline.reingest(find_base(db), limit=limit, options=options, report=report))
