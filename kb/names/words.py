"""What a printed name consists of: titles, words, initials, degrees; and how its words are folded.

A name key is what two printings of one name share: case, diacritics, apostrophes, hyphens, dots, titles and
degrees make no difference (``Prof. Dr. Sa'id al-Amin, M.Si.`` has the key ``said al amin``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kb.lexicon import word_list

_APOSTROPHES = re.compile(r"['’‘ʼʻ`´ʾʿ.]")
_NO_WORD = re.compile(r"[\W_]+")
_WORD = re.compile(r"\S+")
_DOTTED = re.compile(r"(?:\w\.)+\w?")
_NUMBER = re.compile(r"[ivx]+")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in its parts, each in the order of the name.

    `words` are as printed, `folded` the same without case, accents and hyphens (``Jong-un`` is two of them);
    `initials` are those of `folded` that stand for words left out (``w``, ``lp``). No word is ever lost: a
    name of nothing but titles keeps the last one as its word.
    """

    titles: tuple[str, ...]
    words: tuple[str, ...]
    folded: tuple[str, ...]
    initials: tuple[str, ...]
    degrees: tuple[str, ...]


def fold(text: str) -> str:
    """Fold case and diacritics, drop apostrophes and dots, turn other punctuation into single spaces."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _NO_WORD.sub(" ", _APOSTROPHES.sub("", text.casefold())).strip()


def parse_name(name: str) -> PersonName:
    """Return the parts of a person's name."""
    rest, degrees = _split_degrees(name)
    titles, words = _split_titles(_WORD.findall(rest))
    mixed_case = not all(word.isupper() for word in words)
    return PersonName(
        titles=tuple(titles),
        words=tuple(words),
        folded=tuple(fold(" ".join(words)).split()),
        initials=tuple(fold(word) for word in words if _is_initials(word, mixed_case=mixed_case)),
        degrees=tuple(degrees),
    )


def name_words(name: str) -> tuple[str, ...]:
    """Return the folded words of a name without titles and degrees."""
    return tuple(fold(strip_titles(name)).split())


def name_key(name: str) -> str:
    """Return the key that all printings of one name share; the folded name itself if it is all titles."""
    return " ".join(name_words(name)) or fold(name) or name.strip()


def strip_titles(name: str) -> str:
    """Return `name` without leading titles and ranks (``Prof.``, ``Pak``, ``Brigjen``) and trailing degrees.

    A title is taken off only while another word follows, so that a name is never lost.
    """
    rest, _ = _split_degrees(name)
    _, words = _split_titles(_WORD.findall(rest))
    return " ".join(words)


def _split_degrees(name: str) -> tuple[str, list[str]]:
    head, *tail = re.split(r",\s*", name)
    kept, taken = [head], list[str]()
    for part in tail:
        if all(fold(word) in _degrees() for word in part.split()):
            taken += part.split()
        else:
            kept.append(part)
    words = ", ".join(kept).split()
    while len(words) > 1 and words[-1].strip(",.").count(".") and fold(words[-1]) in _degrees():
        taken.insert(0, words.pop().rstrip(","))
    return " ".join(words).rstrip(","), taken


def _split_titles(words: list[str]) -> tuple[list[str], list[str]]:
    titles = []
    while len(words) > 1 and (n := _leading_title(words)):
        titles.append(" ".join(words[:n]))
        words = words[n:]
    return titles, words


def _leading_title(words: list[str]) -> int:
    """How many leading words are one title; at least one word is left."""
    for n in range(min(3, len(words) - 1), 0, -1):
        if fold(" ".join(words[:n])) in _titles():
            return n
    return 0


def _is_initials(word: str, *, mixed_case: bool) -> bool:
    """Whether a printed word is letters for words: ``W``, ``B.J.``; ``LP`` only among words in small letters.

    ``V.`` is an initial, ``V`` a number.
    """
    bare = word.strip(",.")
    if not bare[:1].isalpha() or (_NUMBER.fullmatch(fold(bare)) and "." not in word):
        return False
    lettered = len(bare) == 1 or bool(_DOTTED.fullmatch(bare))
    return lettered or (mixed_case and bare.isupper() and len(bare) <= 3)


@cache
def _titles() -> frozenset[str]:
    return frozenset(map(fold, word_list("titles"))) | role_short_forms().keys()


@cache
def role_short_forms() -> Mapping[str, tuple[str, ...]]:
    """Return the short forms of offices, which no person is named, and the words each stands for (``menkeu``)."""
    forms = (line.split() for line in word_list("role_short_forms"))
    return {short: tuple(long) for short, *long in forms}


def is_degree(text: str) -> bool:
    """Whether a text is a degree and no name (``S.H``)."""
    return fold(text) in _degrees()


@cache
def _degrees() -> frozenset[str]:
    return frozenset(map(fold, word_list("degrees")))
