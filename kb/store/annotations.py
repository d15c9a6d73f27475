"""Save what one pipeline derived from one body: whole, in the caller's transaction, every span checked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from kb.errors import BadAnnotation
from kb.model import Annotation, Attribution, LocalEntity, Span
from kb.names import block_of, entity_key, fold
from kb.store import tables
from kb.store.bulk import insert_numbered, insert_rows
from kb.store.touched import touch_body
from kb.store.words import add_speaker_words


def is_annotated(connection: Connection, body_id: int, pipeline_id: int) -> bool:
    """Whether the body's current annotation is one of this pipeline."""
    a = tables.annotation.c
    found = select(a.id).where(a.body_id == body_id, a.pipeline_id == pipeline_id, a.is_current)
    return connection.execute(found).first() is not None


def save_annotation(
    connection: Connection, annotation: Annotation, *, body_id: int, pipeline_id: int, run_id: int
) -> int:
    """Save `annotation` as the body's current one and return its id.

    One of the same pipeline is replaced with all that hangs on it; one of another is kept, but not current.
    Raises BadAnnotation if a span or an index does not fit the stored body.
    """
    body = connection.execute(select(tables.body.c.text).where(tables.body.c.id == body_id)).scalar_one()
    check_annotation(annotation, body, subject=f"body {body_id}")
    a = tables.annotation
    touch_body(connection, body_id)
    connection.execute(delete(a).where(a.c.body_id == body_id, a.c.pipeline_id == pipeline_id))
    connection.execute(update(a).where(a.c.body_id == body_id, a.c.is_current).values(is_current=False))
    head = {"body_id": body_id, "pipeline_id": pipeline_id, "run_id": run_id, "is_current": True}
    sentences = [[s.span.start, s.span.end] for s in annotation.sentences]
    made = insert(a).values(**head, made_at=datetime.now(UTC), sentences=sentences).returning(a.c.id)
    annotation_id: int = connection.execute(made).scalar_one()
    entity_ids = insert_numbered(connection, tables.local_entity, _entity_rows(annotation, annotation_id))
    insert_rows(connection, tables.mention, _mention_rows(annotation, annotation_id, body, entity_ids))
    quotes = _quote_rows(annotation, annotation_id, body, entity_ids)
    quote_ids = insert_numbered(connection, tables.quote, quotes)
    insert_rows(connection, tables.speaker_candidate, _candidate_rows(annotation, quote_ids, entity_ids))
    add_speaker_words(connection, quote_ids, quotes)
    touch_body(connection, body_id)
    return annotation_id


def check_annotation(annotation: Annotation, body: str, *, subject: str) -> None:
    """Raise BadAnnotation unless every span covers words of `body` and every index fits."""
    for what, span in _spans(annotation):
        text = span.of(body)
        if not 0 <= span.start < span.end <= len(body):
            raise BadAnnotation(subject, f"{what} [{span.start}, {span.end}) is outside the body")
        if text != text.strip():
            raise BadAnnotation(subject, f"{what} [{span.start}, {span.end}) begins or ends with white space")
    n_mentions, n_entities = len(annotation.mentions), len(annotation.entities)
    named = [i for entity in annotation.entities for i in entity.mentions]
    if len(set(named)) < len(named) or not all(0 <= i < n_mentions for i in named):
        raise BadAnnotation(subject, "an entity's mentions are not there, or belong to two entities")
    if not all(0 <= i < n_entities for i in _entity_indexes(annotation.attributions)):
        raise BadAnnotation(subject, "a speaker is an entity that is not there")


def _spans(annotation: Annotation) -> Iterator[tuple[str, Span]]:
    yield from (("sentence", sentence.span) for sentence in annotation.sentences)
    yield from (("mention", mention.span) for mention in annotation.mentions)
    for attribution in annotation.attributions:
        yield "quote", attribution.content
        yield from (("evidence", span) for span in attribution.evidence)
        if attribution.cue is not None:
            yield "cue", attribution.cue
        if attribution.speaker_mention is not None:
            yield "speaker mention", attribution.speaker_mention


def _entity_indexes(attributions: Iterable[Attribution]) -> Iterator[int]:
    for attribution in attributions:
        yield from (candidate.entity for candidate in attribution.candidates)
        if attribution.speaker_entity is not None:
            yield attribution.speaker_entity


def _entity_rows(annotation: Annotation, annotation_id: int) -> list[dict[str, Any]]:
    return [
        {"annotation_id": annotation_id, "ordinal": ordinal, **_entity_row(entity)}
        for ordinal, entity in enumerate(annotation.entities)
    ]


def _entity_row(entity: LocalEntity) -> dict[str, Any]:
    return {
        "type": entity.type,
        "name": entity.name,
        "name_key": entity_key(entity.type, entity.name),
        "block": block_of(entity.type, entity.name),
        "forms": list(entity.forms),
        "roles": list(entity.roles),
    }


def _mention_rows(
    annotation: Annotation, annotation_id: int, body: str, entity_ids: Sequence[int]
) -> list[dict[str, Any]]:
    owner = {i: entity_ids[n] for n, entity in enumerate(annotation.entities) for i in entity.mentions}
    starts = _sentence_starts(annotation)
    return [
        {
            "annotation_id": annotation_id,
            "ordinal": ordinal,
            "type": mention.type,
            "sentence": _sentence_of(mention.span, starts),
            "local_entity_id": owner.get(ordinal),
            **_span_row("", mention.span, body),
        }
        for ordinal, mention in enumerate(annotation.mentions)
    ]


def _quote_rows(
    annotation: Annotation, annotation_id: int, body: str, entity_ids: Sequence[int]
) -> list[dict[str, Any]]:
    starts = _sentence_starts(annotation)
    return [
        {
            "annotation_id": annotation_id,
            "ordinal": ordinal,
            "sentence": _sentence_of(attribution.content, starts),
            "speaker_local_entity_id": None
            if attribution.speaker_entity is None
            else entity_ids[attribution.speaker_entity],
            **_quote_row(attribution, body),
        }
        for ordinal, attribution in enumerate(annotation.attributions)
    ]


def _quote_row(attribution: Attribution, body: str) -> dict[str, Any]:
    return {
        "kind": attribution.kind,
        **_span_row("", attribution.content, body),
        "folded": fold(attribution.content.of(body)),
        **_span_row("cue_", attribution.cue, body),
        "polarity": attribution.polarity,
        "speaker": attribution.speaker,
        "speaker_type": attribution.speaker_type,
        **_span_row("speaker_mention_", attribution.speaker_mention, body),
        "role": attribution.role,
        "medium": attribution.medium,
        "addressee": attribution.addressee,
        "occasion": attribution.occasion,
        "rule": attribution.rule,
        "evidence": [[span.start, span.end] for span in attribution.evidence],
        "confidence": attribution.confidence,
    }


def _candidate_rows(
    annotation: Annotation, quote_ids: Sequence[int], entity_ids: Sequence[int]
) -> Iterator[dict[str, Any]]:
    for quote_id, attribution in zip(quote_ids, annotation.attributions, strict=True):
        for rank, candidate in enumerate(attribution.candidates):
            entity_id = entity_ids[candidate.entity]
            yield {"quote_id": quote_id, "rank": rank, "local_entity_id": entity_id, "score": candidate.score}


def _span_row(prefix: str, span: Span | None, body: str) -> dict[str, Any]:
    start, end, text = (None, None, None) if span is None else (span.start, span.end, span.of(body))
    return {f"{prefix}start_char": start, f"{prefix}end_char": end, f"{prefix}text": text}


def _sentence_starts(annotation: Annotation) -> list[int]:
    return [sentence.span.start for sentence in annotation.sentences]


def _sentence_of(span: Span, starts: Sequence[int]) -> int | None:
    ordinal = bisect_right(starts, span.start) - 1
    return ordinal if ordinal >= 0 else None
