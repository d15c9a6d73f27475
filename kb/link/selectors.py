"""Places in a text that are found again when the text has changed around them.

A selector holds the exact words and what stands right before and behind them, as the text quote selector of W3C's
Web Annotation Data Model (https://www.w3.org/TR/annotation-model/#text-quote-selector) has them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from kb.model import Span
from kb.names import fold, likeness

CONTEXT = 32
"""Code points kept of what stands before and behind."""

_SAME = 0.85
"""Least likeness of folded texts at which an edited quote is still the same."""


@dataclass(frozen=True, slots=True)
class Selector:
    """Words of a text with what stands around them; None for the context means: wherever the words stand."""

    exact: str
    prefix: str | None = None
    suffix: str | None = None


def make_selector(body: str, span: Span) -> Selector:
    """Return the selector of a span of a body."""
    prefix = body[max(0, span.start - CONTEXT) : span.start]
    return Selector(span.of(body), prefix, body[span.end : span.end + CONTEXT])


def read_selector(arguments: Mapping[str, Any]) -> Selector:
    """Return the selector that a decision's arguments hold."""
    return Selector(arguments["exact"], arguments.get("prefix"), arguments.get("suffix"))


def quote_hash(content: str) -> str:
    """Return what two printings of one quote share: 64 bits of a SHA-256 of the folded words."""
    return hashlib.sha256(fold(content).encode()).hexdigest()[:16]


def select_spans(body: str, selector: Selector, among: Iterable[Span]) -> list[Span]:
    """Return those of `among` that a selector means in a body: of the same words, in the context that fits best.

    All of the same words where the selector has no context; none where two fit equally well, or where neither side
    is at least half as it was.
    """
    same = [span for span in dict.fromkeys(among) if span.of(body) == selector.exact]
    if selector.prefix is None and selector.suffix is None:
        return same
    kept = [span for span in same if _has_kept_a_side(body, span, selector)]
    return _best({span: float(_n_shared(body, span, selector)) for span in kept})


def select_quote(body: str, selector: Selector, among: Iterable[Span]) -> Span | None:
    """Return the quote of a body that a selector means: of the same words, else the one most like them, if any is."""
    spans = list(dict.fromkeys(among))
    wanted = quote_hash(selector.exact)
    same = [span for span in spans if quote_hash(span.of(body)) == wanted]
    if same:
        found = _best({span: float(_n_shared(body, span, selector)) for span in same})
    else:
        alike = {span: likeness(fold(span.of(body)), fold(selector.exact)) for span in spans}
        found = _best({span: score for span, score in alike.items() if score >= _SAME})
    return found[0] if found else None


def _best(scores: Mapping[Span, float]) -> list[Span]:
    highest = max(scores.values(), default=0.0)
    top = [span for span, score in scores.items() if score == highest]
    return top if len(top) == 1 else []


def _n_shared(body: str, span: Span, selector: Selector) -> int:
    """How many code points of the context on both sides are as they were."""
    return sum(_n_same(now, before) for now, before in _sides(body, span, selector))


def _has_kept_a_side(body: str, span: Span, selector: Selector) -> bool:
    """Whether one side's context is at least half as it was; nothing, where the text begins or ends, stays nothing."""
    sides = _sides(body, span, selector)
    return any(2 * _n_same(now, before) >= len(before) if before else not now for now, before in sides)


def _sides(body: str, span: Span, selector: Selector) -> Iterator[tuple[str, str]]:
    """Yield what stands before a span and what stood there, read from the span on, then the same for behind it."""
    yield body[: span.start][-CONTEXT:][::-1], (selector.prefix or "")[::-1]
    yield body[span.end : span.end + CONTEXT], selector.suffix or ""


def _n_same(one: str, other: str) -> int:
    """How many code points two texts begin with alike."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in alike)


def find_words(text: str, words: str) -> bool:
    """Whether a text holds `words`, case, accents and punctuation aside."""
    return bool(re.search(rf"(?:^| ){re.escape(fold(words))}(?: |$)", fold(text)))
