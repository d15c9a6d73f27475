"""The options that questions share, and what follows from them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

from kb.cli.output import Format

PAGE_LIMIT = 20
"""Quotes of each speaker, or lines of a list, on a page to read; rows have no limit but the one asked for."""

_DAY = ["%Y-%m-%d"]
Since = Annotated[datetime | None, typer.Option(formats=_DAY, metavar="DAY", help="From this day on.")]
Until = Annotated[datetime | None, typer.Option(formats=_DAY, metavar="DAY", help="Up to and with this day.")]
Outlet = Annotated[str | None, typer.Option(help="Only this outlet; a part of its name will do.")]
MinConfidence = Annotated[
    float | None, typer.Option(min=0, max=1, help="Only attributions at least so likely to be right.")
]
Limit = Annotated[
    int | None,
    typer.Option(min=1, help=f"At most so many. Without it a page has {PAGE_LIMIT}, rows are all."),
]


def page_limit(limit: int | None, format: Format) -> int | None:
    """Return the limit of an answer: a page has one in any case."""
    return PAGE_LIMIT if limit is None and format == Format.TABLE else limit


def one_more(limit: int | None, format: Format) -> int | None:
    """Return the limit of a list; on a page, one row beyond it, which says that there is more."""
    return (limit or PAGE_LIMIT) + 1 if format == Format.TABLE else limit


def day_of(moment: datetime | None) -> date | None:
    """Return the day that an option names."""
    return moment.date() if moment else None
