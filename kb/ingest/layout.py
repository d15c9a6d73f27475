"""Where on a page of HTML its body stands, and what stands around it that trafilatura leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kb.ingest.body import normalise
from kb.ingest.credits import parse_credit
from kb.names import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FOOT_LINES = 5
"""Lines behind the body among which bylines are looked for."""

FORMATTING = ("b", "strong", "i", "em", "u", "font", "mark", "small", "wbr")
"""Elements that only say how words look."""

_INLINE = frozenset(
    {"a", "abbr", "span", "sub", "sup", "time", "label", "cite", "q", "code", "img", *FORMATTING}
)
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_RULE = re.compile(r"\|[-| ]+\|\s*")
_DATELINE = re.compile(r"[^\W\d_][^:;!?]{1,50} [-–—]{1,2}")
_ITEM = re.compile(r"^[-*] (?=\S)")


class Cut(NamedTuple):
    """The bylines above a body, the body's lines, the bylines below it."""

    head: tuple[str, ...]
    body: tuple[str, ...]
    foot: tuple[str, ...]


def cut_page(tree: HtmlElement, text: str, *, title: str | None) -> Cut:
    """Place the lines of `text`, which trafilatura found, on the page.

    Bylines are taken from between headline and body and from right below the body: others are of other articles,
    and a day above the headline is today's. Subheadings right above a paragraph, which trafilatura loses where
    nothing encloses the article, are put back.
    """
    lines = list(_find_lines(tree))
    places = {fold(line): i for i, line in reversed(list(enumerate(lines)))}
    tidied = [_ITEM.sub("", line.strip("| ")) for line in text.splitlines() if not _RULE.fullmatch(line)]
    printed = list(_join_dateline(tidied))
    own = [
        line for line in printed if line and parse_credit(line) is None and fold(line) != fold(title or "")
    ]
    found = [places[fold(line)] for line in own if fold(line) in places]
    start, end = (found[0], max(found)) if found else (0, len(lines))
    headline = max((i for i in range(start) if title and fold(lines[i]) == fold(title)), default=start)
    head = tuple(line for line in lines[headline:start] if parse_credit(line))
    foot = tuple(line for line in lines[end + 1 : end + 1 + FOOT_LINES] if _signs(line))
    around = {fold(line) for line in (*head, *foot)}
    body = (line for line in printed if fold(line) not in around)
    return Cut(head, tuple(_restore_headings(tree, lines, body, places)), foot)


def _join_dateline(lines: Sequence[str]) -> Iterator[str]:
    """Join a dateline with its paragraph, where the page has it before the first ``<p>``."""
    before = ""
    for line in lines:
        if _DATELINE.fullmatch(line):
            before = f"{line} "
            continue
        yield before + line
        before = ""
    if before:
        yield before.strip()


def _restore_headings(
    tree: HtmlElement, lines: Sequence[str], body: Iterator[str], places: dict[str, int]
) -> Iterator[str]:
    headings = {fold(" ".join(element.itertext())) for element in tree.iter(*_HEADINGS)}
    before: str | None = None
    for line in body:
        place = places.get(fold(line), 0)
        above = lines[place - 1] if place else ""
        if before and fold(above) in headings and fold(above) != fold(before):
            yield above
        yield line
        before = line


def _signs(line: str) -> bool:
    credit = parse_credit(line)
    return credit is not None and credit.is_labelled


def _find_lines(tree: HtmlElement) -> Iterator[str]:
    """Yield the lines of the page as a browser would break them."""
    from lxml import etree  # noqa: PLC0415 (no query reads a page)

    parts: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        words = element.text if event == "start" and element.tag not in {"script", "title"} else None
        words = element.tail if event == "end" else words
        parts.append("" if element.tag in _INLINE else "\n")
        parts.append(" ".join(words.split("\n")) if words else "")
    yield from filter(None, (" ".join(normalise(line).split()) for line in "".join(parts).split("\n")))
