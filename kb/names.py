"""How a name is folded, keyed and parsed; attribution and linking both stand on it.

A name key is what two printings of one name share: case, diacritics, apostrophes, hyphens, dots, titles and
degrees make no difference (``Prof. Dr. Sa'id al-Amin, M.Si.`` has the key ``said al amin``).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from kb.errors import BadSeeds
from kb.lexicon import word_list
from kb.model import EntityType, Seed

_APOSTROPHES = re.compile(r"['’‘ʼʻ`´ʾʿ.]")
_NO_WORD = re.compile(r"[\W_]+")
_WORD = re.compile(r"\S+")


def fold(text: str) -> str:
    """Fold case and diacritics, drop apostrophes and dots, turn other punctuation into single spaces."""
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return _NO_WORD.sub(" ", _APOSTROPHES.sub("", bare)).strip()


def name_words(name: str) -> tuple[str, ...]:
    """Return the folded words of a name without titles and degrees."""
    return tuple(fold(strip_titles(name)).split())


def name_key(name: str) -> str:
    """Return the key that all printings of one name share; the folded name itself if it is all titles."""
    return " ".join(name_words(name)) or fold(name) or name.strip()


def entity_key(entity_type: EntityType, name: str) -> str:
    """Return the key of an entity's name: only a person's titles are no part of it.

    ``BPK`` is a form of address in ``BPK Budi Santoso``, but the audit board in ``BPK RI``, and ``Ibu Kota
    Nusantara`` is nobody's mother.
    """
    return name_key(name) if entity_type is EntityType.PER else fold(name) or name.strip()


def block_key(entity_type: EntityType, name: str) -> str:
    """Return the key of the names that are one without asking anybody."""
    return entity_key(entity_type, name)


def block_of(entity_type: EntityType, name: str) -> str:
    """Return the block of an entity of a text, as a base keeps it: its type and block key."""
    return f"{entity_type} {block_key(entity_type, name)}"


def entity_uid(entity_type: EntityType, name: str, discriminator: str | None = None) -> str:
    """Return the uid of an entity: the same in every base and for all printings of its name.

    `discriminator` tells bearers of one name apart. 64 bits of a SHA-256, so that a million entities collide with
    a chance of 3 in 100 million.
    """
    parts = [entity_type, block_key(entity_type, name), *([fold(discriminator)] if discriminator else [])]
    return f"{entity_type}-{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()[:16]}"


def seeds_by_name(seeds: Iterable[Seed]) -> dict[tuple[EntityType, str], tuple[Seed, ...]]:
    """Return the seeds that each type and block key may stand for.

    Raises BadSeeds if one stands for two that have no discriminators, or the same.
    """
    by_name: dict[tuple[EntityType, str], tuple[Seed, ...]] = {}
    for seed in seeds:
        for name in dict.fromkeys(block_key(seed.type, name) for name in (seed.name, *seed.aliases)):
            others = by_name.get((seed.type, name), ())
            told = {other.discriminator for other in others} | {seed.discriminator}
            if others and (None in told or len(told) <= len(others)):
                both = f"stands for both {others[0].name} and {seed.name} ({seed.type})"
                raise BadSeeds(name, both, "take the name from one of them, or give each a discriminator")
            by_name[seed.type, name] = (*others, seed)
    return by_name


def strip_titles(name: str) -> str:
    """Return `name` without leading titles and ranks (``Prof.``, ``Pak``, ``Brigjen``) and trailing degrees.

    A title is taken off only while another word follows, so that a name is never lost.
    """
    words = _WORD.findall(_without_degrees(name))
    while len(words) > 1 and (taken := _leading_title(words)):
        words = words[taken:]
    return " ".join(words)


def _without_degrees(name: str) -> str:
    head, *tail = re.split(r",\s*", name)
    kept = [part for part in tail if not all(fold(w) in _degrees() for w in part.split())]
    words = ", ".join([head, *kept]).split()
    while len(words) > 1 and words[-1].strip(",.").count(".") and fold(words[-1]) in _degrees():
        words = words[:-1]
    return " ".join(words).rstrip(",")


def _leading_title(words: list[str]) -> int:
    """How many leading words are one title; at least one word is left."""
    for n in range(min(3, len(words) - 1), 0, -1):
        if fold(" ".join(words[:n])) in _titles():
            return n
    return 0


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
