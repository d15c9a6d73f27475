"""What kb hooks into Datasette (https://docs.datasette.io/en/stable/plugin_hooks.html)."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote, urlsplit

from datasette import hookimpl
from datasette.database import QueryInterrupted
from datasette.utils.asgi import Base400, Response
from datasette.views.base import DatasetteError
from markupsafe import Markup

from kb.errors import BadSearch, DatabaseProblem, KbError, NotFound
from kb.serve import pages
from kb.serve.base import CLOSED_PAGES, NAME
from kb.serve.passages import hits_of, parts_of
from kb.serve.searching import search

_log = logging.getLogger("kb.serve")

TYPE_NAMES = {"PER": "person", "ORG": "organisation", "LOC": "place"}

_IN_WORDS = {"entity_name": "speaker", "published_on": "day"}

_TOO_LONG = "That took too long. Ask for less: a shorter time, one outlet, a rarer word."


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Any]]:
    """Return kb's own pages; they come before Datasette's, whose inner ones are shut."""
    return [
        (r"/$", pages.start),
        (r"/search(?:\.(?P<form>json|csv))?$", search),
        (r"/(?:entity|person)/(?P<uid>[^/]+)$", pages.entity),
        (r"/article/(?P<ref>.+)/quote/(?P<number>\d+)$", pages.provenance),
        (r"/article/(?P<ref>.+)$", pages.article),
        (r"/-/.*$", pages.nothing),
    ]


@hookimpl  # type: ignore[untyped-decorator]
def permission_allowed(action: str, resource: Any) -> bool | None:
    """Refuse the pages of what is closed; leave all else as Datasette has it."""
    if action == "view-table" and resource[0] == NAME and resource[1].lower() in CLOSED_PAGES:
        return False
    return False if action == "view-database-download" else None


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Any) -> None:
    """Give templates the words and the addresses that they need."""
    env.filters |= {"day": day, "in_path": in_path, "in_words": in_words, "in_order": in_order}
    env.filters |= {"web_address": web_address, "parts": parts_of, "hits": hits_of}
    env.globals |= {"type_names": TYPE_NAMES, "base_name": NAME, "closed_pages": CLOSED_PAGES}


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(datasette: Any) -> dict[str, Any]:
    """Tell every page whether a reader may ask in SQL."""
    return {"may_ask": datasette.setting("default_allow_sql")}


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(value: Any, column: str) -> Markup | None:
    """Lead from a uid or an article's id in any table to its page."""
    if not isinstance(value, str):
        return None
    if column in ("uid", "speaker_entity") or column.endswith("_uid"):
        kind = value.partition("-")[0]
        return Markup('<a href="/entity/{}">{}</a>').format(value, value) if kind in TYPE_NAMES else None
    if column in ("article", "ref"):
        return Markup('<a href="/article/{}">{}</a>').format(in_path(value), value)
    return None


@hookimpl  # type: ignore[untyped-decorator]
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Any:
    """Say in one line what went wrong, to a program as JSON."""

    async def answer() -> Any:
        status, what = _told(exception)
        if request.path.endswith(".json"):
            return Response.json({"ok": False, "error": what, "status": status, "title": None}, status=status)
        context = {"status": status, "what": what}
        page = await datasette.render_template("error.html", context, request=request)
        return Response.html(page, status=status)

    return answer


def _told(error: Exception) -> tuple[int, str]:
    """Return the status of an error and what a reader is told."""
    if isinstance(error, NotFound):
        return 404, f"{error.subject}: {error.what}"
    if isinstance(error, QueryInterrupted) or (
        isinstance(error, DatabaseProblem) and error.what == "interrupted"
    ):
        return 503, _TOO_LONG
    if isinstance(error, BadSearch):
        return 400, f"{error.subject}: {error.what}"
    if isinstance(error, KbError):
        return 503, error.what
    if isinstance(error, Base400):
        return error.status, str(error) if error.args and str(error) != "404" else "There is no such page."
    if isinstance(error, DatasetteError):
        status = 400 if error.status == 500 else error.status  # it is raised for what was asked wrongly
        return status, _TOO_LONG if error.title == "SQL Interrupted" else str(error.message)
    _log.error("a page broke", exc_info=error)
    return 500, "This page broke. What broke it is in the log of the server."


def day(value: date | str | None) -> str:
    """Return a day, or how SQLite keeps one, as it is read: ``18 June 2024``."""
    value = date.fromisoformat(value) if isinstance(value, str) and value else value
    return f"{value.day} {value:%B %Y}" if isinstance(value, date) else "no date"


def in_words(column: str) -> str:
    """Return what a column is called to a reader."""
    return _IN_WORDS.get(column, column.replace("_", " "))


def in_order(facets: Iterable[Any] | None, columns: Sequence[str] | None) -> list[Any]:
    """Return the counts by columns in the order of `columns`, others last."""
    places = {name: at for at, name in enumerate(columns or ())}
    return sorted(facets or (), key=lambda facet: places.get(facet["name"], len(places)))


def in_path(ref: str) -> str:
    """Return an article's id as one part of an address."""
    return quote(ref, safe="")


def web_address(url: str | None) -> str | None:
    """Return `url` if it leads to the web; None for ``javascript:`` and whatever else a page may claim."""
    try:
        return url if url and urlsplit(url).scheme.lower() in ("http", "https") else None
    except ValueError:
        return None
