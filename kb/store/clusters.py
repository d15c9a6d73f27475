"""Keep buckets and clusters of quotes in step with the texts of today."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, delete, func, select

from kb.model import QuoteKind, SpeakerType
from kb.store.bulk import insert_numbered, insert_rows
from kb.store.tables import (
    annotation,
    article,
    quote,
    quote_bucket,
    quote_cluster,
    quote_cluster_member,
    report,
    revision,
)
from kb.store.touched import chunks, touch_speakers


@dataclass(frozen=True, slots=True)
class StoredQuote:
    """A current quote: `ref` is the first id, `on` the first day of the articles that print its text (`body_id`)."""

    id: int
    body_id: int
    ref: str
    start: int
    end: int
    folded: str
    kind: QuoteKind
    speaker: str | None
    on: date | None


def save_buckets(
    connection: Connection, quotes: Collection[StoredQuote], sketch: Callable[[str], Iterable[int]]
) -> None:
    """Put quotes into the buckets of their contents, and out of all others."""
    for part in chunks(sorted(one.id for one in quotes)):
        connection.execute(delete(quote_bucket).where(quote_bucket.c.quote_id.in_(part)))
    rows = [
        {"bucket": bucket, "quote_id": one.id}
        for one in quotes
        for bucket in dict.fromkeys(sketch(one.folded))
    ]
    insert_rows(connection, quote_bucket, rows)


def load_quotes_of(connection: Connection, body_ids: Iterable[int]) -> list[StoredQuote]:
    """Return the current quotes of these texts."""
    found = (_current().where(annotation.c.body_id.in_(part)) for part in chunks(sorted(body_ids)))
    return [one for statement in found for one in _rows(connection, statement)]


def load_quotes(connection: Connection, ids: Iterable[int]) -> list[StoredQuote]:
    """Return those of these quotes (row numbers) that are current."""
    found = (_current().where(quote.c.id.in_(part)) for part in chunks(sorted(ids)))
    return [one for statement in found for one in _rows(connection, statement)]


def load_mates(connection: Connection, buckets: Iterable[int]) -> set[int]:
    """Return the row numbers of all quotes in these buckets."""
    mates: set[int] = set()
    for part in chunks(sorted(set(buckets))):
        mates.update(
            connection.scalars(select(quote_bucket.c.quote_id).where(quote_bucket.c.bucket.in_(part)))
        )
    return mates


def load_members(connection: Connection, uids: Iterable[str]) -> set[int]:
    """Return the row numbers of the quotes in these clusters."""
    members: set[int] = set()
    joined = select(quote_cluster_member.c.quote_id).join(quote_cluster)
    for part in chunks(sorted(uids)):
        members.update(connection.scalars(joined.where(quote_cluster.c.uid.in_(part))))
    return members


def save_clusters(
    connection: Connection,
    among: Collection[int],
    wanted: Mapping[str, Mapping[int, str]],
    gone: Iterable[str],
) -> None:
    """Let the quotes `among` (row numbers) be in these clusters (relations by quote, by uid) and in no others.

    Of the clusters `gone` (uids) only what is wanted stays. Only what differs is written. A cluster that is wanted
    may be there with quotes that are not current any more: it goes by its first report, not by row numbers.
    """
    present = _load_clusters(connection, among, {*gone, *wanted})
    changed = {uid for uid in present.keys() | wanted.keys() if present.get(uid) != wanted.get(uid)}
    moved = {row for uid in changed for row in (*present.get(uid, ()), *wanted.get(uid, ()))}
    for part in chunks(sorted(moved)):
        touch_speakers(connection, report.c.quote_id.in_(part))
    for part in chunks(sorted(changed & present.keys())):
        connection.execute(delete(quote_cluster).where(quote_cluster.c.uid.in_(part)))
    made = sorted(changed & wanted.keys())
    ids = insert_numbered(connection, quote_cluster, [{"uid": uid} for uid in made])
    members = (
        {"quote_cluster_id": id_, "quote_id": row, "relation": relation}
        for id_, uid in zip(ids, made, strict=True)
        for row, relation in wanted[uid].items()
    )
    insert_rows(connection, quote_cluster_member, members)


def _load_clusters(
    connection: Connection, among: Collection[int], uids: Iterable[str]
) -> dict[str, dict[int, str]]:
    found = set(uids)
    member = quote_cluster_member
    of_quotes = (
        select(quote_cluster.c.uid).join(member, member.c.quote_cluster_id == quote_cluster.c.id).distinct()
    )
    for part in chunks(sorted(among)):
        found.update(connection.scalars(of_quotes.where(member.c.quote_id.in_(part))))
    clusters: dict[str, dict[int, str]] = {}
    rows = select(quote_cluster.c.uid, member.c.quote_id, member.c.relation).outerjoin(
        member, member.c.quote_cluster_id == quote_cluster.c.id
    )
    for named in chunks(sorted(found)):
        for uid, row, relation in connection.execute(rows.where(quote_cluster.c.uid.in_(named))):
            clusters.setdefault(uid, {})
            if row is not None:
                clusters[uid][row] = relation
    return clusters


def _current() -> Select[Any]:
    printed = (
        select(
            revision.c.body_id,
            func.min(article.c.ref).label("ref"),
            func.min(revision.c.published_on).label("on"),
        )
        .join(article, article.c.id == revision.c.article_id)
        .where(revision.c.is_current)
        .group_by(revision.c.body_id)
        .subquery("printed")
    )
    return (
        select(
            quote.c.id,
            annotation.c.body_id,
            printed.c.ref,
            quote.c.start_char,
            quote.c.end_char,
            quote.c.folded,
            quote.c.kind,
            quote.c.speaker,
            quote.c.speaker_type,
            printed.c.on,
        )
        .join(annotation, (annotation.c.id == quote.c.annotation_id) & annotation.c.is_current)
        .join(printed, printed.c.body_id == annotation.c.body_id)
        .order_by(quote.c.id)
    )


def _rows(connection: Connection, statement: Select[Any]) -> Iterator[StoredQuote]:
    for id_, body_id, ref, start, end, folded, kind, speaker, speaker_type, on in connection.execute(
        statement
    ):
        named = speaker if speaker_type != SpeakerType.OTHER else None
        yield StoredQuote(id_, body_id, ref, start, end, folded, QuoteKind(kind), named, on)


def as_key(one: StoredQuote) -> str:
    """Return what names a quote in every base that has its article."""
    return f"{one.ref}\n{one.start}\n{one.end}"
