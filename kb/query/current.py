"""What every question shares: current rows only, in the same order on every engine, given as they come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Row, Select, exists, func

from kb.store.tables import (
    annotation,
    article,
    body,
    entity,
    mention,
    mention_judgement,
    outlet,
    quote,
    quote_judgement,
    revision,
)

_BATCH = 500  # rows fetched at a time

_COLLATIONS = {"postgresql": "C", "sqlite": "BINARY"}


def current_articles() -> FromClause:
    """Return articles in their current state: article, revision, body and, where known, outlet."""
    return (
        article.join(revision, (revision.c.article_id == article.c.id) & revision.c.is_current)
        .join(body, body.c.id == revision.c.body_id)
        .outerjoin(outlet, outlet.c.id == revision.c.outlet_id)
    )


def current_annotation() -> ColumnElement[bool]:
    """Return the condition that joins an article's current body to its current annotation."""
    return (annotation.c.body_id == body.c.id) & annotation.c.is_current


def standing() -> ColumnElement[int]:
    """Return the row number of the entity that an entity stands for: itself, unless it was merged."""
    return func.coalesce(entity.c.merged_into_id, entity.c.id)


def mention_stands() -> ColumnElement[bool]:
    """Return the condition that nobody rejected a mention."""
    return ~exists().where(mention_judgement.c.mention_id == mention.c.id).correlate(mention)


def is_judged() -> ColumnElement[bool]:
    """Return the condition that people decided something about a quote."""
    return exists().where(quote_judgement.c.quote_id == quote.c.id).correlate(quote)


def is_rejected() -> ColumnElement[bool]:
    """Return the condition that people decided that a quote is none."""
    judged = exists().where(quote_judgement.c.quote_id == quote.c.id).correlate(quote)
    return judged.where(quote_judgement.c.rejected_by_id.is_not(None))


def by_code_point(on: Connection | str, column: ColumnElement[str]) -> ColumnElement[str]:
    """Return `column` to order by: the same order on every engine (or dialect's name), whatever its locale."""
    return column.collate(_COLLATIONS[on if isinstance(on, str) else on.dialect.name])


def newest_first(dated: Any) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """Return what to order by: the newest first, undated last; `dated` are columns with day and time of publication."""
    return dated.published_on.desc().nulls_last(), dated.published_at.desc().nulls_last()


def place_of(key: Row[Any]) -> tuple[Any, ...]:
    """Return where a row stands in that order, those of one time by article and by their place in its text."""
    on, at = key.published_on, key.published_at
    newest = on is None, -on.toordinal() if on else 0, at is None, -at.timestamp() if at else 0
    return *newest, key.ref, key.start_char, key.ordinal


def stream(connection: Connection, statement: Select[Any], **parameters: Any) -> Iterator[Row[Any]]:
    """Yield a statement's rows, only some of them in memory at a time."""
    yield from connection.execute(statement, parameters, execution_options={"yield_per": _BATCH})
