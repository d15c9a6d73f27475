"""The entities, activities and agents of a base in PROV, each with what tells about it; rows as they come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, or_, select, true

from kb.query.current import stream
from kb.query.provnames import (
    annotation_name,
    article_name,
    body_name,
    fetch_name,
    known,
    name_of,
    quote_name,
    raw_name,
    revision_name,
    run_name,
    time_of,
    typed,
)
from kb.store.tables import (
    annotation,
    article,
    body,
    decision,
    feed,
    fetch,
    outlet,
    pipeline,
    quote,
    quote_judgement,
    revision,
    run,
)

Thing = tuple[str, Mapping[str, Any]]
"""A name and what is told of what it names."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What of a base is told: all of it, or one article (its row number) with all that led to it and came of it."""

    connection: Connection
    article_id: int | None = None

    def rows(self, statement: Select[Any]) -> Iterator[Any]:
        """Yield a statement's rows as they come."""
        return stream(self.connection, statement)

    def revisions(self) -> ColumnElement[bool]:
        """Return the condition that a revision is told of."""
        return true() if self.article_id is None else revision.c.article_id == self.article_id

    def bodies(self) -> ColumnElement[bool]:
        """Return the condition that a body is told of; to be used with `body`."""
        return body.c.id.in_(select(revision.c.body_id).where(self.revisions()))

    def fetches(self) -> ColumnElement[bool]:
        """Return the condition that a revision came of a fetch."""
        return fetch.c.id.in_(
            select(revision.c.fetch_id).where(self.revisions(), revision.c.fetch_id.is_not(None))
        )

    def runs(self) -> ColumnElement[bool]:
        """Return the condition that a run read, fetched or annotated something that is told of."""
        made = select(annotation.c.run_id).join(body).where(self.bodies())
        fetched = select(fetch.c.run_id).where(self.fetches())
        read = select(revision.c.run_id).where(self.revisions())
        return or_(run.c.id.in_(read), run.c.id.in_(made), run.c.id.in_(fetched))

    def annotated(self, *columns: Any) -> Select[Any]:
        """Select columns of annotations with their bodies and pipelines."""
        joined = annotation.join(body).join(pipeline, pipeline.c.id == annotation.c.pipeline_id)
        return select(*columns).select_from(joined).where(self.bodies()).order_by(annotation.c.id)

    def judged(self, *columns: Any) -> Select[Any]:
        """Select columns of decisions with the quotes that they judge."""
        judging = decision.c.id.in_((quote_judgement.c.rejected_by_id, quote_judgement.c.speaker_by_id))
        quotes = self.annotated(*columns).join(quote, quote.c.annotation_id == annotation.c.id)
        return quotes.join(quote_judgement, quote_judgement.c.quote_id == quote.c.id).join(decision, judging)


def find_entities(scope: Scope) -> Iterator[Thing]:
    """Yield articles, revisions, bytes, bodies, annotations, quotes, feeds and decisions."""
    yield from _articles(scope)
    yield from _revisions(scope)
    raws = select(revision.c.raw_sha256).where(scope.revisions()).distinct()
    for (sha256,) in scope.rows(raws):
        yield raw_name(sha256), _typed("kb:Bytes", sha256=sha256)
    for sha256, n_chars in scope.rows(select(body.c.sha256, body.c.n_chars).where(scope.bodies())):
        yield body_name(sha256), _typed("kb:Body", sha256=sha256, characters=n_chars)
    columns = (body.c.sha256, pipeline.c.digest, annotation.c.is_current)
    for sha256, digest, is_current in scope.rows(scope.annotated(*columns)):
        yield annotation_name(sha256, digest), _typed("kb:Annotation", current=is_current)
    yield from _quotes(scope)
    fed = select(feed.c.address, feed.c.kind).join(fetch, fetch.c.feed_id == feed.c.id)
    for address, kind in scope.rows(fed.where(scope.fetches()).distinct()):
        yield name_of("feed", address), _typed("kb:Feed", address=address, kind=kind)
    d = decision.c
    decided = select(d.uid, d.verb, d.decided_at, d.why).where(d.id.in_(_judging(scope)))
    for uid, verb, at, why in scope.rows(decided):
        yield name_of("decision", uid), _typed("kb:Decision", verb=verb, at=at, why=why)


def _judging(scope: Scope) -> Select[Any]:
    return scope.judged(decision.c.id).order_by(None)


def _articles(scope: Scope) -> Iterator[Thing]:
    a = article.c
    told = select(a.ref, a.first_seen_at, a.last_seen_at, a.gone_at)
    wanted = told if scope.article_id is None else told.where(a.id == scope.article_id)
    for ref, first, last, gone in scope.rows(wanted.order_by(a.id)):
        times = {"firstSeenAt": first, "lastSeenAt": last, "goneAt": gone}
        yield article_name(ref), _typed("kb:Article", id=ref, **times)


def _revisions(scope: Scope) -> Iterator[Thing]:
    r = revision.c
    columns = (article.c.ref, r.number, r.cause, r.seen_at, r.reader, r.title, r.url, r.is_current)
    wanted = select(*columns).join_from(revision, article).where(scope.revisions()).order_by(r.id)
    for row in scope.rows(wanted):
        facts = {"cause": row.cause, "seenAt": row.seen_at, "reader": row.reader, "url": row.url}
        told = _typed("kb:Revision", number=row.number, current=row.is_current, **facts)
        yield revision_name(row.ref, row.number), told | ({"prov:label": row.title} if row.title else {})


def _quotes(scope: Scope) -> Iterator[Thing]:
    q = quote.c
    columns = (q.ordinal, q.text, q.kind, q.start_char, q.end_char, q.speaker, q.rule, q.confidence)
    named = (body.c.sha256, pipeline.c.digest, *columns)
    wanted = scope.annotated(*named).join(quote, q.annotation_id == annotation.c.id).order_by(q.ordinal)
    for sha256, digest, ordinal, text, kind, start, end, speaker, rule, confidence in scope.rows(wanted):
        found = {"kind": kind, "start": start, "end": end, "speaker": speaker}
        told = _typed("kb:Quote", **found, rule=rule, confidence=confidence)
        yield quote_name(sha256, digest, ordinal), told | {"prov:value": text}


def find_activities(scope: Scope) -> Iterator[Thing]:
    """Yield runs, fetches, and the annotating of bodies."""
    r, f = run.c, fetch.c
    runs = select(r.started_at, r.finished_at, r.command, r.version, r.state, r.host).where(scope.runs())
    for row in scope.rows(runs.order_by(r.id)):
        told = _typed("kb:Run", command=row.command, version=row.version, state=row.state, host=row.host)
        yield run_name(row.started_at), _between(row.started_at, row.finished_at) | told
    fetches = select(f.fetched_at, f.address, f.final_url, f.status, f.n_bytes).where(scope.fetches())
    for at, address, final, status, n_bytes in scope.rows(fetches.order_by(f.id)):
        told = _typed("kb:Fetch", address=address, finalUrl=final, status=status, bytes=n_bytes)
        yield fetch_name(at, address), _between(at, at) | told
    columns = (body.c.sha256, pipeline.c.digest, annotation.c.made_at)
    for sha256, digest, made_at in scope.rows(scope.annotated(*columns)):
        yield annotation_name(sha256, digest, "annotating"), _between(None, made_at) | _typed("kb:Annotating")


def find_agents(scope: Scope) -> Iterator[Thing]:
    """Yield versions of kb, pipelines, outlets, and the people who decided."""
    for (version,) in scope.rows(select(run.c.version).where(scope.runs()).distinct()):
        yield name_of("software", version), _typed("prov:SoftwareAgent", version=version)
    p = pipeline.c
    used = select(annotation.c.pipeline_id).join(body).where(scope.bodies())
    pipelines = select(p.digest, p.rules, p.packages, p.models).where(p.id.in_(used))
    for digest, rules, packages, models in scope.rows(pipelines.order_by(p.id)):
        parts = {f"kb:package-{name}": version for name, version in packages.items()}
        parts |= {f"kb:model-{name}": sha256 for name, sha256 in models.items()}
        yield name_of("pipeline", digest), _typed("prov:SoftwareAgent", rules=rules) | parts
    printed = select(revision.c.outlet_id).where(scope.revisions())
    for key, name in scope.rows(select(outlet.c.name_key, outlet.c.name).where(outlet.c.id.in_(printed))):
        yield name_of("outlet", key), {**_typed("prov:Organization"), "prov:label": name}
    people = select(decision.c.decided_by).where(decision.c.id.in_(_judging(scope))).distinct()
    for (name,) in scope.rows(people):
        yield name_of("person", name), {**_typed("prov:Person"), "prov:label": name}


def _typed(kind: str, /, **attributes: Any) -> dict[str, Any]:
    return {"prov:type": typed(kind), **known(**attributes)}


def _between(started: Any, ended: Any) -> dict[str, Any]:
    times = {"prov:startTime": started, "prov:endTime": ended}
    return {name: time_of(at) for name, at in times.items() if at is not None}
