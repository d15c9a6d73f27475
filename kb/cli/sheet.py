"""Rows of any columns as a page to read: a table where it fits the terminal, else a field a line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from kb.cli.marks import clean, show
from kb.export import record_of

if TYPE_CHECKING:
    from rich.console import Console

_LEAST = 16  # columns of the screen that long text needs to be read in a table
_GAP = 2


def show_sheet(page: Console, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Show rows; say so if there are none. On a terminal text is wrapped, in a pipe each row is one line."""
    if not rows:
        show(page, f"No rows ({', '.join(columns)}).")
        return
    cells = [[_cell(value, one_line=not page.is_terminal) for value in row] for row in rows]
    least = [
        min(max(len(name), *(len(row[n]) for row in cells)), max(_LEAST, len(name)))
        for n, name in enumerate(columns)
    ]
    if sum(least) + _GAP * len(least) > page.width:
        _show_records(page, columns, cells)
    else:
        _show_table(page, columns, cells, rows)


def _show_table(
    page: Console, columns: Sequence[str], cells: list[list[str]], rows: Sequence[tuple[Any, ...]]
) -> None:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False)
    for n, name in enumerate(columns):
        is_number = all(isinstance(row[n], int | float | None) for row in rows)
        table.add_column(Text(clean(name)), justify="right" if is_number else "left", overflow="fold")
    for row, values in zip(cells, rows, strict=True):
        table.add_row(
            *(Text(cell, "dim" if value is None else "") for cell, value in zip(row, values, strict=True))
        )
    page.print(table)


def _show_records(page: Console, columns: Sequence[str], cells: list[list[str]]) -> None:
    for number, row in enumerate(cells, start=1):
        show(page, (f"row {number}", "bold"))
        fields = Table.grid(padding=(0, _GAP))
        fields.add_column(style="dim", no_wrap=True)
        fields.add_column(overflow="fold")
        for name, cell in zip(columns, row, strict=True):
            fields.add_row(Text(f"  {clean(name)}"), Text(cell))
        page.print(fields)


def _cell(value: object, *, one_line: bool) -> str:
    plain = record_of({"": value})[""]
    if plain is None:
        return "NULL"
    text = clean(plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False))
    return " ".join(text.splitlines()) if one_line else text
