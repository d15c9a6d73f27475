"""Who and what articles name together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, FromClause, distinct, func, select

from kb.query.current import by_code_point, stream
from kb.query.quotes import EVERYTHING, articles_only, conditions_of
from kb.query.rows import QuoteFilter
from kb.store.tables import annotation, article, entity, link, local_entity, outlet, revision


@dataclass(frozen=True, slots=True)
class CooccurrenceRow:
    """Two entities that current articles name both, as v_cooccurrence has them; each pair once, by its uids.

    `first_on` and `last_on` are the days of the first and last of these articles; None: none is dated.
    """

    uid: str
    name: str
    type: str
    other_uid: str
    other_name: str
    other_type: str
    n_articles: int
    first_on: date | None
    last_on: date | None


def cooccurrence(
    connection: Connection, *, article_ref: str | None = None, where: QuoteFilter = EVERYTHING
) -> Iterator[CooccurrenceRow]:
    """Yield all pairs, those of the most articles first. Of `where` only what it says of articles counts."""
    n_articles = func.count(distinct(revision.c.article_id))
    one_uid, other_uid = (by_code_point(connection, uid) for uid in (_one.c.uid, _other.c.uid))
    statement = (
        select(
            *(_one.c.uid, _one.c.name, _one.c.type, _other.c.uid, _other.c.name, _other.c.type, n_articles),
            *(func.min(revision.c.published_on), func.max(revision.c.published_on)),
        )
        .select_from(_pairs())
        .where(one_uid < other_uid, *conditions_of(articles_only(where)))
        .group_by(_one.c.id, _other.c.id)
        .order_by(n_articles.desc(), one_uid, other_uid)
    )
    if article_ref is not None:
        statement = statement.where(article.c.ref == article_ref)
    return (CooccurrenceRow(*row) for row in stream(connection, statement))


_one, _one_named, _one_link = entity.alias("one"), entity.alias("one_named"), link.alias("one_link")
_other, _other_named, _other_link = (
    entity.alias("other"),
    entity.alias("other_named"),
    link.alias("other_link"),
)
_beside = local_entity.alias("beside")


def _pairs() -> FromClause:
    """Join each entity of each current article to each other one of its text."""
    return (
        annotation.join(revision, (revision.c.body_id == annotation.c.body_id) & revision.c.is_current)
        .join(article, article.c.id == revision.c.article_id)
        .outerjoin(outlet, outlet.c.id == revision.c.outlet_id)
        .join(local_entity, (local_entity.c.annotation_id == annotation.c.id) & annotation.c.is_current)
        .join(_one_link, _one_link.c.local_entity_id == local_entity.c.id)
        .join(_one_named, _one_named.c.id == _one_link.c.entity_id)
        .join(_one, _one.c.id == func.coalesce(_one_named.c.merged_into_id, _one_named.c.id))
        .join(_beside, _beside.c.annotation_id == annotation.c.id)
        .join(_other_link, _other_link.c.local_entity_id == _beside.c.id)
        .join(_other_named, _other_named.c.id == _other_link.c.entity_id)
        .join(_other, _other.c.id == func.coalesce(_other_named.c.merged_into_id, _other_named.c.id))
    )
