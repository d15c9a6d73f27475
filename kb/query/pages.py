"""Articles, and the pages that show all of one article or one entity."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, ScalarSelect, Select, Table, distinct, func, select

from kb.errors import NotFound
from kb.names import fold
from kb.query.current import (
    by_code_point,
    current_annotation,
    current_articles,
    is_rejected,
    mention_stands,
    newest_first,
    standing,
    stream,
)
from kb.query.quotes import all_mentions, all_quotes
from kb.query.rows import ArticlePage, ArticleRow, EntityPage, EntityRow, RelatedRow
from kb.query.said import quotes_by
from kb.store.tables import (
    alias,
    annotation,
    article,
    body,
    entity,
    external_id,
    mention,
    naming,
    outlet,
    quote,
    revision,
    seed,
)

_NEWEST = 5  # articles, quotes and related entities on an entity's page


def articles(
    connection: Connection,
    *,
    outlet: str | None = None,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
    article_ref: str | None = None,
) -> Iterator[ArticleRow]:
    """Yield articles, the newest first, undated ones last.

    `since` and `until` are inclusive local days, `outlet` is part of the outlet's name.
    """
    conditions: list[ColumnElement[bool]] = []
    if article_ref is not None:
        conditions.append(article.c.ref == article_ref)
    if outlet is not None:
        conditions.append(_outlet_key.contains(fold(outlet), autoescape=True))
    if since is not None:
        conditions.append(revision.c.published_on >= since)
    if until is not None:
        conditions.append(revision.c.published_on <= until)
    return _rows(connection, *conditions, limit=limit)


def article_rows(connection: Connection, refs: Collection[str]) -> Iterator[ArticleRow]:
    """Yield the articles of these ids, the newest first."""
    return _rows(connection, article.c.ref.in_(refs))


def article_named(connection: Connection, ref: str) -> ArticlePage:
    """Return the article with this id, or the only one whose id begins so; NotFound else."""
    found = article_meant(connection, ref)
    (row,) = _rows(connection, article.c.ref == found)
    text = select(body.c.text).select_from(current_articles()).where(article.c.ref == found)
    return ArticlePage(
        row,
        connection.execute(text).scalar_one(),
        tuple(all_mentions(connection, article_ref=found)),
        tuple(all_quotes(connection, article_ref=found)),
    )


def article_meant(connection: Connection, ref: str) -> str:
    """Return the article id that `ref` is, or is the unmistakable beginning of; NotFound else."""
    if connection.scalar(select(article.c.id).where(article.c.ref == ref)) is not None:
        return ref
    begun = select(article.c.ref).where(article.c.ref.startswith(ref, autoescape=True))
    found: list[str] = list(
        connection.scalars(begun.order_by(by_code_point(connection, article.c.ref)).limit(4))
    )
    if len(found) == 1:
        return found[0]
    near = found or get_close_matches(ref, connection.scalars(select(article.c.ref)), n=3)
    mend = f"did you mean {' or '.join(near)}?" if near else "`kb articles` lists them"
    raise NotFound(ref, "no article of that id", mend)


def entity_page(connection: Connection, row: EntityRow) -> EntityPage:
    """Return all that the base knows of one entity."""
    entity_id, note = connection.execute(
        select(entity.c.id, entity.c.note).where(entity.c.uid == row.uid)
    ).one()
    members = list(connection.scalars(select(entity.c.id).where(standing() == entity_id)))
    ids = select(external_id.c.scheme, external_id.c.value).where(external_id.c.entity_id.in_(members))
    return EntityPage(
        row,
        aliases=_aliases(connection, entity_id, row.name),
        external_ids=tuple(
            f"{scheme}:{value}" for scheme, value in connection.execute(ids.order_by("scheme"))
        ),
        note=note,
        offices=tuple(_offices(connection, entity_id)),
        related=_related(connection, members),
        articles=tuple(_rows(connection, article.c.id.in_(_naming(members)), limit=_NEWEST)),
        quotes=tuple(quotes_by(connection, [row.uid], limit=_NEWEST)),
    )


def _aliases(connection: Connection, entity_id: int, shown: str) -> tuple[str, ...]:
    members = select(entity.c.id).where(standing() == entity_id)
    names = select(alias.c.name).where(alias.c.entity_id.in_(members), alias.c.name != shown).distinct()
    name = names.subquery().c.name
    return tuple(connection.scalars(select(name).order_by(by_code_point(connection, name))))


def _offices(connection: Connection, entity_id: int) -> Iterator[str]:
    """Yield what the lists of seeds say that somebody has been, in their order."""
    members = select(entity.c.uid).where(standing() == entity_id)
    records = select(seed.c.record).where(seed.c.uid.in_(members)).order_by(seed.c.source, seed.c.uid)
    for record in connection.scalars(records):
        for office in record.get("offices", ()):
            yield f"{office['role']} ({office['since'] or ''} to {office['until'] or ''})"


def _naming(members: Collection[int]) -> Select[Any]:
    """Select the row numbers of the articles that name an entity: itself or one that was merged into it."""
    return select(naming.c.article_id).where(naming.c.entity_id.in_(members))


def _related(connection: Connection, members: Collection[int]) -> tuple[RelatedRow, ...]:
    """Return the entities that the most articles name together with this one."""
    beside, shown = naming.alias("beside"), entity.alias("shown")
    counted = (
        select(standing().label("id"), func.count(distinct(beside.c.article_id)).label("n"))
        .select_from(naming.join(beside, beside.c.article_id == naming.c.article_id))
        .join(entity, entity.c.id == beside.c.entity_id)
        .where(naming.c.entity_id.in_(members), beside.c.entity_id.not_in(members))
        .group_by(standing())
        .subquery()
    )
    order = counted.c.n.desc(), by_code_point(connection, shown.c.name), shown.c.uid
    rows = select(shown.c.uid, shown.c.name, shown.c.type, counted.c.n).join(
        counted, counted.c.id == shown.c.id
    )
    return tuple(RelatedRow(*row) for row in connection.execute(rows.order_by(*order).limit(_NEWEST)))


def _rows(
    connection: Connection, *conditions: ColumnElement[bool], limit: int | None = None
) -> Iterator[ArticleRow]:
    order = *newest_first(revision.c), by_code_point(connection, article.c.ref)
    if limit is not None:  # first which: what is counted of each is counted of those alone
        newest = select(revision.c.id).select_from(current_articles()).where(*conditions)
        conditions = (revision.c.id.in_(newest.order_by(*order).limit(limit)),)
    statement = (
        select(
            article.c.ref,
            revision.c.title,
            _outlet_name,
            revision.c.published_on,
            revision.c.published_at,
            revision.c.published_zone,
            revision.c.url,
            revision.c.authors,
            revision.c.editors,
            revision.c.agency,
            revision.c.number,
            body.c.n_chars,
            _n_found(mention),
            _n_found(quote),
        )
        .select_from(current_articles())
        .where(*conditions)
        .order_by(*order)
    )
    return map(_as_article, stream(connection, statement))


_outlet_name, _outlet_key = outlet.c.name, outlet.c.name_key


def _n_found(table: Table) -> ScalarSelect[int]:
    """Count the mentions or quotes of an article, without what people rejected."""
    return (
        select(func.count(table.c.id))
        .select_from(annotation.join(table, table.c.annotation_id == annotation.c.id))
        .where(current_annotation(), mention_stands() if table is mention else ~is_rejected())
        .correlate(body)
        .scalar_subquery()
    )


def _as_article(row: Row[Any]) -> ArticleRow:
    values = ArticleRow(*row)
    return replace(values, authors=tuple(values.authors), editors=tuple(values.editors))
