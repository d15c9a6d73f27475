"""The command that writes all rows of a kind, to be read by other tools."""

from __future__ import annotations

import sys
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from kb.cli.app import DatabaseUrl, app, asking
from kb.cli.options import Outlet, Since, Until, day_of
from kb.errors import BadQuestion
from kb.export import manifest_bytes, write_file, write_stream
from kb.model import QuoteKind
from kb.query.exporting import Exporting
from kb.query.exports import ExportFilter


class What(StrEnum):
    """What can be exported."""

    QUOTES = "quotes"
    MENTIONS = "mentions"
    ENTITIES = "entities"
    ARTICLES = "articles"
    COOCCURRENCE = "cooccurrence"
    PROV = "prov"


class ExportFormat(StrEnum):
    """How an export is written."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


@app.command("export")
def export(  # noqa: PLR0913  (one parameter an option)
    what: Annotated[
        What,
        typer.Argument(help="Which rows; cooccurrence: who is named with whom; prov: W3C PROV-JSON."),
    ],
    db: DatabaseUrl,
    *,
    article: Annotated[str | None, typer.Option(metavar="ID", help="Only of this article.")] = None,
    kind: Annotated[QuoteKind | None, typer.Option(help="Only words reported so.")] = None,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    format: Annotated[
        ExportFormat, typer.Option("--format", "-f", help="How to write rows.")
    ] = ExportFormat.JSONL,
    out: Annotated[
        str, typer.Option(metavar="FILE", help="Write here, and a manifest beside it, FILE.manifest.json.")
    ] = "-",
    manifest: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the manifest here instead.", dir_okay=False)
    ] = None,
) -> None:
    """Write every row of a kind, a quote or mention in the order of article ids and of the text, or all provenance.

    Example: kb export quotes --format csv --out quotes.csv
    """
    try:
        asked = Exporting(what, ExportFilter(article, day_of(since), day_of(until), outlet, kind), format)
    except BadQuestion as error:
        raise typer.BadParameter(str(error)) from error
    with asking(db, for_long=True) as connection:
        write = partial(asked.write, connection)
        if out == "-":
            written = write_stream(sys.stdout.buffer, write)
            if manifest:
                manifest.write_bytes(manifest_bytes(asked.manifest(connection, None, written)))
        else:
            path = Path(out)
            write_file(path, write, partial(asked.manifest, connection, path.name), manifest=manifest)
