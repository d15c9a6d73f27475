"""kb's own pages: each asks `kb.query`, and a template shows what it answers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from datasette.utils.asgi import NotFound, Response

from kb import query
from kb.errors import DatabaseProblem
from kb.model import QuoteKind
from kb.query import EntityRow, QuoteFilter, QuoteRow
from kb.query.overview import overview, spread_of
from kb.serve.answering import PAGE_SIZE, ask, filter_of, page_number, show, turning
from kb.serve.base import Found
from kb.serve.chart import HEIGHT, WIDTH, columns_of
from kb.serve.passages import paragraphs_of

if TYPE_CHECKING:
    from sqlalchemy import Connection


async def start(datasette: Any, request: Any) -> Any:
    """Show what is in the base."""
    return await show(datasette, request, "start.html", overview=await ask(datasette, overview))


async def article(datasette: Any, request: Any) -> Any:
    """Show an article with what was found in it marked."""
    ref = unquote(request.url_vars["ref"])
    page = await ask(datasette, lambda connection: query.article_named(connection, ref))
    return await show(datasette, request, "article.html", page=page, paragraphs=list(paragraphs_of(page)))


async def provenance(datasette: Any, request: Any) -> Any:
    """Show where a quote comes from."""
    ref, number = unquote(request.url_vars["ref"]), request.url_vars["number"]
    page = await ask(datasette, lambda c: query.quote_page(c, ref, number, with_provenance=True))
    return await show(datasette, request, "quote.html", page=page, quote=page.quote)


async def entity(datasette: Any, request: Any) -> Any:
    """Show what is known of a person, organisation or place, and what it said, a page at a time."""
    uid, where, number = unquote(request.url_vars["uid"]), filter_of(request), page_number(request)
    row = await ask(datasette, lambda connection: query.entity_of(connection, uid))
    if row is None:
        raise NotFound(f"{uid}: nobody of that uid is in the base.")
    if row.uid != uid:
        return Response.redirect(f"/entity/{row.uid}")
    said, page, spread = await asyncio.gather(
        _in_time(
            ask(datasette, lambda connection: _said(query.statements_by, connection, row, where, number))
        ),
        _in_time(ask(datasette, lambda connection: query.entity_page(connection, row))),
        _in_time(ask(datasette, lambda connection: spread_of(connection, row.uid))),
    )
    if said is None:  # a statement of thousands of reports: each report by itself then
        said = await ask(datasette, lambda connection: _said(query.quotes_by, connection, row, where, number))
    columns = columns_of(spread.months if spread else {})
    return await show(
        datasette,
        request,
        "entity.html",
        row=row,
        page=page,
        outlets=spread.outlets if spread else {},
        quotes=said[:PAGE_SIZE],
        columns=columns,
        chart={"width": WIDTH, "height": HEIGHT, "most": max((column.n for column in columns), default=0)},
        chosen={name: request.args.get(name) for name in ("kind", "outlet", "month")},
        kinds=[kind.value for kind in QuoteKind],
        **turning(request, number, has_more=len(said) > PAGE_SIZE),
    )


def _said(
    said_by: Callable[..., Iterator[QuoteRow]],
    connection: Connection,
    row: EntityRow,
    where: QuoteFilter,
    number: int,
) -> list[QuoteRow]:
    """Return what somebody said as one page has it, and one more if there is more."""
    first = (number - 1) * PAGE_SIZE
    said = said_by(connection, [row.uid], where, limit=first + PAGE_SIZE + 1)
    return list(islice(said, first, None))


async def _in_time(answer: Awaitable[Found]) -> Found | None:
    """Return an answer that a page can do without; None if it took too long."""
    try:
        return await answer
    except DatabaseProblem:
        return None


async def nothing() -> Any:
    """Shut a page of Datasette's own."""
    raise NotFound("There is no such page.")
