"""A list as a page that says whether there is more, or as rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from kb.cli import pages
from kb.cli.marks import Page
from kb.cli.options import PAGE_LIMIT
from kb.cli.output import Format, open_page, write_rows

Show = Callable[[Page, Iterable[Any]], None]


def give(
    rows: Iterator[Any],
    format: Format,
    *,
    limit: int | None,
    row_type: type,
    show: Show = pages.show_list,
) -> None:
    """Show a list as a page, or write its rows; on a page, the row beyond the limit says there is more."""
    if format != Format.TABLE:
        write_rows(rows, format, row_type=row_type)
        return
    page, n_shown = open_page(), limit or PAGE_LIMIT
    show(page, islice(rows, n_shown))
    if next(rows, None) is not None:
        pages.show_more(page, f"more than {n_shown}: --limit shows more")
