"""The commands about pipelines: which there are, and what another one would change."""

from __future__ import annotations

from itertools import islice
from typing import Annotated

import typer

from kb import query
from kb.cli.app import DatabaseUrl, asking, pipeline_app
from kb.cli.marks import Page, show
from kb.cli.output import Format, FormatOption, open_page, write_rows
from kb.cli.pages import counted, show_more
from kb.query import PipelineDiff, PipelineRow, QuoteDifference

SHORT = 12
"""Hexadecimal digits of a hash on a page: enough to name it by."""
EXAMPLES = 20

_Which = typer.Argument(help="A pipeline: its number, or how its digest begins.")


@pipeline_app.command("list")
def list_pipelines(db: DatabaseUrl, format: FormatOption = Format.TABLE) -> None:
    """List the pipelines that annotated something here, the one that was used last first.

    Example: kb pipeline list
    """
    with asking(db) as connection:
        rows = query.pipelines(connection)
    if format != Format.TABLE:
        write_rows(rows, format, row_type=PipelineRow)
        return
    page = open_page()
    for row in rows:
        _show_pipeline(page, row)
    if not rows:
        show(page, "No pipelines.")


@pipeline_app.command()
def diff(
    a: Annotated[str, _Which],
    b: Annotated[str, _Which],
    db: DatabaseUrl,
    limit: Annotated[
        int | None,
        typer.Option(min=1, help=f"At most so many; without it a page has {EXAMPLES}, rows are all."),
    ] = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Show in which quotes two pipelines differ, on the texts that both annotated: how many, then examples.

    Example: kb pipeline diff 1 2 --limit 50
    """
    with asking(db) as connection:
        if format == Format.TABLE:
            _show_diff(open_page(), query.pipeline_diff(connection, a, b, n_examples=limit or EXAMPLES))
        else:
            rows = islice(query.pipeline_differences(connection, a, b), limit)
            write_rows(rows, format, row_type=QuoteDifference)


def _show_pipeline(page: Page, row: PipelineRow) -> None:
    used = f"{counted(row.n_current, 'current annotation')}, {row.n_annotations} in all"
    show(page, (f"{row.pipeline:>3}  ", "bold cyan"), (row.digest[:SHORT], "cyan"), f"  {used}")
    if row.first_used_at and row.last_used_at:
        times = f"{row.first_used_at:%Y-%m-%d %H:%M} to {row.last_used_at:%Y-%m-%d %H:%M} UTC"
        show(page, (f"{'used':10}", "dim"), times, indent=5)
    show(page, (f"{'rules':10}", "dim"), row.rules[:SHORT], indent=5)
    packages = ", ".join(f"{name} {version}" for name, version in sorted(row.packages.items()))
    models = ", ".join(f"{name} {sha256[:SHORT]}" for name, sha256 in sorted(row.models.items()))
    for name, fact in (("packages", packages), ("models", models)):
        if fact:
            show(page, (f"{name:10}", "dim"), fact, indent=5)


def _show_diff(page: Page, diff: PipelineDiff) -> None:
    for name, one in (("A", diff.a), ("B", diff.b)):
        show(page, (f"{name}  ", "bold"), f"pipeline {one.pipeline}, {one.digest[:SHORT]}")
    show(page, f"{counted(diff.n_bodies, 'text')} annotated by both")
    n_differing = diff.n_only_a + diff.n_only_b + diff.n_changed
    told = f"{diff.n_only_a} only in A, {diff.n_only_b} only in B, {diff.n_changed} told otherwise"
    show(page, f"{counted(diff.n_same, 'quote')} the same, {told}")
    for found in diff.examples:
        _show_difference(page, found)
    if n_differing > len(diff.examples):
        show_more(page, f"{n_differing - len(diff.examples)} more: --limit {n_differing} shows all")


def _show_difference(page: Page, found: QuoteDifference) -> None:
    show(page)
    show(page, (found.article, "cyan"), f" {found.text}")
    for sign, style, name, kind, speaker, cue in (
        ("-", "red", "A", found.kind_a, found.speaker_a, found.cue_a),
        ("+", "green", "B", found.kind_b, found.speaker_b, found.cue_b),
    ):
        if kind:
            who = " · ".join(filter(None, (speaker or "speaker open", kind, cue)))
            show(page, (f"{sign} {name}  {who}", style), indent=4)
