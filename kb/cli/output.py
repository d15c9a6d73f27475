"""How answers leave the program: the formats, and the page that a human reads.

A page is wrapped to the terminal; in a pipe nothing is wrapped or cut, so that every line can be searched.
Colour and bold stand on a terminal only, and never under NO_COLOR (https://no-color.org).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Annotated, TextIO

import typer

from kb.cli.marks import Page


class Format(StrEnum):
    """What an answer looks like: a page to read, or complete rows."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


class PageFormat(StrEnum):
    """What an answer with lists in it looks like."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"


FormatOption = Annotated[
    Format, typer.Option("--format", "-f", help="A page to read (table), or complete rows.")
]
PageFormatOption = Annotated[
    PageFormat, typer.Option("--format", "-f", help="A page to read (table), or everything as JSON.")
]


def write_rows(
    rows: Iterable[object],
    format: StrEnum,
    *,
    row_type: type | Sequence[str],
    stream: TextIO | None = None,
) -> int:
    """Write rows to a stream (standard output) in any format but the page; return how many.

    `row_type` is their class; of mappings, their names.
    """
    from kb.export import write_csv, write_json, write_jsonl  # noqa: PLC0415  (a page needs none)

    out = stream or sys.stdout
    if format == Format.CSV:
        return write_csv(rows, out, row_type=row_type)
    return write_json(rows, out) if format == Format.JSON else write_jsonl(rows, out)


def open_page() -> Page:
    """Return the page on standard output; rich draws it on a terminal and is imported for that alone."""
    if not (sys.stdout.isatty() or os.environ.get("FORCE_COLOR")):
        return Page()
    from rich.console import Console  # noqa: PLC0415

    plain = bool(os.environ.get("NO_COLOR"))
    return Page(Console(highlight=False, markup=False, emoji=False, color_system=None if plain else "auto"))
