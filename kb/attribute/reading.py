"""A document as attribution reads it: words, paragraphs, quoted stretches, and sentences that respect them.

Sentence splitters cut inside quotations (61 % of Indonesian quotations hold a sentence end) and between a closing
mark and its tag (`…?" kata Budi`). So quotations are paired first, and sentence ends inside them do not count.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import NamedTuple

from kb.attribute import cues
from kb.attribute.marks import Quoted, find_quoted
from kb.lexicon import word_set
from kb.model import Document, Mention, Span

_WORD = re.compile(r"@?\w+(?:[-'’]\w+)*(?:\.(?:com|co|id|net|org|tv|go|or|ac)\b)*")
NAME = "•"
"""What stands for a capitalised word where only the words around it matter."""
LONGEST_SENTENCE = 4_000
"""Code points; keeps the time linear on texts without sentence ends."""

_CREDIT = re.compile(r"\((?:foto|dok|sumber|ilustrasi|grafis)[^)\n]*$", re.IGNORECASE)
_PARAGRAPH = re.compile(r"[^\n]+")


class Word(NamedTuple):
    """A word and its place in the body."""

    start: int
    end: int
    text: str
    lower: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital or an @."""
        return self.text[0].isupper() or self.text[0] == "@"


_CASE_CHANGES = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CAPITALS = re.compile(r"[A-Z]{2,}(?=[a-z])")
_SMALL = re.compile(r"[A-Z]?[a-z]+")
_VERB_BEGINS = re.compile(r"(?<=\w{3})(?=me|be)")
MIN_GLUED = 5
"""Fewest letters of two words without a space between them."""


def _seams(text: str, start: int) -> Iterator[int]:
    """Yield where a word is two that lost their space: a word before names (`dariTVX`), a cue behind one."""
    if text.islower() and not text.endswith("dia"):
        return
    if text.endswith("dia") and text[:-3] in cues.safe_tags():  # `katadia`
        yield start + len(text) - 3
        return
    done = 0
    if (m := _CAPITALS.match(text)) and text[m.end() :] in word_set("prepositions"):
        yield start + m.end()
        return
    for m in _CASE_CHANGES.finditer(text):
        if text[done : m.start()].lower() in _before_names():
            done = m.start()
            yield start + done
    if text[done].isupper() and not text[done + 1 :].isupper():
        small = _SMALL.match(text, done)
        for m in _VERB_BEGINS.finditer(text, done, small.end() if small else len(text)):
            if cues.verb(text[m.start() : small.end() if small else len(text)]):
                yield start + m.start()
                return


@cache
def _before_names() -> frozenset[str]:
    """Return lower-case words behind which a name may stand."""
    lists = ("prepositions", "relay_words", "cues_relay", "cues_passive", "media_heads", "org_heads", "roles")
    heads = {line.split()[-1] for name in lists for line in word_set(name)}
    return frozenset(heads | {"menurut"} | cues.safe_tags())


@dataclass(frozen=True)
class Reading:
    """A document with the indexes that the rules look things up in.

    Positions are code points of the body; `at` always means a place in `words`.
    """

    document: Document

    @property
    def body(self) -> str:
        """The text all spans point into."""
        return self.document.body

    @cached_property
    def words(self) -> list[Word]:
        """All words of the body, in order; two that lost the space between them are two (`menurutTVX`)."""
        words = []
        for m in _WORD.finditer(self.body):
            text = m.group()
            seams = list(_seams(text, m.start())) if len(text) >= MIN_GLUED else []
            for start, end in pairwise((m.start(), *seams, m.end())) if seams else (m.span(),):
                part = self.body[start:end] if seams else text
                words.append(Word(start, end, part, part.lower()))
        return words

    @cached_property
    def small_words(self) -> frozenset[str]:
        """The words that the body prints in small letters: capitalised elsewhere, they are hardly a name."""
        return frozenset(word.text for word in self.words if word.text.islower())

    @cached_property
    def _word_starts(self) -> list[int]:
        return [word.start for word in self.words]

    def word_at(self, position: int) -> int:
        """Return the place of the first word that starts at `position` or later."""
        return bisect_left(self._word_starts, position)

    def words_in(self, span: Span) -> range:
        """Return the places of the words that start inside `span`."""
        return range(self.word_at(span.start), self.word_at(span.end))

    def lowered(self, places: Iterable[int]) -> list[str]:
        """Return words in small letters, names as `•`: no capitalised word but the first is a predicate."""
        return [
            w.lower if n == 0 or not w.capital else NAME
            for n, w in enumerate(map(self.words.__getitem__, places))
        ]

    def gap_before(self, at: int) -> str:
        """Return what stands before a word, back to the word before it; behind the last word, the body's end."""
        end = self.words[at].start if at < len(self.words) else len(self.body)
        return self.body[self.words[at - 1].end if at else 0 : end]

    def break_before(self, at: int) -> str:
        """Return `gap_before`, or one space where the gap lies inside a name (`Badan X, Y dan Z`, `Kompas.com`)."""
        if 0 < at < len(self.words):
            i = self.mention_over(self.words[at].start)
            if i is not None and self.mentions[i].span.start < self.words[at].start:
                return " "
        return self.gap_before(at)

    def gap_after(self, at: int) -> str:
        """Return what stands between a word and the next one (or the end of the body)."""
        return self.gap_before(at + 1)

    @cached_property
    def paragraphs(self) -> list[Span]:
        """The body's lines that hold a word or mark."""
        return [Span(*m.span()) for m in _PARAGRAPH.finditer(self.body) if not m.group().isspace()]

    @cached_property
    def quoted(self) -> list[Quoted]:
        """All quoted stretches, in order; they do not overlap."""
        return [q for paragraph in self.paragraphs for q in find_quoted(self.body, paragraph)]

    @cached_property
    def _quoted_starts(self) -> list[int]:
        return [q.outer.start for q in self.quoted]

    def quoted_over(self, position: int) -> Quoted | None:
        """Return the quoted stretch that a position lies in."""
        i = bisect_right(self._quoted_starts, position) - 1
        return self.quoted[i] if i >= 0 and position < self.quoted[i].outer.end else None

    def quoted_from(self, position: int) -> Quoted | None:
        """Return the first quoted stretch that begins at a position or later."""
        i = bisect_left(self._quoted_starts, position)
        return self.quoted[i] if i < len(self.quoted) else None

    def quoted_before(self, position: int) -> Iterator[Quoted]:
        """Yield the quoted stretches that begin before a position, the nearest first."""
        for i in range(bisect_left(self._quoted_starts, position) - 1, -1, -1):
            yield self.quoted[i]

    def quoted_in(self, span: Span) -> list[Quoted]:
        """Return the quoted stretches that begin inside `span`."""
        return self.quoted[
            bisect_left(self._quoted_starts, span.start) : bisect_left(self._quoted_starts, span.end)
        ]

    @cached_property
    def sentences(self) -> list[Span]:
        """The document's sentences, joined where a cut stands inside a quotation or before its tag."""
        ends = sorted(s.span.end for s in self.document.sentences)
        return [s for paragraph in self.paragraphs for s in self._sentences_of(paragraph, ends)]

    def _sentences_of(self, paragraph: Span, ends: list[int]) -> Iterator[Span]:
        for sentence in self._joined(paragraph, ends):
            yield from self._cut(sentence)

    def _cut(self, sentence: Span) -> Iterator[Span]:
        """Yield a sentence, one longer than `LONGEST_SENTENCE` in pieces: no such thing is a sentence."""
        start = sentence.start
        while sentence.end - start > LONGEST_SENTENCE:
            end = self.body.rfind(" ", start, start + LONGEST_SENTENCE)
            end = end if end > start else start + LONGEST_SENTENCE
            yield Span(start, end)
            start = self._skip_space(end)
        if start < sentence.end:
            yield Span(start, sentence.end)

    def _joined(self, paragraph: Span, ends: list[int]) -> Iterator[Span]:
        start = paragraph.start
        for end in ends[bisect_right(ends, paragraph.start) : bisect_left(ends, paragraph.end)]:
            if end > start and not self._joins(end):
                yield Span(start, end)
                start = self._skip_space(end)
        if start < paragraph.end:
            yield Span(start, paragraph.end)

    def _joins(self, end: int) -> bool:
        """Whether a sentence end is none: inside a quotation, or with a lower-case word behind it."""
        quoted = self.quoted_over(end)
        if quoted and quoted.closed and quoted.opened and quoted.outer.start < end < quoted.outer.end:
            return True
        at = self.word_at(end)
        return at < len(self.words) and self.words[at].text[0].islower()

    def _skip_space(self, position: int) -> int:
        while position < len(self.body) and self.body[position].isspace():
            position += 1
        return position

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    def sentence_over(self, position: int) -> Span:
        """Return the sentence that a position lies in."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, position) - 1)]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [p.start for p in self.paragraphs]

    def paragraph_number(self, position: int) -> int:
        """Return which paragraph a position lies in, counted from 0."""
        return max(0, bisect_right(self._paragraph_starts, position) - 1)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """The document's mentions, in order."""
        return self.document.mentions

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [m.span.start for m in self.mentions]

    def mentions_in(self, span: Span) -> range:
        """Return the places of the mentions that begin inside `span`."""
        return range(
            bisect_left(self._mention_starts, span.start),
            bisect_left(self._mention_starts, max(span.start, span.end)),
        )

    def mention_over(self, position: int) -> int | None:
        """Return the place of the mention that a position lies in."""
        i = bisect_right(self._mention_starts, position) - 1
        return i if i >= 0 and position < self.mentions[i].span.end else None

    def in_credit(self, position: int) -> bool:
        """Whether a position lies in a picture's or paper's credit (`(Foto: Rudi)`)."""
        return _CREDIT.search(self.body, max(0, position - 40), position) is not None
