"""Rows of any columns as a page to read: a table where it fits the terminal, else a field a line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kb.cli.marks import Page, clean, show
from kb.export import record_of

if TYPE_CHECKING:
    from rich.console import Console

_LEAST = 16  # columns of the screen that long text needs to be read in a table
_GAP = 2

Rows = Sequence[tuple[Any, ...]]
Cells = list[list[str]]


def show_sheet(page: Page, columns: Sequence[str], rows: Rows) -> None:
    """Show rows; say so if there are none. On a terminal text is wrapped, in a pipe each row is one line."""
    names = [clean(name) for name in columns]
    cells = [[_cell(value, one_line=page.terminal is None) for value in row] for row in rows]
    is_number = [all(map(_is_number, column)) for column in zip(*rows, strict=True)]
    if not rows:
        show(page, f"No rows ({', '.join(names)}).")
    elif page.terminal is None:
        _show_lines(page, names, cells, is_number)
    elif sum(_least_widths(names, cells)) + _GAP * len(names) > page.terminal.width:
        _show_records(page.terminal, names, cells)
    else:
        _show_table(page.terminal, names, cells, is_number)


def _show_lines(page: Page, names: list[str], cells: Cells, is_number: list[bool]) -> None:
    widths = [max(map(len, column)) for column in zip(names, *cells, strict=True)]
    for line in (names, ["-" * width for width in widths], *cells):
        padded = (
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(line, widths, is_number, strict=True)
        )
        show(page, (" " * _GAP).join(padded).rstrip())


def _least_widths(names: list[str], cells: Cells) -> list[int]:
    """Return how wide each column has to be, so that what is long is wrapped and what is short is not."""
    columns = zip(names, *cells, strict=True)
    return [min(max(map(len, column)), max(_LEAST, len(column[0]))) for column in columns]


def _show_table(terminal: Console, names: list[str], cells: Cells, is_number: list[bool]) -> None:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415  (only a terminal needs it)
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False)
    for name, right in zip(names, is_number, strict=True):
        table.add_column(Text(name), justify="right" if right else "left", overflow="fold")
    for row in cells:
        table.add_row(*map(Text, row))
    terminal.print(table)


def _show_records(terminal: Console, names: list[str], cells: Cells) -> None:
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    for number, row in enumerate(cells, start=1):
        terminal.print(Text(f"row {number}", "bold"))
        fields = Table.grid(padding=(0, _GAP))
        fields.add_column(style="dim", no_wrap=True)
        fields.add_column(overflow="fold")
        for name, cell in zip(names, row, strict=True):
            fields.add_row(Text(f"  {name}"), Text(cell))
        terminal.print(fields)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | None) and not isinstance(value, bool)


def _cell(value: object, *, one_line: bool) -> str:
    plain = record_of({"": value})[""]
    if plain is None:
        return "NULL"
    text = clean(plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False))
    return " ".join(text.splitlines()) if one_line else text
