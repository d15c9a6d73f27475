"""What counts as a date, and what it says."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from kb.ingest.dates import find_date, parse_published
from kb.model import Precision, Published


def minute(text: str, zone: str | None = None, on: str | None = None) -> Published:
    at = datetime.fromisoformat(text).replace(tzinfo=UTC)
    return Published(date.fromisoformat(on or text[:10]), Precision.MINUTE, at, zone)


def day(text: str) -> Published:
    return Published(date.fromisoformat(text), Precision.DAY)


PRINTED = {
    "Selasa, 18 Juni 2024 |11:51 WIB": minute("2024-06-18T04:51", "WIB"),
    "Kamis, 20 Juni 2024 - 08:19": minute("2024-06-20T01:19"),
    "18/06/2024, 11:51 WIB": minute("2024-06-18T04:51", "WIB"),
    "date 2024-06-18": day("2024-06-18"),
    "Jum'at, 21 Juni 2024 11.51 WIB": minute("2024-06-21T04:51", "WIB"),
    "Jumat, 21/6/2024 | 05:10 WITA": minute("2024-06-20T21:10", "WITA", on="2024-06-21"),
    "Diterbitkan: 18 Jun 2024, 23:10 WIT": minute("2024-06-18T14:10", "WIT"),
    "Tuesday, June 18, 2024 3:05 PM": minute("2024-06-18T08:05"),
    "18 Agustus 2024 pukul 09.05 WIB": minute("2024-08-18T02:05", "WIB"),
    "Rabu, 19 Jun 2024 00:05 WIB": minute("2024-06-18T17:05", "WIB", on="2024-06-19"),
    "Senin 3 Okt 2022": day("2022-10-03"),
    "18 Juni 2024 25:10": day("2024-06-18"),
    "2024-06-18T23:51:00+07:00": minute("2024-06-18T16:51", "+07:00"),
    "2024-06-18T23:51:00Z": minute("2024-06-18T23:51", "Z", on="2024-06-19"),
}


@pytest.mark.parametrize(("line", "published"), PRINTED.items(), ids=list(PRINTED))
def test_reads_printed_dates(line: str, published: Published) -> None:
    """Dates are read as pages print them, and the day stays the day of the printed zone."""
    found = find_date(line)
    assert found is not None
    assert found.published == published


@pytest.mark.parametrize(
    "line",
    ["31/02/2024", "31 Februari 2024", "99/99/2024", "pasal 12/2/1", "Juni 2024", "18 Juni", "1.234.567"],
)
def test_guesses_no_date(line: str) -> None:
    """What is no full date is none: nothing is guessed."""
    assert find_date(line) is None


def test_a_date_covers_weekday_and_time() -> None:
    """A found date spans the weekday before it and the time after it."""
    line = "Ratna Wibawa, Jurnalis-Selasa, 18 Juni 2024 |11:51 WIB"
    found = find_date(line)
    assert found is not None
    assert line[found.start : found.end] == "Selasa, 18 Juni 2024 |11:51 WIB"


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Tue, 18 Jun 2024 11:51:00 +0700", minute("2024-06-18T04:51", "+0700")),
        ("June 18th, 2024", day("2024-06-18")),
        ("2024-06-18", day("2024-06-18")),
        ("2024/06/18 11:51", minute("2024-06-18T04:51")),
        ("kemarin", None),
        ("1718686260", None),
        ("", None),
    ],
)
def test_parses_a_field(text: str, published: Published | None) -> None:
    """A field that is known to be a date is read as feeds print it; relative dates are not guessed."""
    assert parse_published(text) == published
