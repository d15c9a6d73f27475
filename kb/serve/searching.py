"""The page of a search, and what it finds for programs."""

from __future__ import annotations

from dataclasses import dataclass
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Response

from kb import query
from kb.errors import BadSearch
from kb.export import write_csv, write_json
from kb.query import EntityRow, QuoteFilter, QuoteRow
from kb.query.rows import FoundArticleRow
from kb.query.search import articles_with, quotes_with
from kb.query.wanted import read_wanted
from kb.serve.answering import PAGE_SIZE, ask, filter_of, page_number, show, turning

if TYPE_CHECKING:
    from sqlalchemy import Connection

_N_ENTITIES = 5  # that go by the words, above what was found
_N_ROWS = 1000  # for a program: as many as Datasette gives for a question in SQL


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: `what` is quotes or articles."""

    words: str
    what: str
    where: QuoteFilter
    is_ranked: bool

    @property
    def row_type(self) -> type:
        """Return what each row found is."""
        return QuoteRow if self.what == "quotes" else FoundArticleRow


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, with one row more than fit on a page if there are more, and who goes by the words."""

    rows: tuple[QuoteRow | FoundArticleRow, ...] = ()
    entities: tuple[EntityRow, ...] = ()


async def search(datasette: Any, request: Any) -> Any:
    """Find quotes or articles by words; as JSON or CSV for a program."""
    asked, number = _asked(request), page_number(request)
    first, wrong, found = (number - 1) * PAGE_SIZE, None, Answer()
    if form := request.url_vars["form"]:
        rows = await ask(datasette, lambda connection: _found(connection, asked, 0, _N_ROWS))
        return _written(rows, form, asked.row_type)
    if asked.words:
        try:
            found = await ask(datasette, lambda connection: _answer(connection, asked, first))
        except BadSearch as error:
            wrong = error.what
    return await show(
        datasette,
        request,
        "search.html",
        asked=asked,
        wanted=None if wrong or not asked.words else read_wanted(asked.words),
        wrong=wrong,
        found=found.rows[:PAGE_SIZE],
        entities=found.entities,
        **turning(request, number, has_more=len(found.rows) > PAGE_SIZE),
    )


def _asked(request: Any) -> Asked:
    what = "articles" if request.args.get("in") == "articles" else "quotes"
    words = (request.args.get("q") or "").strip()
    return Asked(words, what, filter_of(request), is_ranked=request.args.get("order") == "best")


def _answer(connection: Connection, asked: Asked, first: int) -> Answer:
    rows = _found(connection, asked, first, PAGE_SIZE + 1)
    named = query.entities(connection, like=asked.words, limit=_N_ENTITIES) if not first else ()
    return Answer(rows, tuple(named))


def _found(
    connection: Connection, asked: Asked, first: int, n_rows: int
) -> tuple[QuoteRow | FoundArticleRow, ...]:
    """Return so many rows, from the first one on, counted from 0."""
    where, limit = asked.where, first + n_rows
    if asked.what == "quotes":
        quotes = quotes_with(connection, asked.words, where, limit=limit, rank=asked.is_ranked)
        return tuple(islice(quotes, first, None))
    articles = articles_with(connection, asked.words, where, limit=limit, rank=asked.is_ranked)
    return tuple(islice(articles, first, None))


def _written(rows: tuple[QuoteRow | FoundArticleRow, ...], form: str, row_type: type) -> Any:
    text = StringIO()
    if form == "json":
        write_json(rows, text)
        return Response(text.getvalue(), content_type="application/json; charset=utf-8")
    write_csv(rows, text, row_type=row_type)
    return Response(text.getvalue(), content_type="text/csv; charset=utf-8")
