"""What another pipeline has annotated, and would be annotated again: how much, whose, from when, how fast it went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, func, or_, select

from kb.store.runs import load_runs
from kb.store.tables import annotation, article, feed, pipeline, revision

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
    took = {
        run: (run.finished_at - run.started_at).total_seconds()
        for run in load_runs(connection)
        if run.host == host and run.finished_at and run.n_annotated >= FEWEST
    }
    newest = list(took)[:RUNS]
    seconds = sum(took[run] for run in newest)
    return (sum(run.n_annotated for run in newest) / seconds, [run.id for run in newest]) if seconds else None
