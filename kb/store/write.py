"""Save what a run reads and makes: the door for all that writes, in the caller's transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Table, exists, func, insert, or_, select, update

from kb.errors import BadRecord, EmptyInput
from kb.model import Article, Pipeline
from kb.names import fold
from kb.store import tables
from kb.store.annotations import is_annotated, save_annotation
from kb.store.failures import resolve_failures, save_failure
from kb.store.readings import note_seen, save_reading, save_urls
from kb.store.runs import RunCounts, begin_run, end_run
from kb.store.texts import is_storable, similarity, storable
from kb.store.touched import touch_body

__all__ = [
    "ArticleState",
    "Current",
    "Found",
    "RunCounts",
    "Saved",
    "begin_run",
    "count_other_annotations",
    "end_run",
    "find_body",
    "find_pipeline",
    "is_annotated",
    "load_current",
    "resolve_failures",
    "save_annotation",
    "save_article",
    "save_failure",
    "save_pipeline",
]


class ArticleState(StrEnum):
    """What saving an article did."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Saved:
    """Where an article stands in the base; the ids are row numbers."""

    state: ArticleState
    article_id: int
    revision_id: int
    body_id: int


@dataclass(frozen=True, slots=True)
class Found:
    """How an article was found: row numbers of feed and fetch, its place (see `kb.ingest.Raw`), and who changed it
    if it changed (``publisher``, ``reader`` or ``both``)."""

    feed_id: int | None = None
    fetch_id: int | None = None
    place: str | None = None
    cause: str = "publisher"


@dataclass(frozen=True, slots=True)
class Current:
    """The current state of an article; `reader` is None if it was read before readers were kept."""

    article_id: int
    revision_id: int
    body_id: int
    digest: str
    body: str
    raw_sha256: str
    raw_text: str
    reader: str | None
    url: str | None
    title: str | None
    seen_at: datetime
    feed_id: int | None

    def is_as(self, article: Article) -> bool:
        """Whether the article reads now as it did: body and metadata decide, not its bytes nor its furniture."""
        return self.digest == _digest(_content(article))


def load_current(connection: Connection, ref: str) -> Current | None:
    """Return the current state of the article of this id, None if there is no such article."""
    a, r, b = tables.article.c, tables.revision.c, tables.body.c
    wanted = (
        select(
            a.id,
            r.id,
            r.body_id,
            r.digest,
            b.text,
            r.raw_sha256,
            r.raw_text,
            r.reader,
            r.url,
            r.title,
            r.seen_at,
            a.feed_id,
        )
        .select_from(tables.article)
        .join(tables.revision, (r.article_id == a.id) & r.is_current)
        .join(tables.body, b.id == r.body_id)
        .where(a.ref == ref)
    )
    row = connection.execute(wanted).first()
    return None if row is None else Current(*row)


def count_other_annotations(connection: Connection, pipeline_id: int) -> int:
    """Return how many texts that stand in articles now are annotated by another pipeline than this one."""
    a, r = tables.annotation.c, tables.revision.c
    other = or_(a.pipeline_id < pipeline_id, a.pipeline_id > pipeline_id)  # two ranges of an index
    printed = exists().where(r.body_id == a.body_id, r.is_current)
    return connection.execute(select(func.count()).where(other, a.is_current, printed)).scalar_one()


def find_body(connection: Connection, body: str) -> int | None:
    """Return the row number of this text, None if no article prints it."""
    return _find(connection, tables.body, {"sha256": hashlib.sha256(body.encode()).hexdigest()})


def save_pipeline(connection: Connection, pipeline: Pipeline) -> int:
    """Return the id of `pipeline`, saved if it is new."""
    parts = _parts(pipeline)
    return _find_or_insert(connection, tables.pipeline, {"digest": _digest(parts)}, parts)


def find_pipeline(connection: Connection, pipeline: Pipeline) -> int | None:
    """Return the id of `pipeline`, None if nothing here was ever done with it."""
    return _find(connection, tables.pipeline, {"digest": _digest(_parts(pipeline))})


def _parts(pipeline: Pipeline) -> dict[str, Any]:
    return {"rules": pipeline.rules, "packages": dict(pipeline.packages), "models": dict(pipeline.models)}


def save_article(
    connection: Connection, article: Article, run_id: int, *, found: Found | None = None
) -> Saved:
    """Save an article as it was read now: as new, as a new revision, or not at all if it is known as it is.

    Body and metadata decide whether it changed. Raw bytes, furniture and the file's place do not: a menu that
    changes is no news about the article, and the revision keeps what it was made from. The bytes, the addresses and
    the day are noted in any case.
    """
    _check(article)
    found, now = found or Found(), _now()
    current = load_current(connection, article.id)
    if current is not None and current.is_as(article):
        read_at = current.seen_at
        saved = Saved(ArticleState.UNCHANGED, current.article_id, current.revision_id, current.body_id)
    else:
        read_at = now
        saved = _add_revision(connection, article, current, {**_origin(found), "run_id": run_id}, found)
    note_seen(connection, [saved.article_id], now)
    save_urls(connection, saved.article_id, article.urls)
    if article.reader:
        save_reading(
            connection,
            saved.article_id,
            place=found.place,
            raw_sha256=article.raw_sha256,
            reader=article.reader,
            at=read_at,
        )
    return saved


def _origin(found: Found) -> dict[str, Any]:
    return {"fetch_id": found.fetch_id, "seen_at": _now()}


def _add_revision(
    connection: Connection, article: Article, current: Current | None, origin: Mapping[str, Any], found: Found
) -> Saved:
    article_id = current.article_id if current else _add_article(connection, article, found)
    number = _retire(connection, article_id)
    body_id = _save_body(connection, article.body)
    row = {
        **origin,
        "article_id": article_id,
        "number": number + 1,
        "is_current": True,
        "cause": found.cause if current else "first",
        "similarity": similarity(current.body, article.body) if current else None,
        "body_id": body_id,
        "outlet_id": _save_outlet(connection, article.outlet),
        "digest": _digest(_content(article)),
    }
    revision_id = _insert(connection, tables.revision, {**row, **_page(article), **_times(article)})
    for changed in {current.body_id if current else body_id, body_id}:
        touch_body(connection, changed)
    state = ArticleState.CHANGED if current else ArticleState.NEW
    return Saved(state, article_id, revision_id, body_id)


def _add_article(connection: Connection, article: Article, found: Found) -> int:
    first = {"ref": article.id, "first_seen_at": _now(), "last_seen_at": _now(), "feed_id": found.feed_id}
    return _insert(connection, tables.article, first)


def _retire(connection: Connection, article_id: int) -> int:
    """Let no revision of an article be the current one; return the number of its last."""
    r = tables.revision.c
    of_article = update(tables.revision).where(r.article_id == article_id, r.is_current)
    connection.execute(of_article.values(is_current=False))
    last = connection.scalar(select(func.max(r.number)).where(r.article_id == article_id))
    return last or 0


def _page(article: Article) -> dict[str, Any]:
    """What the page says, as columns of its revision."""
    dateline = article.dateline
    return {
        "raw_sha256": article.raw_sha256,
        "raw_text": article.raw_text,
        "reader": article.reader,
        "origin": None if article.origin is None else storable(article.origin),
        "title": article.title,
        "url": article.url,
        "authors": list(article.authors),
        "editors": list(article.editors),
        "agency": article.agency,
        "dateline_start_char": dateline and dateline.span.start,
        "dateline_end_char": dateline and dateline.span.end,
        "dateline_place": dateline and dateline.place,
        "dateline_outlet": dateline and dateline.outlet,
        "furniture": list(article.furniture),
        "extra": dict(article.extra),
    }


def _times(article: Article) -> dict[str, Any]:
    published = article.published
    if published is None:
        return {}
    return {
        "published_at": published.at,
        "published_on": published.on,
        "published_precision": published.precision,
        "published_zone": published.zone,
    }


_NO_CONTENT = {"raw_sha256", "raw_text", "reader", "origin", "furniture"}


def _content(article: Article) -> dict[str, Any]:
    """Return what makes two readings of an article the same or not."""
    page = {name: value for name, value in _page(article).items() if name not in _NO_CONTENT}
    return {"body": article.body, "outlet": article.outlet, **page, **_times(article)}


def _save_body(connection: Connection, body: str) -> int:
    sha256 = hashlib.sha256(body.encode()).hexdigest()
    found = _find(connection, tables.body, {"sha256": sha256})
    if found is not None:
        return found
    row = {"sha256": sha256, "text": body, "folded": fold(body), "n_chars": len(body)}
    return _insert(connection, tables.body, row)


def _save_outlet(connection: Connection, name: str | None) -> int | None:
    if name is None:
        return None
    return _find_or_insert(connection, tables.outlet, {"name_key": fold(name) or name}, {"name": name})


def _check(article: Article) -> None:
    """Refuse what no database can hold, before anything of it is written."""
    if not article.body:
        raise EmptyInput(article.id, "has no text")
    if not all(map(is_storable, _texts(article))):
        raise BadRecord(storable(article.id), "holds a NUL or half a surrogate pair", "clean the text")
    try:
        json.dumps(dict(article.extra), allow_nan=False)
    except ValueError as error:
        raise BadRecord(article.id, "holds NaN or Infinity, which is no JSON") from error


def _texts(article: Article) -> Iterable[str]:
    printed = (article.id, article.body, article.raw_text, article.title, article.url, article.outlet)
    return (text for text in (*printed, article.agency, *article.authors, *article.editors) if text)


def _digest(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def _find(connection: Connection, table: Table, key: Mapping[str, Any]) -> int | None:
    return connection.execute(select(table.c.id).filter_by(**key)).scalar_one_or_none()


def _insert(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    row_id: int = connection.execute(insert(table).values(**row).returning(table.c.id)).scalar_one()
    return row_id


def _find_or_insert(
    connection: Connection, table: Table, key: Mapping[str, Any], rest: Mapping[str, Any]
) -> int:
    found = _find(connection, table, key)
    return _insert(connection, table, {**key, **rest}) if found is None else found


def _now() -> datetime:
    return datetime.now(UTC)
