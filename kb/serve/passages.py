"""Texts cut where something in them is marked, for a template to escape and dress."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb.model import Span
from kb.query import ArticlePage, MentionRow, QuoteRow
from kb.query.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of an article's body: `quote` is the place from 0 of the quote it is in; it may open and end it."""

    text: str
    quote: int | None = None
    mention: MentionRow | None = None
    begins: bool = False
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that were searched for, or not."""

    text: str
    is_hit: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sentence: `what` is quote, cue or speaker; None for the words around."""

    pieces: tuple[Piece, ...]
    what: str | None = None


def paragraphs_of(page: ArticlePage) -> Iterator[tuple[Passage, ...]]:
    """Yield the paragraphs of an article, each cut into its passages."""
    start = 0
    for paragraph in page.body.split("\n\n"):
        end = start + len(paragraph)
        yield tuple(_passages(page, Span(start, end)))
        start = end + 2


def _passages(page: ArticlePage, paragraph: Span) -> Iterator[Passage]:
    edges = {paragraph.start, paragraph.end}
    rows: tuple[QuoteRow | MentionRow, ...] = (*page.quotes, *page.mentions)
    for row in rows:
        edges.update(edge for edge in (row.start, row.end) if paragraph.start < edge < paragraph.end)
    bounds = sorted(edges)
    for start, end in pairwise(bounds):
        quote = _place_within(page.quotes, start, end)
        mention = _place_within(page.mentions, start, end)
        yield Passage(
            page.body[start:end],
            quote,
            page.mentions[mention] if mention is not None else None,
            begins=quote is not None and page.quotes[quote].start == start,
            ends=quote is not None and page.quotes[quote].end == end,
        )


def _place_within(rows: Sequence[QuoteRow | MentionRow], start: int, end: int) -> int | None:
    """Return the place of the first row that covers ``[start, end)``."""
    return next((at for at, row in enumerate(rows) if row.start <= start and end <= row.end), None)


def parts_of(quote: QuoteRow, wanted: Wanted | None = None) -> tuple[Part, ...]:
    """Return the sentences around a quote with the quote, its cue, its speaker and what was searched for marked."""
    context, found = quote.context, dict[str, Span]()
    at = max(context.find(quote.text), 0)
    found["quote"] = Span(at, at + len(quote.text))
    for what, text in (("cue", quote.cue), ("speaker", quote.speaker_mention)):
        span = _nearest(context, text, found) if text else None
        if span:
            found[what] = span
    return tuple(_cut(context, found, wanted))


def hits_of(text: str, wanted: Wanted | None) -> tuple[Part, ...]:
    """Return a text with what was searched for marked."""
    return tuple(_cut(text, {}, wanted))


def _nearest(context: str, text: str, taken: dict[str, Span]) -> Span | None:
    """Return the place of `text` nearest to the quote that overlaps nothing taken."""
    places, at = list[Span](), context.find(text)
    while at >= 0:
        places.append(Span(at, at + len(text)))
        at = context.find(text, at + 1)
    free = [place for place in places if not any(place.overlaps(span) for span in taken.values())]
    quote = taken["quote"]
    return min(free, key=lambda place: max(place.start - quote.end, quote.start - place.end), default=None)


def _cut(text: str, found: dict[str, Span], wanted: Wanted | None) -> Iterator[Part]:
    hits = tuple(wanted.places_in(text)) if wanted else ()
    for part in _between(Span(0, len(text)), found.values()):
        what = next((name for name, span in found.items() if span.covers(part)), None)
        pieces = _between(part, hits)
        yield Part(tuple(Piece(one.of(text), any(hit.covers(one) for hit in hits)) for one in pieces), what)


def _between(whole: Span, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield what the edges of `spans` cut a span into."""
    edges = {edge for span in spans for edge in (span.start, span.end) if whole.start < edge < whole.end}
    for start, end in pairwise(sorted(edges | {whole.start, whole.end})):
        yield Span(start, end)
