"""What changed since links, clusters, reports and counts were last made, so that only that is made again.

Marks are set in the transaction that changes something and taken away in the one that links, so that a run that is
cut off leaves nothing unlinked for good.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Insert,
    Select,
    String,
    bindparam,
    cast,
    delete,
    exists,
    insert,
    literal,
    select,
)

from kb.store.columns import among
from kb.store.tables import (
    annotation,
    article,
    entity,
    link,
    local_entity,
    quote,
    quote_cluster,
    quote_cluster_member,
    report,
    revision,
    touched,
)

CHUNK = 1000
"""Most values of an IN list: far below what either engine takes."""

T = TypeVar("T")


def touch_body(connection: Connection, body_id: int) -> None:
    """Mark a body with the blocks, clusters and entities of its current annotation.

    To be called before and after its annotation, or its being current, changes: what it had and what it has are
    both to be made again.
    """
    current = (annotation.c.body_id == body_id) & annotation.c.is_current
    blocks = (
        select(literal("block"), local_entity.c.block)
        .join(annotation, annotation.c.id == local_entity.c.annotation_id)
        .where(current, local_entity.c.block.is_not(None))
    )
    clusters = (
        select(literal("cluster"), quote_cluster.c.uid)
        .select_from(annotation)
        .join(quote, quote.c.annotation_id == annotation.c.id)
        .join(quote_cluster_member, quote_cluster_member.c.quote_id == quote.c.id)
        .join(quote_cluster)
        .where(current)
    )
    _mark(connection, blocks.distinct())
    _mark(connection, clusters.distinct())
    touch_named(connection, body_id)
    touch(connection, "body", [str(body_id)])


def touch_named(connection: Connection, body_id: int) -> None:
    """Mark everybody whom a body's current annotation names, or who speaks in what it has reported so far."""
    of_body = (annotation.c.body_id == body_id) & annotation.c.is_current
    named = select(local_entity.c.id).join(annotation).where(of_body)
    said = select(quote.c.id).join(annotation).where(of_body)
    _mark(connection, _entities(link.c.entity_id, link.c.local_entity_id.in_(named)))
    touch_speakers(connection, report.c.quote_id.in_(said))


def touch_speakers(connection: Connection, of_reports: ColumnElement[bool]) -> None:
    """Mark the speakers of some reports."""
    _mark(connection, _entities(report.c.entity_id, of_reports & report.c.entity_id.is_not(None)))


def touch_merged(connection: Connection, ids: Sequence[int]) -> None:
    """Mark the entities that were merged into these, and those that these were merged into."""
    _mark(connection, _entities(entity.c.id, among(connection, entity.c.merged_into_id, ids)))
    roots = among(connection, entity.c.id, ids) & entity.c.merged_into_id.is_not(None)
    _mark(connection, _entities(entity.c.merged_into_id, roots))


def touch_reports(connection: Connection, of_annotations: ColumnElement[bool]) -> None:
    """Mark the bodies of some annotations: what is reported of them is to be made again."""
    bodies = select(literal("report"), cast(annotation.c.body_id, String)).where(of_annotations)
    _mark(connection, bodies.distinct())


def _entities(column: ColumnElement[int], which: ColumnElement[bool]) -> Select[Any]:
    return select(literal("entity"), cast(column, String)).where(which).distinct()


def touch(connection: Connection, kind: str, keys: Iterable[str]) -> None:
    """Mark these keys; what is marked already stays so."""
    rows = [{"a_kind": kind, "a_key": key} for key in sorted(set(keys))]
    if rows:
        marks = select(bindparam("a_kind", type_=String), bindparam("a_key", type_=String))
        connection.execute(_insert(marks), rows)


def touch_articles(connection: Connection, refs: Collection[str]) -> None:
    """Mark the blocks of all that these articles' current texts name."""
    for part in chunks(sorted(refs)):
        of_articles = (
            select(literal("block"), local_entity.c.block)
            .select_from(named_in_articles())
            .where(article.c.ref.in_(part), local_entity.c.block.is_not(None))
        )
        _mark(connection, of_articles.distinct())


def named_in_articles() -> FromClause:
    """Return articles with the local entities of their current texts."""
    return (
        article.join(revision, (revision.c.article_id == article.c.id) & revision.c.is_current)
        .join(annotation, (annotation.c.body_id == revision.c.body_id) & annotation.c.is_current)
        .join(local_entity, local_entity.c.annotation_id == annotation.c.id)
    )


def touch_everything(connection: Connection) -> None:
    """Mark every block, every body, every cluster and every entity."""
    _mark(
        connection,
        select(literal("block"), local_entity.c.block).where(local_entity.c.block.is_not(None)).distinct(),
    )
    _mark(connection, select(literal("cluster"), quote_cluster.c.uid))
    _mark(connection, select(literal("entity"), cast(entity.c.id, String)))
    annotated = exists().where(annotation.c.body_id == revision.c.body_id, annotation.c.is_current)
    bodies = select(literal("body"), cast(revision.c.body_id, String)).where(revision.c.is_current, annotated)
    _mark(connection, bodies.distinct())


def load_touched(connection: Connection, kind: str) -> list[str]:
    """Return the marked keys of a kind, in order."""
    return list(
        connection.scalars(select(touched.c.key).where(touched.c.kind == kind).order_by(touched.c.key))
    )


def clear_touched(connection: Connection) -> None:
    """Take all marks away: what they marked has been made again."""
    connection.execute(delete(touched))


def chunks(values: Iterable[T]) -> Iterator[Sequence[T]]:
    """Yield the values in lists that one statement can hold."""
    rest = iter(values)
    while part := list(islice(rest, CHUNK)):
        yield part


def _mark(connection: Connection, rows: Select[Any]) -> None:
    connection.execute(_insert(rows))


def _insert(rows: Select[Any]) -> Insert:
    """Return the statement that adds these rows; unlike one with ``on_conflict_do_nothing`` it is compiled once."""
    # SQLite reads "ON CONFLICT" behind a SELECT without WHERE as part of a join (its documented parsing ambiguity).
    filtered = rows if rows.whereclause is not None else rows.where(literal(True))
    return insert(touched).from_select(["kind", "key"], filtered.suffix_with("ON CONFLICT DO NOTHING"))
