"""A body is tagged in chunks, so that memory and time do not grow with its longest paragraph."""

from __future__ import annotations

from collections.abc import Iterator

from kb.model import Span

LONGEST = 10_000  # code points; the body of an ordinary article is one chunk


def find_chunks(body: str, *, longest: int = LONGEST) -> Iterator[Span]:
    """Yield chunks that cover the body, none longer than `longest`.

    A chunk ends after a paragraph if it can, else after a sentence, else after a word, else anywhere.
    """
    start = 0
    while len(body) - start > longest:
        end = _choose_end(body, start, start + longest)
        yield Span(start, end)
        start = end
    if start < len(body):
        yield Span(start, len(body))


def _choose_end(body: str, start: int, limit: int) -> int:
    for mark in ("\n\n", ". ", " "):
        at = body.rfind(mark, start, limit)
        if at >= start:
            return at + len(mark)
    return limit
