"""The provenance of a base, or of one article, as W3C PROV has it.

    quote <- annotation <- body <- revision <- bytes     entities, each derived from the next
             annotating               fetch, run         activities, informed by the run
             pipeline    outlet       kb, of a version   agents; people, to whom decisions are attributed

Identifiers are the same in every base that has the thing: hashes of texts and bytes, ids of articles, numbers of
revisions, digests of pipelines, uids of decisions, times of runs and fetches. Records come in the order of PROV-JSON
(https://www.w3.org/submissions/prov-json/), section by section, as rows come: none is held.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Select, select

from kb.query.pages import article_meant
from kb.query.provnames import (
    PREFIXES,
    annotation_name,
    article_name,
    body_name,
    fetch_name,
    name_of,
    quote_name,
    raw_name,
    revision_name,
    run_name,
)
from kb.query.provthings import Scope, find_activities, find_agents, find_entities
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
    revision,
    run,
)

Record = tuple[str, str, Any]
"""Section, name, and what stands there."""

_Link = tuple[str, str]
"""The names of two things: the first of a relation's roles, the second."""

_ROLES: Mapping[str, tuple[str, str]] = {
    "wasGeneratedBy": ("prov:entity", "prov:activity"),
    "used": ("prov:activity", "prov:entity"),
    "wasInformedBy": ("prov:informed", "prov:informant"),
    "wasAssociatedWith": ("prov:activity", "prov:agent"),
    "wasAttributedTo": ("prov:entity", "prov:agent"),
    "wasDerivedFrom": ("prov:generatedEntity", "prov:usedEntity"),
    "specializationOf": ("prov:specificEntity", "prov:generalEntity"),
    "wasInfluencedBy": ("prov:influencee", "prov:influencer"),
}


def provenance_records(connection: Connection, ref: str | None = None) -> Iterator[Record]:
    """Yield the records of the whole base, or of the article that `ref` means; NotFound if there is none."""
    article_id = None
    if ref is not None:
        found = article_meant(connection, ref)
        article_id = connection.execute(select(article.c.id).where(article.c.ref == found)).scalar_one()
    scope = Scope(connection, article_id)
    yield from (("prefix", prefix, uri) for prefix, uri in PREFIXES.items())
    for section, find in (("entity", find_entities), ("activity", find_activities), ("agent", find_agents)):
        yield from ((section, name, told) for name, told in find(scope))
    for section, find_links in _RELATIONS.items():
        roles = _ROLES[section]
        for number, link in enumerate(find_links(scope), start=1):
            yield section, f"_:{section}{number}", dict(zip(roles, link, strict=True))


def _generated(scope: Scope) -> Iterator[_Link]:
    r, f = revision.c, fetch.c
    fetched = select(r.raw_sha256, f.fetched_at, f.address).join(fetch, f.id == r.fetch_id)
    for sha256, at, address in scope.rows(fetched.where(scope.revisions()).distinct()):
        yield raw_name(sha256), fetch_name(at, address)
    for ref, number, started_at in scope.rows(_read(scope, run.c.started_at)):
        yield revision_name(ref, number), run_name(started_at)
    for sha256, digest in scope.rows(_made(scope)):
        yield annotation_name(sha256, digest), annotation_name(sha256, digest, "annotating")


def _used(scope: Scope) -> Iterator[_Link]:
    for ref, number, sha256, started_at in scope.rows(_read(scope, revision.c.raw_sha256, run.c.started_at)):
        del ref, number
        yield run_name(started_at), raw_name(sha256)
    fed = select(fetch.c.fetched_at, fetch.c.address, feed.c.address).join(feed, feed.c.id == fetch.c.feed_id)
    for at, address, feed_address in scope.rows(fed.where(scope.fetches())):
        yield fetch_name(at, address), name_of("feed", feed_address)
    for sha256, digest in scope.rows(_made(scope)):
        yield annotation_name(sha256, digest, "annotating"), body_name(sha256)


def _informed(scope: Scope) -> Iterator[_Link]:
    columns = (fetch.c.fetched_at, fetch.c.address, run.c.started_at)
    fetches = select(*columns).join_from(fetch, run).where(scope.fetches())
    for at, address, started_at in scope.rows(fetches):
        yield fetch_name(at, address), run_name(started_at)
    made = _made(scope, run.c.started_at).join(run, run.c.id == annotation.c.run_id)
    for sha256, digest, started_at in scope.rows(made):
        yield annotation_name(sha256, digest, "annotating"), run_name(started_at)


def _associated(scope: Scope) -> Iterator[_Link]:
    for started_at, version in scope.rows(select(run.c.started_at, run.c.version).where(scope.runs())):
        yield run_name(started_at), name_of("software", version)
    for sha256, digest in scope.rows(_made(scope)):
        yield annotation_name(sha256, digest, "annotating"), name_of("pipeline", digest)


def _attributed(scope: Scope) -> Iterator[_Link]:
    columns = (article.c.ref, revision.c.number, outlet.c.name_key)
    printed = select(*columns).join_from(revision, article).join(outlet, outlet.c.id == revision.c.outlet_id)
    for ref, number, key in scope.rows(printed.where(scope.revisions())):
        yield revision_name(ref, number), name_of("outlet", key)
    for sha256, digest in scope.rows(_made(scope)):
        yield annotation_name(sha256, digest), name_of("pipeline", digest)
    decided = scope.judged(decision.c.uid, decision.c.decided_by).order_by(None).distinct()
    for uid, by in scope.rows(decided):
        yield name_of("decision", uid), name_of("person", by)


def _derived(scope: Scope) -> Iterator[_Link]:
    for ref, number, raw, text in scope.rows(_read(scope, revision.c.raw_sha256, body.c.sha256)):
        yield revision_name(ref, number), raw_name(raw)
        yield body_name(text), revision_name(ref, number)
        if number > 1:
            yield revision_name(ref, number), revision_name(ref, number - 1)
    for sha256, digest in scope.rows(_made(scope)):
        yield annotation_name(sha256, digest), body_name(sha256)
    quotes = _made(scope, quote.c.ordinal).join(quote, quote.c.annotation_id == annotation.c.id)
    for sha256, digest, ordinal in scope.rows(quotes):
        yield quote_name(sha256, digest, ordinal), annotation_name(sha256, digest)


def _specialized(scope: Scope) -> Iterator[_Link]:
    for ref, number in scope.rows(_read(scope)):
        yield revision_name(ref, number), article_name(ref)


def _influenced(scope: Scope) -> Iterator[_Link]:
    columns = (body.c.sha256, pipeline.c.digest, quote.c.ordinal, decision.c.uid)
    for sha256, digest, ordinal, uid in scope.rows(scope.judged(*columns)):
        yield quote_name(sha256, digest, ordinal), name_of("decision", uid)


def _read(scope: Scope, *columns: Any) -> Select[Any]:
    """Select revisions by article and number, with more columns of them, of their bodies or of their runs."""
    joined = revision.join(article, article.c.id == revision.c.article_id).join(body).join(run)
    wanted = select(article.c.ref, revision.c.number, *columns).select_from(joined)
    return wanted.where(scope.revisions()).order_by(revision.c.id)


def _made(scope: Scope, *columns: Any) -> Select[Any]:
    """Select annotations by body and pipeline, with more columns."""
    return scope.annotated(body.c.sha256, pipeline.c.digest, *columns)


_RELATIONS: Mapping[str, Callable[[Scope], Iterator[_Link]]] = {
    "wasGeneratedBy": _generated,
    "used": _used,
    "wasInformedBy": _informed,
    "wasAssociatedWith": _associated,
    "wasAttributedTo": _attributed,
    "wasDerivedFrom": _derived,
    "specializationOf": _specialized,
    "wasInfluencedBy": _influenced,
}
