"""The command that puts a researcher's own SQL to the base."""

from __future__ import annotations

import re
import sys
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from kb.cli.app import DatabaseUrl, app
from kb.cli.output import Format, FormatOption, open_page, write_rows
from kb.cli.pages import show_more
from kb.cli.sheet import show_sheet
from kb.errors import InputError
from kb.store.asking import Answered, answering
from kb.store.database import open_to_read

TIME_LIMIT_S = 60.0
PAGE_LIMIT = 100
"""Rows on a page to read; rows have no limit but the one asked for."""

_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?")  # as JSON has it: 007 is text


@app.command("sql")
def sql(
    db: DatabaseUrl,
    statement: Annotated[
        str | None, typer.Argument(metavar="[SELECT|-]", help="One query; - reads it from standard input.")
    ] = None,
    *,
    file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Read the query from here.", dir_okay=False)
    ] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Option(
            "--param", "-p", metavar="NAME=VALUE", help="What :NAME stands for; give it again for more."
        ),
    ] = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="List views and tables; with the name of one, its columns.")
    ] = False,
    timeout: Annotated[
        float, typer.Option(min=0, metavar="SECONDS", help="How long the database may work; 0: no limit.")
    ] = TIME_LIMIT_S,
    limit: Annotated[
        int | None,
        typer.Option(min=1, help=f"At most so many rows. Without it a page has {PAGE_LIMIT}, rows are all."),
    ] = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Answer one SQL query, read-only: the database itself refuses every change.

    Example: kb sql "SELECT speaker, count(*) FROM v_quote GROUP BY speaker ORDER BY 2 DESC LIMIT 10"
    """
    if schema:
        _show_schema(statement, format)
        return
    text = _text_of(statement, file)
    values = dict(map(_parameter, parameters or ()))
    with answering(open_to_read(db), text, values, timeout_s=timeout) as answer:
        _give(answer, format, limit)


def _text_of(statement: str | None, file: Path | None) -> str:
    """Return the query, from where it is said to stand; exactly one place."""
    if (statement is None) == (file is None):
        raise typer.BadParameter("give one query: as an argument, with --file, or - for standard input")
    try:
        if file is not None:
            return file.read_text("utf-8-sig")
        return sys.stdin.read() if statement == "-" else str(statement)
    except (OSError, UnicodeDecodeError) as error:
        what = error.strerror if isinstance(error, OSError) else "is not UTF-8"
        raise InputError(str(file or "standard input"), str(what)) from error


def _parameter(given: str) -> tuple[str, object]:
    """Return the name and value of NAME=VALUE; what JSON has as a number is one."""
    name, equals, value = given.partition("=")
    if not equals or not name.isidentifier():
        raise typer.BadParameter(f"{given}: write it as NAME=VALUE", param_hint="--param")
    if not _NUMBER.fullmatch(value):
        return name, value
    return name, int(value) if value.lstrip("-").isdigit() else float(value)


def _give(answer: Answered, format: Format, limit: int | None) -> None:
    if format == Format.TABLE:
        shown = list(islice(answer.rows, limit or PAGE_LIMIT))
        page = open_page()
        show_sheet(page, answer.columns, shown)
        if next(answer.rows, None) is not None:
            show_more(page, f"more than {len(shown)}: --limit shows more, --format csv or jsonl all")
        return
    rows = (dict(zip(answer.columns, row, strict=True)) for row in islice(answer.rows, limit))
    write_rows(rows, format, row_type=answer.columns)


def _show_schema(name: str | None, format: Format) -> None:
    from kb.query.schema import RelationRow, relation_named, relations  # noqa: PLC0415  (no query needs it)

    found = [relation_named(name)] if name else list(relations())
    if format in (Format.JSON, Format.JSONL):
        write_rows(found, format, row_type=RelationRow)
        return
    columns = ("name", "type", "comment") if name else ("name", "kind", "comment")
    of = found[0].columns if name else found
    rows = [tuple(getattr(row, column) for column in columns) for row in of]
    if format == Format.CSV:
        write_rows((dict(zip(columns, row, strict=True)) for row in rows), format, row_type=columns)
    else:
        show_sheet(open_page(), columns, rows)
