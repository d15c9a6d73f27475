"""What entities said: first which quotes, by the index that has them in order, then all of the few that are shown.

One question over all tables would leave it to the engine to begin with the speaker; PostgreSQL plans more than
eight joined tables in the order in which they stand (``join_collapse_limit``) and would read every quote. Entities that
were merged are asked for one by one, since only the reports of one speaker stand in order. Statements that are asked
often are made once: to make one takes longer than to answer it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import Any

from sqlalchemy import BindParameter, Connection, Integer, Row, Select, bindparam, distinct, func, select

from kb.query.current import by_code_point, newest_first, place_of, stream
from kb.query.quotes import EVERYTHING, as_quote, conditions_of, member_ids, select_quotes
from kb.query.rows import QuoteFilter, QuoteRow, ReportRow, StatementRow
from kb.store.columns import among_named, as_list
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
    return StatementRow(*(*_told_of(quote), tuple(reports)))


_told_of = attrgetter(*(field.name for field in fields(QuoteRow)))


_STATEMENT = func.coalesce(quote_cluster_member.c.quote_cluster_id, -report.c.quote_id)
"""What all quotes of one statement share."""


def newest_reports(dialect: str, where: QuoteFilter) -> Select[Any]:
    """Select the keys of the reports that a filter lets pass, the newest first."""
    within = by_code_point(dialect, article.c.ref), quote.c.start_char, quote.c.ordinal
    columns = report.c.published_on, report.c.published_at, quote.c.start_char, quote.c.ordinal
    return _passing(
        select(quote.c.id, article.c.ref, _STATEMENT.label("statement"), *columns), where
    ).order_by(*newest_first(report.c), *within)


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
    dialect = connection.dialect.name
    theirs = _newest_of(dialect) if where == EVERYTHING else _newest_passing(dialect, where)
    if limit is None:
        each = (stream(connection, theirs, member=member) for member in members)
    else:
        some = _some(dialect) if where == EVERYTHING else theirs.limit(_LIMIT)
        each = (iter(connection.execute(some, {"member": member, "limit": limit})) for member in members)
    return islice(merge(*each, key=place_of), limit)


def _newest_passing(dialect: str, where: QuoteFilter) -> Select[Any]:
    return newest_reports(dialect, where).where(report.c.entity_id == bindparam("member"))


@cache
def _newest_of(dialect: str) -> Select[Any]:
    return _newest_passing(dialect, EVERYTHING)


@cache
def _some(dialect: str) -> Select[Any]:
    return _newest_of(dialect).limit(_LIMIT)


_LIMIT: BindParameter[int] = bindparam("limit", type_=Integer)


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
    dialect, rest = connection.dialect.name, iter(keys)
    while part := list(islice(rest, _SHOWN_AT_ONCE)):
        wanted = [(key.id, key.ref) for key in part]
        ids, refs = ({pair[n] for pair in wanted} for n in (0, 1))
        lists = {"quotes": as_list(dialect, ids), "articles": as_list(dialect, refs)}
        found = {(row.quote_id, row.ref): row for row in connection.execute(_full(dialect), lists)}
        yield from (found[key] for key in wanted)


@cache
def _full(dialect: str) -> Select[Any]:
    of_articles = among_named(dialect, article.c.ref, "articles")
    return select_quotes().where(among_named(dialect, quote.c.id, "quotes"), of_articles)


def _reports(
    connection: Connection, keys: Sequence[Key], members: Collection[int]
) -> Mapping[int, Sequence[ReportRow]]:
    """Return the reports by these speakers of each statement that has several, in the order of their days."""
    dialect = connection.dialect.name
    clusters = [key.statement for key in keys if key.statement > 0]
    mates = quote_cluster_member.c.quote_cluster_id.in_(clusters)
    quotes = {key.id for key in keys}
    if clusters:
        quotes.update(connection.scalars(select(quote_cluster_member.c.quote_id).where(mates)))
    found: dict[int, list[ReportRow]] = defaultdict(list)
    for row in connection.execute(_told(dialect), {"quotes": as_list(dialect, quotes)}):
        speaker, statement, *told = row
        if speaker in members:
            found[statement].append(ReportRow(*told))
    return {statement: reports for statement, reports in found.items() if len(reports) > 1}


@cache
def _told(dialect: str) -> Select[Any]:
    """Select speaker, statement and the columns of ReportRow, in the order of days."""
    relation = func.coalesce(quote_cluster_member.c.relation, "reprint")
    columns = article.c.ref, outlet.c.name, report.c.published_on, relation, quote.c.text
    return (
        select(report.c.entity_id, _STATEMENT, *columns)
        .select_from(report)
        .join(quote, quote.c.id == report.c.quote_id)
        .join(article, article.c.id == report.c.article_id)
        .outerjoin(outlet, outlet.c.id == report.c.outlet_id)
        .outerjoin(quote_cluster_member, quote_cluster_member.c.quote_id == report.c.quote_id)
        .where(among_named(dialect, report.c.quote_id, "quotes"))
        .order_by(
            report.c.published_on.asc().nulls_last(),
            relation != "first",
            by_code_point(dialect, article.c.ref),
            quote.c.start_char,
        )
    )
