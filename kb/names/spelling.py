"""Which spellings of one word are one name.

Names from other scripts come into Latin letters by several systems (BGN, ISO 9, scholarly, the passport's):
what they differ in is taken away by `respell`. It must never make one of two Indonesians' names: how they
write theirs (``Djoko``, ``Joko``) is their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from kb.lexicon import word_list

_LETTERS = str.maketrans({"đ": "d", "ð": "d", "ł": "l", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
"""Letters that Unicode does not take apart into a plain one and a mark."""

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


def respell(word: str) -> str:
    """Return the one spelling that stands for all romanisations of a folded word."""
    word = re.sub("abd[aeo]l(?=.{3})", "abdul", word.translate(_LETTERS))
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
