"""Which spellings of one word are one name.

Names from other scripts come into Latin letters by several systems (BGN, ISO 9, scholarly, the passport's):
what they differ in is taken away by `respell`. It must never make one of two Indonesians' names: how they
write theirs (``Djoko``, ``Joko``) is their own, and only `sound` takes it away, to find who may be one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from kb.lexicon import word_list

_VOWELS = frozenset("aiueo")

_LETTERS = str.maketrans({"đ": "d", "ð": "d", "ł": "l", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
"""Letters that Unicode does not take apart into a plain one and a mark."""

_ABDUL = re.compile("abd[aeo]l(?=.{3})")
_ENDINGS = (
    # Russian and Ukrainian -ский, -ський, Polish -ski. Not behind i and e: `Riski` and `Risky` are two Indonesians.
    (re.compile(r"(?<=\w{2}[^ie])sk(?:iy|yy|ii|yi|ij|yj|y)$"), "ski"),
    (re.compile(r"(?<=\w{2})sk(?:aia|aja)$"), "skaya"),
    # -ный: a consonant, n and the ending.
    (re.compile(r"(?<=\w[bdghklrtvz]n)(?:yi|yy|iy|ii|yj|ij)$"), "y"),
    # -ей: `Sergey`, `Andrey`.
    (re.compile(r"(?<=\w{3})ey$"), "ei"),
    # -ев, -ева behind a vowel or a soft sign: `Aliyev`, `Mirziyoev`, `Solovyev`.
    (re.compile(r"(?<=\w{2})(?:(?:(?<=[aeou])|i)y?|y)ev(a?)$"), r"iev\1"),
    (re.compile(r"(?<=\w{2})v(?:y|it)ch$"), "vich"),
    (re.compile(r"(?<=\w{3})yuk$"), "iuk"),
)


@lru_cache(maxsize=1 << 16)
def respell(word: str) -> str:
    """Return the one spelling that stands for all romanisations of a folded word."""
    word = _ABDUL.sub("abdul", word.translate(_LETTERS))
    return variants().get(word) or variants().get(end := _end_alike(word), end)


def _end_alike(word: str) -> str:
    for ending, alike in _ENDINGS:
        word = ending.sub(alike, word)
    return word


@cache
def variants() -> Mapping[str, str]:
    """Return the spelling that stands for each listed one, the first of its line."""
    lines = (line.split() for line in word_list("name_variants"))
    return {word: first for first, *others in lines for word in (first, *others)}


_SOUNDS = tuple(
    (re.compile(written), sounded)
    for written, sounded in (
        ("ch|kh", "h"),  # `Fachri`, `Fakhri`, `Fahri`
        # Dutch and older Indonesian ways of writing, to the spelling of 1972; `j` inside is `y` then.
        ("oe|ou", "u"),
        ("tj", "c"),
        ("dj", "j"),
        ("nj(?=[aiueo])", "ny"),
        ("sj", "sy"),
        ("(?<=.)j", "y"),
        # Letters that Indonesians write one for the other in names: `Erick`, `Budhi`, `Vitri`, `Rizal`, `Alief`.
        ("ck|q|c(?![aiueoy])", "k"),
        ("(?<=[bdtg])h|(?<=a)h$", ""),
        ("ph|v", "f"),
        ("z", "s"),
        ("x", "ks"),
        ("ie|y|ee", "i"),
        (r"(.)\1+", r"\1"),
    )
)

SLIP_FROM = 5
"""Fewest letters of a word that may be another with one slip: shorter ones are too often two names (`Hadi`, `Hedi`)."""


@lru_cache(maxsize=1 << 16)
def sound(word: str) -> str:
    """Return what a word sounds like to an Indonesian: the same for the ways one name is written at home.

    For pairs that a person decides, never for a key: ``Djoko`` and ``Joko`` may be two people.
    """
    spelt = respell(word)
    word = respell(_home_spellings().get(spelt, spelt))
    for written, sounded in _SOUNDS:
        word = written.sub(sounded, word)
    return word


def is_slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter or by two neighbours behind the first letter, as misprints do.

    Not where the last vowel differs: it tells ``Susanto`` from ``Susanti`` and ``Lavrov`` from ``Lavrova``.
    """
    if min(len(one), len(other)) < SLIP_FROM or one[0] != other[0] or _ends_apart(one, other):
        return False
    return OSA.distance(one, other, score_cutoff=1) == 1


def _ends_apart(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) < len(long):
        return long.startswith(short) and long[-1] in _VOWELS
    return one[-1] != other[-1] and bool({one[-1], other[-1]} & _VOWELS)


@cache
def _home_spellings() -> Mapping[str, str]:
    lines = (line.split() for line in word_list("home_spellings"))
    return {word: first for first, *others in lines for word in others}
