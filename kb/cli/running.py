"""What the commands that make runs share: their options, and how a run is watched and summed up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli.app import Exit

if TYPE_CHECKING:
    from kb.way.run import Outcome, Report

AnyLanguage = Annotated[
    bool, typer.Option("--any-language", help="Keep articles that are not Indonesian as well.")
]
AcceptLoss = Annotated[
    bool, typer.Option("--accept-loss", help="Go on where a feed would lose more than a tenth of its quotes.")
]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Let these addresses be of this machine or a private network.")
]
Workers = Annotated[
    int,
    typer.Option("--workers", min=1, help="Processes that annotate, each on one core with half a GB."),
]


def watch(work: Callable[[Report], Outcome]) -> None:
    """Do the work of a run, say on stderr how it gets on and what it did; exit code 4 if something failed."""
    from kb.cli.progress import open_report, summary  # noqa: PLC0415 (questions need no pipeline)

    with open_report() as report:
        outcome = work(report)
        report.ended(outcome)
    typer.echo(summary(outcome), err=True)
    if outcome.articles.failed:
        raise typer.Exit(Exit.PARTIAL)
