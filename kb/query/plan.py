"""What another pipeline has annotated, and would be annotated again: how much, whose, from when, how fast it went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, func, or_, select

from kb.store.tables import annotation, article, feed, pipeline, revision, run

FEWEST = 20
"""Texts that a run must have annotated for its rate to count: with fewer, loading the models is most of it."""
RUNS = 5
"""Runs, the newest ones, that a rate is taken from."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many texts, and articles that print them; `of` is a pipeline's digest or a feed's address, None: of none."""

    of: str | None
    n_texts: int
    n_articles: int


@dataclass(frozen=True, slots=True)
class Stale:
    """The texts that are to be annotated again: how many on the whole, by pipeline and by feed.

    `since` and `until` are days of the articles, None where none has one. A text of two feeds counts in both.
    """

    n_texts: int
    n_articles: int
    since: date | None
    until: date | None
    pipelines: tuple[Share, ...]
    feeds: tuple[Share, ...]


def find_stale(connection: Connection, pipeline_id: int | None) -> Stale:
    """Return what this pipeline (None: one that the base does not know) has not annotated."""
    r, a = revision.c, annotation.c
    counts = (func.count(r.body_id.distinct()), func.count())
    is_stale = r.is_current & or_(a.id.is_(None), a.pipeline_id != (pipeline_id or 0))
    texts = (
        revision.join(article, article.c.id == r.article_id)
        .outerjoin(annotation, (a.body_id == r.body_id) & a.is_current)
        .outerjoin(pipeline, pipeline.c.id == a.pipeline_id)
        .outerjoin(feed, feed.c.id == article.c.feed_id)
    )

    def shares(name: ColumnElement[str]) -> tuple[Share, ...]:
        rows = connection.execute(select(name, *counts).select_from(texts).where(is_stale).group_by(name))
        return tuple(sorted((Share(*row) for row in rows), key=lambda one: (-one.n_texts, one.of or "")))

    days = (func.min(r.published_on), func.max(r.published_on))
    whole = connection.execute(select(*counts, *days).select_from(texts).where(is_stale)).one()
    n_texts, n_articles, since, until = whole
    return Stale(n_texts, n_articles, since, until, shares(pipeline.c.digest), shares(feed.c.address))


def texts_per_second(connection: Connection, host: str) -> tuple[float, Sequence[int]] | None:
    """Return how fast the newest runs on this machine annotated, and their numbers; None if there is no such run."""
    r = run.c
    counts = (r.host == host) & r.finished_at.is_not(None) & (r.n_annotated >= FEWEST)
    wanted = select(r.id, r.n_annotated, r.started_at, r.finished_at).where(counts).order_by(r.id.desc())
    newest = connection.execute(wanted.limit(RUNS)).all()
    seconds = sum((one.finished_at - one.started_at).total_seconds() for one in newest)
    return (sum(one.n_annotated for one in newest) / seconds, [one.id for one in newest]) if seconds else None
