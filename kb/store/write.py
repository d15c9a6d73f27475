"""Save what a run reads and makes: the door for all that writes, in the caller's transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, update

from kb import __version__
from kb.errors import BadRecord, EmptyInput
from kb.model import Article, Pipeline
from kb.names import fold
from kb.store import tables
from kb.store.annotations import is_annotated, save_annotation
from kb.store.failures import resolve_failures, save_failure
from kb.store.texts import is_storable, storable
from kb.store.touched import touch_body

__all__ = [
    "ArticleState",
    "RunCounts",
    "Saved",
    "begin_run",
    "end_run",
    "is_annotated",
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
class RunCounts:
    """How many articles a run found new, changed, unchanged; bodies it annotated; inputs that failed."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    annotated: int = 0
    failed: int = 0


def begin_run(connection: Connection, command: str) -> int:
    """Note that a command starts writing and return the run's id."""
    started = {
        "command": storable(command),
        "version": __version__,
        "state": "running",
        "started_at": _now(),
    }
    return _insert(connection, tables.run, started)


def end_run(connection: Connection, run_id: int, counts: RunCounts, *, state: str | None = None) -> None:
    """Note how a run ended: ``ok``, ``partial`` or ``failed``; the counts tell the first two."""
    ended = {f"n_{name}": n for name, n in asdict(counts).items()}
    ended_as = state or ("partial" if counts.failed else "ok")
    row = tables.run.c
    connection.execute(
        update(tables.run).where(row.id == run_id).values(**ended, state=ended_as, finished_at=_now())
    )


def save_pipeline(connection: Connection, pipeline: Pipeline) -> int:
    """Return the id of `pipeline`, saved if it is new."""
    parts = {"rules": pipeline.rules, "packages": dict(pipeline.packages), "models": dict(pipeline.models)}
    return _find_or_insert(connection, tables.pipeline, {"digest": _digest(parts)}, parts)


def save_article(connection: Connection, article: Article, run_id: int) -> Saved:
    """Save an article as it was read now: as new, as a new revision, or not at all if it is known as it is.

    Body and metadata decide whether it changed. Raw bytes, furniture and the file's place do not: a menu that
    changes is no news about the article, and the revision keeps what it was made from.
    """
    _check(article)
    digest = _digest(_content(article))
    article_id = _find(connection, tables.article, {"ref": article.id})
    if article_id is None:
        first = {"ref": article.id, "first_seen_at": _now()}
        return _add_revision(connection, article, _insert(connection, tables.article, first), run_id, digest)
    r = tables.revision.c
    known = connection.execute(
        select(r.id, r.body_id, r.digest).where(r.article_id == article_id, r.is_current)
    ).one()
    if known.digest == digest:
        return Saved(ArticleState.UNCHANGED, article_id, known.id, known.body_id)
    return _add_revision(connection, article, article_id, run_id, digest)


def _add_revision(
    connection: Connection, article: Article, article_id: int, run_id: int, digest: str
) -> Saved:
    r = tables.revision.c
    before = connection.scalars(select(r.body_id).where(r.article_id == article_id, r.is_current)).all()
    last = connection.execute(select(func.max(r.number)).where(r.article_id == article_id)).scalar_one()
    connection.execute(
        update(tables.revision).where(r.article_id == article_id, r.is_current).values(is_current=False)
    )
    body_id = _save_body(connection, article.body)
    row = {
        "article_id": article_id,
        "number": (last or 0) + 1,
        "is_current": True,
        "body_id": body_id,
        "run_id": run_id,
        "outlet_id": _save_outlet(connection, article.outlet),
        "digest": digest,
        "seen_at": _now(),
    }
    revision_id = _insert(connection, tables.revision, {**row, **_page(article), **_times(article)})
    for changed in {*before, body_id}:
        touch_body(connection, changed)
    state = ArticleState.CHANGED if last else ArticleState.NEW
    return Saved(state, article_id, revision_id, body_id)


def _page(article: Article) -> dict[str, Any]:
    """What the page says, as columns of its revision."""
    dateline = article.dateline
    return {
        "raw_sha256": article.raw_sha256,
        "raw_text": article.raw_text,
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


_NO_CONTENT = {"raw_sha256", "raw_text", "origin", "furniture"}


def _content(article: Article) -> dict[str, Any]:
    """Return what makes two readings of an article the same or not."""
    page = {name: value for name, value in _page(article).items() if name not in _NO_CONTENT}
    return {"body": article.body, "outlet": article.outlet, **page, **_times(article)}


def _save_body(connection: Connection, body: str) -> int:
    sha256 = hashlib.sha256(body.encode()).hexdigest()
    return _find_or_insert(connection, tables.body, {"sha256": sha256}, {"text": body, "n_chars": len(body)})


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
