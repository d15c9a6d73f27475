"""Places in a text that are found again when the text has changed around them.

A selector holds the exact words and what stands right before and behind them, as the text quote selector of W3C's
Web Annotation Data Model (https://www.w3.org/TR/annotation-model/#text-quote-selector) has them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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

    All of the same words where the selector has no context; none where two fit equally well.
    """
    same = [span for span in dict.fromkeys(among) if span.of(body) == selector.exact]
    if selector.prefix is None and selector.suffix is None:
        return same
    return _best({span: float(_n_shared(body, span, selector)) for span in same})


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
    top = [span for span, score in scores.items() if score == max(scores.values())]
    return top if len(top) == 1 else []


def _n_shared(body: str, span: Span, selector: Selector) -> int:
    """How many code points of the context on both sides are as they were."""
    before = _n_same(reversed(body[: span.start][-CONTEXT:]), reversed(selector.prefix or ""))
    return before + _n_same(body[span.end : span.end + CONTEXT], selector.suffix or "")


def _n_same(one: Iterable[str], other: Iterable[str]) -> int:
    n = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        n += 1
    return n


def find_words(text: str, words: str) -> bool:
    """Whether a text holds `words`, case, accents and punctuation aside."""
    return bool(re.search(rf"(?:^| ){re.escape(fold(words))}(?: |$)", fold(text)))
