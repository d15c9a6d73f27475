"""How often somebody is quoted and named, day by day or in longer periods, with the periods in which nobody did.

An engine counts by day, which the calendar then puts into periods: the same on every engine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from kb.errors import NotFound
from kb.names import fold
from kb.query.meant import entity_of
from kb.query.quotes import EVERYTHING, member_ids
from kb.query.rows import EntityRow, QuoteFilter
from kb.store.tables import naming, outlet, quote, report, revision

MOST_PERIODS = 72
"""Periods of a timeline whose step is not given: six years by month."""


class Step(StrEnum):
    """How long a period is; a week is that of ISO 8601, from Monday on."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Split(StrEnum):
    """What the quotes of a period are parted by."""

    KIND = "kind"
    OUTLET = "outlet"


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One period: `since` and `until` are its first and last day, `period` is it in the words of ISO 8601.

    `part` is the kind or outlet that the row is about, None where nothing is parted or the outlet is not known.
    `n_mentions` is None where only quotes of one kind are counted: a mention has none.
    """

    entity_uid: str
    entity_name: str
    period: str
    since: date
    until: date
    part: str | None
    n_quotes: int
    n_mentions: int | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """Periods in their order, none left out; in each the `parts` in theirs, the most quoted first.

    `n_undated` is how many quotes and mentions are of articles without a day; they are in no period.
    """

    entity: EntityRow
    step: Step
    parts: tuple[str | None, ...]
    rows: tuple[PeriodRow, ...]
    n_undated: tuple[int, int]


def timeline(
    connection: Connection,
    uid: str,
    where: QuoteFilter = EVERYTHING,
    *,
    step: Step | None = None,
    split: Split | None = None,
) -> Timeline:
    """Return how often an entity is quoted (and named) in each period, from the first day to the last.

    The finest step that makes no more than `MOST_PERIODS` is chosen where none is given. Of `where` the kind, the days
    and the outlet hold. NotFound if the base has no entity of this uid.
    """
    entity = entity_of(connection, uid)
    if entity is None:
        raise NotFound(uid, "no entity of that uid")
    theirs = member_ids(connection, [entity.uid])
    has_mentions = not (where.kind or split is Split.KIND)
    quoted = _count(connection, _quotes(theirs, where, split), split)
    named = _count(connection, _mentions(theirs, where), split) if has_mentions else Counter[_Place]()
    bounds = _bounds([*quoted, *named], where)
    step = step or _choose_step(bounds)
    parts = _parts(quoted, named, split)
    n_quotes, n_mentions = _by_period(quoted, step), _by_period(named, step)
    rows = tuple(
        PeriodRow(
            *(entity.uid, entity.name, _name(first, step), first, last, part),
            n_quotes=n_quotes[first, part],
            n_mentions=n_mentions[first, part] if has_mentions else None,
        )
        for first, last in _periods(bounds, step)
        for part in parts
    )
    return Timeline(entity, step, parts, rows, n_undated=(_undated(quoted), _undated(named)))


def days_covered(connection: Connection) -> tuple[date, date] | None:
    """Return the first and the last day of which the base has articles; None if none is dated."""
    dated = revision.c.is_current & revision.c.published_on.is_not(None)
    first, last = connection.execute(
        select(func.min(revision.c.published_on), func.max(revision.c.published_on)).where(dated)
    ).one()
    return (first, last) if first else None


_Place = tuple[date | None, str | None]
"""A day and the part that it is of; both may be unknown."""


def _quotes(theirs: Sequence[int], where: QuoteFilter, split: Split | None) -> Select[Any]:
    """Select what the quotes of these entities are counted by."""
    by_part = quote.c.kind if split is Split.KIND else outlet.c.name
    statement = (
        select(report.c.published_on, by_part, func.count())
        .join_from(report, quote, quote.c.id == report.c.quote_id)
        .outerjoin(outlet, outlet.c.id == report.c.outlet_id)
        .where(report.c.entity_id.in_(theirs), *_conditions(report.c.published_on, where))
        .group_by(report.c.published_on, by_part)
    )
    return statement.where(quote.c.kind == where.kind) if where.kind else statement


def _mentions(theirs: Sequence[int], where: QuoteFilter) -> Select[Any]:
    """Select what the mentions of these entities in current articles are counted by."""
    return (
        select(revision.c.published_on, outlet.c.name, func.sum(naming.c.n_mentions))
        .join_from(naming, revision, (revision.c.article_id == naming.c.article_id) & revision.c.is_current)
        .outerjoin(outlet, outlet.c.id == revision.c.outlet_id)
        .where(naming.c.entity_id.in_(theirs), *_conditions(revision.c.published_on, where))
        .group_by(revision.c.published_on, outlet.c.name)
    )


def _conditions(day: ColumnElement[Any], where: QuoteFilter) -> Iterator[ColumnElement[bool]]:
    if where.since:
        yield day >= where.since
    if where.until:
        yield day <= where.until
    if where.outlet:
        yield outlet.c.name_key.contains(fold(where.outlet), autoescape=True)


def _count(connection: Connection, statement: Select[Any], split: Split | None) -> Counter[_Place]:
    counted = Counter[_Place]()
    for day, part, n in connection.execute(statement):
        counted[day, part if split else None] += n
    return counted


def _bounds(found: Iterable[_Place], where: QuoteFilter) -> tuple[date, date] | None:
    """Return the first and the last day: as asked for, else of what was found; None where there is neither."""
    days = [day for day, _ in found if day]
    first, last = where.since or min(days, default=None), where.until or max(days, default=None)
    return (first, last) if first and last and first <= last else None


def _choose_step(bounds: tuple[date, date] | None) -> Step:
    few = (
        step for step in Step if len(list(islice(_periods(bounds, step), MOST_PERIODS + 1))) <= MOST_PERIODS
    )
    return next(few, Step.YEAR)


def _periods(bounds: tuple[date, date] | None, step: Step) -> Iterator[tuple[date, date]]:
    """Yield first and last day of each period that has a day within the bounds."""
    first = bounds and _start(bounds[0], step)
    while bounds and first and first <= bounds[1]:
        following = _start(first + _LONGER[step], step)
        yield first, following - timedelta(days=1)
        first = following


_LONGER = {
    Step.DAY: timedelta(days=1),
    Step.WEEK: timedelta(days=7),
    Step.MONTH: timedelta(days=31),
    Step.YEAR: timedelta(days=366),
}
"""From the first day of a period: a time that ends within the next one."""


def _start(day: date, step: Step) -> date:
    """Return the first day of the period that a day is in."""
    if step is Step.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(
        day=1 if step is not Step.DAY else day.day, month=1 if step is Step.YEAR else day.month
    )


def _name(first: date, step: Step) -> str:
    if step is Step.WEEK:
        year, week, _ = first.isocalendar()
        return f"{year}-W{week:02}"
    return first.isoformat()[: {Step.DAY: 10, Step.MONTH: 7, Step.YEAR: 4}[step]]


def _parts(quoted: Counter[_Place], named: Counter[_Place], split: Split | None) -> tuple[str | None, ...]:
    """Return the parts, the most quoted first, then the most named."""
    if split is None:
        return (None,)
    often = Counter[str | None]()
    for counted, weight in ((quoted, 1), (named, 0)):
        for (_, part), n in counted.items():
            often[part] += n * weight
    return tuple(sorted(often, key=lambda part: (-often[part], part or "\uffff"))) or (None,)


def _by_period(counted: Counter[_Place], step: Step) -> Counter[_Place]:
    periods = Counter[_Place]()
    for (day, part), n in counted.items():
        if day:
            periods[_start(day, step), part] += n
    return periods


def _undated(counted: Counter[_Place]) -> int:
    return sum(n for (day, _), n in counted.items() if day is None)
