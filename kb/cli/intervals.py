"""Times between two readings as a person gives them: ``30m``, ``2h``, ``1d``."""

from __future__ import annotations

import re

import typer

_MINUTES = {"m": 1, "h": 60, "d": 1440}
_GIVEN = re.compile(r"([1-9][0-9]{0,4})([mhd])")

MOST = 30 * 1440
"""Minutes; a month, after which a feed lists other articles."""


def parse_interval(given: str) -> int:
    """Return the minutes of ``30m``, ``2h`` or ``1d``."""
    found = _GIVEN.fullmatch(given.strip().lower())
    minutes = int(found[1]) * _MINUTES[found[2]] if found else 0
    if not 1 <= minutes <= MOST:
        raise typer.BadParameter("is no time such as 30m, 2h or 1d (30d at most)")
    return minutes


def shown_interval(minutes: int) -> str:
    """Return minutes in the largest unit that they fill."""
    unit = next(unit for unit in "dhm" if minutes % _MINUTES[unit] == 0)
    return f"{minutes // _MINUTES[unit]}{unit}"
