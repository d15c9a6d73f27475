"""Load what later stages work on: texts to annotate, the entities of all texts, failures to mend."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Connection, and_, bindparam, exists, func, or_, select, update

from kb.model import EntityType, LocalEntity, Span
from kb.names import block_of
from kb.store.tables import (
    alias,
    annotation,
    article,
    body,
    entity,
    local_entity,
    mention,
    mention_judgement,
    revision,
)
from kb.store.touched import chunks, named_in_articles


@dataclass(frozen=True, slots=True)
class StoredBody:
    """A text of the base and the dateline that opens it; `article` is the ref of one that prints it.

    `feed_ids` are the row numbers of the feeds of all that print it, None among them for an article without.
    """

    id: int
    text: str
    article: str
    dateline: Span | None = None
    feed_ids: frozenset[int | None] = frozenset()


@dataclass(frozen=True, slots=True)
class PrintedName:
    """A name that texts print for an entity; `full` is the name that the entity is shown under."""

    uid: str
    type: EntityType
    full: str
    name: str
    key: str


def load_bodies_to_annotate(connection: Connection, pipeline_id: int) -> list[int]:
    """Return the ids of bodies of current revisions whose current annotation is not one of this pipeline.

    The newest articles come first: those published last, those without a day in the order in which they came.
    """
    done = exists().where(
        annotation.c.body_id == revision.c.body_id,
        annotation.c.pipeline_id == pipeline_id,
        annotation.c.is_current,
    )
    day, newest = func.max(revision.c.published_on), func.max(revision.c.id)
    wanted = select(revision.c.body_id).where(revision.c.is_current, ~done).group_by(revision.c.body_id)
    return list(connection.scalars(wanted.order_by(day.desc().nulls_last(), newest.desc())))


def load_bodies(connection: Connection, body_ids: Sequence[int]) -> list[StoredBody]:
    """Return these bodies of current revisions, in the order asked for."""
    r = revision.c
    rows = connection.execute(
        select(
            r.body_id,
            body.c.text,
            article.c.ref,
            r.dateline_start_char,
            r.dateline_end_char,
            article.c.feed_id,
        )
        .select_from(revision)
        .join(body, body.c.id == r.body_id)
        .join(article, article.c.id == r.article_id)
        .where(r.is_current, r.body_id.in_(body_ids))
        .order_by(r.id.desc())
    )
    found: dict[int, StoredBody] = {}  # the article that came first stands for all that print the text
    feed_ids: dict[int, set[int | None]] = defaultdict(set)
    for id_, text, ref, start, end, feed_id in rows:
        found[id_] = StoredBody(id_, text, ref, None if start is None else Span(start, end))
        feed_ids[id_].add(feed_id)
    return [replace(found[id_], feed_ids=frozenset(feed_ids[id_])) for id_ in body_ids if id_ in found]


def load_local_entities(connection: Connection, blocks: Sequence[str]) -> dict[int, LocalEntity]:
    """Return the entities of the current texts in these blocks by their ids (without the places of their mentions).

    Those of which people rejected every mention are left out.
    """
    e = local_entity.c
    rows = connection.execute(
        select(e.id, e.name, e.type, e.forms, e.roles)
        .join(annotation, and_(annotation.c.id == e.annotation_id, annotation.c.is_current))
        .where(e.block.in_(blocks), or_(~_is_mentioned(rejected=True), _is_mentioned(rejected=False)))
        .where(exists().where(revision.c.body_id == annotation.c.body_id, revision.c.is_current))
        .order_by(e.id)
    )
    return {
        id_: LocalEntity(name, EntityType(type_), tuple(forms), roles=tuple(roles or ()))
        for id_, name, type_, forms, roles in rows
    }


def _is_mentioned(*, rejected: bool) -> ColumnElement[bool]:
    judged = exists().where(mention_judgement.c.mention_id == mention.c.id)
    return (
        exists()
        .where(mention.c.local_entity_id == local_entity.c.id, judged if rejected else ~judged)
        .correlate(local_entity)
    )


def load_articles_of(connection: Connection, refs: Collection[str]) -> dict[int, frozenset[str]]:
    """Return which of these articles print each local entity of their current texts, by its id."""
    printed: dict[int, set[str]] = defaultdict(set)
    for part in chunks(sorted(refs)):
        rows = connection.execute(
            select(local_entity.c.id, article.c.ref)
            .select_from(named_in_articles())
            .where(article.c.ref.in_(part))
        )
        for id_, ref in rows:
            printed[id_].add(ref)
    return {id_: frozenset(articles) for id_, articles in printed.items()}


def load_printed_names(connection: Connection, keys: Sequence[str]) -> list[PrintedName]:
    """Return the names with these keys that texts print for organisations and places, with whom they name."""
    rows = connection.execute(
        select(entity.c.uid, entity.c.type, entity.c.name, alias.c.name, alias.c.name_key)
        .join(alias, alias.c.entity_id == entity.c.id)
        .where(alias.c.name_key.in_(keys), alias.c.origin != "decision", entity.c.type != EntityType.PER)
    )
    return [PrintedName(uid, EntityType(type_), full, name, key) for uid, type_, full, name, key in rows]


def save_blocks(connection: Connection) -> None:
    """Give every local entity the block that its name has by the rules of today, some thousands at a time."""
    e = local_entity.c
    last = 0
    while rows := connection.execute(
        select(e.id, e.type, e.name, e.block).where(e.id > last).order_by(e.id).limit(_BATCH)
    ).all():
        last = rows[-1].id
        wanted = ((row, block_of(EntityType(row.type), row.name)) for row in rows)
        changed = [{"b_id": row.id, "b_block": block} for row, block in wanted if block != row.block]
        if changed:
            moved = update(local_entity).where(e.id == bindparam("b_id")).values(block=bindparam("b_block"))
            connection.execute(moved, changed)


_BATCH = 20_000  # rows in memory at a time
