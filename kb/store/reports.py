"""Keep what questions read first in step with what it derives from: only what is marked is made again.

That is `report`, `naming`, `open_quote` and `entity_count`.

    refresh_reports(connection, body_ids)     the reports and namings of the articles that print or printed these texts
    refresh_counts(connection, entity_ids)    the counts of the entities that these stand for
    make_all(connection)                      all four tables anew, from nothing
    find_wrong_reports(connection)            yields (quote_id, article_id) of rows that are not as they would be made
    find_wrong_namings(connection)            yields (entity_id, article_id) likewise
    find_wrong_open_quotes(connection)        yields (entity_id, quote_id) likewise
    find_wrong_counts(connection)             yields entity_id likewise

`kb.linking.relink` makes them in the transaction in which it links; who changes what they derive from marks it
(`kb.store.touched`: ``body`` and ``report`` for the one, ``entity`` for the other).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    case,
    delete,
    distinct,
    func,
    insert,
    literal_column,
    select,
    true,
    union_all,
)

from kb.store.columns import among
from kb.store.tables import (
    annotation,
    entity,
    entity_count,
    link,
    local_entity,
    mention,
    mention_judgement,
    naming,
    open_quote,
    quote,
    quote_cluster_member,
    quote_judgement,
    report,
    revision,
    speaker_candidate,
)
from kb.store.touched import chunks, touch_speakers

_ROOT = func.coalesce(entity.c.merged_into_id, entity.c.id)


def refresh_reports(connection: Connection, body_ids: Iterable[int]) -> None:
    """Make the reports of these texts again, and who is named where; mark who speaks in them, now or before."""
    for part in chunks(sorted(body_ids)):
        _refresh_namings(connection, part)
        theirs = (
            select(quote.c.id)
            .join(annotation, annotation.c.id == quote.c.annotation_id)
            .where(among(connection, annotation.c.body_id, part))
        )
        touch_speakers(connection, report.c.quote_id.in_(theirs))
        for table, made in ((report, _reports()), (open_quote, _open_quotes())):
            connection.execute(delete(table).where(table.c.quote_id.in_(theirs)))
            rows = made.where(among(connection, revision.c.body_id, part))
            connection.execute(insert(table).from_select(table.c.keys(), rows))
        touch_speakers(connection, report.c.quote_id.in_(theirs))


def _refresh_namings(connection: Connection, body_ids: Sequence[int]) -> None:
    """Make the namings again of all articles that print these texts, or did: of what they print now."""
    printing = select(revision.c.article_id).where(among(connection, revision.c.body_id, body_ids))
    connection.execute(delete(naming).where(naming.c.article_id.in_(printing)))
    of_articles = revision.alias("of_articles")
    printing = select(of_articles.c.article_id).where(among(connection, of_articles.c.body_id, body_ids))
    made = _namings().where(revision.c.article_id.in_(printing))
    connection.execute(insert(naming).from_select(naming.c.keys(), made))


def refresh_counts(connection: Connection, entity_ids: Iterable[int]) -> None:
    """Count again what there is of the entities that these stand for."""
    for part in chunks(sorted(entity_ids)):
        roots = list(connection.scalars(select(_ROOT).where(among(connection, entity.c.id, part)).distinct()))
        members = list(connection.scalars(select(entity.c.id).where(among(connection, _ROOT, roots))))
        stale = among(connection, entity_count.c.entity_id, sorted({*part, *members}))
        connection.execute(delete(entity_count).where(stale))
        connection.execute(
            insert(entity_count).from_select(entity_count.c.keys(), _counts(connection, members))
        )


def make_all(connection: Connection) -> None:
    """Make all four tables from what they derive from, whatever they have."""
    counts = partial(_counts, connection)
    made_by = (report, _reports), (naming, _namings), (open_quote, _open_quotes), (entity_count, counts)
    for table, made in made_by:
        connection.execute(delete(table))
        connection.execute(insert(table).from_select(table.c.keys(), made()))


def find_wrong_reports(connection: Connection) -> Iterator[tuple[int, int]]:
    """Yield quote and article of the reports that are missing, too many, or not as they would be made."""
    return (row[:2] for row in _differences(connection, report, _reports()))


def find_wrong_namings(connection: Connection) -> Iterator[tuple[int, int]]:
    """Yield entity and article of the namings that are missing, too many, or not as they would be made."""
    return (row[:2] for row in _differences(connection, naming, _namings()))


def find_wrong_open_quotes(connection: Connection) -> Iterator[tuple[int, int]]:
    """Yield entity and quote of the open quotes that are missing or too many."""
    return (row[:2] for row in _differences(connection, open_quote, _open_quotes()))


def find_wrong_counts(connection: Connection) -> Iterator[int]:
    """Yield the entities (row numbers) whose counts are missing, too many, or not as they would be made."""
    return (row[0] for row in _differences(connection, entity_count, _counts(connection)))


def _differences(connection: Connection, table: Table, truth: Select[Any]) -> Iterator[Any]:
    """Yield the keys of the rows that only one of both has, each once."""
    kept = select(*table.c)
    both = (kept.except_(truth), truth.except_(kept))
    n_key = len(table.primary_key)
    rows = chain.from_iterable(connection.execute(statement) for statement in both)
    return iter({tuple(row[:n_key]): None for row in rows})


def _reports() -> Select[Any]:
    """Select the columns of `report`, in their order."""
    decided = quote_judgement.c.speaker_by_id.is_not(None)
    return (
        select(
            quote.c.id,
            revision.c.article_id,
            revision.c.outlet_id,
            case((decided, quote_judgement.c.speaker_entity_id), else_=link.c.entity_id),
            revision.c.published_on,
            revision.c.published_at,
        )
        .select_from(revision)
        .join(annotation, (annotation.c.body_id == revision.c.body_id) & annotation.c.is_current)
        .join(quote, quote.c.annotation_id == annotation.c.id)
        .outerjoin(quote_judgement, quote_judgement.c.quote_id == quote.c.id)
        .outerjoin(link, link.c.local_entity_id == quote.c.speaker_local_entity_id)
        .where(revision.c.is_current, quote_judgement.c.rejected_by_id.is_(None))
    )


def _counts(connection: Connection, members: Sequence[int] | None = None) -> Select[Any]:
    """Select the columns of `entity_count`, in their order, of what these entities have; None: of all."""
    parts = []
    for counted in (_named(), _said(), _open()):
        of_members = true() if members is None else among(connection, entity.c.id, members)
        parts.append(counted.where(of_members).group_by(_ROOT))
    either = union_all(*parts).subquery()
    columns = [func.sum(column) for column in list(either.c)[1:]]
    return select(either.c[0], *columns).group_by(either.c[0])


def _counted(**counts: ColumnElement[int]) -> Select[Any]:
    """Select the columns of `entity_count`, 0 for what is not counted here."""
    names = [column.name for column in entity_count.c if column.name != "entity_id"]
    return select(
        _ROOT.label("entity_id"), *(counts.get(name, literal_column("0")).label(name) for name in names)
    )


def _namings() -> Select[Any]:
    """Select the columns of `naming`, in their order."""
    stands = mention.c.id.is_not(None) & mention_judgement.c.mention_id.is_(None)
    return (
        select(link.c.entity_id, revision.c.article_id, func.sum(case((stands, 1), else_=0)))
        .select_from(revision)
        .join(annotation, (annotation.c.body_id == revision.c.body_id) & annotation.c.is_current)
        .join(local_entity, local_entity.c.annotation_id == annotation.c.id)
        .join(link, link.c.local_entity_id == local_entity.c.id)
        .outerjoin(mention, mention.c.local_entity_id == local_entity.c.id)
        .outerjoin(mention_judgement, mention_judgement.c.mention_id == mention.c.id)
        .where(revision.c.is_current)
        .group_by(link.c.entity_id, revision.c.article_id)
    )


def _named() -> Select[Any]:
    return (
        _counted(
            n_mentions=func.sum(naming.c.n_mentions), n_articles=func.count(distinct(naming.c.article_id))
        )
        .select_from(entity)
        .join(naming, naming.c.entity_id == entity.c.id)
        .where(naming.c.n_mentions > 0)
    )


def _said() -> Select[Any]:
    statement = func.coalesce(quote_cluster_member.c.quote_cluster_id, -report.c.quote_id)
    return (
        _counted(n_quotes=func.count(), n_statements=func.count(distinct(statement)))
        .select_from(entity)
        .join(report, report.c.entity_id == entity.c.id)
        .outerjoin(quote_cluster_member, quote_cluster_member.c.quote_id == report.c.quote_id)
    )


def _open() -> Select[Any]:
    return (
        _counted(n_open=func.count(distinct(open_quote.c.quote_id)))
        .select_from(entity)
        .join(open_quote, open_quote.c.entity_id == entity.c.id)
    )


def _open_quotes() -> Select[Any]:
    """Select the columns of `open_quote`, in their order."""
    return (
        select(link.c.entity_id, quote.c.id)
        .select_from(revision)
        .join(annotation, (annotation.c.body_id == revision.c.body_id) & annotation.c.is_current)
        .join(quote, (quote.c.annotation_id == annotation.c.id) & quote.c.speaker.is_(None))
        .join(speaker_candidate, speaker_candidate.c.quote_id == quote.c.id)
        .join(link, link.c.local_entity_id == speaker_candidate.c.local_entity_id)
        .outerjoin(quote_judgement, quote_judgement.c.quote_id == quote.c.id)
        .where(revision.c.is_current, quote_judgement.c.quote_id.is_(None))
        .distinct()
    )
