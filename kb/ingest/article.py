"""Make an article of a text and what is known of it beside."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from kb.errors import EmptyInput, NotIndonesian
from kb.ingest.body import make_body, normalise
from kb.ingest.credits import Credit
from kb.ingest.dateline import parse_dateline
from kb.ingest.language import is_indonesian
from kb.ingest.outlets import DOMAIN, agency_forms, choose_outlet, known_agency, outlet_of_url
from kb.ingest.page import Page, read_page
from kb.model import Article, Dateline, Precision, Published

_T = TypeVar("_T")

_COPYRIGHT = re.compile(r"(?:©|\bcopyright\b|\(c\))", re.I)


@dataclass(frozen=True, slots=True)
class Record:
    """A text as read, with what its file or record says of it; that goes before what the page says.

    `subject` is what an error about it names.
    """

    id: str
    text: str
    sha256: str
    subject: str
    origin: str
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: Published | None = None
    authors: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    urls: tuple[str, ...] = ()  # canonical, the article's own first
    page_text: str | None = None  # what of `text` is read, where that is markup


def make_article(record: Record, *, any_language: bool = False, reader: str | None = None) -> Article:
    """Clean the record's text like a pasted page and make the article; `reader` is the code that reads it.

    Raises EmptyInput where nothing but furniture is left, NotIndonesian unless `any_language`.
    """
    page = read_page(record.text if record.page_text is None else record.page_text, title=record.title)
    body = make_body(page.paragraphs)
    if not body:
        raise EmptyInput(record.subject, "holds no article text")
    if not any_language and not is_indonesian(body):
        raise NotIndonesian(record.subject, "is not Indonesian", "--any-language takes it all the same")
    dateline = parse_dateline(body)
    return Article(
        id=record.id,
        body=body,
        raw_text=record.text,
        raw_sha256=record.sha256,
        title=record.title or page.title,
        outlet=record.outlet or _choose_outlet(page, dateline, record.url),
        url=record.url,
        published=record.published or _choose_published(page.credits),
        authors=record.authors or _join(credit.authors for credit in page.credits),
        editors=_join(credit.editors for credit in page.credits),
        agency=_first(page.credits, lambda credit: credit.agency) or _find_agency(body),
        dateline=dateline,
        furniture=page.furniture,
        origin=record.origin,
        extra=record.extra,
        reader=reader,
        urls=record.urls,
    )


def _choose_outlet(page: Page, dateline: Dateline | None, url: str | None) -> str | None:
    return (
        (dateline.outlet if dateline else None)
        or _first(page.credits, lambda credit: credit.outlet)
        or _first(page.furniture, _outlet_of_copyright)
        or (outlet_of_url(url) if url else None)
    )


def _outlet_of_copyright(line: str) -> str | None:
    if not _COPYRIGHT.search(line):
        return None
    return _first(DOMAIN.findall(line), choose_outlet)


def _choose_published(credits_: Iterable[Credit]) -> Published | None:
    """Choose the first date to the minute, else the first day; a date of change only if there is no other."""
    dated = [credit for credit in credits_ if credit.published]
    best = min(dated, key=_rank_date, default=None)
    return best.published if best else None


def _rank_date(credit: Credit) -> tuple[bool, bool]:
    exact = credit.published is not None and credit.published.precision is Precision.MINUTE
    return credit.updated, not exact


def _find_agency(body: str) -> str | None:
    """Find the agency that a text says it is taken from (``Dikutip BBC``, a closing ``(Antara)``)."""
    match = _relayed().search(body)
    closing = (
        body.rstrip(".")[-41:].rpartition("(")[2].removesuffix(")").split("/") if body.endswith(")") else []
    )
    return (known_agency(match[1]) if match else None) or _first(closing, known_agency)


@cache
def _relayed() -> re.Pattern[str]:
    forms = "|".join(re.escape(form) for form in agency_forms())
    return re.compile(
        r"\b(?:[Dd]ikutip|[Mm]engutip|[Dd]ilansir|[Mm]elansir|[Dd]inukil|[Mm]enukil|[Dd]iwartakan|[Dd]isadur)"
        rf"(?: dari| oleh)?(?: (?:kantor berita|laman|situs|media))?\s?({forms})(?!\w)"
    )


def _first(items: Iterable[Any], read: Callable[[Any], _T | None]) -> _T | None:
    return next((value for item in items if (value := read(item))), None)


def _join(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(normalise(name) for group in groups for name in group))
