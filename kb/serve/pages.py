"""kb's own pages: each asks `kb.query`, and a template shows what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from datasette.utils.asgi import NotFound, Response

from kb import query
from kb.model import QuoteKind
from kb.query import EntityPage, QuoteFilter, StatementRow
from kb.query.overview import Spread, overview, spread_of
from kb.serve.answering import PAGE_SIZE, ask, filter_of, page_number, show, turning
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


@dataclass(frozen=True, slots=True)
class EntityAnswer:
    """All that the page of an entity shows: `quotes` may hold one more than fit on it."""

    page: EntityPage
    spread: Spread
    quotes: tuple[StatementRow, ...]


async def entity(datasette: Any, request: Any) -> Any:
    """Show what is known of a person, organisation or place, and what it said, a page at a time."""
    uid, where, number = unquote(request.url_vars["uid"]), filter_of(request), page_number(request)
    found = await ask(datasette, lambda connection: _entity(connection, uid, where, number))
    if found is None:
        raise NotFound(f"{uid}: nobody of that uid is in the base.")
    if found.page.entity.uid != uid:
        return Response.redirect(f"/entity/{found.page.entity.uid}")
    columns = columns_of(found.spread.months)
    return await show(
        datasette,
        request,
        "entity.html",
        page=found.page,
        spread=found.spread,
        quotes=found.quotes[:PAGE_SIZE],
        columns=columns,
        chart={"width": WIDTH, "height": HEIGHT, "most": max((column.n for column in columns), default=0)},
        chosen={name: request.args.get(name) for name in ("kind", "outlet", "month")},
        kinds=[kind.value for kind in QuoteKind],
        **turning(request, number, has_more=len(found.quotes) > PAGE_SIZE),
    )


def _entity(connection: Connection, uid: str, where: QuoteFilter, number: int) -> EntityAnswer | None:
    row = query.entity_of(connection, uid)
    if row is None:
        return None
    first = (number - 1) * PAGE_SIZE
    said = query.statements_by(connection, [row.uid], where, limit=first + PAGE_SIZE + 1)
    page = query.entity_page(connection, row)
    return EntityAnswer(page, spread_of(connection, row.uid), tuple(islice(said, first, None)))


async def nothing() -> Any:
    """Shut a page of Datasette's own."""
    raise NotFound("There is no such page.")
