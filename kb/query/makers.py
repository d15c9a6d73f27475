"""Pipelines: what each has annotated, and where two of them found different quotes in the same texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, Select, case, func, select

from kb.errors import NotFound
from kb.query.current import stream
from kb.store.tables import annotation, article, pipeline, quote, revision

_BODIES = 250  # compared at a time: two annotations each, within what one statement can name


class Difference(StrEnum):
    """What two pipelines make of the same words of a text."""

    ONLY_A = "only-a"
    ONLY_B = "only-b"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class PipelineRow:
    """A pipeline: `pipeline` is its number in this base, `digest` names it in every base.

    `n_current` are the texts whose current annotation it made, `n_annotations` all that it made and that are kept.
    """

    pipeline: int
    digest: str
    rules: str
    packages: Mapping[str, str]
    models: Mapping[str, str]
    first_used_at: datetime | None
    last_used_at: datetime | None
    n_current: int
    n_annotations: int


@dataclass(frozen=True, slots=True)
class QuoteDifference:
    """Words of a text that two pipelines take differently; None on the side that has no such quote.

    `article` is one that prints the text, `start` and `end` are code points of it.
    """

    article: str
    difference: Difference
    text: str
    start: int
    end: int
    kind_a: str | None
    kind_b: str | None
    speaker_a: str | None
    speaker_b: str | None
    cue_a: str | None
    cue_b: str | None


@dataclass(frozen=True, slots=True)
class PipelineDiff:
    """How often two pipelines differ on the texts that both annotated, with the first examples."""

    a: PipelineRow
    b: PipelineRow
    n_bodies: int
    n_same: int
    n_only_a: int
    n_only_b: int
    n_changed: int
    examples: tuple[QuoteDifference, ...]


def pipelines(connection: Connection) -> list[PipelineRow]:
    """Return all pipelines, the one that was used last first."""
    last = func.max(annotation.c.made_at)
    rows = connection.execute(_pipelines().order_by(last.desc().nulls_last(), pipeline.c.id.desc()))
    return [PipelineRow(*row) for row in rows]


def pipeline_meant(connection: Connection, name: str) -> PipelineRow:
    """Return the pipeline of this number, or whose digest alone begins so; NotFound else."""
    found = [row for row in pipelines(connection) if name == str(row.pipeline)]
    found = found or [row for row in pipelines(connection) if name and row.digest.startswith(name)]
    if len(found) != 1:
        what = f"may be one of {len(found)} pipelines" if found else "no such pipeline"
        raise NotFound(name, what, "kb pipeline list shows numbers and digests")
    return found[0]


def _pipelines() -> Select[Any]:
    p, a = pipeline.c, annotation.c
    return (
        select(p.id, p.digest, p.rules, p.packages, p.models, func.min(a.made_at), func.max(a.made_at))
        .add_columns(func.count(case((a.is_current, 1))), func.count(a.id))
        .outerjoin_from(pipeline, annotation, a.pipeline_id == p.id)
        .group_by(p.id)
    )


def pipeline_diff(connection: Connection, a: str, b: str, *, n_examples: int) -> PipelineDiff:
    """Return how often two pipelines (see `pipeline_meant`) differ, with the first examples in the order of texts."""
    one, other = pipeline_meant(connection, a), pipeline_meant(connection, b)
    counts: Counter[str] = Counter()
    examples: list[QuoteDifference] = []
    for part in _compare(connection, one.pipeline, other.pipeline):
        counts.update(bodies=part.n_bodies, same=part.n_same)
        counts.update(found.difference for found in part.differences)
        examples += part.differences[: n_examples - len(examples)]
    return PipelineDiff(
        one,
        other,
        counts["bodies"],
        counts["same"],
        counts[Difference.ONLY_A],
        counts[Difference.ONLY_B],
        counts[Difference.CHANGED],
        tuple(examples),
    )


def pipeline_differences(connection: Connection, a: str, b: str) -> Iterator[QuoteDifference]:
    """Yield all differences of two pipelines (see `pipeline_meant`), in the order of texts."""
    one, other = pipeline_meant(connection, a), pipeline_meant(connection, b)
    for part in _compare(connection, one.pipeline, other.pipeline):
        yield from part.differences


@dataclass(frozen=True, slots=True)
class _Part:
    """What comparing some texts came to."""

    n_bodies: int
    n_same: int
    differences: Sequence[QuoteDifference]


def _compare(connection: Connection, a: int, b: int) -> Iterator[_Part]:
    """Yield the comparison of all texts that both pipelines annotated, some hundred at a time."""
    one, other = annotation.alias(), annotation.alias()
    both = select(one.c.body_id, one.c.id, other.c.id).join(other, other.c.body_id == one.c.body_id)
    wanted = both.where(one.c.pipeline_id == a, other.c.pipeline_id == b).order_by(one.c.body_id)
    pairs = stream(connection, wanted)
    while part := list(islice(pairs, _BODIES)):
        yield _compare_part(connection, part)


def _compare_part(connection: Connection, pairs: Sequence[Row[Any]]) -> _Part:
    quotes = _quotes(connection, [row for _, *annotations in pairs for row in annotations])
    n_same, differing = 0, []
    for body_id, one, other in pairs:
        for left, right in _paired(quotes[one], quotes[other]):
            if left and right and _told(left) == _told(right):
                n_same += 1
            else:
                differing.append((body_id, left, right))
    refs = _refs(connection, {body_id for body_id, *_ in differing})
    return _Part(len(pairs), n_same, [_difference(refs[body_id], *both) for body_id, *both in differing])


def _quotes(connection: Connection, annotations: Sequence[int]) -> Mapping[int, list[Row[Any]]]:
    """Return the quotes of annotations, in the order of the text."""
    q = quote.c
    found: dict[int, list[Row[Any]]] = {row: [] for row in annotations}
    columns = (q.annotation_id, q.start_char, q.end_char, q.text, q.kind, q.speaker, q.cue_text)
    wanted = select(*columns).where(q.annotation_id.in_(annotations))
    for row in connection.execute(wanted.order_by(q.annotation_id, q.start_char, q.end_char, q.ordinal)):
        found[row.annotation_id].append(row)
    return found


def _paired(
    one: Iterable[Row[Any]], other: Iterable[Row[Any]]
) -> Iterator[tuple[Row[Any] | None, Row[Any] | None]]:
    """Pair quotes of the same words, None where there is no other; all that `one` has first."""
    rest: dict[tuple[int, int], list[Row[Any]]] = {}
    for row in other:
        rest.setdefault((row.start_char, row.end_char), []).append(row)
    for row in one:
        same = rest.get((row.start_char, row.end_char))
        yield row, same.pop(0) if same else None
    yield from ((None, row) for rows in rest.values() for row in rows)


def _told(row: Row[Any] | None) -> tuple[str | None, str | None, str | None]:
    """Return kind, speaker and cue; nothing where there is no quote."""
    return (None, None, None) if row is None else (row.kind, row.speaker, row.cue_text)


def _difference(ref: str, one: Row[Any] | None, other: Row[Any] | None) -> QuoteDifference:
    difference = Difference.CHANGED if one and other else Difference.ONLY_A if one else Difference.ONLY_B
    words = one or other
    assert words is not None
    (kind_a, speaker_a, cue_a), (kind_b, speaker_b, cue_b) = _told(one), _told(other)
    return QuoteDifference(
        ref,
        difference,
        words.text,
        words.start_char,
        words.end_char,
        kind_a=kind_a,
        kind_b=kind_b,
        speaker_a=speaker_a,
        speaker_b=speaker_b,
        cue_a=cue_a,
        cue_b=cue_b,
    )


def _refs(connection: Connection, bodies: Iterable[int]) -> Mapping[int, str]:
    """Return the first id of the articles that print each of these texts, or did."""
    printing = select(revision.c.body_id, func.min(article.c.ref)).join(article)
    wanted = printing.where(revision.c.body_id.in_(sorted(bodies))).group_by(revision.c.body_id)
    return {body_id: ref for body_id, ref in connection.execute(wanted)}
