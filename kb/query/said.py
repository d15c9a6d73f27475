"""What entities said: first which quotes, by the indexes that serve it, then all of the few that are shown.

One question over all tables would leave it to the engine to begin with the speaker; PostgreSQL plans more than
eight joined tables in the order in which they stand (``join_collapse_limit``) and would read every quote.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import fields
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, Select, distinct, func, select, union_all

from kb.query.current import by_code_point, is_rejected, stream
from kb.query.quotes import (
    EVERYTHING,
    as_quote,
    conditions_of,
    has_decided_speaker,
    member_ids,
    select_quotes,
)
from kb.query.rows import QuoteFilter, QuoteRow, ReportRow, StatementRow
from kb.store.tables import (
    annotation,
    article,
    link,
    outlet,
    quote,
    quote_cluster_member,
    quote_judgement,
    revision,
)

_SHOWN_AT_ONCE = 200  # quotes whose full rows are fetched together


def quotes_by(
    connection: Connection,
    entity_uids: Collection[str],
    where: QuoteFilter = EVERYTHING,
    *,
    limit: int | None = None,
) -> Iterator[QuoteRow]:
    """Yield the quotes of these entities, the newest first, those of undated articles last."""
    keys = stream(connection, _newest(connection, entity_uids, where).limit(limit))
    yield from (as_quote(row) for row in full_rows(connection, keys))


def statements_by(
    connection: Connection,
    entity_uids: Collection[str],
    where: QuoteFilter = EVERYTHING,
    *,
    limit: int | None = None,
) -> Iterator[StatementRow]:
    """Yield what these entities said, each statement once, by its newest report; all its reports by them beside it."""
    keys = stream(connection, _newest(connection, entity_uids, where))
    first = islice(_first_of_each(keys), limit)
    for row in full_rows(connection, first):
        yield with_reports(as_quote(row), _reports(connection, row, entity_uids))


def count_quotes_by(
    connection: Connection, entity_uids: Collection[str], where: QuoteFilter = EVERYTHING
) -> int:
    """Return how many quotes `quotes_by` would yield without a limit."""
    return _count(connection, entity_uids, where, func.count(quote.c.id))


def count_statements_by(
    connection: Connection, entity_uids: Collection[str], where: QuoteFilter = EVERYTHING
) -> int:
    """Return how many statements `statements_by` would yield without a limit."""
    return _count(connection, entity_uids, where, func.count(distinct(_STATEMENT)))


def with_reports(quote: QuoteRow, reports: Iterable[ReportRow] = ()) -> StatementRow:
    """Return a quote as a statement with its reports."""
    told = {field.name: getattr(quote, field.name) for field in fields(QuoteRow)}
    return StatementRow(**told, reports=tuple(reports))


_STATEMENT = func.coalesce(quote_cluster_member.c.quote_cluster_id, -quote.c.id)
"""What all quotes of one statement share."""


def _said_by(connection: Connection, entity_uids: Collection[str], where: QuoteFilter) -> Select[Any]:
    """Select the quotes whose speaker is one of these entities, or merged into one, as linked or as decided."""
    theirs = member_ids(connection, entity_uids)
    linked = (
        select(quote.c.id)
        .join(link, link.c.local_entity_id == quote.c.speaker_local_entity_id)
        .where(link.c.entity_id.in_(theirs), ~has_decided_speaker())
    )
    decided = select(quote_judgement.c.quote_id).where(quote_judgement.c.speaker_entity_id.in_(theirs))
    said = union_all(linked, decided).subquery("said")
    return (
        select(quote.c.id, article.c.ref, _STATEMENT.label("statement"))
        .select_from(said)
        .join(quote, quote.c.id == said.c.id)
        .join(annotation, (annotation.c.id == quote.c.annotation_id) & annotation.c.is_current)
        .join(revision, (revision.c.body_id == annotation.c.body_id) & revision.c.is_current)
        .join(article, article.c.id == revision.c.article_id)
        .outerjoin(outlet, outlet.c.id == revision.c.outlet_id)
        .outerjoin(quote_cluster_member, quote_cluster_member.c.quote_id == quote.c.id)
        .where(~is_rejected(), *conditions_of(where))
    )


def _newest(connection: Connection, entity_uids: Collection[str], where: QuoteFilter) -> Select[Any]:
    return _said_by(connection, entity_uids, where).order_by(
        revision.c.published_on.desc().nulls_last(),
        revision.c.published_at.desc().nulls_last(),
        by_code_point(connection, article.c.ref),
        quote.c.start_char,
        quote.c.ordinal,
    )


def _count(connection: Connection, entity_uids: Collection[str], where: QuoteFilter, counted: Any) -> int:
    statement = _said_by(connection, entity_uids, where)
    found: int = connection.execute(
        statement.with_only_columns(counted, maintain_column_froms=True)
    ).scalar_one()
    return found


def _first_of_each(keys: Iterable[Row[Any]]) -> Iterator[Row[Any]]:
    """Yield the first key of each statement."""
    told: set[int] = set()
    for key in keys:
        if key.statement not in told:
            told.add(key.statement)
            yield key


def full_rows(connection: Connection, keys: Iterable[Row[Any]]) -> Iterator[Row[Any]]:
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


def _reports(connection: Connection, row: Row[Any], entity_uids: Collection[str]) -> Sequence[ReportRow]:
    """Return the reports of a row's statement by these speakers, in the order of their days, if there are several."""
    relation = func.coalesce(quote_cluster_member.c.relation, "reprint")
    same = (
        quote_cluster_member.c.quote_cluster_id == row.cluster_id
        if row.cluster
        else quote.c.id == row.quote_id
    )
    rows = connection.execute(
        _said_by(connection, entity_uids, EVERYTHING)
        .with_only_columns(
            article.c.ref,
            outlet.c.name,
            revision.c.published_on,
            relation,
            quote.c.text,
            maintain_column_froms=True,
        )
        .where(same)
        .order_by(
            revision.c.published_on.asc().nulls_last(),
            relation != "first",
            by_code_point(connection, article.c.ref),
            quote.c.start_char,
        )
    ).all()
    return [ReportRow(*report) for report in rows] if len(rows) > 1 else []
