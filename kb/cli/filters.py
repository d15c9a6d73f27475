"""The options that several questions share: which days, which outlet."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

_DAY = ["%Y-%m-%d"]

Since = Annotated[datetime | None, typer.Option(formats=_DAY, metavar="DAY", help="From this day on.")]
Until = Annotated[datetime | None, typer.Option(formats=_DAY, metavar="DAY", help="Up to and with this day.")]
Outlet = Annotated[str | None, typer.Option(help="Only this outlet; a part of its name will do.")]


def day_of(moment: datetime | None) -> date | None:
    """Return the day that an option named."""
    return moment.date() if moment else None
