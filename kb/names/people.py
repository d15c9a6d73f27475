"""What one person's name can be to another's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from kb.lexicon import word_list, word_set
from kb.model import EntityType
from kb.names.keys import block_key, frequent_names, is_initials, join_openers
from kb.names.relations import Likeness, NameRelation
from kb.names.spelling import is_slip, respell, sound
from kb.names.words import parse_name

_NUMBER = re.compile(r"i{1,3}|iv|vi{0,3}|ix|xi{0,3}|xiv|xvi{0,3}")


TELLING_FROM = 6
"""Fewest letters of a single name that says who somebody is however it is spelt."""


@dataclass(frozen=True, slots=True)
class _Person:
    """A name to compare, its number or ``Jr`` taken off.

    `words` are respelt, `sounds` and `letters` what each sounds like and begins with as printed; `initials` are
    the places of those that are letters for words. `capitals` is a single word all in capitals, None for others.
    """

    key: str
    words: tuple[str, ...]
    sounds: tuple[str, ...]
    letters: str
    initials: frozenset[int]
    number: str | None
    capitals: str | None


def compare_people(one: str, other: str) -> Likeness | None:
    """Return what two people's names can be to each other; None if they are clearly two people's."""
    a, b = _read(one), _read(other)
    if a.key == b.key:
        return Likeness(NameRelation.SAME, 1.0)
    if not a.words or not b.words:
        return None
    if a.number != b.number:
        one_only = a.number is None or b.number is None
        return Likeness(NameRelation.PART, 0.5) if one_only and a.words == b.words else None
    if alike := _compare_words(a, b) or _compare_spelling(a, b):
        return alike
    found = [likeness for likeness in (_short_for(a, b), _short_for(b, a)) if likeness]
    return max(found, key=lambda likeness: likeness.score, default=None)


@lru_cache(maxsize=1 << 16)
def _read(name: str) -> _Person:
    parsed = parse_name(name)
    printed = join_openers(list(parsed.folded))
    number = _number(printed, parsed.initials)
    printed = printed[:-1] if number else printed
    words = tuple(map(respell, printed))
    stand = {
        n for n, word in enumerate(printed) if word in parsed.initials or (word != "i" and is_initials(word))
    }
    return _Person(
        key=block_key(EntityType.PER, name),
        words=words,
        sounds=tuple(map(sound, printed)),
        letters="".join(word[0] for word in printed),
        initials=frozenset(stand),
        number=number,
        capitals=words[0] if len(words) == 1 and name.isupper() else None,
    )


def _number(words: list[str], initials: tuple[str, ...]) -> str | None:
    """Return the last word if it tells father from son or a king from the one before him."""
    last = words[-1] if len(words) > 1 and words[-1] not in initials else ""
    return last if last in word_set("generation_words") or _NUMBER.fullmatch(last) else None


def _compare_words(a: _Person, b: _Person) -> Likeness | None:
    """Compare two names as wholes, word for word."""
    n = min(len(a.words), len(b.words))
    if a.words == b.words and n > 1:
        return Likeness(NameRelation.SPELLING, 0.5)  # of two words too frequent for one key
    if a.words != b.words and "".join(a.words) == "".join(b.words):
        return Likeness(NameRelation.RUN_TOGETHER, 0.9 if n > 1 or a.number else 0.4)
    if n < 2:
        return None
    if sorted(a.words) == sorted(b.words):
        return Likeness(NameRelation.REORDERED, 0.6 if n == 2 else 0.8)
    bare = _without_particles(a.words)
    if len(bare) > 1 and bare == _without_particles(b.words):
        return Likeness(NameRelation.PARTICLE, 0.9)
    return None


def _without_particles(words: tuple[str, ...]) -> list[str]:
    return [word for word in words if word not in word_set("name_particles")]


def _compare_spelling(a: _Person, b: _Person) -> Likeness | None:
    """Compare word by word: written in another way throughout, or one slip in one of several words."""
    if a.sounds == b.sounds:
        return _weigh_sound(a.words, b.words)
    if len(a.words) != len(b.words) or len(a.words) < 2:
        return None
    wrong = [n for n in range(len(a.words)) if a.sounds[n] != b.sounds[n]]
    if len(wrong) > 1:
        return None
    word, other = a.words[wrong[0]], b.words[wrong[0]]
    if not is_slip(word, other) and not is_slip(a.sounds[wrong[0]], b.sounds[wrong[0]]):
        return None
    return Likeness(NameRelation.SPELLING, 0.65 if min(len(word), len(other)) > 6 else 0.5)


def _weigh_sound(a: tuple[str, ...], b: tuple[str, ...]) -> Likeness | None:
    """Say what it means that two names sound alike: nothing, if it is one short word (``Denny``, ``Deni``)."""
    if len(a) > 1:
        return Likeness(NameRelation.SPELLING, 0.8)
    telling = min(len(a[0]), len(b[0])) >= TELLING_FROM and a[0] not in frequent_names()
    return Likeness(NameRelation.SPELLING, 0.5) if telling else None


def _short_for(short: _Person, long: _Person) -> Likeness | None:
    """Compare a name with one that says more: words left out, initials or clipped forms (``Moh``) for words."""
    if len(short.words) > len(long.words):
        return None
    if len(long.words) > 1 and short.capitals == long.letters:
        return Likeness(NameRelation.ABBREVIATION, 0.5)
    stood = list(_align(short, long))
    if len(stood) < len(short.words):
        return None
    whole = {word for word, at in zip(short.sounds, stood, strict=True) if word == long.sounds[at.start]}
    left = set(range(len(long.words))).difference(*stood)
    if not whole - _frequent_sounds() or (short.initials and left & long.initials):
        return None  # `Muhammad`; `George W Bush` is no `George H W Bush`
    if len(whole) == 1 and not set(short.words) & set(long.words):
        return None  # one word, and that by ear
    if len(whole) < len(short.words):
        return Likeness(NameRelation.INITIALS, 0.5 if len(whole) == 1 else 0.75)
    return _weigh_left(left, long, n_whole=len(whole)) if left else None


def _weigh_left(left: set[int], long: _Person, *, n_whole: int) -> Likeness:
    """Say what it means that the words of the longer name at these places are not in the shorter one."""
    if left <= long.initials:
        return Likeness(NameRelation.INITIALS, 0.4 if n_whole == 1 else 0.6)
    if {long.sounds[n] for n in left} == {sound("muhammad")}:
        return Likeness(NameRelation.PART, 0.8)
    return Likeness(NameRelation.PART, 0.4 if n_whole == 1 else 0.7)


def _align(short: _Person, long: _Person) -> Iterator[range]:
    """Yield the places in a long name that each word of a short one stands for, up to the first that stands for none.

    In order, each place once.
    """
    start = 0
    for n in range(len(short.words)):
        found = (at for first in range(start, len(long.words)) if (at := _stands_for(short, n, long, first)))
        if not (places := next(found, None)):
            return
        yield places
        start = places.stop


def _stands_for(short: _Person, n: int, long: _Person, first: int) -> range | None:
    """Return the places from `first` on that the n-th word of a short name stands for: its own, or its initials'."""
    if long.sounds[first] in {short.sounds[n], _clips().get(short.words[n])}:
        return range(first, first + 1)
    word = short.words[n]
    spelt = n in short.initials and first not in long.initials and long.letters.startswith(word, first)
    return range(first, first + len(word)) if spelt else None


@cache
def _clips() -> Mapping[str, str]:
    lines = (line.split() for line in word_list("name_clips"))
    return {short: sound(long) for short, long in lines}


@cache
def _frequent_sounds() -> frozenset[str]:
    return frozenset(map(sound, frequent_names()))
