"""The day and hour at which a page says it was published.

A pattern decides what is a date at all; dateparser, which guesses wildly otherwise, is only given what the
pattern found, or a field that is known to be a date. It is imported when it is first needed.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from kb.lexicon import word_list
from kb.model import Precision, Published

HOME_ZONE = ZoneInfo("Asia/Jakarta")
"""A time printed without a zone is local here."""

INDONESIAN_HOURS = range(7, 10)
"""Hours east of Greenwich of Indonesian zones; a day printed in another zone is turned into Jakarta's."""

YEARS = range(1945, 2101)
"""Other years are misprints."""

LONGEST_DATE = 80
"""Characters; a longer text is not handed to dateparser."""


class FoundDate(NamedTuple):
    """A date in a line: `start` and `end` are code points of that line."""

    published: Published
    start: int
    end: int


def find_date(line: str) -> FoundDate | None:
    """Return the first full date (day, month, year) of `line`, with the weekday and the time beside it."""
    for match in _pattern().finditer(line):
        if (day := _read_day(match)) and day.year in YEARS:
            return FoundDate(_make_published(day, *_read_clock(match)), match.start(), match.end())
    return None


def parse_published(text: str) -> Published | None:
    """Parse a text that is known to be a date, such as a field of a record; None if it is none."""
    if found := find_date(text):
        return found.published
    moment = _ask_dateparser(text)
    if moment is None or moment.year not in YEARS:
        return None
    clock = moment.time() if moment.time() != time() else None
    return _make_published(moment.date(), clock, moment.tzinfo, moment.tzname())


def _make_published(
    day: date, clock: time | None, zone: tzinfo | None = None, printed: str | None = None
) -> Published:
    if clock is None:
        return Published(on=day, precision=Precision.DAY)
    local = datetime.combine(day, clock, zone or HOME_ZONE)
    if zone and _hours_east(local) not in INDONESIAN_HOURS:
        day = local.astimezone(HOME_ZONE).date()
    return Published(on=day, precision=Precision.MINUTE, at=local.astimezone(UTC), zone=printed)


def _hours_east(moment: datetime) -> float:
    return (moment.utcoffset() or timedelta()) / timedelta(hours=1)


@cache
def _pattern() -> re.Pattern[str]:
    months, weekdays = _any_of("date_months"), _any_of("date_weekdays")
    zones = "|".join(sorted((re.escape(name) for name in _zones()), key=len, reverse=True))
    return re.compile(
        rf"""(?<![\w/.]) (?<!\d-) (?: (?:{weekdays})\.? \s*[,/]?\s* )?
        (?: (?P<iso>\d{{4}}-\d\d-\d\d)
          | (?P<numeric>\d{{1,2}} (?P<mark>[/.-]) \d{{1,2}} (?P=mark) \d{{4}})
          | (?P<words> \d{{1,2}} [ -] (?:{months})\.?,? [ -] \d{{4}}
                     | (?:{months})\.? [ ] \d{{1,2}}(?:st|nd|rd|th)?, ?[ ]? \d{{4}} ) ) (?!\d)
        (?: [\sT,|/·•–—-]{{1,5}} (?:(?:pukul|jam|pkl\.?|at) \s*)?
            (?P<hour>\d{{1,2}}) [:.] (?P<minute>\d\d) (?: [:.]\d\d (?:[.,]\d+)? )? (?!\d)
            (?: \s?(?P<half>[ap]) \.?m\b\.? )?
            (?: \s?\(? (?P<zone> (?:{zones}|Z)\b | [+-]\d\d (?: :?\d\d )? ) (?!\d) \)? )? )?""",
        re.VERBOSE | re.IGNORECASE,
    )


def _any_of(name: str) -> str:
    return "|".join(re.escape(form) for form in sorted(word_list(name), key=len, reverse=True))


def _read_day(match: re.Match[str]) -> date | None:
    if words := match["words"]:
        moment = _ask_dateparser(words)
        return moment.date() if moment else None
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        day, month, year = map(int, match["numeric"].split(match["mark"]))
        return date(year, month, day)
    except ValueError:
        return None


def _read_clock(match: re.Match[str]) -> tuple[time | None, tzinfo | None, str | None]:
    if match["hour"] is None:
        return None, None, None
    hour, minute = int(match["hour"]), int(match["minute"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    if hour > 23 or minute > 59:
        return None, None, None
    return time(hour, minute), _read_zone(match["zone"]), match["zone"]


def _read_zone(printed: str | None) -> tzinfo | None:
    if printed is None:
        return None
    name = printed.upper()
    if name in _zones():
        return timezone(timedelta(hours=_zones()[name]))
    if name == "Z":
        return UTC
    digits = name[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if name[0] == "-" else offset) if offset < timedelta(hours=24) else None


@cache
def _zones() -> dict[str, int]:
    return {name.upper(): int(hours) for name, hours in (line.split() for line in word_list("date_zones"))}


@lru_cache(maxsize=1024)
def _ask_dateparser(text: str) -> datetime | None:
    if len(text) > LONGEST_DATE:
        return None
    moment: datetime | None = _parser().get_date_data(text).date_obj
    return moment


@cache
def _parser() -> Any:
    from dateparser.date import DateDataParser  # noqa: PLC0415 (slow to import, seldom needed)

    return DateDataParser(
        languages=["id", "en"],
        use_given_order=True,
        settings={
            "DATE_ORDER": "DMY",
            "STRICT_PARSING": True,
            "REQUIRE_PARTS": ["day", "month", "year"],
            "PARSERS": ["absolute-time"],
        },
    )
