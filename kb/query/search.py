"""Full-text search: `quotes_with` gives the quotes, `articles_with` the articles whose words fit what was typed.

    read_wanted -> the newest reports, tested one by one ---> enough fit? then those are the answer
                   else: the index of words -> those rows in order -> tested, where the order of words matters

A common word is soon found among the newest, a rare one by the index; neither sorts all that fits. The order is that
of all answers: the newest first, undated last. `rank` orders the newest `RANKED` that fit by `kb.query.ranking`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import fields
from functools import partial
from itertools import groupby, islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, select

from kb.query.current import by_code_point, newest_first, place_of, stream
from kb.query.matching import has_more_matches, matches
from kb.query.pages import article_rows
from kb.query.quotes import EVERYTHING, as_quote
from kb.query.ranking import ranked
from kb.query.rows import ArticleRow, FoundArticleRow, QuoteFilter, QuoteRow
from kb.query.said import full_rows
from kb.query.shelves import Shelf, shelf_of_articles, shelf_of_quotes
from kb.query.snippets import snippet
from kb.query.wanted import Wanted, read_wanted
from kb.store.tables import body

RANKED = 1000
"""Matches, the newest ones, that are ordered by relevance: the answer takes as long in a base of any size."""
FEW = 200
"""Rows that are looked at, the newest ones, before the index is asked: as quick as it is."""
MANY = 20_000
"""Rows that are looked at where the index finds more than `COMMON`: quicker than to put those in order."""
COMMON = 5000
_AT_ONCE = 200  # rows that are read by their numbers together

Key = Row[Any]
"""A place in the order of answers: id (of quote or body), ref, published_on, published_at, start_char, ordinal."""


def quotes_with(
    connection: Connection,
    text: str,
    where: QuoteFilter = EVERYTHING,
    *,
    speakers: Collection[str] | None = None,
    limit: int | None = None,
    rank: bool = False,
) -> Iterator[QuoteRow]:
    """Yield the quotes that a search (see `kb.query.wanted`) finds, the newest first or the best; BadSearch.

    `speakers` are uids of entities: only what they said. A statement that several articles report comes with each.
    """
    shelf = shelf_of_quotes(connection, where, speakers)
    keys = _search(connection, shelf, read_wanted(text), limit=limit, rank=rank)
    return map(as_quote, full_rows(connection, keys))


def articles_with(
    connection: Connection,
    text: str,
    where: QuoteFilter = EVERYTHING,
    *,
    limit: int | None = None,
    rank: bool = False,
) -> Iterator[FoundArticleRow]:
    """Yield the articles whose current text a search finds, in the order of `quotes_with`; BadSearch.

    Of `where` only the days and the outlet are about articles: the rest must be None.
    """
    wanted = read_wanted(text)
    shelf = shelf_of_articles(where)
    return _found(connection, _search(connection, shelf, wanted, limit=limit, rank=rank), wanted)


def _found(connection: Connection, keys: Iterable[Key], wanted: Wanted) -> Iterator[FoundArticleRow]:
    """Yield the articles of these keys, in their order, with a piece of their text."""
    rest = iter(keys)
    while part := list(islice(rest, _AT_ONCE)):
        rows = {row.article: row for row in article_rows(connection, [key.ref for key in part])}
        texts = _texts(connection, body, "text", part)
        for key in part:
            told: dict[str, Any] = {one.name: getattr(rows[key.ref], one.name) for one in fields(ArticleRow)}
            yield FoundArticleRow(**told, snippet=snippet(texts[key.id], wanted))


def _search(
    connection: Connection, shelf: Shelf, wanted: Wanted, *, limit: int | None, rank: bool
) -> Iterable[Key]:
    if not rank:
        return _newest(connection, shelf, wanted, limit)
    keys = list(_newest(connection, shelf, wanted, RANKED))
    texts = _texts(connection, shelf.table, "folded", keys)
    order = ranked([texts[key.id] for key in keys], wanted)
    return [keys[number] for number in islice(order, limit)]


def _newest(connection: Connection, shelf: Shelf, wanted: Wanted, limit: int | None) -> Iterable[Key]:
    """Return the keys of what fits, the newest first."""
    walk = partial(_walk, connection, shelf, wanted, limit=limit)
    found = walk(budget=FEW)
    if found is None and limit and has_more_matches(connection, shelf.table, wanted, than=COMMON):
        found = walk(budget=MANY)
    return islice(_indexed(connection, shelf, wanted), limit) if found is None else found


def _walk(
    connection: Connection, shelf: Shelf, wanted: Wanted, *, limit: int | None, budget: int
) -> list[Key] | None:
    """Return the newest that fit, if there are enough of them among so many rows; else None."""
    if limit is None or limit > budget:
        return None
    found: list[Key] = []
    n_seen = 0
    rows = stream(connection, shelf.walk.limit(budget))
    for _, alike in groupby(rows, lambda row: (row.published_on, row.published_at)[: shelf.n_ordered]):
        group = list(alike)
        n_seen += len(group)
        if n_seen >= budget:  # of the last ones alike, some may not be here
            return None
        found += sorted((row for row in group if row.is_meant and wanted.fits(row.folded)), key=place_of)
        if len(found) >= limit:
            return found[:limit]
    return None


def _indexed(connection: Connection, shelf: Shelf, wanted: Wanted) -> Iterator[Key]:
    """Yield all that fits, the newest first."""
    found = matches(connection, shelf.table, wanted)
    ordered = shelf.keys.join(found, found.c.id == shelf.table.c.id).order_by(
        *_order(connection, shelf.keys.selected_columns)
    )
    keys = stream(connection, ordered)
    if not wanted.has_phrase:
        yield from keys
        return
    while part := list(islice(keys, _AT_ONCE)):
        texts = _texts(connection, shelf.table, "folded", part)
        yield from (key for key in part if wanted.fits(texts[key.id]))


def _order(connection: Connection, columns: Any) -> list[ColumnElement[Any]]:
    return [
        *newest_first(columns),
        by_code_point(connection, columns.ref),
        columns.start_char,
        columns.ordinal,
    ]


def _texts(connection: Connection, of: Table, column: str, keys: Iterable[Key]) -> dict[int, str]:
    """Return a column of these rows by their numbers."""
    ids, texts = iter(sorted({key.id for key in keys})), dict[int, str]()
    while part := list(islice(ids, _AT_ONCE)):
        rows = connection.execute(select(of.c.id, of.c[column]).where(of.c.id.in_(part)))
        texts.update((row[0], row[1]) for row in rows)
    return texts
