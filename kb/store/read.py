"""Load what later stages work on: texts to annotate, the entities of all texts, failures to mend."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

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
    """A text of the base and the dateline that opens it; `article` is the ref of one that prints it."""

    id: int
    text: str
    article: str
    dateline: Span | None = None


@dataclass(frozen=True, slots=True)
class PrintedName:
    """A name that texts print for an entity; `full` is the name that the entity is shown under."""

    uid: str
    type: EntityType
    full: str
    name: str
    key: str


def load_bodies_to_annotate(connection: Connection, pipeline_id: int) -> tuple[int, ...]:
    """Return the ids of bodies of current revisions whose current annotation is not one of this pipeline."""
    done = exists().where(
        annotation.c.body_id == revision.c.body_id,
        annotation.c.pipeline_id == pipeline_id,
        annotation.c.is_current,
    )
    wanted = select(revision.c.body_id).where(revision.c.is_current, ~done).distinct()
    return tuple(connection.execute(wanted.order_by(revision.c.body_id)).scalars())


def load_bodies(connection: Connection, body_ids: Sequence[int]) -> list[StoredBody]:
    """Return these bodies of current revisions, in the order of their ids."""
    first = select(func.min(revision.c.id)).where(revision.c.is_current, revision.c.body_id.in_(body_ids))
    rows = connection.execute(
        select(
            body.c.id,
            body.c.text,
            article.c.ref,
            revision.c.dateline_start_char,
            revision.c.dateline_end_char,
        )
        .join(revision, revision.c.body_id == body.c.id)
        .join(article, article.c.id == revision.c.article_id)
        .where(revision.c.id.in_(first.group_by(revision.c.body_id)))
        .order_by(body.c.id)
    )
    return [
        StoredBody(id_, text, ref, None if start is None else Span(start, end))
        for id_, text, ref, start, end in rows
    ]


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
