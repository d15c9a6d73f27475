"""What a page says about itself beside its text: addresses, times, names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from kb.ingest.addresses import canonical_url, registered_domain
from kb.ingest.body import normalise
from kb.ingest.dates import parse_published
from kb.ingest.outlets import choose_outlet
from kb.ingest.shape import n_words
from kb.lexicon import word_list
from kb.model import Precision, Published
from kb.names import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST_NAME = 60
"""Characters; a longer name of a site is a slogan."""

_TYPED = re.compile(r"(?:article|posting|report|webpage)$", re.I)
_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_SET_OFF = re.compile(r"\s+[-–—|»·:]+\s+")
_ALTERNATES = frozenset({"amphtml", "shortlink"})
_LISTS = frozenset({"itemListElement", "comment", "hasPart"})


def find_addresses(tree: HtmlElement, fetched: str | None) -> Iterator[str]:
    """Yield the page's addresses as printed, the one it wants to be known by first, the one it came from next.

    A page is believed about addresses of its own site that name more than the site: templates that declare
    the home page, or another site's copy, are common.
    """
    links = [
        (rel, link.get("href")) for link in tree.iter("link") for rel in link.get("rel", "").lower().split()
    ]
    declared = [url for rel, url in links if rel == "canonical"] + list(_metas(tree, "og:url"))
    alternates = [url for rel, url in links if rel in _ALTERNATES]
    printed = [_resolve(url, fetched) for url in (*declared, *alternates) if url]
    own = [url for url in printed[: len(declared)] if url and _is_of_site(url, fetched)]
    others = [
        url for url in printed[len(declared) :] if url and _is_of_site(url, fetched or next(iter(own), None))
    ]
    yield from (*own[:1], *filter(None, [fetched]), *(others if own or fetched else ()))


def find_published(tree: HtmlElement) -> Iterator[Published]:
    """Yield when the page says it was published, the surest first."""
    printed = (*_dates_of_objects(tree), *_metas(tree, *word_list("date_metas")), *_times(tree))
    yield from filter(None, map(parse_published, dict.fromkeys(printed)))


def choose_published(dates: Iterable[Published]) -> Published | None:
    """Choose the surest day, and the minute of the first date that agrees on it."""
    found = list(dates)
    exact = (date for date in found if date.precision is Precision.MINUTE and date.on == found[0].on)
    return next(exact, found[0] if found else None)


def find_site(tree: HtmlElement) -> str | None:
    """Return the outlet that the page names as its site or publisher, in its display form."""
    names = (*_metas(tree, "og:site_name"), *_publishers(tree))
    name = next(filter(None, map(_one_line, names)), "")
    first = _SET_OFF.split(name)[0]
    return (choose_outlet(first) or first) if 0 < len(first) <= LONGEST_NAME and "://" not in first else None


def choose_title(tree: HtmlElement, printed: str | None, *, site: str | None) -> str | None:
    """Choose the only headline on the page, else the one `printed` in its head, without the name of the site."""
    headlines = dict.fromkeys(_one_line(" ".join(h1.itertext())) for h1 in tree.iter("h1"))
    fitting = [text for text in headlines if n_words(text) > 2 and not _is_site(text, site)]
    if len(fitting) == 1:
        return fitting[0]
    title = _one_line(printed or "")
    for match in reversed(list(_SET_OFF.finditer(title))):
        if _is_site(title[match.end() :], site):
            return title[: match.start()]
    return title or None


def _is_site(text: str, site: str | None) -> bool:
    return choose_outlet(text) is not None or (site is not None and fold(text) == fold(site))


def _resolve(url: str, base: str | None) -> str | None:
    try:
        return urljoin(base or "", url.strip())
    except ValueError:
        return None


def _is_of_site(url: str, fetched: str | None) -> bool:
    canonical, own = canonical_url(url), canonical_url(fetched) if fetched else None
    if canonical is None or "/" not in canonical.removeprefix("https://"):
        return False
    return own is None or _domain(canonical) == _domain(own)


def _domain(url: str) -> str:
    return registered_domain(urlsplit(url).hostname or "")


def _metas(tree: HtmlElement, *names: str) -> Iterator[str]:
    """Yield what meta elements of these names hold, in the order of the names."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if content := meta.get("content", "").strip():
            found.setdefault(name.casefold(), content)
    yield from (found[name.casefold()] for name in names if name.casefold() in found)


def _times(tree: HtmlElement) -> Iterator[str]:
    """Yield times marked as that of publication, else the first of the article."""
    times = [time for time in tree.iter("time") if time.get("datetime")]
    marked = [time for time in times if "publish" in _marks(time) or "pubdate" in time.attrib]
    inside = [time for time in times if next(time.iterancestors("article", "main"), None) is not None]
    for time in (marked or [time for time in inside if "updat" not in _marks(time)])[:1]:
        yield time.get("datetime", "")


def _marks(element: HtmlElement) -> str:
    return f"{element.get('class', '')} {element.get('itemprop', '')}".casefold()


def _dates_of_objects(tree: HtmlElement) -> Iterator[str]:
    dates = [item["datePublished"] for item in _objects(tree) if isinstance(item.get("datePublished"), str)]
    yield from dates
    if not dates:  # JSON that does not parse, which browsers and readers never notice
        yield from (match[1] for text in _scripts(tree) if (match := _PUBLISHED.search(text)))


def _objects(tree: HtmlElement) -> Iterator[Mapping[str, Any]]:
    """Yield the articles among the page's JSON-LD objects, those of lists left out."""
    for text in _scripts(tree):
        try:
            waiting: list[Any] = [json.loads(text, strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            item = waiting.pop(0)
            if isinstance(item, list):
                waiting += item
            elif isinstance(item, dict):
                if any(isinstance(kind, str) and _TYPED.search(kind) for kind in _as_list(item.get("@type"))):
                    yield item
                waiting += [value for name, value in item.items() if name not in _LISTS]


def _scripts(tree: HtmlElement) -> Iterator[str]:
    yield from (script.text for script in tree.iter("script") if script.text)


def _publishers(tree: HtmlElement) -> Iterator[str]:
    for item in _objects(tree):
        publisher = item.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            yield publisher["name"]


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _one_line(text: str) -> str:
    return " ".join(normalise(text).split())
