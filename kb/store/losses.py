"""How many quotes a feed has, and has lost to another pipeline: what the loss guard weighs."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, ScalarSelect, func, select

from kb.store.tables import annotation, article, feed, quote, revision


def count_quotes(connection: Connection, feed_id: int | None) -> int:
    """Return how many quotes the current texts of a feed's articles have (None: of articles without a feed)."""
    current = (
        select(func.count())
        .select_from(article)
        .join(revision, (revision.c.article_id == article.c.id) & revision.c.is_current)
        .join(annotation, (annotation.c.body_id == revision.c.body_id) & annotation.c.is_current)
        .join(quote, quote.c.annotation_id == annotation.c.id)
        .where(_of_feed(feed_id))
    )
    return connection.execute(current).scalar_one()


def count_quotes_in(connection: Connection, body_id: int) -> int:
    """Return how many quotes the current annotation of a text has; 0 if it has none."""
    current = (
        select(func.count())
        .select_from(quote)
        .join(annotation, annotation.c.id == quote.c.annotation_id)
        .where(annotation.c.body_id == body_id, annotation.c.is_current)
    )
    return connection.execute(current).scalar_one()


def count_lost(connection: Connection, feed_id: int | None, pipeline_id: int) -> int:
    """Return how many quotes fewer a feed's texts have by this pipeline than by the one before, where it redid them.

    Below 0 where it found more.
    """
    before = annotation.alias("before")
    latest = (
        select(func.max(before.c.id))
        .where(before.c.body_id == annotation.c.body_id, before.c.pipeline_id != pipeline_id)
        .correlate(annotation)
        .scalar_subquery()
    )
    redone = (
        select(func.sum(_n_quotes(latest) - _n_quotes(annotation.c.id)))
        .select_from(article)
        .join(revision, (revision.c.article_id == article.c.id) & revision.c.is_current)
        .join(annotation, (annotation.c.body_id == revision.c.body_id) & annotation.c.is_current)
        .where(_of_feed(feed_id), annotation.c.pipeline_id == pipeline_id, latest.is_not(None))
    )
    return int(connection.execute(redone).scalar_one() or 0)


def count_lost_since_read(connection: Connection, feed_id: int | None) -> int:
    """Return how many quotes fewer a feed's articles have than when it was last read with all that it led to.

    That is not noted of a feed that the guard stopped: read again, it may not lose a tenth each time. Below 0 where
    texts that changed have more; 0 for a feed that is on no schedule.
    """
    r, before = revision, revision.alias("before")
    changed = (
        select(func.sum(_n_current(before.c.body_id) - _n_current(r.c.body_id)))
        .select_from(feed)
        .join(article, article.c.feed_id == feed.c.id)
        .join(r, r.c.article_id == article.c.id)
        .join(before, (before.c.article_id == article.c.id) & (before.c.number == r.c.number - 1))
        .where(feed.c.id == feed_id, r.c.seen_at > feed.c.last_read_at)
    )
    return int(connection.execute(changed).scalar_one() or 0)


def _n_current(body_id: ColumnElement[int]) -> ScalarSelect[int]:
    of_text = select(func.count()).select_from(
        annotation.join(quote, quote.c.annotation_id == annotation.c.id)
    )
    return of_text.where(annotation.c.body_id == body_id, annotation.c.is_current).scalar_subquery()


def _n_quotes(annotation_id: ColumnElement[int] | ScalarSelect[int]) -> ScalarSelect[int]:
    counted = select(func.count()).where(quote.c.annotation_id == annotation_id)
    return counted.correlate(annotation).scalar_subquery()


def _of_feed(feed_id: int | None) -> ColumnElement[bool]:
    return article.c.feed_id.is_(None) if feed_id is None else article.c.feed_id == feed_id
