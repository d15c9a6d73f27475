"""Text for the screen: cleaned of control characters, wrapped, and a body with its findings marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text

from kb.query import ArticlePage, Wanted

if TYPE_CHECKING:
    from rich.console import Console

TYPE_STYLES = {"PER": "green", "ORG": "blue", "LOC": "yellow"}
_MARK_STYLE = "bold cyan"
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """Return `text` without control characters: no word of an article may steer a terminal."""
    return _CONTROL.sub("", text)


def show(page: Console, *parts: str | tuple[str, str] | Text, indent: int = 0) -> None:
    """Print texts, or texts with their styles, as one paragraph, wrapped to the page and indented."""
    whole = Text.assemble(*(_cleaned(part) for part in parts))
    for paragraph in whole.split("\n", allow_blank=True):
        for line in paragraph.wrap(page, max(page.width - indent, 20)) or [Text()]:
            page.print(Text(" " * indent if line else "") + line, soft_wrap=True)


def marked_body(article: ArticlePage) -> Text:
    """Return the body with each mention as ``[PER Sari]`` and each quote as ``«…»#1``, counted from 1."""
    text, at, style = Text(), 0, ""
    for mark in sorted(_marks(article)):
        text.append(clean(article.body[at : mark.offset]), style or None)
        text.append(mark.text, _MARK_STYLE)
        at, style = mark.offset, mark.style
    text.append(clean(article.body[at:]))
    return text


def marked_words(text: str, wanted: Wanted) -> Text:
    """Return a text with the words that were wanted in bold."""
    marked, at = Text(), 0
    for place in wanted.places_in(text):
        marked.append(clean(text[at : place.start]))
        marked.append(clean(place.of(text)), "bold")
        at = place.end
    return marked.append(clean(text[at:]))


class _Mark(NamedTuple):
    """What stands before the code point `offset`; `rank` orders marks there: closing before opening ones, the
    inner mention inside the quote. `style` is that of the text that follows."""

    offset: int
    rank: int
    nesting: int
    text: str
    style: str


def _marks(article: ArticlePage) -> Iterator[_Mark]:
    for mention in article.mentions:
        yield _Mark(mention.start, 3, -mention.end, f"[{mention.type} ", TYPE_STYLES[mention.type])
        yield _Mark(mention.end, 0, -mention.start, "]", "")
    for number, quote in enumerate(article.quotes, start=1):
        yield _Mark(quote.start, 2, -quote.end, "«", "")
        yield _Mark(quote.end, 1, -quote.start, f"»#{number}", "")


def _cleaned(part: str | tuple[str, str] | Text) -> str | tuple[str, str] | Text:
    if isinstance(part, tuple):
        return clean(part[0]), part[1]
    return clean(part) if isinstance(part, str) else part
