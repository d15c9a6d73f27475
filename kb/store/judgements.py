"""Keep what decisions say of quotes and mentions in step with the texts of today."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection, Table, bindparam, delete, insert, select

from kb.model import Span
from kb.store.tables import (
    annotation,
    article,
    body,
    decision,
    entity,
    local_entity,
    mention,
    mention_judgement,
    quote,
    quote_judgement,
    revision,
)
from kb.store.touched import chunks, touch, touch_named


class JudgedQuote(Protocol):
    """What decisions say of a quote, all by uid."""

    @property
    def rejected_by(self) -> str | None:
        """Return the decision that it is none."""

    @property
    def speaker_by(self) -> str | None:
        """Return the decision about its speaker."""

    @property
    def speaker(self) -> str | None:
        """Return the speaker; None: nobody known."""


@dataclass(frozen=True, slots=True)
class StoredText:
    """A body that articles (`refs`) print now, with the spans of what was found in it, by row number."""

    id: int
    body: str
    refs: frozenset[str]
    quotes: Mapping[int, Span]
    mentions: Mapping[int, Span]


def load_texts(connection: Connection, refs: Collection[str]) -> Iterator[StoredText]:
    """Yield the current texts of these articles, each once, with all articles that print it."""
    r = revision.c
    for part in chunks(sorted(refs)):
        wanted = select(r.body_id).join(article, article.c.id == r.article_id)
        bodies = wanted.where(article.c.ref.in_(part), r.is_current)
        rows = connection.execute(
            select(body.c.id, body.c.text, annotation.c.id.label("annotation_id"))
            .join(annotation, (annotation.c.body_id == body.c.id) & annotation.c.is_current)
            .where(body.c.id.in_(bodies))
            .order_by(body.c.id)
        ).all()
        for row in rows:
            printing = select(article.c.ref).join(revision, r.article_id == article.c.id)
            printed = connection.scalars(printing.where(r.body_id == row.id, r.is_current))
            spans = (_load_spans(connection, table, row.annotation_id) for table in (quote, mention))
            yield StoredText(row.id, row.text, frozenset(printed), *spans)


def _load_spans(connection: Connection, table: Table, annotation_id: int) -> dict[int, Span]:
    rows = select(table.c.id, table.c.start_char, table.c.end_char)
    found = connection.execute(rows.where(table.c.annotation_id == annotation_id).order_by(table.c.ordinal))
    return {id_: Span(start, end) for id_, start, end in found}


def articles_to_judge(
    connection: Connection, standing: Mapping[str, str], bodies: Collection[int]
) -> set[str]:
    """Return the articles whose judgements may have to change.

    `standing` has the article of each decision (by uid) about a place in a text that stands. Concerned are articles
    of the changed `bodies`, of decisions that have come to nothing so far, and of judgements whose decision does
    not stand any more.
    """
    judged: dict[str, set[str]] = {}
    for table, column in _DECIDING:
        of_row = quote if table is quote_judgement else mention
        rows = connection.execute(
            select(decision.c.uid, article.c.ref)
            .select_from(table)
            .join(decision, decision.c.id == table.c[column])
            .join(of_row, of_row.c.id == table.c[f"{of_row.name}_id"])
            .join(annotation, annotation.c.id == of_row.c.annotation_id)
            .join(revision, (revision.c.body_id == annotation.c.body_id) & revision.c.is_current)
            .join(article, article.c.id == revision.c.article_id)
        )
        for uid, ref in rows:
            judged.setdefault(uid, set()).add(ref)
    stale = {ref for uid, refs in judged.items() if uid not in standing for ref in refs}
    fresh = {ref for uid, ref in standing.items() if uid not in judged}
    return stale | fresh | (_articles_of(connection, bodies) & set(standing.values()))


_DECIDING = (
    (quote_judgement, "rejected_by_id"),
    (quote_judgement, "speaker_by_id"),
    (mention_judgement, "rejected_by_id"),
)


def _articles_of(connection: Connection, bodies: Collection[int]) -> set[str]:
    refs: set[str] = set()
    printing = select(article.c.ref).join(revision, revision.c.article_id == article.c.id)
    for part in chunks(sorted(bodies)):
        refs.update(connection.scalars(printing.where(revision.c.body_id.in_(part), revision.c.is_current)))
    return refs


def save_judgements(
    connection: Connection, text: StoredText, quotes: Mapping[int, JudgedQuote], mentions: Mapping[int, str]
) -> None:
    """Replace what is judged of a text's quotes and mentions (by row number) by this; only what differs is written.

    A speaker whom the base does not have leaves the quote as it is. Marks what follows from what changed.
    """
    wanted_quotes = {row: found for row, said in quotes.items() if (found := _quote_row(connection, said))}
    changed_quotes = _replace(connection, quote_judgement, "quote_id", text.quotes, wanted_quotes)
    wanted = {row: {"rejected_by_id": _decision_id(connection, uid)} for row, uid in mentions.items()}
    changed = _replace(connection, mention_judgement, "mention_id", text.mentions, wanted)
    if changed_quotes or changed:
        touch(connection, "report", [str(text.id)])
        touch_named(connection, text.id)
    if changed:
        named = select(local_entity.c.block).join(mention, mention.c.local_entity_id == local_entity.c.id)
        touch(connection, "block", connection.scalars(named.where(mention.c.id.in_(sorted(changed)))))


def _quote_row(connection: Connection, said: JudgedQuote) -> dict[str, Any] | None:
    speaker_id = None
    if said.speaker is not None:
        found = select(entity.c.id).where(entity.c.uid == said.speaker)
        speaker_id = connection.execute(found).scalar_one_or_none()
        if speaker_id is None and said.rejected_by is None:
            return None
    return {
        "rejected_by_id": said.rejected_by and _decision_id(connection, said.rejected_by),
        "speaker_by_id": said.speaker_by and _decision_id(connection, said.speaker_by),
        "speaker_entity_id": speaker_id,
    }


def _decision_id(connection: Connection, uid: str) -> int:
    found: int = connection.execute(select(decision.c.id).where(decision.c.uid == uid)).scalar_one()
    return found


def _replace(
    connection: Connection,
    table: Table,
    key: str,
    among: Collection[int],
    wanted: Mapping[int, Mapping[str, Any]],
) -> set[int]:
    """Let a table have these rows, by `key`, of all that it may have `among`; return the keys that changed."""
    present: dict[int, dict[str, Any]] = {}
    for part in chunks(sorted(among)):
        for row in connection.execute(select(table).where(table.c[key].in_(part))).mappings():
            present[row[key]] = {name: value for name, value in row.items() if name != key}
    changed = {row for row in present.keys() | wanted.keys() if present.get(row) != wanted.get(row)}
    gone = [{"b_key": row} for row in sorted(changed & present.keys())]
    if gone:
        connection.execute(delete(table).where(table.c[key] == bindparam("b_key")), gone)
    new = [{key: row, **wanted[row]} for row in sorted(changed & wanted.keys())]
    if new:
        connection.execute(insert(table), new)
    return changed
