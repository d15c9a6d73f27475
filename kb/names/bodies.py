"""What the name of one organisation or place can be to another's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from kb.lexicon import word_list, word_set
from kb.model import EntityType
from kb.names.relations import Likeness, NameRelation
from kb.names.spelling import SLIP_FROM, is_slip, sound
from kb.names.words import fold

_ROMAN = re.compile(r"[ivx]+")

Words = tuple[str, ...]


def compare_bodies(entity_type: EntityType, one: str, other: str) -> Likeness | None:
    """Return what two names of organisations or of places can be to each other; None if they clearly name two."""
    a, b = _read(one), _read(other)
    if a == b:
        return Likeness(NameRelation.SAME, 1.0)
    if not a or not b or _numbers(a) != _numbers(b):
        return None
    if without_style(a) == without_style(b):
        return Likeness(NameRelation.KIND, 0.9)
    if spell_out(without_style(a)) == spell_out(without_style(b)):
        return Likeness(NameRelation.SPELT_OUT, 0.9)
    alike = _compare_words(a, b) or _compare_kinds(a, b) or _compare_spelling(a, b)
    return alike or (_short_for(entity_type, a, b) if len(a) < len(b) else _short_for(entity_type, b, a))


@lru_cache(maxsize=1 << 16)
def _read(name: str) -> Words:
    return tuple(fold(name).split())


def spell_out(words: Words) -> Words:
    """Return a folded name with its short words spelt out (``polda jateng``: ``kepolisian daerah jawa tengah``)."""
    known = _known_short_forms()
    if whole := known.get(" ".join(words)):
        return whole
    return tuple(long for word in words for long in known.get(word, (word,)))


def without_kind(words: Words) -> Words:
    """Return a folded name without the words that only say what it names (``kabupaten``, ``pt``), if any are left."""
    return tuple(w for w in words if w not in word_set("name_generics") | word_set("legal_words")) or words


def without_style(words: Words) -> Words:
    """Return a folded name without legal forms and ``RI``, if anything else is left."""
    return tuple(word for word in words if word not in word_set("legal_words")) or words


def _numbers(words: Words) -> list[str]:
    return [word for word in words if any(c.isdigit() for c in word) or _ROMAN.fullmatch(word)]


def _compare_words(a: Words, b: Words) -> Likeness | None:
    if "".join(a) == "".join(b):
        return Likeness(NameRelation.RUN_TOGETHER, 0.8)
    if sorted(a) == sorted(b):
        return Likeness(NameRelation.REORDERED, 0.5)
    return None


def _compare_kinds(a: Words, b: Words) -> Likeness | None:
    """Compare two names of which one leaves out what the other says of its kind; two kinds are two things."""
    bare = {without_style(a), without_style(b)}
    if without_kind(a) == without_kind(b) and without_kind(a) in bare:
        return Likeness(NameRelation.KIND, 0.5)
    return None


def _compare_spelling(a: Words, b: Words) -> Likeness | None:
    if len(a) != len(b):
        return None
    wrong = [(x, y) for x, y in zip(a, b, strict=True) if sound(x) != sound(y)]
    if not wrong and (len(a) > 1 or min(len(a[0]), len(b[0])) >= SLIP_FROM):
        return Likeness(NameRelation.SPELLING, 0.7)
    if len(wrong) != 1 or not is_slip(*wrong[0]) or min(map(len, wrong[0])) < 6:
        return None
    return Likeness(NameRelation.SPELLING, 0.6 if len(a) > 1 else 0.4)


def _short_for(entity_type: EntityType, short: Words, long: Words) -> Likeness | None:
    if short[0] in _known_short_forms() or len(long) < 2:
        return None  # another name is known for it
    if len(short) == 1:
        return _abbreviates(entity_type, short[0], long)
    if short[1:] == long[-len(short) + 1 :] and _is_blend(short[0], long[: -len(short) + 1]):
        return Likeness(NameRelation.ABBREVIATION, 0.6)
    if entity_type is EntityType.ORG and long[: len(short)] == short:
        return Likeness(NameRelation.PART, 0.3)  # a bank and its daughter, too
    return None


def _abbreviates(entity_type: EntityType, short: str, long: Words) -> Likeness | None:
    if short == initials(long):
        return Likeness(NameRelation.ABBREVIATION, 0.8 if len(short) > 2 else 0.5)
    if not _is_blend(short, long, beginnings=entity_type is EntityType.LOC):
        return None
    return Likeness(NameRelation.ABBREVIATION, 0.6)


def initials(words: Words) -> str:
    """Return the first letters of a name's words, small words left out."""
    return "".join(word[0] for word in words if word not in word_set("small_words"))


def _is_blend(short: str, words: Words, *, beginnings: bool = False) -> bool:
    """Whether a word is made of pieces of all the words in order, the first a beginning (``Lemhannas``).

    `beginnings` asks it of all of them, as in names of places (``Tanbu``).
    """
    telling = [word for word in words if word not in word_set("small_words")]
    if len(short) < 5 or short in telling or not 1 < len(telling) <= len(short) // 2:
        return False
    return _has_pieces(short, telling, first=True, beginnings=beginnings)


def _has_pieces(rest: str, words: list[str], *, first: bool, beginnings: bool) -> bool:
    """Whether letters can be cut into a piece of two or more for each word, in order."""
    if not words:
        return not rest
    for n in range(2, len(rest) + 1):
        fits = words[0].startswith(rest[:n]) if first or beginnings else rest[:n] in words[0]
        if fits and _has_pieces(rest[n:], words[1:], first=False, beginnings=beginnings):
            return True
    return False


@cache
def _known_short_forms() -> Mapping[str, Words]:
    lines = [*word_list("abbreviations"), *word_list("short_words")]
    pairs = (line.split(" = ") for line in lines)
    return {fold(short): tuple(fold(long).split()) for short, long in pairs}
