"""kb's own pages: each asks `kb.query`, and a template shows what it answers."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlencode

from datasette.utils.asgi import BadRequest, NotFound, Response

from kb import query
from kb.model import QuoteKind
from kb.query import EntityPage, QuoteFilter, StatementRow
from kb.query.overview import Spread, overview, spread_of
from kb.serve.base import NAME, Found
from kb.serve.chart import HEIGHT, WIDTH, columns_of
from kb.serve.passages import paragraphs_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

PAGE_SIZE = 20
_LAST_PAGE = 100
"""Further on, the table of all quotes is the better way: each page reads what stands before it."""


async def start(datasette: Any, request: Any) -> Any:
    """Show what is in the base."""
    return await _show(datasette, request, "start.html", overview=await _ask(datasette, overview))


async def article(datasette: Any, request: Any) -> Any:
    """Show an article with what was found in it marked."""
    ref = unquote(request.url_vars["ref"])
    page = await _ask(datasette, lambda connection: query.article_named(connection, ref))
    return await _show(datasette, request, "article.html", page=page, paragraphs=list(paragraphs_of(page)))


async def provenance(datasette: Any, request: Any) -> Any:
    """Show where a quote comes from."""
    ref, number = unquote(request.url_vars["ref"]), request.url_vars["number"]
    page = await _ask(datasette, lambda c: query.quote_page(c, ref, number, with_provenance=True))
    return await _show(datasette, request, "quote.html", page=page, quote=page.quote)


@dataclass(frozen=True, slots=True)
class EntityAnswer:
    """All that the page of an entity shows: `quotes` may hold one more than fit on it."""

    page: EntityPage
    spread: Spread
    quotes: tuple[StatementRow, ...]


async def entity(datasette: Any, request: Any) -> Any:
    """Show what is known of a person, organisation or place, and what it said, a page at a time."""
    uid, where, number = unquote(request.url_vars["uid"]), _filter(request), _page_number(request)
    found = await _ask(datasette, lambda connection: _entity(connection, uid, where, number))
    if found is None:
        raise NotFound(f"{uid}: nobody of that uid is in the base.")
    if found.page.entity.uid != uid:
        return Response.redirect(f"/entity/{found.page.entity.uid}")
    return await _show(
        datasette,
        request,
        "entity.html",
        page=found.page,
        spread=found.spread,
        quotes=found.quotes[:PAGE_SIZE],
        columns=columns_of(found.spread.months),
        chart={"width": WIDTH, "height": HEIGHT},
        chosen={name: request.args.get(name) for name in ("kind", "outlet", "month")},
        kinds=[kind.value for kind in QuoteKind],
        **_turning(request, number, has_more=len(found.quotes) > PAGE_SIZE),
    )


def _entity(connection: Connection, uid: str, where: QuoteFilter, number: int) -> EntityAnswer | None:
    row = query.entity_of(connection, uid)
    if row is None:
        return None
    first = (number - 1) * PAGE_SIZE
    said = query.statements_by(connection, [row.uid], where, limit=first + PAGE_SIZE + 1)
    page = query.entity_page(connection, row)
    return EntityAnswer(page, spread_of(connection, row.uid), tuple(islice(said, first, None)))


async def search() -> Any:
    """Find quotes and articles by words."""
    raise NotFound("Search comes with the next change.")


async def nothing() -> Any:
    """Shut a page of Datasette's own."""
    raise NotFound("There is no such page.")


async def _ask(datasette: Any, question: Callable[[Connection], Found]) -> Found:
    found: Found = await datasette.get_database(NAME).ask(question)
    return found


async def _show(datasette: Any, request: Any, template: str, **context: Any) -> Any:
    return Response.html(await datasette.render_template(template, context, request=request))


def _filter(request: Any) -> QuoteFilter:
    """Return which quotes an address asks for (``?kind=direct&outlet=…&month=2024-06``)."""
    kind, outlet = request.args.get("kind"), request.args.get("outlet")
    since, until = _month(request.args.get("month"))
    return QuoteFilter(kind or None, since, until, outlet or None)


def _month(text: str | None) -> tuple[date | None, date | None]:
    if not text:
        return None, None
    found = re.fullmatch(r"([12]\d{3})-(0[1-9]|1[0-2])", text)
    if not found:
        raise BadRequest("A month is written as 2024-06.")
    year, month = map(int, found.groups())
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _page_number(request: Any) -> int:
    """Return which page is asked for, from 1."""
    text = request.args.get("page") or "1"
    if not re.fullmatch(r"\d{1,3}", text) or not 0 < int(text) <= _LAST_PAGE:
        raise BadRequest(f"Pages go from 1 to {_LAST_PAGE}; the table of all quotes goes on.")
    return int(text)


def _turning(request: Any, number: int, *, has_more: bool) -> dict[str, Any]:
    """Return the addresses of the pages before and after, None where there is none; and how a filter is changed."""

    def changed(**values: Any) -> str:
        kept = {name: request.args.get(name) for name in request.args} | {"page": None} | values
        return "?" + urlencode({name: value for name, value in kept.items() if value})

    return {
        "number": number,
        "changed": changed,
        "before": changed(page=number - 1) if number > 1 else None,
        "after": changed(page=number + 1) if has_more and number < _LAST_PAGE else None,
    }
