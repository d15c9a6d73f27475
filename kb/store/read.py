"""Load what later stages work on: texts to annotate, the entities of all texts, failures to mend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, exists, func, select

from kb.model import EntityType, LocalEntity, Span
from kb.store.tables import annotation, article, body, failure, local_entity, revision


@dataclass(frozen=True, slots=True)
class StoredBody:
    """A text of the base and the dateline that opens it; `article` is the ref of one that prints it."""

    id: int
    text: str
    article: str
    dateline: Span | None = None


@dataclass(frozen=True, slots=True)
class StoredFailure:
    """An input that did not go through; `resolved_at` is None while it is still to mend."""

    stage: str
    subject: str
    error: str
    message: str
    attempts: int
    failed_at: datetime
    resolved_at: datetime | None


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


def load_local_entities(connection: Connection) -> dict[int, LocalEntity]:
    """Return the entities of the current texts by their ids (without the places of their mentions)."""
    e = local_entity.c
    rows = connection.execute(
        select(e.id, e.name, e.type, e.forms)
        .join(annotation, and_(annotation.c.id == e.annotation_id, annotation.c.is_current))
        .where(exists().where(revision.c.body_id == annotation.c.body_id, revision.c.is_current))
        .order_by(e.id)
    )
    return {id_: LocalEntity(name, EntityType(type_), tuple(forms)) for id_, name, type_, forms in rows}


def load_failures(connection: Connection, *, resolved: bool = False) -> list[StoredFailure]:
    """Return the failures still to mend, oldest first; with `resolved` the mended ones too."""
    f = failure.c
    wanted = select(f.stage, f.subject, f.error, f.message, f.attempts, f.failed_at, f.resolved_at)
    if not resolved:
        wanted = wanted.where(f.resolved_at.is_(None))
    return [StoredFailure(*row) for row in connection.execute(wanted.order_by(f.failed_at, f.id))]
