"""Text for the screen: cleaned of control characters, wrapped, and a body with its findings marked."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from rich.console import Console

    from kb.query import ArticlePage, Wanted

Part = str | tuple[str, str]
"""A text, or a text and its style."""

PIPE_WIDTH = 100
TYPE_STYLES = {"PER": "green", "ORG": "blue", "LOC": "yellow"}
_MARK_STYLE = "bold cyan"
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Page:
    """Where a person reads: a terminal, or None for a pipe, where nothing is wrapped or coloured."""

    terminal: Console | None = None

    @property
    def width(self) -> int:
        """Columns that what is drawn may take: those of the terminal; in a pipe those that a page usually has."""
        return self.terminal.width if self.terminal else PIPE_WIDTH


def clean(text: str) -> str:
    """Return `text` without control characters: no word of an article may steer a terminal."""
    return _CONTROL.sub("", text)


def show(page: Page, *parts: Part, indent: int = 0) -> None:
    """Print texts, or texts with their styles, as one paragraph, wrapped to the terminal and indented."""
    cleaned = [(clean(part), "") if isinstance(part, str) else (clean(part[0]), part[1]) for part in parts]
    if page.terminal is None:
        for line in "".join(text for text, _ in cleaned).split("\n"):
            sys.stdout.write(" " * indent + line + "\n" if line else "\n")
    else:
        _show_wrapped(page.terminal, cleaned, indent)


def _show_wrapped(terminal: Console, parts: list[tuple[str, str]], indent: int) -> None:
    from rich.text import Text  # noqa: PLC0415  (only a terminal needs it)

    for paragraph in Text.assemble(*parts).split("\n", allow_blank=True):
        for line in paragraph.wrap(terminal, max(terminal.width - indent, 20)) or [Text()]:
            terminal.print(Text(" " * indent if line else "") + line, soft_wrap=True)


def marked_body(article: ArticlePage) -> Iterator[Part]:
    """Yield the body with each mention as ``[PER Sari]`` and each quote as ``«…»#1``, counted from 1."""
    at, style = 0, ""
    for mark in sorted(_marks(article)):
        yield article.body[at : mark.offset], style
        yield mark.text, _MARK_STYLE
        at, style = mark.offset, mark.style
    yield article.body[at:]


def marked_words(text: str, wanted: Wanted) -> Iterator[Part]:
    """Yield a text with the words that were wanted in bold."""
    at = 0
    for place in wanted.places_in(text):
        yield text[at : place.start], ""
        yield place.of(text), "bold"
        at = place.end
    yield text[at:], ""


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
