"""What entities said: first which quotes, by the index that has them in order, then all of the few that are shown.

One question over all tables would leave it to the engine to begin with the speaker; PostgreSQL plans more than
eight joined tables in the order in which they stand (``join_collapse_limit``) and would read every quote. Entities that
were merged are asked for one by one, since only the reports of one speaker stand in order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from heapq import merge
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, Select, distinct, func, select

from kb.query.current import by_code_point, stream
from kb.query.quotes import EVERYTHING, as_quote, conditions_of, member_ids, select_quotes
from kb.query.rows import QuoteFilter, QuoteRow, ReportRow, StatementRow
from kb.store.tables import article, outlet, quote, quote_cluster_member, report

_SHOWN_AT_ONCE = 200  # quotes whose full rows are fetched together

Key = Row[Any]
"""Which quote of which article (`id`, `ref`), of which `statement`, and what puts it in order."""


def quotes_by(
    connection: Connection,
    entity_uids: Collection[str],
    where: QuoteFilter = EVERYTHING,
    *,
    limit: int | None = None,
) -> Iterator[QuoteRow]:
    """Yield the quotes of these entities, the newest first, those of undated articles last."""
    keys = _newest(connection, member_ids(connection, entity_uids), where, limit)
    yield from map(as_quote, full_rows(connection, keys))


def statements_by(
    connection: Connection,
    entity_uids: Collection[str],
    where: QuoteFilter = EVERYTHING,
    *,
    limit: int | None = None,
) -> Iterator[StatementRow]:
    """Yield what these entities said, each statement once, by its newest report; all its reports by them beside it."""
    theirs = member_ids(connection, entity_uids)
    keys = iter(_newest_of_each(connection, theirs, where, limit))
    while part := list(islice(keys, _SHOWN_AT_ONCE)):
        reports = _reports(connection, part, theirs)
        for key, row in zip(part, full_rows(connection, part), strict=True):
            yield with_reports(as_quote(row), reports.get(key.statement, ()))


def count_quotes_by(
    connection: Connection, entity_uids: Collection[str], where: QuoteFilter = EVERYTHING
) -> int:
    """Return how many quotes `quotes_by` would yield without a limit."""
    return _count(connection, entity_uids, where, func.count())


def count_statements_by(
    connection: Connection, entity_uids: Collection[str], where: QuoteFilter = EVERYTHING
) -> int:
    """Return how many statements `statements_by` would yield without a limit."""
    return _count(connection, entity_uids, where, func.count(distinct(_STATEMENT)))


def with_reports(quote: QuoteRow, reports: Iterable[ReportRow] = ()) -> StatementRow:
    """Return a quote as a statement with its reports."""
    told = {field.name: getattr(quote, field.name) for field in fields(QuoteRow)}
    return StatementRow(**told, reports=tuple(reports))


_STATEMENT = func.coalesce(quote_cluster_member.c.quote_cluster_id, -report.c.quote_id)
"""What all quotes of one statement share."""


def newest_reports(connection: Connection, where: QuoteFilter) -> Select[Any]:
    """Select the keys of the reports that a filter lets pass, the newest first."""
    newest = report.c.published_on.desc().nulls_last(), report.c.published_at.desc().nulls_last()
    within = by_code_point(connection, article.c.ref), quote.c.start_char, quote.c.ordinal
    columns = report.c.published_on, report.c.published_at, quote.c.start_char, quote.c.ordinal
    return _passing(
        select(quote.c.id, article.c.ref, _STATEMENT.label("statement"), *columns), where
    ).order_by(*newest, *within)


def _passing(columns: Select[Any], where: QuoteFilter) -> Select[Any]:
    """Take columns from the reports that a filter lets pass."""
    reports = (
        report.join(quote, quote.c.id == report.c.quote_id)
        .join(article, article.c.id == report.c.article_id)
        .outerjoin(quote_cluster_member, quote_cluster_member.c.quote_id == report.c.quote_id)
    )
    if where.outlet is not None:
        reports = reports.outerjoin(outlet, outlet.c.id == report.c.outlet_id)
    return columns.select_from(reports).where(*conditions_of(where, day=report.c.published_on))


def _newest(
    connection: Connection, members: Iterable[int], where: QuoteFilter, limit: int | None
) -> Iterator[Key]:
    """Yield the keys of what these entities (row numbers) said, the newest first."""
    theirs = newest_reports(connection, where).limit(limit)
    each = (stream(connection, theirs.where(report.c.entity_id == member)) for member in members)
    return islice(merge(*each, key=_place), limit)


def _place(key: Key) -> tuple[Any, ...]:
    """Return where a key stands in the order of `newest_reports`."""
    on, at = key.published_on, key.published_at
    newest = on is None, -on.toordinal() if on else 0, at is None, -at.timestamp() if at else 0
    return *newest, key.ref, key.start_char, key.ordinal


def _newest_of_each(
    connection: Connection, members: Collection[int], where: QuoteFilter, limit: int | None
) -> Iterable[Key]:
    """Return the newest key of each statement: of so many of them, found among ever more reports."""
    if limit is None:
        return _first_of_each(_newest(connection, members, where, None))
    n_read = 2 * limit
    while True:
        keys = list(_newest(connection, members, where, n_read))
        found = list(islice(_first_of_each(keys), limit))
        if len(found) == limit or len(keys) < n_read:
            return found
        n_read *= 4


def _count(connection: Connection, entity_uids: Collection[str], where: QuoteFilter, counted: Any) -> int:
    theirs = report.c.entity_id.in_(member_ids(connection, entity_uids))
    found: int = connection.execute(_passing(select(counted), where).where(theirs)).scalar_one()
    return found


def _first_of_each(keys: Iterable[Key]) -> Iterator[Key]:
    """Yield the first key of each statement."""
    told: set[int] = set()
    for key in keys:
        if key.statement not in told:
            told.add(key.statement)
            yield key


def full_rows(connection: Connection, keys: Iterable[Key]) -> Iterator[Row[Any]]:
    """Yield the rows of all columns of these quotes in these articles, in their order."""
    rest = iter(keys)
    while part := list(islice(rest, _SHOWN_AT_ONCE)):
        wanted = [(key.id, key.ref) for key in part]
        rows = connection.execute(
            select_quotes().where(
                quote.c.id.in_([id_ for id_, _ in wanted]), article.c.ref.in_({ref for _, ref in wanted})
            )
        )
        found = {(row.quote_id, row.ref): row for row in rows}
        yield from (found[key] for key in wanted)


def _reports(
    connection: Connection, keys: Sequence[Key], members: Collection[int]
) -> Mapping[int, Sequence[ReportRow]]:
    """Return the reports by these speakers of each statement that has several, in the order of their days."""
    member = quote_cluster_member.c
    clusters = [key.statement for key in keys if key.statement > 0]
    mates = select(member.quote_id).where(member.quote_cluster_id.in_(clusters))
    quotes = {key.id for key in keys} | set(connection.scalars(mates) if clusters else ())
    relation = func.coalesce(member.relation, "reprint")
    columns = article.c.ref, outlet.c.name, report.c.published_on, relation, quote.c.text
    rows = connection.execute(
        select(report.c.entity_id, _STATEMENT, *columns)
        .select_from(report)
        .join(quote, quote.c.id == report.c.quote_id)
        .join(article, article.c.id == report.c.article_id)
        .outerjoin(outlet, outlet.c.id == report.c.outlet_id)
        .outerjoin(quote_cluster_member, member.quote_id == report.c.quote_id)
        .where(report.c.quote_id.in_(quotes))
        .order_by(
            report.c.published_on.asc().nulls_last(),
            relation != "first",
            by_code_point(connection, article.c.ref),
            quote.c.start_char,
        )
    )
    found: dict[int, list[ReportRow]] = defaultdict(list)
    for speaker, statement, *told in rows:
        if speaker in members:
            found[statement].append(ReportRow(*told))
    return {statement: reports for statement, reports in found.items() if len(reports) > 1}
