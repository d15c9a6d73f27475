"""What every page needs: read what an address asks for, ask the base, show a template."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from datasette.utils.asgi import BadRequest, Response

from kb.model import QuoteKind
from kb.query import QuoteFilter
from kb.serve.base import NAME, Found

if TYPE_CHECKING:
    from sqlalchemy import Connection

PAGE_SIZE = 20
LAST_PAGE = 100
"""Further on, the table of all quotes is the better way: each page reads what stands before it."""


async def ask(datasette: Any, question: Callable[[Connection], Found]) -> Found:
    """Return what the base answers."""
    found: Found = await datasette.get_database(NAME).ask(question)
    return found


async def show(datasette: Any, request: Any, template: str, **context: Any) -> Any:
    """Return a page."""
    return Response.html(await datasette.render_template(template, context, request=request))


def filter_of(request: Any) -> QuoteFilter:
    """Return which quotes an address asks for (``?kind=direct&outlet=…&month=2024-06``)."""
    kind, outlet = request.args.get("kind"), request.args.get("outlet")
    if kind and kind not in list(QuoteKind):
        raise BadRequest(f"A quote is {', '.join(QuoteKind)}.")
    since, until = _month(request.args.get("month"))
    return QuoteFilter(kind or None, since, until, outlet or None)


def _month(text: str | None) -> tuple[date | None, date | None]:
    if not text:
        return None, None
    found = re.fullmatch(r"([12]\d{3})-(0[1-9]|1[0-2])", text, re.ASCII)
    if not found:
        raise BadRequest("A month is written as 2024-06.")
    year, month = map(int, found.groups())
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def page_number(request: Any) -> int:
    """Return which page is asked for, from 1."""
    text = request.args.get("page") or "1"
    if not re.fullmatch(r"[0-9]{1,3}", text) or not 0 < int(text) <= LAST_PAGE:
        raise BadRequest(f"Pages go from 1 to {LAST_PAGE}; the table of all quotes goes on.")
    return int(text)


def turning(request: Any, number: int, *, has_more: bool) -> dict[str, Any]:
    """Return the addresses of the pages before and after, None where there is none; and how a choice is changed."""

    def changed(**values: Any) -> str:
        kept = {name: request.args.get(name) for name in request.args} | {"page": None} | values
        return "?" + urlencode({name: value for name, value in kept.items() if value})

    return {
        "number": number,
        "changed": changed,
        "before": changed(page=number - 1) if number > 1 else None,
        "after": changed(page=number + 1) if has_more and number < LAST_PAGE else None,
    }
