"""The words that a search asks for: how they are written, whether a text has them, where they stand in it.

    harga cabai           both words, anywhere
    "harga cabai"         one behind the other; also in “ ” „ « »
    pang*                 a word that begins so
    cabai OR beras        one of the two: OR joins its two neighbours only
    -impor                not this word, phrase or beginning

Words are those of `kb.names.fold`; what it makes several words of (``Jong-un``) is a phrase. All other signs are
punctuation, whatever they mean to a database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.errors import BadSearch
from kb.model import Span
from kb.names import fold

MOST_BYTES = 2000
"""Bytes of a search's folded words; PostgreSQL takes words of up to 2,046 (``MAXSTRLEN``)."""

_MARKS = '"“”„‟«»＂'
_PART = re.compile(
    rf"(?P<minus>(?<!\S)\(*[-−]+)?(?:[{_MARKS}](?P<phrase>[^{_MARKS}]*)[{_MARKS}](?P<star>\*)?|(?P<word>[^\s{_MARKS}]+))"
)
_BEGINNING = re.compile(r"[^\W_]\*[\W_]*")
_PIECE = re.compile(r"\S+")
_BARE = re.compile(r"[^\W_](?:.*[^\W_])?")


@dataclass(frozen=True, slots=True)
class Term:
    """Folded words, one behind the other; with `is_beginning`, the last one is how a word begins."""

    words: tuple[str, ...]
    is_beginning: bool = False

    def is_in(self, folded: str) -> bool:
        """Whether a folded text has these words."""
        return self._needle() in f" {folded} "

    def count(self, folded: str) -> int:
        """Return at how many places of a folded text these words stand."""
        return len(re.findall(f"(?={self._needle()})", f" {folded} "))

    def stands_at(self, words: Sequence[str], at: int) -> bool:
        """Whether these words stand among a text's words from place `at` on."""
        *first, last = self.words
        there = words[at : at + len(self.words)]
        if len(there) < len(self.words) or list(there[:-1]) != first:
            return False
        return there[-1].startswith(last) if self.is_beginning else there[-1] == last

    def _needle(self) -> str:
        return f" {' '.join(self.words)}{'' if self.is_beginning else ' '}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a text must have: a term of each group of alternatives, and none of those `unwanted`."""

    groups: tuple[tuple[Term, ...], ...]
    unwanted: tuple[Term, ...] = ()

    def fits(self, folded: str) -> bool:
        """Whether a folded text is one that is searched for."""
        has_all = all(any(term.is_in(folded) for term in group) for group in self.groups)
        return has_all and not any(term.is_in(folded) for term in self.unwanted)

    @property
    def terms(self) -> tuple[Term, ...]:
        """All that is looked for, unwanted ones left out."""
        return tuple(dict.fromkeys(term for group in self.groups for term in group))

    @property
    def has_phrase(self) -> bool:
        """Whether the order of words matters, which an index of words does not know."""
        return any(len(term.words) > 1 for term in (*self.terms, *self.unwanted))

    def places_in(self, text: str) -> Iterator[Span]:
        """Yield where the terms stand in a text as printed: each word of them, in the order of the text."""
        words = [(word, piece) for piece in _PIECE.finditer(text) for word in fold(piece.group()).split()]
        folded, found = [word for word, _ in words], set[Span]()
        for term in self.terms:
            for at in range(len(folded)):
                if term.stands_at(folded, at):
                    found.update(_bare(piece) for _, piece in words[at : at + len(term.words)])
        yield from sorted(found)


def _bare(piece: re.Match[str]) -> Span:
    """Return the place of a printed word without the signs around it."""
    bare = _BARE.search(piece.group())
    start, end = bare.span() if bare else (0, len(piece.group()))
    return Span(piece.start() + start, piece.start() + end)


def read_wanted(text: str) -> Wanted:
    """Return what a search asks for; BadSearch if it is too long or has no word that is to be found."""
    groups: list[tuple[Term, ...]] = []
    unwanted: list[Term] = []
    joins = can_join = False
    for match in _PART.finditer(text):
        if match["word"] == "OR" and not match["minus"]:
            joins = can_join
            continue
        term = _read_term(match)
        if term is None:
            continue
        if match["minus"]:
            unwanted.append(term)
        elif joins:
            groups[-1] += (term,)
        else:
            groups.append((term,))
        joins, can_join = False, not match["minus"]
    return _checked(text, Wanted(tuple(groups), tuple(unwanted)))


def _read_term(match: re.Match[str]) -> Term | None:
    """Return what one part asks for; None where it has no letter and no digit."""
    printed = match["word"] if match["phrase"] is None else match["phrase"]
    words = tuple(fold(printed).split())
    if not words:
        return None
    stars = [*_BEGINNING.finditer(printed)]
    return Term(words, bool(match["star"]) or bool(stars and stars[-1].end() == len(printed)))


def _checked(text: str, wanted: Wanted) -> Wanted:
    subject = "".join(c for c in " ".join(text.split()) if c.isprintable())
    words = " ".join(word for term in (*wanted.terms, *wanted.unwanted) for word in term.words)
    if not wanted.groups:
        raise BadSearch(subject[:60] or '""', "no word to look for", "give at least one without a minus")
    if len(words.encode()) > MOST_BYTES:
        raise BadSearch(f"{subject[:60]}…", f"longer than {MOST_BYTES:,} bytes", "give fewer words")
    return wanted
