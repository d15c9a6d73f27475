"""A page of HTML to a record: trafilatura finds body and names, the page itself says the rest.

Trafilatura leaves out menus, captions and comments; what it keeps is read like a pasted page, so that our own
furniture rules hold for it too. Bylines, which it leaves out as well, are put back around the body for them.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from kb.errors import BadPage, EmptyInput, TooLarge
from kb.ingest.addresses import canonical_url
from kb.ingest.article import Record
from kb.ingest.body import normalise
from kb.ingest.charset import decode_page
from kb.ingest.credits import parse_credit, split_names
from kb.ingest.dates import parse_published
from kb.ingest.layout import FORMATTING, cut_page
from kb.ingest.metadata import choose_published, choose_title, find_addresses, find_published, find_site
from kb.ingest.outlets import choose_outlet
from kb.ingest.raws import ID_LENGTH, Raw, hash_bytes
from kb.lexicon import word_set
from kb.model import Published
from kb.names import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST_ELEMENTS = 20_000
"""Elements of a page, scripts and bare formatting apart; news pages have 500 to 8,000."""

MOST_CHILDREN = 5_000
"""Elements side by side: trafilatura takes 2 s for so many, and four times as long for twice as many."""

LONGEST_SCRIPT = 200_000
"""Characters of a JSON-LD script that is still read."""

_DROPPED = ("style", "svg", "noscript", "template", "iframe", "object", "canvas")
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ENDED = re.compile(r"</(?:html|body)\s*>", re.I)


def read_html(raw: Raw) -> Record:
    """Read a page as a record.

    Its id is taken from its address, for a file without one from the file's name. Raises TooLarge, EmptyInput,
    BinaryInput, or BadPage for what cannot be taken apart.
    """
    text = decode_page(raw.content, subject=raw.subject, encoding=raw.encoding)
    tree = _parse(text, raw.subject)
    printed = list(find_addresses(tree, raw.url))
    urls = tuple(dict.fromkeys(filter(None, map(canonical_url, printed))))
    site = find_site(tree)
    extracted = _extract(tree, raw)
    title = choose_title(tree, extracted.title, site=site)
    cut = cut_page(tree, extracted.text or "", title=title)
    return Record(
        id=_make_id(raw, urls),
        text=text,
        page_text="\n\n".join((*cut.head, *cut.body, *cut.foot)),
        sha256=raw.sha256,
        subject=raw.subject,
        origin=raw.origin,
        title=title,
        url=printed[0] if printed else None,
        outlet=site,
        published=choose_published([*find_published(tree), *_dates(cut.head), *_day(extracted.date)]),
        authors=tuple(_find_authors(extracted.author, site)),
        urls=urls,
    )


def _make_id(raw: Raw, urls: Sequence[str]) -> str:
    if raw.url and urls:
        return hash_bytes(urls[0].encode())[:ID_LENGTH]
    return PurePath(raw.origin).stem if raw.place else raw.sha256[:ID_LENGTH]


def _parse(text: str, subject: str) -> HtmlElement:
    from lxml import etree, html  # noqa: PLC0415 (no query reads a page)

    kept = _NOT_XML.sub(
        "", _ENDED.sub("", text)
    )  # libxml2 2.14 reads nothing behind the first </html>, browsers do
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=True)
    try:
        tree = html.document_fromstring(kept.encode(), parser=parser)
    except etree.LxmlError as error:
        raise EmptyInput(subject, "holds no page") from error
    for script in list(tree.iter("script")):
        if "ld+json" not in script.get("type", "").lower() or len(script.text or "") > LONGEST_SCRIPT:
            script.drop_tree()
    etree.strip_elements(tree, *_DROPPED, with_tail=False)
    etree.strip_tags(tree, *FORMATTING)
    sizes = [len(element) for element in tree.iter()]
    if len(sizes) > MOST_ELEMENTS or max(sizes) > MOST_CHILDREN:
        raise TooLarge(subject, f"is a page of {len(sizes):,} elements, too many for an article")
    return tree


def _extract(tree: HtmlElement, raw: Raw) -> Any:
    try:
        extracted = _extractor()(
            tree,
            url=raw.url,
            include_comments=False,
            with_metadata=True,
            # a wide search takes any day on the page; the latest day is fixed so that no clock decides
            date_extraction_params={
                "original_date": True,
                "extensive_search": False,
                "max_date": "2100-12-31",
            },
        )
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError, AssertionError) as error:
        raise BadPage(raw.subject, f"is a page that cannot be taken apart: {type(error).__name__}") from error
    if extracted is None:
        raise EmptyInput(raw.subject, "holds no article text")
    return extracted


@cache
def _extractor() -> Any:
    import trafilatura  # noqa: PLC0415 (half a second; no query reads a page)

    for name in ("trafilatura", "htmldate"):  # a page without an article is an error of ours, told once
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return trafilatura.bare_extraction


def _dates(lines: Sequence[str]) -> list[Published]:
    found = [credit for line in lines if (credit := parse_credit(line)) and credit.published]
    return [credit.published for credit in sorted(found, key=lambda x: x.updated) if credit.published]


def _day(printed: str | None) -> list[Published]:
    found = parse_published(printed) if printed else None
    return [found] if found else []


def _find_authors(printed: str | None, site: str | None) -> Iterator[str]:
    nobody = word_set("labels_nobody") | {fold(site or "")}
    for name in split_names((printed or "").replace("; ", ", ")):
        if fold(name) not in nobody and choose_outlet(name) is None:
            yield normalise(name)
