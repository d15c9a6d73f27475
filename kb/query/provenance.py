"""Where a quote comes from: quote <- annotation <- pipeline <- revision <- fetch <- run, and what people decided.

A run's number is that of its line in ``kb runs``; all else is named by what outlives a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from kb.query.current import current_articles, stream
from kb.query.quotes import as_quote, select_quotes
from kb.query.rows import QuoteRow
from kb.query.targets import quote_meant
from kb.store.tables import (
    annotation,
    article,
    body,
    decision,
    entity,
    feed,
    fetch,
    link,
    local_entity,
    pipeline,
    quote,
    quote_judgement,
    revision,
    run,
    speaker_candidate,
)


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """Somebody who may be the speaker; `entity_uid` is None where linking knows nobody of that name."""

    name: str
    score: float
    entity_uid: str | None


@dataclass(frozen=True, slots=True)
class RunOrigin:
    """The call of a command that did it; `finished_at` is None if it was cut off or is at work."""

    run: int
    command: str
    version: str
    state: str
    started_at: datetime
    finished_at: datetime | None
    host: str | None


@dataclass(frozen=True, slots=True)
class PipelineOrigin:
    """What made an annotation: package versions, hashes of model files and of the rules."""

    digest: str
    rules: str
    packages: Mapping[str, str]
    models: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FetchOrigin:
    """The reading that a text came of: `status` is that of HTTP, `feed` what led there."""

    address: str
    final_url: str | None
    status: int | None
    fetched_at: datetime
    n_bytes: int | None
    sha256: str | None
    feed: str | None


@dataclass(frozen=True, slots=True)
class RevisionOrigin:
    """The state of the article that holds it; `fetch` is None for texts that were read before fetches were kept."""

    article: str
    number: int
    cause: str
    seen_at: datetime
    reader: str | None
    origin: str | None
    url: str | None
    body_sha256: str
    raw_sha256: str
    fetch: FetchOrigin | None
    run: RunOrigin


@dataclass(frozen=True, slots=True)
class DecisionOrigin:
    """A decision that a person made about a quote."""

    uid: str
    verb: str
    by: str
    at: datetime
    why: str | None


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a quote came to be; `rule`, `confidence` and `candidates` as they were found, whatever was decided."""

    rule: str
    confidence: float
    evidence: tuple[str, ...]
    candidates: tuple[CandidateRow, ...]
    annotated_at: datetime
    pipeline: PipelineOrigin
    run: RunOrigin
    revision: RevisionOrigin
    decisions: tuple[DecisionOrigin, ...]


@dataclass(frozen=True, slots=True)
class QuotePage:
    """A quote; `number` counts the article's quotes from 1, `provenance` is None unless asked for."""

    number: int
    quote: QuoteRow
    provenance: Provenance | None = None


def quote_page(connection: Connection, ref: str, words: str, *, with_provenance: bool = False) -> QuotePage:
    """Return a quote of an article, by its number or by words that only it has, on wish with where it is from."""
    found, _ = quote_meant(connection, ref, words)
    of_article = select_quotes().where(article.c.ref == found.article)
    rows = stream(connection, of_article.order_by(quote.c.start_char, quote.c.ordinal))
    number, row = next((number, row) for number, row in enumerate(rows, start=1) if as_quote(row) == found)
    origin = _provenance(connection, found.article, row.quote_id) if with_provenance else None
    return QuotePage(number, found, origin)


def _provenance(connection: Connection, ref: str, quote_id: int) -> Provenance:
    q, a, p = quote.c, annotation.c, pipeline.c
    row = connection.execute(
        select(q.rule, q.confidence, q.evidence, body.c.text, a.made_at, a.run_id, p.digest, p.rules)
        .add_columns(p.packages, p.models)
        .select_from(quote)
        .join(annotation)
        .join(body)
        .join(pipeline, p.id == a.pipeline_id)
        .where(q.id == quote_id)
    ).one()
    return Provenance(
        row.rule,
        row.confidence,
        tuple(row.text[start:end] for start, end in row.evidence),
        _candidates(connection, quote_id),
        row.made_at,
        PipelineOrigin(row.digest, row.rules, row.packages, row.models),
        _run(connection, row.run_id),
        _revision(connection, ref),
        _decisions(connection, quote_id),
    )


def _candidates(connection: Connection, quote_id: int) -> tuple[CandidateRow, ...]:
    c = speaker_candidate.c
    rows = connection.execute(
        select(local_entity.c.name, c.score, entity.c.uid)
        .join(local_entity, local_entity.c.id == c.local_entity_id)
        .outerjoin(link, link.c.local_entity_id == local_entity.c.id)
        .outerjoin(entity, entity.c.id == link.c.entity_id)
        .where(c.quote_id == quote_id)
        .order_by(c.rank)
    )
    return tuple(CandidateRow(*row) for row in rows)


def _run(connection: Connection, run_id: int) -> RunOrigin:
    r = run.c
    columns = (r.id, r.command, r.version, r.state, r.started_at, r.finished_at, r.host)
    return RunOrigin(*connection.execute(select(*columns).where(r.id == run_id)).one())


def _revision(connection: Connection, ref: str) -> RevisionOrigin:
    r = revision.c
    columns = (r.number, r.cause, r.seen_at, r.reader, r.origin, r.url, body.c.sha256, r.raw_sha256)
    found = select(*columns, r.fetch_id, r.run_id).select_from(current_articles())
    row = connection.execute(found.where(article.c.ref == ref)).one()
    fetched = None if row.fetch_id is None else _fetch(connection, row.fetch_id)
    values = (*row[: len(columns)], fetched, _run(connection, row.run_id))
    return RevisionOrigin(ref, *values)


def _fetch(connection: Connection, fetch_id: int) -> FetchOrigin:
    f = fetch.c
    columns = (f.address, f.final_url, f.status, f.fetched_at, f.n_bytes, f.sha256, feed.c.address)
    found = select(*columns).outerjoin_from(fetch, feed, feed.c.id == f.feed_id)
    return FetchOrigin(*connection.execute(found.where(f.id == fetch_id)).one())


def _decisions(connection: Connection, quote_id: int) -> tuple[DecisionOrigin, ...]:
    d, j = decision.c, quote_judgement.c
    judging = select(d.uid, d.verb, d.decided_by, d.decided_at, d.why).join(
        quote_judgement, d.id.in_((j.rejected_by_id, j.speaker_by_id))
    )
    rows = connection.execute(judging.where(j.quote_id == quote_id).order_by(d.decided_at, d.uid))
    return tuple(DecisionOrigin(*row) for row in rows)
