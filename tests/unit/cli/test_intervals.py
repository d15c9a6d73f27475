"""Times as people give them."""

from __future__ import annotations

import pytest
import typer

from kb.cli.intervals import parse_interval, shown_interval


@pytest.mark.parametrize(
    ("given", "minutes", "shown"),
    [
        ("30m", 30, "30m"),
        ("2h", 120, "2h"),
        (" 1D ", 1440, "1d"),
        ("90m", 90, "90m"),
        ("60m", 60, "1h"),
        ("30d", 43200, "30d"),
    ],
)
def test_time_is_read_and_shown(given: str, minutes: int, shown: str) -> None:
    """Minutes, hours and days are read, and shown in the largest unit that fits."""
    assert parse_interval(given) == minutes
    assert shown_interval(minutes) == shown


@pytest.mark.parametrize("given", ["", "30", "m", "0m", "-5m", "1.5h", "31d", "99999d", "2w", "1h30m", "٣m"])
def test_what_is_no_time_is_refused(given: str) -> None:
    """Anything else is wrong usage."""
    with pytest.raises(typer.BadParameter):
        parse_interval(given)
