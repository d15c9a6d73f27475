"""What can be searched: the words of quotes by their reports, the words of bodies by their articles."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, null, select, true

from kb.names import fold
from kb.query.current import newest_first
from kb.query.quotes import conditions_of, member_ids
from kb.query.rows import QuoteFilter
from kb.store.tables import article, body, outlet, quote, report, revision


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is searched: the words in `folded` of a table's rows.

    `keys` selects their places in the order of answers, each under the names of `KEY`: those that the conditions let
    pass. `walk` selects the newest first, with `folded` and whether the conditions let it pass (`is_meant`), each
    beginning in the order of an index; rows that are alike in the first `n_ordered` of day and time come as they may.
    """

    table: Table
    keys: Select[Any]
    walk: Select[Any]
    n_ordered: int


def shelf_of_quotes(
    connection: Connection, where: QuoteFilter, speakers: Collection[str] | None = None
) -> Shelf:
    """Return the reports that a filter lets pass, on wish of these speakers (uids of entities) only."""
    r = report.c
    key = (
        quote.c.id.label("id"),
        article.c.ref.label("ref"),
        *(r.published_on, r.published_at, quote.c.start_char, quote.c.ordinal),
    )
    reports = report.join(quote, quote.c.id == r.quote_id).join(article, article.c.id == r.article_id)
    days, others = _conditions(r.published_on, r.outlet_id, where)
    if speakers is not None:
        days.append(r.entity_id.in_(member_ids(connection, speakers)))
    keys = select(*key).select_from(reports).where(*days, *others)
    walk = select(*key, quote.c.folded, _all(others)).select_from(reports).where(*days)
    return Shelf(quote, keys, walk.order_by(*newest_first(r)), n_ordered=2)


def shelf_of_articles(where: QuoteFilter) -> Shelf:
    """Return the current states of articles that a filter lets pass: its days and its outlet.

    The walk has no undated ones: it goes along an index whose order has them elsewhere on each engine.
    """
    r = revision.c
    key = (
        body.c.id.label("id"),
        article.c.ref.label("ref"),
        *(r.published_on, r.published_at, null().label("start_char"), null().label("ordinal")),
    )
    states = revision.join(body, body.c.id == r.body_id).join(article, article.c.id == r.article_id)
    days, others = _conditions(r.published_on, r.outlet_id, where)
    days.append(r.is_current)
    keys = select(*key).select_from(states).where(*days, *others)
    walk = select(*key, body.c.folded, _all(others)).select_from(states)
    walk = walk.where(*days, r.published_on.is_not(None)).order_by(r.published_on.desc())
    return Shelf(body, keys, walk, n_ordered=1)


def _conditions(
    day: ColumnElement[date], outlet_id: ColumnElement[int], where: QuoteFilter
) -> tuple[list[ColumnElement[bool]], list[ColumnElement[bool]]]:
    """Return the conditions that an index of days serves, and the others."""
    of_days = QuoteFilter(since=where.since, until=where.until)
    others = conditions_of(replace(where, since=None, until=None, outlet=None), day=day)
    if where.outlet is not None:
        named = outlet.c.name_key.contains(fold(where.outlet), autoescape=True)
        others.append(outlet_id.in_(select(outlet.c.id).where(named)))
    return conditions_of(of_days, day=day), others


def _all(conditions: list[ColumnElement[bool]]) -> ColumnElement[bool]:
    return and_(true(), *conditions).label("is_meant")
