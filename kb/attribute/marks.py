"""Quotation marks: which stretches of a paragraph stand between marks.

Glyphs lie: one outlet prints ” at both ends, another " or “ ”, and 7 % of quoted sentences have an odd number
of marks. So a mark's side is read from its surroundings first and from its glyph only where it is sure; and the
pairing starts afresh in every paragraph, so that one lost mark spoils one paragraph and no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.model import Span

OPENING = "“„‟«❝〝"
CLOSING = "”»❞〞"
EITHER = '"＂'
DOUBLE = OPENING + CLOSING + EITHER
SINGLE = "‘’'"

_MARK = re.compile(f"[{DOUBLE}]|''|``")
_SINGLE_PAIR = re.compile(r"(?<![\w‘’'])[‘'](?=[\w\[(])(?P<inner>[^‘\n]{3,600}?)[’'](?![\w‘’'])")
_LATE_CLOSE = re.compile(
    r"[,.?!…]\s[\"”]\s?(?:kata|ujar|tutur|ucap|ungkap|imbuh|tulis|cuit|jelas|tegas|lanjut|tambah)(?:nya)?\b"
)
_INCH = re.compile(r"\d[,.]?\d*\s?$")
_SENTENCE_PUNCTUATION = ",.?!…"


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch between quotation marks.

    `inner` excludes the marks and the white space beside them; `outer` includes the marks that are there.
    A missing mark is told by `opened` or `closed`.
    """

    inner: Span
    outer: Span
    opened: bool = True
    closed: bool = True


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    can_open: bool
    can_close: bool


def find_quoted(body: str, paragraph: Span) -> Iterator[Quoted]:
    """Yield the outermost quoted stretches of one paragraph, in order; linear in its length."""
    marks = list(_find_marks(body, paragraph))
    if not marks:
        yield from _find_single(body, paragraph)
        return
    opened: _Mark | None = None
    depth = 0
    low = paragraph.start
    to_come = _closings_to_come(marks)
    for i, mark in enumerate(marks):
        if opened is None:
            if mark.can_open or not mark.can_close:
                opened, depth = mark, 1
            elif not _is_inch(body, paragraph, mark):
                yield _quoted(body, Span(low, mark.end), Span(low, mark.start), opened=False)
                low = mark.end
        elif mark.can_open and not mark.can_close:
            if to_come[i] > depth and mark.start - opened.end > 1:
                depth += 1  # a nested quotation
            else:  # the mark that should have closed the first one is lost
                opened, depth = mark, 1
        elif depth > 1:
            depth -= 1
        else:
            yield _quoted(body, Span(opened.start, mark.end), Span(opened.end, mark.start))
            opened, low = None, mark.end
    if opened is not None:
        yield _quoted(body, Span(opened.start, paragraph.end), Span(opened.end, paragraph.end), closed=False)


def _find_marks(body: str, paragraph: Span) -> Iterator[_Mark]:
    for m in _MARK.finditer(body, paragraph.start, paragraph.end):
        before = body[m.start() - 1] if m.start() > paragraph.start else " "
        after = body[m.end()] if m.end() < paragraph.end else " "
        if m.group() not in OPENING and _LATE_CLOSE.match(
            body[max(paragraph.start, m.start() - 2) : m.end() + 12]
        ):
            yield _Mark(m.start(), m.end(), False, True)
            continue
        yield _Mark(m.start(), m.end(), *_sides(m.group(), before, after))


def _sides(glyph: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether a mark between these two characters can open, and can close."""
    if glyph in ("``", *OPENING):
        return True, glyph in "“«" and before in _SENTENCE_PUNCTUATION and not after.isalnum()
    free_before = before.isspace() or before in "([{—–-:/" or before in DOUBLE + SINGLE
    free_after = after.isspace() or after in ")]}—–-:;/.,?!…" or after in DOUBLE + SINGLE
    if free_before and not free_after:
        return glyph not in "»" or before.isspace(), False
    if free_after and not free_before:
        return False, True
    if before in _SENTENCE_PUNCTUATION:  # `benar,"kata`, `berkata,"Benar`: glued on both sides
        return before in ",:" and after.isupper(), True
    return True, True


def _closings_to_come(marks: list[_Mark]) -> list[int]:
    """For each mark, how many of those behind it can close more than open."""
    counts, balance = [0] * len(marks), 0
    for i in range(len(marks) - 1, -1, -1):
        counts[i] = balance
        balance += marks[i].can_close - (marks[i].can_open and not marks[i].can_close)
        balance = max(balance, 0)
    return counts


def _is_inch(body: str, paragraph: Span, mark: _Mark) -> bool:
    return bool(_INCH.search(body, max(paragraph.start, mark.start - 6), mark.start))


def _find_single(body: str, paragraph: Span) -> Iterator[Quoted]:
    """Yield stretches in single marks; only read where a paragraph has no double ones."""
    for m in _SINGLE_PAIR.finditer(body, paragraph.start, paragraph.end):
        yield _quoted(body, Span(*m.span()), Span(*m.span("inner")))


def _quoted(body: str, outer: Span, inner: Span, *, opened: bool = True, closed: bool = True) -> Quoted:
    return Quoted(trimmed(body, inner), outer, opened, closed)


def trimmed(body: str, span: Span, characters: str = " \t\n\u00a0") -> Span:
    """Return `span` without the given characters at its ends; empty at its start if nothing is left."""
    start, end = span.start, span.end
    while start < end and body[start] in characters:
        start += 1
    while end > start and body[end - 1] in characters:
        end -= 1
    return Span(start, end)
