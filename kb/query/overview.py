"""What is in a base as a whole, and when and where somebody was quoted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from kb.model import EntityType
from kb.query import ArticleRow, EntityRow, articles
from kb.query.quotes import member_ids
from kb.store.tables import entity, entity_count, outlet, report, revision

_SHOWN = 10  # newest articles, most quoted


@dataclass(frozen=True, slots=True)
class Overview:
    """How much there is; the newest articles first, the most quoted first. Days are None where no article has one."""

    n_articles: int
    n_outlets: int
    n_quotes: int
    n_entities: Mapping[str, int]
    first_on: date | None
    last_on: date | None
    newest: tuple[ArticleRow, ...]
    most_quoted: tuple[EntityRow, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """How many reports of somebody's words there are: by month (``2024-06``), oldest first; by outlet, most first."""

    months: Mapping[str, int]
    outlets: Mapping[str, int]


def overview(connection: Connection) -> Overview:
    """Return what is in the base."""
    current = select(func.count()).select_from(revision).where(revision.c.is_current)
    days = revision.c.published_on
    return Overview(
        n_articles=connection.execute(current).scalar_one(),
        n_outlets=connection.execute(select(func.count()).select_from(outlet)).scalar_one(),
        n_quotes=count_reports(connection),
        n_entities=_by_type(connection),
        first_on=connection.execute(select(func.min(days))).scalar_one(),
        last_on=connection.execute(select(func.max(days))).scalar_one(),
        newest=tuple(articles(connection, limit=_SHOWN)),
        most_quoted=_most_quoted(connection),
    )


def count_reports(connection: Connection) -> int:
    """Count the quotes that articles print now, each as often as one does."""
    return connection.execute(select(func.count()).select_from(report)).scalar_one()


def spread_of(connection: Connection, uid: str) -> Spread:
    """Return when and where an entity, with those merged into it, was quoted; undated reports have no month."""
    n_reports = func.count()
    rows = connection.execute(
        select(report.c.published_on, outlet.c.name, n_reports)
        .outerjoin(outlet, outlet.c.id == report.c.outlet_id)
        .where(report.c.entity_id.in_(member_ids(connection, [uid])))
        .group_by(report.c.published_on, outlet.c.name)
    ).all()
    months, outlets = Counter[str](), Counter[str]()
    for day, name, n in rows:
        if day:
            months[f"{day:%Y-%m}"] += n
        if name:
            outlets[name] += n
    return Spread(
        dict(sorted(months.items())), dict(sorted(outlets.items(), key=lambda pair: (-pair[1], pair[0])))
    )


def _by_type(connection: Connection) -> Mapping[str, int]:
    """Count the entities that articles name."""
    counted = (
        select(entity.c.type, func.count())
        .join(entity_count, entity_count.c.entity_id == entity.c.id)
        .where(entity_count.c.n_mentions > 0)
        .group_by(entity.c.type)
    )
    found = {type_: n for type_, n in connection.execute(counted)}
    return {type_.value: found.get(type_.value, 0) for type_ in EntityType}


def _most_quoted(connection: Connection) -> tuple[EntityRow, ...]:
    n = entity_count.c
    rows = connection.execute(
        select(entity.c.uid, entity.c.name, entity.c.type, n.n_mentions, n.n_quotes, n.n_articles)
        .join(entity_count, n.entity_id == entity.c.id)
        .where(n.n_quotes > 0)
        .order_by(n.n_quotes.desc(), entity.c.uid)
        .limit(_SHOWN)
    )
    return tuple(EntityRow(*row) for row in rows)
